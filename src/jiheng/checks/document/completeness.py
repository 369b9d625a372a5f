"""What is wanting: places left open, reasons, sections, scores, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.checks.check import Missing
from jiheng.checks.document.check import DocumentHit, DocumentRules, Outcome, claim, document_check
from jiheng.model import Level
from jiheng.model.statement import Claims, EmptyReason, Impression, Placeholder, Section
from jiheng.rulebook.outlines import Outline

_NUMBER = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十\d]{1,3}[部章、.．)）]分?|[（(][一二三四五六七八九十\d]{1,3}[)）])[、.．]?\s*"
)
_LONG_ENOUGH = 3


@document_check(
    "document.placeholder",
    "没有留空的占位符",
    level=Level.WARNING,
    basis="成文材料不应留有待填的占位符",
    message="{what}",
    reckoning="占位符“{sign}”等共 {count} 处。",
    mend="请填写实际内容；没有的项目按要求写“无”或删去。",
)
def placeholder(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A template is told once."""
    for one in claims.of(Placeholder):
        more = f"（全文共 {one.count} 处）" if one.count > 1 else ""
        what = f"“{one.words.text}”里的“{one.sign}”是没有填的占位符或没有选定的词{more}。"
        if one.is_template:
            what = f"这是一份没有填写的模板：“{one.sign}”之类的占位符有 {one.count} 处。"
        yield claim(one.words, what=what, sign=one.sign, count=one.count)


@document_check(
    "document.empty_reason",
    "写了“主要原因”的有原因",
    level=Level.WARNING,
    basis="增减变动应说明原因",
    message="“{words}”后面没有写原因。",
    reckoning="“原因”之后是空的。",
    mend="请补写具体原因。",
)
def empty_reason(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """主要原因是。"""
    for one in claims.of(EmptyReason):
        yield claim(one.words, words=one.words.text)


@document_check(
    "document.impression",
    "满意度等结果有调查依据",
    level=Level.WARNING,
    basis="财预〔2021〕101号：满意度指标一般用问卷调查法取值，佐证材料为满意度调查报告",
    message="“{words}”：{subject}{value}只凭印象，没有调查、样本和准确的结果。",
    reckoning="同一句里没有写调查方式、样本数和结果。",
    mend="请写明调查时间、方式、样本数、有效份数和结果；没有调查的，如实写没有开展调查，不写数值。",
)
def impression(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """An impression is no figure."""
    for one in claims.of(Impression):
        yield claim(one.words, words=one.words.text, subject=one.subject, value=one.value)


@document_check(
    "document.missing_section",
    "报告的章节齐全",
    level=Level.WARNING,
    basis="部门整体绩效评价报告通行提纲",
    message="没有找到提纲要求的“{title}”一节。",
    reckoning="全文标题和短行 {count} 个，都不是“{title}”。",
    mend="请补写这一节；内容写在别处的，请加上标题。",
)
def missing_section(claims: Claims, rules: DocumentRules) -> Iterator[Outcome]:
    """By the outline that fits best: of all outlines of the kind, the one that misses least."""
    if not rules.outlines:
        return
    titles = [_plain(one.title) for one in claims.of(Section)] + [_plain(line) for line in claims.lines]
    outline = min(rules.outlines, key=lambda one: len(_lacking(one, titles)))
    lacking = _lacking(outline, titles)
    if len(lacking) * 2 > len(_chapters(outline)):
        yield Missing("按通行提纲编写的章节标题（这份报告的提纲不同，或没有认出标题）")
        return
    first = next(iter(claims.of(Section)), None)
    for title in lacking if first is not None else ():
        if first is not None:
            yield claim(first.words, title=title, count=len(titles))


def _chapters(outline: Outline) -> list[str]:
    return [_plain(heading.text) for heading in outline.headings if heading.level == 1]


def _lacking(outline: Outline, titles: list[str]) -> list[str]:
    return [
        chapter
        for chapter in _chapters(outline)
        if not any(chapter in title or (len(title) > _LONG_ENOUGH and title in chapter) for title in titles)
    ]


def _plain(title: str) -> str:
    return re.sub(r"\s|[（(].*$", "", _NUMBER.sub("", title))


@document_check(
    "document.no_score",
    "评价得分一节写明得分",
    level=Level.WARNING,
    basis="部门整体绩效评价报告提纲五（一）：评价得分情况",
    message="“{title}”一节没有写出任何得分。",
    reckoning="这一节有 {letters} 个字，没有以“分”为单位的数。",
    mend="请写明总得分、各部分得分和等级。",
)
def no_score(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """A section of that name that has no figure in 分."""
    for one in claims.of(Section):
        if re.search("得分", one.title) and not re.search("原因|扣分", one.title) and not one.scores:
            yield claim(one.words, title=_plain(one.title), letters=one.letters)
