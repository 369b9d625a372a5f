"""Reading finished documents as whole processes, against MarkItDown and pdfplumber on the same files, in one run.

The pdf of the corpus where ../shared has it, otherwise one made here; a Word document of about twenty pages made here.
Then the cells: pdfplumber's on every pdf against ours, one by one.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from bench.side_by_side import Side, compare

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
_PLUMBER = (
    "import sys, pdfplumber\n"
    "with pdfplumber.open(sys.argv[1]) as pdf:\n"
    "    for page in pdf.pages:\n        page.extract_text(); page.extract_tables()\n"
)
_PARAGRAPH = (
    "全年预算数1,234.56万元，其中基本支出{0}.25万元，项目支出89.5万元，执行率99.{1}%，较上年增加5.2万元，增长3.{1}%。"
)


def word_document(path: Path) -> None:
    """About twenty pages: ten chapters with prose and a table each."""
    from docx import Document

    made = Document()
    made.add_heading("某街道2024年度部门整体绩效评价报告", 0)
    for chapter, number in enumerate("一二三四五六七八九十", 1):
        made.add_heading(f"{number}、第{chapter}章", 1)
        for line in range(11):
            made.add_paragraph(_PARAGRAPH.format(line * 31, line % 10) * 3)
        table = made.add_table(12, 6)
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells.cells):
                cell.text = f"项目{row}" if column == 0 else f"{row * column}.{column}"
    made.save(str(path))


def main() -> None:
    """Print medians, ratios, and how many cells agree."""
    ours = [sys.executable, "-m", "jiheng.cli", "read"]
    pdfs = sorted(CORPUS.glob("*.pdf")) if CORPUS.is_dir() else []
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "二十页.docx"
        word_document(word)
        if pdfs:
            longest = max(pdfs, key=pages)
            print(f"读 PDF（{pages(longest)} 页，含表格、数字、单位；从进程启动算起）")
            side = Side("jiheng read", [*ours, str(longest)])
            compare(side, Side("pdfplumber 文字和表格", [sys.executable, "-c", _PLUMBER, str(longest)]))
            if find_spec("markitdown"):
                compare(side, Side("MarkItDown 只转文字", [sys.executable, "-m", "markitdown", str(longest)]))
        else:
            print("没有 ../shared/corpus，不测 PDF")
        print("读 Word（约二十页）")
        side = Side("jiheng read", [*ours, str(word)])
        if find_spec("markitdown"):
            compare(side, Side("MarkItDown 只转文字", [sys.executable, "-m", "markitdown", str(word)]))
    for path in pdfs:
        same, theirs, mine = same_cells(path)
        print(f"单元格 {path.name[:24]:<26} pdfplumber {theirs}，本程序 {mine}，文字相同 {same}")


def pages(path: Path) -> int:
    """How many pages a pdf has."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(path))


def same_cells(path: Path) -> tuple[int, int, int]:
    """How many filled cells both have, how many pdfplumber has, how many we have."""
    import pdfplumber

    from jiheng.formats.document_opening import open_document
    from jiheng.formats.flow import Page

    with pdfplumber.open(path) as pdf:
        rows = [row for page in pdf.pages for table in page.extract_tables() for row in table]
    theirs = Counter(re.sub(r"\s", "", cell) for row in rows for cell in row if cell and cell.strip())
    pages = [item for item in open_document(path).items if isinstance(item, Page)]
    cells = [cell for page in pages for table in page.tables for cell in table.cells]
    texts = [re.sub(r"\s", "", "".join(line.text for line in cell.lines)) for cell in cells]
    mine = Counter(text for text in texts if text)
    return (theirs & mine).total(), theirs.total(), mine.total()


if __name__ == "__main__":
    main()
