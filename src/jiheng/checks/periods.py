"""期间: what the year pays for and measures lies in the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jiheng.checks.check import Located, Missing, Outcome, check, hit
from jiheng.model import DepartmentYear, Level, Project, SubItem, Survey
from jiheng.rulebook.check_rules import CheckRules

_BASIS = "《预算法》第十八条：预算年度自公历 1 月 1 日起，至 12 月 31 日止"


def in_words(day: date) -> str:
    """A day as documents write it.

    >>> in_words(date(2022, 10, 1))
    '2022年10月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


@check(
    "periods.sub_item",
    "费用期间在本年度内",
    level=Level.WARNING,
    needs=("sub_items",),
    basis=_BASIS,
    message="子项“{name}”（{paid}）的费用期间是 {starts}至{ends}，跨出了 {year} 年。",
    reckoning="{year} 年是 1 月 1 日至 12 月 31 日，{outside}。",
    mend="请说明跨年度的原因（合同约定、上年未付等），或只填属于本年的金额。",
)
def sub_item(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A use paid for days outside the year needs a word."""
    fiscal_year = year.profile.fiscal_year
    if not any(one.starts or one.ends for one in year.sub_items):
        yield Missing("子项的费用期间")
    for one in year.sub_items:
        early = one.starts is not None and one.starts < fiscal_year.period.start
        late = one.ends is not None and one.ends > fiscal_year.period.end
        if early or late:
            sides = [f"开始早于 {fiscal_year} 年"] * early + [f"结束晚于 {fiscal_year} 年"] * late
            yield hit(
                one,
                "starts" if early else "ends",
                name=one.name,
                paid=one.paid if one.paid is not None else "金额未填",
                starts=in_words(one.starts) if one.starts else "未填",
                ends=in_words(one.ends) if one.ends else "未填",
                year=str(fiscal_year),
                outside="，".join(sides),
            )


@check(
    "periods.reversed",
    "开始不晚于结束",
    level=Level.ERROR,
    basis="期间的开始不晚于结束",
    message="“{name}”的{first} {starts}，晚于{last} {ends}。",
    reckoning="{starts} 在 {ends} 之后。",
    mend="请核对两个日期。",
)
def reversed_dates(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """Sub-items, projects, surveys and policies."""
    records: tuple[SubItem | Project | Survey, ...] = (*year.sub_items, *year.projects, *year.surveys)
    titles = {"starts": ("开始日期", "结束日期"), "valid_from": ("生效日期", "失效日期")}
    periods: list[tuple[Located, str, str, date | None, date | None]]
    periods = [(one, "starts", one.name, one.starts, one.ends) for one in records]
    periods += [(one, "valid_from", one.title, one.valid_from, one.valid_to) for one in year.policies]
    if not any(starts and ends for *_, starts, ends in periods):
        yield Missing("成对的开始日期和结束日期")
    for record, field, name, starts, ends in periods:
        if starts and ends and starts > ends:
            first, last = titles[field]
            yield hit(record, field, name=name, first=first, starts=in_words(starts), last=last, ends=in_words(ends))


@check(
    "periods.actual",
    "实际完成值是本年度的",
    level=Level.WARNING,
    needs=("indicators",),
    basis=_BASIS,
    message="指标“{name}”的取值日期是 {day}，不在 {year} 年，也不在次年上半年的评价期内。",
    reckoning="{day} 与评价年度 {year} 不符。",
    mend="请核对取值日期，或换成 {year} 年的数据。",
)
def actual(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A value may be taken in the first half of the next year, when the year is evaluated."""
    fiscal_year = year.profile.fiscal_year
    first, last = fiscal_year.period.start, date(fiscal_year.year + 1, 6, 30)
    if not any(one.actual and one.actual.as_of for one in year.indicators):
        yield Missing("指标的取值日期")
    for one in year.indicators:
        day = one.actual.as_of if one.actual else None
        if day and not first <= day <= last:
            yield hit(one, "as_of", name=one.name, day=in_words(day), year=str(fiscal_year))


@check(
    "periods.survey",
    "满意度调查是本年度的",
    level=Level.WARNING,
    needs=("surveys",),
    basis=_BASIS,
    message="调查“{name}”的日期是 {start}至{end}，不是 {year} 年的调查。",
    reckoning="{why}。",
    mend="请换成 {year} 年的调查，或说明为什么用其他年度的结果。",
)
def survey(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A survey of another year says nothing of this one."""
    fiscal_year = year.profile.fiscal_year
    if not any(one.starts or one.ends for one in year.surveys):
        yield Missing("调查的开始日期、结束日期")
    for one in year.surveys:
        over = one.ends is not None and one.ends < fiscal_year.period.start
        later = one.starts is not None and one.starts > date(fiscal_year.year + 1, 6, 30)
        if over or later:
            yield hit(
                one,
                "ends" if over else "starts",
                name=one.name,
                start=in_words(one.starts) if one.starts else "（未填）",
                end=in_words(one.ends) if one.ends else "（未填）",
                year=str(fiscal_year),
                why=f"{fiscal_year} 年开始以前已经结束" if over else "次年 6 月 30 日以后才开始",
            )


@check(
    "periods.policy",
    "政策依据在本年度有效",
    level=Level.WARNING,
    needs=("policies",),
    basis="立项依据应现行有效",
    message="政策依据“{title}”在 {year} 年{when}。",
    reckoning="有效期从{start}到{end}。",
    mend="请换成现行有效的文件，或核对日期。",
)
def policy(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """In force for at least some day of the year."""
    fiscal_year = year.profile.fiscal_year
    if not any(one.valid_from or one.valid_to for one in year.policies):
        yield Missing("政策依据的生效日期、失效日期")
    for one in year.policies:
        expired = one.valid_to is not None and one.valid_to < fiscal_year.period.start
        later = one.valid_from is not None and one.valid_from > fiscal_year.period.end
        if expired or later:
            yield hit(
                one,
                "valid_to" if expired else "valid_from",
                title=one.title,
                when="已经失效" if expired else "还没有生效",
                year=str(fiscal_year),
                start=in_words(one.valid_from) if one.valid_from else "（未填）",
                end=in_words(one.valid_to) if one.valid_to else "（未填）",
            )
