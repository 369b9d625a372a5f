"""Every route names what it does; here it is held against the one table and the tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from jiheng_web.organisation.models import Membership, Unit, UnitKind, User
from jiheng_web.organisation.roles import TABLE, Action, Role

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, in which roles, from where."""

    user: User
    memberships: tuple[Membership, ...]
    address: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Actor:
        """The person behind a request; read from the database once a request."""
        known = getattr(request, "_actor", None)
        if known is None:
            known = request._actor = cls.person(request.user, request.META.get("REMOTE_ADDR", ""))  # type: ignore[attr-defined]
        return known

    @classmethod
    def person(cls, user: User, address: str = "") -> Actor:
        """A person outside a request: a job, a command."""
        return cls(user, tuple(user.memberships.select_related("unit__parent__parent__parent")), address)

    def may(self, action: Action, unit: Unit | None = None) -> bool:
        """Whether one of the roles has the action there (anywhere, where no unit is given)."""
        return any(
            action in TABLE[Role(one.role)] and (unit is None or unit.is_within(one.reach)) for one in self.memberships
        )

    def reaches(self, unit: Unit) -> bool:
        """Whether the unit may be known to the person at all."""
        return any(unit.is_within(one.reach) and not Role(one.role).is_admin for one in self.memberships)

    def roles_at(self, unit: Unit) -> tuple[Role, ...]:
        """The roles that hold at a unit."""
        return tuple(Role(one.role) for one in self.memberships if unit.is_within(one.reach))

    def offices(self, department: Unit) -> frozenset[str] | None:
        """The offices whose rows the person may write; None means all of them."""
        writing = [
            one
            for one in self.memberships
            if Action.EDIT_ROWS in TABLE[Role(one.role)] and department.is_within(one.reach)
        ]
        if any(not Role(one.role).is_of_office or one.unit.kind == UnitKind.DEPARTMENT for one in writing):
            return None
        return frozenset(one.unit.name for one in writing)

    def require(self, action: Action, unit: Unit) -> None:
        """**Raises** PermissionDenied; services call this, whatever a route has checked before."""
        if not self.may(action, unit):
            raise PermissionDenied


def requires(action: Action, find: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """A route for those who have the action.

    `find` turns the route's arguments into the object that the view gets in their place; it has a `department`.
    What lies outside one's reach is not there (404); what one may see but not do is forbidden (403).
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_login(request)
            if request.user.must_change and not _is_left_open(request):
                return HttpResponseRedirect(reverse("password"))
            actor = Actor.of(request)
            if find is None:
                if not actor.may(action) and action is not Action.SEE_HOME:  # a new person has no role yet
                    raise PermissionDenied
                return view(request, *args, **named)
            found = find(**named)
            if found is None or not actor.reaches(found.department):
                raise Http404
            if not actor.may(action, found.department):
                raise PermissionDenied
            return view(request, found)

        guarded.permission = action  # type: ignore[attr-defined]
        return guarded

    return declare


def open_to_all(why: str) -> Callable[[View], View]:
    """A route without signing in, and why."""

    def declare(view: View) -> View:
        view.permission = why  # type: ignore[attr-defined]
        return view

    return declare


def _is_left_open(request: HttpRequest) -> bool:
    """What a person with a one-time password may do before changing it."""
    return request.resolver_match is not None and request.resolver_match.url_name in ("password", "logout")


def _to_login(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        answer = HttpResponse("登录已过期，请在另一个窗口重新登录；这里填的内容还在。", status=401)
        answer["HX-Reswap"] = "none"
        return answer
    if request.method == "POST":
        return HttpResponseRedirect(f"{reverse('login')}?expired=1")
    return redirect_to_login(request.get_full_path())
