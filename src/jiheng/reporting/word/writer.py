"""From a ReportModel to a .docx file."""

from __future__ import annotations

from pathlib import Path

from jiheng.errors import BadInput
from jiheng.model.report import (
    Annex,
    Block,
    Chart,
    Heading,
    Paragraph,
    ReportModel,
    SignatureBlock,
    Style,
    Table,
)
from jiheng.output import whole_file
from jiheng.reporting.visible import asks_for_hand, is_justifiable, showable
from jiheng.reporting.word import page as pages
from jiheng.reporting.word.package import Package, add_properties, settings_xml
from jiheng.reporting.word.picture import picture_xml
from jiheng.reporting.word.styles import font_table_xml, styles_xml
from jiheng.reporting.word.table import table_blocks
from jiheng.reporting.word.text import paragraph, run, runs

DRAFT_REASONS = "草稿。下列事项办结前，本稿不作为正式文件："
_PARAGRAPHS = {
    Style.BODY: "Body",
    Style.OWN: "Body",
    Style.NOTE: "Note",
    Style.CENTRE: "Centre",
    Style.RIGHT: "Right",
}
_RUNNING = (Style.BODY, Style.OWN, Style.NOTE)
_DEEPEST_HEADING = 4
_TALLEST_PICTURE = 0.6


def write_docx(model: ReportModel, path: Path) -> None:
    """Write a report as Word by GB/T 9704; the file appears whole or not at all. The same model gives the same bytes.

    **Raises** BadInput when the file cannot be written, or its name does not end in .docx.
    """
    if path.suffix.lower() != ".docx":
        raise BadInput(f"“{path.name}”的后缀不是 .docx：报告请存为 .docx")
    package = Package()
    document = _Body(package, model).xml()
    add_properties(
        package, title="".join(model.title), kind=model.kind, company=model.department, others=model.properties
    )
    with whole_file(path) as partial:
        package.write(partial, document)


class _Body:
    """The document's body while it grows: finished blocks, and the section that they stand in."""

    def __init__(self, package: Package, model: ReportModel) -> None:
        self.package, self.model = package, model
        self.parts: list[str] = []
        self.page = pages.PORTRAIT
        self.pictures = 0
        package.add("styles.xml", "styles", styles_xml(model.compact))
        package.add("settings.xml", "settings", settings_xml())
        package.add("fontTable.xml", "fontTable", font_table_xml())
        self.references = self._headers_and_footers(bool(model.draft_because))

    def xml(self) -> str:
        """The document part."""
        self.parts += [paragraph("Title", run(line)) for line in self.model.title]
        self.parts.append(paragraph("Centre", ""))
        if self.model.draft_because:
            self.parts.append(self._draft_box())
        for block in self.model.blocks:
            self._add(block)
        body = "".join(self.parts) + pages.section(self.page, self.references)
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<w:document {pages.NAMESPACES}><w:body>{body}</w:body></w:document>"
        )

    def _add(self, block: Block) -> None:
        match block:
            case Heading():
                level = min(max(block.level, 1), _DEEPEST_HEADING)
                self.parts.append(paragraph(f"Heading{level}", run(block.text)))
            case Paragraph():
                loose = block.style in _RUNNING and not is_justifiable(block.text)
                align = '<w:jc w:val="left"/>' if loose else ""
                self.parts.append(paragraph(_PARAGRAPHS[block.style], runs(block.text), align))
            case Table():
                self.parts.append(table_blocks(block, self.page))
            case Chart():
                self._chart(block)
            case Annex():
                self._annex(block)
            case SignatureBlock():
                self._keep_last_with_next()  # no page may hold signatures and nothing to sign
                self.parts.append(self._signature(block))

    def _annex(self, annex: Annex) -> None:
        """On a new page: by a section where the page is turned, else by a page break."""
        page = pages.page_of(annex.landscape)
        new_page = "<w:pageBreakBefore/>"
        if page is not self.page:
            self._end_section()
            self.page, new_page = page, ""
        self.parts.append(paragraph("AnnexMark", run(annex.mark), new_page))
        self.parts.append(paragraph("AnnexTitle", run(annex.title)))

    def _keep_last_with_next(self) -> None:
        last = self.parts[-1]
        if last.startswith("<w:p>") and last.count("</w:pPr>") == 1 and "<w:keepNext/>" not in last:
            self.parts[-1] = last.replace("/>", "/><w:keepNext/>", 1)

    def _end_section(self) -> None:
        """The section's properties live in its last paragraph; after a table in one too low to start a page."""
        section = pages.section(self.page, self.references)
        last = self.parts[-1]
        if last.startswith("<w:p>") and last.count("</w:pPr>") == 1:
            self.parts[-1] = last.replace("</w:pPr>", f"{section}</w:pPr>", 1)
        else:
            low = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            self.parts.append(paragraph("Gap", "", low + section))

    def _chart(self, chart: Chart) -> None:
        from jiheng.reporting.charts import png  # the renderer is loaded only for reports that have charts

        self.pictures += 1
        picture = png(chart.spec)
        relation = self.package.add(f"media/chart{self.pictures}.png", "image", picture)
        tallest = int(self.page.text_height * _TALLEST_PICTURE)
        alt = f"{showable(chart.title)}。数据见图下的表“{showable(chart.behind.caption)}”"
        self.parts.append(
            picture_xml(
                relation, self.pictures, picture, width=self.page.text_width, tallest=tallest, alt=" ".join(alt.split())
            )
        )
        self.parts.append(table_blocks(chart.behind, self.page))

    def _signature(self, block: SignatureBlock) -> str:
        """Each line with room to sign; what ends in a colon gets a line to sign on."""
        tab = f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{self.page.text_width}"/></w:tabs>'
        lines = []
        for line in block.lines:
            asks = asks_for_hand(line)
            lines.append(
                paragraph("Signature", run(line) + ("<w:r><w:tab/></w:r>" if asks else ""), tab if asks else "")
            )
        return "".join(lines)

    def _draft_box(self) -> str:
        reasons = [
            paragraph("DraftReason", run(f"{number}. {reason}"))
            for number, reason in enumerate(self.model.draft_because, 1)
        ]
        inside = paragraph("DraftHead", run(DRAFT_REASONS)) + "".join(reasons)
        width = self.page.text_width
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right")
        )
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
            f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc></w:tr></w:tbl>'
            + paragraph("Centre", "")
        )

    def _headers_and_footers(self, draft: bool) -> str:
        references = ""
        for number, (side, name) in enumerate((("default", "odd"), ("even", "even")), 1):
            head = self.package.add(f"header-{name}.xml", "header", pages.header(number, draft))
            foot = self.package.add(f"footer-{name}.xml", "footer", pages.footer(even=side == "even"))
            references += (
                f'<w:headerReference w:type="{side}" r:id="{head}"/><w:footerReference w:type="{side}" r:id="{foot}"/>'
            )
        return references
