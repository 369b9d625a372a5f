"""指标库: indicators of earlier years and common ones, to be taken over; last year's figures beside this year's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from jiheng.errors import BadInput
from jiheng.rulebook.forms import workbook_form
from jiheng.rulebook.library import indicator_libraries
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import Action
from jiheng_web.years import entering
from jiheng_web.years.models import Cells, IndicatorRow, Row, Year
from jiheng_web.years.services import last_position, new_row, owns, writing
from jiheng_web.years.states import is_locked

FORM = workbook_form().sheet("indicators")
_TAKEN = ("activity", "task", "dimension", "category", "name", "comparator", "unit", "direction", "target_level", "method",
          "data_source", "demand_driven", "office", "code")  # fmt: skip
_MOST = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """One indicator that can be taken over. `target` and `actual` are those of the year it comes from."""

    id: str
    cells: Cells = field(repr=False)
    target: str = ""
    actual: str = ""
    words: str = ""
    is_here: bool = False

    def said(self, name: str) -> str:
        """The text of a field."""
        return entering.said(self.cells, name)

    @property
    def name(self) -> str:
        """三级指标."""
        return self.said("name")

    @property
    def dimension(self) -> str:
        """一级指标."""
        return self.said("dimension")

    @property
    def category(self) -> str:
        """二级指标."""
        return self.said("category")

    @property
    def comparator(self) -> str:
        """指标性质."""
        return self.said("comparator")

    @property
    def unit(self) -> str:
        """度量单位."""
        return self.said("unit")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Offers of one source."""

    title: str
    note: str
    offers: tuple[Offer, ...]


def previous_year(year: Year) -> Year | None:
    """The department's year before."""
    return Year.objects.filter(department_id=year.department_id, fiscal_year=year.fiscal_year - 1).first()


@dataclass(frozen=True, slots=True)
class Before:
    """What an indicator had last year."""

    target: str
    actual: str

    def __bool__(self) -> bool:
        return bool(self.target or self.actual)


def last_year(year: Year, rows: Iterable[Row]) -> dict[int, Before]:
    """Row → last year's target and actual: from the year before (by code, otherwise by project and name), or as the row tells."""
    earlier = previous_year(year)
    known: dict[tuple[str, str], Row] = {}
    if earlier is not None:
        for one in IndicatorRow.objects.filter(year=earlier).order_by("-position"):
            known[one.project, one.name] = one
            if one.code:
                known["#", one.code] = one
    found: dict[int, Before] = {}
    for row in rows:
        cells = row.cells
        same = (known.get(("#", row.code)) if row.code else None) or known.get((row.project, row.name))
        if same is not None and same.name == row.name:
            found[row.pk] = Before(_with_unit(same.cells, "target"), _with_unit(same.cells, "actual"))
        elif "history" in cells:
            found[row.pk] = Before("", _with_unit(cells, "history"))
    return found


def _with_unit(cells: Cells, name: str) -> str:
    text, unit = entering.spaced(FORM.column(name), entering.said(cells, name)), entering.said(cells, "unit")
    return f"{text}{unit}" if text and unit and text[-1:].isdigit() else text


def shelves(year: Year, sought: str = "") -> list[Shelf]:
    """All offers: last year's first, then other years', then the common ones."""
    here = {(row.project, row.name) for row in IndicatorRow.objects.filter(year=year)}
    found = []
    others = Year.objects.filter(department_id=year.department_id).exclude(pk=year.pk).order_by("-fiscal_year")
    for other in others[:3]:
        rows = IndicatorRow.objects.filter(year=other, project="").order_by("position", "id")
        offers = tuple(_offer(row, here) for row in rows if _matches(sought, row.name, row.cells))
        found.append(
            Shelf(f"{other.fiscal_year} 年的部门指标", "带着当年的指标值和完成值，加入后新的指标值自己填", offers)
        )
    for at, library in enumerate(indicator_libraries()):
        offers = tuple(
            Offer(f"common:{at}:{number}", cells, words=one.words, is_here=("", one.name) in here)
            for number, one in enumerate(library.indicators)
            if _matches(sought, f"{one.name} {one.words}", cells := _plain(one))
        )
        found.append(Shelf("常用指标", library.source, offers))
    return found


def _plain(one) -> Cells:
    given = {"dimension": one.dimension, "category": one.category, "name": one.name, "comparator": one.comparator,
             "unit": one.unit}  # fmt: skip
    return {name: text for name, text in given.items() if text}


def _offer(row: Row, here: set[tuple[str, str]]) -> Offer:
    cells = row.cells
    return Offer(
        f"row:{row.pk}",
        cells,
        _with_unit(cells, "target"),
        _with_unit(cells, "actual"),
        is_here=(row.project, row.name) in here,
    )


def _matches(sought: str, name: str, cells: Cells) -> bool:
    text = " ".join((name, entering.said(cells, "dimension"), entering.said(cells, "category")))
    return all(word in text for word in sought.split())


def take_over(actor: Actor, year: Year, ids: Iterable[str]) -> int:
    """Add the chosen indicators at the end, without target and weight; returns how many.

    **Raises** BadInput when none was chosen, or indicators are locked.
    """
    actor.require(Action.EDIT_ROWS, year.department)
    if is_locked(year.state, FORM.record):
        raise BadInput(f"现在是“{year.state}”，“{FORM.name}”不能加行")
    known = {one.id: one for shelf in shelves(year) for one in shelf.offers}
    chosen = [known[one] for one in dict.fromkeys(ids) if one in known]
    if not chosen:
        raise BadInput("没有选中指标：在左边打勾，再点“加入”")
    if len(chosen) > _MOST:
        raise BadInput(f"一次最多加入 {_MOST} 个")
    offices = actor.offices(year.department)
    with writing(actor, year, "从指标库加入") as (locked, note):
        position = last_position(locked, FORM)
        for number, one in enumerate(chosen, 1):
            cells = {name: one.cells[name] for name in _TAKEN if name in one.cells}
            if "actual" in one.cells:
                cells["history"] = one.cells["actual"]
            if offices and not owns(actor, locked, FORM, cells):
                cells[FORM.office] = min(offices)
            new_row(locked, FORM, position + number, cells, actor).save()
            note.changes.append({"table": FORM.name, "row": one.name, "field": "", "before": "", "after": "新增"})
        note.subject = f"{FORM.name}：{len(chosen)} 个"
    return len(chosen)
