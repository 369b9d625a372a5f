"""Fuzzing the reading of documents: `python tests/unit/reading/fuzz_reading.py 100000 [WORKERS]`.

Files are damaged on the inside, so that they get past the outer checks: elements, attributes and texts of the unzipped
XML; operators, numbers and dictionaries of pdf objects (with the table of places written anew); tags of web pages. Each is read
by the same code as the child process runs, in workers with a memory limit; said is what share reached the end, what share
got its sentence, and whether any worker crashed, hung, or grew.
"""

from __future__ import annotations

import importlib.util
import io
import json
import random
import re
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

from jiheng.formats.limits import Limits

HERE = Path(__file__).resolve().parent
FORMS = ("docx", "pdf", "html", "txt")
SECONDS = 20
MEGABYTE = 1024 * 1024


def _makers():
    spec = importlib.util.spec_from_file_location("reading_makers", HERE / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seeds() -> dict[str, list]:
    """Small right documents with as many features as fit."""
    make = _makers()
    p = make.p
    numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>{}</w:tc>"
    body = (
        p("一、概况", numbered) + p("2023年全年预算数31385.997668万元，执行率为100%。")
        + "<w:p><w:ins><w:r><w:t>插入12.5万元</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
        + "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGEREF a</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        + f"<w:tbl><w:tr>{cell.format(p('项目'))}{cell.format(p('金额（万元）'))}</w:tr><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('1.50')}"
        f"<w:tbl><w:tr><w:tc>{p('里')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
        + f"<w:sdt><w:sdtContent>{p('控件里')}</w:sdtContent></w:sdt>"
        + f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{p('框里')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
        + "<w:p><w:r><w:footnoteReference w:id='2'/><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>"
    )  # fmt: skip
    numbering = (
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
        "<w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    styles = "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='heading 1'/><w:basedOn w:val='b'/></w:style>"
    notes = f"<w:footnote w:id='2'>{p('注')}</w:footnote>"
    word = make.docx_parts(body, numbering=numbering, styles=styles, footnotes=notes)
    table = make.ruled(
        60, 460, [200, 100, 100], [["项目", "预算", "决算"], *[[f"项目{n}", "1.5", "2,000.00"] for n in range(9)]]
    )
    table["texts"] += [(200, 520, 14, "支出决算表"), (380, 490, 10, "单位：万元")]
    text = {"texts": [(60, 780 - 20 * n, 12, f"第{n}段，2023年预算数{n}.5万元，增长{n}%。") for n in range(12)]}
    pages = [[table, text], [text], [table, table]]
    pdfs = [make.pdf_bytes(one, compress=False) for one in pages]
    web = (
        "<html><head><meta charset='utf-8'></head><body><h1>报告</h1><p>预算<b>12.5</b>万元</p><table><caption>表</caption><tr>"
        "<td rowspan='2'>甲</td><td colspan='2'>1</td></tr><tr><td>2</td><td><table><tr><td>里</td></tr></table></td></tr></table>"
        "<ol start='3'><li>三</li></ol></body></html>"
    )
    plain = (
        "报告\n一、概况\n\t资金（元）\n\t合计\n\n\t\n\t甲\n\t1.50\n\n2023年预算数１，２３４．５万元。\n甲\t1\n乙\t2\n"
    )
    return {"docx": [word], "pdf": pdfs, "html": [web], "txt": [plain]}


def damaged(form: str, seed: object, chance: random.Random) -> bytes:
    """The seed with some damage done inside."""
    if form == "docx":
        parts = dict(seed)
        for name in chance.sample(
            [one for one in parts if one.startswith("word/") and not one.endswith(".rels")], chance.randint(1, 2)
        ):
            parts[name] = _damaged_tree(parts[name], chance)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
            for name, content in parts.items():
                package.writestr(name, content)
        return out.getvalue()
    if form == "pdf":
        return _damaged_pdf(seed, chance)
    text = seed
    for _ in range(chance.randint(1, 6)):
        text = _damaged_text(text, chance)
    if form == "html" and chance.random() < 0.5:
        text = text.replace(
            chance.choice(["<td", "<table>", "</tr>", "<p>", "rowspan='2'"]),
            chance.choice(["<td", "<table>" * 40, "", "<p><p>", "rowspan='99999999'"]),
        )
    return text.encode(chance.choice(["utf-8", "utf-8", "gb18030", "utf-16"]), "replace")


def _damaged_tree(xml: str, chance: random.Random) -> str:
    root = etree.fromstring(xml)
    for _ in range(chance.randint(1, 8)):
        every = [one for one in root.iter() if one.getparent() is not None]
        if not every:
            break
        one = chance.choice(every)
        parent = one.getparent()
        match chance.randrange(6):
            case 0:
                parent.remove(one)
            case 1:
                parent.insert(chance.randint(0, len(parent)), etree.fromstring(etree.tostring(one)))
            case 2:
                other = chance.choice(every)
                if one not in other.iterancestors() and other is not one:
                    other.append(one)
            case 3 if one.attrib:
                name = chance.choice(list(one.attrib))
                one.set(name, chance.choice(["", "-1", "0", "99999999999", "x", "999", "restart", "true", "%9%1"]))
            case 4:
                one.text = _damaged_text(one.text or "1", chance)
            case _:
                nested = one
                for _ in range(chance.choice([3, 30, 120])):
                    nested = etree.SubElement(nested, one.tag)
    return etree.tostring(root, encoding="unicode")


def _damaged_text(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    put = chance.choice(
        [
            "",
            "9",
            ".",
            ",",
            "，",
            "\n",
            "\t",
            "万元",
            "2023年",
            "〔2020〕1号",
            "%",
            "　",
            "百分之",
            "\u202e",
            "9" * 400,
            "（" * 50,
            "一二三千百万",
        ]
    )
    return text[:at] + put + text[at + chance.choice([0, 1, 3]) :]


def _damaged_pdf(data: bytes, chance: random.Random) -> bytes:
    objects = re.findall(rb"\d+ 0 obj\n(.*?)\nendobj", data, re.DOTALL)
    # What a page draws is damaged more often than the skeleton of the file, which the library refuses at once.
    drawn = [at for at, one in enumerate(objects) if b"stream\n" in one] or [0]
    for _ in range(chance.randint(1, 6)):
        at = chance.choice(drawn) if chance.random() < 0.8 else chance.randrange(len(objects))
        one = objects[at]
        match chance.randrange(5):
            case 0:
                numbers = list(re.finditer(rb"-?\d+\.?\d*", one))
                if numbers:
                    hit = chance.choice(numbers)
                    put = chance.choice([b"0", b"-1", b"99999999999", b"1e9", b"0.0001", b"65536", b"/X", b"()"])
                    objects[at] = one[: hit.start()] + put + one[hit.end() :]
            case 1:
                names = list(re.finditer(rb"/[A-Za-z]+|\b(?:Tf|Tm|Tj|BT|ET|S|m|l)\b", one))
                if names:
                    hit = chance.choice(names)
                    objects[at] = (
                        one[: hit.start()]
                        + chance.choice([b"/X", b"", b"q", b"Q", b"re", b"Do", b"null", b"["])
                        + one[hit.end() :]
                    )
            case 2:
                objects[at] = chance.choice(objects)
            case 3:
                lines = one.split(b"\n")
                chance.shuffle(lines)
                objects[at] = b"\n".join(lines)
            case _:
                place = chance.randrange(max(len(one), 1))
                objects[at] = one[:place] + bytes([chance.randrange(256)]) + one[place + 1 :]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        length = len(one.partition(b"stream\n")[2].removesuffix(b"\nendstream"))
        fixed = re.sub(rb"/Length \d+", b"/Length %d" % length, one)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, fixed)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


LIMITS = Limits()


def read_one(form: str, data: bytes) -> str:
    """What became of it: 读完, 一句话 (refused with a sentence), or the name of an error that should not be."""
    from jiheng.errors import BadInput
    from jiheng.formats.document_child import items
    from jiheng.formats.document_opening import OpenedDocument, typed
    from jiheng.reading.opening import document_of
    from jiheng.reading.review import review

    try:
        found = typed(
            json.loads(json.dumps(list(items(form, data, LIMITS)), ensure_ascii=False).encode("utf-8", "replace"))
        )
        document = document_of(OpenedDocument("文件", "", form, found))
        report = review(document).report
    except BadInput as fault:
        return "一句话" if "\n" not in fault.sentence else "坏句子"
    return "检查出错" if report.broken else "读完"


def work(first: int, last: int) -> None:
    """Read the files of some numbers; say each outcome and, at the end, the memory at its highest."""
    known = seeds()
    resource.setrlimit(resource.RLIMIT_AS, (1024 * MEGABYTE, 1024 * MEGABYTE))
    counts: Counter[str] = Counter()
    for number in range(first, last):
        chance = random.Random(number)
        form = FORMS[number % len(FORMS)]
        data = damaged(form, chance.choice(known[form]), chance)
        print(number, flush=True)
        signal.alarm(SECONDS)
        try:
            counts[f"{form} {read_one(form, data)}"] += 1
        except Exception as error:
            counts[f"{form} 出错"] += 1
            print(f"! {number} {form} {type(error).__name__}: {error}"[:300], flush=True)
        signal.alarm(0)
        if number == first + (last - first) // 4:
            print(f"early {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}", flush=True)
    print(
        "= " + json.dumps({"counts": counts, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}),
        flush=True,
    )


def run(count: int, workers: int = 2, start: int = 0) -> Counter[str]:
    """Fuzz with that many files and return the outcomes; a worker that dies is named with the file it died on."""
    total: Counter[str] = Counter()
    step = max(count // max(workers, 1) // 4, 1)
    chunks = [(at, min(at + step, start + count)) for at in range(start, start + count, step)]
    running: list[tuple[subprocess.Popen[str], int, int]] = []
    peaks = []
    while chunks or running:
        while chunks and len(running) < workers:
            first, last = chunks.pop(0)
            command = [sys.executable, __file__, "--work", str(first), str(last)]
            running.append(
                (subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True), first, last)
            )
        process, first, last = running.pop(0)
        at, early = first, 0
        for line in process.stdout:
            if line.startswith("= "):
                told = json.loads(line[2:])
                total.update(told["counts"])
                peaks.append((early, told["peak"]))
            elif line.startswith("early"):
                early = int(line.split()[1])
            elif line.startswith("! "):
                print(line.strip())
            else:
                at = int(line)
        if process.wait():
            total["崩溃或停住"] += 1
            print(f"! {at} 崩溃或停住（退出码 {process.returncode}）")
            if at + 1 < last:
                chunks.append((at + 1, last))
    if peaks:
        print(
            f"内存峰值 {max(peak for _, peak in peaks)} MB；前四分之一以后最多再涨 {max(peak - early for early, peak in peaks)} MB"
        )
    return total


def main() -> None:
    """Say how many of each outcome."""
    if sys.argv[1] == "--work":
        work(int(sys.argv[2]), int(sys.argv[3]))
        return
    count, workers = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2
    begun = time.perf_counter()
    total = run(count, workers)
    for form in FORMS:
        of = sum(number for name, number in total.items() if name.startswith(f"{form} "))
        told = "，".join(
            f"{name.split()[1]} {number}" for name, number in sorted(total.items()) if name.startswith(f"{form} ")
        )
        print(f"{form}: {told}；读到底的占 {total[f'{form} 读完'] / max(of, 1):.1%}")
    print(f"崩溃或停住 {total['崩溃或停住']}；共 {count} 个文件，{time.perf_counter() - begun:.0f} 秒")
    sys.exit(1 if total["崩溃或停住"] or any("出错" in name or "坏句子" in name for name in total) else 0)


if __name__ == "__main__":
    main()
