"""What our own documents yield, whole: a report in text and a form in HTML, beside the JSON that reading makes of them.

`python tests/golden/reading/test_our_documents.py` writes the JSON anew; look at what changed before committing it.
"""

from pathlib import Path

import pytest

from jiheng.reading.opening import read_document
from jiheng.reading.partial_year import partial_year
from jiheng.reading.read_json import document_json

FOLDER = Path(__file__).with_name("documents")
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".html"))


def told(path):
    document = read_document(path)
    return document_json(document, partial_year(document)) + "\n"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_reading_is_as_it_was(path):
    assert told(path) == path.with_suffix(".json").read_text("utf-8")


if __name__ == "__main__":
    for path in DOCUMENTS:
        path.with_suffix(".json").write_text(told(path), "utf-8")
