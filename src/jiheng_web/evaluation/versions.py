"""What differs between two versions of a year: fields, scores, findings. A version is a sealed one, or the year as it stands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from jiheng.model import Level
from jiheng.rulebook.forms import SheetForm, workbook_form
from jiheng_web.evaluation.models import Submission
from jiheng_web.evaluation.services import Package, package
from jiheng_web.years.models import Year
from jiheng_web.years.personal import PERSONAL, record_without_people

NOW = "now"
MOST = 400
"""So many changed fields are spelled out."""

_KEYS = {"passages": ("section",)}
"""A paragraph that was rewritten is a changed one, not one gone and one new."""

_NESTED_OF = {"value": "", "digits": "", "year": ""}


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs. `row` and `column` are empty where a whole table or row came or went."""

    table: str
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A line of a score sheet that differs."""

    subject: str
    name: str
    points: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that is gone or new."""

    level: Level
    message: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs."""

    changes: tuple[Change, ...]
    scores: tuple[Scored, ...]
    gone: tuple[Told, ...]
    new: tuple[Told, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not (self.changes or self.scores or self.gone or self.new)


def content_of(year: Year, version: str) -> Package | Submission | None:
    """A version by its number, or the year as it stands."""
    if version == NOW:
        return package(year, ())
    return Submission.objects.filter(year=year, version=int(version)).first() if version.isdigit() else None


def difference(older: Package | Submission, newer: Package | Submission, *, with_people: bool = True) -> Difference:
    """The newer against the older; without `with_people` names and telephone numbers are masked."""
    before, after = (json.loads(one.input_json) for one in (older, newer))
    if not with_people:
        before, after = (_without_people(one) for one in (before, after))
    told = [Counter(_told(json.loads(one.findings_json))) for one in (older, newer)]
    return Difference(
        tuple(change for form in workbook_form().sheets for change in _table(form, before, after)),
        tuple(_scores(json.loads(older.score_json), json.loads(newer.score_json))),
        tuple((told[0] - told[1]).elements()),
        tuple((told[1] - told[0]).elements()),
    )


def _without_people(year: dict[str, Any]) -> dict[str, Any]:
    for record in PERSONAL.keys() & year.keys():
        rows = year[record]
        if isinstance(rows, list):
            year[record] = [record_without_people(record, one) for one in rows]
        elif rows:
            year[record] = record_without_people(record, rows)
    return year


# --- fields -----------------------------------------------------------------------------------------------------------


def _table(form: SheetForm, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    titles = {column.field: column.title for column in form.columns}
    if form.kind == "form":
        ours, theirs = (flat(one.get(form.record) or {}) for one in (before, after))
        yield from _fields(form, "", titles, ours, theirs)
        return
    olds, news = (_keyed(form, one.get(form.record) or []) for one in (before, after))
    for key, old in olds.items():
        name = _name(form, old)
        if key in news:
            yield from _fields(form, name, titles, old, news[key])
        else:
            yield Change(form.name, name, "整行", _summary(old), "")
    for key, new in news.items():
        if key not in olds:
            yield Change(form.name, _name(form, new), "整行", "", _summary(new))


def _fields(
    form: SheetForm, row: str, titles: Mapping[str, str], old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    for field in dict.fromkeys((*old, *new)):
        one, other = old.get(field, ""), new.get(field, "")
        if one != other:
            yield Change(form.name, row, titles.get(field) or titles.get(field.split(".")[0]) or field, one, other)


def _keyed(form: SheetForm, rows: list[dict[str, Any]]) -> dict[tuple[str, ...], dict[str, str]]:
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for row in map(flat, rows):
        key = tuple(row.get(name, "") for name in _KEYS.get(form.record, form.key))
        seen[key] += 1
        found[(*key, str(seen[key]))] = row
    return found


def _name(form: SheetForm, row: Mapping[str, str]) -> str:
    own = row.get("name") or next((row[name] for name in form.key if row.get(name)), "")
    project = row.get("project", "")
    return f"{project} · {own}" if project and project != own else own


def _summary(row: Mapping[str, str]) -> str:
    return "，".join(value for value in row.values() if value)[:200]


def flat(record: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """A record's fields as a reader sees them; where it came from is left out.

    >>> flat({"budget": {"value": "1000.5", "unit": {"symbol": "万元"}}, "done": True, "origin": {}, "actual": {"as_of": "2024-01-01"}})
    {'budget': '1,000.5万元', 'done': '是', 'as_of': '2024-01-01'}
    """
    found: dict[str, str] = {}
    for name, value in record.items():
        if name == "origin":
            continue
        if isinstance(value, dict) and not _is_figure(value) and set(value) - set(_NESTED_OF):
            found |= flat(value, name)
        elif before and name in _NESTED_OF:
            found[before] = shown(value)
        elif base := _words_of(name, before):  # its words, where it is no figure
            found[base] = found.get(base) or shown(value)
        else:
            found[name] = shown(value)
    return found


def _words_of(name: str, before: str) -> str:
    return before if name == "text" else name.removesuffix("_text") if name.endswith("_text") else ""


def _is_figure(value: Mapping[str, Any]) -> bool:
    return "unit" in value and "value" in value


def shown(value: Any) -> str:
    """One value.

    >>> shown(None), shown(["甲", "乙"]), shown({"digits": "110105"}), shown("4")
    ('', '甲、乙', '110105', '4')
    """
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case list():
            return "、".join(map(shown, value))
        case dict() if _is_figure(value):
            bound = value.get("bound", "=")
            return f"{bound if bound != '=' else ''}{_spaced(value['value'])}{value['unit']['symbol']}"
        case dict():
            return "，".join(shown(one) for one in value.values())
    return str(value)


def _spaced(digits: str) -> str:
    try:
        return f"{Decimal(digits):,f}"
    except InvalidOperation:
        return digits


# --- scores and findings ----------------------------------------------------------------------------------------------


def _scores(older: list[dict[str, Any]], newer: list[dict[str, Any]]) -> Iterator[Scored]:
    olds, news = (dict(_lines(one)) for one in (older, newer))
    for key in dict.fromkeys((*olds, *news)):
        one, other = olds.get(key), news.get(key)
        if one != other:
            either = other or one
            assert either is not None
            yield Scored(key[0], either[0], either[1], one[2] if one else "", other[2] if other else "")


def _lines(sheets: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, ...], tuple[str, str, str]]]:
    for sheet in sheets:
        total = sheet.get("total") or f"{sheet.get('state', '')}，已定 {sheet.get('settled', '')}"
        yield (sheet.get("subject", ""), ""), ("总分", sheet.get("points", ""), str(total))
        for block in sheet.get("blocks", ()):
            for at, line in enumerate(block["lines"]):
                key = (sheet.get("subject", ""), block["id"], line["id"] or str(at), line["name"])
                score = line["score"] if line["score"] is not None else line["state"]
                yield key, (f"{block['name']} · {line['name']}", line["points"], str(score))


def _told(found: Mapping[str, Any]) -> Iterator[Told]:
    return (Told(Level(one["level"]), one["message"]) for one in found.get("findings", ()))
