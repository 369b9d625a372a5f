"""Confirming: what a person settles about a rule that no text settles, on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from jiheng.errors import BadInput
from jiheng.rulebook.editions import Block, Item, Scheme
from jiheng.rulebook.parameters import Citation, Cited, Parameter, Status, cited_parts

ALL_UNVERIFIED = "全部未核实的规则"
"""The subject in 评分判定 that confirms every unverified rule at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A named person confirms a rule or a number, or replaces the number (`value`), and says why.

    **Shape** `path` is the id that the score sheet prints, e.g. `bj-department-2022/blocks.execution.points`.
    """

    path: str
    person: str
    reason: str
    value: Decimal | None = None


def confirmed(part: Cited, said: Confirmation) -> Cited:
    """The part as the person left it. **Raises** BadInput without a name and a reason, or for an impossible value."""
    if not said.person.strip() or not said.reason.strip():
        raise BadInput(f"规则参数“{said.path}”的确认要写明判定人和理由")
    if said.value is None:
        return replace(part, status=Status.CONFIRMED, person=said.person, reason=said.reason)
    if not isinstance(part, Parameter):
        raise BadInput(f"“{said.path}”是计分方法，只能确认，不能换成数字 {said.value}")
    if said.value < 0:
        raise BadInput(f"规则参数“{said.path}”不能改成负数 {said.value}")
    return replace(part, value=said.value, status=Status.CONFIRMED, person=said.person, reason=said.reason)


def all_unverified(records: Iterable[Any], said: Confirmation) -> tuple[Confirmation, ...]:
    """One record that confirms every unverified part as it is, put down for each part.

    **Raises** BadInput without a name and a reason, or with a number: it replaces nothing.
    """
    if said.value is not None:
        raise BadInput(f"“{ALL_UNVERIFIED}”只能确认，不能替换：请把判定得分空着；要替换的数逐个写")
    if not said.person.strip() or not said.reason.strip():
        raise BadInput(f"“{ALL_UNVERIFIED}”的确认要写明判定人和理由")
    parts = (part for record in records for part in cited_parts(record))
    return tuple(replace(said, path=part.path) for part in parts if part.is_unverified)


def with_points(scheme: Scheme, said: Mapping[str, Confirmation]) -> Scheme:
    """The scheme with points for the rows of a frame that has none (53号: 各地自定), as persons gave them."""

    def given(block: Block, item: Item) -> Item:
        path = f"{scheme.id}/blocks.{block.id}.items.{item.id}.points"
        if item.points is not None or path not in said:
            return item
        one = said[path]
        if one.value is None:
            raise BadInput(f"“{path}”还没有分值，要在判定得分里写出分值")
        bare = Parameter(
            value=one.value,
            unit="分",
            cite=Citation("jiheng-default", "使用人自定分值"),
            status=Status.UNVERIFIED,
            path=path,
        )
        points = confirmed(bare, one)
        assert isinstance(points, Parameter)
        return replace(item, points=points)

    blocks = tuple(replace(block, items=tuple(given(block, item) for item in block.items)) for block in scheme.blocks)
    return replace(scheme, blocks=blocks)
