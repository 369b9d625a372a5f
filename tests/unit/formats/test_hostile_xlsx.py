"""Packages built to hurt: bombs, entities, lies in headers. One sentence each, inside the limits."""

import contextlib
import io
import random
import struct
import zipfile

import pytest

from jiheng.errors import BadInput
from jiheng.formats import Limits, open_book

MEGABYTE = 1024 * 1024
LIMITS = Limits(unzipped_bytes=8 * MEGABYTE, seconds=10)
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refusal(path, limits=LIMITS):
    with pytest.raises(BadInput) as caught:
        open_book(path, limits)
    sentence = caught.value.sentence
    assert sentence.startswith("表.xlsx：")
    assert "\n" not in sentence
    return sentence.removeprefix("表.xlsx：")


def test_a_bomb_by_its_declared_size(parts, write):
    bomb = {**parts(ONE), "xl/media/image1.png": b"\0" * (9 * MEGABYTE)}
    assert refusal(write(bomb)).startswith("文件展开后超过 8 MB，不像正常的工作簿；")


def test_a_bomb_in_the_sheet(parts, write):
    bomb = parts(ONE + "<row/>" * (2 * MEGABYTE))
    assert refusal(write(bomb)).startswith("文件展开后超过 8 MB")


def declared(path, part, size):
    """The package with another uncompressed size in the part's headers."""
    data = bytearray(path.read_bytes())
    for start, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        name_at = 30 if start == b"PK\x03\x04" else 46
        place = data.find(start)
        while data[place + name_at : place + name_at + len(part)] != part.encode():
            place = data.find(start, place + 1)
        data[place + offset : place + offset + 4] = struct.pack("<I", size)
    path.write_bytes(data)
    return path


def test_a_bomb_that_lies_about_its_size(parts, write):
    bomb = write(parts(ONE + "<row/>" * (2 * MEGABYTE)))
    sentence = refusal(declared(bomb, "xl/worksheets/sheet1.xml", 1000))
    assert "请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再试" in sentence


def test_one_part_read_many_times_counts_each_time(parts, write):
    small = parts(ONE + "<row/>" * 200_000)
    sheets = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 41))
    workbook = small["xl/workbook.xml"]
    small["xl/workbook.xml"] = workbook[: workbook.index("<sheets>")] + f"<sheets>{sheets}</sheets></workbook>"
    assert refusal(write(small)).startswith("文件展开后超过 8 MB")


def test_text_that_multiplies(parts, write):
    cells = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(20_000))
    bomb = parts(cells, strings=f"<si><t>{'长' * 10_000}</t></si>")
    assert refusal(write(bomb)).startswith("工作簿里的文字合计超过 8 MB；")


def test_too_many_parts(parts, write):
    many = {**parts(ONE), **{f"x/{n}": "" for n in range(120)}}
    assert refusal(write(many), Limits(parts=100)).startswith("压缩包里的部件超过 100 个")


def test_a_zip_in_the_zip_is_not_opened(parts, write):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("bomb", b"\0" * (50 * MEGABYTE))
    path = write({**parts(ONE), "xl/embeddings/inner.zip": inner.getvalue()})
    assert len(open_book(path, LIMITS).sheets[0].cells) == 1


def test_unusual_compression(parts, write):
    assert refusal(write(parts(ONE), method=zipfile.ZIP_LZMA)).startswith("文件内容已损坏，读不出来；")


def test_parts_of_the_same_name(parts, write):
    assert refusal(write({**parts(ONE), "XL/workbook.xml": "<x/>"})).startswith("文件内容已损坏，读不出来；")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "entity": '<!DOCTYPE x [<!ENTITY a "b">]>',
    "outside": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]>',
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
    "bare": "<!DOCTYPE x>",
    "system": '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    "behind a comment": f"<!--{'x' * 300_000}--><!DOCTYPE x>",
}
XML_PARTS = [
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
]


@pytest.mark.parametrize("part", XML_PARTS)
def test_a_doctype_is_refused_in_every_part(parts, write, part):
    small = parts(ONE)
    small[part] = DOCTYPES["outside"] + small[part].replace("<row", "<row>&a;</row><row")
    assert refusal(write(small)) == (
        f"内部文件 {part} 含有 DOCTYPE 声明，出于安全不予打开；请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再试"
    )


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_every_form_of_doctype_in_every_encoding(parts, write, doctype, encoding):
    small = parts(ONE)
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + doctype + small["xl/worksheets/sheet1.xml"]
    small["xl/worksheets/sheet1.xml"] = text.encode(encoding)
    assert "含有 DOCTYPE 声明，出于安全不予打开" in refusal(write(small))


def test_the_word_doctype_in_a_cell_is_only_text(parts, write):
    path = write(parts('<row r="1"><c r="A1" t="str"><v><![CDATA[<!DOCTYPE x>]]></v></c></row>'))
    assert open_book(path).sheets[0].cells[0].raw == "<!DOCTYPE x>"


@pytest.mark.parametrize("part", XML_PARTS)
@pytest.mark.parametrize("damage", [lambda text: text[:-8], lambda text: "", lambda text: text.replace("<", "<<", 3)])
def test_broken_xml_in_every_part(parts, write, part, damage):
    small = parts(ONE)
    small[part] = damage(small[part])
    sentence = refusal(write(small))
    assert sentence.startswith(f"内部文件 {part} 第 ")
    assert "行不是正确的 XML；请用 Excel 或 WPS 打开" in sentence


def test_elements_nested_without_end(parts, write):
    deep = parts("<row><c>" + "<v>" * 100_000 + "</v>" * 100_000 + "</c></row>")
    assert "不是正确的 XML" in refusal(write(deep))


def test_an_undeclared_encoding(parts, write):
    small = parts(ONE)
    small["xl/workbook.xml"] = '<?xml version="1.0" encoding="x-nothing"?>' + small["xl/workbook.xml"]
    assert "内部文件 xl/workbook.xml 第 1 行不是正确的 XML" in refusal(write(small))


def test_damaged_bytes_in_the_zip(parts, write):
    path = write(parts(ONE * 1), method=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"<v>1</v>", b"<v>2</v>"))
    assert refusal(path).startswith("文件内容已损坏，读不出来；")


def test_rows_beyond_the_limit(parts, write):
    path = write(parts(ONE + '<row r="1048576"><c r="C1048576"><v>1</v></c></row>'))
    assert refusal(path) == (
        "工作表“表一”的 C1048576 还有内容，超过每张表 200000 行的上限；请删去多余的行，或者拆成几个文件再试"
    )


def test_empty_rows_beyond_the_limit_do_no_harm(parts, write):
    path = write(parts(ONE + '<row r="1048576" hidden="1"><c r="C1048576" s="0"/></row>'))
    [sheet] = open_book(path, LIMITS).sheets
    assert (len(sheet.cells), sheet.hidden_rows) == (1, frozenset())


def test_a_million_rows(parts, write):
    limits = Limits(seconds=10, unzipped_bytes=64 * MEGABYTE)
    million = parts("<row><c><v>1</v></c></row>" * 1_000_000)
    assert "超过每张表 200000 行的上限" in refusal(write(million), limits)


def test_too_many_cells(parts, write):
    path = write(parts("<row>" + "<c><v>1</v></c>" * 150 + "</row>"))
    assert refusal(path, Limits(cells=100)) == (
        "工作簿里有内容的单元格超过 100 个；请只留下需要的工作表和行，或者拆成几个文件再试"
    )


def test_too_many_merged_blocks(parts, write):
    blocks = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 150))
    path = write(parts(ONE, after=f"<mergeCells>{blocks}</mergeCells>"))
    assert refusal(path, Limits(cells=100)).startswith("工作表“表一”的合并单元格超过 100 处；")


def test_too_many_sheets(parts, write):
    small = parts(ONE)
    more = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 7))
    small["xl/workbook.xml"] = small["xl/workbook.xml"].replace("</sheets>", f"{more}</sheets>")
    assert refusal(write(small), Limits(sheets=5)) == "工作簿有 6 张工作表，超过 5 张的上限；请拆成几个文件再试"


@pytest.mark.parametrize("missing", ["_rels/.rels", "xl/workbook.xml"])
def test_no_workbook_in_the_package(parts, write, missing):
    small = parts(ONE)
    del small[missing]
    assert refusal(write(small)).startswith("压缩包里没有工作簿主体（workbook.xml）；")


@pytest.mark.parametrize("missing", ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_sheet_without_its_part(parts, write, missing):
    small = parts(ONE)
    del small[missing]
    assert refusal(write(small)).startswith("工作表“表一”的内容不在文件里；")


def test_what_lies_outside_is_never_followed(parts, write, tmp_path):
    (tmp_path / "sheet1.xml").write_text(parts(ONE)["xl/worksheets/sheet1.xml"], "utf-8")
    small = parts(ONE)
    relations = small["xl/_rels/workbook.xml.rels"]
    outside = relations.replace(
        '"worksheets/sheet1.xml"', f'"{(tmp_path / "sheet1.xml").as_uri()}" TargetMode="External"'
    )
    small["xl/_rels/workbook.xml.rels"] = outside
    assert refusal(write(small)).startswith("工作表“表一”的内容不在文件里；")
    small["xl/_rels/workbook.xml.rels"] = relations.replace("worksheets/sheet1.xml", "../../../../sheet1.xml")
    assert refusal(write(small)).startswith("工作表“表一”的内容不在文件里；")


def test_links_to_other_workbooks_are_ignored(parts, write):
    link = '<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>3</v></c></row>'
    relation = '<Relationship Id="rId9" Type="x/externalLink" Target="http://127.0.0.1:1/" TargetMode="External"/>'
    small = parts(link)
    name = "xl/_rels/workbook.xml.rels"
    small[name] = small[name].replace("</Relationships>", f"{relation}</Relationships>")
    [cell] = open_book(write(small)).sheets[0].cells
    assert (cell.raw, cell.formula) == ("3", "=[1]Sheet1!A1")


def test_random_damage_is_told_or_survived_but_never_a_traceback(parts, write):
    path = write(parts(ONE * 1, strings="<si><t>街道</t></si>"))
    whole, chance = path.read_bytes(), random.Random(7)
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        path.write_bytes(data)
        with contextlib.suppress(BadInput):
            open_book(path, LIMITS)
