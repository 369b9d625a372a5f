"""The one JSON form of findings, everywhere."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from jiheng.model import CheckReport, Finding, Place


def findings_document(report: CheckReport) -> dict[str, Any]:
    """The report as plain data; empty diagnoses are left out."""
    return {
        "document": asdict(report.document),
        "findings": [_finding(one) for one in report.findings],
        "not_run": [asdict(one) for one in report.not_run],
        "broken": [asdict(one) for one in report.broken],
        "unrecognised": [{"where": _where(one.where), "text": one.text[:200]} for one in report.unrecognised],
    }


def _finding(one: Finding) -> dict[str, Any]:
    optional = {
        name: getattr(one, name)
        for name in ("reckoning", "mend", "basis", "expected", "likely_cause")
        if getattr(one, name)
    }
    return {
        "check": one.check,
        "level": one.level.value,
        "message": one.message,
        "quote": one.quote,
        "where": _where(one.where),
        "facts": dict(one.facts),
        **optional,
    }


def _where(place: Place) -> dict[str, Any]:
    """File, sheet and cell always; page, paragraph, line, column where the format has them."""
    told = asdict(place)
    return {name: value for name, value in told.items() if value or name in ("file", "sheet", "cell")}


def findings_json(report: CheckReport) -> str:
    """The report as JSON text, readable by people too."""
    return json.dumps(findings_document(report), ensure_ascii=False, indent=1)
