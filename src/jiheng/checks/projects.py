"""项目: money within budget, parts within the whole, counts that add up, names that are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jiheng.checks.actuals import is_met
from jiheng.checks.check import Missing, Outcome, check, hit, only_missing, share
from jiheng.checks.goals import some
from jiheng.model import Actual, DepartmentYear, Indicator, Level, Project, ProjectStatus, Quantity
from jiheng.rulebook.check_rules import CheckRules
from jiheng.values import Figure, Interval, Money, Ratio, show_number


def known_as(project: Project, name: str) -> bool:
    """Whether a name in another sheet means this project: by code or by name."""
    return bool(name) and name in (project.code, project.name)


def project_called(year: DepartmentYear, name: str) -> Project | None:
    """The project of a code or name."""
    return next((project for project in year.projects if known_as(project, name)), None)


@check(
    "projects.over_budget",
    "项目执行数不大于全年预算数",
    level=Level.WARNING,
    needs=("projects",),
    basis="《预算法》第十三条：各部门、各单位的支出必须以经批准的预算为依据",
    message="项目“{name}”执行数 {executed}，大于全年预算数 {budget}，多 {excess}。",
    reckoning="{executed} 减 {budget} 等于 {excess}。",
    mend="请核对两个数；确有追加的，改全年预算数并在“预算调整”表写明文号。",
)
def over_budget(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """By interval."""
    if not any(one.executed and one.annual_budget for one in year.projects):
        yield only_missing(
            "同一项目的执行数和全年预算数",
            项目的执行数=any(one.executed for one in year.projects),
            项目的全年预算数=any(one.annual_budget for one in year.projects),
        )
    for one in year.projects:
        if one.executed is None or one.annual_budget is None:
            continue
        if one.executed.interval.low > one.annual_budget.interval.high:
            yield hit(
                one,
                "executed",
                quote=one.executed.text,
                name=one.name,
                executed=one.executed,
                budget=one.annual_budget,
                excess=one.executed.money - one.annual_budget.money,
            )


@check(
    "projects.unfinished_reason",
    "没有完成的项目写明原因",
    level=Level.WARNING,
    needs=("projects",),
    basis="财预〔2020〕10号第十一条：对未完成绩效目标或偏离绩效目标较大的项目要分析并说明原因，研究提出改进措施",
    message="项目“{name}”{status}，没有写原因。",
    reckoning="“项目”表未完成原因栏和“项目自评”表偏差原因栏都是空的。",
    mend="请写明原因和下一步措施。",
)
def unfinished_reason(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Either sheet may hold the reason."""
    if not any(one.status for one in year.projects):
        yield Missing("项目的完成情况")
    for one in year.projects:
        if one.status in (None, ProjectStatus.DONE) or one.reason:
            continue
        if not any(known_as(one, e.project) and e.deviation_note for e in year.self_evaluations):
            yield hit(one, "reason", name=one.name, status=str(one.status))


@check(
    "projects.sub_items_over",
    "子项之和不大于项目",
    level=Level.WARNING,
    needs=("projects", "sub_items"),
    basis="项目的各项用途之和等于项目支出",
    message="项目“{name}”的 {count} 个子项{which}相加是 {sum}，大于项目{column}的 {whole}，多 {excess}。",
    reckoning="{count} 个子项相加 {sum}，减 {whole} 等于 {excess}。",
    mend="请核对有没有重复列支、单位写错，或项目的{column}少填。",
)
def sub_items_over(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Budgets against the budget, payments against what was executed."""
    compared = False
    for project in year.projects:
        for field, which, whole, column in (
            ("budget", "预算金额", project.annual_budget, "全年预算数"),
            ("paid", "支付金额", project.executed, "执行数"),
        ):
            figures = _sub_figures(year, project, field)
            if whole is None or not figures:
                continue
            compared = True
            if Interval.total(figure.interval for figure in figures).low <= whole.interval.high:
                continue
            total = Money.total(figure.money for figure in figures)
            yield hit(
                project,
                "executed" if field == "paid" else "annual_budget",
                quote=whole.text,
                name=project.name,
                count=len(figures),
                which=which,
                sum=total,
                column=column,
                whole=whole,
                excess=total - whole.money,
            )
    if not compared:
        yield only_missing(
            "子项的金额，以及所属项目的全年预算数或执行数",
            子项的金额=any(one.budget or one.paid for one in year.sub_items),
            项目的全年预算数或执行数=any(one.annual_budget or one.executed for one in year.projects),
        )


def _sub_figures(year: DepartmentYear, project: Project, field: str) -> list[Figure]:
    items = (item for item in year.sub_items if known_as(project, item.project))
    return [figure for item in items if (figure := getattr(item, field)) is not None]


@check(
    "projects.remainder",
    "打捆资金的用途列全",
    level=Level.HINT,
    needs=("projects", "sub_items"),
    basis="大额、打捆安排的资金应细化到任务清单",
    message="项目“{name}”执行 {whole}，列明用途的 {count} 个子项相加 {sum}（{share}），其余 {rest} 没有列明用途。",
    reckoning="{count} 个子项支付金额相加 {sum_yuan}元，是 {whole} 的 {share}，不到提示线 {line}。",
    mend="请在“子项任务”表补列其余用途，或在说明栏写明其余资金的去向。",
)
def remainder(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """Only of projects that list uses at all; a small rest is left alone (rule data)."""
    enough = rules.number("remainder_named")
    compared = False
    for project in year.projects:
        figures = _sub_figures(year, project, "paid")
        whole = project.executed
        if whole is None or not figures or whole.money.fen <= 0:
            continue
        compared = True
        total = Money.total(figure.money for figure in figures)
        named = Ratio(total.yuan, whole.money.yuan).percent()
        if named < enough:
            yield hit(
                project,
                "executed",
                quote=whole.text,
                name=project.name,
                whole=whole,
                count=len(figures),
                sum=total,
                sum_yuan=show_number(total.yuan),
                share=share(named),
                line=rules.words("remainder_named"),
                rest=whole.money - total,
            )
    if not compared:
        yield only_missing(
            "子项的支付金额，以及所属项目的执行数",
            子项的支付金额=any(one.paid for one in year.sub_items),
            项目的执行数=any(one.executed for one in year.projects),
        )


@check(
    "projects.payments",
    "各月支付之和与项目执行数一致",
    level=Level.WARNING,
    needs=("projects", "payments"),
    basis="项目执行数等于全年各月支付之和",
    message="项目“{name}”各月{which}相加是 {sum}，比{column} {whole} {gap}。",
    reckoning="{count} 个月相加 {sum}，减 {whole} 等于 {difference}。",
    mend="请核对“支付进度”表有没有漏填、重填的月份，或改正{column}。",
)
def payments(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Payments against what was executed, the plan against the budget it was made for: 全年 or 年初."""
    compared = False
    for project in year.projects:
        months = [one for one in year.payments if known_as(project, one.project)]
        for field, which, whole, column in (
            ("planned", "计划支付", project.annual_budget, "全年预算数"),
            ("paid", "实际支付", project.executed, "执行数"),
        ):
            figures = [figure for one in months if (figure := getattr(one, field)) is not None]
            if not figures or whole is None:
                continue
            compared = True
            reach, initial = Interval.total(figure.interval for figure in figures), project.initial_budget
            if reach.meets(whole.interval) or (field == "planned" and initial and reach.meets(initial.interval)):
                continue
            total = Money.total(figure.money for figure in figures)
            first = next(one for one in months if getattr(one, field) is not None)
            yield hit(
                first,
                field,
                quote=getattr(first, field).text,
                name=project.name,
                which=which,
                count=len(figures),
                sum=total,
                column=column,
                whole=whole,
                difference=total - whole.money,
                gap=f"{'多' if total > whole.money else '少'} {Money(abs(total.yuan - whole.money.yuan))}",
            )
    if not compared:
        yield only_missing(
            "各月支付金额，以及所属项目的全年预算数或执行数",
            各月支付金额=any(one.planned or one.paid for one in year.payments),
            项目的全年预算数或执行数=any(one.annual_budget or one.executed for one in year.projects),
        )


@check(
    "projects.quantities",
    "分类数量之和等于合计",
    level=Level.ERROR,
    needs=("quantities",),
    basis="合计等于各类之和",
    message="“{subject}”合计 {total}，但 {addends} 相加是 {sum}。",
    reckoning="{addends}，相加 {sum}；合计 {total}。",
    mend="请核对各类数量，改正合计或其中一类。",
)
def quantities(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Subject by subject; by interval, because a count may be a limit (100余项)."""
    subjects = list(_subjects(year.quantities))
    if not subjects:
        yield Missing("分类数量的合计行")
    for total, kinds in subjects:
        counts = [one.count for one in kinds if one.count is not None]
        if total.count is None or not kinds or len(counts) < len(kinds):
            lacks = only_missing(合计=total.count, 各类数量=bool(kinds) and len(counts) == len(kinds))
            yield Missing(f"“{total.subject}”的{lacks.what}")
            continue
        if not Interval.total(count.interval for count in counts).meets(total.count.interval):
            unit = total.count.unit
            reckoned = sum(count.in_base for count in counts) / unit.factor
            addends = "、".join(f"{one.kind} {one.count}" for one in kinds)
            yield hit(
                total, "count", quote=total.count.text, subject=total.subject, total=total.count, addends=addends,
                sum=f"{show_number(reckoned)}{unit}",
            )  # fmt: skip


def _subjects(rows: Sequence[Quantity]) -> Iterator[tuple[Quantity, list[Quantity]]]:
    kinds: dict[tuple[str, str], list[Quantity]] = {}
    for one in rows:
        if not one.is_total and not one.kind.startswith("其中"):
            kinds.setdefault((one.project, one.subject), []).append(one)
    for total in rows:
        if total.is_total:
            yield total, kinds.get((total.project, total.subject), [])


@check(
    "projects.which_count",
    "目标数的是哪一类说得清",
    level=Level.HINT,
    needs=("quantities", "indicators"),
    basis="财预〔2021〕101号：指标内涵应当明确、具体、可衡量",
    message="指标“{name}”的目标 {target}，数的是合计（{total}）还是其中“{kind}”一类（{part}），结论不同，请说明。",
    reckoning="按合计 {total}，{by_total}目标；按“{kind}”{part}，{by_part}目标。",
    mend="请在指标名称或“取值方式”栏写明数的是哪一类，并按同一口径填实际完成值。",
)
def which_count(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Where a kind bears the indicator's own words, and total and kind fall on different sides of the target."""
    if not any(total.indicator for total, _ in _subjects(year.quantities)):
        yield Missing("合计行的对应指标")
    for total, kinds in _subjects(year.quantities):
        for indicator in year.indicators:
            if not _counts_for(total, indicator) or indicator.target is None or total.count is None:
                continue
            for one in kinds:
                if one.count is None or not _shares_words(one.kind, indicator.name):
                    continue
                met, part_met = (is_met(replace(indicator, actual=Actual(value=c))) for c in (total.count, one.count))
                if None not in (met, part_met) and met is not part_met:
                    yield hit(
                        one,
                        "count",
                        quote=one.count.text,
                        name=indicator.name,
                        target=f"{indicator.comparator or ''}{indicator.target}",
                        total=total.count,
                        kind=one.kind,
                        part=one.count,
                        by_total="达到" if met else "没有达到",
                        by_part="达到" if part_met else "没有达到",
                    )


def _counts_for(total: Quantity, indicator: Indicator) -> bool:
    return bool(total.indicator) and total.indicator in (indicator.code, indicator.name)


def _shares_words(one: str, other: str, length: int = 6) -> bool:
    return any(one[at : at + length] in other for at in range(len(one) - length + 1))


@check(
    "projects.unknown",
    "其他表里的项目都在项目表里",
    level=Level.WARNING,
    basis="项目编号、名称在各表中一致",
    message="“{sheet}”表里的项目“{name}”不在“项目”表里。",
    reckoning="“项目”表的编号和名称中没有“{name}”。",
    mend="请把项目补进“项目”表，或把名称改得与“项目”表一致。",
)
def unknown(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Told once a sheet and name."""
    if not year.projects:
        yield Missing("项目表")
        return
    known = {name for project in year.projects for name in (project.code, project.name)}
    told: set[tuple[str, str]] = set()
    tables = (year.indicators, year.adjustments, year.sub_items, year.quantities, year.payments, year.monitoring,
              year.self_evaluations)  # fmt: skip
    for table in tables:
        for record in table:
            name, sheet = record.project, record.origin.sheet if record.origin else ""
            if name and name not in known and (sheet, name) not in told:
                told.add((sheet, name))
                yield hit(record, "project", quote=name, sheet=sheet, name=name)


@check(
    "projects.unlisted",
    "自报未完成的项目写得出名称",
    level=Level.WARNING,
    basis="财预〔2020〕10号第十一条：对未完成绩效目标的项目要分析并说明原因",
    message="自报未完成的项目 {stated} 个，“项目”表里没有完成的是 {listed} 个{names}。",
    reckoning="“项目”表完成情况为“未完成”“未开始”的 {listed} 个，“部分完成”的 {in_part} 个。",
    mend="请核对“项目”表的完成情况，或改正自报的个数。",
)
def unlisted(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """The count stated against the projects marked; it may or may not count those finished in part."""
    stated = year.stated.unfinished_projects
    in_part = sum(project.status is ProjectStatus.PARTLY_DONE for project in year.projects)
    marked = [p.name for p in year.projects if p.status in (ProjectStatus.NOT_DONE, ProjectStatus.NOT_STARTED)]
    if stated is None or not any(project.status for project in year.projects):
        yield only_missing(自报未完成项目数=stated, 项目的完成情况=any(project.status for project in year.projects))
    elif not len(marked) <= stated <= len(marked) + in_part:
        yield hit(
            year.stated, "unfinished_projects", quote=f"{stated:f}", stated=stated, listed=len(marked),
            in_part=in_part, names=f"：{some(marked)}" if marked else "",
        )  # fmt: skip
