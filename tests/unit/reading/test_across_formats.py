"""One report, two formats: what Word holds and what its printed pdf shows must read the same."""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from jiheng.model.document import Kind
from jiheng.reading.opening import read_document

SAMPLE = Path(__file__).parents[3] / "samples" / "示范街道-2024.xlsx"


@pytest.mark.skipif(shutil.which("soffice") is None or not SAMPLE.exists(), reason="没有 LibreOffice 或样例")
def test_a_whole_report_reads_the_same_from_word_and_from_pdf(tmp_path):
    word = tmp_path / "报告.docx"
    subprocess.run(
        [sys.executable, "-m", "jiheng.cli", "report", str(SAMPLE), "-o", str(word)], check=True, capture_output=True
    )
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(word)], check=True, capture_output=True, timeout=180)
    documents = [read_document(word), read_document(tmp_path / "报告.pdf")]
    shapes = [[(table.rows, table.columns, len(table.cells)) for _, table in one.tables] for one in documents]
    assert shapes[0] == shapes[1]
    figures = [Counter(str(m.figure) for m in one.mentions if m.kind is Kind.FIGURE) for one in documents]
    assert sum((figures[1] - figures[0]).values()) == 0
    assert sum((figures[0] - figures[1]).values()) <= 0.005 * figures[0].total()
    heads = [(one.head.kind.value, one.head.department.value, one.head.year) for one in documents]
    assert heads[0] == heads[1]
