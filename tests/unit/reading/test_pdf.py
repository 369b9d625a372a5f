"""Pdfs as a reader sees them."""

import pytest

from jiheng.errors import BadInput
from jiheng.model.document import Role

LONG = "本单位全年预算执行情况良好各项工作按计划推进资金使用合规"


def texts(document):
    return [block.text for _, block in document.paragraphs]


def page(*lines, **others):
    return {"texts": [(60, 780 - 24 * n, 14, line) for n, line in enumerate(lines)], **others}


def test_lines_become_paragraphs(read_pdf):
    pages = [
        {
            "texts": [
                (88, 780, 14, LONG + "支出为12"),
                (60, 756, 14, ".5万元，其余如常，全部资金均已按照规定用途使用完毕并公开"),
                (60, 732, 14, "。"),
                (88, 708, 14, "第二段。"),
            ]
        }
    ]
    document = read_pdf(pages)
    assert texts(document) == [LONG + "支出为12.5万元，其余如常，全部资金均已按照规定用途使用完毕并公开。", "第二段。"]
    (one,) = [one for one in document.mentions if one.figure]
    assert (str(one.figure), one.doubt, one.spot.page) == ("12.5万元", "数字跨行，按连在一起读", 1)


def test_running_heads_and_page_numbers_are_noise(read_pdf):
    pages = [page(f"第{word}段正文。") for word in "一二三四"]
    for number, one in enumerate(pages, 1):
        one["texts"] += [(60, 820, 9, "某局2024年度部门决算"), (290, 30, 9, f"- {number} -")]
    document = read_pdf(pages)
    assert texts(document) == [f"第{word}段正文。" for word in "一二三四"]
    assert [one.kind for one in document.noise] == ["页眉页脚", "页码"] * 4


def test_a_table_over_two_pages_is_one(read_pdf, tools, rows):
    head = ["项目", "预算数", "决算数"]
    first = tools["ruled"](
        60, 460, [200, 100, 100], [head, *[[f"项目{n}", f"{n}.50", f"{n},000.00"] for n in range(1, 20)]]
    )
    first["texts"] += [(220, 540, 14, "支出决算表"), (380, 500, 10, "单位：万元")]
    second = tools["ruled"](60, 780, [200, 100, 100], [head, ["项目20", "20.50", "20,000.00"], ["合计", "210.50", ""]])
    document = read_pdf([first, second])
    ((_, table),) = document.tables
    assert (table.title, table.unit, table.header_rows, [part.page for part in table.parts]) == (
        "支出决算表",
        "万元",
        1,
        [1, 2],
    )
    assert rows(table)[-3:] == ["项目19|19.50|19,000.00", "项目20|20.50|20,000.00", "合计|210.50|"]
    assert [one.text for one in document.noise] == head
    assert str(document.mentions[-1].figure) == "210.5万元"
    assert document.mentions[-1].unit_from == "单位行"


def test_a_table_with_another_title_is_another_table(read_pdf, tools):
    rows = [["项目", "金额"], ["甲", "1"]]
    first = tools["ruled"](60, 460, [200, 100], rows * 10)
    second = tools["ruled"](60, 700, [200, 100], rows)
    second["texts"] += [(200, 740, 14, "另一张表")]
    assert [table.title for _, table in read_pdf([first, second]).tables] == ["", "另一张表"]


def test_merged_cells_keep_their_spans(read_pdf, rows):
    lines = [(60, y, 360, y) for y in (700, 660)] + [(160, 680, 360, 680)]
    lines += [(60, 660, 60, 700), (160, 660, 160, 700), (360, 660, 360, 700), (260, 660, 260, 680)]
    cells = [(65, 675, 10, "项目"), (200, 686, 10, "金额"), (170, 666, 10, "预算"), (270, 666, 10, "执行")]
    ((_, table),) = read_pdf([{"texts": cells, "lines": lines}]).tables
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells] == [
        (0, 0, 2, 1, "项目"), (0, 1, 1, 2, "金额"), (1, 1, 1, 1, "预算"), (1, 2, 1, 1, "执行"),
    ]  # fmt: skip


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_read_as_they_are_shown(read_pdf, rotate):
    turned = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[rotate]
    code = ["".join(f"{ord(letter):04x}" for letter in line) for line in ("上面一行", "下面一行")]
    raw = f"q {turned} cm BT /F1 14 Tf 1 0 0 1 60 500 Tm <{code[0]}> Tj ET BT /F1 14 Tf 1 0 0 1 60 470 Tm <{code[1]}> Tj ET Q"
    assert texts(read_pdf([{"raw": raw}], rotate=rotate)) == ["上面一行", "下面一行"]


def test_letters_painted_twice_are_read_once(read_pdf):
    document = read_pdf([{"texts": [(60, 700, 14, "预算120万元"), (60.4, 700, 14, "预算120万元")]}])
    assert "".join(texts(document)).count("预") == 1


def test_letter_spaced_lines_stay_whole(read_pdf):
    spaced = [(60 + 24 * n, 700, 14, letter) for n, letter in enumerate("项目支出预算合计一百")]
    assert texts(read_pdf([{"texts": spaced}])) == ["项目支出预算合计一百"]


def test_a_watermark_is_noise(read_pdf):
    code = "".join(f"{ord(letter):04x}" for letter in "内部资料")
    raw = f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <{code}> Tj ET"
    document = read_pdf([page("这是正文。", raw=raw)])
    assert texts(document) == ["这是正文。"]
    assert [(one.kind, one.text) for one in document.noise] == [("斜排文字（水印）", "内部资料")]


def test_a_scan_is_said_to_be_a_scan(read_pdf):
    picture = {"image": True, "raw": "q 500 0 0 700 40 60 cm /I Do Q"}
    with pytest.raises(BadInput) as caught:
        read_pdf([picture, picture])
    assert caught.value.sentence == (
        "报告.pdf：这是扫描件（2 页都是图片，没有文字层），读不出文字；请改用 Word 文件或带文字层的 PDF"
    )
    document = read_pdf([page("有字的一页。"), picture])
    assert document.faults == ("第 2 页是扫描的图片，没有文字层，没有读到",)


def test_a_frame_around_text_is_no_table(read_pdf, tools):
    framed = tools["ruled"](60, 700, [400], [["一、部门职能。"], ["二、机构设置。"]])
    document = read_pdf([framed])
    assert list(document.tables) == []
    assert texts(document) == ["一、部门职能。", "二、机构设置。"]


def test_headings_wrapped_over_two_lines_are_one(read_pdf):
    document = read_pdf(
        [
            {
                "texts": [
                    (70, 780, 18, "第三部分 某市某区某局二〇二四年度部门决算情况"),
                    (280, 750, 18, "说明"),
                    (60, 700, 12, "正文。"),
                ]
            }
        ]
    )
    first = next(block for _, block in document.paragraphs)
    assert first.text == "第三部分 某市某区某局二〇二四年度部门决算情况说明"
    assert first.role is Role.HEADING
