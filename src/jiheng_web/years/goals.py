"""概况与目标: profile, duties, key tasks, goals, funds and indicators of a year, laid out for one page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jiheng.rulebook.forms import workbook_form
from jiheng_web.organisation.permissions import Actor
from jiheng_web.years import bridge, entering
from jiheng_web.years.amending import open_amendment
from jiheng_web.years.models import Amendment, GoalReviewSheet, Row, Year
from jiheng_web.years.personal import PERSONAL, masked, sees_people
from jiheng_web.years.queries import Weights, rows_of_table, weights
from jiheng_web.years.reviewing import sheets_of

_PROFILE = ("supervising_department", "organisation_code", "head", "finance_officer", "filer", "phone")
_FUNDS = (("total", ("basic", "project")), ("basic", ("basic_fiscal", "basic_special_account", "basic_own")),
          ("project", ("project_fiscal", "project_own")))  # fmt: skip
"""Each sum of the fund block and what it is made of, in the form's words (88号, 总体资金情况)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One amount of the fund block. **Unit** 分. `reckoned` is the sum of its parts; None where it has none or one is missing."""

    title: str
    amount: int | None
    reckoned: int | None = None
    is_sum: bool = False

    @property
    def is_off(self) -> bool:
        """Whether a given sum is not that of its parts."""
        return self.amount is not None and self.reckoned is not None and self.amount != self.reckoned


@dataclass(frozen=True, slots=True)
class Group:
    """The department's indicators of one 一级指标."""

    name: str
    count: int
    weight: Decimal
    share: int
    """Of 100, for the bar."""


@dataclass(frozen=True, slots=True)
class Goals:
    """The whole page."""

    profile: tuple[tuple[str, str], ...]
    profile_row: Row | None
    introduction: str
    is_masked: bool
    duties: tuple[tuple[Row, dict[str, str]], ...]
    tasks: tuple[tuple[Row, dict[str, str]], ...]
    goals: tuple[tuple[Row, dict[str, str]], ...]
    funds: tuple[Part, ...]
    funds_row: Row | None
    groups: tuple[Group, ...]
    weights: Weights
    unweighted: int
    reviews: tuple[GoalReviewSheet, ...]
    amendment: Amendment | None


def goals_page(actor: Actor, year: Year) -> Goals:
    """Everything that the page shows."""
    profile = next(iter(rows_of_table(year, "profile")), None)
    said = entering.shown_cells(profile) if profile else {}
    is_masked = not sees_people(actor, year)
    form = workbook_form().sheet("profile")
    hidden = PERSONAL["profile"] if is_masked else frozenset()
    lines = tuple(
        (form.column(name).title, masked(said.get(name, "")) if name in hidden else said.get(name, ""))
        for name in _PROFILE
    )
    funds_row = next(iter(rows_of_table(year, "fund_block")), None)
    engine_own = [one for one in bridge.bound(year).intake.year.indicators if not one.project]
    return Goals(
        profile=lines,
        profile_row=profile,
        introduction=said.get("introduction", ""),
        is_masked=is_masked,
        duties=_rows(year, "duties"),
        tasks=_rows(year, "key_tasks"),
        goals=_rows(year, "goals"),
        funds=tuple(_funds(year)),
        funds_row=funds_row,
        groups=tuple(_groups(engine_own)),
        weights=weights(year),
        unweighted=sum(1 for one in engine_own if one.weight is None),
        reviews=tuple(sheets_of(year)),
        amendment=open_amendment(year),
    )


def _rows(year: Year, record: str) -> tuple[tuple[Row, dict[str, str]], ...]:
    return tuple((row, entering.shown_cells(row)) for row in rows_of_table(year, record) if row.cells)


def _funds(year: Year):
    block = bridge.bound(year).intake.year.fund_block
    if block is None:
        return
    form = workbook_form().sheet("fund_block")
    sums = dict(_FUNDS)
    for column in form.columns:
        amount = bridge.fen(getattr(block, column.field))
        parts = [bridge.fen(getattr(block, name)) for name in sums.get(column.field, ())]
        known = [one for one in parts if one is not None]
        # an empty part is not zero; a sum is proven only when every part is there, or shown to be too small
        reckoned = sum(known) if parts and len(known) == len(parts) else None
        yield Part(column.title, amount, reckoned, column.field in sums)


def _groups(indicators):
    names = dict.fromkeys(one.dimension for one in indicators)
    for name in names:
        own = [one for one in indicators if one.dimension == name]
        total = sum((one.weight for one in own if one.weight is not None), Decimal(0))
        yield Group(name or "（没有写一级指标）", len(own), total, min(100, int(total)))
