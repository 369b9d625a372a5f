"""What a check of a document is: like a check of the year, over claims instead of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jiheng.checks.check import Fact, Missing, show
from jiheng.model import Finding, Level, Place
from jiheng.model.statement import QUOTE_LENGTH, Claims, Said, Words
from jiheng.rulebook.outlines import Outline
from jiheng.values import Dimension, Figure, Interval, Unit, round_half_up, show_number


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """One claim that does not hold: its words, and the facts that prove it."""

    words: Words
    facts: Mapping[str, Fact | Said]
    level: Level | None = None
    expected: str = ""
    likely_cause: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """What the checks of a document need of the rules: the outlines for its kind, any one of which will do, and thresholds.

    **Unit** `remainder_named` in %: below this share of an amount, the uses not listed are asked for.
    """

    outlines: tuple[Outline, ...] = ()
    remainder_named: Decimal = Decimal(95)


def claim(
    at: Words,
    /,
    *,
    level: Level | None = None,
    expected: str = "",
    likely_cause: str = "",
    **facts: Fact | Said,
) -> DocumentHit:
    """A hit with its facts as keywords; `level` only where this case is lighter than usual."""
    return DocumentHit(at, facts, level, expected, likely_cause)


Outcome = DocumentHit | Missing
Rule = Callable[[Claims, DocumentRules], Iterable[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCheck:
    """A check with its sentences: what is wrong, how it was reckoned, how to mend it."""

    id: str
    title: str
    level: Level
    basis: str
    message: str
    reckoning: str
    mend: str
    rule: Rule = field(repr=False)

    def run(self, claims: Claims, rules: DocumentRules, file: str) -> Iterator[Finding | Missing]:
        """The findings on a document's claims, in their order; the same claim printed twice is told once."""
        told: set[tuple[tuple[str, str], ...]] = set()
        for outcome in self.rule(claims, rules):
            if isinstance(outcome, Missing):
                yield outcome
                continue
            facts = {
                name: show(value) if not isinstance(value, Said) else str(value)
                for name, value in outcome.facts.items()
            }
            if tuple(facts.items()) in told:
                continue
            told.add(tuple(facts.items()))
            yield Finding(
                check=self.id,
                level=max(self.level, outcome.level or self.level, key=list(Level).index),
                message=self.message.format(**facts),
                reckoning=self.reckoning.format(**facts),
                mend=self.mend.format(**facts),
                basis=self.basis,
                quote=outcome.words.text[:QUOTE_LENGTH],
                where=Place.at(file, outcome.words.spot),
                facts=facts,
                expected=outcome.expected,
                likely_cause=outcome.likely_cause,
                words=outcome.words,
            )


def document_check(
    id: str, title: str, *, level: Level, basis: str, message: str, reckoning: str, mend: str
) -> Callable[[Rule], DocumentCheck]:
    """Make a check of a rule function. The sentences are templates over the facts of a hit."""

    def make(rule: Rule) -> DocumentCheck:
        return DocumentCheck(
            id=id, title=title, level=level, basis=basis, message=message, reckoning=reckoning, mend=mend, rule=rule
        )

    return make


def in_unit(value: Decimal, unit: Unit, places: int | None = None) -> str:
    """A value in base units as a reader has it, in the unit of the figure it is compared with.

    >>> from jiheng.values import unit_named
    >>> in_unit(Decimal("264248990.76"), unit_named("万元"))
    '26424.899076万元'
    """
    shown = value / unit.factor
    if places is None:
        places = 6 if unit.dimension is Dimension.MONEY and unit.factor > 1 else 2
    return f"{show_number(round_half_up(shown, places))}{unit}"


def places_of(*figures: Figure) -> int:
    """The most decimals that any of the figures was printed with."""
    exponents = [figure.value.as_tuple().exponent for figure in figures]
    return max((-one for one in exponents if isinstance(one, int)), default=0)


def widened(reach: Interval, *by: Figure) -> Interval:
    """The interval with one step of each figure's last digit more: what cutting off instead of rounding may do."""
    slack = sum((figure.quantum * figure.unit.factor for figure in by), Decimal(0))
    return Interval(reach.low - slack, reach.high + slack)


def coarser(one: Figure, other: Figure) -> Figure:
    """Of two figures the one printed with the larger step."""
    return max(one, other, key=lambda figure: figure.quantum * figure.unit.factor)
