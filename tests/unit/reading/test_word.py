"""Word documents as a reader sees them."""

import pytest

from jiheng.model.document import Kind, Role, Table


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def text_of(document):
    return [block.text for _, block in document.paragraphs]


def test_tracked_changes_are_accepted_and_what_they_removed_is_noise(read_docx):
    body = (
        f"<w:p>{run('预算')}<w:ins>{run('12.5')}</w:ins><w:del><w:r><w:delText>99</w:delText></w:r></w:del>{run('万元')}"
        f"<w:moveFrom>{run('移走')}</w:moveFrom><w:moveTo>{run('移来')}</w:moveTo></w:p>"
    )
    document = read_docx(body)
    assert text_of(document) == ["预算12.5万元移来"]
    assert [(one.kind, one.text) for one in document.noise] == [
        ("已删除的修订文字", "99"),
        ("已移走的修订文字", "移走"),
    ]
    assert [str(one.figure) for one in document.mentions] == ["12.5万元"]


def test_a_paragraph_mark_that_was_deleted_joins_two_paragraphs(read_docx, tools):
    first = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>"
    assert text_of(read_docx(first + tools["p"]("后半"))) == ["前半，后半"]


def test_a_deleted_row_is_no_row(read_docx, rows):
    body = table(
        row(cell("甲"), cell("1")),
        row(cell("乙"), cell("2"), properties="<w:del w:id='1'/>"),
        row(cell("丙"), cell("3")),
    )
    ((_, found),) = read_docx(body).tables
    assert rows(found) == ["甲|1", "丙|3"]


def test_content_controls_are_text_and_placeholders_are_noise(read_docx, tools):
    filled = f"<w:sdt><w:sdtContent>{tools['p']('填好的')}</w:sdtContent></w:sdt>"
    empty = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{tools['p']('单击此处输入')}</w:sdtContent></w:sdt>"
    )
    inline = f"<w:p>{run('得分')}<w:sdt><w:sdtContent>{run('95分')}</w:sdtContent></w:sdt></w:p>"
    document = read_docx(filled + empty + inline)
    assert text_of(document) == ["填好的", "得分95分"]
    assert [(one.kind, one.text) for one in document.noise] == [("未填写的内容控件", "单击此处输入")]


def test_a_text_box_is_read_once_though_the_file_holds_it_twice(read_docx, tools):
    inside = f"<w:txbxContent>{tools['p']('框里的字')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = read_docx(f"<w:p>{run('正文')}<w:r>{both}</w:r></w:p>")
    assert [(block.role, block.text) for _, block in document.paragraphs][1:] == [(Role.BOX, "框里的字")]


def test_nested_tables_stand_behind_the_outer_one_and_say_where_they_belong(read_docx, rows):
    inner = table(row(cell("里"), cell("5")))
    outer = f"<w:tbl>{row(cell('外'), f'<w:tc>{inner}<w:p/></w:tc>')}</w:tbl>"
    tables = [block for block in read_docx(outer).blocks if isinstance(block, Table)]
    assert [rows(one) for one in tables] == [["外|"], ["里|5"]]
    assert tables[1].inside == (0, 0, 1)


def test_footnotes_come_behind_and_their_marks_are_no_numbers(read_docx, tools):
    mark = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    notes = f"<w:footnote w:id='0' w:type='separator'><w:p/></w:footnote><w:footnote w:id='2'>{tools['p']('含结转3万元')}</w:footnote>"
    document = read_docx(f"<w:p>{run('支出100万元')}{mark}</w:p>", footnotes=notes)
    assert [(block.role, block.text) for _, block in document.paragraphs][1] == (Role.NOTE, "含结转3万元")
    assert [str(one.figure) for one in document.mentions] == ["100万元", "3万元"]
    assert str(document.mentions[1].spot) == "脚注第1段"


def test_fields_show_their_result_and_page_numbers_are_noise(read_docx):
    def field(code, result):
        mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
        return (
            mark.format("begin")
            + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
            + mark.format("separate")
            + run(result)
            + mark.format("end")
        )

    link = f"<w:hyperlink>{run('链接文字')}</w:hyperlink>"
    document = read_docx(
        f"<w:p>{run('共')}{field(' =SUM(ABOVE) ', '15')}{run('项')}{link}{field(' PAGEREF _Toc1 ', '7')}</w:p>"
    )
    assert text_of(document) == ["共15项链接文字"]
    assert [(one.kind, one.text) for one in document.noise] == [("页码", "7")]


def test_a_table_of_contents_is_contents(read_docx, tools):
    begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    toc = f"<w:p>{begin}{run('一、概况……1')}</w:p><w:p>{run('二、执行……2')}<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    document = read_docx(toc + tools["p"]("一、概况"))
    assert [(block.role, block.text) for _, block in document.paragraphs] == [
        (Role.CONTENTS, "一、概况"), (Role.CONTENTS, "二、执行"), (Role.HEADING, "一、概况"),
    ]  # fmt: skip


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def test_automatic_numbers_are_reckoned(read_docx, tools):
    def item(text, level, identifier=1):
        return tools["p"](text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{identifier}'/></w:numPr>")

    body = (
        item("概况", 0)
        + item("机构", 1)
        + item("职责", 1)
        + item("细目", 2)
        + item("执行", 0)
        + item("收入", 1)
        + item("另起", 0, 2)
    )
    document = read_docx(body, numbering=NUMBERING)
    assert text_of(document) == [
        "一、概况",
        "（一）机构",
        "（二）职责",
        "1.2.1 细目",
        "二、执行",
        "（一）收入",
        "五、另起",
    ]
    assert [one for one in document.mentions if one.kind is Kind.FIGURE] == []


def test_heading_levels_come_from_styles(read_docx, tools):
    styles = (
        "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='b'><w:name w:val='自定'/><w:basedOn w:val='a'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='c'><w:name w:val='Title'/></w:style>"
    )
    body = (
        tools["p"]("总标题", "<w:pStyle w:val='c'/>")
        + tools["p"]("一章", "<w:pStyle w:val='b'/>")
        + tools["p"]("正文。")
    )
    document = read_docx(body, styles=styles)
    assert [(block.role, block.level) for _, block in document.paragraphs] == [
        (Role.TITLE, 0),
        (Role.HEADING, 1),
        (Role.BODY, 0),
    ]


def test_merged_cells_are_whole(read_docx, rows):
    body = table(
        row(cell("项目", "<w:vMerge w:val='restart'/>"), cell("金额", "<w:gridSpan w:val='2'/>")),
        row(cell("", "<w:vMerge/>"), cell("预算（万元）"), cell("执行（元）")),
        row(cell("甲"), cell("1.50"), cell("15000")),
    )
    document = read_docx(body)
    ((_, found),) = document.tables
    assert rows(found) == ["项目|金额", "项目|预算（万元）|执行（元）", "甲|1.50|15000"]
    assert found.header_rows == 2
    assert [(str(one.figure), one.unit_from) for one in document.mentions] == [("1.5万元", "列名"), ("15000元", "列名")]


def test_hidden_text_and_running_heads_are_noise(read_docx, tools):
    document = read_docx(f"<w:p>{run('看得见')}{run('藏起来', '<w:vanish/>')}</w:p>", header=tools["p"]("某局 第1页"))
    assert text_of(document) == ["看得见"]
    assert {(one.kind, one.text) for one in document.noise} == {("隐藏文字", "藏起来"), ("页眉页脚", "某局 第1页")}


def test_places_lead_back_to_the_very_run(read_docx):
    document = read_docx(f"<w:p/><w:p>{run('预算为')}{run('12')}{run('.5万元')}</w:p>")
    (one,) = document.mentions
    assert (one.text, one.spot.paragraph, one.spot.run, one.spot.column) == ("12.5万元", 2, 2, 1)
    passage = document.passage(one.block)
    assert (passage.spot(one.end - 1).run, passage.spot(one.end - 1).column) == (3, 4)


def test_pictures_are_said_to_be_unread(read_docx):
    picture = "<w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'/></w:drawing>"
    assert read_docx(f"<w:p>{run('如图')}<w:r>{picture}</w:r></w:p>").faults == (
        "文档里的图片没有读，其中的文字和数字不在结果里",
    )


@pytest.mark.parametrize("way", ["python-docx", "libreoffice"])
def test_files_written_by_others(way, tmp_path, rows):
    import shutil
    import subprocess

    from docx import Document as Make

    from jiheng.reading.opening import read_document

    made = Make()
    made.add_heading("某局2024年度部门决算", 0)
    made.add_heading("一、收支总体情况", 1)
    made.add_paragraph("本年收入2,946.25万元。")
    grid = made.add_table(2, 3)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "合并"
    grid.cell(1, 2).text = "7"
    path = tmp_path / "报告.docx"
    made.save(path)
    if way == "libreoffice":
        if shutil.which("soffice") is None:
            pytest.skip("本机没有 LibreOffice")
        profile = (tmp_path / "profile").as_uri()
        command = [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "docx:Office Open XML Text",
        ]
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "out"), str(path)], check=True, capture_output=True, timeout=120
        )
        path = tmp_path / "out" / "报告.docx"
    document = read_document(path)
    assert [(block.role, block.text) for _, block in document.paragraphs] == [
        (Role.TITLE, "某局2024年度部门决算"), (Role.HEADING, "一、收支总体情况"), (Role.BODY, "本年收入2,946.25万元。"),
    ]  # fmt: skip
    ((_, found),) = document.tables
    assert rows(found) == ["合并|", "||7"]
    assert document.head.kind.value == "部门决算"
    assert document.head.year == 2024
