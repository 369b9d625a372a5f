"""From the values of a row to its record; where a field's meaning depends on its neighbours, it is settled here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from jiheng import model
from jiheng.intake.cells import Doubt, Fault
from jiheng.intake.quantity import plain
from jiheng.model import Actual, Comparator, Direction, Indicator, Origin
from jiheng.rulebook.scales import scale_named, scales
from jiheng.values import Bound, Figure

_AMOUNT = re.compile("金额|经费|原值|预算数|支出|总额")
"""Words in the name of a management fact that say it is an amount of money."""
Wrong = Callable[[str, Fault | Doubt], None]

_RECORDS: dict[str, type[Any]] = {
    "profile": model.Profile,
    "offices": model.Office,
    "staffing": model.Staffing,
    "duties": model.Duty,
    "key_tasks": model.KeyTask,
    "policies": model.PolicyBasis,
    "fund_block": model.FundBlock,
    "goals": model.OverallGoal,
    "budget_lines": model.BudgetLine,
    "adjustments": model.Adjustment,
    "projects": model.Project,
    "sub_items": model.SubItem,
    "quantities": model.Quantity,
    "payments": model.Payment,
    "monitoring": model.MonitoringEntry,
    "self_evaluations": model.SelfEvaluation,
    "judged_scores": model.JudgedScore,
    "surveys": model.Survey,
    "management_facts": model.ManagementFact,
    "achievements": model.Achievement,
    "stated": model.StatedResults,
    "problems": model.Problem,
    "evidence": model.Evidence,
    "passages": model.Passage,
}
_ENUMS: dict[tuple[str, str], Callable[[Any], object]] = {
    ("budget_lines", "part"): model.BudgetPart,
    ("adjustments", "part"): model.BudgetPart,
    ("adjustments", "kind"): model.AdjustmentKind,
    ("projects", "status"): model.ProjectStatus,
    ("indicators", "direction"): Direction,
}


def _ignore(_field: str, _problem: Fault | Doubt) -> None:
    return None


def build(record: str, values: Mapping[str, object], origin: Origin, wrong: Wrong = _ignore) -> object:
    """The record of a row. What does not fit is told to `wrong` and left out; the rest of the row stays."""
    given = {name: _ENUMS[record, name](v) if (record, name) in _ENUMS else v for name, v in values.items()}
    if record == "indicators":
        return _indicator(given, origin, wrong)
    if record == "monitoring":
        _split_words(given, "reached", "reached_level")
    elif record == "management_facts":
        _split_answer(given)
        _ask_for_unit(given, wrong)
    for name, value in list(given.items()):
        if isinstance(value, str) and _wants_figure(record, name):
            wrong(name, Fault("数字", "只填数字，单位写在数字后面"))
            del given[name]
    return _RECORDS[record](**given, origin=origin)


def _wants_figure(record: str, name: str) -> bool:
    return (record, name) in (("quantities", "count"), ("achievements", "value"))


def _split_words(values: dict[str, Any], figure: str, words: str) -> None:
    if isinstance(values.get(figure), str):
        values[words] = values.pop(figure)


def _split_answer(values: dict[str, Any]) -> None:
    answer = values.pop("answer", None)
    if isinstance(answer, bool):
        values["answer"] = answer
    elif isinstance(answer, Figure):
        values["figure"] = answer
    elif answer is not None:
        values["text"] = answer


def _ask_for_unit(values: Mapping[str, Any], wrong: Wrong) -> None:
    figure, item = values.get("figure"), values.get("item", "")
    if isinstance(figure, Figure) and figure.value and not figure.unit.symbol and _AMOUNT.search(item):
        mend = f"请在数字后面写上单位，例如 {figure.value:f}万元"
        wrong("answer", Doubt(figure, "没有写单位，不知道是元还是万元，没有用于比较金额", mend))


def _indicator(values: dict[str, Any], origin: Origin, wrong: Wrong) -> Indicator:
    """A goal-table row: 定性 names a scale, everything else a number; the actual likewise."""
    target = values.pop("target", None)
    values["target_text"] = _words(target)
    comparator = values.get("comparator")
    if isinstance(target, Figure):
        comparator = _settle_comparator(target, comparator, wrong)
        values["comparator"] = comparator
        if comparator is Comparator.QUALITATIVE:
            wrong(
                "target",
                Fault(
                    "等级制或等级（性质是“定性”）", "定性指标填等级制，例如 优良中低差；定量指标请把性质改为 ≥、=、≤"
                ),
            )
        else:
            values["target"] = Figure(target.value, target.unit, target.quantum, target.text)
    elif isinstance(target, str):
        _settle_words(target, comparator, values, wrong)
    history = values.get("history")
    if isinstance(history, str):
        del values["history"]
        if comparator is Comparator.QUALITATIVE:
            wrong("history", Doubt(None, "定性指标的历史值没有用于核查", "需要说明的，请写进“偏差原因及改进措施”栏"))
        else:
            wrong("history", Fault("数字", "历史值填数字，没有就空着"))
    rest: dict[str, Any] = {
        name: values.pop(name) for name in ("as_of", "evidence", "deviation_note") if name in values
    }
    if "actual" in values or rest:
        values["actual"] = _actual(values.pop("actual", None), comparator, rest)
    return Indicator(**values, origin=origin)


def _settle_comparator(target: Figure, comparator: Comparator | None, wrong: Wrong) -> Comparator | None:
    written = _written(target)
    if written is None or comparator is None:
        return comparator or written
    upward = (Comparator.AT_LEAST, Comparator.MORE_THAN)
    if comparator is not Comparator.QUALITATIVE and (
        comparator is Comparator.EQUAL or (comparator in upward) is not (written in upward)
    ):
        wrong("target", Fault(f"与性质“{comparator}”一致的指标值", "性质列和指标值里写的方向不同，请改成一致"))
    return comparator


def _written(target: Figure) -> Comparator | None:
    strictly = plain(target.text).startswith((">", "<", "大于", "小于", "超过")) and not re.match(
        "[<>]=|..(或?等于)", plain(target.text)
    )
    if target.bound is Bound.AT_LEAST:
        return Comparator.MORE_THAN if strictly else Comparator.AT_LEAST
    if target.bound is Bound.AT_MOST:
        return Comparator.LESS_THAN if strictly else Comparator.AT_MOST
    return None


def _settle_words(target: str, comparator: Comparator | None, values: dict[str, Any], wrong: Wrong) -> None:
    scale = scale_named(target)
    if scale is not None:
        values["scale"] = scale.name
    elif comparator in (None, Comparator.QUALITATIVE):
        values.setdefault("target_level", target)
    else:
        wrong("target", Fault(f"数字（性质是“{comparator}”）", "只填数字；确实无法量化的，把性质改为“定性”"))


def _actual(value: object, comparator: Comparator | None, rest: Mapping[str, Any]) -> Actual:
    if isinstance(value, Figure) and comparator is not Comparator.QUALITATIVE:
        return Actual(value=value, text=_words(value), **rest)
    words = _words(value)
    graded = comparator is Comparator.QUALITATIVE and any(scale.level_of(words) for scale in scales())
    return Actual(level=words if graded else "", text=words, **rest)


def _words(value: object) -> str:
    return value.text if isinstance(value, Figure) else str(value or "")


def field_names(record: str) -> tuple[str, ...]:
    """The fields a record has, for the contract that every column of the form has its field."""
    return tuple(one.name for one in fields(_RECORDS.get(record, Indicator)))
