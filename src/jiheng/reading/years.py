"""Years, dates and document numbers in prose, told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jiheng.model.document import Kind
from jiheng.reading.letters import chinese_number

_Y = r"(?:19|20)\d{2}"
_JOIN = r" ?(?:[-~]|至|到|—) ?"
_DOCUMENT_NUMBER = re.compile(rf"[〔\[(（【﹝] ?({_Y})(?: ?年度?)? ?[〕\])）】﹞] ?(?:第 ?)?\d{{1,5}} ?号")
_DATE_YMD = re.compile(
    rf"(?<!\d)({_Y}) ?(?:年 ?(\d{{1,2}}) ?月(?: ?(\d{{1,2}}) ?[日号])?|([-/.])(\d{{1,2}})\4(\d{{1,2}})(?![\d.]))"
)
_DATE_MD = re.compile(
    rf"(?<![\d.])(\d{{1,2}})(?: ?月)?(?: ?\d{{1,2}} ?日)?{_JOIN}(?:\d{{1,2}} ?月 ?\d{{1,2}} ?日|\d{{1,2}} ?月(?:份|底|末)?)"
    r"|(?<![\d.])(\d{1,2}) ?月(?: ?(\d{1,2}) ?[日号]|份|底|初|末|(?![份内]))|(?<![\d.])\d{1,2} ?日(?=[前起至止，。）)])"
)
_YEARS = re.compile(rf"(?<!\d)({_Y}) ?(?:年度?)?{_JOIN}({_Y}) ?(?:年度?|财年)")
_YEAR = re.compile(rf"(?<![\d.,])({_Y}) ?(?:年度?|财年)|[(（] ?({_Y}) ?[)）](?! ?(?:第 ?)?\d{{1,5}} ?号)")
_CHINESE_YEAR = re.compile(r"([一二][零〇○九一二三四五六七八]{3})年度?")
_BATCH = re.compile(r"(?:年度?)? ?第[一二三四五六七八九十\d]{1,3}(?:批|期|届|轮|标段)")
_PROJECT = re.compile(
    r"([^，。；：、\s（）()“”]{2,24}?)(?:专项资金|专项经费|专项|项目|工程|课题)(?!支出|绩效|自评|预算|资金|单位|管理|申报|库|实施|数量)"
)
_GENERAL = re.compile(
    r"部门|预算|决算|绩效|支出|收入|全年|本级|财政|年初|整体|全区|本年|我|全部|开展|完成|实施|共|各|该|区级|市级|其他|上述|新增|个"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, year or document number with its place in the text."""

    kind: Kind
    start: int
    end: int
    year: int | None = None
    last_year: int | None = None
    day: date | None = None


def dated(text: str) -> Iterator[Dated]:
    """Everything about time in a narrow text, in no order, without overlaps.

    >>> [(d.kind.value, d.year) for d in dated("2023年10月至2024年，京财〔2020〕2146号，2022年第三批专项资金自评")]
    [('文号', 2020), ('日期', 2023), ('年份', 2024), ('名称中的年份', 2022)]
    """
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        if any(start < until and end > since for since, until in taken):
            return False
        taken.append((start, end))
        return True

    if not any(letter.isdigit() for letter in text) and "年" not in text:
        return
    titles = _titles(text)
    for found in _DOCUMENT_NUMBER.finditer(text):
        if free(*found.span()):
            yield Dated(Kind.DOCUMENT_NUMBER, *found.span(), year=int(found[1]))
    for found in _DATE_YMD.finditer(text):
        if free(*found.span()):
            yield _date(found)
    for found in _YEARS.finditer(text):
        if free(*found.span()):
            yield Dated(Kind.YEAR, *found.span(), year=int(found[1]), last_year=int(found[2]))
    for found in _YEAR.finditer(text):
        if free(*found.span()):
            year = int(found[1] or found[2])
            yield Dated(_year_kind(text, found, titles), *found.span(), year=year)
    for found in _CHINESE_YEAR.finditer(text):
        number = chinese_number(found[1])
        if number is not None and 1949 <= number <= 2099 and free(*found.span()):
            yield Dated(_year_kind(text, found, titles), *found.span(), year=int(number))
    for found in _DATE_MD.finditer(text):
        if free(*found.span()):
            yield Dated(Kind.DATE, *found.span())


def _date(found: re.Match[str]) -> Dated:
    year, month, day = int(found[1]), int(found[2] or found[5]), found[3] or found[6]
    whole: date | None = None
    if day:
        try:
            whole = date(year, month, int(day))
        except ValueError:
            return Dated(Kind.DAMAGED, *found.span(), year=year)
    elif not 1 <= month <= 12:
        return Dated(Kind.DAMAGED, *found.span(), year=year)
    return Dated(Kind.DATE, *found.span(), year=year, day=whole)


def _titles(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"《[^》]{0,120}》", text)]


def _year_kind(text: str, found: re.Match[str], titles: list[tuple[int, int]]) -> Kind:
    if any(start < found.start() < end for start, end in titles):
        return Kind.NAMED_YEAR
    if _BATCH.match(text, found.end()):
        return Kind.NAMED_YEAR
    project = _PROJECT.match(text, found.end())
    if project and not _GENERAL.search(project[1]):
        return Kind.NAMED_YEAR
    return Kind.YEAR
