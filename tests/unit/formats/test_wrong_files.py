"""Files that are not what their suffix says, or nothing that can be opened: one sentence each."""

import os
import zipfile

import openpyxl
import pytest

from jiheng.errors import BadInput
from jiheng.formats import Limits, open_book
from jiheng.formats.content import zip_content


def refusal(path, limits=None):
    """The sentence, after a look at what every sentence must be."""
    with pytest.raises(BadInput) as caught:
        open_book(path, limits)
    sentence = caught.value.sentence
    assert sentence.startswith(f"{path.name}：")
    assert "\n" not in sentence
    assert "请" in sentence
    return sentence.removeprefix(f"{path.name}：")


@pytest.fixture
def small_xlsx(tmp_path):
    openpyxl.Workbook().save(tmp_path / "真表.xlsx")
    return (tmp_path / "真表.xlsx").read_bytes()


@pytest.fixture
def file(tmp_path):
    def write(name, data):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def test_nothing_there(tmp_path):
    assert refusal(tmp_path / "没有.xlsx") == "没有这个文件；请核对文件名和所在的文件夹"


def test_a_folder(tmp_path):
    (tmp_path / "夹.xlsx").mkdir()
    assert refusal(tmp_path / "夹.xlsx") == "这是一个文件夹，不是工作簿；请指定其中的一个 .xlsx 文件"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="这个系统没有命名管道")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "管.xlsx")
    assert refusal(tmp_path / "管.xlsx") == "这不是普通文件；请指定一个 .xlsx 文件"


def test_empty(file):
    assert refusal(file("空.xlsx", b"")) == "文件是空的（0 字节）；请重新取得文件后再试"


def test_too_large(file, small_xlsx):
    limits = Limits(file_bytes=1024 * 1024)
    sentence = refusal(file("大.xlsx", small_xlsx.ljust(1024 * 1024 + 1, b"\0")), limits)
    assert sentence == "文件超过 1 MB 的上限；请删去图片和多余的工作表，另存后再试"


def test_no_permission(file, small_xlsx, monkeypatch):
    path = file("锁.xlsx", small_xlsx)

    def locked(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", locked)
    assert refusal(path).startswith("没有读取权限，或者正被别的程序占用；请关闭打开它的程序")


def test_a_disk_that_fails(file, small_xlsx, monkeypatch):
    path = file("坏盘.xlsx", small_xlsx)

    def failing(*_arguments, **_options):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(type(path), "open", failing)
    assert refusal(path).startswith("读取时出错（[Errno 5] Input/output error）；请把文件复制到本机")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.csv", "CSV 是文本，不是工作簿；请用 Excel 或 WPS 打开，核对无误后另存为 .xlsx 再试"),
        ("a.xlsm", "工作簿带有宏，出于安全不予打开；请在 Excel 或 WPS 里另存为不含宏的 .xlsx 后再试"),
        ("a.docx", "这是 Word 文档，不是工作簿；成文的报告请用 jiheng review 核查"),
        ("a.doc", "这是 Word 或 WPS 文档，不是工作簿；成文的报告请另存为 .docx，用 jiheng review 核查"),
        ("a.ods", "能读的是 .xlsx、.xls、.et 工作簿，这个文件的后缀是“.ods”"),
        ("a", "能读的是 .xlsx、.xls、.et 工作簿，这个文件的后缀是“（无）”"),
    ],
)
def test_suffixes_that_are_not_opened(file, name, sentence):
    assert refusal(file(name, "科目,金额\n".encode())).startswith(sentence)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et"])
@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n...", " PDF 文件"),
        ("\ufeff<!DOCTYPE html>\n<html><table>".encode(), "网页（HTML）"),
        ('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'.encode("gb18030"), "网页（HTML）"),
        (b"<!-- a -->\n<?xml version='1.0'?>\n<!-- b --><table>", "网页（HTML）"),
        (b"<!---->" * 500 + b"x", "文本（例如 CSV）"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "网页（HTML）"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', " XML 表格 2003"),
        (b'<?xml version="1.0"?><a/>', " XML 文本"),
        ("科目,金额\n一般公共服务,12.5\n".encode("gb18030") * 300, "文本（例如 CSV）"),
        ("科目\t金额".encode("utf-16"), "文本（例如 CSV）"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"Rar!\x1a\x07\x00", "压缩包（rar 或 7z）"),
        (bytes(range(256)), "认不出的数据"),
    ],
)
def test_other_content_under_a_workbooks_suffix(file, data, what, suffix):
    assert refusal(file(f"表{suffix}", data)) == (
        f"后缀是 {suffix}，内容却是{what}；请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再试"
    )


@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_an_xlsx_under_another_suffix(file, small_xlsx, suffix):
    sentence = refusal(file(f"表{suffix}", small_xlsx))
    assert sentence == f"后缀是 {suffix}，内容却是 xlsx 工作簿；请把后缀改为 .xlsx 后再试"


def test_an_xls_called_xlsx(file, xls_bytes):
    sentence = refusal(file("表.xlsx", xls_bytes))
    assert sentence == "后缀是 .xlsx，内容却是 xls 工作簿；请把后缀改为 .xls 后再试"


@pytest.mark.parametrize(
    ("stream", "what"),
    [
        ("WordDocument", " Word 文档（doc）"),
        ("PowerPoint Document", "演示文稿（ppt）"),
        ("Something", "不含工作簿的 Office 复合文档，或者文件不完整"),
    ],
)
def test_other_compound_files(file, compound, stream, what):
    assert refusal(file("表.xls", compound(stream))).startswith(f"后缀是 .xls，内容却是{what}；")


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"a.txt": "x"}, " zip 压缩包"),
        ({"表.xlsx": b"PK\x03\x04"}, " zip 压缩包"),
        ({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}, "演示文稿（pptx）"),
        ({"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"}, " xlsb 二进制工作簿"),
        ({"mimetype": "x", "META-INF/manifest.xml": "<x/>"}, " OpenDocument 文件"),
    ],
)
def test_zips_that_are_no_workbook(write, parts, what):
    assert refusal(write(parts)) == (f"后缀是 .xlsx，内容却是{what}；请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再试")


def test_a_report_called_xlsx(write):
    sentence = refusal(write({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))
    mend = "成文的报告请把后缀改回 .docx，用 jiheng review 核查"
    assert sentence == f"后缀是 .xlsx，内容却是 Word 文档（docx）；{mend}"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "other/vbaProjectSignature.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_under_the_suffix_xlsx(parts, write, part):
    assert refusal(write({**parts(), part: b"x"})).startswith("工作簿带有宏，出于安全不予打开；")


def test_macro_sheets_under_an_innocent_path(parts, write):
    small = parts()
    relations = small["xl/_rels/workbook.xml.rels"]
    small["xl/_rels/workbook.xml.rels"] = relations.replace('/worksheet"', '/xlMacrosheet"')
    assert refusal(write(small)).startswith("工作簿带有宏，出于安全不予打开；")


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et"])
def test_encrypted_packages(file, compound, suffix):
    sentence = refusal(file(f"密{suffix}", compound("EncryptedPackage")))
    assert sentence == "文件设有打开密码，读不出内容；请用 Excel 或 WPS 打开并取消密码，另存为 .xlsx 后再试"


def test_encrypted_xls(file, encrypted_xls_bytes):
    assert refusal(file("密.xls", encrypted_xls_bytes)).startswith("文件设有打开密码，读不出内容；")


def test_encrypted_zip_entries(file, small_xlsx):
    data = bytearray(small_xlsx)
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    assert refusal(file("密.xlsx", bytes(data))).startswith("文件设有打开密码，读不出内容；")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_truncated(file, small_xlsx, share):
    sentence = refusal(file("断.xlsx", small_xlsx[: int(len(small_xlsx) * share)]))
    assert sentence.startswith("文件不完整（可能没有下载或复制完）；请重新取得文件")


def test_names_cannot_break_the_sentence(tmp_path):
    with pytest.raises(BadInput) as caught:
        open_book(tmp_path / "换\n行.xlsx")
    assert caught.value.sentence == "换?行.xlsx：没有这个文件；请核对文件名和所在的文件夹"


def test_what_a_zip_holds_is_told_from_its_parts():
    assert zip_content(["[content_types].xml", "xl/embeddings/word.docx"]) == "xlsx 工作簿"


def test_the_file_is_left_as_it_was(parts, write):
    path = write(parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir()))
    open_book(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())) == before
    assert zipfile.is_zipfile(path)
