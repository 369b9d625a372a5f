"""The one door between rows and the engine's records.

Out: a year's rows are laid out as the workbook that `jiheng` would write, and read by the engine's own reader; so a figure
typed in a browser means exactly what it means in the workbook, and every finding's cell leads back to a row and a field.
In: cells are typed in `years.entering`; money in 分 beside them is taken from the engine's records.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from django.db.models import Model

from jiheng.formats import Book, Cell, Sheet, address
from jiheng.intake.reader import Intake, bind_book
from jiheng.intake.workbook import Content
from jiheng.model import DepartmentYear, Finding, SourceFile
from jiheng.rulebook.forms import Column, SheetForm, workbook_form
from jiheng.values import Figure
from jiheng_web.years.entering import cell
from jiheng_web.years.lately import Lately
from jiheng_web.years.models import BIG, Cells, PlainRow, Row, Year, table_of

NAME = "年度数据"
HEADER, FIRST = 3, 4
"""The rows of a sheet as `jiheng.intake.workbook` writes it."""

EVERY: tuple[type[Row], ...] = (*BIG, PlainRow)
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Spot:
    """The row and the field that a finding's cell leads back to. `row_id` is None for a whole sheet."""

    record: str
    row_id: int | None
    field: str


@dataclass(frozen=True, slots=True)
class Slight:
    """What reading needs of a row; `derived` are the columns beside its cells."""

    pk: int
    position: int
    version: int
    cells_text: str
    derived: dict[str, int | None] = field(default_factory=dict)

    @property
    def cells(self) -> Cells:
        """The cells by field."""
        return cast(Cells, json.loads(self.cells_text))


_SLIGHT = ("id", "position", "version", "cells_text")
Slights = dict[str, list[Slight]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read: the numbers of its rows, the words its digest is made of, and what the engine made of it."""

    ids: tuple[int, ...]
    said: bytes
    parts: tuple[Intake, ...]
    records: Any


@dataclass(frozen=True, slots=True)
class Bound:
    """A year's rows as the engine reads them."""

    intake: Intake
    tables: Mapping[str, Table]

    @property
    def ids(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the rows of each table, in order."""
        return {record: table.ids for record, table in self.tables.items()}

    @property
    def digest(self) -> str:
        """The hash of the content that was read."""
        return self.intake.year.source.sha256 if self.intake.year.source else ""

    def spot(self, finding: Finding) -> Spot | None:
        """Where a finding stands among the rows."""
        return self.at(finding.where.sheet, finding.where.cell)

    def at(self, sheet_name: str, place: str) -> Spot | None:
        """The row and the field of a cell of the workbook that the rows would make."""
        sheet = next((one for one in workbook_form().sheets if one.name == sheet_name), None)
        if sheet is None:
            return None
        found = re.match(r"([A-Z]*)(\d+)", place)
        if found is None:
            return Spot(sheet.record, None, "")
        at = int(found[2]) - FIRST
        ids = self.tables[sheet.record].ids if sheet.record in self.tables else ()
        if sheet.kind == "form":
            field = sheet.columns[at].field if 0 <= at < len(sheet.columns) else ""
            return Spot(sheet.record, ids[0] if ids else None, field)
        column = next(
            (c.field for n, c in enumerate(sheet.columns, 1) if found[1] and address(1, n) == f"{found[1]}1"), ""
        )
        return Spot(sheet.record, ids[at] if 0 <= at < len(ids) else None, column)


# --- rows → records ---------------------------------------------------------------------------------------------------


def rows_of(year: Year) -> Rows:
    """All rows of a year by table, in order; one query a table."""
    found: Rows = {}
    for model in BIG:
        found[model.record] = list(model.objects.filter(year=year).order_by("position", "id"))
    for row in PlainRow.objects.filter(year=year).order_by("table", "position", "id"):
        found.setdefault(row.table, []).append(row)
    return found


def slight_rows(year: Year, models: Iterable[type[Row]] = EVERY) -> Slights:
    """The rows of some tables as reading needs them, many times cheaper than whole ones; one query a table."""
    found: Slights = {}
    for model in models:
        rows = model.objects.filter(year=year).order_by("position", "id")
        if model is PlainRow:
            for table, *values in rows.order_by("table", "position", "id").values_list("table", *_SLIGHT):
                found.setdefault(table, []).append(Slight(*values))
        else:
            derived = derived_columns(model)
            found[model.record] = [
                Slight(*values[: len(_SLIGHT)], derived=dict(zip(derived, values[len(_SLIGHT) :], strict=True)))
                for values in rows.values_list(*_SLIGHT, *derived)
            ]
    return found


def digest_of(tables: Mapping[str, Table], state: str) -> str:
    """The hash of a year's whole content."""
    said = hashlib.sha256(state.encode())
    for record in sorted(tables):
        said.update(tables[record].said)
    return said.hexdigest()


def raw_rows(rows: Iterable[Row]) -> list[dict[str, Cell]]:
    """Rows as the workbook's writer and the keys want them."""
    return [{name: cell(value) for name, value in row.cells.items()} for row in rows]


def content_of(rows: Rows) -> Content:
    """The year as the content of a workbook."""
    return Content({record: raw_rows(found) for record, found in rows.items()})


_LATELY: Lately[Bound] = Lately(most=64)
"""By year: its newest reading. Whoever takes it holds its digest against the year's."""


def _lately(year: Year) -> Bound | None:
    known = _LATELY.get(year.pk)
    return known if known is not None and year.digest and known.digest == year.digest else None


def bound(year: Year) -> Bound:
    """The year as the engine reads it. What was read lately is kept, by the hash of its content."""
    known = _lately(year)
    if known is not None:
        return known
    tables = _tables(slight_rows(year))
    digest = digest_of(tables, year.state)
    made = Bound(_whole(SourceFile(NAME, digest), tables), tables)
    if digest == year.digest:  # nobody saved while the rows were being read
        _LATELY.keep(year.pk, made)
    return made


def read(year: Year, rows: Mapping[str, Sequence[Row | Slight]]) -> Bound:
    """Rows that need not be in the database, as the engine reads them."""
    tables = _tables(rows)
    return Bound(_whole(SourceFile(NAME, year.digest), tables), tables)


def reread(year: Year, touched: Collection[type[Model]]) -> tuple[Bound, Slights]:
    """The locked year after a change, its digest set anew; and the rows of the tables that were read for it.

    Tables that nobody wrote to are taken over from what was read before the change, where that is still kept.
    """
    before = _lately(year)
    models = [model for model in EVERY if before is None or model in touched]
    fresh = slight_rows(year, models)
    known = before.tables if before is not None else {}
    tables = {record: table for record, table in known.items() if table_of(record) not in models}
    tables |= _tables(fresh, known)
    year.digest = digest_of(tables, year.state)
    made = Bound(_whole(SourceFile(NAME, year.digest), tables), tables)
    _LATELY.keep(year.pk, made)
    return made, fresh


def _tables(rows: Mapping[str, Sequence[Row | Slight]], known: Mapping[str, Table] | None = None) -> dict[str, Table]:
    found = {record: _table(record, some, (known or {}).get(record)) for record, some in rows.items()}
    return {record: table for record, table in found.items() if table.ids}


def _table(record: str, rows: Sequence[Row | Slight], known: Table | None) -> Table:
    said = "".join(
        f"\x1e{record}\x1f{row.pk}\x1f{row.position}\x1f{row.version}\x1f{row.cells_text}" for row in rows
    ).encode("utf-8", "replace")
    if known is not None and known.said == said:
        return known
    form = next((one for one in workbook_form().sheets if one.record == record), None)
    parts = tuple(_read(form, start, some) for start, some in _pieces(form, rows)) if form and rows else ()
    records: Any = getattr(parts[0].year, record) if parts else ()
    for part in parts[1:]:
        records = records + getattr(part.year, record)
    return Table(tuple(row.pk for row in rows), said, parts, records)


_PARTS: Lately[Intake] = Lately(most=6000)
PIECE = 25


def _pieces(form: SheetForm, rows: Sequence[Row | Slight]) -> Iterator[tuple[int, Sequence[Row | Slight]]]:
    """A table in pieces of at least some rows (`PIECE`), each with the place of its first row.

    A piece begins only at a row that takes nothing over from the rows above it, so each means the same read alone.
    """
    carried = {column.field for column in form.columns if column.carry_down}
    start = 0
    for at in range(PIECE, len(rows)):
        if at - start >= PIECE and carried <= rows[at].cells.keys():
            yield start, rows[start:at]
            start = at
    yield start, rows[start:]


def _read(form: SheetForm, start: int, rows: Sequence[Row | Slight]) -> Intake:
    """A piece of a table, read by the engine; kept by its cells, so that a change reads its own piece anew and no other.

    Tables are read one by one anyway; only the identity is asked of every workbook, so a stand-in gives it. A test holds
    that the pieces make the very year that the whole workbook gives.
    """
    said = hashlib.sha256(f"{form.record} {start}".encode())
    for row in rows:
        said.update(f"\x1e{row.cells_text}".encode("utf-8", "replace"))
    key = said.digest()
    known = _PARTS.get(key)
    if known is None:
        sheet = _sheet(form, rows, start)
        sheets = (sheet,) if form.record == "profile" else (_STAND_IN, sheet)
        known = replace(bind_book(Book(NAME, "", sheets)), rows={})  # the rows are ours already
        _PARTS.keep(key, known)
    return known


def _whole(source: SourceFile, tables: Mapping[str, Table]) -> Intake:
    found = [(form.record, tables[form.record]) for form in workbook_form().sheets if form.record in tables]
    if "profile" not in tables:
        bind_book(Book(NAME, source.sha256, ()))  # refuses, and says why
    records: dict[str, Any] = {record: table.records for record, table in found}
    parts = [part for _, table in found for part in table.parts]
    columns: dict[str, Mapping[str, str]] = {}
    for record, table in found:
        for part in table.parts:
            columns |= {record: part.columns[record]} if record in part.columns else {}
    return Intake(
        DepartmentYear(source=source, **records),
        tuple(one for part in parts for one in part.faults),
        tuple(one for part in parts for one in part.unrecognised),
        {},
        {},
        columns,
    )


def _sheet(form: SheetForm, rows: Sequence[Row | Slight], start: int = 0) -> Sheet:
    cells: list[Cell] = []
    if form.kind == "form":
        given = rows[0].cells
        for at, column in enumerate(form.columns, FIRST):
            cells.append(Cell(at, 1, "s", _title(column), "", ""))
            if column.field in given:
                cells.append(cell(given[column.field], at, 2))
    else:
        cells += (Cell(HEADER, n, "s", _title(column), "", "") for n, column in enumerate(form.columns, 1))
        for at, row in enumerate(rows, FIRST + start):
            given = row.cells
            cells += (cell(given[c.field], at, n) for n, c in enumerate(form.columns, 1) if c.field in given)
    return Sheet(form.name, False, cells, (), frozenset())


def _title(column: Column) -> str:
    return f"{column.title}（{column.unit}）" if column.unit else column.title


_IDENTITY = {"department": "某部门", "region": "110105", "fiscal_year": "2024"}
_STAND_IN = Sheet(
    workbook_form().sheet("profile").name,
    False,
    [
        Cell(at, number, "s", text, "", "")
        for at, (field, value) in enumerate(_IDENTITY.items(), FIRST)
        for number, text in enumerate((_title(workbook_form().sheet("profile").column(field)), value), 1)
    ],
    (),
    frozenset(),
)


# --- amounts for queries ------------------------------------------------------------------------------------------------


def derived_columns(model: type[Row]) -> tuple[str, ...]:
    """The columns of a table that follow from its cells."""
    return (*(f"{name}_fen" for name in model.money), *(("month",) if model.record == "payments" else ()))


def derive(rows: Slights, made: Bound) -> dict[type[Row], list[Slight]]:
    """Set money in 分 (and months) from the engine's records; returns the rows that changed, by table."""
    changed: dict[type[Row], list[Slight]] = {}
    for model in BIG:
        if not derived_columns(model):
            continue
        records = {one.origin.row - FIRST: one for one in getattr(made.intake.year, model.record)}
        for at, row in enumerate(rows.get(model.record, [])):
            found: Any = records.get(at)
            values: dict[str, int | None] = {f"{name}_fen": fen(getattr(found, name, None)) for name in model.money}
            if "month" in row.derived:
                values["month"] = getattr(found, "month", None)
            if row.derived != values:
                row.derived.update(values)
                changed.setdefault(model, []).append(row)
    return changed


def fen(figure: Figure | None) -> int | None:
    """An amount in 分; None where there is none, or where it is finer than 分 (the cell keeps it exactly)."""
    if figure is None:
        return None
    exact = figure.in_base * 100
    return int(exact) if exact == exact.to_integral_value() else None
