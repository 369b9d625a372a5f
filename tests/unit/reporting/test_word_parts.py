"""The parts of the Word file: pages, styles, tables, drafts, properties, and what hostile prose becomes."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jiheng.errors import BadInput
from jiheng.model.report import Align, Annex, Heading, Paragraph, Printed, ReportModel, Table, TableCell
from jiheng.reporting.word import write_docx
from jiheng.reporting.word.measure import PADDING, laid_out, measured
from jiheng.reporting.word.page import PORTRAIT
from jiheng.reporting.word.table import table_xml
from jiheng.reporting.word.text import run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def file(report: ReportModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("word") / "报告.docx"
    write_docx(report, path)
    return path


def part(path: Path, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(path).read(f"word/{name}"))


def wrapped(xml: str) -> etree._Element:
    return etree.fromstring(f'<r xmlns:w="{W[1:-1]}">{xml}</r>')


def test_every_part_is_sound_and_declared(file: Path):
    archive = zipfile.ZipFile(file)
    assert archive.testzip() is None
    declared = archive.read("[Content_Types].xml").decode()
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(archive.read(name))
        if name.startswith(("word/", "docProps/")) and name.endswith(".xml"):
            assert f'PartName="/{name}"' in declared


def test_the_same_report_gives_the_same_bytes(report: ReportModel, file: Path, tmp_path: Path):
    write_docx(report, tmp_path / "又一份.docx")
    assert (tmp_path / "又一份.docx").read_bytes() == file.read_bytes()


def test_pages_turn_for_wide_annexes(file: Path):
    sections = docx.Document(str(file)).sections
    found = [
        (
            section.orientation == WD_ORIENT.LANDSCAPE,
            *(round(length.mm) for length in (section.page_width, section.page_height)),
            *(
                round(length.mm)
                for length in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
            ),
        )
        for section in sections
    ]
    portrait, landscape = (False, 210, 297, 37, 35, 28, 26), (True, 297, 210, 28, 26, 35, 37)
    assert found == [portrait, landscape, portrait]
    grids = part(file, "document.xml").findall(f".//{W}docGrid")
    assert {(grid.get(f"{W}type"), grid.get(f"{W}linePitch")) for grid in grids} == {("lines", "579")}


def test_headings_are_words_own_with_their_number_in_the_text(file: Path):
    found = [
        (line.style.name, line.text)
        for line in docx.Document(str(file)).paragraphs
        if line.style.name.startswith("Heading") or line.style.name in ("附件序号", "附件标题")
    ]
    assert found[:4] == [
        ("Heading 1", "一、部门概况"),
        ("Heading 2", "（一）机构设置及职责工作任务情况"),
        ("Heading 2", "（二）部门整体绩效目标设立情况"),
        ("Heading 1", "二、当年预算执行情况"),
    ]
    assert ("Heading 3", "1.产出数量") in found
    assert ("Heading 4", "（1）社区服务") in found
    assert found[-2:] == [("附件序号", "附件3"), ("附件标题", "问题与整改清单")]


def test_styles_are_those_of_official_documents(file: Path):
    looks = {style.get(f"{W}styleId"): style for style in part(file, "styles.xml").findall(f"{W}style")}

    def look(name: str) -> tuple[str | None, ...]:
        properties = looks[name].find(f"{W}rPr")
        pitch = looks[name].find(f"{W}pPr/{W}spacing")
        assert properties is not None
        assert pitch is not None
        fonts, size = properties.find(f"{W}rFonts"), properties.find(f"{W}sz")
        assert fonts is not None
        assert size is not None
        return fonts.get(f"{W}eastAsia"), size.get(f"{W}val"), pitch.get(f"{W}line"), pitch.get(f"{W}lineRule")

    assert look("Title") == ("方正小标宋简体", "44", "579", "exact")
    assert look("Heading1") == ("黑体", "32", "579", "exact")
    assert look("Heading2") == ("楷体_GB2312", "32", "579", "exact")
    assert look("Body") == ("仿宋_GB2312", "32", "579", "exact")
    text = etree.tostring(part(file, "styles.xml"), encoding="unicode")
    assert "pBdr" not in text
    assert "w:color " not in text
    fonts = etree.tostring(part(file, "fontTable.xml"), encoding="unicode")
    for name in ("方正小标宋_GBK", "仿宋,FangSong", "楷体,KaiTi", "CESI"):
        assert name in fonts


def test_properties_carry_the_rules_and_the_engine(file: Path):
    core = docx.Document(str(file)).core_properties
    assert (core.title, core.author) == ("样例街道办事处2024年度部门整体绩效评价报告", "样例街道办事处")
    custom = zipfile.ZipFile(file).read("docProps/custom.xml").decode()
    assert 'name="规则集指纹"><vt:lpwstr>sha256:0123abcd<' in custom
    assert 'name="程序版本"><vt:lpwstr>绩衡 0.1.0<' in custom


def test_a_draft_says_so_on_every_page_and_why_on_the_first(
    file: Path, make_report: Callable[..., ReportModel], seen_in: Callable[[Path], list[str]], tmp_path: Path
):
    for side in ("odd", "even"):
        header = zipfile.ZipFile(file).read(f"word/header-{side}.xml").decode()
        assert 'string="草稿"' in header
    assert seen_in(file)[3:6] == [
        "草稿。下列事项办结前，本稿不作为正式文件：",
        "1. “指标”表有13项没有实际完成值",
        "2. 规则“结转结余率扣分步长”未核实，须由财务人员确认",
    ]
    final = tmp_path / "定稿.docx"
    write_docx(make_report(1, 3, draft_because=()), final)
    for name in ("header-odd.xml", "header-even.xml", "document.xml"):
        assert "草稿" not in zipfile.ZipFile(final).read(f"word/{name}").decode()


def test_page_numbers_stand_outside(file: Path):
    for side, align in (("odd", "PageNumberOdd"), ("even", "PageNumberEven")):
        footer = part(file, f"footer-{side}.xml")
        assert "".join(footer.itertext()) == "— 1 —"
        assert footer.find(f".//{W}pStyle").get(f"{W}val") == align
    assert part(file, "settings.xml").find(f"{W}evenAndOddHeaders") is not None


def test_prose_comes_out_as_text(file: Path, seen_in: Callable[[Path], list[str]]):
    assert "科室自写：{{braces}} {% if %} <w:p/> & =SUM(A1) 😀👨‍👩‍👧 结束。" in seen_in(file)


@given(st.text(st.characters(), max_size=60))
def test_any_text_is_sound_xml_and_keeps_what_can_be_shown(text: str):
    shown = "".join(wrapped(run(text)).itertext())
    visible = "".join(letter for letter in text if letter.isprintable() and letter not in "\ufffe\uffff")
    assert [letter for letter in shown if letter.isprintable()] == [letter for letter in visible if letter in shown]
    assert all(letter in shown for letter in visible if letter.isalnum())


def cell(text: str, **more: object) -> TableCell:
    return TableCell((text,), **more)  # type: ignore[arg-type]


def test_merged_cells_and_missing_ones_leave_whole_rows():
    table = Table(
        caption="",
        widths=(1, 1, 2),
        header_rows=1,
        rows=((cell("甲", across=2), cell("乙")), (cell("丙", down=2), cell("丁"), cell("戊")), (cell("己"),)),
    )
    tree = wrapped(table_xml(table, PORTRAIT))
    rows = [
        [
            (
                "".join(one.itertext()),
                (span.get(f"{W}val") if (span := one.find(f".//{W}gridSpan")) is not None else "1"),
                (merge.get(f"{W}val", "go on") if (merge := one.find(f".//{W}vMerge")) is not None else ""),
            )
            for one in row.iter(f"{W}tc")
        ]
        for row in tree.iter(f"{W}tr")
    ]
    assert rows == [
        [("甲", "2", ""), ("乙", "1", "")],
        [("丙", "1", "restart"), ("丁", "1", ""), ("戊", "1", "")],
        [("", "1", "go on"), ("己", "1", ""), ("", "1", "")],
    ]
    assert [row.find(f".//{W}tblHeader") is not None for row in tree.iter(f"{W}tr")] == [True, False, False]
    assert all(row.find(f".//{W}cantSplit") is not None for row in tree.iter(f"{W}tr"))


def test_a_row_with_too_many_cells_is_refused():
    with pytest.raises(ValueError, match="表“甲”有一行多于 1 列"):
        table_xml(Table(caption="甲", widths=(1,), rows=((cell("一"), cell("二")),)), PORTRAIT)


def test_a_label_that_reaches_far_down_is_said_again_but_a_figure_is_not():
    words = Table(
        caption="", widths=(1, 1), rows=((cell("产出指标", down=30), cell("0")), *((cell("x"),) for _ in range(29)))
    )
    said = [row[0].cell is not None for row in laid_out(words, 12)]
    assert [at for at, is_said in enumerate(said) if is_said] == [0, 12, 24]
    figure = Table(
        caption="", widths=(1, 1), rows=((cell("100", down=30), cell("0")), *((cell("x"),) for _ in range(29)))
    )
    assert sum(row[0].cell is not None for row in laid_out(figure, 12)) == 1


def test_labels_inside_a_label_are_said_again_with_it():
    rows = [(cell("一级", down=9), cell("二级", down=9), cell("0")), *((cell("x"),) for _ in range(8))]
    table = Table(caption="", widths=(1, 1, 1), rows=tuple(rows))
    assert [tuple(place.cell is not None for place in row) for row in laid_out(table, 4)] == [
        (True, True, True), (False, False, True), (False, False, True), (False, False, True),
        (True, True, True), (False, False, True), (False, False, True), (False, False, True), (True, True, True),
    ]  # fmt: skip
    assert [row[0].goes_on for row in laid_out(table, 4)] == [True, True, True, False, True, True, True, False, False]


def test_a_row_taller_than_half_a_page_may_break():
    table = Table(caption="", widths=(1, 3), rows=((cell("短"), cell("短")), (cell("长" * 2000), cell("短"))))
    tree = wrapped(table_xml(table, PORTRAIT))
    assert [row.find(f".//{W}cantSplit") is not None for row in tree.iter(f"{W}tr")] == [True, False]


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=10),
    st.lists(st.lists(st.integers(1, 18), min_size=1, max_size=10), min_size=1, max_size=6),
)
def test_no_figure_is_torn_unless_even_the_smallest_type_is_too_large(shares: list[int], digits: list[list[int]]):
    rows = tuple(
        tuple(
            TableCell((Printed(text="8" * count, value=1, unit="", places=None, name="", source=""),), Align.RIGHT)  # type: ignore[arg-type]
            for count in row[: len(shares)]
        )
        for row in digits
    )
    size, widths = measured(Table(caption="", widths=tuple(shares), rows=rows, header_rows=0), 8844)
    assert sum(widths) == 8844
    if size > 15:
        for row in digits:
            for count, width in zip(row, widths, strict=False):
                assert count * 0.5 * size * 10 <= width - 2 * PADDING


def test_nothing_to_say_is_still_a_document(tmp_path: Path):
    empty = ReportModel(kind="", title=(), department="", fiscal_year=2024, blocks=())
    write_docx(empty, tmp_path / "空.docx")
    holes = ReportModel(
        kind="空表", title=("空",), department="某街道", fiscal_year=2024, draft_because=("什么都没有",),
        blocks=(Table(caption="空表", widths=(1, 2), rows=()), Annex("附件1", "宽", landscape=True), Annex("附件2", "又一宽", landscape=True),
                Heading(9, "太深"), Paragraph(()), Annex("附件3", "窄")),
    )  # fmt: skip
    write_docx(holes, tmp_path / "洞.docx")
    for name in ("空.docx", "洞.docx"):
        docx.Document(str(tmp_path / name))


def test_a_target_that_cannot_be_written_is_said_in_one_sentence(report: ReportModel, tmp_path: Path):
    (tmp_path / "文件").write_text("")
    (tmp_path / "占着.docx").mkdir()
    for path, words in (
        (tmp_path / "报告.doc", "“报告.doc”的后缀不是 .docx：报告请存为 .docx"),
        (tmp_path / "没有" / "报告.docx", "文件夹不存在"),
        (tmp_path / "文件" / "报告.docx", "路径中有一段不是文件夹"),
        (tmp_path / "占着.docx", "同名文件夹已存在"),
    ):
        with pytest.raises(BadInput, match=words):
            write_docx(report, path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["占着.docx", "文件"]
