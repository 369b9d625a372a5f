"""项目支出绩效自评表 of each project, and the 汇总表 of all.

**Basis** 财预〔2020〕10号 附件1.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jiheng.model import DepartmentYear, Project, ScoreLine, ScoreSheet, SelfEvaluation
from jiheng.reporting.forms_sheet import PERCENT, POINTS, FormSheet, runs, wan
from jiheng.values import round_half_up, show_number

Scored = Sequence[tuple[Project, ScoreSheet]]

FORM_WIDTHS = (7, 10, 12, 19, 12, 13, 8, 9, 18)
SIGNATURES = "填表人（签字）：　　　　　项目负责人（签字）：　　　　　单位（盖章）：　　　　　　　年　　月　　日"
_EXECUTION = "预算执行率"
_FIFTEEN_DIGITS = 10**15


def write_self_evaluation(sheet: FormSheet, year: DepartmentYear, project: Project, scores: ScoreSheet) -> None:
    """The form of one project. What nobody filled in stays empty."""
    said = _evaluation(year, project)
    sheet.title(0, "项目支出绩效自评表")
    sheet.title(1, f"（{scores.fiscal_year}年度）", 12)
    department = year.profile.department
    sheet.head(2, 0, "项目名称", across=2)
    sheet.text(2, 2, project.name, across=7)
    sheet.grow(2, (project.name, 90))
    for row in (3, 4, 5, 6, 7, 8, 9, 11):
        sheet.grow(row)
    sheet.head(3, 0, "主管部门", across=2)
    sheet.text(3, 2, year.profile.supervising_department or department, across=2)
    sheet.head(3, 4, "实施单位")
    sheet.text(3, 5, f"{department}（{project.office}）" if project.office else department, across=4)
    execution, indicators = _split(scores)
    scored_cell = _funds(sheet, project, execution)
    sheet.head(9, 0, "年度总体目标", down=2)
    sheet.head(9, 1, "预期目标", across=4)
    sheet.head(9, 5, "实际完成情况", across=4)
    expected, achieved = (said.expected if said else "") or project.goal, said.achieved if said else ""
    sheet.text(10, 1, expected, across=4)
    sheet.text(10, 5, achieved, across=4)
    sheet.grow(10, (expected, 53), (achieved, 48))
    last = _indicators(sheet, year, project, indicators)
    _total(sheet, last, scores, scored_cell)
    sheet.signatures(last + 1, SIGNATURES)
    for at, note in enumerate(_notes(scores, said), last + 2):
        sheet.line(at, note)


def _funds(sheet: FormSheet, project: Project, execution: ScoreLine | None) -> str:
    """The fund block; returns the cell of the execution score. Who pays what is not kept by project, so it stays empty."""
    sheet.head(4, 0, "项目资金（万元）", down=5)
    sheet.head(4, 1, "", across=2)
    for column, name in enumerate(("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"), 3):
        sheet.head(4, column, name)
    sheet.text(5, 1, "年度资金总额", across=2)
    initial, budget, executed = (wan(f) for f in (project.initial_budget, project.annual_budget, project.executed))
    for column, amount in enumerate((initial, budget, executed), 3):
        sheet.number(5, column, amount)
    sheet.number(5, 6, execution.points if execution else None, POINTS)
    if budget and executed is not None:
        sheet.formula(5, 7, "=F6/E6", executed / budget, PERCENT)
    else:
        sheet.text(5, 7, "", align="center")
    if execution is not None:
        _score(sheet, 5, 8, execution, "G6")
    else:
        sheet.text(5, 8, "—", align="center")
    for row, name in enumerate(("其中：当年财政拨款", "　　　上年结转资金", "　　　其他资金"), 6):
        sheet.text(row, 1, name, across=2)
        for column in (3, 4, 5, 7):
            sheet.number(row, column, None)
        for column in (6, 8):
            sheet.text(row, column, "—", align="center")
    return "I6"


def _indicators(sheet: FormSheet, year: DepartmentYear, project: Project, lines: Sequence[ScoreLine]) -> int:
    names = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    for column, name in enumerate(names, 1):
        sheet.head(11, column, name)
    sheet.head(11, 0, "绩效指标", down=max(1, len(lines)) + 1)
    notes = deviation_notes(year, project)
    for row, line in enumerate(lines, 12):
        note = notes.get(line.id, "") or line.reason
        for column, text in ((3, line.name), (8, note)):
            sheet.text(row, column, text)
        for column, text in ((4, line.target), (5, line.actual)):
            sheet.text(row, column, text, align="center")
        sheet.grow(row, (line.name, 19), (note, 18), (line.target, 12), (line.actual, 13))
        sheet.number(row, 6, line.points, POINTS)
        _score(sheet, row, 7, line, f"G{row + 1}")
    for first, count in runs((line.part,) for line in lines):
        points = sum((line.points for line in lines[first : first + count]), Decimal(0))
        sheet.text(12 + first, 1, f"{lines[first].part}（{show_number(points)}分）", down=count, align="center")
    for first, count in runs((line.part, line.category) for line in lines):
        sheet.text(12 + first, 2, lines[first].category, down=count, align="center")
    if not lines:
        for column in range(1, 9):
            sheet.text(12, column, "")
    return 12 + max(1, len(lines))


def _total(sheet: FormSheet, row: int, scores: ScoreSheet, execution: str) -> None:
    sheet.head(row, 0, "总分", across=6)
    sheet.formula(row, 6, f"=SUM(G13:G{row})+G6", scores.points, POINTS)
    sheet.formula(row, 7, f"=SUM(H13:H{row})+SUM({execution})", scores.scored, POINTS)
    words = f"等级：{scores.grade}" if scores.grade else "未评完" if scores.total is None else ""
    if scores.total is not None and scores.total != scores.scored:
        words += f"；按执行率封顶后为{show_number(scores.total)}分"
    sheet.text(row, 8, words)
    sheet.grow(row, (words, 18))


def _score(sheet: FormSheet, row: int, column: int, line: ScoreLine, points: str) -> None:
    """A score as the share of its points that it is, where a spreadsheet can hold that exactly."""
    if line.score is None:
        sheet.text(row, column, line.state.value, align="center")
        return
    share = line.share
    if share and max(share) < _FIFTEEN_DIGITS and round_half_up(line.points * share[0] / share[1], 2) == line.score:
        sheet.formula(row, column, f"=ROUND({points}*{share[0]}/{share[1]},2)", line.score, POINTS)
    else:
        sheet.number(row, column, line.score, POINTS)


def write_summary(sheet: FormSheet, year: DepartmentYear, scored: Scored) -> None:
    """自评结果汇总表: a project a row, sums at the end. `summary_widths` gives the sheet's columns."""
    parts = parts_of(scored)
    sheet.title(0, f"{year.profile.department}{year.profile.fiscal_year.year}年度项目支出绩效自评结果汇总表", 16)
    names = ("序号", "项目编码", "项目名称", "责任科室", "年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）",
             "执行率", *parts, "总分", "等级", "状态", "偏差原因及改进措施")  # fmt: skip
    for column, name in enumerate(names):
        sheet.head(1, column, name)
    sheet.grow(1, ("全年预算数（万元）" * 2, 12))
    total = 8 + len(parts)
    for row, (project, scores) in enumerate(scored, 2):
        said = _evaluation(year, project)
        note = (said.deviation_note if said else "") or project.reason
        sheet.text(row, 0, str(row - 1), align="center")
        for column, text in ((1, project.code), (2, project.name), (3, project.office), (total + 3, note)):
            sheet.text(row, column, text)
        sheet.grow(row, (project.name, 24), (project.office, 13), (note, 28))
        amounts = [wan(figure) for figure in (project.initial_budget, project.annual_budget, project.executed)]
        for column, amount in enumerate(amounts, 4):
            sheet.number(row, column, amount)
        _rate(sheet, row, amounts[1], amounts[2])
        for column, part in enumerate(parts, 8):
            sheet.number(row, column, _part_score(scores, part), POINTS)
        if scores.total is not None:
            first, last = _letter(8), _letter(total - 1)
            whole = scores.total == scores.scored
            if whole:
                sheet.formula(row, total, f"=SUM({first}{row + 1}:{last}{row + 1})", scores.total, POINTS)
            else:
                sheet.number(row, total, scores.total, POINTS)
        else:
            sheet.text(row, total, "未评完", align="center")
        sheet.text(row, total + 1, scores.grade, align="center")
        sheet.text(row, total + 2, scores.state, align="center")
    _sums(sheet, len(scored) + 2, scored, total)
    sheet.page.freeze_panes(2, 3)
    sheet.page.repeat_rows(1)


def _sums(sheet: FormSheet, row: int, scored: Scored, total: int) -> None:
    sheet.head(row, 0, "合计", across=4)
    sums = []
    for column, field in enumerate(("initial_budget", "annual_budget", "executed"), 4):
        amounts = [wan(getattr(project, field)) for project, _ in scored]
        sums.append(sum((amount for amount in amounts if amount is not None), Decimal(0)))
        letter = _letter(column)
        if scored:
            sheet.formula(row, column, f"=SUM({letter}3:{letter}{row})", sums[-1])
        else:
            sheet.number(row, column, None)
    _rate(sheet, row, sums[1], sums[2])
    for column in range(8, total + 4):
        sheet.text(row, column, "")


def _rate(sheet: FormSheet, row: int, budget: Decimal | None, executed: Decimal | None) -> None:
    if budget and executed is not None:
        sheet.formula(row, 7, f"=G{row + 1}/F{row + 1}", executed / budget, PERCENT)
    else:
        sheet.number(row, 7, None)


def parts_of(scored: Scored) -> tuple[str, ...]:
    """What scores are summed by: 预算执行率 and the 一级指标, in order."""
    return tuple(dict.fromkeys(_part(line) for _, scores in scored for line in scores.lines))


def summary_widths(scored: Scored) -> tuple[int, ...]:
    """The columns of the summary."""
    return (5, 9, 24, 13, 12, 12, 12, 9, *(8 for _ in parts_of(scored)), 8, 6, 7, 28)


def deviation_notes(year: DepartmentYear, project: Project) -> dict[str, str]:
    """Why indicators of a project were missed, by the indicator's code or name."""
    names = {name for name in (project.code, project.name) if name}
    return {
        one.code or one.name: one.actual.deviation_note
        for one in year.indicators
        if one.project in names and one.actual is not None
    }


def _split(scores: ScoreSheet) -> tuple[ScoreLine | None, list[ScoreLine]]:
    execution = next((line for line in scores.lines if line.name == _EXECUTION), None)
    return execution, [line for line in scores.lines if line is not execution]


def _part(line: ScoreLine) -> str:
    return line.part or line.name


def _part_score(scores: ScoreSheet, part: str) -> Decimal | None:
    lines = [line for line in scores.lines if _part(line) == part]
    if not lines or any(line.score is None for line in lines):
        return None
    return sum((line.score for line in lines if line.score is not None), Decimal(0))


def _evaluation(year: DepartmentYear, project: Project) -> SelfEvaluation | None:
    names = {name for name in (project.code, project.name) if name}
    return next((one for one in year.self_evaluations if one.project in names), None)


def _notes(scores: ScoreSheet, said: SelfEvaluation | None) -> list[str]:
    notes = ["注：得分按公式重算，空格为尚无数据；资金来源未按项目登记的留空，由填报人补填。"]
    if scores.marks:
        notes.append(f"用到 {len(scores.marks)} 个未核实的规则参数，定分前由财务人员确认。")
    if said and said.total is not None and scores.total is not None and said.total != scores.total:
        notes.append(
            f"部门自报 {show_number(said.total)} 分，按规则计算 {show_number(scores.total)} 分，两者不同，请核对。"
        )
    return notes


def _letter(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else f"A{chr(ord('A') + column - 26)}"
