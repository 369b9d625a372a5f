"""Whether the numbers of an edition make sense together; what a shape alone cannot say."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from jiheng.errors import BadRules
from jiheng.rulebook.editions import Adjustment, Block, Grades, Header, Scheme
from jiheng.rulebook.methods import Banded, CompletionBanded, Judged, Proportional, StepDeduction
from jiheng.rulebook.operands import is_operand
from jiheng.rulebook.parameters import Parameter, cited_parts
from jiheng.rulebook.procedures import Monitoring
from jiheng.rulebook.scales import check_order
from jiheng.rulebook.source import Source


def check_sense(edition: Header, source: Source) -> None:
    """**Raises** BadRules naming the file and, where it can, the line."""

    def refuse(sentence: str, *path: str | int) -> None:
        raise BadRules(f"{source.place(path)}：{sentence}")

    dates = edition.dates
    if dates.until is not None and dates.until < dates.since:
        refuse(f"规则在 {dates.until} 年终止，早于开始的 {dates.since} 年", "dates", "until")
    for part in cited_parts(edition):
        if isinstance(part, Parameter) and part.value < 0:
            refuse(f"数字 {part} 不能是负数", *source.holding("value", str(part.value)))
        if isinstance(part, Parameter) and part.unit == "%" and part.value > 1000:
            refuse(f"百分数 {part} 超出 1000%", *source.holding("value", str(part.value)))
    if isinstance(edition, Scheme):
        _scheme(edition, source)
    if isinstance(edition, Monitoring):
        _calendar(edition, source)
    for path, floors in _descending(edition):
        if floors != sorted(set(floors), reverse=True):
            refuse("各档的下限要由高到低、各不相同", *path)


def _scheme(scheme: Scheme, source: Source) -> None:
    rates = {rate.id for rate in scheme.rates}
    for index, rate in enumerate(scheme.rates):
        for operand in (*rate.part, *rate.whole):
            if not is_operand(operand):
                raise BadRules(f"{source.place(('rates', index))}：不认识的取数项“{operand}”")
    for scale in scheme.scales:
        check_order(scale, source.path.name)
    for index, block in enumerate(scheme.blocks):
        place = source.place(("blocks", index))
        if bool(block.items) == bool(block.frames):
            raise BadRules(f"{place}：“{block.name}”要么列出评分项（items），要么给出指标框架（frames）")
        if block.frames and (scheme.indicators is None or block.convert is None):
            raise BadRules(f"{place}：“{block.name}”用到指标框架，却没有给出指标计分规则（indicators、convert）")
        _points(block, place)
        for item in block.items:
            rule = item.rule
            if isinstance(rule, (Banded, CompletionBanded)):
                check_awards(rule, item.name, place)
            needed = (
                rule.rate if isinstance(rule, (Proportional, Banded, CompletionBanded, StepDeduction, Judged)) else ""
            )
            if (needed or not isinstance(rule, Judged)) and needed not in rates:
                raise BadRules(f"{place}：“{item.name}”用到的比率“{needed}”没有定义")
    totals = [block.points.value for block in scheme.blocks if block.points]
    if scheme.indicators and scheme.indicators.satisfaction:
        check_awards(scheme.indicators.satisfaction, "满意度", source.place(("indicators", "satisfaction")))
    if scheme.full and sum(totals) != scheme.full.value and len(totals) == len(scheme.blocks):
        raise BadRules(f"{source.place(('full',))}：各块分值合计 {sum(totals)}，与总分 {scheme.full.value} 不等")
    for floor in scheme.floors:
        share = sum(block.points.value for block in scheme.blocks if block.points and block.id in floor.blocks)
        if scheme.full and share * 100 < floor.least.value * scheme.full.value:
            names = "、".join(block.name for block in scheme.blocks if block.id in floor.blocks)
            raise BadRules(
                f"{source.place(('floors',))}：{names}合计 {share} 分，少于总分的 {floor.least}（{floor.cite}）"
            )


def _calendar(edition: Monitoring, source: Source) -> None:
    for at, one in enumerate(edition.rounds):
        day = one.report_day.value if one.report_day else Decimal(1)
        months = (one.until_month.value, one.report_month.value)
        if any(month not in range(1, 13) for month in months):
            raise BadRules(f"{source.place(('rounds', at))}：月份只能是 1 到 12")
        if day not in range(1, monthrange(2023, int(months[1]))[1] + 1):
            raise BadRules(f"{source.place(('rounds', at))}：{one.report_month} 没有 {one.report_day}")


def check_awards(rule: Banded | CompletionBanded, name: str, place: str) -> None:
    awards = [band.award for band in rule.bands]
    awards += [rule.finished] if isinstance(rule, CompletionBanded) else []
    for award in awards:
        if award.value > rule.full.value:
            raise BadRules(f"{place}：“{name}”有一档得 {award}，超过满分 {rule.full}")


def _points(block: Block, place: str) -> None:
    if block.points is None:
        return
    given: list[tuple[str, list[Decimal]]] = [
        (frame.name, [part.points.value for part in frame.parts]) for frame in block.frames
    ]
    if block.items and all(item.points for item in block.items):
        given.append((block.name, [item.points.value for item in block.items if item.points]))
    for name, points in given:
        if sum(points) != block.points.value:
            raise BadRules(f"{place}：“{name}”各项分值合计 {sum(points)}，与“{block.name}”的 {block.points.value} 不等")


def _descending(edition: Header) -> Iterable[tuple[tuple[str | int, ...], list[Decimal]]]:
    if isinstance(edition, Grades):
        yield ("grades",), [grade.floor.value for grade in edition.grades]
    if isinstance(edition, Adjustment) and edition.caps:
        yield ("caps", "bands"), [band.floor.value for band in edition.caps.bands]
    if isinstance(edition, Monitoring):
        for index, light in enumerate(edition.lights):
            yield ("lights", index), [band.floor.value for band in light.bands]
    if isinstance(edition, Scheme):
        for at, block in enumerate(edition.blocks):
            for row, item in enumerate(block.items):
                bands = getattr(cast(Any, item.rule), "bands", ())
                yield ("blocks", at, "items", row, "rule", "bands"), [band.floor.value for band in bands]
        if edition.indicators and edition.indicators.over_target:
            floors = [band.floor.value for band in edition.indicators.over_target.bands]
            yield ("indicators", "over_target", "bands"), floors
