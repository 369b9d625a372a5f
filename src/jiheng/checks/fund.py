"""总体资金: the fund block of the goal table adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jiheng.checks.check import Missing, Outcome, check, hit
from jiheng.checks.sums import sum_fault
from jiheng.model import DepartmentYear, FundBlock, Level
from jiheng.rulebook.check_rules import CheckRules

_SUMS = {
    "total": {"基本支出合计": "basic", "项目支出合计": "project"},
    "basic": {"财政拨款": "basic_fiscal", "专户资金": "basic_special_account", "单位资金": "basic_own"},
    "project": {"财政拨款": "project_fiscal", "单位资金": "project_own"},
}
_TITLES = {"total": "总体资金合计", "basic": "基本支出合计", "project": "项目支出合计"}


@check(
    "fund.sum",
    "总体资金各部分之和等于合计",
    level=Level.ERROR,
    basis="整体绩效目标申报表“总体资金情况”：合计等于各部分之和",
    message="“总体资金”表{title}填 {total}，{addends}相加是 {reckoned}，比合计{gap}。{diagnosis}",
    reckoning="{addends}，相加 {reckoned}；{title} {total}。",
    mend="请核对批复的绩效目标申报表，改正{title}或其中一部分。",
)
def block_sum(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """合计 = 基本 + 项目; each = its sources. A source left empty may close the gap; then a person must say."""
    block = year.fund_block
    if replace(block, origin=None) == FundBlock():
        yield Missing("“总体资金”表")
        return
    for total, parts in _SUMS.items():
        whole = getattr(block, total)
        given = {title: getattr(block, name) for title, name in parts.items()}
        if whole is None or not any(figure is not None for figure in given.values()):
            lacks = _TITLES[total] if whole is None else f"{_TITLES[total]}的各部分"
            yield Missing(f"总体资金：{lacks}")
            continue
        fault = sum_fault(whole, given)
        if fault is None:
            continue
        diagnosis = expected = ""
        if fault.expected is not None:
            expected = str(fault.shown(fault.expected))
            diagnosis = f"“{fault.wrong}”应为 {expected}，像是把合计填在了这里。"
        elif fault.is_possible:
            diagnosis = f"“{'”“'.join(fault.absent)}”没有填，差额也许在那里。"
        yield hit(
            block,
            parts.get(fault.wrong, total),
            title=_TITLES[total],
            total=whole,
            addends=fault.addends,
            reckoned=fault.shown(fault.reckoned),
            gap=fault.gap,
            diagnosis=diagnosis,
            quote=whole.text,
            level=Level.WARNING if fault.is_possible else None,
            expected=expected,
            likely_cause="合计误填为其中一项" if fault.wrong else "",
        )
