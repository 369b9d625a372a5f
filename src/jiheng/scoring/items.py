"""Scoring the rows of a sheet that have a rule of their own: rates, bands, steps, judgements."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from jiheng.model import ProjectStatus, ScoreLine, Trace, TraceInput
from jiheng.rulebook.editions import Item
from jiheng.rulebook.methods import Banded, CompletionBanded, Counting, Judged, Proportional, StepDeduction
from jiheng.rulebook.parameters import Cited
from jiheng.scoring.arithmetic import FULL, NOTHING, Share, points_of
from jiheng.scoring.levels import METHOD, asked, one_judgement, scale_with
from jiheng.scoring.lookup import Missing, Reckoned, place
from jiheng.scoring.work import METHOD_NAMES, Row, Work, judged_input
from jiheng.values import Figure, show_number

NO_POINTS = "本框架不定权重，这一项还没有分值；在“评分判定”里给出分值（判定对象写 {path}）"


def score_item(work: Work, item: Item, path: str) -> ScoreLine:
    """One row with a rule of its own. Open where a figure is missing; provisional where the average is not known."""
    points = item.points.value if item.points else Decimal(0)
    row = Row(id=item.id, name=item.name, points=points, category=item.category)
    rate = _rate(work, item)
    actual = rate.percent if isinstance(rate, Reckoned) else ""
    row = Row(id=item.id, name=item.name, points=points, category=item.category, actual=actual, where=_where(rate))
    rule = item.rule
    known: list[Cited] = [rule, *(one for one in work.scheme.rates if one.id == rule.rate)]
    if item.points is None:
        inputs, steps = (rate.inputs, (rate.step,)) if isinstance(rate, Reckoned) else ((), ())
        trace = Trace(method=METHOD_NAMES[rule.method], inputs=inputs, parameters=work.used(known), steps=steps)
        return row.unjudged(NO_POINTS.format(path=work.rules.names.get(path, path)), trace)
    known.insert(0, item.points)
    if isinstance(rule, Judged):
        return _judged(work, item, rule, row, rate, known)
    if not isinstance(rate, Reckoned):
        reason = rate.reason if isinstance(rate, Missing) else f"“{item.name}”没有写明用哪个比率"
        trace = Trace(method=METHOD_NAMES[rule.method], parameters=work.used(known), result="未评分")
        return row.open(reason, trace, rate.where if isinstance(rate, Missing) else "")
    if isinstance(rule, Proportional):
        share = FULL if rate.share[0] >= rate.share[1] else rate.share if rate.share[0] > 0 else NOTHING
        words = (
            "比率达到 100%，得满分" if share == FULL else f"{rate.percent} × {show_number(points)}（按未舍入的比率）"
        )
        return _shared(work, row, rate, known, share, "得分 = 比率 × 分值，不超过分值", (words,))
    if isinstance(rule, Banded):
        return _banded(work, row, rate, known, rule)
    if isinstance(rule, CompletionBanded):
        return _by_completion(work, row, rate, known, rule)
    return _stepped(work, row, rate, known, rule)


def _rate(work: Work, item: Item) -> Reckoned | Missing | None:
    rate = next((rate for rate in work.scheme.rates if rate.id == item.rule.rate), None)
    return work.lookup.rate(rate) if rate else None


def _where(rate: Reckoned | Missing | None) -> str:
    if isinstance(rate, Reckoned):
        return next((item.where for item in rate.inputs if item.where), "")
    return rate.where if rate else ""


def _shared(
    work: Work, row: Row, rate: Reckoned, known: list[Cited], share: Share, formula: str, steps: tuple[str, ...]
) -> ScoreLine:
    score = points_of(share, row.points)
    trace = Trace(
        method=METHOD_NAMES[str(getattr(known[1], "method", "proportional"))],
        formula=formula,
        inputs=rate.inputs,
        parameters=work.used(known),
        steps=(rate.step, *steps),
        result=f"{show_number(score)} 分（满分 {show_number(row.points)} 分）",
    )
    return row.scored(score, trace, share=share)


def _percent(rate: Reckoned) -> Fraction:
    return Fraction(*rate.share) * 100


def _banded(work: Work, row: Row, rate: Reckoned, known: list[Cited], rule: Banded) -> ScoreLine:
    band = next((band for band in rule.bands if _percent(rate) >= Fraction(band.floor.value)), None)
    parts = [*known, rule.full, *((band.floor, band.award) if band else (rule.bands[-1].floor,))]
    award = band.award.value if band else Decimal(0)
    found = f"达到 {band.floor}，得 {band.award}" if band else f"低于 {rule.bands[-1].floor}，不得分"
    share = Fraction(award) / Fraction(rule.full.value)
    pair = (share.numerator, share.denominator)
    return _shared(work, row, rate, parts, pair, f"落在哪一档得哪一档的分（满分 {rule.full}）", (found,))


def _by_completion(work: Work, row: Row, rate: Reckoned, known: list[Cited], rule: CompletionBanded) -> ScoreLine:
    project = work.lookup.project
    status = project.status if project else None
    where = place(project.origin, "status") if project else ""
    inputs = (*rate.inputs, TraceInput("完成情况", status.value if status else "（空）", where))
    rate = Reckoned(rate.share, inputs, rate.step)
    percent = _percent(rate)
    formula = f"完成且不超预算得 {rule.finished}；没有完成的按执行率分档"
    trace = Trace(
        method=METHOD_NAMES["completion_banded"],
        formula=formula,
        inputs=inputs,
        parameters=work.used(known),
        steps=(rate.step,),
        result="未评分",
    )
    if status is None:
        return row.open("没有填写项目完成情况，执行率不能计分", trace, where)
    is_done = status is ProjectStatus.DONE
    if percent > 100 or (percent == 100 and not is_done):
        said = "执行数超过全年预算数" if percent > 100 else "执行率 100% 而项目没有完成"
        return replace(row.open(f"{said}，规则没有写这种情形怎样计分，请由人判定", trace, where), awaits_judgement=True)
    full = Fraction(rule.full.value)
    if is_done:
        share = Fraction(rule.finished.value) / full
        parts, found = [*known, rule.full, rule.finished], f"项目完成，执行数在预算之内，得 {rule.finished}"
    else:
        band = next((band for band in rule.bands if percent >= Fraction(band.floor.value)), None)
        share = Fraction(band.award.value) / full if band else Fraction(0)
        parts = [*known, rule.full, *((band.floor, band.award) if band else (rule.bands[-1].floor,))]
        found = (
            f"项目没有完成，执行率达到 {band.floor}，得 {band.award}"
            if band
            else "项目没有完成，执行率低于最低一档，不得分"
        )
    return _shared(work, row, rate, parts, (share.numerator, share.denominator), formula, (found,))


def _stepped(work: Work, row: Row, rate: Reckoned, known: list[Cited], rule: StepDeduction) -> ScoreLine:
    parts: list[Cited] = [*known, rule.each, rule.deduct]
    inputs, waiting, where = rate.inputs, "", ""
    if rule.limit is not None:
        against, named = Fraction(rule.limit.value), f"标准 {rule.limit}"
        parts.append(rule.limit)
    else:
        fact = work.lookup.fact(rule.average)
        figure = fact.figure if fact else None
        against = Fraction(figure.in_base) if figure else Fraction(0)
        named = f"{rule.average} {figure}" if figure else f"{rule.average}（还没有，暂按 0 从严计算）"
        where = place(fact.origin, "answer") if fact else ""
        waiting = "" if figure else f"等“{rule.average}”公布后定分，现在暂按平均水平为零计算"
        if waiting and not where:
            waiting += f"；公布后填在管理情况表，事项“{rule.average}”"
        inputs = (*inputs, _average_input(rule.average, figure, where))
    excess = _percent(rate) - against
    if excess <= 0:
        taken, words = Fraction(0), f"{rate.percent} 不高于{named}，不扣分"
    else:
        count = excess / Fraction(rule.each.value)
        if rule.counting is Counting.WHOLE:
            count = Fraction(count.numerator // count.denominator)
        taken = count * Fraction(rule.deduct.value)
        counted = "只计满的步数" if rule.counting is Counting.WHOLE else "不满一步的按比例"
        far = Reckoned((excess.numerator, excess.denominator * 100), (), "").percent.removesuffix("%")
        words = f"{rate.percent} 比{named}高 {far} 个百分点，每高 {rule.each}扣 {rule.deduct}（{counted}），应扣 {float_free(taken)} 分"
    points = Fraction(row.points)
    share = max(Fraction(0), points - taken) / points if points else Fraction(0)
    score = points_of((share.numerator, share.denominator), row.points)
    trace = Trace(
        method=METHOD_NAMES["step_deduction"],
        formula="得分 = 分值 − 扣分，扣完为止",
        inputs=inputs,
        parameters=work.used(parts),
        steps=(rate.step, words),
        result=f"{show_number(score)} 分（满分 {show_number(row.points)} 分）",
    )
    pair = (share.numerator, share.denominator)
    return row.provisional(score, trace, pair, waiting, where) if waiting else row.scored(score, trace, share=pair)


def float_free(value: Fraction) -> str:
    """A fraction as a decimal where it is one, with two places (half up) where it is not.

    >>> float_free(Fraction(7, 2)), float_free(Fraction(1, 3))
    ('3.5', '0.33')
    """
    rounded = (2 * abs(value.numerator) * 100 + value.denominator) // (2 * value.denominator)
    text = show_number(Decimal(rounded).scaleb(-2))
    return f"-{text}" if value < 0 and rounded else text


def _average_input(name: str, figure: Figure | None, where: str) -> TraceInput:
    return TraceInput(name, str(figure) if figure else "（还没有）", where)


def _judged(
    work: Work, item: Item, rule: Judged, row: Row, rate: Reckoned | Missing | None, known: list[Cited]
) -> ScoreLine:
    inputs, steps = _evidence(work, rule, row.points)
    if isinstance(rate, Reckoned):
        inputs, steps = (*rate.inputs, *inputs), (rate.step, *steps)
    elif isinstance(rate, Missing):
        steps = (rate.reason, *steps)
    steps = (*(f"评价要点：{text}" for text in rule.look_at), *steps)
    found = work.judged_item(item)
    judged = one_judgement(found, asked(Decimal(0), row.points, "分值", row.points))
    if isinstance(judged, str):
        trace = Trace(method=METHOD, inputs=inputs, parameters=work.used(known), steps=steps, result="未评分")
        return row.unjudged(judged, trace, place(found[0].origin, "score") if found else "")
    assert judged.score is not None
    least, most, is_closed, words = Decimal(0), row.points, True, ""
    limits: tuple[Cited, ...] = ()
    where = place(judged.origin, "score")
    if judged.level:
        scale = scale_with(work, judged.level)
        if scale is None:
            trace = Trace(method=METHOD, inputs=inputs, parameters=work.used(known), steps=steps, result="未评分")
            return row.unjudged(f"判定等级“{judged.level}”不认识", trace, where)
        level = scale.level_of(judged.level)
        assert level is not None
        low, high = scale.band(level)
        least, most, is_closed = row.points * low / 100, row.points * high / 100, level == scale.names[0]
        limits = scale.limits(level)
        words = f"“{level}”的得分区间：{show_number(low)}%—{show_number(high)}%"
    trace = Trace(
        method=METHOD,
        formula="由判定人在分值（或等级的区间）之内给分",
        inputs=(*inputs, judged_input(judged)),
        parameters=work.used([*known, *limits]),
        steps=(*steps, words) if words else steps,
        result=f"{show_number(judged.score)} 分（满分 {show_number(row.points)} 分）",
    )
    if not least <= judged.score <= most or (judged.score == most and not is_closed):
        wanted = asked(least, most, "分值", row.points, is_closed=is_closed)
        level_words = f"“{judged.level}”的" if judged.level else ""
        reason = f"判定得分 {show_number(judged.score)} 不在{level_words}范围之内：{wanted}"
        return row.unjudged(reason, trace, where)
    return row.scored(judged.score, trace)


def _evidence(work: Work, rule: Judged, points: Decimal) -> tuple[tuple[TraceInput, ...], tuple[str, ...]]:
    """What 管理情况 says about a judged item: the answers, and the share they suggest; never a score."""
    inputs: list[TraceInput] = []
    fits = answered = 0
    for expected in rule.facts:
        fact = work.lookup.fact(expected.fact)
        said = {True: "是", False: "否", None: "（空）"}[fact.answer if fact else None]
        inputs.append(TraceInput(expected.fact, said, place(fact.origin, "answer") if fact else ""))
        answered += said != "（空）"
        fits += said == expected.answer
    if not rule.facts or answered < len(rule.facts):
        return tuple(inputs), ()
    suggested = float_free(Fraction(points) * fits / len(rule.facts))
    return tuple(inputs), (f"管理情况 {len(rule.facts)} 项中 {fits} 项符合，供判定参考：{suggested} 分",)
