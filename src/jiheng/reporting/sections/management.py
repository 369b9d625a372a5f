"""四、预算管理情况分析: the management facts as sentences, and the two rates with their formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiheng.model import BudgetPart, ManagementFact
from jiheng.model.named_figures import final_of
from jiheng.model.report import Block, Paragraph, Text
from jiheng.reporting.sections.context import Context, as_given, count, lacking, listed, paragraph, phrase, say
from jiheng.reporting.sections.execution import NAMED

FINANCE = (
    "财务管理制度健全性",
    ("预算资金管理办法已建立", "财务管理制度健全", "现行财务管理制度数量", "会计核算制度完整"),
)
LAWFUL = ("资金使用合规性和安全性", ("资金拨付审批手续完整", "重大开支经过评估论证", "三重一大事项集体决策", "专款专用", "专户管理", "独立核算",
          "存在截留挤占挪用或虚列支出", "审计或检查发现问题数", "政府采购预算金额", "政府采购实际金额"))  # fmt: skip
ACCOUNTS = ("会计基础信息完善性", ("会计资料真实完整", "专项资金账页已建立"))
ASSETS = (
    "",
    (
        "固定资产账面原值",
        "资产卡片原值合计",
        "在用固定资产原值",
        "资产盘点差异件数",
        "账证相符",
        "账账相符",
        "账实相符",
        "资产处置按规定报批",
    ),
)
PERFORMANCE = (
    "",
    (
        "项目总数",
        "设定绩效目标的项目数",
        "开展绩效监控的项目数",
        "开展绩效自评的项目数",
        "从事绩效管理的专职人员数",
        "绩效管理培训场次",
    ),
)


def _facts(context: Context, items: Sequence[str]) -> list[ManagementFact]:
    known = {fact.item: fact for fact in context.year.management_facts}
    return [known[item] for item in items if item in known]


def _told(fact: ManagementFact) -> Text:
    """A fact in the words of its question: yes or no, or the figure. Nothing is added to it."""
    note = f"（{phrase(fact.note)}）" if fact.note else ""
    if fact.figure is not None:
        figure = as_given(fact.item, fact.figure, fact.origin, "answer")
        return say("{item}为{figure}{note}", item=fact.item, figure=figure, note=note)
    if fact.answer is None:
        return (f"{fact.item}：{phrase(fact.text)}{note}",)
    if fact.item.startswith("存在"):
        return (f"{'存在' if fact.answer else '不存在'}{fact.item[2:]}的情况{note}",)
    return (f"{fact.item}{note}" if fact.answer else f"尚未做到“{fact.item}”{note}",)


def _part(context: Context, lead: str, items: Sequence[str], what: str) -> Iterator[Block]:
    facts = _facts(context, items)
    if facts:
        start: Text = (lead,) if lead else ()
        yield Paragraph((*start, *listed([_told(fact) for fact in facts], "；"), "。"))
    else:
        yield lacking(f"{what}的情况没有填写，请填“管理情况”表的{'、'.join(items[:4])}{'等' if len(items) > 4 else ''}")


def finance(context: Context) -> Iterator[Block]:
    """财务管理 in its three parts."""
    for number, (title, items) in enumerate((FINANCE, LAWFUL, ACCOUNTS), 1):
        yield from _part(context, f"{number}.{title}。", items, title)


def assets(context: Context) -> Iterator[Block]:
    """资产管理."""
    yield from _part(context, "", ASSETS[1], "资产管理")


def performance(context: Context) -> Iterator[Block]:
    """绩效管理, with the monitoring rounds on record."""
    yield from _part(context, "", PERFORMANCE[1], "绩效管理")
    rounds = list(dict.fromkeys(one.round for one in context.year.monitoring))
    if rounds:
        yield paragraph("开展绩效运行监控：{rounds}。", rounds="、".join(rounds))


def carryover(context: Context) -> Iterator[Block]:
    """结转结余率 with its formula; what the department states stands beside it where the two differ."""
    reckoned, stated = context.named.get("结转结余率"), context.year.stated.carryover_rate
    if reckoned is None:
        yield lacking("“预算执行”表没有填写年末结转、年末结余，结转结余率无法计算")
        if stated is not None:
            yield paragraph(
                "本部门自报结转结余率{stated}。",
                stated=as_given("自报结转结余率", stated, context.year.stated.origin, "carryover_rate"),
            )
        return
    yield paragraph(
        "结转结余率＝（年末结转＋年末结余）÷支出预算数（全年）×100%＝{rate}。", rate=context.figure("结转结余率") or ""
    )
    if stated is not None and not stated.interval.holds(reckoned.value):
        yield paragraph(
            "本部门自报结转结余率{stated}，与按账表计算的不一致，请核对。",
            stated=as_given("自报结转结余率", stated, context.year.stated.origin, "carryover_rate"),
        )


def variance(context: Context) -> Iterator[Block]:
    """部门预决算差异率 on the initial budget, explained by the adjustments."""
    yield from _variance(context)
    if "预决算差异率" not in context.named:
        yield from context.doubts("rates.variance", "rates.implied_budget")


def _variance(context: Context) -> Iterator[Block]:
    year = context.year
    reckoned, stated = context.named.get("预决算差异率"), year.stated.budget_final_variance
    line = year.budget(BudgetPart.TOTAL)
    own: Text = as_given("自报预决算差异率", stated, year.stated.origin, "budget_final_variance") if stated else ()
    if reckoned is None or line is None:
        yield lacking("年初预算数或决算数没有填写，部门预决算差异率无法计算")
        if own:
            yield paragraph("本部门自报预决算差异率{stated}。", stated=own)
        return
    final, field = final_of(line)
    amount = context.amount("决算数", final, line.origin, field) if final else ""
    yield paragraph("部门预决算差异率＝（决算数－年初预算数）÷年初预算数×100%＝{rate}，其中决算数{final}，年初预算数{initial}。",
                    rate=context.figure("预决算差异率") or "", final=amount, initial=context.figure("年初预算数") or "")  # fmt: skip
    if stated is not None and not stated.interval.holds(reckoned.value):
        yield paragraph("本部门自报预决算差异率{stated}，与按账表计算的不一致，请核对。", stated=own)
    sized = sorted(year.adjustments, key=lambda one: one.amount.in_base if one.amount else 0, reverse=True)
    reasons = list(dict.fromkeys(phrase(one.reason) for one in sized if one.reason))
    if reckoned.value and reasons:
        number = count("调整事由", len(reasons), "项", "预算调整表")
        more = say("等{number}", number=number) if len(reasons) > NAMED else ()
        told = "；".join(reasons[:NAMED])
        yield paragraph("本年预算调整中金额较大的事项：{told}{more}。", told=told, more=more)
    elif reckoned.value:
        yield lacking("“预算调整”表没有填写调整事由，差异的原因无法说明")
