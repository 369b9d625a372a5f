"""Whole invented documents, right ones and ones with known errors: every finding, in order, as a reader gets it.

After a change that is meant: `python -m tests.golden.review.test_review` writes the expectations anew; read the difference.
"""

from pathlib import Path

import pytest

from jiheng.workflow_review import review_document

HERE = Path(__file__).parent
DOCUMENTS = sorted(HERE.glob("*.txt"))


def told(path: Path) -> str:
    """One finding a paragraph: level, check, place, message, and the right value where it is known."""
    report = review_document(path).report
    assert report.broken == ()
    lines = [
        f"{one.level.label} {one.check} {one.where}\n{one.message}"
        + (f"\n应为：{one.expected}" if one.expected else "")
        for one in report.findings
    ]
    return "\n\n".join(lines) + "\n"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_findings(path):
    assert told(path) == path.with_suffix(".findings").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if "无误" in path.stem], ids=lambda path: path.stem)
def test_right_documents_are_left_alone(path):
    assert [one.message for one in review_document(path).report.findings] == []


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.with_suffix(".findings").write_text(told(document), encoding="utf-8")
