"""pdfium as far as we need it: a document in memory, its pages' letters and painted paths."""

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2_raw as pdfium  # type: ignore[import-untyped]

from jiheng.errors import BadInput
from jiheng.formats.limits import Limits
from jiheng.formats.sentences import PRINT_PDF_AGAIN

_DEEPEST_FORM = 12
_PASSWORD_ERROR = 4
_PATHS_A_PAGE = 60_000
_LETTERS_A_PAGE = 200_000


class Letter(NamedTuple):
    """A letter as it is shown. **Unit** points from the top left corner; `base` is the base line."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Ruling(NamedTuple):
    """A straight side of a painted path, level or upright: `at` its place across, `start` to `end` along."""

    level: bool
    at: float
    start: float
    end: float


Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[tuple[Any, int]]:
    """A document and how many pages it has. Raises: BadInput."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() == _PASSWORD_ERROR:
            raise BadInput("PDF 设有打开密码，读不出内容；请取消密码后再试")
        raise BadInput(f"PDF 已损坏或者不完整，打不开；{PRINT_PDF_AGAIN}")
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if not count:
            raise BadInput(f"PDF 里一页也没有；{PRINT_PDF_AGAIN}")
        if count > limits.pages:
            raise BadInput(f"PDF 有 {count} 页，超过 {limits.pages} 页的上限；请拆成几个文件再试")
        yield document, count
    finally:
        pdfium.FPDF_CloseDocument(document)


class PdfPage:
    """One page, turned and shifted to the way it is shown. Raises: BadInput when it cannot be loaded."""

    def __init__(self, document: Any, index: int) -> None:
        self._page = pdfium.FPDF_LoadPage(document, index)
        if not self._page:
            raise BadInput(f"第 {index + 1} 页已损坏")
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(self._page, box)
        self._box = (box.left, box.bottom, box.right, box.top)
        self._turn = pdfium.FPDFPage_GetRotation(self._page)
        wide, high = box.right - box.left, abs(box.top - box.bottom)
        self.width, self.height = (high, wide) if self._turn % 2 else (wide, high)
        self.images = 0
        self.doubtful = 0
        self.slanted = ""

    def close(self) -> None:
        """Let go of the page."""
        pdfium.FPDF_ClosePage(self._page)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._box
        if self._turn == 0:
            return x - left, top - y
        if self._turn == 1:
            return y - bottom, x - left
        if self._turn == 2:
            return right - x, y - bottom
        return top - y, right - x

    def letters(self) -> list[Letter]:
        """All letters but blanks, in the order in which the file paints them."""
        text = pdfium.FPDFText_LoadPage(self._page)
        if not text:
            return []
        try:
            return self._letters(text)
        finally:
            pdfium.FPDFText_ClosePage(text)

    def _letters(self, text: Any) -> list[Letter]:
        count = pdfium.FPDFText_CountChars(text)
        if count > _LETTERS_A_PAGE:
            raise BadInput(f"这一页有 {count} 个字，不像正常的文档；{PRINT_PDF_AGAIN}")
        letters: list[Letter] = []
        slanted: list[str] = []
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
        unicode, origin, loose = (
            pdfium.FPDFText_GetUnicode,
            pdfium.FPDFText_GetCharOrigin,
            pdfium.FPDFText_GetLooseCharBox,
        )
        matrix = pdfium.FS_MATRIX()
        at_matrix = ctypes.byref(matrix)
        size_of, matrix_of, generated = (
            pdfium.FPDFText_GetFontSize,
            pdfium.FPDFText_GetMatrix,
            pdfium.FPDFText_IsGenerated,
        )
        unmapped = pdfium.FPDFText_HasUnicodeMapError
        shown, upright = self._shown, self._turn == 0
        page_left, page_top = self._box[0], self._box[3]
        # Across and down on the page as shown: a quarter turn swaps them, half a turn changes both signs.
        quarter, half = self._turn % 2 == 1, self._turn >= 2
        before, high_half = "", 0
        for index in range(count):
            code = unicode(text, index)
            if code <= 32 or code == 0xA0 or code == 0x3000 or 0x2000 <= code <= 0x200F:
                if code == 0 or (code == 2 and generated(text, index) != 1):
                    self.doubtful += 1
                continue
            if 0xD800 <= code <= 0xDBFF:
                high_half = code
                continue
            if 0xDC00 <= code <= 0xDFFF:
                code = 0x10000 + ((high_half - 0xD800) << 10) + (code - 0xDC00) if high_half else 0xFFFD
                high_half = 0
            if not origin(text, index, at_x, at_y) or not loose(text, index, at_box):
                continue
            matrix_of(text, index, at_matrix)
            a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
            # Many files draw letters of size 1 (or 240) through a matrix: what counts is the size on the page.
            size = size_of(text, index) * math.hypot(c, d) or 1.0
            along, aside = (b, -a) if quarter else (a, b)
            along = -along if half else along
            if not upright:
                aside = abs(aside)
            if upright:
                left, base, right = x.value - page_left, page_top - y.value, box.right - page_left
                right = max(right, left)
            else:
                left, base = shown(x.value, y.value)
                right = max(shown(box.left, box.bottom)[0], shown(box.right, box.top)[0])
            letter = chr(code) if code < 0x110000 else "\ufffd"
            if code == 0xFFFD or 0xE000 <= code <= 0xF8FF or unmapped(text, index) == 1:
                self.doubtful += 1
            if along <= 0 or abs(aside) > 0.1 * along:
                slanted.append(letter)
                continue
            if letters and letter == before and _is_double(letters[-1], left, base, size):
                continue
            before = letter
            letters.append(Letter(letter, left, right, base, size))
        self.slanted = "".join(slanted)
        return letters

    def rulings(self) -> list[Ruling]:
        """The level and upright sides of everything painted on the page, forms within forms included."""
        found: list[Ruling] = []
        self._painted = 0
        count, get = pdfium.FPDFPage_CountObjects(self._page), pdfium.FPDFPage_GetObject
        for index in range(count):
            self._collect(get(self._page, index), _SAME, found, 0)
        return found

    def _collect(self, item: Any, outer: Matrix, found: list[Ruling], depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.images += 1
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM) or depth > _DEEPEST_FORM:
            return
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(item, own)
        matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            for index in range(max(pdfium.FPDFFormObj_CountObjects(item), 0)):
                self._collect(pdfium.FPDFFormObj_GetObject(item, index), matrix, found, depth + 1)
            return
        self._painted += 1
        if self._painted > _PATHS_A_PAGE:
            raise BadInput(f"这一页的线条超过 {_PATHS_A_PAGE} 条，不像正常的文档；{PRINT_PDF_AGAIN}")
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if fill.value or stroke.value:
            self._sides(item, matrix, found)

    def _sides(self, path: Any, matrix: Matrix, found: list[Ruling]) -> None:
        a, b, c, d, e, f = matrix
        x, y = ctypes.c_float(), ctypes.c_float()
        first = last = (0.0, 0.0)
        for index in range(min(pdfium.FPDFPath_CountSegments(path), 2000)):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            point = self._shown(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                _add_side(last, point, found)
            last = point
            if pdfium.FPDFPathSegment_GetClose(segment):
                _add_side(last, first, found)
                last = first


def _add_side(start: tuple[float, float], end: tuple[float, float], found: list[Ruling]) -> None:
    (x0, y0), (x1, y1) = start, end
    across, down = abs(x1 - x0), abs(y1 - y0)
    if down <= 0.5 < across:
        found.append(Ruling(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif across <= 0.5 < down:
        found.append(Ruling(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _is_double(before: Letter, left: float, base: float, size: float) -> bool:
    # Bold letters are often painted twice, a hair apart.
    return abs(before.left - left) < 0.12 * size and abs(before.base - base) < 0.12 * size


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
