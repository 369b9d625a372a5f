"""Writing: signing in with a second factor, and making people."""

from __future__ import annotations

import time

import pyotp
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from jiheng.errors import BadInput
from jiheng_web.organisation.models import Membership, Unit, User
from jiheng_web.organisation.roles import Role

STEP = 30


def totp_secret(user: User) -> str:
    """The person's secret; made when there is none yet."""
    if not user.totp_secret:
        user.totp_secret = pyotp.random_base32()
        user.save(update_fields=["totp_secret"])
    return user.totp_secret


def accept_code(user: User, code: str, now: float | None = None) -> bool:
    """Whether a code is right; each is taken once only."""
    now = time.time() if now is None else now
    for step in (int(now) // STEP, int(now) // STEP - 1):
        if not pyotp.TOTP(user.totp_secret).verify(code.strip(), for_time=step * STEP):
            continue
        used = User.objects.filter(pk=user.pk, totp_last__lt=step).update(totp_last=step)
        return used == 1
    return False


@transaction.atomic
def make_user(username: str, name: str, password: str, role: Role, unit: Unit, *, is_demo: bool = False) -> User:
    """A person with a first role. **Raises** BadInput for a weak password or a name that is taken."""
    user = User.objects.filter(username=username).first()
    if user is not None and not is_demo:
        raise BadInput(f"用户名“{username}”已经有人用，请换一个")
    if not is_demo:
        try:
            validate_password(password, User(username=username, name=name))
        except ValidationError as error:
            raise BadInput("密码不合要求：" + "；".join(error.messages).rstrip("。")) from None
    if user is None:
        user = User.objects.create_user(username, password, name=name, is_demo=is_demo, unit=unit)
    Membership.objects.get_or_create(user=user, unit=unit, role=role.value)
    return user
