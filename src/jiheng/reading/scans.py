"""A scan is said to be a scan: pages that are pictures, and letters whose meaning the font does not tell."""

from __future__ import annotations

from collections.abc import Sequence

from jiheng.errors import BadInput
from jiheng.formats.flow import Page

_FEWEST_LETTERS = 4
_MANY_DOUBTFUL = 0.3


def scan_faults(name: str, pages: Sequence[Page]) -> list[str]:
    """Sentences about what of a pdf is no text. **Raises** BadInput when nothing of it is."""
    pictures = [page.number for page in pages if page.images and page.letters < _FEWEST_LETTERS]
    letters, doubtful = sum(page.letters for page in pages), sum(page.doubtful for page in pages)
    if letters < _FEWEST_LETTERS:
        if pictures:
            raise BadInput(
                f"{name}：这是扫描件（{len(pictures)} 页都是图片，没有文字层），读不出文字；请改用 Word 文件或带文字层的 PDF"
            )
        raise BadInput(f"{name}：PDF 里没有文字；请改用 Word 文件或带文字层的 PDF")
    if doubtful > letters * _MANY_DOUBTFUL:
        raise BadInput(f"{name}：PDF 的字体没有文字对照表，{doubtful} 个字读不出来；请改用 Word 文件，或者重新导出 PDF")
    faults = []
    if pictures:
        faults.append(f"第 {'、'.join(map(str, pictures[:20]))} 页是扫描的图片，没有文字层，没有读到")
    if doubtful:
        faults.append(f"有 {doubtful} 个字在字体里没有对照，可能读错")
    return faults
