"""单位填错: amounts typed in 元 in a column of 万元, or the other way round, told once and mended for the other checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from jiheng.checks.amounts import Spot, Tie, amounts, rows_of, ties
from jiheng.checks.check import Missing, Outcome, check, hit
from jiheng.model import DepartmentYear, Level
from jiheng.rulebook.check_rules import CheckRules
from jiheng.rulebook.forms import workbook_form
from jiheng.values import Figure, show_number
from jiheng.values.units import WAN_YUAN, YUAN

WAN = Decimal(10000)
_NEARLY_WHOLE, _NOT_MORE = Decimal("0.9"), Decimal("1.1")
"""A list of one item is a whole list when it is so near its total; no list is much more than its total."""
_LONGEST_ROW = 6


@dataclass(slots=True)
class _Search:
    """Looks for the fewest amounts that, read in the other unit, make amounts agree that ought to.

    **Unit** 元. **Shape** `meant` holds the amounts as understood so far, `sums` what that makes of both sides of each
    tie, `slipped` the amounts read in the other unit.
    """

    given: Mapping[Spot, Figure]
    ties: Sequence[Tie]
    within: Decimal
    part: Decimal
    smallest: Decimal
    meant: dict[Spot, Decimal] = field(default_factory=dict)
    sums: list[list[Decimal]] = field(default_factory=list)
    slipped: set[Spot] = field(default_factory=set)
    tied: dict[Spot, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    able: dict[str, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    by_row: dict[tuple[str, int], list[Spot]] = field(default_factory=lambda: defaultdict(list))

    def run(self) -> set[Spot]:
        """The amounts that were typed in the other unit: first whole sheets and columns, then single rows and cells."""
        self.meant = {spot: abs(figure.in_base) for spot, figure in self.given.items()}
        for tie in self.ties:
            sides = (tie.parts, tie.whole)
            self.sums.append([sum((self.meant[spot] for spot in side), Decimal(0)) for side in sides])
        if not any(self._slips()):
            return set()
        for number, tie in enumerate(self.ties):
            for side, spots in enumerate((tie.parts, tie.whole)):
                for spot in spots:
                    self.tied[spot].append((number, side))
        for spot, figure in self.given.items():
            if _may_slip(figure):
                self.able[spot[0]].append(spot)
                self.by_row[spot[:2]].append(spot)
        self._try(dict.fromkeys(self._wide()))
        self._try({guess: None for tie in self._slips() for guess in self._narrow(tie)})
        self._take_the_rest_of_rows()
        return self.slipped

    def _slips(self) -> Iterator[Tie]:
        return (tie for tie, sums in zip(self.ties, self.sums, strict=True) if self._is_slip(tie, *sums))

    def _wide(self) -> Iterator[tuple[Spot, ...]]:
        columns = dict.fromkeys(side[0][::2] for tie in self._slips() for side in (tie.parts, tie.whole))
        for table in dict.fromkeys(table for table, _ in columns):
            yield self._one_unit(self.able[table])
        for table, name in columns:
            yield self._one_unit(spot for spot in self.able[table] if spot[2] == name)

    def _narrow(self, tie: Tie) -> Iterator[tuple[Spot, ...]]:
        for side, other in ((tie.parts, tie.whole), (tie.whole, tie.parts)):
            yield self._one_unit(side)
            yield self._one_unit(spot for place in {spot[:2] for spot in side} for spot in self.by_row[place])
            limit = sum(self.meant[spot] for spot in other) * self.part
            for culprit in side if len(side) == 1 else [spot for spot in side if self.meant[spot] >= limit]:
                row = self.by_row[culprit[:2]][:_LONGEST_ROW]
                for count in range(1, len(row) + 1):
                    yield from (self._one_unit(some) for some in combinations(row, count))

    def _one_unit(self, spots: Iterable[Spot]) -> tuple[Spot, ...]:
        """Those of the spots that may have slipped, in the unit of the first of them."""
        able = sorted(spot for spot in spots if _may_slip(self.given[spot]))
        return tuple(spot for spot in able if self.given[spot].unit == self.given[able[0]].unit)

    def _try(self, guesses: Iterable[tuple[Spot, ...]]) -> None:
        """Take the best guesses as long as one of them is worth something."""
        applied = True
        while applied:
            applied = False
            worths = ((self._worth(guess), guess) for guess in guesses)
            for _, guess in sorted((one for one in worths if one[0][0] > 0), key=lambda one: one[0], reverse=True):
                if self._worth(guess)[0] > 0:
                    self._apply(guess)
                    applied = True

    def _worth(self, guess: Sequence[Spot]) -> tuple[int, bool, int]:
        """How many ties come right, whether the numbers look typed that way, how few amounts it takes."""
        if not guess or not self.slipped.isdisjoint(guess):
            return (0, False, 0)
        typed = max(abs(self.given[spot].value) for spot in guess)
        in_yuan = self.given[guess[0]].unit == WAN_YUAN
        if in_yuan and typed < self.smallest:
            return (0, False, 0)
        return (self._gain(guess), (typed >= self.smallest * 10) is in_yuan, -len(guess))

    def _gain(self, guess: Iterable[Spot]) -> int:
        """How many ties come right; one that goes wrong weighs twice."""
        gain = 0
        for number, (parts, whole) in self._changed(guess).items():
            tie, now = self.ties[number], self.sums[number]
            if self._is_slip(tie, *now):
                gain += self._fits(tie, parts, whole)
            elif self._fits(tie, *now) and not self._fits(tie, parts, whole):
                gain -= 2
        return gain

    def _changed(self, guess: Iterable[Spot]) -> dict[int, list[Decimal]]:
        sums: dict[int, list[Decimal]] = {}
        for spot in guess:
            difference = _other_reading(self.given[spot]) - self.meant[spot]
            for number, side in self.tied[spot]:
                sums.setdefault(number, list(self.sums[number]))[side] += difference
        return sums

    def _apply(self, guess: Sequence[Spot]) -> None:
        for number, changed in self._changed(guess).items():
            self.sums[number] = changed
        for spot in guess:
            self.meant[spot] = _other_reading(self.given[spot])
        self.slipped.update(guess)

    def _take_the_rest_of_rows(self) -> None:
        """Amounts too small to tell by themselves go with their row, where that makes nothing worse."""
        for place in {spot[:2] for spot in self.slipped}:
            here = self.by_row[place]
            unit = next(self.given[spot].unit for spot in here if spot in self.slipped)
            rest = [spot for spot in here if spot not in self.slipped]
            for spot in rest if len(rest) * 2 < len(here) else ():
                if self.given[spot].unit == unit and self._gain((spot,)) >= 0:
                    self._apply((spot,))

    def _is_slip(self, tie: Tie, parts: Decimal, whole: Decimal) -> bool:
        if tie.is_list:
            lowest = _NEARLY_WHOLE if len(tie.parts) == 1 else 1 / self.within
            return self.part <= parts / whole <= WAN * self.within or lowest <= parts / whole * WAN <= _NOT_MORE
        return WAN / self.within <= max(parts, whole) / min(parts, whole) <= WAN * self.within

    def _fits(self, tie: Tie, parts: Decimal, whole: Decimal) -> bool:
        lowest = self.within / WAN if tie.is_list else 1 / self.within
        return lowest <= parts / whole <= self.within


def _may_slip(figure: Figure) -> bool:
    """Whether the unit came from the column: a unit written in the cell was meant."""
    return figure.unit in (YUAN, WAN_YUAN) and not any(word in figure.text for word in "元万亿")


def _other_reading(figure: Figure) -> Decimal:
    return abs(figure.value) * (1 if figure.unit == WAN_YUAN else WAN)


def _as_meant(figure: Figure) -> Figure:
    factor = 1 / WAN if figure.unit == WAN_YUAN else WAN
    return replace(figure, value=figure.value * factor, quantum=figure.quantum * factor)


def slipped(year: DepartmentYear, rules: CheckRules) -> tuple[dict[Spot, Figure], list[Tie]]:
    """The amounts that were typed in the other unit, as typed, and all ties of the year."""
    given = amounts(year)
    known = list(ties(year, given))
    within, part, smallest = (rules.number(f"unit_slip_{name}") for name in ("within", "part", "smallest"))
    search = _Search(given, known, within, part, smallest)
    wrong = search.run()
    return {spot: figure for spot, figure in given.items() if spot in wrong}, known


def as_meant(year: DepartmentYear, wrong: Mapping[Spot, Figure]) -> tuple[DepartmentYear, frozenset[tuple[str, str]]]:
    """The year with amounts that slipped put right, and the sheet and cell of each."""
    changes: dict[str, dict[int, dict[str, Figure]]] = {}
    places: set[tuple[str, str]] = set()
    for (table, row, name), figure in wrong.items():
        changes.setdefault(table, {}).setdefault(row, {})[name] = _as_meant(figure)
        origin = rows_of(year, table)[row].origin
        if origin is not None:
            places.add((origin.sheet, origin.cell(name)))
    for table, rows in changes.items():
        mended = tuple(replace(one, **rows.get(at, {})) for at, one in enumerate(rows_of(year, table)))
        value: Any = mended if isinstance(getattr(year, table), tuple) else mended[0]
        year = replace(year, **{table: value})
    return year, frozenset(places)


@check(
    "slips.unit",
    "金额按标题上的单位填写",
    level=Level.ERROR,
    as_typed=True,
    basis="金额的单位以标题为准；同一行、同一项目、总数与分项的金额不会相差一万倍",
    message="“{sheet}”表{what}{compared}像是按{unit}填的：{example}{how}是 {right}。",
    reckoning="{typed} {how}是 {right}{counterpart}。",
    mend="{mend}",
)
def unit(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """By kind: one finding for a whole sheet or column, otherwise one for each cell."""
    wrong, known = slipped(year, rules)
    if not known:
        yield Missing("可以互相比较的金额")
    given = amounts(year)
    for group, scope in _grouped(year, wrong, given):
        spot = group[0]
        table, row, name = spot
        figure, record = wrong[spot], rows_of(year, table)[row]
        form = workbook_form().sheet(table)
        title = form.column(name).title
        in_yuan = figure.unit == WAN_YUAN
        typed_as, meant_for = ("元", "万元") if in_yuan else ("万元", "元")
        number, right = show_number(figure.value), _as_meant(figure)
        other = _counterpart(spot, known, wrong, given)
        compared = counterpart = ""
        if other is not None:
            words = f"{_in_words(other, table)} {given[other]}"
            counterpart = f"；{words}"
            compared = f"，与{words}差了约一万倍"
        mend = f"请把 {number} 改为 {show_number(right.value)}，或在数字后面写上单位（{number}{typed_as}）。"
        if scope.startswith("第"):
            mend = f"请把这一行的数都换算成{meant_for}，或在每个数字后面写上“{typed_as}”。"
        elif scope:
            mend = f"请把标题里的单位改为“{typed_as}”，或把这些数都换算成{meant_for}。"
        yield hit(
            record,
            name,
            quote=figure.text,
            expected=str(right),
            likely_cause=f"单位填错：{typed_as}填进了{meant_for}列",
            sheet=form.name,
            what=f"{scope} {len(group)} 个金额都" if scope else f"“{title}”填的是 {figure}",
            compared="" if scope else f"{compared}，",
            unit=typed_as,
            example=f"例如“{title}”{figure} " if scope else "",
            how="除以 10000 " if in_yuan else "乘以 10000 ",
            right=right,
            typed=figure,
            counterpart=counterpart,
            mend=mend,
        )


def _grouped(
    year: DepartmentYear, wrong: Mapping[Spot, Figure], given: Mapping[Spot, Figure]
) -> Iterator[tuple[list[Spot], str]]:
    """The slipped amounts as they are told: a whole sheet, a whole column, a whole row, or one by one."""
    for table in dict.fromkeys(table for table, _, _ in wrong):
        here = [spot for spot in wrong if spot[0] == table]
        able = [spot for spot in given if spot[0] == table and _may_slip(given[spot])]
        if len(here) == len(able) > 2:
            yield here, "的"
            continue
        for field_or_row in (2, 1):
            for one in dict.fromkeys(spot[field_or_row] for spot in here):
                group = [spot for spot in here if spot[field_or_row] == one]
                if len(group) == sum(spot[field_or_row] == one for spot in able) > 2:
                    yield group, _scope(year, group[0], field_or_row)
                    here = [spot for spot in here if spot not in group]
        yield from (([spot], "") for spot in here)


def _scope(year: DepartmentYear, spot: Spot, field_or_row: int) -> str:
    table, row, name = spot
    if field_or_row == 2:
        return f"“{workbook_form().sheet(table).column(name).title}”列的"
    origin = rows_of(year, table)[row].origin
    return f"第 {origin.row} 行的" if origin else ""


def _counterpart(
    spot: Spot, known: Iterable[Tie], wrong: Collection[Spot], given: Mapping[Spot, Figure]
) -> Spot | None:
    """An amount that was not slipped and with which this one ought to agree: of its own row, if possible."""
    others = [
        other[0]
        for tie in known
        for side, other in ((tie.parts, tie.whole), (tie.whole, tie.parts))
        if spot in side and len(other) == 1 and other[0] not in wrong
    ]
    return min(others, key=lambda other: other[:2] != spot[:2], default=None)


def _in_words(spot: Spot, own_table: str) -> str:
    form = workbook_form().sheet(spot[0])
    sheet = "" if spot[0] == own_table else f"“{form.name}”表的"
    return f"{sheet}{form.column(spot[2]).title}"
