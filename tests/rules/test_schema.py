"""The JSON Schemas in the pack are those of the code (JIHENG_UPDATE_GOLDEN=1 writes them anew)."""

import os
from pathlib import Path

from jiheng.rulebook.schema import schema_files
from jiheng.rulebook.source import packs

FOLDER: Path = packs()[0] / "schema"


def test_schema_files_are_those_of_the_code():
    files = dict(schema_files())
    if os.environ.get("JIHENG_UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        for name, text in files.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")} == files
