"""What the scoring of one sheet works with: the year, the rules, the judged scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from jiheng.model import (
    Indicator,
    JudgedScore,
    ScoreLine,
    ScoreState,
    Trace,
    TraceInput,
    TraceParameter,
)
from jiheng.rulebook.editions import Dates, Item, Scheme
from jiheng.rulebook.methods import OverTarget
from jiheng.rulebook.parameters import Cited, Parameter
from jiheng.rulebook.resolve import RuleSet
from jiheng.scoring.lookup import Lookup, place
from jiheng.values import show_number

METHOD_NAMES = {
    "proportional": "正比计分",
    "reverse_ratio": "反向计分 A÷B",
    "reverse_difference": "反向计分 1−(B−A)÷A",
    "threshold_60": "及格门槛",
    "banded": "区间计分",
    "completion_banded": "执行率按完成与否计分",
    "step_deduction": "按步扣分",
    "judged": "由人判定",
    "over_target_deduction": "超额扣分",
    "convert_weights": "权重换算",
    "score_caps": "得分封顶",
}


@dataclass(frozen=True, slots=True)
class Work:
    """Everything one sheet is scored from."""

    rules: RuleSet
    scheme: Scheme
    lookup: Lookup

    @property
    def over_target(self) -> OverTarget | None:
        """The over-target rule: of a chosen adjustment, else of the scheme."""
        adjustment = self.rules.adjustment
        if adjustment is not None and adjustment.over_target is not None:
            return adjustment.over_target
        return self.scheme.indicators.over_target if self.scheme.indicators else None

    def judged(self, *names: str) -> tuple[JudgedScore, ...]:
        """The judged scores whose subject is one of the names."""
        wanted = {name.strip() for name in names if name.strip()}
        return tuple(one for one in self.lookup.year.judged_scores if one.subject.strip() in wanted)

    def judged_item(self, item: Item) -> tuple[JudgedScore, ...]:
        """The judged scores of a row with a rule of its own; a project's are named `项目编号/评分项`."""
        project = self.lookup.project
        if project is None:
            return self.judged(item.id, item.name)
        plain = item.name if len(self.lookup.year.projects) == 1 else ""
        return self.judged(*(f"{one}/{item.name}" for one in (project.code, project.name) if one), plain)

    def judged_of(self, indicator: Indicator) -> tuple[JudgedScore, ...]:
        """The judged scores of an indicator: by its code, by 项目/指标名称, or by its name where only one has it."""
        within = f"{indicator.project}/{indicator.name}" if indicator.project else ""
        found = self.judged(indicator.code, within, indicator.name)
        if all(one.subject.strip() in (indicator.code, within) for one in found):
            return found
        alike = sum(one.name == indicator.name for one in self.lookup.year.indicators)
        return found if alike <= 1 else self.judged(indicator.code, within)

    def used(self, parts: Iterable[Cited]) -> tuple[TraceParameter, ...]:
        """Rule parts as the trace shows them."""
        return tuple(self._shown(part) for part in parts)

    def _shown(self, part: Cited) -> TraceParameter:
        method = METHOD_NAMES.get(str(getattr(part, "method", "")), getattr(part, "name", ""))
        return TraceParameter(
            path=part.path,
            value=str(part) if isinstance(part, (Parameter, Dates)) else method,
            clause=f"{self.rules.regulation(part.cite.regulation)} {part.cite.clause}",
            status=part.status.label,
            sure=part.sure if part.is_unverified else part.reason,
            person=part.person,
            name=self.rules.names.get(part.path, ""),
        )


def judged_input(judged: JudgedScore) -> TraceInput:
    """A judged score as an input: who, what, why, where."""
    level = f"“{judged.level}”" if judged.level else ""
    score = f"{show_number(judged.score)}分" if judged.score is not None else ""
    low = "认定目标值偏低" if judged.target_too_low else ""
    said = "，".join(part for part in (level, score, low) if part)
    return TraceInput(
        f"{judged.person or '（未写判定人）'}判定", f"{said}；理由：{judged.reason}", place(judged.origin, "score")
    )


def is_signed(judged: JudgedScore) -> bool:
    """Whether a person and a reason stand with the judgement."""
    return bool(judged.person.strip() and judged.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is known of a row before it is scored."""

    id: str
    name: str
    points: Decimal
    category: str = ""
    part: str = ""
    target: str = ""
    actual: str = ""
    weight: Decimal | None = None
    where: str = ""

    def open(self, reason: str, trace: Trace, where: str = "") -> ScoreLine:
        """The row without a score for want of data, and why."""
        return self._line(None, ScoreState.OPEN, trace, reason, where or self.where, None)

    def unjudged(self, reason: str, trace: Trace, where: str = "") -> ScoreLine:
        """The row that waits for a person's judgement; `where` is the record in 评分判定, if there is one."""
        return replace(self._line(None, ScoreState.OPEN, trace, reason, where, None), awaits_judgement=True)

    def scored(self, score: Decimal, trace: Trace, *, share: tuple[int, int] | None = None) -> ScoreLine:
        """The row with its score."""
        return self._line(score, ScoreState.SETTLED, trace, "", self.where, share)

    def provisional(self, score: Decimal, trace: Trace, share: tuple[int, int], reason: str, where: str) -> ScoreLine:
        """The row with a score until something is known; where that belongs."""
        return self._line(score, ScoreState.PROVISIONAL, trace, reason, where, share)

    def _line(
        self,
        score: Decimal | None,
        state: ScoreState,
        trace: Trace,
        reason: str,
        where: str,
        share: tuple[int, int] | None,
    ) -> ScoreLine:
        return ScoreLine(
            id=self.id,
            name=self.name,
            points=self.points,
            score=score,
            state=state,
            trace=trace,
            category=self.category,
            part=self.part,
            target=self.target,
            actual=self.actual,
            weight=self.weight,
            reason=reason,
            where=where,
            share=share,
        )
