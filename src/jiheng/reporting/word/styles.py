"""The styles of an official document, as styles.xml, and the fonts they name, as fontTable.xml."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from jiheng.model.report import Align
from jiheng.reporting.word.page import LINE_PITCH, NAMESPACES
from jiheng.reporting.word.text import escape

# 小标宋, 黑体, 楷体, 仿宋 and their substitutes on Windows, 麒麟 and UOS, in the order in which they are tried.
FONTS = {
    "方正小标宋简体": "方正小标宋_GBK,方正小标宋,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
    "黑体": "SimHei,方正黑体_GBK,方正黑体简体,CESI黑体-GB2312,Noto Sans CJK SC,文泉驿微米黑",
    "楷体_GB2312": "楷体,KaiTi,方正楷体_GBK,方正楷体简体,CESI楷体-GB2312,华文楷体,AR PL UKai CN",
    "仿宋_GB2312": "仿宋,FangSong,方正仿宋_GBK,方正仿宋简体,CESI仿宋-GB2312,华文仿宋,STFangsong",
    "宋体": "SimSun,方正书宋_GBK,CESI宋体-GB2312,Noto Serif CJK SC,Noto Sans CJK SC",
    "Times New Roman": "Liberation Serif,Tinos,宋体",
}
TITLE_FONT, HEADING_FONT, SUBHEADING_FONT, BODY_FONT, NUMBER_FONT, LATIN_FONT = FONTS

TWO_CHARACTERS = 630
"""Two characters of 三号 at 28 to the line. **Unit** 1/20 pt."""

CELL_SIZES = (24, 21, 18, 15)
"""小四, 五号, 小五, 六号: a table takes the largest in which no figure is torn. **Unit** half points."""


COMPACT_PITCH = 380
"""Lines of a one-page paper. **Unit** 1/20 pt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A paragraph style. **Unit** `size` half points; `line`, `before`, `after`, `end` 1/20 pt."""

    id: str
    name: str
    font: str = BODY_FONT
    size: int = 32
    bold: bool = False
    align: str = "both"
    indent: bool = False
    end: tuple[str, int] | None = None
    line: int = LINE_PITCH
    rule: str = "exact"
    before: int = 0
    after: int = 0
    keep: bool = False
    outline: int | None = None
    on_grid: bool = True
    shown: bool = False
    latin: str = LATIN_FONT

    @property
    def xml(self) -> str:
        """The style's element."""
        is_root = self.id == "Normal"
        default = ' w:default="1"' if is_root else ""
        bold = "<w:b/><w:bCs/>" if self.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
        properties = "".join(
            (
                "<w:keepNext/><w:keepLines/>" if self.keep else "",
                '<w:widowControl w:val="0"/>',  # else a page would hold 21 lines
                "" if self.on_grid else '<w:snapToGrid w:val="0"/>',
                f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="{self.line}" w:lineRule="{self.rule}"/>',
                f'<w:ind w:firstLineChars="200" w:firstLine="{TWO_CHARACTERS}"/>' if self.indent else "",
                f'<w:ind w:{self.end[0]}="{self.end[1]}"/>' if self.end else "",
                f'<w:jc w:val="{self.align}"/>',
                "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>',
            )
        )
        # 28 characters of 16 pt in 156 mm: a quarter of a point less between them.
        tight = f'<w:spacing w:val="{-5 if self.size == 32 else 0}"/>'
        return "".join(
            (
                f'<w:style w:type="paragraph"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>',
                "" if is_root else '<w:basedOn w:val="Normal"/>',
                "" if self.outline is None else '<w:next w:val="Body"/>',
                f'<w:uiPriority w:val="{1 if self.shown else 99}"/>{"<w:qFormat/>" if self.shown else ""}',
                f"<w:pPr>{properties}</w:pPr><w:rPr>{_fonts(self.font, self.latin)}{bold}{tight}",
                f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/></w:rPr></w:style>',
            )
        )


def cell_style(size: int, align: Align, *, head: bool = False) -> str:
    """The id of the style of a table cell."""
    return f"Head{size}" if head else f"Cell{size}{align.value[0].upper()}"


def _looks() -> tuple[Look, ...]:
    quiet = {"on_grid": False, "line": 240, "rule": "auto"}
    cells: list[Look] = []
    for size in CELL_SIZES:
        line = size * 13  # 1.3 times the type, the same on every machine whatever font it has
        cells.append(Look(id=f"Head{size}", name=f"表头 {size / 2:g}磅", font=HEADING_FONT, size=size, align="center",
                          line=line, on_grid=False, keep=True))  # fmt: skip
        cells += [
            Look(id=cell_style(size, align), name=f"表格 {size / 2:g}磅 {label}", size=size, align=align.value, line=line,
                 on_grid=False)
            for align, label in ((Align.LEFT, "居左"), (Align.CENTRE, "居中"), (Align.RIGHT, "居右"))
        ]  # fmt: skip
    return (
        Look(id="Normal", name="Normal"),
        Look(id="Title", name="Title", font=TITLE_FONT, size=44, align="center", keep=True, shown=True),
        Look(id="Heading1", name="heading 1", font=HEADING_FONT, indent=True, keep=True, outline=0, shown=True),
        Look(id="Heading2", name="heading 2", font=SUBHEADING_FONT, indent=True, keep=True, outline=1, shown=True),
        Look(id="Heading3", name="heading 3", bold=True, indent=True, keep=True, outline=2, shown=True),
        Look(id="Heading4", name="heading 4", indent=True, keep=True, outline=3, shown=True),
        Look(id="Body", name="正文首行缩进两字", indent=True, shown=True),
        Look(id="Centre", name="正文居中", align="center", shown=True),
        Look(id="Right", name="正文居右", align="right", shown=True),
        Look(id="Note", name="附注", size=24, indent=True, line=400, shown=True, on_grid=False),
        Look(id="AnnexMark", name="附件序号", font=HEADING_FONT, align="left", keep=True, outline=0, shown=True),
        Look(id="AnnexTitle", name="附件标题", font=TITLE_FONT, size=44, align="center", keep=True, outline=1,
             before=LINE_PITCH, after=LINE_PITCH // 2, shown=True),
        Look(id="Caption", name="caption", font=HEADING_FONT, size=24, align="center", keep=True, line=400, before=120, on_grid=False),
        Look(id="TableUnit", name="表格单位", size=21, align="right", keep=True, line=320, on_grid=False),
        Look(id="TableNote", name="表格附注", size=21, align="left", line=320, before=40, on_grid=False),
        Look(id="Gap", name="表后空行", size=12, align="left", line=160, on_grid=False),
        Look(id="Picture", name="图", align="center", before=120, **quiet),  # type: ignore[arg-type]
        Look(id="Signature", name="签字盖章", align="left", end=("left", 2835), before=LINE_PITCH, keep=True),
        Look(id="DraftHead", name="草稿说明标题", font=HEADING_FONT, size=24, align="left", line=380, on_grid=False),
        Look(id="DraftReason", name="草稿说明", size=24, align="left", line=380, on_grid=False),
        Look(id="Header", name="header", font=HEADING_FONT, size=21, align="right", **quiet),  # type: ignore[arg-type]
        Look(id="PageNumberOdd", name="页码（单页）", font=NUMBER_FONT, size=28, align="right", end=("right", 280),
             latin=NUMBER_FONT, **quiet),  # type: ignore[arg-type]
        Look(id="PageNumberEven", name="页码（双页）", font=NUMBER_FONT, size=28, align="left", end=("left", 280),
             latin=NUMBER_FONT, **quiet),  # type: ignore[arg-type]
        *cells,
    )  # fmt: skip


def _made_small(look: Look) -> Look:
    """The look in 小四 type on 19 pt lines: a briefing has to fit on one page."""
    line = COMPACT_PITCH if look.line == LINE_PITCH else look.line
    before = look.before // 2
    size = {32: 24, 44: 36}.get(look.size, look.size)
    return replace(look, size=size, line=line, before=before, on_grid=False)


@cache
def styles_xml(compact: bool = False) -> str:
    """The whole styles part: nothing of a foreign template, so no coloured heading and no rule under the title."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY_FONT, LATIN_FONT)}<w:kern w:val="2"/>'
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    looks = "".join(look.xml for look in (map(_made_small, _looks()) if compact else _looks()))
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles {NAMESPACES}>{defaults}{looks}{table}</w:styles>'


@cache
def font_table_xml() -> str:
    """The fonts with their substitutes: a machine without the first takes the next."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{escape(others)}"/>'
        f'<w:charset w:val="{"00" if name == LATIN_FONT else "86"}"/>'
        f'<w:family w:val="{"roman" if name in (LATIN_FONT, TITLE_FONT) else "modern"}"/>'
        f'<w:pitch w:val="{"variable" if name == LATIN_FONT else "fixed"}"/></w:font>'
        for name, others in FONTS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMESPACES}>{fonts}</w:fonts>'


def _fonts(east_asian: str, latin: str) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asian}" w:cs="{LATIN_FONT}"/>'
