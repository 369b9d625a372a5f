"""The report as one self-contained page: to read on a screen, to print, to open each figure to its source.

No script: a figure is a `<details>` element, so a click, Enter or the space bar opens it in any browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from jiheng.model.report import (
    Annex,
    Block,
    Chart,
    Heading,
    Paragraph,
    Printed,
    ReportModel,
    SignatureBlock,
    Style,
    Table,
    TableCell,
    Text,
)
from jiheng.reporting.visible import asks_for_hand, is_justifiable, rounded, showable, unit_line
from jiheng.values import round_half_up, show_number

_SMALL = 8
"""A table of so few rows is printed on one page."""

_CLASSES = {Style.BODY: "body", Style.OWN: "body", Style.NOTE: "note", Style.CENTRE: "centre", Style.RIGHT: "right"}


def print_page(model: ReportModel) -> str:
    """The whole page as HTML text."""
    page = _Page()
    parts = list(_by_annex(model.blocks))
    sections = [Markup("").join(page.block(block) for block in blocks) for blocks in parts]
    wide = [isinstance(blocks[0], Annex) and blocks[0].landscape for blocks in parts]
    return (
        _pages()
        .get_template("report.html")
        .render(
            title=[showable(line) for line in model.title],
            kind=showable(model.kind),
            reasons=[showable(reason) for reason in model.draft_because],
            contents=page.contents,
            sections=list(zip(sections, wide, strict=True)),
            properties={showable(name): showable(value) for name, value in model.properties.items()},
        )
    )


def _by_annex(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The report proper, then each annex by itself."""
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Annex) and at]
    edges = [0, *starts, len(blocks)]
    return (blocks[a:b] for a, b in pairwise(edges) if a < b)


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("jiheng.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Page:
    """Blocks as markup; headings are collected for the contents."""

    def __init__(self) -> None:
        self.contents: list[tuple[int, str, str]] = []
        self.charts = 0

    def block(self, block: Block) -> Markup:
        match block:
            case Heading():
                return self._heading(min(max(block.level, 1), 4), block.text)
            case Paragraph():
                # A div, for a paragraph may not hold the details of its figures.
                loose = "" if is_justifiable(block.text) else " loose"
                return Markup('<div class="{}{}">{}</div>\n').format(_CLASSES[block.style], loose, _text(block.text))
            case Table():
                return _table(block)
            case Chart():
                return self._chart(block)
            case Annex():
                mark = Markup('<p class="mark">{}</p>').format(showable(block.mark))
                return mark + self._heading(0, block.title, f"{block.mark} {block.title}")
            case SignatureBlock():
                return Markup('<div class="signature">{}</div>\n').format(Markup("").join(map(_to_sign, block.lines)))

    def _heading(self, level: int, text: str, entry: str = "") -> Markup:
        anchor = f"s{len(self.contents) + 1}"
        self.contents.append((level, anchor, showable(entry or text)))
        return Markup('<h{0} id="{1}"{3}>{2}</h{0}>\n').format(
            level + 1 if level else 2, anchor, showable(text), Markup(' class="annex"') if not level else ""
        )

    def _chart(self, chart: Chart) -> Markup:
        from jiheng.reporting.charts import svg  # the renderer is loaded only for reports that have charts

        self.charts += 1
        drawn = svg(chart.spec, f"chart{self.charts}")
        named = Markup('<svg role="img" aria-label="{}" ').format(showable(chart.title))
        picture = named + Markup(drawn.removeprefix("<svg "))
        return Markup("<figure>{}</figure>\n").format(picture) + _table(chart.behind)


def _to_sign(line: str) -> Markup:
    by_hand = Markup("<i></i>") if asks_for_hand(line) else ""
    return Markup("<p>{}{}</p>").format(showable(line), by_hand)


def _table(table: Table) -> Markup:
    rows = [_row(row, "th" if at < table.header_rows else "td") for at, row in enumerate(table.rows)]
    widths = Markup("").join(
        Markup('<col width="{}%">').format(share * 100 // max(sum(table.widths), 1)) for share in table.widths
    )
    small = " small" if len(rows) <= _SMALL else ""
    parts = [Markup(f'<div class="table{small}">')]
    if table.caption:
        parts.append(Markup('<p class="caption">{}</p>').format(showable(table.caption)))
    if table.unit:
        parts.append(Markup('<p class="unit">{}</p>').format(showable(unit_line(table))))
    parts.append(Markup('<table aria-label="{}">').format(showable(table.caption)))
    parts.append(Markup("<colgroup>{}</colgroup>").format(widths))
    parts.append(Markup("<thead>{}</thead>").format(Markup("").join(rows[: table.header_rows])))
    parts.append(Markup("<tbody>{}</tbody></table>").format(Markup("").join(rows[table.header_rows :])))
    if table.note:
        parts.append(Markup('<p class="under">{}</p>').format(showable(table.note)))
    return Markup("").join(parts) + Markup("</div>\n")


def _row(row: Sequence[TableCell], tag: str) -> Markup:
    return Markup("<tr>{}</tr>\n").format(Markup("").join(_cell(cell, tag) for cell in row))


def _cell(cell: TableCell, tag: str) -> Markup:
    text = _text(cell.text)
    if cell.bold:
        text = Markup("<b>{}</b>").format(text)
    spans = f' colspan="{cell.across}"' if cell.across > 1 else ""
    spans += f' rowspan="{cell.down}"' if cell.down > 1 else ""
    return Markup(f'<{tag} class="{cell.align.value}"{spans}>') + text + Markup(f"</{tag}>")


def _text(text: Text) -> Markup:
    return Markup("").join(
        escape(showable(part)).replace("\n", Markup("<br>")) if isinstance(part, str) else _figure(part)
        for part in text
    )


def _figure(figure: Printed) -> Markup:
    """A figure that opens to what it is and where it stands."""
    exact = f"{show_number(figure.value)}{figure.unit}"
    if figure.places is not None and rounded(figure) != figure.value:
        longer = round_half_up(figure.value, figure.places + 4)
        exact = f"{show_number(longer)}{figure.unit}（印到{figure.places}位小数）"
    rule = Markup("<br>规则：{}").format(showable(figure.rule)) if figure.rule else ""
    return Markup(
        '<details name="f"><summary>{}</summary><span class="why"><b>{}</b> {}<br>来源：{}{}</span></details>'
    ).format(showable(figure.text), showable(figure.name), exact, showable(figure.source), rule)
