"""The runs of a Word paragraph: what a reader sees of it once tracked changes are accepted, fields shown, codes hidden."""

import re
from dataclasses import dataclass, field

from lxml import etree

from jiheng.formats.docx_names import attribute, child, is_on, local
from jiheng.formats.docx_order import numbered, runs_in
from jiheng.formats.flow import Piece

_THROUGH = frozenset(
    [
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "customXml",
        "sdtContent",
        "dir",
        "bdo",
        "rt",
        "subDoc",
        "rubyBase",
        "oMath",
        "oMathPara",
    ]
)
_REMOVED = {"del": "已删除的修订文字", "moveFrom": "已移走的修订文字"}
_FIELD = re.compile(r"\s*([A-Za-z]+)")
_NOISY_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "SECTION", "NUMCHARS", "NUMWORDS"})
_TICKS = {0xFE: "☑", 0x52: "☑", 0x53: "☒", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x71: "□", 0xA3: "□", 0xFC: "✓", 0x50: "✓"}
_DEEPEST = 60


@dataclass(slots=True)
class Runs:
    """What one paragraph holds. `boxes` are the contents of text boxes anchored in it, in order."""

    pieces: list[Piece] = field(default_factory=list)
    noise: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Fields:
    """The fields open at this point; they may reach over paragraphs. Each is [name, whether its result has begun]."""

    stack: list[list[object]] = field(default_factory=list)

    @property
    def hides(self) -> bool:
        """Whether what comes is a field's code and no text."""
        return any(not shown for _, shown in self.stack)

    @property
    def noisy(self) -> bool:
        """Whether what comes is a page number."""
        return any(name in _NOISY_FIELDS for name, _ in self.stack)

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents is open."""
        return any(name == "TOC" for name, _ in self.stack)


class RunReader:
    """Reads paragraphs of one part; `fields` carries over from one to the next."""

    def __init__(self) -> None:
        self.fields = Fields()
        self._paragraph = 0
        self._run = 0
        self._letter = 1
        self._numbers: dict[etree._Element, int] = {}

    def read(self, paragraph: etree._Element, number: int) -> Runs:
        """The paragraph's pieces. `number` is its place among all `w:p` of the part."""
        self._paragraph, self._run, self._numbers = number, 0, numbered(runs_in(paragraph))
        runs = Runs()
        self._inside(paragraph, runs, 0)
        return runs

    def _inside(self, parent: etree._Element, runs: Runs, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for element in parent:
            name = local(element)
            if name == "r":
                self._of_run(element, runs, depth)
            elif name in _THROUGH:
                self._inside(element, runs, depth + 1)
            elif name == "sdt":
                content = child(element, "sdtContent")
                if content is not None:
                    if is_on(child(element, "sdtPr", "showingPlcHdr")):
                        text = "".join(map(str, element.itertext())).strip()
                        runs.noise.append(("未填写的内容控件", text))
                    else:
                        self._inside(content, runs, depth + 1)
            elif name in _REMOVED:
                runs.noise.append((_REMOVED[name], "".join(_raw_text(element))))
            elif name == "fldSimple":
                word = _FIELD.match(attribute(element, "instr") or "")
                self.fields.stack.append([word[1].upper() if word else "", True])
                self._inside(element, runs, depth + 1)
                self.fields.stack.pop()
            elif name == "AlternateContent":
                self._alternate(element, runs, depth)
            elif name == "ruby":
                self._inside(element, runs, depth + 1)

    def _of_run(self, run: etree._Element, runs: Runs, depth: int) -> None:
        outer = self._run, self._letter
        self._run, self._letter = self._numbers.get(run, self._run), 1
        is_hidden = is_on(child(run, "rPr", "vanish"))
        for element in run:
            name = local(element)
            if name in ("t", "delText"):
                text = element.text or ""
                if is_hidden or name == "delText":
                    if text.strip():
                        runs.noise.append(("隐藏文字" if is_hidden else "已删除的修订文字", text))
                    self._letter += len(text)
                else:
                    self._say(text, runs)
            elif name in ("tab", "ptab"):
                self._say("\t", runs)
            elif name in ("br", "cr"):
                if attribute(element, "type") not in ("page", "column"):
                    self._say("\n", runs)
            elif name == "noBreakHyphen":
                self._say("-", runs)
            elif name == "sym":
                self._say(_symbol(element), runs)
            elif name == "fldChar":
                self._field_mark(attribute(element, "fldCharType"))
            elif name == "instrText":
                self._field_code(element.text or "")
            elif name in ("footnoteReference", "endnoteReference"):
                runs.notes.append((name.removesuffix("Reference"), attribute(element, "id") or ""))
            elif name == "AlternateContent":
                self._alternate(element, runs, depth)
            elif name in ("drawing", "pict", "object"):
                self._drawing(element, runs)
            elif name == "ruby":
                base = child(element, "rubyBase")
                if base is not None:
                    self._inside(base, runs, depth + 1)
        self._run, self._letter = outer

    def _alternate(self, element: etree._Element, runs: Runs, depth: int) -> None:
        """Of the two ways to say the same, the first that we understand."""
        for choice in element:
            if local(choice) in ("Choice", "Fallback"):
                if any(local(one) in ("txbxContent", "t") for one in choice.iter()):
                    self._drawing(choice, runs)
                    for one in choice:
                        if local(one) == "r":
                            self._of_run(one, runs, depth + 1)
                return

    def _drawing(self, element: etree._Element, runs: Runs) -> None:
        waiting = [element]
        while waiting:
            one = waiting.pop(0)
            name = local(one)
            if name == "txbxContent":
                runs.boxes.append(one)
            elif name == "AlternateContent":
                first = next((choice for choice in one if local(choice) in ("Choice", "Fallback")), None)
                if first is not None:
                    waiting.insert(0, first)
            else:
                if name in ("blip", "imagedata"):
                    runs.unread.add("图片")
                elif name == "chart":
                    runs.unread.add("图表")
                elif name == "OLEObject":
                    runs.unread.add("嵌入对象")
                waiting[:0] = list(one)

    def _field_mark(self, kind: str | None) -> None:
        stack = self.fields.stack
        if kind == "begin":
            stack.append(["", False])
        elif kind == "separate" and stack:
            stack[-1][1] = True
        elif kind == "end" and stack:
            stack.pop()

    def _field_code(self, code: str) -> None:
        if self.fields.stack and not self.fields.stack[-1][1] and not self.fields.stack[-1][0]:
            word = _FIELD.match(code)
            self.fields.stack[-1][0] = word[1].upper() if word else ""

    def _say(self, text: str, runs: Runs) -> None:
        if not text:
            return
        at = self._letter
        self._letter += len(text)
        if self.fields.hides:
            return
        if self.fields.noisy:
            runs.noise.append(("页码", text))
            return
        runs.pieces.append(Piece(text, self._paragraph, self._run, at))


def _raw_text(element: etree._Element) -> list[str]:
    return [one.text or "" for one in element.iter() if local(one) in ("t", "delText")]


def _symbol(element: etree._Element) -> str:
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    code = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if "wingdings" in (attribute(element, "font") or "").lower():
        return _TICKS.get(code, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""
