"""Parameters: numbers of a rule, none without unit, citation and status."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, WithJsonSchema

from jiheng.values import show_number

STRICT = ConfigDict(extra="forbid")
"""Rule records refuse unknown keys; a misspelt key would otherwise be a rule that silently does not apply."""

_PLAIN_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,12})?")


def _plain_number(text: object) -> object:
    if isinstance(text, Decimal):
        return text
    if not isinstance(text, str) or not _PLAIN_NUMBER.fullmatch(text):
        raise ValueError(f"“{text}”不是十进制数字（只接受 20、0.5 这样的写法，不接受浮点写法）")
    return text


Number = Annotated[
    Decimal,
    BeforeValidator(_plain_number),
    WithJsonSchema({"type": ["string", "number"], "pattern": _PLAIN_NUMBER.pattern}),
]
"""A decimal number as rule data may write it: digits and a point; no float, exponent, NaN or infinity."""


class Status(StrEnum):
    """Whether a number was read in a text, or still needs a person."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        """The status in Chinese."""
        return {"verified": "已核实", "unverified": "未核实", "confirmed": "已确认"}[self.value]


@dataclass(frozen=True, slots=True)
class Citation:
    """The clause a rule rests on."""

    regulation: str
    clause: str

    def __str__(self) -> str:
        return f"{self.regulation} {self.clause}"


def _citation(value: object) -> object:
    if isinstance(value, Citation):
        return value
    if not isinstance(value, str):
        raise ValueError("出处要写成“文件代号 条款”")
    regulation, _, clause = value.strip().partition(" ")
    if not clause.strip():
        raise ValueError(f"出处“{value}”没有写条款，要写成“文件代号 条款”")
    return Citation(regulation, clause.strip())


Cite = Annotated[Citation, BeforeValidator(_citation), WithJsonSchema({"type": "string", "pattern": r"^\S+ \S.*$"})]
"""A citation as rule data writes it: the regulation's id, a space, the clause."""


def _cited(value: object) -> object:
    if isinstance(value, str):
        raise ValueError(f"数字“{value}”没有单位和出处，要写成 {{value: , unit: , cite: , status: }}")
    return value


def _stated(value: object) -> object:
    if value == Status.CONFIRMED.value:
        raise ValueError("规则数据里只能是 verified 或 unverified；确认由财务人员在年度数据里记录")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Anything of a rule that rests on a clause: a number, or the choice of a method.

    **Shape** `sure` says how sure an unverified thing is; `path` is its id, given when the edition is loaded
    (`bj-department-2022/blocks.execution.points`); `person` and `reason` say who confirmed or replaced it.
    """

    cite: Cite
    status: Annotated[Status, BeforeValidator(_stated)]
    sure: str = ""
    path: str = ""
    person: str = ""
    reason: str = ""

    __pydantic_config__ = STRICT

    @property
    def is_unverified(self) -> bool:
        """Whether a person still has to confirm or replace it."""
        return self.status is Status.UNVERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Cited):
    """One number of a rule. **Unit** in `unit`."""

    value: Number
    unit: str

    def __str__(self) -> str:
        """The number with its unit.

        >>> str(Parameter(value=Decimal("0.50"), unit="分", cite=Citation("x", "一"), status=Status.VERIFIED))
        '0.5分'
        """
        return f"{show_number(self.value)}{self.unit}"


P = Annotated[Parameter, BeforeValidator(_cited)]
"""A parameter as a field of a rule record; a bare number is refused with its line."""


def rebuild(record: Any, path: str, change: Callable[[Cited, str], Cited]) -> Any:
    """The record with every cited part replaced by `change(part, path)`, inner parts first.

    A path joins keys with dots; the items of a list go by their `id` or `name`, or by their position.
    """
    if isinstance(record, tuple):
        return tuple(rebuild(item, f"{path}.{_key(item, index)}", change) for index, item in enumerate(record))
    if not is_dataclass(record) or isinstance(record, (type, Citation)):
        return record
    fields = {
        name: rebuild(value, f"{path}{'' if path.endswith('/') else '.'}{name}", change)
        for name in record.__dataclass_fields__
        if isinstance(value := getattr(record, name), tuple) or is_dataclass(value)
    }
    changed = replace(record, **fields) if fields else record
    return change(changed, path) if isinstance(changed, Cited) else changed


def _key(item: Any, index: int) -> str:
    return str(getattr(item, "id", "") or getattr(item, "name", "") or index + 1)


def cited_parts(record: Any) -> tuple[Cited, ...]:
    """Every cited part of a record, in the order of the data."""
    found: list[Cited] = []

    def note(part: Cited, _: str) -> Cited:
        found.append(part)
        return part

    rebuild(record, "", note)
    return tuple(found)
