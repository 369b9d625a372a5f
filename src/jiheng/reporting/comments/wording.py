"""What a comment says, as the XML of the comments part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from jiheng.model import Finding
from jiheng.reporting.visible import showable

AUTHOR, INITIALS = "绩衡核查", "绩衡"
# Small, and without the indents and line spacing of an official document's body text.
_PARAGRAPH = '<{w}:pPr><{w}:spacing {w}:before="0" {w}:after="0" {w}:line="240" {w}:lineRule="auto"/><{w}:ind {w}:left="0" {w}:right="0" {w}:firstLine="0" {w}:firstLineChars="0"/><{w}:jc {w}:val="left"/></{w}:pPr>'
_SIZE = '<{w}:sz {w}:val="20"/>'


def lines_of(finding: Finding, *, with_quote: bool) -> list[tuple[str, str]]:
    """Label and text of each line; the quote only where the comment does not stand at it."""
    lines = [(f"【{finding.level.label}】", finding.message)]
    told = (
        ("原文：", f"“{finding.quote}”" if with_quote and finding.quote else ""),
        ("怎么算的：", finding.reckoning),
        ("可能原因：", finding.likely_cause),
        ("怎么改：", finding.mend),
        ("依据：", finding.basis),
    )
    return lines + [(label, text) for label, text in told if text]


@dataclass(frozen=True, slots=True)
class Names:
    """How elements of Word are written at one place of a file. **Shape** `declared` is needed where no prefix is bound."""

    prefix: str
    space: str
    declared: str

    @classmethod
    def of(cls, root: etree._Element) -> Names:
        """As the root of the file has them; attributes need a prefix, so one is declared where the root has none."""
        space = etree.QName(root).namespace or ""
        return cls(root.prefix, space, "") if root.prefix else cls("jh", space, f' xmlns:jh="{space}"')

    def range_start(self, number: int) -> str:
        """Where a comment's words begin."""
        return f'<{self.prefix}:commentRangeStart{self.declared} {self.prefix}:id="{number}"/>'

    def range_end(self, number: int) -> str:
        """Where a comment's words end."""
        return f'<{self.prefix}:commentRangeEnd{self.declared} {self.prefix}:id="{number}"/>'

    def mark(self, number: int) -> str:
        """The run by which the text refers to a comment."""
        w = self.prefix
        return f'<{w}:r{self.declared}><{w}:commentReference {w}:id="{number}"/></{w}:r>'

    def comment(self, number: int, finding: Finding, day: date, *, with_quote: bool) -> str:
        """One comment."""
        w = self.prefix
        paragraphs = "".join(
            f"<{w}:p>{_PARAGRAPH.format(w=w)}{_own_mark(w) if not at else ''}{_run(w, label, bold=True)}{_run(w, text)}</{w}:p>"
            for at, (label, text) in enumerate(lines_of(finding, with_quote=with_quote))
        )
        return (
            f'<{w}:comment{self.declared} {w}:id="{number}" {w}:author="{AUTHOR}" {w}:date="{day.isoformat()}T00:00:00Z" '
            f'{w}:initials="{INITIALS}">{paragraphs}</{w}:comment>'
        )


def _own_mark(w: str) -> str:
    return f"<{w}:r><{w}:annotationRef/></{w}:r>"


def _run(w: str, text: str, *, bold: bool = False) -> str:
    weight = f"<{w}:b/>" if bold else f'<{w}:b {w}:val="0"/>'
    return f'<{w}:r><{w}:rPr>{weight}{_SIZE.format(w=w)}</{w}:rPr><{w}:t xml:space="preserve">{_escaped(text)}</{w}:t></{w}:r>'


def _escaped(text: str) -> str:
    shown = " ".join(showable(text).split("\n"))
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
