"""Which kind of document this is: by its title, else by its outline and tables; unknown when unsure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.model.document import Document, Paragraph, Passage, Role, Spot, Stated, Table

UNKNOWN = "unknown"
REPORT, PROJECT_REPORT, SELF_FORM, GOALS = (
    "部门整体绩效评价报告",
    "项目支出绩效评价报告",
    "项目支出绩效自评表",
    "绩效目标表",
)
ACCOUNTS, UNIT_ACCOUNTS, BUDGET, UNIT_BUDGET = "部门决算", "单位决算", "部门预算", "单位预算"
WORKBOOK = "年度工作簿"

# The order matters: a title that names a form is that form, whatever else it mentions.
_TITLES = (
    (re.compile(r"(?:部门|单位)整体(?:支出)?(?:预算)?绩效自评(?:价)?表"), UNKNOWN),
    (re.compile(r"绩效自评(?:价)?表|自评表"), SELF_FORM),
    (re.compile(r"绩效目标(?:申报|批复|填报|情况|自评|公开|及指标)*(?:表|书)"), GOALS),
    (re.compile(r"整体(?:支出)?(?:预算)?绩效(?:管理)?(?:自我|自)?(?:评价?|评价情况)(?:的)?(?:报告)?"), REPORT),
    (re.compile(r"项目(?:支出)?(?:重点|财政|部门)?绩效(?:自我|自)?评价?(?:的)?报告|项目评价报告"), PROJECT_REPORT),
    (re.compile(r"单位决算"), UNIT_ACCOUNTS),
    (re.compile(r"部门决算"), ACCOUNTS),
    (re.compile(r"单位预算"), UNIT_BUDGET),
    (re.compile(r"部门预算"), BUDGET),
)
_CHAPTERS = ("部门概况", "预算执行情况", "绩效目标实现情况", "预算管理情况", "评价结论", "措施建议")
_ENOUGH_CHAPTERS = 4
_FORM_WORDS = ("年度指标值", "实际完成值", "得分")
_FIRST_BLOCKS = 8
_LONGEST_TITLE = 60


def titles(document: Document) -> Iterator[tuple[str, str, Spot]]:
    """What may be the title, best first: its words without blanks, the words as printed, the place."""
    found: list[Passage] = []
    for block in document.blocks[:_FIRST_BLOCKS]:
        if isinstance(block, Paragraph) and block.role is Role.TITLE:
            found.append(block.passage)
        elif found:
            break
    if found:
        whole = "".join(passage.text for passage in found)
        yield _plain(whole), whole, found[0].spot()
    for block in document.blocks[:_FIRST_BLOCKS]:
        if isinstance(block, Paragraph) and block.role in (Role.BODY, Role.TITLE, Role.HEADING, Role.CAPTION):
            if len(block.text) <= _LONGEST_TITLE and not re.search(r"[。；]", block.text):
                yield _plain(block.text), block.text, block.passage.spot()
        elif isinstance(block, Table) and block.title:
            yield _plain(block.title), block.title, block.parts[0] if block.parts else Spot()


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def kind_of(document: Document, workbook_sheets: frozenset[str]) -> Stated:
    """The kind with the words that show it."""
    sheets = {part.sheet for _, table in document.tables for part in table.parts if part.sheet}
    if workbook_sheets and len(sheets & workbook_sheets) * 2 >= len(workbook_sheets):
        return Stated(WORKBOOK, "、".join(sorted(sheets & workbook_sheets)[:6]), Spot(sheet=min(sheets)))
    for plain, printed, spot in titles(document):
        for pattern, kind in _TITLES:
            if pattern.search(plain):
                return Stated(kind, printed.strip(), spot)
    return _by_outline(document) or _by_tables(document) or Stated(UNKNOWN)


def _by_outline(document: Document) -> Stated | None:
    headings = [block for _, block in document.paragraphs if block.role is Role.HEADING]
    hit = {chapter: head for chapter in _CHAPTERS for head in headings if chapter in _plain(head.text)}
    if len(hit) >= _ENOUGH_CHAPTERS:
        first = next(iter(hit.values()))
        return Stated(REPORT, "；".join(head.text.strip() for head in hit.values())[:200], first.passage.spot())
    return None


def _by_tables(document: Document) -> Stated | None:
    names = [(_plain(table.title), table) for _, table in document.tables]
    words = _plain("".join(cell.text for _, table in document.tables for cell in table.cells))
    few = sum(1 for _ in document.paragraphs) <= 2 * max(len(names), 1)
    if few and all(word in words for word in _FORM_WORDS) and "全年执行数" in words:
        return Stated(SELF_FORM, "、".join(_FORM_WORDS), names[0][1].parts[0] if names else Spot())
    if few and "三级指标" in words and "指标值" in words and "实际完成值" not in words:
        return Stated(GOALS, "三级指标、指标值", names[0][1].parts[0] if names else Spot())
    text = _plain("".join(block.text for _, block in document.paragraphs))
    for word, department, unit in (("决算", ACCOUNTS, UNIT_ACCOUNTS), ("预算", BUDGET, UNIT_BUDGET)):
        titled = [table for name, table in names if f"{word}表" in name or f"{word}总表" in name]
        if len(titled) >= 3:
            of_department, of_unit = text.count(f"部门{word}"), text.count(f"单位{word}")
            if max(of_department, of_unit) > 2 * min(of_department, of_unit):
                kind = department if of_department > of_unit else unit
                return Stated(kind, titled[0].title, titled[0].parts[0] if titled[0].parts else Spot())
    return None
