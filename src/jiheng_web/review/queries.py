"""Reading: the documents within reach, and a result as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from jiheng.model import Level, Place
from jiheng.workflow_review import check_titles
from jiheng_web.organisation.models import Unit
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Action, Role
from jiheng_web.review.models import ReviewedDocument, ReviewFile
from jiheng_web.years.models import Year


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding on the page; `number` is its number on the marked page and in the paper."""

    number: int
    level: Level
    title: str
    where: str
    told: dict[str, Any]


def documents(actor: Actor, *, mine: bool = False) -> QuerySet[ReviewedDocument]:
    """What a person may see, newest first, without the bytes."""
    reach = Q(pk__in=())
    for one in _reviewing(actor):
        reach |= Q(unit__path__startswith=one.reach.path)
    found = ReviewedDocument.objects.filter(reach).select_related("unit", "user", "job", "against__department")
    return (found.filter(user=actor.user) if mine else found).defer("content", "findings_json")


def _reviewing(actor: Actor) -> list[Any]:
    return [one for one in actor.memberships if Action.REVIEW_DOCUMENTS in TABLE[Role(one.role)]]


def own_units(actor: Actor) -> list[Unit]:
    """The units for which a person may upload."""
    return list({one.unit_id: one.unit for one in _reviewing(actor)}.values())


def own_years(actor: Actor) -> list[Year]:
    """The years of the departments that a person belongs to, newest first."""
    own = [unit.department for unit in own_units(actor) if unit.department is not None]
    if not own:
        return []
    found = Year.objects.filter(department__in={one.pk for one in own}).select_related("department")
    return list(found.order_by("-fiscal_year", "department__name"))


def find_document(document: int) -> ReviewedDocument | None:
    """A document by its number, without its bytes."""
    found = ReviewedDocument.objects.select_related("unit__parent__parent", "user", "job", "against__department")
    return found.filter(pk=document).defer("content").first()


def made_file(document: ReviewedDocument, name: str) -> ReviewFile | None:
    """A file made of a review."""
    return document.files.filter(name=name).first()


def made_names(document: ReviewedDocument) -> set[str]:
    """Which files were made of it."""
    return set(document.files.values_list("name", flat=True))


def shown_findings(found: dict[str, Any]) -> list[Shown]:
    """The findings in the order of the document."""
    titles = check_titles()
    return [
        Shown(number, Level(one["level"]), titles.get(one["check"], one["check"]), _place(one["where"]), one)
        for number, one in enumerate(found.get("findings", ()), 1)
    ]


def _place(where: dict[str, Any]) -> str:
    place = Place(**where)
    return str(place) if place.page or place.paragraph or place.line or place.cell else ""


def not_run(found: dict[str, Any]) -> list[tuple[str, str]]:
    """Each check that lacked an input, in words, and what was missing."""
    titles = check_titles()
    return [(titles.get(one["check"], "本部门年度情况"), one["missing"]) for one in found.get("not_run", ())]
