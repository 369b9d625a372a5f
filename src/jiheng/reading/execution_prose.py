"""What the prose of a report states of the budget: amounts by part, rates, carry-over, the score."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jiheng.model import BudgetLine, BudgetPart, StatedResults
from jiheng.model.document import Document, Mention
from jiheng.reading.places import of_mention, origin, place
from jiheng.reading.sections import before, in_prose, sections
from jiheng.values import Dimension, Figure
from jiheng.values.units import PERCENT, YUAN

_PARTS = (
    (BudgetPart.BASIC, re.compile(r"基本支出")),
    (BudgetPart.PROJECT, re.compile(r"项目支出")),
    (BudgetPart.OTHER, re.compile(r"其他支出")),
    (BudgetPart.TOTAL, re.compile(r"资金总体|全年预算|资金总额|合计|总支出|支出总计|预算数|决算数|执行数")),
)
_FIELDS = (
    ("initial_budget", re.compile(r"年初预算数?为?$")),
    ("final_accounts", re.compile(r"决算数?为?$")),
    ("annual_budget", re.compile(r"(?:全年)?预算数?(?:为|共计|合计|总额)?$")),
    ("executed", re.compile(r"(?:执行数|总体支出|支出数?|实际支出)(?:为|共计|合计)?$")),
)
_RATES = (
    ("execution_rate", re.compile(r"(?:预算)?执行率(?:为|达到|达|是)?[:：=]?$")),
    ("carryover_rate", re.compile(r"结转(?:和)?结余率(?:为|是)?[:：=]?$")),
    ("budget_final_variance", re.compile(r"预决算差异率(?:为|是)?[:：=]?$")),
)
_RATE_TITLES = (
    ("carryover_rate", re.compile(r"结转(?:和)?结余率")),
    ("budget_final_variance", re.compile(r"预决算差异率")),
)
_FORMULA = re.compile(r"(?:%|％|100)\s*[=＝]\s*$")
_NO_CARRYOVER = re.compile(r"(?:没有|无)(?:任何)?(?:结转)?(?:和)?结余")
_SCORE = re.compile(r"(?:自评(?:得)?分|评价得分|综合得分|总得分|总分|得分)(?:为|是)?[:：]?$")
_WHOLE = re.compile(r"整体|综合|总(?:得)?分|部门")
_PROJECTS = re.compile(r"自评项目(?:共计|共|合计)?$|(?:开展|完成).{0,6}自评.{0,8}$|自评.{0,4}项目.{0,4}$")
_UNFINISHED = re.compile(r"(?:有)$|未完成.{0,6}$")
_RESULTS = re.compile(r"目标实现|产出|效果|效益")
_CHAPTER = re.compile(r"预算执行|预决算|决算")


def budget_lines(document: Document) -> tuple[list[BudgetLine], set[str]]:
    """The lines that the prose states, and the places of the numbers used."""
    values: dict[BudgetPart, dict[str, tuple[Figure, str]]] = {}
    used: set[str] = set()
    wanted = {index for section in sections(document) if _CHAPTER.search(section.title) for index in section.blocks}
    block = 0
    for mention in in_prose(document):
        if (
            mention.block not in wanted
            or mention.figure is None
            or mention.figure.unit.dimension is not Dimension.MONEY
        ):
            continue
        words = re.sub(r"\s", "", before(document, mention))
        field = next((name for name, pattern in _FIELDS if pattern.search(words)), None)
        part = next((part for part, pattern in _PARTS if pattern.search(words)), None)
        if field is None or part is None:
            continue
        slot = values.setdefault(part, {})
        if field not in slot:
            slot[field] = (mention.figure, of_mention(mention))
            used.add(of_mention(mention))
            block = block or mention.block
        elif slot[field][0].in_base == mention.figure.in_base:
            used.add(of_mention(mention))
    lines = []
    for part in BudgetPart:
        if part in values:
            cells = {field: where for field, (_, where) in values[part].items()}
            figures = {field: figure for field, (figure, _) in values[part].items()}
            lines.append(BudgetLine(part=part, **figures, origin=origin(document, block, cells)))  # type: ignore[arg-type]
    return lines, used


def stated_results(document: Document) -> tuple[StatedResults, set[str], list[str]]:
    """Rates, carry-over, score and counts that the report states of itself; the numbers used; doubts."""
    found: dict[str, Figure | Decimal] = {}
    cells: dict[str, str] = {}
    doubts: list[str] = []

    def take(field: str, value: Figure | Decimal, mention: Mention) -> None:
        if field not in found:
            found[field] = value
            cells[field] = of_mention(mention)

    every = sections(document)
    titled = {section.block: section for section in every}
    results = {index for section in every if _RESULTS.search(section.title) for index in section.blocks}
    for mention in in_prose(document):
        figure = mention.figure
        assert figure is not None
        words = re.sub(r"\s", "", before(document, mention, 40))
        if mention.block in results:
            # A rate in the chapter on results is that of a part.
            continue
        field = next((name for name, pattern in _RATES if pattern.search(words)), None)
        if field is None and _FORMULA.search(words):
            section = titled.get(mention.block - 1)
            field = next((name for name, pattern in _RATE_TITLES if section and pattern.search(section.title)), None)
        if field is not None and figure.unit.dimension in (Dimension.SHARE, Dimension.OTHER):
            if figure.unit.dimension is Dimension.OTHER and figure.value:
                doubts.append(f"{mention.spot} 的“{mention.text}”没有写百分号，按 {mention.text}% 理解")
            unit_figure = replace(figure, unit=PERCENT, text=mention.text)
            take(field, unit_figure, mention)
        elif figure.unit.dimension is Dimension.POINTS and _SCORE.search(words) and _WHOLE.search(words):
            take("score", figure.value, mention)
        elif figure.unit.symbol in ("个", "项") and _PROJECTS.search(words):
            take("evaluated_projects", figure.value, mention)
        elif figure.unit.symbol in ("个", "项") and _is_unfinished(document, mention, words):
            take("unfinished_projects", figure.value, mention)
    _no_carryover(document, found, cells)
    block = int(next(iter(cells.values()), "0").partition("@")[0].partition(".")[0])
    stated = StatedResults(**found, origin=origin(document, block, cells))  # type: ignore[arg-type]
    return stated, set(cells.values()), doubts


def _is_unfinished(document: Document, mention: Mention, words: str) -> bool:
    text = document.passage(mention.block).text[mention.end : mention.end + 8]
    return (
        _UNFINISHED.search(words) is not None and re.match(r"(?:项目)?(?:没有|未)(?:能)?完成|项目未", text) is not None
    )


def _no_carryover(document: Document, found: dict[str, Figure | Decimal], cells: dict[str, str]) -> None:
    for index, block in document.paragraphs:
        statement = _NO_CARRYOVER.search(block.text)
        if statement and "carryover_amount" not in found:
            found["carryover_amount"] = Figure(Decimal(0), YUAN, Decimal(0), statement[0])
            cells["carryover_amount"] = place(index, None, statement.start())
