"""What checks say: findings with their place and proof, and what could not be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jiheng.model.document import Spot
from jiheng.model.statement import Words


class Level(StrEnum):
    """How a finding is put to a colleague."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The level in Chinese."""
        return {"error": "应予更正", "warning": "需说明", "hint": "建议完善"}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands. An empty part is unknown or concerns the whole.

    **Shape** workbooks: file, sheet, cell. Documents: what their format counts, all from 1 (see `Spot`).
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    page: int = 0
    paragraph: int = 0
    line: int = 0
    column: int = 0

    @classmethod
    def at(cls, file: str, spot: Spot) -> Place:
        """The place of a spot in a document."""
        return cls(file, spot.sheet, spot.cell, spot.page, spot.paragraph, spot.line, spot.column)

    def __str__(self) -> str:
        """For a reader: sheet and cell.

        >>> str(Place("a.xlsx", "绩效指标", "G8"))
        '绩效指标!G8'
        >>> str(Place("a.pdf", page=3))
        '第3页'
        """
        if self.page or self.paragraph or self.line:
            return str(Spot(page=self.page, paragraph=self.paragraph, line=self.line, column=self.column))
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet or self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding: the sentence, how it was reckoned, how to mend it, the place, and the figures that prove it.

    **Shape** `facts` holds figures as text; `expected` and `likely_cause` are the diagnosis, empty when there is none;
    `words` is where the quote stands in a document, for marks and comments.
    """

    check: str
    level: Level
    message: str
    reckoning: str = ""
    mend: str = ""
    basis: str = ""
    quote: str = ""
    where: Place = Place()
    facts: Mapping[str, str] = field(default_factory=dict)
    expected: str = ""
    likely_cause: str = ""
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class NotRun:
    """A check that lacked an input (未执行): which check, what was missing. Never a pass."""

    check: str
    missing: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A check that failed itself (检查出错)."""

    check: str
    error: str


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A cell that no field took (未识别); listed so that nothing a person entered is lost unseen."""

    where: Place
    text: str


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What was checked: kind of document, department, year, region."""

    kind: str
    department: str
    fiscal_year: int | None
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """Everything one run of the checks has to say."""

    document: DocumentHead
    findings: tuple[Finding, ...] = ()
    passed: tuple[str, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    broken: tuple[Broken, ...] = ()
    unrecognised: tuple[Unrecognised, ...] = ()

    def at(self, level: Level) -> tuple[Finding, ...]:
        """The findings of one level, in their order."""
        return tuple(finding for finding in self.findings if finding.level is level)
