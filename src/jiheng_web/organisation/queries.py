"""Reading: what the frame of each page shows, the demonstration accounts, the permission table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from jiheng import __version__
from jiheng.rulebook.forms import workbook_form
from jiheng_web.organisation.models import Membership, User
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Action, Role


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs."""
    frame: dict[str, Any] = {"version": __version__, "secrecy": "涉密信息不得录入", "is_demo": settings.DEMO}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        actor = Actor.of(request)
        frame["actor"] = actor
        frame["role_names"] = "、".join(dict.fromkeys(f"{one.unit.name} {one.role}" for one in actor.memberships))
        pages = ((Action.MANAGE_PEOPLE, "people", "人员和单位"), (Action.MANAGE_ROLES, "roles", "角色"),
                 (Action.VERIFY_LOG, "audit", "操作记录核验"))  # fmt: skip
        frame["managing"] = [(page, words) for action, page, words in pages if actor.may(action)]
        frame["sees_bureau"] = actor.may(Action.SEE_BUREAU)
        frame["sees_log"] = actor.may(Action.SEE_LOG)
        frame["reviews_documents"] = actor.may(Action.REVIEW_DOCUMENTS)
        frame["form_secrecy"] = workbook_form().secrecy
    return frame


def demo_accounts() -> list[Membership]:
    """The accounts that the login page offers; none outside demonstration mode."""
    if not settings.DEMO:
        return []
    found = Membership.objects.filter(user__is_demo=True, user__is_active=True).select_related("user", "unit")
    return list(found.order_by("id"))


def permission_rows() -> Iterator[tuple[Action, list[bool]]]:
    """The table as the page shows it: a row an action, a column a role."""
    for action in Action:
        yield action, [action in TABLE[role] for role in Role]


def user_named(username: str) -> User | None:
    """A person by user name."""
    return User.objects.filter(username=username).first()
