"""Places of records in a document: `block.cell@offset`, short enough for an Origin and exact enough for a comment."""

from __future__ import annotations

from collections.abc import Mapping

from jiheng.model import Origin
from jiheng.model.document import Document, Mention, Spot


def place(block: int, cell: int | None = None, start: int = 0) -> str:
    """A place as text.

    >>> place(18, 4), place(20, None, 7)
    ('18.4@0', '20@7')
    """
    return f"{block}{'' if cell is None else f'.{cell}'}@{start}"


def of_mention(mention: Mention) -> str:
    """The place of a number."""
    return place(mention.block, mention.cell, mention.start)


def spot_of(document: Document, text: str) -> Spot:
    """Where a place is in the file; an unknown place is nowhere."""
    where, _, offset = text.partition("@")
    block, _, cell = where.partition(".")
    try:
        return document.passage(int(block), int(cell) if cell else None).spot(int(offset or 0))
    except (ValueError, IndexError):
        return Spot()


def origin(document: Document, block: int, fields: Mapping[str, str]) -> Origin:
    """The origin of a record: the document, the block it begins in, and the place of each field."""
    return Origin(document.name, block, dict(fields))
