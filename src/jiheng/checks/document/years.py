"""Years left over from another report."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check
from jiheng.model import Level
from jiheng.model.statement import Claims, YearNamed


def _of(claims: Claims, *kinds: str) -> Iterator[YearNamed]:
    return (one for one in claims.of(YearNamed) if one.kind in kinds)


@document_check(
    "document.year_heading",
    "标题里的年度是本报告的年度",
    level=Level.WARNING,
    basis="标题中的年度应与报告年度一致",
    message="标题“{heading}”写的是 {year} 年，这份材料是 {own} 年度的。",
    reckoning="标题 {year}，报告年度 {own}。",
    mend="请改成 {own} 年；套用上年模板的，请通查全文的年份。",
)
def heading(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A heading that names its kind of document and another year."""
    for one in _of(claims, "heading"):
        yield claim(
            one.words, heading=one.words.text, year=one.year, own=one.expected[0], likely_cause="沿用了以前年度的模板"
        )


@document_check(
    "document.year_figures",
    "总数所说的年度是本报告的年度",
    level=Level.WARNING,
    basis="正文的年度应与标题的年度一致",
    message="“{words}”说的是 {year} 年，按标题这份材料是 {own} 年度的。",
    reckoning="这一句 {year}，标题 {own}。",
    mend="请核对是正文还是标题的年份没有更新。",
)
def figures(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Total budget and total spending are the year's own."""
    for one in _of(claims, "figures"):
        yield claim(one.words, words=one.words.text, year=one.year, own=one.expected[0], likely_cause="年份没有更新")


@document_check(
    "document.year_title",
    "题名的年度与正文相符",
    level=Level.WARNING,
    basis="正文的年度应与标题的年度一致",
    message="题名“{title}”写的是 {year} 年，正文的总数和其他各处说的都是 {other} 年。",
    reckoning="题名 {year}，正文 {other}。",
    mend="请核对后改正题名的年份；套用上年模板的，请通查全文的年份。",
)
def title(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A cover left over from last year."""
    for one in _of(claims, "title"):
        yield claim(
            one.words,
            expected=f"{one.expected[0]}年",
            likely_cause="年份没有更新",
            title=one.words.text,
            year=one.year,
            other=one.expected[0],
        )


@document_check(
    "document.year_as_of",
    "截止日期属于本年度",
    level=Level.WARNING,
    basis="数据的截止日期应与报告年度相符",
    message="“{words}”的年份是 {year}，按这份材料的年度应在 {allowed} 年。",
    reckoning="写的是 {year} 年，应在 {allowed} 年。",
    mend="请核对日期和后面的数据；只是没有改年份的，改正年份。",
)
def as_of(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """截至某日 before any day the document could mean."""
    for one in _of(claims, "as_of"):
        yield claim(
            one.words,
            words=one.words.text,
            year=one.year,
            allowed="、".join(map(str, sorted(one.expected))),
            likely_cause="沿用了以前年度的模板",
        )


@document_check(
    "document.year_own",
    "预算与上一年度比较",
    level=Level.ERROR,
    basis="增减应与上一年度比较",
    message="“{words}”：{year} 年的预算又同 {year} 年的预算比较{places}。",
    reckoning="本预算是 {year} 年的，比较的对象也是 {year} 年，应是 {last} 年。",
    mend="请把作比较的年份改为 {last} 年，并核对增减额。",
)
def own_year(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Told once for the whole document."""
    found = list(_of(claims, "own_year"))
    for one in found[:1]:
        yield claim(
            one.words,
            expected=f"{one.expected[0]}年",
            likely_cause="年份写错",
            words=one.words.text,
            year=one.year,
            last=one.expected[0],
            places=f"（共 {len(found)} 段这样写）" if len(found) > 1 else "",
        )


@document_check(
    "document.year_evaluated",
    "自评和监控的年度与报告年度相符",
    level=Level.WARNING,
    basis="当年开展上年项目的绩效自评和当年项目的绩效运行监控",
    message="“{words}”写的是 {year} 年的{subject}；{own} 年度的报告里，{subject}应是 {allowed} 年的。",
    reckoning="报告年度 {own}；{subject}的年度应是 {allowed}，写的是 {year}。",
    mend="请核对年份；确是在说以前年度工作的，请写明。",
)
def evaluated(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """自评 of the year before is right where it tells what was done in the year; elsewhere it may be left over."""
    for one in _of(claims, "self_evaluation", "monitoring"):
        own = claims.head.year or 0
        subject = "绩效自评" if one.kind == "self_evaluation" else "绩效运行监控"
        yield claim(
            one.words,
            level=Level.HINT if one.year in one.expected else None,
            words=one.words.text,
            year=one.year,
            subject=subject,
            own=own,
            allowed=f"{own}" if one.kind == "monitoring" else f"{own - 1}（本年开展的）或 {own}",
        )


@document_check(
    "document.year_period",
    "项目实施周期在预算年度之内",
    level=Level.WARNING,
    basis="列入本年预算的项目，实施周期应包括本年度",
    message="项目的实施周期“{words}”在 {own} 年之前就结束了。",
    reckoning="周期的最后一年是 {year}，预算年度是 {own}。",
    mend="请改为本年度的实施周期。",
)
def period(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A period copied from last year's budget."""
    for one in _of(claims, "period"):
        yield claim(
            one.words, words=one.words.text, year=one.year, own=one.expected[0], likely_cause="沿用了以前年度的文字"
        )
