"""What a section composes from, and the small words it composes with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jiheng.model import CheckReport, DepartmentYear, Indicator, Level, Origin, ScoreSheet
from jiheng.model.named_figures import (
    WAN_DECIMALS,
    NamedFigure,
    cell_of,
    named_amount,
    named_count,
    named_figures,
    named_rate,
)
from jiheng.model.report import Align, Block, Inline, Paragraph, Printed, Style, Table, TableCell, Text
from jiheng.values import Bound, Figure

LACKING = "【待补】"
_PLACE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything a report is composed from: the year, its score sheets, what the checks found.

    **Unit** `decimals` of 万元. **Shape** `numbers` counts the figures and tables that have been numbered so far.
    """

    year: DepartmentYear
    findings: CheckReport
    sheet: ScoreSheet | None
    project_sheets: tuple[ScoreSheet, ...] = ()
    decimals: int = WAN_DECIMALS
    numbers: dict[str, int] = field(default_factory=dict)
    named: Mapping[str, NamedFigure] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "named", named_figures(self.year, self.decimals))

    def figure(self, name: str) -> Printed | None:
        """A named figure as printed; None when the year does not give it."""
        found = self.named.get(name)
        return printed(found) if found else None

    def numbered(self, kind: str, title: str) -> str:
        """A caption with the next number of its kind: 表2　…; what is not printed takes no number."""
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return f"{kind}{self.numbers[kind]}　{title}"

    def errors(self, *subjects: str) -> Iterator[Block]:
        """What the checks found impossible in these subjects: said where it stands, never silently replaced."""
        for one in self.findings.at(Level.ERROR):
            if one.check.startswith(subjects):
                yield Paragraph((f"【应予更正】{one.message}",), Style.NOTE)

    def doubts(self, *checks: str) -> Iterator[Block]:
        """The same for figures that disagree, where the section is about them."""
        for one in self.findings.at(Level.WARNING):
            if one.check in checks:
                yield Paragraph((f"【需说明】{one.message}",), Style.NOTE)

    def amount(self, name: str, figure: Figure, origin: Origin | None, field: str) -> Printed:
        """A ledger amount as printed, in 万元."""
        return printed(named_amount(name, figure, cell_of(origin, field), self.decimals))


Section = Callable[[Context], Iterator[Block]]


def printed(figure: NamedFigure) -> Printed:
    """A named figure, bound for print."""
    return Printed(
        text=figure.text,
        value=figure.value,
        unit=figure.unit.symbol,
        places=figure.places,
        name=figure.name,
        source=figure.source,
    )


def count(name: str, number: int | Decimal, unit: str, source: str) -> Printed:
    """A count, bound to the rows it counts."""
    return printed(named_count(name, number, unit, source))


def rate(name: str, part: Decimal, whole: Decimal, source: str) -> Printed:
    """A rate in % with two decimals."""
    return printed(named_rate(name, part, whole, source))


def as_given(name: str, figure: Figure, origin: Origin | None, field: str) -> Text:
    """A figure in its own unit as it was given; a figure that is only a limit says so (90%以上)."""
    shown = replace(figure, text="", bound=Bound.EXACT)
    bound = Printed(
        text=str(shown),
        value=figure.value,
        unit=figure.unit.symbol,
        places=None,
        name=name,
        source=cell_of(origin, field),
    )
    limit = {Bound.AT_LEAST: ("以上",), Bound.AT_MOST: ("以下",)}.get(figure.bound, ())
    return (bound, *limit)


def bare(figure: Printed) -> Printed:
    """The figure without its unit, for a table whose heading names the unit."""
    return replace(figure, text=figure.text.removesuffix(figure.unit))


def say(template: str, **parts: Inline | Text) -> Text:
    """A sentence from a template; parts that are figures stay bound.

    >>> say("共 {n}。", n="3 项")
    ('共 ', '3 项', '。')
    """
    text: list[Inline] = []
    for index, piece in enumerate(_PLACE.split(template)):
        part: Inline | Text = parts[piece] if index % 2 else piece
        text += [part] if isinstance(part, (str, Printed)) else part
    return tuple(piece for piece in text if piece != "")


def paragraph(template: str, **parts: Inline | Text) -> Paragraph:
    """A sentence as a paragraph of its own."""
    return Paragraph(say(template, **parts))


def lacking(what: str) -> Paragraph:
    """What is missing is named as missing."""
    return Paragraph((f"{LACKING}{what}。",), Style.NOTE)


def listed(items: Iterable[Text], between: str = "、") -> Text:
    """Items in a row.

    >>> listed([("甲",), ("乙",)])
    ('甲', '、', '乙')
    """
    text: list[Inline] = []
    for item in items:
        text += [between, *item] if text else item
    return tuple(text)


def sentence(text: str) -> str:
    """Words of a person as a sentence: trimmed, one full stop at the end.

    >>> sentence("完成验收；"), sentence("完成验收")
    ('完成验收。', '完成验收。')
    """
    return text.strip().rstrip("。；;，,. ") + "。" if text.strip() else ""


def phrase(text: str) -> str:
    """Words of a person inside a sentence of ours: trimmed, without a full stop."""
    return text.strip().rstrip("。；;，,. ")


def target_text(one: Indicator) -> Text:
    """The target as the goal table has it: ≥20次, or 定性（优）."""
    if one.target is not None:
        return (str(one.comparator or ""), *as_given(f"{one.name}的指标值", one.target, one.origin, "target"))
    return (one.target_level or one.target_text or "未填",)


def actual_text(one: Indicator) -> Text:
    """The actual as given; 未填 when there is none (empty is not zero)."""
    actual = one.actual
    if actual is None or not actual.is_given:
        return ("未填",)
    if actual.value is not None:
        return as_given(f"{one.name}的实际完成值", actual.value, one.origin, "actual")
    return (actual.level,)


def head(*titles: str) -> tuple[TableCell, ...]:
    """A header row."""
    return tuple(TableCell((title,), bold=True) for title in titles)


def left(*text: Inline) -> TableCell:
    """A cell of words."""
    return TableCell(tuple(part for part in text if part != ""), Align.LEFT)


def centre(*text: Inline) -> TableCell:
    """A short cell."""
    return TableCell(tuple(part for part in text if part != ""))


def right(*text: Inline) -> TableCell:
    """A cell of figures."""
    return TableCell(tuple(part for part in text if part != ""), Align.RIGHT)


def table(
    caption: str,
    widths: tuple[int, ...],
    header: tuple[TableCell, ...],
    rows: Iterable[tuple[TableCell, ...]],
    *,
    unit: str = "",
    note: str = "",
) -> Table:
    """A table with one header row."""
    return Table(caption=caption, widths=widths, rows=(header, *rows), unit=unit, note=note)
