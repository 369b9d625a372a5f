"""Sealing: a report is final when a person answers for it; what it was made from is kept beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from jiheng import __version__
from jiheng.errors import BadInput
from jiheng.model.report import Seal
from jiheng.output import whole_file
from jiheng.reporting.findings_json import findings_document
from jiheng.reporting.score_text import sheet_data
from jiheng.workflow import Evaluated, compose_report, draft_reasons, write_report


def seal_report(evaluated: Evaluated, outline: str, target: Path, seal: Seal, decimals: int | None = None) -> Path:
    """Write a final report and, beside it, the record of what it rests on; returns the record's path.

    Unverified rules are confirmed or replaced first; what else is open needs a note signed by the same person
    (带说明报送). **Raises** BadInput saying what stands against it; nothing is written then.
    """
    if not seal.person.strip():
        raise BadInput("封存要写明由谁负责：--seal 后面写姓名")
    if evaluated.sheet is not None and evaluated.sheet.marks:
        count = len(evaluated.sheet.marks)
        raise BadInput(f"评分所用的规则有 {count} 处没有核实，不能封存：请财务负责人先在“评分判定”表确认或替换")
    reasons = draft_reasons(evaluated)
    if reasons and not seal.note.strip():
        raise BadInput(f"还不能封存：{'；'.join(reasons)}。请先办结；确需带说明报送的，用 --note 写明原因")
    record = target.with_name(f"{target.stem}.封存.json")
    if record.exists():
        raise BadInput(f"“{record}”已经存在，没有覆盖：更正要用新的文件名，形成新的版本")
    write_report(compose_report(evaluated, outline, decimals, seal), target)
    try:
        with whole_file(record) as partial:
            partial.write_text(_record(evaluated, target, seal, reasons), encoding="utf-8")
    except BadInput:
        target.unlink(missing_ok=True)
        raise
    return record


def _record(evaluated: Evaluated, report: Path, seal: Seal, reasons: tuple[str, ...]) -> str:
    source, sheet = evaluated.year.source, evaluated.sheet
    kept = {
        "sealed_by": seal.person,
        "sealed_on": seal.day.isoformat(),
        "note": seal.note,
        "open_at_sealing": list(reasons),
        "engine_version": __version__,
        "workbook": {"name": source.name, "sha256": source.sha256} if source else None,
        "report": {"name": report.name, "sha256": hashlib.sha256(report.read_bytes()).hexdigest()},
        "rules": {"edition": sheet.edition, "sha256": sheet.rules_hash} if sheet else None,
        "score": sheet_data(sheet) if sheet else None,
        **findings_document(evaluated.checked.report),
    }
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
