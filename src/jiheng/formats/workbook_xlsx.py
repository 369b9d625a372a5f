"""An xlsx package as a workbook: which sheets it has, their strings and styles, and each sheet's part."""

from lxml import etree

from jiheng.errors import BadInput
from jiheng.formats.answer import Answer
from jiheng.formats.cell_text import shared_strings
from jiheng.formats.content import refuse_mismatch
from jiheng.formats.limits import Limits
from jiheng.formats.package import Package, Relation
from jiheng.formats.sentences import REMOVE_MACROS, SAVE_AGAIN, shown
from jiheng.formats.sheet_xlsx import SheetReader
from jiheng.formats.styles import Styles

_RELATION_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_SHEETS_WITHOUT_CELLS = ("chartsheet", "dialogsheet")


def read_xlsx(data: bytes, suffix: str, limits: Limits, answer: Answer) -> None:
    """Pass the whole workbook to the answer.

    Raises: BadInput.
    """
    package = Package(data, limits)
    refuse_mismatch(suffix, package.content)
    main = _only(package, package.relations(""), "officeDocument")
    if main is None:
        raise BadInput(f"压缩包里没有工作簿主体（workbook.xml）；{SAVE_AGAIN}")
    workbook = package.read_xml(main)
    relations = package.relations(main)
    sheets = _sheets(package, workbook, relations)
    if len(sheets) > limits.sheets:
        raise BadInput(f"工作簿有 {len(sheets)} 张工作表，超过 {limits.sheets} 张的上限；请拆成几个文件再试")

    styles_part = _only(package, relations, "styles")
    styles = Styles(package.read_xml(styles_part)) if styles_part else Styles()
    strings_part = _only(package, relations, "sharedStrings")
    strings: dict[str, str] = {}
    if strings_part:
        with package.open(strings_part) as stream:
            strings = shared_strings(stream)
    properties = workbook.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")

    answer.formats(styles.formats)
    for name, hidden, part in sheets:
        answer.begin_sheet(name, hidden)
        with package.open(part) as stream:
            SheetReader(name, strings, styles, from_1904, limits).read(stream, answer)


def _only(package: Package, relations: dict[str, Relation], kind: str) -> str | None:
    targets = [relation.target for relation in relations.values() if relation.kind == kind]
    return next((target for target in targets if package.has(target)), None)


def _sheets(package: Package, workbook: etree._Element, relations: dict[str, Relation]) -> list[tuple[str, bool, str]]:
    """Name, whether it is hidden, and part of each worksheet, in the order of the workbook."""
    sheets = []
    for element in workbook.iterfind("{*}sheets/{*}sheet"):
        name = element.get("name", "")
        relation = next((relations.get(element.get(key, "")) for key in _RELATION_IDS if element.get(key)), None)
        if relation is not None and relation.kind in _SHEETS_WITHOUT_CELLS:
            continue
        if relation is not None and "macrosheet" in relation.kind.lower():
            raise BadInput(REMOVE_MACROS)
        if relation is None or not package.has(relation.target):
            raise BadInput(f"工作表“{shown(name)}”的内容不在文件里；{SAVE_AGAIN}")
        sheets.append((name, element.get("state") in ("hidden", "veryHidden"), relation.target))
    return sheets
