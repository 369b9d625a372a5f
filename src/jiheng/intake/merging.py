"""Bringing the offices' workbooks together again, so that nothing entered on either side is lost or altered unsaid.

A cell changed on one side takes the change; changed on both sides to different values it is a conflict: the base's value
stays, and both are listed. So is a cell that an office emptied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jiheng.errors import BadInput
from jiheng.formats import Cell, Sheet
from jiheng.intake.cells import Doubt, Fault, parse, shown
from jiheng.intake.packs import RowKey, explicit_rows, first_packed, keyed, packed, refuse_unread
from jiheng.intake.reader import ADDED, CONFLICTS, LEFT_OVER, TAKEN_OVER, Intake
from jiheng.intake.workbook import Content, ExtraSheet, RawRow
from jiheng.rulebook.forms import CellType, Column, SheetForm, workbook_form
from jiheng.values import Dimension, Figure

EMPTIED = "（已清空）"
_ROW_KINDS = {
    "offices": "机构", "staffing": "人员", "duties": "职责", "key_tasks": "任务", "policies": "依据", "goals": "目标",
    "indicators": "指标", "budget_lines": "支出", "adjustments": "调整", "projects": "项目", "sub_items": "子项",
    "quantities": "分类", "payments": "支付", "monitoring": "监控", "self_evaluations": "自评", "judged_scores": "判定",
    "surveys": "调查", "management_facts": "事项", "achievements": "数据", "problems": "问题", "evidence": "材料",
    "passages": "段落",
}  # fmt: skip
_NAMES, _WIDE = ("name", "text", "title"), ("activity", "task")
_LONGEST_PART = 30
_MOST_COMPARED = 200


@dataclass(frozen=True, slots=True)
class Conflict:
    """One cell with two answers. `cell` is its address in the base, `row` its row in words."""

    sheet: str
    cell: str
    row: str
    column: str
    base_value: str
    pack_value: str
    pack: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One cell that was taken over from a pack, or (with no column) one row that was added."""

    sheet: str
    cell: str
    row: str
    column: str
    before: str
    after: str
    pack: str


@dataclass(slots=True)
class Merged:
    """The outcome of a merge.

    **Shape** what is to be written; what was taken over; what conflicts; which rows did not come back, in words; how
    many formulas were replaced by their values; which files of the folder were not merged.
    """

    content: Content
    taken: list[Taken] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    formulas: int = 0
    skipped: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        """How many cells were taken over."""
        return sum(bool(one.column) for one in self.taken)

    @property
    def added(self) -> int:
        """How many rows were added."""
        return len(self.taken) - self.changed


@dataclass(slots=True)
class _BaseRow:
    """A row of the whole workbook while it is being merged."""

    bare: RowKey
    cells: dict[str, Cell]
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Sent:
    """A row as it was sent out: its key in the base, and the text of each field."""

    base_key: str
    texts: dict[str, str]


def merge(base: Intake, parts: Sequence[tuple[str, Intake]]) -> Merged:
    """Bring packs (file name, intake) back into the base.

    **Raises** BadInput when a pack is of another department or year, or when part of a file could not be read.
    """
    form = workbook_form()
    for intake in (base, *(part for _, part in parts)):
        refuse_unread(intake)
    rows = {
        sheet.record: {
            packed(key): _BaseRow(key[:-1], dict(row), typed.number)
            for (key, row), typed in zip(keyed(sheet, found), base.rows.get(sheet.record, ()), strict=True)
        }
        for sheet, found in explicit_rows(form, base)
    }
    merged = Merged(Content({}))
    left_over = list(_kept_lines(base, LEFT_OVER)) + list(_left_over("", base))
    for name, part in parts:
        _refuse_other_year(base, name, part)
        sent = _sent(part)
        for sheet, found in explicit_rows(form, part):
            if sheet.record == "profile":
                left_over += _profile_notes(sheet, name, rows[sheet.record], found, sent.get(sheet.record, {}))
            else:
                places = (part.columns.get(sheet.record, {}), base.columns.get(sheet.record, {}))
                one = _SheetMerge(merged, sheet, rows[sheet.record], name, *places)
                one.run(found, sent.get(sheet.record, {}))
        left_over += [*_kept_lines(part, LEFT_OVER), *_left_over(name, part)]
    merged.formulas = sum(_formulas(intake) for intake in (base, *(part for _, part in parts)))
    conflicts = [(c.sheet, c.cell, c.row, c.column, c.base_value, c.pack_value, c.pack) for c in merged.conflicts]
    taken = [(t.sheet, t.cell, t.row, t.column or "（新增一行）", t.before, t.after, t.pack) for t in merged.taken]
    extra = (
        ExtraSheet(CONFLICTS, ADDED[CONFLICTS],
                   tuple(dict.fromkeys([*_kept_lines(base, CONFLICTS), *conflicts]))),
        ExtraSheet(TAKEN_OVER, ADDED[TAKEN_OVER],
                   tuple(dict.fromkeys([*_kept_lines(base, TAKEN_OVER), *taken]))),
        ExtraSheet(LEFT_OVER, ADDED[LEFT_OVER], tuple(dict.fromkeys(left_over))),
    )  # fmt: skip
    content = {record: [row.cells for row in found.values()] for record, found in rows.items()}
    merged.content = Content(content, tuple(sheet for sheet in extra if sheet.rows))
    return merged


def _refuse_other_year(base: Intake, name: str, part: Intake) -> None:
    ours, theirs = base.year.profile, part.year.profile
    if (ours.department, ours.region, ours.fiscal_year) != (theirs.department, theirs.region, theirs.fiscal_year):
        raise BadInput(
            f"“{name}”是“{theirs.department}”（{theirs.region}）{theirs.fiscal_year}年的，与“{ours.department}”"
            f"（{ours.region}）{ours.fiscal_year}年的工作簿不能合并：请核对文件夹里的文件"
        )


def _formulas(intake: Intake) -> int:
    return sum(bool(cell.formula) for rows in intake.rows.values() for row in rows for cell in row.cells.values())


def _sent(part: Intake) -> dict[str, dict[str, _Sent]]:
    """What the pack was sent out with: by record and the row's key in the pack."""
    sent: dict[str, dict[str, _Sent]] = {}
    for line in _lines(part.snapshot):
        record, own_key, base_key, name, text = (line.get(column, "") for column in range(1, 6))
        sent.setdefault(record, {}).setdefault(own_key, _Sent(base_key, {})).texts[name] = text
    return sent


def _lines(sheet: Sheet | None) -> Iterator[dict[int, str]]:
    lines: dict[int, dict[int, str]] = {}
    for cell in sheet.cells if sheet else ():
        lines.setdefault(cell.row, {})[cell.column] = cell.raw
    yield from list(lines.values())[1:]


# --- one sheet of one pack --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _SheetMerge:
    """Merges one sheet of one pack into the base's rows; a base row takes part once only."""

    merged: Merged
    sheet: SheetForm
    rows: dict[str, _BaseRow]
    pack: str
    columns: Mapping[str, str]
    places: Mapping[str, str]
    taken: set[str] = field(default_factory=set)

    def run(self, found: Iterable[RawRow], sent: Mapping[str, _Sent]) -> None:
        pairs, new, missing = _pairs(self.sheet, found, sent)
        self.taken.update(one.base_key for _, one in pairs)
        for row, one in pairs:
            if one.base_key in self.rows:
                self._sent_row(self.rows[one.base_key], row, one.texts)
            else:
                new.append(row)
        if new:
            by_bare: dict[RowKey, list[str]] = defaultdict(list)
            for key, base_row in self.rows.items():
                by_bare[base_row.bare].append(key)
            for row in new:
                self._new_row(row, by_bare)
        for one in missing:
            if one.base_key in self.rows:
                mine = self.rows[one.base_key]
                at = f"第 {mine.number} 行" if mine.number else ""
                self.merged.missing.append(f"“{self.sheet.name}”表{at} {self._in_words(mine)}（{self.pack}）")

    def _sent_row(self, mine: _BaseRow, row: RawRow, sent: Mapping[str, str]) -> None:
        for name, theirs in row.items():
            column, ours = self.sheet.column(name), mine.cells.get(name)
            if ours is not None and _same(column, ours, theirs):
                continue
            before = sent.get(name)
            if before is not None and _same_text(shown(theirs), before):
                continue  # the base changed or emptied it, the office did not
            base_is_as_sent = ours is None if before is None else ours is not None and _same_text(shown(ours), before)
            if base_is_as_sent:
                self._take(mine, name, theirs)
            else:
                self._conflict(mine, name, shown(theirs))
        for name in sent:
            if name not in row and name in self.columns and name in mine.cells:
                self._conflict(mine, name, EMPTIED)

    def _new_row(self, row: RawRow, by_bare: dict[RowKey, list[str]]) -> None:
        """A row that was not sent out: already in the base, a supplement to it, at odds with it, or really new."""
        (key, _), *_ = keyed(self.sheet, [row])
        bare = key[:-1]
        free = [other for other in by_bare[bare] if other not in self.taken]
        for other in free[:_MOST_COMPARED]:
            if not self._differing(self.rows[other], row, missing_too=True):
                self.taken.add(other)
                return
        if not free:
            key = (*bare, str(len(by_bare[bare]) + 1))
            self.rows[packed(key)] = _BaseRow(bare, dict(row))
            by_bare[bare].append(packed(key))
            self.taken.add(packed(key))
            words = self._in_words(self.rows[packed(key)])
            self.merged.taken.append(Taken(self.sheet.name, "", words, "", "", "", self.pack))
            return
        self.taken.add(free[0])
        mine = self.rows[free[0]]
        at_odds = self._differing(mine, row, missing_too=False)
        for name in self._differing(mine, row, missing_too=True):
            if at_odds:
                self._conflict(mine, name, shown(row[name]))
            else:
                self._take(mine, name, row[name])

    def _differing(self, mine: _BaseRow, row: RawRow, *, missing_too: bool) -> list[str]:
        return [
            name
            for name, theirs in row.items()
            if ((ours := mine.cells.get(name)) is None and missing_too)
            or (ours is not None and not _same(self.sheet.column(name), ours, theirs))
        ]  # fmt: skip

    def _take(self, mine: _BaseRow, name: str, theirs: Cell) -> None:
        at = (self.sheet.name, self._address(mine, name), self._in_words(mine), self.sheet.column(name).title)
        before = shown(mine.cells[name]) if name in mine.cells else ""
        mine.cells[name] = theirs
        self.merged.taken.append(Taken(*at, before, shown(theirs), self.pack))

    def _conflict(self, mine: _BaseRow, name: str, theirs: str) -> None:
        ours = shown(mine.cells[name]) if name in mine.cells else ""
        at = (self.sheet.name, self._address(mine, name), self._in_words(mine), self.sheet.column(name).title)
        self.merged.conflicts.append(Conflict(*at, ours, theirs, self.pack))

    def _address(self, row: _BaseRow, name: str) -> str:
        """Where a field of a row stands in the base; empty for a row or a column that the base did not have."""
        place = self.places.get(name, "")
        if not row.number or not place:
            return place if place[-1:].isdigit() else ""
        return f"{place}{row.number}"

    def _in_words(self, row: _BaseRow) -> str:
        """A row by what it is called: 指标“I6 群众满意度”."""
        kind = _ROW_KINDS.get(self.sheet.record, "")
        fields = dict.fromkeys(("code", *(name for name in self.sheet.key if name not in _WIDE), *_NAMES))
        texts = [shown(row.cells[name]) for name in fields if name in row.cells]
        return f"{kind}“{' '.join(text[:_LONGEST_PART] for text in texts if text)}”"


def _pairs(
    sheet: SheetForm, found: Iterable[RawRow], sent: Mapping[str, _Sent]
) -> tuple[list[tuple[RawRow, _Sent]], list[RawRow], list[_Sent]]:
    """Rows with what was sent out of them, rows that were not sent, and what did not come back.

    Rows with the same key are paired by what they hold, for one of them may have been deleted.
    """
    came: dict[str, list[RawRow]] = defaultdict(list)
    went: dict[str, list[_Sent]] = defaultdict(list)
    for key, row in keyed(sheet, found):
        came[first_packed(packed(key))].append(row)
    for own_key, one in sent.items():
        went[first_packed(own_key)].append(one)
    pairs: list[tuple[RawRow, _Sent]] = []
    new: list[RawRow] = []
    missing: list[_Sent] = []
    for group in dict.fromkeys((*came, *went)):
        rows, originals = came.get(group, []), went.get(group, [])
        if len(rows) > 1 or len(originals) > 1:
            rows, originals = _by_likeness(rows, originals)
        pairs += zip(rows, originals, strict=False)
        new += rows[len(originals) :]
        missing += originals[len(rows) :]
    return pairs, new, missing


def _by_likeness(rows: list[RawRow], originals: list[_Sent]) -> tuple[list[RawRow], list[_Sent]]:
    """Both lists, reordered so that the rows most alike stand at the same place."""
    if max(len(rows), len(originals)) > _MOST_COMPARED:
        return rows, originals
    scores = sorted(
        (-sum(_same_text(shown(c), one.texts.get(n, "")) for n, c in row.items()), abs(i - j), i, j)
        for i, row in enumerate(rows)
        for j, one in enumerate(originals)
    )
    left, right, order = set(range(len(rows))), set(range(len(originals))), []
    for _, _, i, j in scores:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            order.append((i, j))
    return (
        [rows[i] for i in (*(i for i, _ in order), *sorted(left))],
        [originals[j] for j in (*(j for _, j in order), *sorted(right))],
    )


# --- when two cells say the same --------------------------------------------------------------------------------------


def _same(column: Column, one: Cell, other: Cell) -> bool:
    if _same_text(shown(one), shown(other)):
        return True
    if column.type in (CellType.TEXT, CellType.LONG):
        return False
    return _meaning(column, one) == _meaning(column, other)


def _same_text(one: str, other: str) -> bool:
    return one == other or _lines_alike(one) == _lines_alike(other)


def _lines_alike(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _meaning(column: Column, cell: Cell) -> object:
    try:
        value = parse(column, cell)
    except Doubt as doubt:
        value = doubt.value
    except Fault:
        return shown(cell)
    if isinstance(value, Figure):
        unit = value.unit.symbol if value.unit.dimension is Dimension.OTHER else value.unit.dimension
        return (value.in_base, unit, value.bound)
    return value


# --- what no field took -----------------------------------------------------------------------------------------------


def _kept_lines(base: Intake, name: str) -> Iterator[tuple[str, ...]]:
    width = len(ADDED[name])
    for sheet in base.kept:
        if sheet.name == name:
            for line in _lines(sheet):
                yield tuple(line.get(column, "") for column in range(1, width + 1))


def _left_over(file: str, intake: Intake) -> Iterator[tuple[str, ...]]:
    kept = {sheet.name for sheet in intake.kept} if not file else set()
    for one in intake.unrecognised:
        if one.where.sheet not in kept:
            yield one.where.file, str(one.where), one.text


def _profile_notes(
    sheet: SheetForm, file: str, base: Mapping[str, _BaseRow], found: Iterable[RawRow], sent: Mapping[str, _Sent]
) -> Iterator[tuple[str, ...]]:
    """What an office wrote about itself on the first sheet; the department's own stays as it is."""
    ours = next(iter(base.values())).cells
    before = next(iter(sent.values())).texts if sent else {}
    for row in found:
        for name, cell in row.items():
            known = (before.get(name, ""), shown(ours[name]) if name in ours else "")
            if not any(_same_text(shown(cell), text) for text in known):
                yield file, f"{sheet.name}“{sheet.column(name).title}”", shown(cell)
