"""报告文字: names in braces must be known, and figures typed into the prose must be those of the ledgers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal

from jiheng.checks.check import Missing, Outcome, check, hit
from jiheng.model import DepartmentYear, Level
from jiheng.model.named_figures import NamedFigure, named_figures
from jiheng.rulebook.check_rules import CheckRules
from jiheng.values import Dimension, Figure, round_half_up, show_number, unit_named

_NAMES = re.compile(r"\{([^{}\n]+)\}")
_TYPED = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元|%|％)")
_CLAUSE = re.compile(r"[，。；;！？\n]|,(?!\d{3})")
_LINK = re.compile(r"(?:合计|总额|共计|总计|共|约|为|是|达到?|[:：\s“”（(])*\Z")
_OTHER_SCOPE = re.compile(r"支出|项目|经费|资金|采购|科室|社区|上年|上一年|去年|往年")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_BOUND = "报告中的数字与账表一致，由程序填入"


@check(
    "passages.unknown_name",
    "报告文字里的数字名称都认得",
    level=Level.WARNING,
    needs=("passages",),
    basis=_BOUND,
    message="“报告文字”表“{section}”一段写了 {{{name}}}，没有这个名称，或者账表里还没有这个数。",
    reckoning="现在可用的名称有 {count} 个：{known}。",
    mend="请改成可用的名称，或先在相应的表里填数。",
)
def unknown_name(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A name nobody knows would be printed with its braces."""
    known = named_figures(year)
    for passage in year.passages:
        for name in _NAMES.findall(passage.text):
            if name.strip() not in known:
                some = "、".join(list(known)[:12]) + ("等" if len(known) > 12 else "")
                yield hit(passage, "text", quote=name, section=passage.section, name=name, count=len(known), known=some)


@check(
    "passages.unit_twice",
    "报告文字里带入的数字不重复写单位",
    level=Level.WARNING,
    needs=("passages",),
    basis=_BOUND,
    message="“报告文字”表“{section}”一段在 {{{name}}} 后面又写了“{unit}”，报告里会印成“{printed}{unit}”。",
    reckoning="{{{name}}} 填入的是“{printed}”，已经带单位。",
    mend="请删去 {{{name}}} 后面的“{unit}”。",
)
def unit_twice(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A bound figure brings its unit along."""
    known = named_figures(year)
    for passage in year.passages:
        for found in _NAMES.finditer(passage.text):
            figure = known.get(found[1].strip())
            unit = str(figure.unit) if figure else ""
            if figure and unit and passage.text[found.end() :].lstrip().startswith(unit):
                yield hit(
                    passage,
                    "text",
                    quote=f"{found[0]}{unit}",
                    section=passage.section,
                    name=figure.name,
                    unit=unit,
                    printed=figure.text,
                )


@check(
    "passages.typed_figure",
    "报告文字里直接写的数字与账表一致",
    level=Level.WARNING,
    needs=("passages",),
    basis=_BOUND,
    message="“报告文字”表“{section}”一段直接写了“{typed}”，账表里的{name}是 {reckoned}。",
    reckoning="{name}取自 {source}。",
    mend="请把“{typed}”改成 {{{name}}}，程序会填入账表里的数。",
)
def typed_figure(year: DepartmentYear, _rules: CheckRules) -> Iterator[Outcome]:
    """A figure right behind its name, said of the whole department and this year; what else it may mean is left alone."""
    known = named_figures(year)
    if not known:
        yield Missing("有名称的数字（预算执行表等）")
        return
    for passage in year.passages:
        for part in _CLAUSE.split(_NAMES.sub("", passage.text)):
            clause = unicodedata.normalize("NFKC", part)
            for typed in _TYPED.finditer(clause):
                figure = _figure(typed)
                name = _named_before(clause[: typed.start()], known, figure, str(year.profile.fiscal_year))
                if name and not figure.interval.holds(known[name].value * known[name].unit.factor):
                    yield hit(
                        passage,
                        "text",
                        quote=typed[0],
                        section=passage.section,
                        typed=typed[0],
                        name=name,
                        reckoned=_in_words(known[name]),
                        source=known[name].source,
                    )


def _figure(typed: re.Match[str]) -> Figure:
    digits = typed[1].replace(",", "")
    places = len(digits.partition(".")[2])
    return Figure(Decimal(digits), unit_named(typed[2]), Decimal(1).scaleb(-places))


def _named_before(words: str, known: Mapping[str, NamedFigure], figure: Figure, year: str) -> str:
    """The longest known name right before a figure of its dimension; none where a narrower scope or another year is said."""
    dimension: Dimension = figure.unit.dimension
    words = _LINK.sub("", words)
    name = max((n for n in known if words.endswith(n) and known[n].unit.dimension is dimension), key=len, default="")
    scope = words.removesuffix(name)
    is_other = _OTHER_SCOPE.search(scope) or any(said != year for said in _YEAR.findall(scope))
    return "" if is_other else name


def _in_words(one: NamedFigure) -> str:
    """For a message: rounded as in print, without the zeros that a ledger prints."""
    value = one.value if one.places is None else round_half_up(one.value, one.places)
    return f"{show_number(value)}{one.unit}"
