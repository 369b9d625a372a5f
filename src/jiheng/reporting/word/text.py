"""Runs of text as WordprocessingML."""

from __future__ import annotations

import re

from jiheng.model.report import Text
from jiheng.reporting.visible import showable, shown_text

# Marks that Chinese and Latin type share: without the hint Word sets them narrow, in the Latin font.
_SHARED_MARKS = re.compile("[“”‘’—…·×÷±°※①-⑳]")
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_BREAKS = {"\n": '</w:t><w:br/><w:t xml:space="preserve">', "\t": '</w:t><w:tab/><w:t xml:space="preserve">'}


def escape(text: str) -> str:
    """Text inside an element or a double-quoted attribute.

    >>> escape('a<b & "c" {{d}}')
    'a&lt;b &amp; &quot;c&quot; {{d}}'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(text: str, properties: str = "") -> str:
    """One run; line ends and tabs become Word's. `properties` is the inside of w:rPr.

    >>> run("一\\n二")
    '<w:r><w:t xml:space="preserve">一</w:t><w:br/><w:t xml:space="preserve">二</w:t></w:r>'
    """
    shown = escape(showable(text))
    if not shown:
        return ""
    for mark, element in _BREAKS.items():
        if mark in shown:
            shown = shown.replace(mark, element)
    if _SHARED_MARKS.search(shown):
        properties = _HINT + properties
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def runs(text: Text, properties: str = "") -> str:
    """A whole text. Figures and words share one run, so that searching and justifying treat them alike."""
    return run(shown_text(text), properties)


def paragraph(style: str, inside: str, properties: str = "") -> str:
    """One paragraph; `properties` follows w:pStyle in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'
