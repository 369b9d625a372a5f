"""The use-case that makes wrong copies of a right report, to measure what a review finds."""

from __future__ import annotations

import json
from pathlib import Path

from jiheng.errors import BadInput
from jiheng.mutate import Mutation, draw
from jiheng.mutate.word_file import WordFile, refuse_other_formats
from jiheng.output import is_there, make_folder, whole_file

RECORD = "errors.json"


def mutate_report(source: Path, seed: int, count: int, folder: Path) -> tuple[tuple[str, Mutation], ...]:
    """Write so many copies of a Word report, each with one known error, and errors.json; returns file names and errors.

    The same report, seed and count give the same copies. Places that cannot be changed alone (a field) are passed over.

    **Raises** BadInput when the source is no Word document, or the folder holds such files already.
    """
    from jiheng.reading.opening import read_document

    document = read_document(source)
    refuse_other_formats(document)
    if is_there(folder / RECORD):
        raise BadInput(f"“{folder}”里已经有 {RECORD}，没有覆盖：请换一个文件夹")
    make_folder(folder)
    file = WordFile(source.read_bytes(), document)
    made: list[tuple[str, Mutation]] = []
    for mutation in draw(document, seed, count):
        data = file.with_error(mutation)
        if data is None:
            continue
        name = f"{len(made) + 1:03d}-{mutation.kind.value}.docx"
        with whole_file(folder / name) as partial:
            partial.write_bytes(data)
        made.append((name, mutation))
    record = {
        "report": document.name,
        "sha256": document.sha256,
        "seed": seed,
        "errors": [{"file": name, **mutation.as_data()} for name, mutation in made],
    }
    with whole_file(folder / RECORD) as partial:
        partial.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return tuple(made)
