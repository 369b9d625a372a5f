"""Real documents, where ../shared has them: counts and hashes only, none of their text."""

import hashlib
import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from jiheng.model.document import Kind, Paragraph
from jiheng.reading.opening import read_document
from jiheng.reading.partial_year import partial_year

SHARED = Path(__file__).parents[4] / "shared"
GOLDEN = Path(__file__).with_name("corpus.json")
LABELS = SHARED / "corpus" / "labels.toml"
DOCUMENTS = tomllib.loads(LABELS.read_text("utf-8"))["document"] if LABELS.is_file() else []
pytestmark = pytest.mark.skipif(not DOCUMENTS, reason="没有 ../shared，不测真实文件")


def fingerprint(document):
    """What is in a document, without its words."""
    cells = [
        f"{table.title}|{cell.row}|{cell.column}|{cell.row_span}|{cell.column_span}|{cell.text}"
        for _, table in document.tables
        for cell in table.cells
    ]
    figures = [
        f"{one.kind}|{one.text}|{one.figure}|{one.unit_from}|{one.year}|{one.doubt}" for one in document.mentions
    ]
    outline = [f"{one.role}|{one.level}|{one.text}" for one in document.blocks if isinstance(one, Paragraph)]

    def digest(lines):
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    return {
        "blocks": len(document.blocks),
        "tables": sum(1 for _ in document.tables),
        "cells": len(cells),
        "kinds": {kind.name: count for kind in Kind if (count := sum(one.kind is kind for one in document.mentions))},
        "doubts": sum(bool(one.doubt) for one in document.mentions),
        "cells_hash": digest(cells),
        "figures_hash": digest(figures),
        "outline_hash": digest(outline),
    }


def path_of(entry):
    return (SHARED / "corpus" / entry["file"]).resolve()


@pytest.mark.parametrize("entry", DOCUMENTS, ids=lambda entry: Path(entry["file"]).name[:12])
def test_the_head(entry):
    head = read_document(path_of(entry)).head
    assert head.kind.value == entry["kind"]
    assert entry.get("department", "") in head.department.value
    assert head.year == entry["fiscal_year"] if "fiscal_year" in entry else True
    for stated in (head.kind, head.department, head.fiscal_year, head.region):
        assert bool(stated.value) == bool(stated.quote)


@pytest.mark.parametrize("entry", DOCUMENTS, ids=lambda entry: Path(entry["file"]).name[:12])
def test_nothing_changed(entry):
    """`python tests/golden/reading/test_corpus.py` writes the file anew; look at what changed before committing it."""
    assert fingerprint(read_document(path_of(entry))) == json.loads(GOLDEN.read_text("utf-8"))[Path(entry["file"]).name]


@pytest.mark.parametrize("path", sorted((SHARED / "corpus").glob("*.pdf")), ids=lambda path: path.name[:12])
def test_the_same_cells_as_pdfplumber(path):
    pdfplumber = pytest.importorskip("pdfplumber")
    from jiheng.formats.document_opening import open_document

    pages = [item for item in open_document(path).items if item.tag == "page"]
    with pdfplumber.open(path) as pdf:
        assert len(pdf.pages) == len(pages)
        for theirs, ours in zip(pdf.pages, pages, strict=True):
            found = theirs.find_tables()
            assert [len(table.cells) for table in found] == [len(table.cells) for table in ours.tables]
            a = Counter(re.sub(r"\s", "", cell) for table in found for row in table.extract() for cell in row if cell)
            b = Counter(
                re.sub(r"\s", "", "".join(line.text for line in cell.lines))
                for table in ours.tables
                for cell in table.cells
            )
            assert {text: n for text, n in a.items() if text} == {text: n for text, n in b.items() if text}


def test_what_the_first_seed_tells_of_its_year():
    """mission.md: 13 of 26 indicators, 51 of 100 weight, have no actual."""
    (path,) = (SHARED / "seeds").glob("000_*.txt")
    partial = partial_year(read_document(path))
    year = partial.year
    assert (len(year.indicators), sum(one.weight for one in year.indicators)) == (26, 100)
    missing = [one for one in year.indicators if not one.has_actual]
    assert (len(missing), sum(one.weight for one in missing)) == (13, 51)
    assert [str(figure) for figure in (year.fund_block.total, year.fund_block.basic, year.fund_block.project)] == [
        "182637354.64元", "52206546.96元", "130430807.68元",
    ]  # fmt: skip
    assert [(line.part.value, str(line.annual_budget), str(line.executed)) for line in year.budget_lines] == [
        ("合计", "31385.997668万元", "31385.997668万元"), ("基本支出", "4961.098592万元", "4961.098592万元"),
        ("项目支出", "26424.899076万元", "31385.997668万元"), ("其他支出", "0万元", "0万元"),
    ]  # fmt: skip
    assert [str(one.count) for one in year.quantities] == ["109个", "43个", "7个", "22个", "2个", "7个", "28个"]
    assert (year.stated.score, year.stated.evaluated_projects, year.stated.unfinished_projects) == (100, 106, 1)
    assert [one.total for one in year.self_evaluations] == [0]
    assert {one.method for one in year.surveys} == {"", "据平常工作中的了解"}


def test_what_the_second_seed_tells_of_its_year():
    (path,) = (SHARED / "seeds").glob("003_*.txt")
    partial = partial_year(read_document(path))
    year = partial.year
    assert [(one.kind, one.employed) for one in year.staffing] == [("行政", 88), ("事业", 49), ("其他", 283)]
    assert len(year.offices) == 7
    stated = year.stated
    assert [str(one) for one in (stated.execution_rate, stated.carryover_rate, stated.budget_final_variance)] == [
        "99.63%", "0.37%", "107.49%",
    ]  # fmt: skip
    assert (len(partial.doubts), year.surveys, stated.score) == (2, (), None)


if __name__ == "__main__":
    told = {Path(entry["file"]).name: fingerprint(read_document(path_of(entry))) for entry in DOCUMENTS}
    GOLDEN.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
