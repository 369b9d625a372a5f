"""Sealing a year, and settling rules that no text settles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils import timezone
from pydantic import TypeAdapter

from jiheng import __version__
from jiheng.errors import BadInput
from jiheng.model import DepartmentYear, Level
from jiheng.reporting.findings_json import findings_json
from jiheng.reporting.score_text import sheet_data
from jiheng.rulebook.forms import workbook_form
from jiheng.values import show_number
from jiheng_web.evaluation.models import Submission, SubmissionFile
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.years import entering
from jiheng_web.years.models import Year
from jiheng_web.years.queries import evaluated, today
from jiheng_web.years.services import last_position, new_row, writing
from jiheng_web.years.states import transition_named
from jiheng_web.years.transitions import require_move


@cache
def _adapter() -> TypeAdapter[DepartmentYear]:
    return TypeAdapter(DepartmentYear)


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that is sealed, made before the lock is taken; it fits one revision of the year only."""

    revision: int
    input_json: str
    findings_json: str
    score_json: str
    files: tuple[tuple[str, bytes], ...]


def package(year: Year, files: tuple[tuple[str, bytes], ...]) -> Package:
    """The sealed content of a year as it stands."""
    result = evaluated(year)
    scores = [sheet_data(one) for one in (result.sheet, *result.project_sheets) if one is not None]
    return Package(
        revision=year.revision,
        input_json=_adapter().dump_json(result.year).decode(),
        findings_json=findings_json(result.checked.report),
        score_json=json.dumps(scores, ensure_ascii=False),
        files=files,
    )


def seal(actor: Actor, year: Year, ready: Package, explanation: str) -> Submission:
    """Seal a year as a new version and send it up. **Raises** BadInput when a condition is not met."""
    transition = transition_named("seal")
    assert transition is not None
    with writing(actor, year, "带说明报送" if explanation.strip() else transition.label) as (locked, note):
        result = evaluated(locked)
        require_move(actor, locked, transition, explanation, result)
        if locked.revision != ready.revision:
            raise BadInput("生成材料的时候数据又有改动，没有封存：请看过改动后再封存")
        before = Submission.objects.filter(year=locked).order_by("-version").first()
        sheet = result.sheet
        made = Submission(
            year=locked,
            version=before.version + 1 if before else 1,
            sealed_at=timezone.now(),
            sealed_by=actor.user,
            explanation=explanation.strip(),
            as_of=today(),
            edition=sheet.edition if sheet else "",
            rules_hash=sheet.rules_hash if sheet else "",
            engine_version=__version__,
            year_digest=locked.digest,
            input_json=ready.input_json,
            findings_json=ready.findings_json,
            score_json=ready.score_json,
            errors=len(result.checked.report.at(Level.ERROR)),
            score_text=f"{show_number(sheet.total)}（{sheet.state}）"
            if sheet and sheet.total is not None
            else "未评完",
            previous=before.seal if before else "",
        )
        made.seal = seal_of(made, [(name, hashlib.sha256(content).hexdigest()) for name, content in ready.files])
        made.save()
        for name, content in ready.files:
            digest = hashlib.sha256(content).hexdigest()
            SubmissionFile(submission=made, name=name, sha256=digest, size=len(content), content=content).save()
        locked.state = transition.target.value
        locked.message, locked.due_on = "", None
        note.subject = f"第 {made.version} 版，封存码 {made.seal[:16]}"
        note.changes = (
            [{"field": "说明", "before": "", "after": explanation.strip()[:500]}] if explanation.strip() else []
        )
    return made


def seal_of(made: Submission, files: list[tuple[str, str]]) -> str:
    """The hash over everything that was sealed."""
    parts = [made.year_id, made.version, made.explanation, made.as_of.isoformat(), made.edition, made.rules_hash,
             made.engine_version, made.year_digest, made.input_json, made.findings_json, made.score_json, made.previous,
             files]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def is_whole(made: Submission) -> bool:
    """Whether a sealed version still is what was sealed."""
    files = list(made.files.all())
    right = all(hashlib.sha256(bytes(one.content)).hexdigest() == one.sha256 for one in files)
    return right and seal_of(made, [(one.name, one.sha256) for one in files]) == made.seal


def confirm_rules(actor: Actor, year: Year, reason: str, values: Mapping[str, str]) -> int:
    """Put on record that a named person confirms unverified rules, or replaces their numbers (`values`, by path)."""
    actor.require(Action.CONFIRM_RULES, year.department)
    if not reason.strip():
        raise BadInput("确认规则要写理由：依据哪份文件、问过谁")
    result = evaluated(year)
    marks = {one.path for one in (result.sheet.marks if result.sheet else ())}
    chosen = {path: value.strip() for path, value in values.items() if path in marks}
    if not chosen:
        raise BadInput("没有选中要确认的规则")
    form = workbook_form().sheet("judged_scores")
    with writing(actor, year, "确认规则") as (locked, note):
        if locked.state != "自评":
            raise BadInput(f"现在是“{locked.state}”，转入自评以后才确认规则")
        position = last_position(locked, form)
        for number, (path, value) in enumerate(chosen.items(), 1):
            texts = {"subject": path, "person": actor.user.name, "reason": reason, "score": value,
                     "judged_on": today().isoformat()}  # fmt: skip
            cells = {
                name: made
                for name, text in texts.items()
                if (made := entering.typed(form.column(name), text, None)) is not None
            }
            new_row(locked, form, position + number, cells, actor).save()
            note.changes.append(
                {"table": form.name, "row": path, "field": "确认", "before": "未核实", "after": value or "确认"}
            )
        note.subject = f"{len(chosen)} 个规则参数：{reason.strip()[:200]}"
    return len(chosen)
