"""五、总体评价结论 and 六、措施建议."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.checks.periods import in_words
from jiheng.model import Problem, ScoreBlock, ScoreSheet
from jiheng.model.named_figures import cell_of
from jiheng.model.report import Block, Printed, Text
from jiheng.reporting.sections.attainment import own_indicators, sorted_out
from jiheng.reporting.sections.context import Context, count, lacking, listed, paragraph, phrase, say, sentence
from jiheng.values import Exact, show_number


def points(name: str, value: Exact, source: str, rule: str = "") -> Printed:
    """Points or a score. **Unit** 分."""
    return Printed(
        text=f"{show_number(value)}分", value=value, unit="分", places=None, name=name, source=source, rule=rule
    )


def score(context: Context) -> Iterator[Block]:
    """What the rules give, block by block; what is open and why; what the department states beside it."""
    sheet = context.sheet
    if sheet is None:
        yield lacking("没有适用于本地区、本年度的评分规则，不能评分")
    else:
        yield from _scored(sheet)
    yield from context.errors("scores.")
    yield from context.doubts("scores.full_with_unfinished", "actuals.missing_against_score")
    stated = context.year.stated
    if stated.score is not None:
        own = points("自评分", stated.score, cell_of(stated.origin, "score"))
        differs = sheet is None or sheet.total is None or sheet.total != stated.score
        yield paragraph("本部门自报整体绩效自评分{score}{grade}{differs}。", score=own,
                        grade=f"，等级为{stated.grade}" if stated.grade else "",
                        differs="，与按规则计算的结果不同，两者并列，请核对" if differs and sheet else "")  # fmt: skip


def _scored(sheet: ScoreSheet) -> Iterator[Block]:
    parts = [_block(sheet, block) for block in sheet.blocks]
    yield paragraph("按《{title}》评定：{parts}。", title=sheet.title, parts=listed(parts, "；"))
    if sheet.total is None:
        so_far = points("已评得分", sheet.scored, f"评分表（{sheet.edition}）各项得分相加")
        rest = points("未评分值", sheet.open_points, f"评分表（{sheet.edition}）未评各项分值相加")
        yield paragraph("已评部分得分合计{so_far}，尚有{rest}没有评定，总分待定。", so_far=so_far, rest=rest)
        names = [line.name for line in sheet.lines if line.score is None]
        yield lacking(f"没有评定的项目：{'、'.join(names)}")
    else:
        grade = f"，等级为{sheet.grade}" if sheet.grade else ""
        total = points("总分", sheet.total, f"评分表（{sheet.edition}）各项得分相加")
        yield paragraph("总分{total}{grade}（{state}）。详见附件2。", total=total, grade=grade, state=sheet.state)
    if sheet.marks:
        yield lacking(f"评分所用的规则中有 {len(sheet.marks)} 处没有核实，须由财务负责人确认或替换后才能定分")


def _block(sheet: ScoreSheet, block: ScoreBlock) -> Text:
    where = f"评分表（{sheet.edition}）“{block.name}”"
    full = points(f"{block.name}分值", block.points, where)
    if block.lines and all(line.score is None for line in block.lines):
        return say("{name}{full}，没有评定", name=block.name, full=full)
    return say(
        "{name}{full}，得{score}", name=block.name, full=full, score=points(f"{block.name}得分", block.score, where)
    )


def problems(context: Context) -> Iterator[Block]:
    """The department's own list, then what the year shows and the list does not say."""
    year = context.year
    if not year.problems:
        yield lacking("“问题与整改”表没有填写")
    for at, one in enumerate(year.problems, 1):
        cause = f"原因：{sentence(one.cause)}" if one.cause else "没有写明原因。"
        yield paragraph("{at}.{text}{cause}", at=str(at), text=sentence(one.text), cause=cause)
    _, missed, unknown = sorted_out(own_indicators(year))
    shown: list[Text] = []
    for words, group in (("没有完成的指标", missed), ("没有可比完成值的指标", unknown)):
        if group:
            number = count(words, len(group), "个", "绩效指标表")
            shown.append(say("{words}{number}", words=words, number=number))
    undone = [one.name for one in year.projects if one.status and one.status.value in ("未完成", "未开始")]
    if undone:
        number = count("没有完成的项目", len(undone), "个", "项目表完成情况")
        shown.append(say("没有完成的项目{number}（{names}）", number=number, names="、".join(undone)))
    if shown:
        yield paragraph("账表反映：{shown}。", shown=listed(shown, "；"))


def measures(context: Context) -> Iterator[Block]:
    """Who does what until when."""
    every = [one for one in context.year.problems if one.measure]
    if not every:
        yield lacking("“问题与整改”表没有填写整改措施")
    for at, one in enumerate(every, 1):
        yield paragraph("{at}.{measure}{who}", at=str(at), measure=sentence(one.measure), who=_who(one))


def _who(one: Problem) -> str:
    who = "、".join(part for part in (one.office, one.owner) if part)
    parts = [f"责任：{who}" if who else "", f"期限：{in_words(one.due)}" if one.due else "", one.state]
    said = "；".join(phrase(part) for part in parts if part)
    return f"（{said}）" if said else ""
