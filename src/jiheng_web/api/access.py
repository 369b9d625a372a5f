"""Who is behind a token, and what it opens: the owner's permissions, the token's uses, the token's unit; all three."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from jiheng_web.api.models import Token
from jiheng_web.api.scopes import Scope
from jiheng_web.api.services import hash_of, used
from jiheng_web.organisation.models import Unit
from jiheng_web.organisation.permissions import Actor


class ByToken(HttpBearer):
    """`Authorization: Bearer jiheng_…`. Cookies open nothing here."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = (
            Token.objects.select_related("owner", "unit")
            .filter(secret_hash=hash_of(token), revoked_at=None, expires_at__gt=timezone.now(), owner__is_active=True)
            .first()
        )
        if found is not None:
            used(found)
        return found


def actor_of(request: HttpRequest) -> Actor:
    """The token's owner; the log says which token was used."""
    token: Token = request.auth  # type: ignore[attr-defined]
    actor = Actor.person(token.owner)
    return replace(actor, address=f"{request.META.get('REMOTE_ADDR', '')} 令牌 {token}"[:64])


def allow(request: HttpRequest, scope: Scope, department: Unit | None) -> Actor:
    """The actor, if all of it allows. **Raises** Http404 for what lies out of reach, PermissionDenied for the rest."""
    token: Token = request.auth  # type: ignore[attr-defined]
    actor = actor_of(request)
    if department is None or not (actor.reaches(department) and department.is_within(token.unit)):
        raise Http404
    require_scope(request, scope)
    actor.require(scope.action, department)
    return actor


def require_scope(request: HttpRequest, scope: Scope) -> None:
    """**Raises** PermissionDenied where the token was not made for it."""
    if scope not in request.auth.scopes.split():  # type: ignore[attr-defined]
        raise PermissionDenied
