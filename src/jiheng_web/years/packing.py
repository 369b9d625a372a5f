"""科室工作簿: packs going out as one file, and coming back merged into a draft that a person looks at before it counts."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiheng import workflow
from jiheng.errors import BadInput
from jiheng.intake.workbook import write_workbook
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.years import bridge
from jiheng_web.years.imports import upload
from jiheng_web.years.models import ImportDraft, Year

MOST_FILES = 60


@dataclass(frozen=True, slots=True)
class Returned:
    """An office's workbook as it was uploaded."""

    name: str
    content: bytes


def packs_of(actor: Actor, year: Year) -> bytes:
    """All offices' packs in one zip. **Raises** BadInput when the year names no office."""
    actor.require(Action.IMPORT, year.department)
    with tempfile.TemporaryDirectory(prefix="jiheng-") as folder:
        base = _base(year, Path(folder))
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as together:
            for path in workflow.pack_workbook(base, Path(folder) / "packs"):
                together.write(path, path.name)
        return made.getvalue()


def merge_returned(actor: Actor, year: Year, files: Sequence[Returned]) -> ImportDraft:
    """Merge packs with the year as it stands and keep the outcome for preview; nothing is changed yet.

    **Raises** BadInput for a file that is no pack of this year.
    """
    actor.require(Action.IMPORT, year.department)
    if not files:
        raise BadInput("没有选文件：请把各科室交回的工作簿一起选上")
    if len(files) > MOST_FILES:
        raise BadInput(f"一次最多合并 {MOST_FILES} 本")
    with tempfile.TemporaryDirectory(prefix="jiheng-") as folder:
        base, returned, target = _base(year, Path(folder)), Path(folder) / "returned", Path(folder) / "merged.xlsx"
        returned.mkdir()
        for number, one in enumerate(files):
            (returned / _file_name(one.name, number)).write_bytes(one.content)
        merged = workflow.merge_workbooks(base, returned, target)
        draft = upload(actor, year, target, f"{len(files)} 本科室工作簿合并", target.read_bytes())
    made = bridge.bound(year)
    conflicts: list[dict[str, Any]] = []
    for clash in merged.conflicts:
        spot = made.at(clash.sheet, clash.cell) if clash.cell else None
        conflicts.append(
            {"table": clash.sheet, "row": clash.row, "title": clash.column, "ours": clash.base_value,
             "theirs": clash.pack_value, "pack": clash.pack, "record": spot.record if spot else "",
             "row_id": spot.row_id if spot else None, "field": spot.field if spot else ""}
        )  # fmt: skip
    left = {"files": [one.name for one in files], "conflicts": conflicts, "missing": list(merged.missing)}
    draft.packs_text = json.dumps(left, ensure_ascii=False)
    draft.save(update_fields=["packs_text"])
    return draft


def _base(year: Year, folder: Path) -> Path:
    path = folder / "base.xlsx"
    write_workbook(path, bridge.content_of(bridge.rows_of(year)))
    return path


def _file_name(name: str, number: int) -> str:
    """A safe file name that still says whose it is."""
    path = Path(name.replace("\\", "/"))
    if path.suffix.lower() not in workflow.WORKBOOKS:
        raise BadInput(f"“{path.name}”不是工作簿：请选 .xlsx 文件（也可以是 .xls、.et）")
    stem = "".join(one for one in path.stem if one.isprintable() and one not in '/\\:*?"<>|').strip(" .~$")[:50]
    return f"{stem or '工作簿'}{f'-{number}' if number else ''}{path.suffix.lower()}"
