"""What of a text can be shown: the one place that decides which characters reach paper, page and read-back."""

from __future__ import annotations

import re
from decimal import Decimal

from jiheng.model.report import Printed, Table, Text
from jiheng.values import round_half_up

# What XML 1.0 refuses (controls, surrogates, non-characters), what nobody sees (C1 controls), and what would make a
# reader see the figures in another order than they stand in the file (bidirectional overrides).
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_PLAIN_SPACE = re.compile(r"[\s\u200b\u2060\ufeff]+")


def showable(text: str) -> str:
    """The text without characters that cannot be printed; line ends are plain, emoji stay.

    >>> showable("第一行\\r\\n第二\\x07行😀\\x00")
    '第一行\\n第二行😀'
    """
    text = _UNSHOWABLE.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def shown_text(text: Text) -> str:
    """What the reader sees of a text."""
    return showable("".join(part if isinstance(part, str) else part.text for part in text))


_MARKS = {ord(mark): None for mark in "、，。；："}


def squeezed(text: str) -> str:
    """A text without white space and Chinese marks: line breaks must not count when files are read back.

    LibreOffice loses a mark that would be the 29th of a line (it does not draw it either); figures hold none of them.

    >>> squeezed(" 全年 预算\\n1 234万元，其中")
    '全年预算1234万元其中'
    """
    return _PLAIN_SPACE.sub("", showable(text)).translate(_MARKS)


# A row of letters or digits that no line can break; justified, it would tear the words before it apart.
_LONG_WORD = re.compile(r"[!-~]{9}")


def is_justifiable(text: Text) -> bool:
    """Whether a paragraph looks right when its lines are drawn out to the margin.

    >>> is_justifiable(("执行率为99.63%。",)), is_justifiable(("全年预算数31385.997668万元。",))
    (True, False)
    """
    return not _LONG_WORD.search(shown_text(text))


def asks_for_hand(line: str) -> bool:
    """Whether a line of a signature block waits for something written by hand.

    >>> asks_for_hand("部门负责人（签字）："), asks_for_hand("（单位盖章）")
    (True, False)
    """
    return line.rstrip().endswith(("：", ":"))


def unit_line(table: Table) -> str:
    """The line above a table that names its unit; empty where it has none.

    >>> unit_line(Table(caption="", widths=(1,), rows=(), unit="万元"))
    '单位：万元'
    """
    if not table.unit:
        return ""
    return table.unit if "：" in table.unit or ":" in table.unit else f"单位：{table.unit}"


def rounded(figure: Printed) -> Decimal:
    """A figure's value at the precision it is printed with."""
    return figure.value if figure.places is None else round_half_up(figure.value, figure.places)
