"""The page: A4, 22 lines of 28 characters, its sections, page numbers and the draft mark.

**Basis** GB/T 9704-2012: 天头37mm, 订口28mm, 版心156mm×225mm, 每面22行每行28字; 页码四号、一字线, 单页居右空一字, 双页居左空一字.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiheng.reporting.word.text import escape, paragraph, run

MM = 1440 / 25.4
"""Twentieths of a point in a millimetre."""

LINE_PITCH = 579
"""**Unit** 1/20 pt: 22 lines fill 225 mm."""

DRAFT = "草稿"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's geometry. **Unit** mm."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int
    landscape: bool = False

    @property
    def text_width(self) -> int:
        """Width of the type area. **Unit** 1/20 pt."""
        return int((self.width - self.left - self.right) * MM)

    @property
    def text_height(self) -> int:
        """Height of the type area. **Unit** 1/20 pt."""
        return int((self.height - self.top - self.bottom) * MM)


PORTRAIT = Page(width=210, height=297, top=37, right=26, bottom=35, left=28, header=20, footer=22)
# The same type area turned: its head lies at the binding edge.
LANDSCAPE = Page(width=297, height=210, top=28, right=37, bottom=26, left=35, header=12, footer=13, landscape=True)


def page_of(landscape: bool) -> Page:
    """The page of an orientation."""
    return LANDSCAPE if landscape else PORTRAIT


def section(page: Page, references: str) -> str:
    """The properties of a section that starts on a new page; `references` name its headers and footers."""

    def unit(mm: int) -> int:
        return round(mm * MM)

    turned = ' w:orient="landscape"' if page.landscape else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{unit(page.width)}" w:h="{unit(page.height)}"{turned}/>'
        f'<w:pgMar w:top="{unit(page.top)}" w:right="{unit(page.right)}" w:bottom="{unit(page.bottom)}" '
        f'w:left="{unit(page.left)}" w:header="{unit(page.header)}" w:footer="{unit(page.footer)}" w:gutter="0"/>'
        f'<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="{LINE_PITCH}"/></w:sectPr>'
    )


def footer(*, even: bool) -> str:
    """The page number: “— 1 —”, outside."""
    number = run("— ") + '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>' + run(" —")
    return _part("ftr", paragraph("PageNumberEven" if even else "PageNumberOdd", number))


def header(number: int, draft: bool) -> str:
    """The header: empty, or the draft mark as a line of text and across the page."""
    return _part("hdr", paragraph("Header", run(DRAFT) + _across(number) if draft else ""))


def _part(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{name} {NAMESPACES}>{inside}</w:{name}>'


def _across(number: int) -> str:
    """Word's own kind of watermark, which WPS and LibreOffice show, too."""
    style = (
        "position:absolute;margin-left:0;margin-top:0;width:330pt;height:165pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    font = escape('font-family:"宋体";font-size:1pt')
    formulas = "".join(
        f'<v:f eqn="{line}"/>'
        for line in (
            "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
            "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7",
            "sum @6 0 @5",
        )
    )  # fmt: skip
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        f'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>{formulas}</v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt="{DRAFT}" style="{style}" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
        f'<v:fill opacity=".6"/><v:textpath style="{font}" string="{DRAFT}"/>'
        '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
    )
