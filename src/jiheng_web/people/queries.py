"""Reading: the people, units and logs within an administrator's reach. No figure of a department is read here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from jiheng_web.audit.models import Entry, Head
from jiheng_web.audit.services import broken_links
from jiheng_web.evaluation.models import Submission
from jiheng_web.evaluation.services import is_whole
from jiheng_web.organisation.models import Membership, Unit, User
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Action, Role
from jiheng_web.years.services import digest_now


def reach_of(actor: Actor, action: Action) -> Q:
    """The units on which a person has an action, as a condition on Unit."""
    found = Q(pk__in=())
    for one in actor.memberships:
        if action in TABLE[Role(one.role)]:
            found |= Q(path__startswith=one.reach.path)
    return found


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree, with how deep it lies and how many people belong to it."""

    unit: Unit
    depth: int
    people: int

    @property
    def indent(self) -> str:
        """Wide spaces before the name."""
        return "\u3000" * self.depth


def units_of(actor: Actor, action: Action) -> list[Unit]:
    """The units within reach, in the order of the tree."""
    return list(Unit.objects.filter(reach_of(actor, action)).order_by("path"))


def tree_of(actor: Actor, action: Action) -> list[Node]:
    """The same with depth and people."""
    units = units_of(actor, action)
    least = min((one.path.count("/") for one in units), default=0)
    counts: dict[int, int] = {}
    for person in people_of(actor, action):
        for pk in {person.unit_id} | {one.unit_id for one in person.memberships.all()}:
            if pk is not None:
                counts[pk] = counts.get(pk, 0) + 1
    by_parent: dict[int | None, list[Unit]] = {}
    known = {one.pk for one in units}
    for one in units:
        by_parent.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)

    def below(parent: int | None) -> Iterator[Node]:
        for one in by_parent.get(parent, ()):
            yield Node(one, one.path.count("/") - least, counts.get(one.pk, 0))
            yield from below(one.pk)

    return list(below(None))


def people_of(actor: Actor, action: Action, sought: str = "") -> list[User]:
    """The people who belong to a unit within reach, or have a role there."""
    units = Unit.objects.filter(reach_of(actor, action)).values("pk")
    mine = User.objects.filter(Q(unit__in=units) | Q(memberships__unit__in=units))
    if sought:
        mine = mine.filter(Q(name__contains=sought) | Q(username__contains=sought) | Q(unit__name__contains=sought)
                           | Q(memberships__unit__name__contains=sought))  # fmt: skip
    return list(
        mine.distinct().select_related("unit").prefetch_related("memberships__unit").order_by("-is_active", "username")
    )


def person_within(actor: Actor, action: Action, person: int) -> User | None:
    """A person, if within reach."""
    return next((one for one in people_of(actor, action) if one.pk == person), None)


def unit_within(actor: Actor, action: Action, unit: str | int) -> Unit | None:
    """A unit, if within reach."""
    if not str(unit).isdigit():
        return None
    return Unit.objects.select_related("parent__parent__parent").filter(reach_of(actor, action), pk=unit).first()


def membership_within(actor: Actor, action: Action, membership: int) -> Membership | None:
    """A role that somebody has, if within reach."""
    units = Unit.objects.filter(reach_of(actor, action)).values("pk")
    return Membership.objects.select_related("user", "unit__parent").filter(pk=membership, unit__in=units).first()


@dataclass(frozen=True, slots=True)
class Chain:
    """The log of one unit and what does not hold in it. `faults` is None where it was not verified."""

    unit: Unit
    count: int
    last: str
    faults: tuple[str, ...] | None


def chains(actor: Actor, *, verify: bool) -> list[Chain]:
    """Every log within reach; verifying reckons each entry again."""
    units = Unit.objects.filter(reach_of(actor, Action.VERIFY_LOG)).values("pk")
    found = []
    for head in Head.objects.select_related("department").filter(department__in=units).order_by("department__path"):
        faults = tuple(broken_links(head.department, digest_now)) if verify else None
        if faults is not None:
            sealed = Submission.objects.select_related("year__department").filter(year__department=head.department)
            faults += tuple(f"{one}：封存材料被改动过" for one in sealed if not is_whole(one))
        found.append(Chain(head.department, head.number, head.hash[:16], faults))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """An entry without what was changed: who, when, from where, what kind of thing."""

    entry: Entry
    at: datetime


def entries_without_figures(unit: Unit, most: int = 200) -> list[Line]:
    """The newest entries of a log; before and after are not read, so no figure can be shown."""
    found = Entry.objects.filter(department=unit).defer("detail").order_by("-number")[:most]
    zone = timezone.get_default_timezone()
    return [Line(one, datetime.fromisoformat(one.at).astimezone(zone)) for one in found]
