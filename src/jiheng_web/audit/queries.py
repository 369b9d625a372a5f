"""Reading the log."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import timezone

from jiheng_web.audit.models import Entry
from jiheng_web.organisation.models import Unit


def entries(department: Unit, year_ref: int | None = None, most: int = 200) -> list[dict[str, Any]]:
    """The newest entries, with at most twenty changes each spelled out."""
    found = Entry.objects.filter(department=department).order_by("-number")
    if year_ref is not None:
        found = found.filter(year_ref=year_ref)
    return [
        {
            "entry": one,
            "at": datetime.fromisoformat(one.at).astimezone(timezone.get_default_timezone()),
            "changes": (changes := json.loads(one.detail))[:20],
            "more": max(len(changes) - 20, 0),
        }
        for one in found[:most]
    ]
