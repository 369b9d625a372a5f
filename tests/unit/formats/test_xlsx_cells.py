"""What each way of storing a cell in xlsx becomes."""

import pytest

from jiheng.errors import BadInput
from jiheng.formats import Cell, Merge, address, column_letters, open_book

STYLES = """
<numFmts count="3"><numFmt numFmtId="176" formatCode="0.00&quot; days&quot;"/>
<numFmt numFmtId="177" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>
<numFmt numFmtId="14" formatCode="m/d/yyyy"/></numFmts>
<cellStyleXfs><xf numFmtId="10"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="177"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="57"/>
<xf numFmtId="46"/><xf numFmtId="176"/><xf numFmtId="49"/><xf numFmtId="20"/></cellXfs>
"""


@pytest.fixture
def cells_of(parts, write):
    """The cells of a sheet given as XML."""
    return lambda rows, **more: open_book(write(parts(rows, styles=STYLES, **more))).sheets[0].cells


def values(cells):
    return [(address(cell.row, cell.column), cell.kind, cell.raw) for cell in cells]


def test_numbers_keep_their_digits_and_formats(cells_of):
    row = '<row r="3"><c r="B3" s="1"><v>0.95299999999999996</v></c><c r="C3" s="7"><v>-1.5E-3</v></c></row>'
    assert cells_of(row) == [
        Cell(3, 2, "n", "0.95299999999999996", "0.00%", ""),
        Cell(3, 3, "n", "-1.5E-3", '0.00" days"', ""),
    ]


def test_blanks_around_a_number_go_and_what_is_no_number_stays_as_text(cells_of):
    row = '<row r="1"><c r="A1"><v> 12 </v></c><c r="B1"><v>NaN</v></c><c r="C1" t="n"><v>1_0</v></c><c r="D1"><v>１</v></c><c r="E1" t="b"><v>ja</v></c><c r="F1" t="d"><v>soon</v></c><c r="G1" s="3"><v> 45200 </v></c></row>'
    assert values(cells_of(row)) == [
        ("A1", "n", "12"),
        ("B1", "s", "NaN"),
        ("C1", "s", "1_0"),
        ("D1", "s", "１"),
        ("E1", "s", "ja"),
        ("F1", "s", "soon"),
        ("G1", "d", "2023-10-01"),
    ]


def test_a_number_too_long_for_any_spreadsheet_is_text(cells_of):
    [cell] = cells_of(f'<row r="1"><c r="A1"><v>{"9" * 5000}</v></c></row>')
    assert (cell.kind, len(cell.raw)) == ("s", 5000)


def test_strings_shared_rich_inline_and_of_formulas(cells_of):
    strings = (
        "<si><t>街道</t></si>"
        '<si><r><rPr><b/></rPr><t xml:space="preserve">重点 </t></r><r><t>项目</t></r>'
        '<rPh sb="0" eb="2"><t>zhongdian</t></rPh><phoneticPr fontId="1"/></si>'
        "<si><t>一行_x000D_\n二行_x005F_x000A_</t></si><si><t>\u3000 </t></si><si/>"
    )
    row = """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>
    <c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c>
    <c r="F1" t="inlineStr"><is><r><t>行内</t></r><r><t> 文字</t></r><rPh sb="0" eb="1"><t>hang</t></rPh></is></c>
    <c r="G1" t="str"><f>A1&amp;"!"</f><v>街道!</v></c><c r="H1" t="str"><f>""</f><v></v></c></row>"""
    assert values(cells_of(row, strings=strings)) == [
        ("A1", "s", "街道"),
        ("B1", "s", "重点 项目"),
        ("C1", "s", "一行\r\n二行_x000A_"),
        ("F1", "s", "行内 文字"),
        ("G1", "s", "街道!"),
    ]


def test_control_characters_in_text_stay_in_their_cells(cells_of):
    row = '<row r="1"><c r="A1" t="str"><v>a\x7fb_x0000__x001F_</v></c><c r="B1" t="str"><f>"\x7f"</f><v>\x7f</v></c></row>'
    assert [(cell.raw, cell.formula) for cell in cells_of(row)] == [("a\x7fb\x00\x1f", ""), ("\x7f", '="\x7f"')]


def test_text_carries_no_number_format(cells_of):
    row = '<row r="1"><c r="A1" s="8" t="str"><v>0012</v></c><c r="B1" s="8"><v>12</v></c></row>'
    assert cells_of(row) == [Cell(1, 1, "s", "0012", "", ""), Cell(1, 2, "n", "12", "", "")]


def test_booleans_and_errors(cells_of):
    row = '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#REF!</v></c></row>'
    assert values(cells_of(row)) == [("A1", "b", "TRUE"), ("B1", "b", "FALSE"), ("C1", "e", "#REF!")]


def test_dates_by_style_and_as_text(cells_of):
    row = """<row r="1"><c r="A1" s="2"><v>45200</v></c><c r="B1" s="3"><v>45200.520833333336</v></c>
    <c r="C1" s="5"><v>45200</v></c><c r="D1" t="d"><v>2023-10-01T00:00:00</v></c><c r="E1" s="4"><v>1</v></c></row>"""
    assert cells_of(row) == [
        Cell(1, 1, "d", "2023-10-01", '[$-804]yyyy"年"m"月"d"日";@', ""),
        Cell(1, 2, "d", "2023-10-01T12:30:00", "m/d/yyyy", ""),
        Cell(1, 3, "d", "2023-10-01", 'yyyy"年"m"月"', ""),
        Cell(1, 4, "d", "2023-10-01", "", ""),
        Cell(1, 5, "d", "1900-01-01", "yyyy/m/d h:mm", ""),
    ]


def test_what_is_no_day_of_the_calendar_stays_a_number(cells_of):
    row = """<row r="1"><c r="A1" s="3"><v>60</v></c><c r="B1" s="9"><v>0.5</v></c><c r="C1" s="6"><v>1.5</v></c>
    <c r="D1" s="3"><v>-3</v></c><c r="E1" s="3"><v>2958466</v></c></row>"""
    assert values(cells_of(row)) == [
        ("A1", "n", "60"),  # Excel shows 1900-02-29
        ("B1", "n", "0.5"),
        ("C1", "n", "1.5"),
        ("D1", "n", "-3"),
        ("E1", "n", "2958466"),
    ]


def test_around_the_false_leap_day_and_at_the_end_of_time(cells_of):
    row = """<row r="1"><c r="A1" s="3"><v>59</v></c><c r="B1" s="3"><v>61</v></c><c r="C1" s="3"><v>2958465</v></c>
    <c r="D1" s="3"><v>45199.999999</v></c></row>"""
    assert [cell.raw for cell in cells_of(row)] == ["1900-02-28", "1900-03-01", "9999-12-31", "2023-10-01"]


def test_dates_counted_from_1904(cells_of):
    row = '<row r="1"><c r="A1" s="3"><v>43738</v></c><c r="B1" s="3"><v>60</v></c></row>'
    cells = cells_of(row, workbook='<workbookPr date1904="1"/>')
    assert [cell.raw for cell in cells] == ["2023-10-01", "1904-03-01"]


def test_formulas_with_and_without_a_value(cells_of):
    row = """<row r="1"><c r="A1" s="1"><f>B1/C1</f><v>0.5</v></c><c r="B1"><f>SUM(X1)</f></c><c r="C1"><f>SUM(X2)</f><v/></c>
    <c r="D1"><f>X3</f><v>0</v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>"""
    assert cells_of(row) == [
        Cell(1, 1, "n", "0.5", "0.00%", "=B1/C1"),
        Cell(1, 2, "f", "=SUM(X1)", "", "=SUM(X1)"),
        Cell(1, 3, "f", "=SUM(X2)", "", "=SUM(X2)"),
        Cell(1, 4, "n", "0", "", "=X3"),
        Cell(1, 5, "e", "#DIV/0!", "", "=1/0"),
    ]


def test_shared_array_and_table_formulas(cells_of):
    rows = """<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c>
    <c r="C1"><f t="array" ref="C1:C2">B1:B2*2</f><v>2</v></c><c r="D1"><f t="dataTable" ref="D1:D2" r1="A1"/><v>1</v></c></row>
    <row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c><c r="C2"><v>4</v></c></row>"""
    assert [(address(cell.row, cell.column), cell.formula) for cell in cells_of(rows)] == [
        ("A1", "=B1*2"),
        ("C1", "=B1:B2*2"),
        ("D1", "=（模拟运算表）"),
        ("A2", "=（与 A1 共享的公式）"),
        ("C2", ""),
    ]


def test_cells_and_rows_without_addresses(cells_of):
    rows = "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r='5'><c r='D5'><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>"
    assert values(cells_of(rows)) == [
        ("A1", "n", "1"),
        ("C1", "n", "2"),
        ("D5", "n", "3"),
        ("E5", "n", "4"),
        ("A6", "n", "5"),
    ]


def test_markup_compatibility_takes_the_fallback(cells_of):
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = "<mc:Choice Requires='x14'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>"
    cells = both.format("<c r='A1'><v>1</v></c>", "<c r='A1'><v>2</v></c>")
    rows = both.format("<row r='2'><c r='A2'><v>3</v></c></row>", "<row r='2'><c r='A2'><v>4</v></c></row>")
    text = f"<row r='1' {mc}><mc:AlternateContent>{cells}</mc:AlternateContent><c r='B1'><v>9</v></c></row>"
    text += f"<mc:AlternateContent {mc}>{rows}</mc:AlternateContent>"
    assert values(cells_of(text)) == [("A1", "n", "2"), ("B1", "n", "9"), ("A2", "n", "4")]


def test_comments_and_instructions_in_the_xml_split_nothing(cells_of):
    assert values(cells_of('<row r="1"><!--x--><c r="A1"><v>1<!--x-->2</v><?x y?></c></row>')) == [("A1", "n", "12")]


def test_merges_hidden_rows_and_hidden_sheets(parts, write):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"/><row r="3" hidden="0"/>'
    after = '<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="E5"/><mergeCell ref="$B$4:$B$6"/></mergeCells>'
    small = parts(rows, after=after)
    small["xl/workbook.xml"] = small["xl/workbook.xml"].replace('sheetId="1"', 'sheetId="1" state="veryHidden"')
    [sheet] = open_book(write(small)).sheets
    assert sheet.merges == (Merge(1, 1, 2, 3), Merge(4, 2, 6, 2))
    assert (sheet.name, sheet.hidden, sheet.hidden_rows) == ("表一", True, frozenset({2}))


def test_strict_namespaces(parts, write):
    strict = {
        name: text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, text in parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings="<si><t>街道</t></si>").items()
    }  # fmt: skip
    assert values(open_book(write(strict)).sheets[0].cells) == [("A1", "s", "街道")]


def test_elements_with_a_prefix(parts, write):
    small = parts()
    rows = '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>街道</x:t></x:is></x:c><x:c r="B1"><x:v>1</x:v></x:c></x:row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    small["xl/worksheets/sheet1.xml"] = sheet
    assert values(open_book(write(small)).sheets[0].cells) == [("A1", "s", "街道"), ("B1", "n", "1")]


def test_other_places_for_the_parts(parts, write):
    small = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    small["_rels/.rels"] = small["_rels/.rels"].replace('"xl/workbook.xml"', '"/Office/Book%201.XML"')
    small["Office\\Book 1.xml"] = small.pop("xl/workbook.xml")
    relations = small.pop("xl/_rels/workbook.xml.rels").replace(
        "worksheets/sheet1.xml", "./../xl/worksheets/sheet1.xml"
    )
    small["Office/_rels/Book 1.xml.rels"] = relations
    assert values(open_book(write(small)).sheets[0].cells) == [("A1", "n", "1")]


def test_utf16_parts(parts, write):
    small = parts('<row r="1"><c r="A1" t="str"><v>街道</v></c></row>')
    text = '<?xml version="1.0" encoding="UTF-16"?>' + small["xl/worksheets/sheet1.xml"]
    small["xl/worksheets/sheet1.xml"] = text.encode("utf-16")
    assert values(open_book(write(small)).sheets[0].cells) == [("A1", "s", "街道")]


def test_chart_sheets_are_left_out(parts, write):
    small = parts()
    small["xl/_rels/workbook.xml.rels"] = small["xl/_rels/workbook.xml.rels"].replace('/worksheet"', '/chartsheet"')
    assert open_book(write(small)).sheets == ()


@pytest.mark.parametrize(
    ("rows", "after", "sentence"),
    [
        ('<row r="2"/><row r="1"/>', "", "工作表“表一”第 2 行之后的行号是“1”"),
        ('<row r="1048577"/>', "", "行号是“1048577”"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>', "", "第 1 行有单元格地址“A1”"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>1</v></c></row>', "", "第 1 行有单元格地址“A1”"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "", "第 1 行有单元格地址“XFE1”"),
        ('<row r="1"><c r="A11"><v>1</v></c></row>', "", "第 1 行有单元格地址“A11”"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "", "的 A1 指向不存在的文字"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "", "的 A1 指向不存在的文字"),
        ("", '<mergeCells><mergeCell ref="A1:ZZZ3"/></mergeCells>', "合并区域“A1:ZZZ3”超出工作表"),
        ("", '<mergeCells><mergeCell ref="B2:A1"/></mergeCells>', "合并区域“B2:A1”超出工作表"),
        ("", '<mergeCells><mergeCell ref="oops"/></mergeCells>', "合并区域“oops”写法不对"),
    ],
)
def test_sheets_that_contradict_themselves(parts, write, rows, after, sentence):
    with pytest.raises(BadInput) as refusal:
        open_book(write(parts(rows, after=after)))
    assert sentence in refusal.value.sentence
    assert refusal.value.sentence.startswith("表.xlsx：")
    assert "另存为" in refusal.value.sentence


def test_columns_have_letters_from_one_on():
    assert address(5, 3) == "C5"
    with pytest.raises(ValueError, match="列号应从 1 起"):
        column_letters(0)
