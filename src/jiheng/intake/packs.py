"""Workbooks for the offices and back: `pack` splits a year by responsible office, `merge` brings the parts together.

Most offices have no server, so files travel. Each pack remembers what was sent out (a hidden sheet), so that merging can
tell an office's change from the finance officer's own: a cell changed on one side takes the change, a cell changed on
both sides to different values is a conflict, and both values are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jiheng.errors import BadInput
from jiheng.formats import Cell
from jiheng.intake.cells import Doubt, Fault, parse, shown
from jiheng.intake.quantity import plain
from jiheng.intake.reader import SNAPSHOT, Intake
from jiheng.intake.workbook import Content, ExtraSheet, RawRow, text_cell
from jiheng.rulebook.forms import CellType, Column, SheetForm, WorkbookForm, workbook_form
from jiheng.values import Figure

CONFLICTS, LEFT_OVER = "合并冲突", "未识别内容"
SHARED = ("profile", "surveys", "evidence")
"""Sheets that every pack has besides the rows it answers for, so that an office can add its material."""

RowKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """One office's part of the year."""

    office: str
    content: Content
    sheets: tuple[SheetForm, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One cell with two answers."""

    sheet: str
    row: str
    column: str
    base_value: str
    pack_value: str
    pack: str


@dataclass(slots=True)
class Merged:
    """The outcome of a merge: the whole content, what was taken over, what conflicts, which rows came back missing."""

    content: Content
    changed: int = 0
    added: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


# --- pack -------------------------------------------------------------------------------------------------------------


def packs(intake: Intake) -> Iterator[Pack]:
    """One pack for each office or community that the workbook names.

    **Raises** BadInput when it names none.
    """
    form = workbook_form()
    rows = explicit_rows(form, intake)
    offices = _offices(form, rows)
    if not offices:
        raise BadInput("工作簿里没有填责任科室，不知道分给谁：请在“内设机构”表和各表“责任科室”列填写")
    forms = tuple(sheet for sheet in form.sheets if sheet.record in SHARED or sheet.office or sheet.through)
    project_office = _project_offices(rows)
    for office in offices:
        part: dict[str, list[RawRow]] = {"profile": list(rows.get("profile", []))}
        for sheet in forms:
            if sheet.record not in SHARED:
                part[sheet.record] = [
                    row for row in rows.get(sheet.record, []) if _office_of(sheet, row, project_office) == office
                ]
        yield Pack(office, Content(part, (_snapshot(form, part),)), forms)


def file_name(*parts: str) -> str:
    """A file name from texts that may hold anything."""
    return "-".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", part).strip(" .")[:60] for part in parts) + ".xlsx"


def _offices(form: WorkbookForm, rows: Mapping[str, Sequence[RawRow]]) -> list[str]:
    names = dict.fromkeys(_said(row, "name") for row in rows.get("offices", []))
    for sheet in form.sheets:
        if sheet.office:
            names |= dict.fromkeys(_said(row, sheet.office) for row in rows.get(sheet.record, []))
    return [name for name in names if name]


def _project_offices(rows: Mapping[str, Sequence[RawRow]]) -> dict[str, str]:
    return {
        name: _said(row, "office")
        for row in rows.get("projects", [])
        for name in (_said(row, "code"), _said(row, "name"))
        if name
    }


def _office_of(sheet: SheetForm, row: RawRow, project_office: Mapping[str, str]) -> str:
    own = _said(row, sheet.office) if sheet.office else ""
    return own or (project_office.get(_said(row, sheet.through), "") if sheet.through else "")


def _said(row: RawRow, name: str) -> str:
    cell = row.get(name)
    return shown(cell) if cell else ""


def explicit_rows(form: WorkbookForm, intake: Intake) -> dict[str, list[RawRow]]:
    """The raw rows, with a unit written behind every number whose heading named another unit than the form does."""
    result: dict[str, list[RawRow]] = {}
    for sheet in form.sheets:
        units = {
            name: unit
            for name, unit in intake.units.get(sheet.record, {}).items()
            if unit and unit != sheet.column(name).unit and unit != "%"
        }
        rows = [row.cells for row in intake.rows.get(sheet.record, ())]
        result[sheet.record] = [_with_units(row, units) for row in rows] if units else list(rows)
    return result


def _with_units(row: RawRow, units: Mapping[str, str]) -> RawRow:
    changed = dict(row)
    for name, unit in units.items():
        cell = row.get(name)
        if cell is not None and cell.kind in "ns" and plain(cell.raw)[-1:].isdigit():
            changed[name] = text_cell(f"{shown(cell)}{unit}")
    return changed


def _snapshot(form: WorkbookForm, rows: Mapping[str, Sequence[RawRow]]) -> ExtraSheet:
    lines = [
        (sheet.record, *_packed(key), name, cell.kind, shown(cell))
        for sheet in form.sheets
        if sheet.record != "profile"
        for key, row in keyed(sheet, rows.get(sheet.record, []))
        for name, cell in row.items()
    ]
    return ExtraSheet(SNAPSHOT, ("表", "行", "列", "类型", "分发时的值"), tuple(lines), hidden=True)


def _packed(key: RowKey) -> tuple[str]:
    return ("\x1f".join(key).replace("\x1f", " ¦ "),)


# --- merge ------------------------------------------------------------------------------------------------------------


def keyed(sheet: SheetForm, rows: Iterable[RawRow]) -> Iterator[tuple[RowKey, RawRow]]:
    """Rows with their keys: the first key field where it is given, otherwise all of them; repeats are counted."""
    seen: Counter[RowKey] = Counter()
    for row in rows:
        first = plain(_said(row, sheet.key[0])) if sheet.key else ""
        by_code = sheet.key and sheet.key[0] == "code" and first
        key = (first,) if by_code else tuple(plain(_said(row, name)) for name in sheet.key)
        seen[key] += 1
        yield (*key, str(seen[key])), row


def merge(base: Intake, parts: Sequence[tuple[str, Intake]]) -> Merged:
    """Bring packs (file name, intake) back into the base; nothing entered on either side is lost.

    **Raises** BadInput when a pack is of another department or year.
    """
    form = workbook_form()
    merged_rows: dict[str, dict[RowKey, dict[str, Cell]]] = {
        sheet.record: {key: dict(row) for key, row in keyed(sheet, rows)}
        for sheet in form.sheets
        for rows in (explicit_rows(form, base)[sheet.record],)
    }
    merged = Merged(Content({}))
    for name, part in parts:
        _same_year(base, name, part)
        sent = _sent(part)
        rows = explicit_rows(form, part)
        for sheet in form.sheets:
            if sheet.record == "profile":
                continue
            present = dict(keyed(sheet, rows[sheet.record]))
            for key, row in present.items():
                original = sent.get((sheet.record, *_packed(key)), {})
                _merge_row(merged, sheet, merged_rows[sheet.record], key, row, original, name)
            for record, packed in sent:
                if record == sheet.record and packed not in {_packed(key)[0] for key in present}:
                    merged.missing.append(f"{sheet.name}：{packed}（{name}）")
    extra = [*_conflict_sheet(merged.conflicts), *_left_over_sheet(base, parts)]
    merged.content = Content({record: list(rows.values()) for record, rows in merged_rows.items()}, tuple(extra))
    return merged


def _same_year(base: Intake, name: str, part: Intake) -> None:
    ours, theirs = base.year.profile, part.year.profile
    if (ours.department, ours.fiscal_year) != (theirs.department, theirs.fiscal_year):
        raise BadInput(
            f"“{name}”是“{theirs.department}”{theirs.fiscal_year}年的，与“{ours.department}”{ours.fiscal_year}年的工作簿"
            "不能合并：请核对文件夹里的文件"
        )


def _sent(part: Intake) -> dict[tuple[str, str], dict[str, str]]:
    """What the pack was sent out with: by record and row key, the text of each field."""
    lines: dict[int, dict[int, str]] = {}
    for cell in part.snapshot.cells if part.snapshot else ():
        lines.setdefault(cell.row, {})[cell.column] = cell.raw
    sent: dict[tuple[str, str], dict[str, str]] = {}
    for line in list(lines.values())[1:]:
        sent.setdefault((line[1], line.get(2, "")), {})[line[3]] = line.get(5, "")
    return sent


def _merge_row(
    merged: Merged,
    sheet: SheetForm,
    base_rows: dict[RowKey, dict[str, Cell]],
    key: RowKey,
    row: RawRow,
    original: Mapping[str, str],
    pack: str,
) -> None:
    mine = base_rows.get(key)
    if mine is None:
        base_rows[key] = dict(row)
        merged.added += 1
        return
    for name, theirs in row.items():
        column = sheet.column(name)
        ours = mine.get(name)
        if ours is not None and _same(column, ours, theirs):
            continue
        sent = original.get(name)
        if ours is None or (sent is not None and plain(shown(ours)) == plain(sent)):
            mine[name] = theirs
            merged.changed += 1
        elif sent is None or plain(shown(theirs)) != plain(sent):
            title = " ".join(part for part in key[:-1] if part)
            merged.conflicts.append(Conflict(sheet.name, title, column.title, shown(ours), shown(theirs), pack))


def _same(column: Column, one: Cell, other: Cell) -> bool:
    if plain(shown(one)) == plain(shown(other)):
        return True
    if column.type in (CellType.TEXT, CellType.LONG):
        return False
    return _meaning(column, one) == _meaning(column, other)


def _meaning(column: Column, cell: Cell) -> object:
    try:
        value = parse(column, cell)
    except Doubt as doubt:
        value = doubt.value
    except Fault:
        return plain(shown(cell))
    if isinstance(value, Figure):
        return (value.in_base, value.unit.dimension, value.bound)
    return value


def _conflict_sheet(conflicts: Sequence[Conflict]) -> Iterator[ExtraSheet]:
    if conflicts:
        lines = tuple((c.sheet, c.row, c.column, c.base_value, c.pack_value, c.pack) for c in conflicts)
        yield ExtraSheet(CONFLICTS, ("表", "行", "列", "总表中的值（保留）", "分表中的值", "来自文件"), lines)


def _left_over_sheet(base: Intake, parts: Sequence[tuple[str, Intake]]) -> Iterator[ExtraSheet]:
    lines = [
        (one.where.file, str(one.where), one.text)
        for intake in (base, *(part for _, part in parts))
        for one in intake.unrecognised
        if one.where.sheet not in (CONFLICTS, LEFT_OVER)
    ]
    if lines:
        yield ExtraSheet(LEFT_OVER, ("文件", "位置", "内容"), tuple(lines))
