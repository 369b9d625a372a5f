"""A score sheet in words: the table's rows, the reckoning of one row, and the JSON form."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jiheng.errors import BadInput
from jiheng.model import ScoreBlock, ScoreLine, ScoreSheet, ScoreState, Trace, TraceParameter
from jiheng.rulebook.confirm import ALL_UNVERIFIED
from jiheng.values import show_number


def state_text(line: ScoreLine) -> str:
    """The state of a row, and whether a rule behind its score still needs a person."""
    return line.standing + ("，规则未核实" if line.marks and line.score is not None else "")


def points_text(value: Decimal | None) -> str:
    """A score with its decimals as needed; a dash where there is none."""
    return "—" if value is None else show_number(value)


def summary(sheet: ScoreSheet) -> Iterator[str]:
    """What a head of department must see: where the sheet stands, what is open, what is not verified."""
    grade = f"，等级“{sheet.grade}”" if sheet.grade else ""
    stands = f"{points_text(sheet.total)}{grade}（{sheet.state}）"
    if sheet.total is None:
        stands = f"{sheet.state}：已评 {points_text(sheet.scored)} 分"
    yield f"总分 {stands}；满分 {points_text(sheet.points)} 分"
    if sheet.cap is not None:
        yield f"按执行率封顶：总分最高 {points_text(sheet.cap)} 分"
    if sheet.open_points:
        opened = [line for line in sheet.lines if line.score is None]
        lacking = sheet.open_points - sheet.awaiting_points
        kinds = (("待判定", sheet.awaiting_points), ("缺数据", lacking))
        parts = "、".join(f"{name} {points_text(points)} 分" for name, points in kinds if points)
        yield f"未评 {len(opened)} 项 {points_text(sheet.open_points)} 分：其中{parts}"
    if any(line.state is ScoreState.PROVISIONAL for line in sheet.lines):
        counted = "已评的分" if sheet.total is None else "总分"
        yield f"暂定 {points_text(sheet.provisional)} 分（等全区平均数），已计入{counted}"
    if sheet.marks:
        yield (
            f"用到 {len(sheet.marks)} 个未核实的规则参数，定分前由财务人员确认或替换（写在“评分判定”里；"
            f"判定对象写“{ALL_UNVERIFIED}”可以一次全部确认）"
        )
    if sheet.beside is not None:
        gap = f"，{points_text(sheet.beside.open_points)} 分未评" if sheet.beside.open_points else ""
        yield (
            f"对照：按绩效目标表自身权重计，{points_text(sheet.beside.score)} 分"
            f"（权重合计 {points_text(sheet.beside.points)}{gap}）"
        )


def find_lines(sheet: ScoreSheet, name: str) -> tuple[ScoreLine, ...]:
    """The rows of an indicator or item by its code, id or name. **Raises** BadInput when there is none."""
    lines = sheet.lines
    found = [line for line in lines if name in (line.id, line.name)] or [line for line in lines if name in line.name]
    if not found:
        raise BadInput(f"评分表里没有“{name}”；可以写指标编号、指标名称或评分项名称")
    return tuple(found)


def explain(line: ScoreLine) -> Iterator[str]:
    """The reckoning of one row, line by line, down to cells and clauses."""
    yield f"{line.name}（{line.category or line.part or line.id}）：分值 {points_text(line.points)}，得分 {points_text(line.score)}，{state_text(line)}"
    if line.reason:
        yield f"  原因：{line.reason}{f'（{line.where}）' if line.where else ''}"
    yield from explain_trace(line.trace)


def explain_trace(trace: Trace) -> Iterator[str]:
    """A trace line by line: method, formula, inputs with cells, arithmetic, parameters with clauses, result."""
    if trace.method:
        yield f"  方法：{trace.method}"
    if trace.formula:
        yield f"  公式：{trace.formula}"
    for item in trace.inputs:
        yield f"  取数：{item.name}：{item.given}{f'（{item.where}）' if item.where else ''}"
    for step in trace.steps:
        yield f"  计算：{step}"
    for parameter in trace.parameters:
        yield f"  规则：{parameter_text(parameter)}"
    if trace.result:
        yield f"  结果：{trace.result}"


def parameter_text(parameter: TraceParameter) -> str:
    """A rule's number or method with its name, its clause, how sure it is, and its id."""
    sure = f"：{parameter.sure}" if parameter.sure else ""
    person = f"，{parameter.person}" if parameter.person else ""
    name = f"{parameter.name}：" if parameter.name else ""
    return f"{name}{parameter.value}，{parameter.clause}，{parameter.status}{person}{sure}［{parameter.path}］"


def sheet_data(sheet: ScoreSheet) -> dict[str, Any]:
    """The sheet for programs; numbers are text, so that no reader turns them into floats."""
    return {
        "kind": sheet.kind,
        "title": sheet.title,
        "subject": sheet.subject,
        "region": sheet.region,
        "fiscal_year": sheet.fiscal_year,
        "edition": sheet.edition,
        "rules_sha256": sheet.rules_hash,
        "state": sheet.state,
        "points": _text(sheet.points),
        "settled": _text(sheet.settled),
        "provisional": _text(sheet.provisional),
        "open_points": _text(sheet.open_points),
        "total": _text(sheet.total),
        "cap": _text(sheet.cap),
        "grade": sheet.grade,
        "blocks": [_block(block) for block in sheet.blocks],
        "goal_table": _block(sheet.beside) if sheet.beside else None,
        "unverified": [_parameter(one) for one in sheet.marks],
        "notes": list(sheet.notes),
    }


def _block(block: ScoreBlock) -> dict[str, Any]:
    return {
        "id": block.id,
        "name": block.name,
        "points": _text(block.points),
        "score": _text(block.score),
        "open_points": _text(block.open_points),
        "notes": list(block.notes),
        "lines": [_line(line) for line in block.lines],
    }


def _line(line: ScoreLine) -> dict[str, Any]:
    trace = line.trace
    return {
        "id": line.id,
        "name": line.name,
        "part": line.part,
        "category": line.category,
        "target": line.target,
        "actual": line.actual,
        "weight": _text(line.weight),
        "points": _text(line.points),
        "score": _text(line.score),
        "state": line.state.value,
        "standing": line.standing,
        "reason": line.reason,
        "where": line.where,
        "trace": {
            "method": trace.method,
            "formula": trace.formula,
            "inputs": [{"name": one.name, "given": one.given, "where": one.where} for one in trace.inputs],
            "steps": list(trace.steps),
            "parameters": [_parameter(one) for one in trace.parameters],
            "result": trace.result,
        },
    }


def _parameter(one: TraceParameter) -> dict[str, str]:
    return {
        "path": one.path,
        "name": one.name,
        "value": one.value,
        "clause": one.clause,
        "status": one.status,
        "sure": one.sure,
        "person": one.person,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else show_number(value)
