"""Reading the log."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import timezone

from jiheng_web.audit.models import Entry
from jiheng_web.organisation.models import Unit

MOST = 200
"""Entries on a page."""
MOST_CHANGES = 20
"""Changes of an entry that are spelled out where it is one of many."""


def entries(department: Unit, year_ref: int, before: int = 0, only: int = 0) -> list[dict[str, Any]]:
    """A page of entries of a year, the newest first, older than number `before`; or one entry alone with all its changes."""
    found = Entry.objects.filter(department=department, year_ref=year_ref).order_by("-number")
    if only:
        found = found.filter(number=only)
    elif before:
        found = found.filter(number__lt=before)
    most = None if only else MOST_CHANGES
    return [
        {
            "entry": one,
            "at": datetime.fromisoformat(one.at).astimezone(timezone.get_default_timezone()),
            "changes": (changes := json.loads(one.detail))[:most],
            "more": len(changes) - len(changes[:most]),
        }
        for one in found[:MOST]
    ]
