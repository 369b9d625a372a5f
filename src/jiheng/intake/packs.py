"""Workbooks for the offices: `packs` splits a year by responsible office.

Most offices have no server, so files travel. Each pack remembers what was sent out (a hidden sheet), so that merging can
tell an office's change from the finance officer's own.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiheng.errors import BadInput
from jiheng.formats import address
from jiheng.intake.cells import shown
from jiheng.intake.headings import takes_unit
from jiheng.intake.quantity import plain, quantity_in
from jiheng.intake.reader import SNAPSHOT, SNAPSHOT_HEADINGS, Intake
from jiheng.intake.workbook import Content, ExtraSheet, RawRow, text_cell
from jiheng.rulebook.forms import CellType, SheetForm, WorkbookForm, workbook_form

SHARED = ("profile", "surveys", "evidence")
"""Sheets that every pack has besides the rows it answers for, so that an office can add its material."""

_LONGEST_KEY, _LONGEST_NAME_BYTES = 200, 70

RowKey = tuple[str, ...]
"""The key fields of a row and, at the end, which of the rows with the same key it is."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One office's part of the year."""

    office: str
    content: Content
    sheets: tuple[SheetForm, ...]


def packs(intake: Intake) -> Iterator[Pack]:
    """One pack for each office or community that the workbook names.

    **Raises** BadInput when it names none, or when something in it could not be passed on as it is.
    """
    form = workbook_form()
    refuse_unread(intake)
    rows = {sheet.record: list(keyed(sheet, found)) for sheet, found in explicit_rows(form, intake)}
    offices = _offices(form, rows)
    if not offices:
        raise BadInput("工作簿里没有填责任科室，不知道分给谁：请在“内设机构”表和各表“责任科室”列填写")
    forms = tuple(sheet for sheet in form.sheets if sheet.record in SHARED or sheet.office or sheet.through)
    project_office = _project_offices(rows)
    for office in offices:
        part = {"profile": rows.get("profile", [])}
        for sheet in forms:
            if sheet.record not in SHARED:
                part[sheet.record] = [
                    (key, row)
                    for key, row in rows.get(sheet.record, [])
                    if _office_of(sheet, row, project_office) == office
                ]
        content = Content(
            {record: [row for _, row in found] for record, found in part.items()}, (_snapshot(form, part),)
        )
        yield Pack(office, content, forms)


def refuse_unread(intake: Intake) -> None:
    """**Raises** BadInput when a sheet could not be read, or a cell holds a formula without a value or an error: such
    cells cannot be passed on as they are.
    """
    name = intake.year.source.name if intake.year.source else ""
    for one in intake.unread:
        raise BadInput(f"“{name}”：{one.message.rstrip('。')}，这样会漏掉内容；{one.mend.rstrip('。')}")
    form = workbook_form()
    for record, rows in intake.rows.items():
        for row in rows:
            for cell in row.cells.values():
                if cell.kind in "fe":
                    at = f"“{form.sheet(record).name}”表 {address(cell.row, cell.column)}"
                    why = "公式还没有计算" if cell.kind == "f" else f"公式出错（{cell.raw}）"
                    raise BadInput(
                        f"“{name}”{at} 的{why}：用 Excel 或 WPS 打开文件，改正、重新计算后保存，或直接填数字"
                    )


def file_names(department: str, year: str, offices: Iterable[str]) -> list[str]:
    """A file name for each office, from texts that may hold anything; no two are the same on any system."""
    names: list[str] = []
    used: set[str] = set()
    for office in offices:
        stem = "-".join(_file_name_part(part) for part in (department, year, office))
        name, count = f"{stem}.xlsx", 1
        while name.casefold() in used:
            count += 1
            name = f"{stem}-{count}.xlsx"
        used.add(name.casefold())
        names.append(name)
    return names


def _file_name_part(text: str) -> str:
    safe = re.sub(r'[\\/:*?"<>|\x00-\x1f\x7f]', "_", text).strip(" .")
    return safe.encode()[:_LONGEST_NAME_BYTES].decode("utf-8", "ignore")


def _offices(form: WorkbookForm, rows: Mapping[str, Sequence[tuple[RowKey, RawRow]]]) -> list[str]:
    names = dict.fromkeys(said(row, "name") for _, row in rows.get("offices", []))
    for sheet in form.sheets:
        if sheet.office:
            names |= dict.fromkeys(said(row, sheet.office) for _, row in rows.get(sheet.record, []))
    return [name for name in names if name]


def _project_offices(rows: Mapping[str, Sequence[tuple[RowKey, RawRow]]]) -> dict[str, str]:
    return {
        name: said(row, "office")
        for _, row in rows.get("projects", [])
        for name in (said(row, "code"), said(row, "name"))
        if name
    }


def _office_of(sheet: SheetForm, row: RawRow, project_office: Mapping[str, str]) -> str:
    own = said(row, sheet.office) if sheet.office else ""
    return own or (project_office.get(said(row, sheet.through), "") if sheet.through else "")


def said(row: RawRow, name: str) -> str:
    """The text of a field in a row; empty when there is none."""
    cell = row.get(name)
    return shown(cell) if cell else ""


def explicit_rows(form: WorkbookForm, intake: Intake) -> Iterator[tuple[SheetForm, list[RawRow]]]:
    """The raw rows, with a unit written behind every number whose heading named another unit than the form does."""
    for sheet in form.sheets:
        units = {
            name: unit
            for name, unit in intake.units.get(sheet.record, {}).items()
            if unit != sheet.column(name).unit and takes_unit(sheet.column(name))
        }
        yield sheet, [_with_units(sheet, row.cells, units) for row in intake.rows.get(sheet.record, ())]


def _with_units(sheet: SheetForm, row: RawRow, units: Mapping[str, str]) -> RawRow:
    changed = dict(row)
    for name, unit in units.items():
        cell = row.get(name)
        if cell is None or cell.kind not in "ns" or (unit == "%" and sheet.column(name).type is CellType.PERCENT):
            continue
        if sheet.column(name).type is CellType.FIGURE and "unit" in row:
            continue
        text = shown(cell)
        quantity = quantity_in(text)
        if quantity and not quantity.unit:
            changed[name] = text_cell(re.sub(r"(\d)(\D*)$", rf"\g<1>{unit}\g<2>", text.strip()))
    return changed


def keyed(sheet: SheetForm, rows: Iterable[RawRow]) -> Iterator[tuple[RowKey, RawRow]]:
    """Rows with their keys: the first key field where it is a code, otherwise all of them; repeats are counted."""
    seen: Counter[RowKey] = Counter()
    for row in rows:
        first = plain(said(row, sheet.key[0])) if sheet.key else ""
        by_code = sheet.key and sheet.key[0] == "code" and first
        key = (first,) if by_code else tuple(plain(said(row, name)) for name in sheet.key)
        seen[key] += 1
        yield (*key, str(seen[key])), row


def packed(key: RowKey) -> str:
    """A row's key as one text that a cell can hold."""
    text = " ¦ ".join(key[:-1])
    if len(text) > _LONGEST_KEY:
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
        text = f"{text[: _LONGEST_KEY // 2]}…{digest}"
    return f"{text} ¦ {key[-1]}"


def first_packed(text: str) -> str:
    """The packed key of the first row with the same key fields."""
    return f"{text.rpartition(' ¦ ')[0]} ¦ 1"


def _snapshot(form: WorkbookForm, part: Mapping[str, Sequence[tuple[RowKey, RawRow]]]) -> ExtraSheet:
    lines = [
        (sheet.record, packed(own_key), packed(key), name, shown(cell))
        for sheet in form.sheets
        for (own_key, row), (key, _) in zip(
            keyed(sheet, (row for _, row in part.get(sheet.record, []))), part.get(sheet.record, []), strict=True
        )
        for name, cell in row.items()
    ]
    return ExtraSheet(SNAPSHOT, SNAPSHOT_HEADINGS, tuple(lines), hidden=True)
