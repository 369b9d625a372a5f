"""Comments in the very Word file: at the runs concerned, and nothing else of the file changed."""

import hashlib
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from jiheng.errors import BadInput
from jiheng.model import Finding, Level
from jiheng.model.document import Document
from jiheng.model.report import ReportModel
from jiheng.model.statement import Words
from jiheng.reading.opening import read_document
from jiheng.reporting.comments import write_comments
from jiheng.reporting.located import located
from jiheng.reporting.word import write_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DAY = date(2025, 3, 31)
ANCHORS = re.compile(
    rb'<(\w+):commentRange(?:Start|End)(?: xmlns:\w+="[^"]+")? \w+:id="\d+"/>'
    rb'|<(\w+):r(?: xmlns:\w+="[^"]+")?><\w+:commentReference \w+:id="\d+"/></\w+:r>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{more}</Types>'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{more}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLD_COMMENT = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="李"><w:p><w:r>'
    "<w:t>旧批注</w:t></w:r></w:p></w:comment></w:comments>\n"
)


def run(text: str) -> str:
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Writes a .docx from the XML of its body; more parts by name."""

    def making(
        body: str, *, root: str = "", comments: str = "", encoding: str = "utf-8", relations: bool = True
    ) -> Path:
        path = tmp_path / "报告.docx"
        document = root or f'<w:document xmlns:w="{W}" xmlns:r="r"><w:body>{body}<w:sectPr/></w:body></w:document>'
        head = f'<?xml version="1.0" encoding="{encoding}" standalone="yes"?>\r\n'
        main = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        link = f'<Relationship Id="rId1" Type="{OFFICE}/hyperlink" Target="http://example.org" TargetMode="External"/>'
        kept = f'<Relationship Id="rId2" Type="{OFFICE}/comments" Target="comments.xml"/>'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            more = f'<Override PartName="/word/comments.xml" ContentType="{kind}"/>' if comments else ""
            file.writestr("[Content_Types].xml", TYPES.format(more=more))
            file.writestr("_rels/.rels", RELATIONS.format(more=main))
            file.writestr("word/document.xml", (head + document).encode(encoding))
            if relations:
                file.writestr("word/_rels/document.xml.rels", RELATIONS.format(more=link + (kept if comments else "")))
            file.writestr("word/media/image1.png", b"\x89PNG no picture", zipfile.ZIP_STORED)
            if comments:
                file.writestr("word/comments.xml", comments)
        return path

    return making


def finding(quote: str = "", message: str = "两数不等。", **more: object) -> Finding:
    return Finding(check="x", level=Level.ERROR, message=message, mend="请核对。", quote=quote, **more)  # type: ignore[arg-type]


def commented(path: Path, *findings: Finding, document: Document | None = None) -> Path:
    target = path.with_name("批注.docx")
    read = document or read_document(path)
    write_comments(path.read_bytes(), read, located(read, findings), target, DAY)
    return target


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def marked(path: Path) -> dict[str, str]:
    """What each comment's range holds, by the comment's number; deleted text does not count."""
    root = etree.fromstring(parts(path)["word/document.xml"])
    texts: dict[str, str] = {}
    running: set[str] = set()
    references: list[str] = []
    for element in root.iter("*"):
        name, number = etree.QName(element).localname, element.get(f"{{{W}}}id", "")
        if name == "commentRangeStart":
            texts[number] = ""
            running.add(number)
        elif name == "commentRangeEnd":
            running.remove(number)
        elif name == "commentReference":
            references.append(number)
        elif name == "t":
            for one in running:
                texts[one] += element.text or ""
    assert not running
    assert sorted(references) == sorted(texts)
    return texts


def assert_nothing_else_changed(before: Path, after: Path) -> None:
    old, new = parts(before), parts(after)
    assert ANCHORS.sub(b"", new["word/document.xml"]) == ANCHORS.sub(b"", old["word/document.xml"])
    told = {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml", "word/document.xml"}
    assert {name: data for name, data in new.items() if name not in told} == {
        name: data for name, data in old.items() if name not in told
    }
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        entry = rb"<(Override|Relationship) [^>]*comments[^>]*/>"
        assert re.sub(entry, b"", new[name]) == re.sub(entry, b"", old.get(name, re.sub(entry, b"", new[name])))


def test_a_quote_over_several_runs_gets_its_runs_and_nothing_else_changes(make: Callable[..., Path]) -> None:
    path = make(paragraph(run("本年"), run("支出"), run("100"), run("万元"), run("。")) + paragraph(run("其他")))
    after = commented(path, finding("支出100万元"))
    assert marked(after) == {"0": "支出100万元"}
    assert_nothing_else_changed(path, after)
    assert [one.text for _, one in read_document(after).paragraphs] == ["本年支出100万元。", "其他"]
    comment = etree.fromstring(parts(after)["word/comments.xml"])[0]
    assert (comment.get(f"{{{W}}}author"), comment.get(f"{{{W}}}date")) == ("绩衡核查", "2025-03-31T00:00:00Z")
    assert "".join(comment.itertext()) == "【应予更正】两数不等。怎么改：请核对。"


PLACES = {
    "link": ('<w:hyperlink r:id="rId1">{}</w:hyperlink>', "甲乙"),
    "content control": ("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", "甲乙"),
    "insertion": ('<w:ins w:id="1" w:author="王">{}</w:ins>', "甲乙"),
    "field": ('<w:fldSimple w:instr="REF a">{}</w:fldSimple>', "甲乙"),
    "beside a deletion": ('<w:del w:id="2" w:author="王"><w:r><w:delText>丙</w:delText></w:r></w:del>{}', "甲乙"),
    "ruby": ("<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", "甲乙甲乙"),
}


@pytest.mark.parametrize("name", PLACES)
def test_runs_inside_other_things(make: Callable[..., Path], name: str) -> None:
    around, text = PLACES[name]
    inside = run("甲乙")
    path = make(paragraph(run("前"), around.replace("{}", inside), run("后")))
    after = commented(path, finding("甲乙"))
    assert marked(after) == {"0": text}
    assert_nothing_else_changed(path, after)
    root = etree.fromstring(parts(after)["word/document.xml"])
    reference = next(one for one in root.iter("*") if etree.QName(one).localname == "commentReference")
    # The mark is nobody's link, insertion or content control.
    assert etree.QName(reference.getparent().getparent()).localname == "p"  # type: ignore[union-attr, arg-type]


def test_a_text_box_is_commented_at_its_frame(make: Callable[..., Path]) -> None:
    box = "<w:r><w:pict><v:textbox xmlns:v='v'><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"
    path = make(paragraph(run("前"), box.format(paragraph(run("框里100元"))), run("后")))
    after = commented(path, finding("框里100元"))
    assert marked(after) == {"0": "框里100元"}
    root = etree.fromstring(parts(after)["word/document.xml"])
    starts = [one for one in root.iter("*") if etree.QName(one).localname == "commentRangeStart"]
    assert [len(list(one.iterancestors(f"{{{W}}}p"))) for one in starts] == [1]


def test_cells_merged_downwards_keep_the_order_of_the_file(make: Callable[..., Path]) -> None:
    def cell(text: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(run(text) if text else '')}</w:tc>"

    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        cell("合", start) + cell("一") + cell("1"),
        cell("", on) + cell("二") + cell("2"),
        cell("", on) + cell("三") + cell("33"),
    )
    path = make(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>" + paragraph(run("末尾")))
    after = commented(path, finding("33"), finding("末尾"))
    assert marked(after) == {"0": "33", "1": "末尾"}
    assert_nothing_else_changed(path, after)


def test_existing_comments_stay_and_numbers_go_on(make: Callable[..., Path]) -> None:
    body = paragraph('<w:commentRangeStart w:id="7"/>', run("旧的"), '<w:commentRangeEnd w:id="7"/>',
                     '<w:r><w:commentReference w:id="7"/></w:r>', run("新的"))  # fmt: skip
    path = make(body, comments=OLD_COMMENT)
    after = commented(path, finding("新的"), finding("旧的"))
    assert marked(after) == {"7": "旧的", "8": "旧的", "9": "新的"}
    assert parts(after)["word/comments.xml"].decode().startswith(OLD_COMMENT[: OLD_COMMENT.index("</w:comments>")])
    assert parts(after)["[Content_Types].xml"] == parts(path)["[Content_Types].xml"]
    assert_nothing_else_changed(path, after)


@pytest.mark.parametrize(
    ("root", "encoding"),
    [
        ("", "utf-16"),
        (f'<document xmlns="{W}"><body><p><r><t>支出100万元</t></r></p></body></document>', "utf-8"),
        (
            f'<a:document xmlns:a="{W}"><a:body><a:p><a:r><a:t>支出100万元</a:t></a:r></a:p></a:body></a:document>',
            "utf-8",
        ),
    ],
)
def test_other_spellings_of_the_same(make: Callable[..., Path], root: str, encoding: str) -> None:
    path = make(paragraph(run("支出100万元")), root=root, encoding=encoding)
    after = commented(path, finding("支出100万元"))
    assert marked(after) == {"0": "支出100万元"}
    if encoding == "utf-8":
        assert_nothing_else_changed(path, after)


def test_a_document_without_relations_gets_them(make: Callable[..., Path]) -> None:
    after = commented(make(paragraph(run("支出100万元")), relations=False), finding("100万元"))
    assert b'Target="comments.xml"' in parts(after)["word/_rels/document.xml.rels"]


def test_without_a_place_a_comment_stands_at_what_it_names_or_at_the_title(make: Callable[..., Path]) -> None:
    path = make(paragraph(run("某街道评价报告")) + paragraph(run("绿化养护面积"), run("合格")))
    after = commented(path, finding("", "指标“绿化养护面积”没有完成值。"), finding("", "没有满意度数据。"))
    assert marked(after) == {"0": "某街道评价报告", "1": "绿化养护面积"}
    assert "没有满意度数据" in "".join(etree.fromstring(parts(after)["word/comments.xml"])[0].itertext())


def test_words_in_a_note_are_commented_at_the_title_with_their_quote(make: Callable[..., Path]) -> None:
    path = make(paragraph(run("题名")))
    document = read_document(path)
    note = replace(document.blocks[0], passage=replace(document.blocks[0].passage, anchors=(  # type: ignore[union-attr]
        (0, replace(document.blocks[0].passage.spot(), part="脚注")),)))  # type: ignore[union-attr]  # fmt: skip
    document = replace(document, blocks=(*document.blocks, note))
    after = commented(path, finding("题名", words=Words("题名", block=1, start=0, end=2)), document=document)
    assert marked(after) == {"0": "题名"}
    assert "原文：“题名”" in "".join(etree.fromstring(parts(after)["word/comments.xml"]).itertext())


def test_no_findings_no_change(make: Callable[..., Path]) -> None:
    path = make(paragraph(run("支出100万元")))
    assert parts(commented(path)) == parts(path)


def test_letters_that_no_xml_allows_do_not_get_in(make: Callable[..., Path]) -> None:
    after = commented(make(paragraph(run("支出100万元"))), finding("100万元", "<坏>\x00 & \x0b“引”"))
    assert "<坏> & “引”" in "".join(etree.fromstring(parts(after)["word/comments.xml"]).itertext())


def test_a_changed_file_and_another_format_are_refused(make: Callable[..., Path]) -> None:
    path = make(paragraph(run("支出100万元")))
    document = read_document(path)
    with pytest.raises(BadInput, match="文件在核查期间被改动过"):
        commented(path, finding("100"), document=replace(document, sha256=hashlib.sha256(b"").hexdigest()))
    with pytest.raises(BadInput, match="批注只能写进 Word 文档"):
        commented(path, finding("100"), document=replace(document, format="pdf"))


def test_our_own_report_with_a_comment_on_every_figure_opens_in_libreoffice(
    tmp_path: Path, report: ReportModel, to_pdf: Callable[..., Path]
) -> None:
    path = tmp_path / "报告.docx"
    write_docx(report, path)
    document = read_document(path)
    texts = [(one, document.passage(one.block, one.cell).text[one.start : one.end]) for one in document.mentions]
    findings = [
        finding(text, f"第{number}条", words=Words(text, one.spot, one.block, one.start, one.end, one.cell))
        for number, (one, text) in enumerate(texts)
    ]
    after = commented(path, *findings)
    assert_nothing_else_changed(path, after)
    ranges = marked(after)
    assert len(ranges) == len(findings) > 300
    own = located(document, findings)
    assert [one.finding.quote for one in own if one.finding.quote not in ranges[str(one.number - 1)]] == []
    content = zipfile.ZipFile(to_pdf(after, "odt")).read("content.xml").decode()
    assert (content.count("<office:annotation "), content.count("<office:annotation-end ")) == (
        len(findings),
        len(findings),
    )
