"""Writing: making, revoking and using tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from jiheng.errors import BadInput
from jiheng_web.api.models import Token, TokenUse
from jiheng_web.api.scopes import Scope
from jiheng_web.audit.services import recording
from jiheng_web.organisation.models import Unit, User
from jiheng_web.organisation.permissions import Actor

PREFIX, LONGEST = "jiheng_", 730


def hash_of(secret: str) -> str:
    """What is kept of a secret; it has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make_token(name: str, owner: User, unit: Unit, scopes: Iterable[str], days: int) -> tuple[Token, str]:
    """A token and its secret, which is shown this once. **Raises** BadInput for what the owner may not do there."""
    wanted = sorted(set(scopes))
    unknown = [one for one in wanted if one not in set(Scope)]
    if unknown or not wanted:
        raise BadInput(f"没有“{'、'.join(unknown)}”这种用途；有：{'、'.join(Scope)}")
    if not 1 <= days <= LONGEST:
        raise BadInput(f"有效天数写 1 到 {LONGEST}")
    actor = Actor.person(owner, "命令行")
    lacking = [one for one in wanted if not (actor.reaches(unit) and actor.may(Scope(one).action, unit))]
    if lacking:
        raise BadInput(f"{owner.name}在“{unit}”不能做 {'、'.join(lacking)}，令牌不能比本人的权限大")
    secret = PREFIX + secrets.token_urlsafe(32)
    with recording(actor, unit, "增加接口令牌") as note:
        token = Token(
            name=name[:60],
            owner=owner,
            unit=unit,
            scopes=" ".join(wanted),
            secret_hash=hash_of(secret),
            expires_at=timezone.now() + timedelta(days=days),
        )
        token.save()
        note.subject = f"{token}，{owner.name}，{days} 天"
        note.changes = [{"field": "用途", "before": "", "after": token.scopes}]
    return token, secret


def revoke_token(number: int) -> Token:
    """From now on the token opens nothing. **Raises** BadInput where there is none, or it is revoked already."""
    token = Token.objects.select_related("owner", "unit").filter(pk=number).first()
    if token is None:
        raise BadInput(f"没有编号为 {number} 的令牌")
    if token.revoked_at is not None:
        raise BadInput(f"令牌“{token}”早已吊销")
    with recording(Actor.person(token.owner, "命令行"), token.unit, "吊销接口令牌") as note:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        note.subject = str(token)
    return token


def used(token: Token) -> None:
    """Remember the last use; written once a minute at most."""
    now = timezone.now()
    known = TokenUse.objects.filter(token=token).first()
    if known is None or now - known.at > timedelta(minutes=1):
        TokenUse.objects.update_or_create(token=token, defaults={"at": now})
