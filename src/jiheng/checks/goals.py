"""绩效目标和指标表: weights, dimensions, parts of the goals, links to duties."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jiheng.checks.check import Missing, Outcome, check, hit, only_missing
from jiheng.model import DepartmentYear, Indicator, KeyTask, Level, OverallGoal, Project
from jiheng.rulebook.check_rules import CheckRules
from jiheng.values import show_number


def department_indicators(year: DepartmentYear) -> tuple[Indicator, ...]:
    """Indicators of the department's own table: those that belong to no project."""
    return tuple(one for one in year.indicators if not one.project)


def tables_of(year: DepartmentYear) -> dict[str, list[Indicator]]:
    """The indicator tables by project; the department's own under the empty name."""
    tables: dict[str, list[Indicator]] = {}
    for one in year.indicators:
        tables.setdefault(one.project, []).append(one)
    return tables


def no_actuals(year: DepartmentYear) -> Iterator[Missing]:
    """What a check of actuals lacks before the first of them is filled in."""
    if not any(one.has_actual for one in year.indicators):
        yield Missing("指标的实际完成值")


def whose_table(project: str) -> str:
    """Whose indicators these are, in words."""
    return f"项目“{project}”" if project else "部门整体"


@check(
    "goals.weights",
    "指标权重合计等于 100",
    level=Level.ERROR,
    needs=("indicators",),
    basis="绩效目标申报表：部门整体指标权重合计 100；每个项目的指标另外合计 100 或 90",
    message="{whose}的 {count} 个指标权重合计 {sum}，应为 {full}{gap}。",
    reckoning="{count} 个权重相加等于 {sum}。",
    mend="{moved}请调整权重，使合计等于 {full}。",
)
def weights(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """The department's table, and each project's own where it carries weights. Empty ones may only fill a gap."""
    expected = rules.number("weight_total")
    if not any(one.weight is not None for one in department_indicators(year)):
        yield Missing("部门整体绩效指标的权重")
    tables = tables_of(year)
    misplaced = _misplaced(tables, expected)
    for project, table in tables.items():
        given = [one.weight for one in table if one.weight is not None]
        total = sum(given, Decimal(0))
        if not given or (total in _possible_totals(expected, project) and len(given) == len(table)):
            continue
        if len(given) < len(table) and total <= expected:
            yield Missing(f"{whose_table(project)}每个指标的权重")
            continue
        full, gap = (
            show_number(expected),
            f"，{'少' if total < expected else '多'} {show_number(abs(expected - total))}",
        )
        if project:
            full, gap = f"{full}（留 10 分给预算执行率的为 {show_number(expected - 10)}）", ""
        moved = ""
        if project in misplaced or (misplaced and not project):
            rows = "这些指标" if project else "、".join(f"“{name}”的指标" for name in misplaced)
            moved = (
                f"{rows}如果是部门整体指标，请清空“所属项目”，部门整体的权重就合计 {show_number(expected)}；不是的话，"
            )
        whose = whose_table(project)
        yield hit(table[0], "weight", whose=whose, count=len(given), sum=total, full=full, gap=gap, moved=moved)


def _misplaced(tables: dict[str, list[Indicator]], expected: Decimal) -> list[str]:
    """Projects whose wrong tables would make the department's right: one of them, or all together."""
    sums = {project: sum((one.weight or Decimal(0) for one in table), Decimal(0)) for project, table in tables.items()}
    own = sums.pop("", Decimal(0))
    wrong = [project for project, total in sums.items() if total and total not in _possible_totals(expected, project)]
    if not wrong or own == expected:
        return []
    if own + sum(sums[project] for project in wrong) == expected:
        return wrong
    return next(([project] for project in wrong if own + sums[project] == expected), [])


def _possible_totals(expected: Decimal, project: str) -> tuple[Decimal, ...]:
    """A project's weights leave 10 to 预算执行率, which has no row of its own before the evaluation (101号)."""
    return (expected, expected - 10) if project else (expected,)


@check(
    "goals.weight_missing",
    "每个指标都有权重",
    level=Level.WARNING,
    needs=("indicators",),
    basis="绩效目标申报表：每个指标填写权重",
    message="{whose}有 {count} 个指标没有填权重：{names}。",
    reckoning="{total} 个指标中 {count} 个的权重为空。",
    mend="请补填权重；确实不计分的填 0。",
)
def weight_missing(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A table without any weight is a table that does not use them; a gap in one that does is a slip."""
    if all(one.weight is None for one in year.indicators):
        yield Missing("指标的权重")
    for project, table in tables_of(year).items():
        lacking = [one for one in table if one.weight is None]
        if lacking and len(lacking) < len(table):
            names = some(one.name for one in lacking)
            whose = whose_table(project)
            yield hit(lacking[0], "weight", whose=whose, count=len(lacking), total=len(table), names=names)


def some(names: Iterator[str] | list[str], most: int = 15) -> str:
    """Names in a row, the first of them where there are many."""
    every = list(names)
    return "、".join(every[:most]) + (f"等 {len(every)} 个" if len(every) > most else "")


@check(
    "goals.required_dimensions",
    "设有产出指标和效益指标",
    level=Level.WARNING,
    needs=("indicators",),
    basis="财预〔2021〕101号：应设产出指标和效益指标",
    message="{whose}的指标里没有“{dimension}”。",
    reckoning="现有一级指标：{present}。",
    mend="请补充“{dimension}”，或核对一级指标的名称。",
)
def required_dimensions(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """For each table that has indicators at all."""
    for project, table in tables_of(year).items():
        present = list(dict.fromkeys(one.dimension for one in table if one.dimension))
        if not present:
            yield Missing(f"{whose_table(project)}指标的一级指标")
            continue
        for dimension in rules.required_dimensions.value:
            if not any(bare(dimension) == bare(name) for name in present):
                whose = whose_table(project)
                yield hit(table[0], "dimension", whose=whose, dimension=dimension, present="、".join(present))


def bare(dimension: str) -> str:
    """产出指标 and 产出 are the same; so are 效果 and 效益.

    >>> bare("效果指标") == bare("效益")
    True
    """
    return dimension.removesuffix("指标").replace("效果", "效益")


@check(
    "goals.category_place",
    "二级指标在它所属的一级指标之下",
    level=Level.HINT,
    needs=("indicators",),
    basis="财预〔2021〕101号：产出指标分数量、质量、时效，效益指标分经济、社会、生态，另设成本、满意度指标",
    message="“{name}”的二级指标是“{category}”，列在“{dimension}”之下，一般列在“{usual}”之下。",
    reckoning="“{category}”属于“{usual}”。",
    mend="请核对一级指标或二级指标是否选错。",
)
def category_place(year: DepartmentYear, rules: CheckRules) -> Iterator[Outcome]:
    """Only where the category is known and the dimension is another known one."""
    homes: dict[str, list[str]] = {}
    for dimension, categories in rules.dimensions.value.items():
        for category in categories:
            homes.setdefault(bare(category), []).append(dimension)
    known = {bare(dimension) for dimension in rules.dimensions.value}
    if not any(one.category and one.dimension for one in year.indicators):
        yield only_missing(
            "同一指标的一级指标和二级指标",
            指标的一级指标=any(one.dimension for one in year.indicators),
            指标的二级指标=any(one.category for one in year.indicators),
        )
    for one in year.indicators:
        usual = homes.get(bare(one.category))
        if usual and bare(one.dimension) in known and bare(one.dimension) not in {bare(name) for name in usual}:
            yield hit(
                one,
                "category",
                quote=one.category,
                name=one.name,
                category=one.category,
                dimension=one.dimension,
                usual=usual[0],
            )


@check(
    "goals.three_parts",
    "总体目标写全三部分",
    level=Level.HINT,
    needs=("goals",),
    basis="绩效目标填报要求：总体目标应包含立项背景和需求、主要内容、年度成果",
    message="总体目标“{code}”没有写{lacking}。",
    reckoning="三部分中有 {count} 部分为空。",
    mend="请补写{lacking}；年度成果最好写出数量。",
)
def three_parts(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """What is missing, goal by goal."""
    parts = {"background": "立项背景和需求", "content": "主要内容", "expected_results": "年度成果"}
    for goal in year.goals:
        lacking = [field for field in parts if not getattr(goal, field)]
        if lacking:
            titles = "、".join(parts[field] for field in lacking)
            yield hit(goal, lacking[0], code=goal.code, lacking=titles, count=len(lacking))


@check(
    "goals.duties_linked",
    "目标与职责相对应",
    level=Level.HINT,
    basis="绩效目标应与部门职责和事业发展规划相关（相关性审核）",
    message="职责“{code}”没有总体目标、指标、项目或重点任务与它对应。",
    reckoning="各表“对应职责”栏都没有“{code}”。",
    mend="请在相应的目标或指标上填写“对应职责”；今年确实不涉及的，可以不管。",
)
def duties_linked(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Asked only of a department that has begun to link."""
    records: tuple[OverallGoal | Indicator | Project | KeyTask, ...]
    records = (*year.goals, *year.indicators, *year.projects, *year.key_tasks)
    linked = {code for record in records for code in record.duties}
    if not year.duties or not linked:
        yield only_missing(部门职责=bool(year.duties), 各表的对应职责=bool(linked))
        return
    for duty in year.duties:
        if duty.code not in linked:
            yield hit(duty, "code", code=duty.code)
