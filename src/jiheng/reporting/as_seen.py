"""The print page as a person sees it before opening anything: the figures, without their folded sources."""

from __future__ import annotations

from typing import Any


def as_seen(page: str) -> str:
    """The page with each folded figure replaced by what stands in its summary."""
    from lxml import html

    root: Any = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for fold in root.xpath("//details[not(@open)]"):
        shown = "".join(fold.xpath("./summary//text()")) + (fold.tail or "")
        before, parent = fold.getprevious(), fold.getparent()
        if before is not None:
            before.tail = (before.tail or "") + shown
        else:
            parent.text = (parent.text or "") + shown
        fold.tail = None
        parent.remove(fold)
    seen: str = html.tostring(root, encoding="unicode", doctype="<!doctype html>")
    return seen
