"""The over-target deduction: only where a person found that the target was set too low, never for demand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jiheng.model import Indicator, TraceInput
from jiheng.rulebook.parameters import Cited
from jiheng.scoring.arithmetic import FULL, Share, less_percent
from jiheng.scoring.quantitative import Way, excess_percent
from jiheng.scoring.work import Work, is_signed, judged_input
from jiheng.values import Ratio, show_number


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTargetResult:
    """What is left of the share, or the score itself where a number of points is taken or a person sets it."""

    share: Share
    score: Decimal | None = None
    steps: tuple[str, ...] = ()
    words: str = ""
    inputs: tuple[TraceInput, ...] = ()
    parts: tuple[Cited, ...] = ()
    refused: str = ""


def take_over_target(
    work: Work, indicator: Indicator, way: Way, points: Decimal, target: Decimal, actual: Decimal, share: Share
) -> OverTargetResult:
    """The deduction for an indicator that exceeds its target; the share unchanged where none is due."""
    rule = work.over_target
    plain = OverTargetResult(share=share)
    if rule is None or way is not Way.FORWARD or share != FULL or actual <= target:
        return plain
    judged = next((one for one in work.judged_of(indicator) if one.target_too_low), None)
    numerator, denominator = excess_percent(target, actual)
    d = f"完成值超出指标值 {Ratio(actual - target, target)}" if target > 0 else ""
    if rule.needs_person == "是":
        if judged is None:
            note = f"{d}；只有“评分判定”里认定年初指标值定低了才扣分，现在没有这样的认定，不扣分" if d else ""
            return OverTargetResult(share=share, steps=(note,) if note else ())
        if indicator.demand_driven:
            note = "本指标的数量由需求决定（需求驱动），超额不说明目标偏低，不扣分"
            return OverTargetResult(share=share, steps=(note,), inputs=(judged_input(judged),))
        if not is_signed(judged):
            return OverTargetResult(
                share=share, inputs=(judged_input(judged),), refused="认定目标值偏低要写明判定人和理由，写全之前不计分"
            )
    elif indicator.demand_driven:
        return OverTargetResult(share=share, steps=("本指标的数量由需求决定（需求驱动），超额不扣分",))
    inputs = (judged_input(judged),) if judged else ()
    if not rule.bands:
        if judged is None or judged.score is None or not 0 <= judged.score <= points:
            return OverTargetResult(
                share=share,
                inputs=inputs,
                parts=(rule,),
                refused=f"认定目标值偏低的，由判定人按偏离度给分，要在 0 到 {show_number(points)} 分之间",
            )
        words = f"按偏离度由判定人调减为 {show_number(judged.score)} 分"
        return OverTargetResult(
            share=share, score=judged.score, steps=(d,) if d else (), words=words, inputs=inputs, parts=(rule,)
        )
    band = next((one for one in rule.bands if _reaches(numerator, denominator, one.floor.value)), None)
    if band is None:
        return OverTargetResult(
            share=share, steps=(f"{d}，低于 {rule.bands[-1].floor}，不扣分",), inputs=inputs, parts=(rule,)
        )
    parts = (rule, band.floor, band.take)
    found = f"{d}，达到 {band.floor}，扣 {band.take}"
    if band.take.unit == "%":
        kept = less_percent(share, band.take.value)
        words = f"得分 = {show_number(points)} × (1 − {band.take})，四舍五入到 0.01"
        return OverTargetResult(share=kept, steps=(found,), words=words, inputs=inputs, parts=parts)
    score = max(Decimal(0), points - band.take.value)
    words = f"得分 = {show_number(points)} − {band.take} = {show_number(score)}"
    return OverTargetResult(share=share, score=score, steps=(found,), words=words, inputs=inputs, parts=parts)


def _reaches(numerator: int, denominator: int, floor: Decimal) -> bool:
    top, under = floor.as_integer_ratio()
    return 100 * numerator * under >= top * denominator
