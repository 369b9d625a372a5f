"""A Document as JSON: head, outline, tables, figures, noise; and what it tells of a department's year."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from jiheng.model.document import Document, Mention, Paragraph, Spot, Stated, Table
from jiheng.reading.partial_year import PartialYear
from jiheng.values import Figure, show_number


def document_json(document: Document, partial: PartialYear) -> str:
    """One JSON object; amounts are text, never floats."""
    return json.dumps(
        {
            "document": {
                "kind": document.head.kind.value,
                "department": document.head.department.value or "unknown",
                "fiscal_year": document.head.year if document.head.year else "unknown",
                "region": document.head.region.value or "unknown",
            },
            "evidence": {
                name: _stated(getattr(document.head, name)) for name in ("kind", "department", "fiscal_year", "region")
            },
            "file": {"name": document.name, "sha256": document.sha256, "format": document.format},
            "blocks": [_block(index, block) for index, block in enumerate(document.blocks)],
            "figures": [_mention(one) for one in document.mentions],
            "noise": [{"kind": one.kind, "text": one.text, "where": str(one.spot)} for one in document.noise],
            "year": {
                "indicators": len(partial.year.indicators) if partial.year else 0,
                "without_actual": list(partial.without_actual),
                "unmatched": [_mention(one) for one in partial.unmatched],
                "doubts": list(partial.doubts),
            },
            "faults": list(document.faults),
        },
        ensure_ascii=False,
        indent=1,
    )


def _stated(stated: Stated) -> dict[str, str]:
    return {"value": stated.value or "unknown", "quote": stated.quote[:200], "where": str(stated.spot)}


def _block(index: int, block: Paragraph | Table) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        told: dict[str, Any] = {
            "index": index,
            "role": block.role.value,
            "text": block.text,
            "where": _where(block.passage.spot()),
        }
        if block.level:
            told["level"] = block.level
        if block.number:
            told["number"] = block.number
        return told
    return {
        "index": index,
        "role": "表格",
        "title": block.title,
        "unit": block.unit,
        "rows": block.rows,
        "columns": block.columns,
        "header_rows": block.header_rows,
        "where": [_where(part) for part in block.parts],
        "inside": list(block.inside) if block.inside else None,
        "doubts": list(block.doubts),
        "cells": [[one.row, one.column, one.row_span, one.column_span, one.text] for one in block.cells],
    }


def _where(spot: Spot) -> str:
    return str(spot)


def _mention(one: Mention) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": one.kind.value,
        "text": one.text,
        "block": one.block,
        "cell": one.cell,
        "start": one.start,
        "end": one.end,
        "where": str(one.spot),
    }
    if one.figure is not None:
        told |= _figure(one.figure)
        if one.high is not None:
            told["high"] = show_number(one.high.value)
        if one.unit_from:
            told["unit_from"] = one.unit_from
        if one.near:
            told["near"] = one.near
    if one.year:
        told["year"] = one.year
    if one.last_year:
        told["last_year"] = one.last_year
    if one.day:
        told["day"] = one.day.isoformat()
    if one.doubt:
        told["doubt"] = one.doubt
    return told


def _figure(figure: Figure) -> dict[str, str]:
    quantum = figure.quantum if figure.quantum else Decimal(0)
    return {
        "value": show_number(figure.value),
        "unit": figure.unit.symbol,
        "quantum": f"{quantum.normalize():f}",
        "bound": figure.bound.value,
    }
