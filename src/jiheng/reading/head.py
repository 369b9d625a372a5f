"""Department, fiscal year and region of a document, each with the words that show it; unknown when unsure."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from jiheng.model.document import Document, Head, Kind, Paragraph, Role, Spot, Stated, Table
from jiheng.reading.kinds import kind_of, titles
from jiheng.reading.letters import narrow
from jiheng.reading.organisations import city_in, has_placeholder, organisations, region_in
from jiheng.rulebook.forms import workbook_form
from jiheng.rulebook.regions import region_codes

_LABELS = (
    "部门（单位）名称", "部门(单位)名称", "部门名称", "预算主管部门", "预算部门", "主管部门及代码", "主管部门", "编制部门", "填报部门",
    "公开部门", "填报单位", "编制单位", "预算单位", "单位名称", "公开单位", "实施单位",
)  # fmt: skip
_LABEL = re.compile(
    rf"(?P<label>{'|'.join(map(re.escape, _LABELS))})(?:[（(]盖?章?公?章?[)）])?\s*[:：]\s*(?P<name>[^\s，。；:：]{{2,40}})"
)
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?")
_YEARS_RANGE = re.compile(r"(?:19|20)\d{2}\s*年?\s*[-—~至到]\s*(?:19|20)\d{2}")
_YEAR_STATED = re.compile(
    r"((?:20)\d{2}) ?年度?[^，。；]{0,8}?(?:全年预算数|年初预算|资金总体支出|部门整体|收入支出|收入预算|支出预算|部门决算|单位决算|部门预算|单位预算)"
)
_SECTION = re.compile(r"机构设置|部门概况|单位概况|部门基本情况|主要职[能责]|部门职[能责]|基本情况")
_VERB = re.compile(r"(?:内设|下设|设有|是|为|由|共|现有|位于|机关|主要|负责|承担|成立|行使|贯彻|[（(]以下简称)")
_SHORT_TITLE = re.compile(
    r"^(?P<name>[\u4e00-\u9fff（）()]{2,30}?)(?:(?:19|20)\d{2}|部门整体|单位整体|整体支出|部门决算|单位决算|部门预算)"
)
_AFTER_YEAR = re.compile(
    r"(?:19|20)\d{2}年?度?(?P<name>[\u4e00-\u9fff（）()]{2,30}?)(?:部门整体|单位整体|整体支出|部门决算|单位决算|部门预算|单位预算|决算|预算|项目)"
)
_ENDS_LIKE_ONE = re.compile(
    r"(?:局|委|办|厅|部|院|所|中心|街道|办事处|乡|镇|会|校|站|队|政府|处|办公室|中学|小学|大学|支队|总队|大队|团|社|馆|园|公司|医院|法院|检察院)(?:[（(].{1,6}[)）])?$"
)
_FEWEST_YEARS = 3


@cache
def _workbook_sheets() -> frozenset[str]:
    return frozenset(sheet.name for sheet in workbook_form().sheets)


def head_of(document: Document) -> Head:
    """Everything the document says about what it is."""
    sheets = _workbook_sheets() if document.format in ("xlsx", "xls", "et") else frozenset[str]()
    department = _department(document)
    return Head(kind_of(document, sheets), department, _fiscal_year(document), _region(document, department))


def _department(document: Document) -> Stated:
    return _titled(document) or _labelled(document) or _introduced(document) or Stated()


def _titled(document: Document) -> Stated | None:
    for plain, printed, spot in titles(document):
        if has_placeholder(printed):
            return None
        for pattern in (_SHORT_TITLE, _AFTER_YEAR):
            found = pattern.search(plain)
            if found and _ENDS_LIKE_ONE.search(found["name"]) and not _is_common(found["name"]):
                return Stated(found["name"], printed.strip(), spot)
        spans = list(organisations(plain))
        if len(spans) == 1 and spans[0] == (0, len(plain)) and not _is_common(plain):
            return Stated(plain, printed.strip(), spot)
    return None


def _is_common(name: str) -> bool:
    return (
        re.fullmatch(r"(?:市级|区级|县级|省级|本级|各)?(?:预算|主管)?(?:部门|单位|街道|乡镇|机关)(?:及单位)?", name)
        is not None
    )


def _labelled(document: Document) -> Stated | None:
    found: dict[str, Stated] = {}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if len(block.text) < 120 and (match := _LABEL.search(block.text)):
                found.setdefault(match["label"], Stated(match["name"], match[0], block.passage.spot(match.start())))
        else:
            for label, stated in _labelled_cells(block):
                found.setdefault(label, stated)
    for label in _LABELS:
        named = found.get(label)
        if named and not has_placeholder(named.value) and len(named.value) > 2:
            name = re.sub(r"^[\d\-—]+|[\d\-—]+$", "", named.value).strip()
            return Stated(name, named.quote, named.spot)
    return None


def _labelled_cells(table: Table) -> list[tuple[str, Stated]]:
    grid = table.grid()
    found = []
    for cell in table.cells:
        label = re.sub(r"\s|[（(]盖?公?章[)）]|[:：]", "", cell.text)
        beside = cell.column + cell.column_span
        if label in _LABELS and beside < table.columns and (index := grid[cell.row][beside]) is not None:
            other = table.cells[index]
            name = other.text.strip()
            if 2 < len(name) <= 40 and re.match(r"[\u4e00-\u9fff\d]", name) and name not in _LABELS:
                found.append((label, Stated(name, f"{cell.text.strip()} {name}", other.passage.spot())))
    return found


def _introduced(document: Document) -> Stated | None:
    """The name that the first sentences of the chapter on the department begin with."""
    in_chapter = False
    for _, block in document.paragraphs:
        if block.role is Role.HEADING:
            in_chapter = in_chapter or _SECTION.search(block.text) is not None
        elif in_chapter and block.role is Role.BODY:
            text = re.sub(r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．])?\s*", "", block.text)
            spans = list(organisations(text[:80]))
            if spans and spans[0][0] == 0 and _VERB.match(text, spans[0][1]):
                name = text[: spans[0][1]]
                if not has_placeholder(text[:80]) and (region_in(name) or city_in(name)):
                    start = block.text.find(name)
                    return Stated(name, block.text.strip()[:60], block.passage.spot(max(start, 0)))
    return None


def _fiscal_year(document: Document) -> Stated:
    for plain, printed, spot in titles(document):
        text = narrow(plain)
        if _YEARS_RANGE.search(text):
            return Stated()
        years = set(_YEAR.findall(text))
        if len(years) == 1:
            return Stated(years.pop(), printed.strip(), spot)
        if years:
            return Stated()
    for block in document.blocks[:6]:
        if isinstance(block, Table):
            for cell in block.cells[:12]:
                if found := re.fullmatch(r"[(（]? ?((?:20)\d{2}) ?年度? ?[)）]?", narrow(cell.text).strip()):
                    return Stated(found[1], cell.text.strip(), cell.passage.spot())
    stated: Counter[str] = Counter()
    first: dict[str, Stated] = {}
    for _, block in document.paragraphs:
        for found in _YEAR_STATED.finditer(narrow(block.text)):
            stated[found[1]] += 1
            quote = block.text[found.start() : found.end()]
            first.setdefault(found[1], Stated(found[1], quote, block.passage.spot(found.start())))
    if stated and (len(stated) == 1 or stated.most_common(2)[0][1] > 2 * stated.most_common(2)[1][1]):
        return first[stated.most_common(1)[0][0]]
    claims = [one for one in document.mentions if one.kind is Kind.YEAR and one.year and not one.last_year]
    counted = Counter(one.year for one in claims)
    if counted and counted.most_common(1)[0][1] >= max(_FEWEST_YEARS, 0.7 * len(claims)):
        year = counted.most_common(1)[0][0]
        one = next(one for one in claims if one.year == year)
        return Stated(str(year), one.text, one.spot)
    return Stated()


def _region(document: Document, department: Stated) -> Stated:
    if department.value and (found := region_in(department.value)):
        return Stated(_code(found[0]), department.value[found[2] : found[3]], department.spot)
    titled = next(iter(titles(document)), None)
    if titled and (found := region_in(titled[0])):
        return Stated(_code(found[0]), titled[1].strip(), titled[2])
    counted: Counter[str] = Counter()
    first: dict[str, tuple[str, Spot]] = {}
    for _, block in document.paragraphs:
        if found := region_in(block.text):
            counted[found[0]] += 1
            first.setdefault(found[0], (block.text[found[2] : found[3]], block.passage.spot(found[2])))
    provinces = {_code(name)[:2] for name in counted}
    if len(provinces) == 1:
        name = max(counted, key=lambda one: (len(one), counted[one]))
        return Stated(_code(name), *first[name])
    return Stated()


def _code(name: str) -> str:
    """The code of a region, or of the nearest region above it that is known by name."""
    codes = region_codes()
    while name and name not in codes:
        name = name[:-1]
    return codes.get(name, "")
