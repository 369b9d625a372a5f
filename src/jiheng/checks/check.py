"""What a check is: one small function with its id, usual level, basis, and the sentences of its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from jiheng.model import DepartmentYear, Finding, Level, Origin, Place
from jiheng.rulebook.check_rules import CheckRules
from jiheng.rulebook.forms import workbook_form
from jiheng.values import Figure, Interval, Money, Ratio, round_half_up, show_number

Fact = Figure | Money | Ratio | Decimal | int | str


class Located(Protocol):
    """A record that knows where it came from."""

    @property
    def origin(self) -> Origin | None: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that does not hold: the record and field it stands in, and the facts that prove it."""

    at: Located | None
    field: str
    facts: Mapping[str, Fact]
    quote: str = ""
    level: Level | None = None
    expected: str = ""
    likely_cause: str = ""


def hit(
    at: Located | None,
    field: str,
    *,
    quote: str = "",
    level: Level | None = None,
    expected: str = "",
    likely_cause: str = "",
    **facts: Fact,
) -> Hit:
    """A Hit with its facts as keywords; `level` only where this case is lighter than usual."""
    return Hit(at, field, facts, quote, level, expected, likely_cause)


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that the check needs and the year does not have."""

    what: str


Outcome = Hit | Missing


def only_missing(together: str = "", /, **given: object) -> Missing:
    """Those of the inputs that are not there, by their names; `together` is what is said when each is there for itself.

    >>> only_missing(执行数=None, 全年预算数=1, 自报预算执行率=None).what
    '执行数、自报预算执行率'
    >>> only_missing("同一行的执行数和全年预算数", 执行数=True, 全年预算数=True).what
    '同一行的执行数和全年预算数'
    """
    absent = [name for name, value in given.items() if value is None or value is False]
    return Missing("、".join(absent) or together)


Rule = Callable[[DepartmentYear, CheckRules], Iterable[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check with its sentences: what is wrong, how it was reckoned, how to mend it.

    **Shape** `needs` names the tables of the year without which there is nothing to check; `as_typed` is set where the
    check sees amounts as they were typed, not with slips of the unit put right.
    """

    id: str
    title: str
    level: Level
    basis: str
    message: str
    reckoning: str
    mend: str
    needs: tuple[str, ...] = ()
    as_typed: bool = False
    rule: Rule = field(repr=False)

    def run(self, year: DepartmentYear, rules: CheckRules) -> Iterator[Finding | Missing]:
        """The findings of this check on a year, in the year's order; Missing for what could not be checked."""
        empty = [workbook_form().sheet(table).name for table in self.needs if not getattr(year, table)]
        if empty:
            yield Missing("、".join(f"“{name}”表" for name in empty))
            return
        for outcome in self.rule(year, rules):
            yield outcome if isinstance(outcome, Missing) else self._finding(outcome, year, rules)

    def _finding(self, hit: Hit, year: DepartmentYear, rules: CheckRules) -> Finding:
        facts = {name: show(value) for name, value in hit.facts.items()}
        origin = hit.at.origin if hit.at is not None else None
        file = year.source.name if year.source else ""
        return Finding(
            check=self.id,
            level=self._level(hit, rules),
            message=self.message.format(**facts),
            reckoning=self.reckoning.format(**facts),
            mend=self.mend.format(**facts),
            basis=self.basis,
            quote=hit.quote[:200],
            where=Place(file, origin.sheet, origin.cell(hit.field)) if origin else Place(file),
            facts=facts,
            expected=hit.expected,
            likely_cause=hit.likely_cause,
        )

    def _level(self, hit: Hit, rules: CheckRules) -> Level:
        """A region's own level, or the usual one; a lighter case stays as light as it is."""
        usual = rules.levels.get(self.id, self.level)
        return max(usual, hit.level or usual, key=list(Level).index)


def check(
    id: str,
    title: str,
    *,
    level: Level,
    basis: str,
    message: str,
    reckoning: str,
    mend: str,
    needs: tuple[str, ...] = (),
    as_typed: bool = False,
) -> Callable[[Rule], Check]:
    """Make a check of a rule function. The sentences are templates over the facts of a Hit."""

    def make(rule: Rule) -> Check:
        return Check(
            id=id,
            title=title,
            level=level,
            basis=basis,
            message=message,
            reckoning=reckoning,
            mend=mend,
            needs=needs,
            as_typed=as_typed,
            rule=rule,
        )

    return make


def show(value: Fact) -> str:
    """A fact as text: figures with their unit, money in 万元, ratios in percent."""
    if isinstance(value, Decimal):
        return show_number(value)
    return str(value)


def share(value: Decimal) -> str:
    """A percentage with two decimals at most.

    >>> share(Decimal("71.849766"))
    '71.85%'
    """
    return f"{show_number(round_half_up(value, 2))}%"


def wan(interval: Interval) -> str:
    """An interval of 元 as 万元 with two decimals: from – to, or one value when both ends print the same."""
    low, high = (f"{round_half_up(end / 10000, 2):f}" for end in (interval.low, interval.high))
    return f"{low}万元" if low == high else f"{low}万元至{high}万元"
