"""Cases as data: damage the right year in one place, and say what must be found, or what must be missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, replace
from functools import reduce
from typing import Any

from jiheng.checks import all_checks, run_checks
from jiheng.model import CheckReport, DepartmentYear
from jiheng.rulebook.check_rules import check_rules

from .right_year import FIRST_ROW, origin, right_year

Damage = Callable[[DepartmentYear], DepartmentYear]


# --- damages ----------------------------------------------------------------------------------------------------------


def put(table: str, row: int, **values: Any) -> Damage:
    """Change fields of one row, counted from 0."""

    def damage(year: DepartmentYear) -> DepartmentYear:
        rows = list(getattr(year, table))
        rows[row] = replace(rows[row], **values)
        return replace(year, **{table: tuple(rows)})

    return damage


def form(record: str, **values: Any) -> Damage:
    """Change fields of a form."""
    return lambda year: replace(year, **{record: replace(getattr(year, record), **values)})


def stated(**values: Any) -> Damage:
    """Change what the department states of itself."""
    return form("stated", **values)


def actual(row: int, **values: Any) -> Damage:
    """Change the actual of one indicator."""

    def damage(year: DepartmentYear) -> DepartmentYear:
        return put("indicators", row, actual=replace(year.indicators[row].actual, **values))(year)

    return damage


def clear(record: str, *names: str) -> Damage:
    """Empty fields in every row, or in the form."""

    def emptied(one: Any) -> Any:
        defaults = {field.name: field.default for field in fields(one) if field.default is not MISSING}
        return replace(one, **{name: defaults[name] for name in names})

    def damage(year: DepartmentYear) -> DepartmentYear:
        given = getattr(year, record)
        return replace(year, **{record: tuple(map(emptied, given)) if isinstance(given, tuple) else emptied(given)})

    return damage


def without(*tables: str) -> Damage:
    """Empty whole tables."""
    return lambda year: replace(year, **dict.fromkeys(tables, ()))


def repeat(table: str, row: int, **values: Any) -> Damage:
    """Enter a row a second time below the others, some fields changed."""

    def damage(year: DepartmentYear) -> DepartmentYear:
        rows = getattr(year, table)
        again = replace(rows[row], **values, origin=origin(table, FIRST_ROW + len(rows)))
        return replace(year, **{table: (*rows, again)})

    return damage


def all_of(*damages: Damage) -> Damage:
    """Several changes, in order."""
    return lambda year: reduce(lambda one, damage: damage(one), damages, year)


# --- cases ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """What happens to one check when the right year is damaged.

    **Shape** `finds` lists every finding of every check as "check level sheet!cell"; `says` is the message of the first
    finding of this check; `lacks` the inputs that this check then names.
    """

    kind: str
    check: str
    name: str
    damage: Damage
    finds: tuple[str, ...] = ()
    says: str = ""
    lacks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.check}: {self.name}"


def fails(check: str, name: str, damage: Damage, *finds: str, says: str = "") -> Case:
    """Exactly these findings; a place without a check is one of this check at `level sheet!cell`."""
    return Case("fails", check, name, damage, _in_full(check, finds), says)


def silent(check: str, name: str, damage: Damage) -> Case:
    """Nothing is found, by this check or any other."""
    return Case("silent", check, name, damage)


def rounding(check: str, inside: Damage, outside: Damage, *finds: str) -> tuple[Case, Case]:
    """The last figure that still fits, and one step further."""
    return (
        Case("inside", check, "正好在舍入之内", inside),
        Case("outside", check, "再多一步", outside, _in_full(check, finds)),
    )


def lacks(check: str, damage: Damage, *missing: str) -> Case:
    """This check is not run and names what is missing; it finds nothing and did not pass."""
    return Case("lacks", check, f"缺{'、'.join(missing)}", damage, lacks=missing)


def _in_full(check: str, finds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(find if find.count(" ") == 2 else f"{check} {find}" for find in finds)


def examined(year: DepartmentYear) -> CheckReport:
    """The report of all checks on a year, by the rules of its region."""
    return run_checks(year, check_rules(year.profile.region, year.profile.fiscal_year), all_checks())


def damaged(damage: Damage) -> CheckReport:
    """The report on the right year with one damage."""
    return examined(damage(right_year()))


def places(report: CheckReport) -> list[str]:
    """Every finding as "check level sheet!cell", sorted."""
    return sorted(f"{one.check} {one.level} {one.where}" for one in report.findings)
