"""二、当年预算执行情况."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.execution import AMOUNTS
from jiheng.model import AdjustmentKind, BudgetPart, DepartmentYear, Project
from jiheng.model.named_figures import cell_of, final_of
from jiheng.model.report import Block, Chart, Paragraph, Text
from jiheng.reporting import charts
from jiheng.reporting.sections.context import (
    Context,
    bare,
    centre,
    count,
    head,
    lacking,
    listed,
    paragraph,
    phrase,
    rate,
    right,
    say,
    sentence,
    table,
)
from jiheng.values import Figure, Money, exact_money
from jiheng.values.units import WAN_YUAN

_PARTS = (BudgetPart.BASIC, BudgetPart.PROJECT, BudgetPart.OTHER)
NAMED = 6
"""Documents or reasons named in a sentence; how many there are in all is said."""

LAGGARDS = 10
"""The report names at most so many projects with low execution; the annex has them all."""


def execution(context: Context) -> Iterator[Block]:
    """全年预算数, 资金总体支出, 执行率, the bridge, the parts, and which projects lag."""
    line = context.year.budget(BudgetPart.TOTAL)
    if line is None or (line.annual_budget is None and line.executed is None):
        yield lacking("“预算执行”表没有填写合计行的全年预算数和执行数")
        return
    yield Paragraph((*_with_parts(context, "全年预算数", "annual_budget", "预算数"),
                     *_with_parts(context, "资金总体支出", "executed", ""), *_rate(context)))  # fmt: skip
    yield from context.errors("execution.")
    yield from _stated_rate(context)
    yield from _bridge(context)
    yield from _parts_table(context)
    yield from _progress_chart(context)
    yield from _laggards(context)


def _with_parts(context: Context, title: str, field: str, suffix: str) -> Text:
    """ "2023年全年预算数…万元，其中，基本支出预算数…": the total with whatever parts are given."""
    year = context.year
    prefix = f"{year.profile.fiscal_year}年" if field == "annual_budget" else ""
    whole = _amount(context, BudgetPart.TOTAL, field)
    if not whole:
        return (f"【待补】{title}没有填写。",)
    parts = [say("{part}{suffix}{amount}", part=str(part), suffix=suffix, amount=amount)
             for part in _PARTS if (amount := _amount(context, part, field))]  # fmt: skip
    inner = say("，其中，{parts}", parts=listed(parts, "，")) if parts else ()
    return say("{prefix}{title}{whole}{inner}。", prefix=prefix, title=title, whole=whole, inner=inner)


def _amount(context: Context, part: BudgetPart, field: str) -> Text:
    line = context.year.budget(part)
    figure = getattr(line, field) if line else None
    return (
        (context.amount(f"{part}{AMOUNTS[field]}", figure, line.origin, field),) if line and figure is not None else ()
    )


def _rate(context: Context) -> Text:
    figure = context.figure("执行率")
    return (
        say("预算执行率为{rate}（执行数÷全年预算数）。", rate=figure)
        if figure
        else ("【待补】缺少预算数或执行数，执行率无法计算。",)
    )


def _stated_rate(context: Context) -> Iterator[Block]:
    stated, reckoned = context.year.stated.execution_rate, context.named.get("执行率")
    if stated is None or reckoned is None or stated.interval.holds(reckoned.value):
        return
    yield paragraph("本部门自报预算执行率{stated}，与按账表计算的{reckoned}不一致，请核对。",
                    stated=str(stated), reckoned=context.figure("执行率") or "")  # fmt: skip


def _bridge(context: Context) -> Iterator[Block]:
    """年初 → 追加、调减 → 全年 → 决算, with what the adjustments leave unexplained."""
    year, line = context.year, context.year.budget(BudgetPart.TOTAL)
    if line is None or line.annual_budget is None:
        return
    if line.initial_budget is None:
        yield lacking("年初预算数没有填写，从年初预算到全年预算的变动无法说明")
        return
    initial, annual = line.initial_budget.money, line.annual_budget.money
    steps = [text for kind in AdjustmentKind if (text := _adjusted(context, kind))]
    change = annual - initial
    words = "未作调整" if change.fen == 0 and not steps else (listed(steps, "，") if steps else _moved(context, change))
    final, field = final_of(line)
    end: Text = say("；决算数{final}", final=context.amount("决算数", final, line.origin, field)) if final else ()
    yield paragraph(
        "预算调整情况：年初预算数{initial}，年中{words}，全年预算数{annual}{end}。",
        initial=context.amount("年初预算数", line.initial_budget, line.origin, "initial_budget"),
        words=words,
        annual=context.amount("全年预算数", line.annual_budget, line.origin, "annual_budget"),
        end=end,
    )
    explained = Money.total(_signed(year))
    if steps and explained != change:
        gap = abs((change - explained).yuan)
        yield paragraph(
            "各笔调整相加与年初、全年预算数之差不符，相差{gap}，尚待说明。",
            gap=_money(context, "没有说明的调整", Money(gap), "年初、全年预算数与预算调整表之差"),
        )
    documents = list(dict.fromkeys(one.document_number for one in year.adjustments if one.document_number))
    if documents:
        number = count("调整文件", len(documents), "份", "预算调整表文号")
        more = say("等{number}文件", number=number) if len(documents) > NAMED else ()
        yield paragraph("调整依据：{documents}{more}。", documents="、".join(documents[:NAMED]), more=more)


def _signed(year: DepartmentYear) -> Iterator[Money]:
    for one in year.adjustments:
        if one.amount is not None:
            yield one.amount.money if one.kind.sign > 0 else -one.amount.money


def _adjusted(context: Context, kind: AdjustmentKind) -> Text:
    some = [one.amount.money for one in context.year.adjustments if one.kind is kind and one.amount is not None]
    if not some:
        return ()
    times = count(f"{kind}笔数", len(some), "笔", "预算调整表")
    return say(
        "{kind}{times}共{sum}",
        kind=str(kind),
        times=times,
        sum=_money(context, f"{kind}合计", Money.total(some), f"预算调整表，{kind}各笔相加"),
    )


def _moved(context: Context, change: Money) -> Text:
    word = "调增" if change.fen > 0 else "调减"
    amount = _money(context, word, Money(abs(change.yuan)), "全年预算数减年初预算数")
    return say("{word}{amount}（没有列明调整的文号）", word=word, amount=amount)


def _money(context: Context, name: str, money: Money, source: str) -> Text:
    figure = context.amount(name, exact_money(money, WAN_YUAN), None, "")
    return (
        type(figure)(
            text=figure.text, value=figure.value, unit=figure.unit, places=figure.places, name=name, source=source
        ),
    )


def _parts_table(context: Context) -> Iterator[Block]:
    rows = []
    for part in (*_PARTS, BudgetPart.TOTAL):
        line = context.year.budget(part)
        if line is None or (line.annual_budget is None and line.executed is None):
            continue
        share: Text = ("—",)
        if line.annual_budget is not None and line.executed is not None and line.annual_budget.in_base:
            where = f"{cell_of(line.origin, 'executed')} ÷ {cell_of(line.origin, 'annual_budget')}"
            share = (rate(f"{part}执行率", line.executed.in_base, line.annual_budget.in_base, where),)
        cells = [
            right(*(_bare(_amount(context, part, field)) or ("—",)))
            for field in ("initial_budget", "annual_budget", "executed")
        ]
        rows.append((centre(str(part)), *cells, right(*_bare(share))))
    if len(rows) < 2:
        return
    header = head("支出类别", "年初预算数", "全年预算数", "执行数", "执行率（%）")
    shown = table(
        context.numbered("表", "预算执行情况"),
        (18, 22, 22, 22, 16),
        header,
        rows,
        unit="万元",
        note="“—”表示没有填写或不适用。",
    )
    bars = [
        charts.Executed(str(part), line.annual_budget.money.wan, line.executed.money.wan)
        for part in _PARTS
        if (line := context.year.budget(part)) and line.annual_budget and line.executed and line.annual_budget.in_base
    ]
    if not bars:
        yield shown
        return
    title = context.numbered("图", "各类支出的全年预算数与执行数")
    yield Chart(title=title, spec=charts.execution_by_part(title, bars), behind=shown)


def _bare(text: Text) -> Text:
    return tuple(part if isinstance(part, str) else bare(part) for part in text)


def _progress_chart(context: Context) -> Iterator[Block]:
    """Cumulative payments by month against 序时, where the payments of the year are given."""
    year, line = context.year, context.year.budget(BudgetPart.TOTAL)
    paid: dict[int, Decimal] = {}
    for one in year.payments:
        if one.paid is not None and one.month:
            paid[one.month] = paid.get(one.month, Decimal(0)) + one.paid.money.wan
    project = year.budget(BudgetPart.PROJECT)
    budget = project.annual_budget if project else line.annual_budget if line else None
    if len(paid) < 6 or budget is None or not budget.in_base:
        return
    reached, rows = Decimal(0), []
    points: list[tuple[int, Decimal | None]] = []
    for month in range(1, 13):
        reached += paid.get(month, Decimal(0))
        actual = rate(
            f"{month}月累计支付进度", reached, budget.money.wan, "支付进度表各月实际支付累计 ÷ 项目支出全年预算数"
        )
        schedule = rate(f"{month}月序时进度", Decimal(month), Decimal(12), "月份 ÷ 12")
        rows.append((centre(f"{month}月"), right(bare(actual)), right(bare(schedule))))
        points.append((month, actual.value))
    shown = table(
        context.numbered("表", "项目支出累计支付进度与序时进度"),
        (20, 40, 40),
        head("月份", "累计支付进度（%）", "序时进度（%）"),
        rows,
    )
    title = context.numbered("图", "项目支出累计支付进度与序时进度")
    yield Chart(title=title, spec=charts.progress_by_month(title, points), behind=shown)


def execution_of(project: Project) -> tuple[Figure, Figure] | None:
    """全年预算数 and 执行数 of a project where both are given and the budget is not zero."""
    if project.annual_budget is None or project.executed is None or not project.annual_budget.in_base:
        return None
    return project.annual_budget, project.executed


def project_rate(project: Project) -> Text:
    """执行率 of a project; — when it cannot be reckoned."""
    pair = execution_of(project)
    if pair is None:
        return ("—",)
    budget, executed = pair
    where = f"{cell_of(project.origin, 'executed')} ÷ {cell_of(project.origin, 'annual_budget')}"
    return (rate(f"{project.name}执行率", executed.in_base, budget.in_base, where),)


def laggards(year: DepartmentYear, below: Decimal = Decimal(80)) -> list[Project]:
    """Projects whose execution stays below a share of their budget (**Unit** %), lowest first."""
    rates = [(pair[1].in_base * 100 / pair[0].in_base, index) for index, project in enumerate(year.projects)
             if (pair := execution_of(project))]  # fmt: skip
    return [year.projects[index] for value, index in sorted(rates) if value < below]


def _laggards(context: Context) -> Iterator[Block]:
    slow = laggards(context.year)
    if not any(execution_of(project) for project in context.year.projects):
        return
    if not slow:
        known = sum(execution_of(project) is not None for project in context.year.projects)
        number = count("有预算数和执行数的项目", known, "个", "项目表")
        yield paragraph("有预算数和执行数的项目{number}，执行率均不低于80%。", number=number)
        return
    number = count("执行率低于80%的项目", len(slow), "个", "项目表，执行数÷全年预算数")
    yield paragraph(
        "执行率低于80%的项目{number}{which}：",
        number=number,
        which=f"，最低的{LAGGARDS}个是" if len(slow) > LAGGARDS else "",
    )
    for at, project in enumerate(slow[:LAGGARDS], 1):
        why = f"原因：{sentence(project.reason)}" if project.reason else "没有写明原因。"
        office = f"（{project.office}）" if project.office else ""
        yield paragraph(
            "（{at}）{name}{office}，执行率{rate}。{why}",
            at=str(at),
            name=phrase(project.name),
            office=office,
            rate=project_rate(project),
            why=why,
        )
