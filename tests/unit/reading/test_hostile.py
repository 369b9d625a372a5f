"""Files built to hurt, and files damaged on the inside: one sentence each, inside the limits."""

import importlib.util
import io
import zipfile
from pathlib import Path

import pytest

from jiheng.errors import BadInput
from jiheng.formats import Limits
from jiheng.reading.opening import read_document

MEGABYTE = 1024 * 1024
LIMITS = Limits(unzipped_bytes=8 * MEGABYTE, seconds=20)


def refusal(path, limits=LIMITS):
    with pytest.raises(BadInput) as caught:
        read_document(path, limits)
    sentence = caught.value.sentence
    assert sentence.startswith(f"{path.name}：")
    assert "\n" not in sentence
    return sentence.removeprefix(f"{path.name}：")


def test_a_bomb(tmp_path, tools):
    parts = tools["docx_parts"](tools["p"]("正文"))
    parts["word/media/image1.png"] = "\0" * (9 * MEGABYTE)
    sentence = refusal(tools["write"](tmp_path / "炸弹.docx", parts))
    assert (
        sentence
        == "文件展开后超过 8 MB，不像正常的文档；请用 Word 或 WPS 打开，另存为新的 .docx 后再试，或者拆成几个文件"
    )


def test_a_bomb_inside_a_pdf_stream(tmp_path, tools):
    path = tmp_path / "炸弹.pdf"
    path.write_bytes(tools["pdf"]([{"raw": "0 0 m 1 1 l S " * 2_000_000}]))
    assert len(path.read_bytes()) < MEGABYTE
    small = Limits(memory_bytes=512 * MEGABYTE, seconds=20)
    with pytest.raises(BadInput):
        read_document(path, small)


def test_entities_are_refused(tmp_path, tools):
    parts = tools["docx_parts"]("")
    parts["word/document.xml"] = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
    assert "含有 DOCTYPE 声明，出于安全不予打开" in refusal(tools["write"](tmp_path / "实体.docx", parts))


def test_nothing_outside_is_fetched_or_run(tmp_path, read_text):
    page = (
        "<html><head><base href='http://127.0.0.1:9/'><link rel=stylesheet href=x.css></head><body><p>正文</p>"
        "<img src='http://127.0.0.1:9/x.png'><iframe src='file:///etc/passwd'></iframe><script>document.write('坏')</script>"
        "<object data='x'>备用</object></body></html>"
    )
    assert [block.text for _, block in read_text(page, ".html").paragraphs] == ["正文"]


def test_macros_are_refused(tmp_path, tools):
    parts = {**tools["docx_parts"](tools["p"]("正文")), "word/vbaProject.bin": "x"}
    assert refusal(tools["write"](tmp_path / "宏.docx", parts)).startswith("文档带有宏，出于安全不予打开")


def test_a_wrong_package(tmp_path):
    path = tmp_path / "其实是表.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(path).startswith("压缩包里没有 Word 文档，而是xlsx 文档") or refusal(path).startswith(
        "压缩包里没有 Word 文档"
    )


def test_deep_nesting_is_refused(tmp_path, tools):
    deep = "<w:tbl><w:tr><w:tc>" * 60 + tools["p"]("底") + "</w:tc></w:tr></w:tbl>" * 60
    assert "嵌套超过" in refusal(tools["write"](tmp_path / "深.docx", tools["docx_parts"](deep)))


def test_an_encrypted_pdf_says_so(tmp_path, tools):
    data = tools["pdf"]([{"texts": [(60, 700, 12, "这是正文。")]}])
    data = data.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
        + b"00" * 32
        + b">/U<"
        + b"11" * 32
        + b">>>",
    )
    path = tmp_path / "密.pdf"
    path.write_bytes(data)
    assert refusal(path) == "PDF 设有打开密码，读不出内容；请取消密码后再试"


def test_time_is_limited(tmp_path, tools):
    path = tmp_path / "慢.pdf"
    path.write_bytes(tools["pdf"]([{"texts": [(60, 700, 12, "这是正文。")]}] * 600))
    assert refusal(path, Limits(seconds=0.02)).startswith("0.02 秒内没有读完，已停止")


def test_five_hundred_pages(tmp_path, tools):
    table = tools["ruled"](60, 700, [200, 100], [["项目", "金额"], ["甲", "1.5"]])
    path = tmp_path / "厚.pdf"
    path.write_bytes(tools["pdf"]([table] * 500))
    document = read_document(path)
    assert sum(table.rows - 1 for _, table in document.tables) == 500
    assert refusal(path, Limits(pages=100)) == "PDF 有 500 页，超过 100 页的上限；请拆成几个文件再试"


def test_a_table_of_ten_thousand_rows(tmp_path, tools):
    row = f"<w:tr><w:tc>{tools['p']('项目')}</w:tc><w:tc>{tools['p']('1.50')}</w:tc></w:tr>"
    path = tools["write"](tmp_path / "长.docx", tools["docx_parts"](f"<w:tbl>{row * 10_000}</w:tbl>"))
    document = read_document(path, Limits(unzipped_bytes=80 * MEGABYTE))
    ((_, table),) = document.tables
    assert (table.rows, len(document.mentions)) == (10_000, 10_000)


def test_spans_that_lie(read_text):
    page = "<table><tr><td rowspan=4000000000 colspan=999999>甲</td></tr><tr><td colspan=0>乙</td></tr></table>"
    ((_, table),) = read_text(page, ".html").tables
    assert table.columns <= 1001
    assert [cell.text for cell in table.cells] == ["甲", "乙"]


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".txt"])
def test_an_empty_file(tmp_path, suffix):
    path = tmp_path / f"空{suffix}"
    path.write_bytes(b"")
    assert refusal(path) == "文件是空的（0 字节）；请重新取得文件后再试"


def test_what_is_written_out_cannot_become_a_formula(tmp_path, read_text):
    from jiheng.reading.sheets_out import write_reading

    document = read_text("=cmd|' /C calc'!A0\n项目\t金额（元）\n=1+1\t2\n@甲\t3\n")
    write_reading(tmp_path / "读.xlsx", document)
    with zipfile.ZipFile(io.BytesIO((tmp_path / "读.xlsx").read_bytes())) as package:
        sheets = [package.read(name) for name in package.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_the_page_escapes_everything(read_text):
    from jiheng.reading.page import reading_page

    page = reading_page(read_text("<script>alert(1)</script>预算12.5万元\n甲\t<b>\n乙\t\"'\n"))
    assert "<script" not in page
    assert '<mark class="f" title="数值；12.5万元；第1行第28字">12.5万元</mark>' in page


def test_damage_inside_never_breaks_the_reading():
    path = Path(__file__).with_name("fuzz_reading.py")
    spec = importlib.util.spec_from_file_location("fuzz_reading", path)
    fuzz = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fuzz)
    total = fuzz.run(240, workers=1, start=7_000_000)
    assert sum(total.values()) == 240
    assert {name.split()[-1] for name in total} <= {"读完", "一句话"}
    assert sum(number for name, number in total.items() if name.endswith("读完")) > 120
