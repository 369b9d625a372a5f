"""Web pages, plain texts and spreadsheets."""

import openpyxl
import pytest

from jiheng.errors import BadInput
from jiheng.model.document import Role
from jiheng.reading.opening import read_document

PAGE = """<html><head><meta charset="{charset}"><style>p{{}}</style><script>var 预算=1</script></head><body>
<h1>某局2024年度部门预算</h1><xml><o:Author>张三</o:Author></xml><p>收入<b>3,121.42</b>万元<span style="display: none">隐藏</span>。</p>
<table><caption>支出预算表（万元）</caption><tr><th rowspan=2>项目</th><th colspan=2>金额</th></tr><tr><td>预算</td><td>执行</td></tr>
<tr><td>甲</td><td>1.5</td><td>2</td></tr></table><ol start=3><li>第三条</li><li>第四条</li></ol></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-16", "utf-16"), ("gbk", "utf-8-sig")]
)
def test_a_web_page(read_text, shown, charset, encoding):
    document = read_text(PAGE.format(charset=charset), ".html", encoding)
    assert shown(document) == [
        "标题1 某局2024年度部门预算",
        "正文 收入3,121.42万元。",
        "项目|金额", "项目|预算|执行", "甲|1.5|2",
        "正文 3.第三条", "正文 4.第四条",
    ]  # fmt: skip
    assert [str(one.figure) for one in document.mentions if one.figure] == ["3121.42万元", "1.5万元", "2万元"]
    assert {one.kind for one in document.noise} == {"Office 元数据", "隐藏文字"}
    assert (document.head.kind.value, document.head.year) == ("部门预算", 2024)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_texts(read_text, encoding):
    document = read_text("一、部门概况\n2023年全年预算数1,234.50万元。\n", encoding=encoding)
    assert [block.text for _, block in document.paragraphs] == ["一、部门概况", "2023年全年预算数1,234.50万元。"]


def test_one_cell_a_line_is_a_table(read_text, rows):
    text = (
        "具体如下：\n\t资金情况（元）\n \t合计\n\t其中\n\n\t\n\t甲类\n\t产出\n\t30.50\n\t次\n\n\t\n\t\n\t质量\n\t40\n\t次\n\n"
        "\t\n\t乙类\n\t产出\n\t50\n\t次\n第二行\n\n二、之后\n"
    )
    document = read_text(text)
    ((_, table),) = document.tables
    assert rows(table) == [
        "资金情况（元）|合计|其中|·|·",
        "|甲类|产出|30.50|次",
        "|甲类|质量|40|次",
        "|乙类|产出|50|次/第二行",
    ]
    assert [(cell.row, cell.row_span) for cell in table.cells if cell.text == "甲类"] == [(1, 2)]
    assert document.blocks[-1].text == "二、之后"


def test_one_row_a_line_is_a_table(read_text, rows):
    ((_, table),) = read_text("项目\t金额（元）\n甲\t1\n乙\t2.50\n\n之后。").tables
    assert rows(table) == ["项目|金额（元）", "甲|1", "乙|2.50"]


def test_traces_of_conversions_are_cut_out_and_never_blamed(read_text):
    document = read_text('[bookmark: _Toc1]一、概况\nHYPERLINK \\l "_Toc5" 二、执行 PAGEREF _Toc5 \\h 12\n')
    assert [block.text for _, block in document.paragraphs] == ["一、概况", "二、执行 12"]
    assert {one.kind for one in document.noise} == {"书签", "域代码"}
    assert document.passage(0).spot().column == 18


def test_word_turned_chinese_numbers_into_digits(read_text):
    lines = [
        "一、概况",
        "（一）机构",
        "1.设置",
        "（2） 目标（包括依据）。",
        "二、执行",
        "3、 实现",
        "（1） 甲经费",
        "1.甲，乙。",
        "（二）乙经费",
        "四、管理",
    ]
    document = read_text("\n正文段落。\n".join(lines))
    headings = [(block.level, block.text) for _, block in document.paragraphs if block.role is Role.HEADING]
    assert headings == [
        (1, "一、概况"), (2, "（一）机构"), (3, "1.设置"), (2, "（2） 目标（包括依据）。"), (1, "二、执行"),
        (1, "3、 实现"), (2, "（1） 甲经费"), (2, "（二）乙经费"), (1, "四、管理"),
    ]  # fmt: skip


def test_a_spreadsheet(tmp_path, shown):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2024年部门整体绩效目标表", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["部门名称", "某市某局", None])
    sheet.append(["三级指标", "指标值", "预算（万元）"])
    sheet.append(["发放准确率", 1, 1234.5])
    sheet["B4"].number_format = "0%"
    book.create_sheet("藏").sheet_state = "hidden"
    path = tmp_path / "目标.xlsx"
    book.save(path)
    document = read_document(path)
    assert shown(document) == [
        "题名 2024年部门整体绩效目标表",
        "部门名称|某市某局|·",
        "三级指标|指标值|预算（万元）",
        "发放准确率|100%|1234.5",
    ]
    assert [(str(one.figure), str(one.spot)) for one in document.mentions if one.figure] == [
        ("100%", "Sheet!B4"),
        ("1234.5万元", "Sheet!C4"),
    ]
    head = document.head
    assert (head.kind.value, head.department.value, head.year) == ("绩效目标表", "某市某局", 2024)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("报告.pdf", b"", "文件是空的（0 字节）；请重新取得文件后再试"),
        ("报告.pdf", "文字".encode(), "后缀是 .pdf，内容却是文本（例如 CSV）；请用 Word 或 WPS 打开，另存为新的 .docx 后再试"),
        ("报告.docx", b"%PDF-1.4", "后缀是 .docx，内容却是 PDF 文件；请把后缀改为 .pdf 后再试"),
        ("报告.pdf", b"%PDF-1.4 broken", "PDF 已损坏或者不完整，打不开；请用原来的程序重新导出 PDF，或者改用 .docx 后再试"),
        ("报告.docx", b"PK\x03\x04broken", "文件不完整（可能没有下载或复制完）；请重新取得文件，或者请用 Word 或 WPS 打开，另存为新的 .docx 后再试"),
        ("报告.doc", b"x", ".doc 文档不能直接读；请用 Word 或 WPS 打开，另存为新的 .docx 后再试"),
        ("报告.png", b"x", "能读的是 .docx、.pdf、.html、.txt、.xlsx、.xls，这个文件的后缀是“.png”；请另存为其中一种后再试"),
        ("报告.txt", b"\x81\x20\xff\xfe\x00\x01\x80" * 9, "不是 UTF-8、UTF-16、GBK 或 GB18030 编码的文本；请用记事本打开，另存为 UTF-8 编码后再试"),
        ("报告.txt", b" \n\n", "里面没有文字；请核对是不是选错了文件"),
        ("报告.html", b"MIME-Version: 1.0\n\n<html>", "这是 MHT 单文件网页；请用浏览器打开后另存为 .html，或者改用 .docx 后再试"),
    ],
)  # fmt: skip
def test_each_wrong_file_gets_one_sentence(tmp_path, name, data, sentence):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        read_document(path)
    assert caught.value.sentence == f"{name}：{sentence}"


FOLDED = """<html><body><h1>某站2024年度部门决算</h1>
<div>年末实有<details><summary>271人</summary><span>来源：人员表 C4</span></details>，其中编内<details open><summary>88人</summary></details>。</div>
<details><summary>没有核查的 3 项</summary><p>缺少数据：甲、乙、丙。</p></details></body></html>"""


def test_what_is_folded_away_is_no_text(read_text):
    document = read_text(FOLDED, ".html")
    texts = [block.text for _, block in document.paragraphs]
    assert texts[1].startswith("年末实有271人，其中编内")
    assert "没有核查的 3 项" in texts
    assert not any("来源" in text or "缺少数据" in text for text in texts)
    assert [(one.kind, one.text) for one in document.noise] == [
        ("收起的内容", "来源：人员表 C4"),
        ("收起的内容", "缺少数据：甲、乙、丙。"),
    ]
