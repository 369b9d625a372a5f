"""Writing: people and units by the 系统管理员, roles by the 安全保密管理员; each recorded in the log of their district."""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied

from jiheng.errors import BadInput
from jiheng_web.audit.services import recording
from jiheng_web.organisation.models import Membership, Unit, UnitKind, User
from jiheng_web.organisation.permissions import Actor
from jiheng_web.organisation.roles import TABLE, Action, Role

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_PARENTS: dict[str, tuple[str, ...]] = {
    UnitKind.BUREAU: (UnitKind.REGION,),
    UnitKind.DEPARTMENT: (UnitKind.REGION,),
    UnitKind.SUBORDINATE: (UnitKind.DEPARTMENT,),
    UnitKind.OFFICE: (UnitKind.DEPARTMENT, UnitKind.SUBORDINATE),
}
"""Under what a unit of a kind may hang."""


def kinds_for(role: Role) -> tuple[str, ...]:
    """The kinds of unit in which a role makes sense."""
    if role.is_admin:
        return (UnitKind.REGION,)
    if role.is_bureau:
        return (UnitKind.BUREAU,)
    if role.is_of_office:
        return (UnitKind.OFFICE, UnitKind.SUBORDINATE, UnitKind.DEPARTMENT)
    return (UnitKind.DEPARTMENT, UnitKind.SUBORDINATE)


def one_time_password() -> str:
    """Three groups of four letters and digits that cannot be mistaken for one another."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def _chain(actor: Actor, action: Action) -> Unit:
    """The unit whose log holds what an administrator does: the top of their reach."""
    return next(one.reach for one in actor.memberships if action in TABLE[Role(one.role)])


def _said(field: str, before: str, after: str) -> dict[str, str]:
    return {"field": field, "before": before, "after": after}


# --- 系统管理员 --------------------------------------------------------------------------------------------------------


def add_person(actor: Actor, username: str, name: str, unit: Unit) -> tuple[User, str]:
    """A person without any role yet, and the one-time password. **Raises** BadInput for a name that is taken."""
    actor.require(Action.MANAGE_PEOPLE, unit)
    username, name = username.strip(), name.strip()
    if not name or len(name) > 60:
        raise BadInput("姓名要写，不超过 60 个字")
    if (
        not (2 <= len(username) <= 60)
        or not username.isascii()
        or not username.replace("_", "").replace(".", "").isalnum()
    ):
        raise BadInput("用户名用 2 到 60 个英文字母、数字、点或下划线")
    if not unit.is_active:
        raise BadInput(f"“{unit}”已停用，不能加人")
    password = one_time_password()
    with recording(actor, _chain(actor, Action.MANAGE_PEOPLE), "增加人员") as note:
        if User.objects.filter(username__iexact=username).exists():
            raise BadInput(f"用户名“{username}”已经有人用，请换一个")
        made = User(username=username, name=name, unit=unit, must_change=True)
        made.set_password(password)
        made.save()
        note.subject = f"{name}（{username}），{unit}"
    return made, password


def set_active(actor: Actor, person: User, active: bool) -> None:
    """Close or open an account; a closed one is signed out at its next click."""
    _require_person(actor, person)
    if person.pk == actor.user.pk:
        raise BadInput("不能停用自己的账号")
    with recording(actor, _chain(actor, Action.MANAGE_PEOPLE), "启用人员" if active else "停用人员") as note:
        found = User.objects.select_for_update().get(pk=person.pk)
        note.changes = [_said("在用", _yes(found.is_active), _yes(active))]
        found.is_active = active
        found.save(update_fields=["is_active"])
        note.subject = f"{found.name}（{found.username}）"


def reset_password(actor: Actor, person: User) -> str:
    """A one-time password; the old one ends at once, wherever the person is signed in.

    **Raises** BadInput for oneself and for administrators: who could reset those would hold all three offices.
    """
    _require_person(actor, person)
    if person.pk == actor.user.pk:
        raise BadInput("自己的密码在右上角“改密码”里改")
    if any(Role(one.role).is_admin for one in person.memberships.all()):
        raise BadInput("三个管理员的密码不能在网页上互相重置：请在服务器上用 jiheng web reset-password 重置")
    password = one_time_password()
    with recording(actor, _chain(actor, Action.MANAGE_PEOPLE), "重置密码") as note:
        give_one_time_password(person, password)
        note.subject = f"{person.name}（{person.username}）"
    return password


def give_one_time_password(person: User, password: str) -> None:
    """Set a password that must be changed at the next sign-in."""
    found = User.objects.select_for_update().get(pk=person.pk)
    found.set_password(password)
    found.must_change = True
    found.save(update_fields=["password", "must_change"])


def add_unit(actor: Actor, name: str, kind: str, parent: Unit) -> Unit:
    """A unit below another. **Raises** BadInput where such a unit does not belong."""
    actor.require(Action.MANAGE_PEOPLE, parent)
    name = name.strip()
    if not name or len(name) > 200:
        raise BadInput("单位名称要写，不超过 200 个字")
    if kind not in _PARENTS:
        raise BadInput("请选单位类别")
    if parent.kind not in _PARENTS[kind]:
        above = "、".join(UnitKind(one).label for one in _PARENTS[kind])
        raise BadInput(f"{UnitKind(kind).label}的上级应是{above}，“{parent}”是{parent.get_kind_display()}")
    if not parent.is_active:
        raise BadInput(f"“{parent}”已停用，不能在下面加单位")
    with recording(actor, _chain(actor, Action.MANAGE_PEOPLE), "增加单位") as note:
        if Unit.objects.filter(parent=parent, name=name).exists():
            raise BadInput(f"“{parent}”下面已经有“{name}”")
        made = Unit.objects.create(name=name, kind=kind, parent=parent)
        note.subject = f"{made}（{made.get_kind_display()}），上级 {parent}"
    return made


def set_unit_active(actor: Actor, unit: Unit, active: bool) -> None:
    """Close or open a unit; its data and its log stay. **Raises** BadInput while people in it are active."""
    actor.require(Action.MANAGE_PEOPLE, unit)
    if unit.parent_id is None:
        raise BadInput("最上级不能停用")
    with recording(actor, _chain(actor, Action.MANAGE_PEOPLE), "启用单位" if active else "停用单位") as note:
        if not active:
            inside = Unit.objects.filter(path__startswith=unit.path)
            people = User.objects.filter(is_active=True, memberships__unit__in=inside).distinct().count()
            if people:
                raise BadInput(f"“{unit}”还有 {people} 个在用的人员，请先停用他们，或由安全保密管理员收回角色")
        note.changes = [_said("在用", _yes(unit.is_active), _yes(active))]
        Unit.objects.filter(pk=unit.pk).update(is_active=active)
        unit.is_active = active
        note.subject = str(unit)


def _require_person(actor: Actor, person: User) -> None:
    places = [one.unit for one in person.memberships.select_related("unit")] + ([person.unit] if person.unit else [])
    if not places or not all(actor.may(Action.MANAGE_PEOPLE, unit) for unit in places):
        raise PermissionDenied


def _yes(value: bool) -> str:
    return "是" if value else "否"


# --- 安全保密管理员 ----------------------------------------------------------------------------------------------------


def grant(actor: Actor, person: User, role_name: str, unit: Unit) -> Membership:
    """Give a role. **Raises** BadInput where offices must stay apart, or the role does not fit the unit."""
    actor.require(Action.MANAGE_ROLES, unit)
    if role_name not in set(Role):
        raise BadInput("请选角色")
    role = Role(role_name)
    if person.pk == actor.user.pk:
        raise BadInput("不能给自己授予角色")
    if not person.is_active:
        raise BadInput(f"{person.name}的账号已停用")
    if not unit.is_active or unit.kind not in kinds_for(role):
        kinds = "、".join(UnitKind(one).label for one in kinds_for(role))
        raise BadInput(
            f"“{role}”只能授在{kinds}；“{unit}”是{unit.get_kind_display()}{'' if unit.is_active else '，已停用'}"
        )
    with recording(actor, _chain(actor, Action.MANAGE_ROLES), "授予角色") as note:
        User.objects.select_for_update().get(pk=person.pk)
        held = [Role(one.role) for one in person.memberships.all()]
        if role.is_admin and held:
            raise BadInput(f"{person.name}已有“{held[0]}”角色：三个管理员互不兼任，也不兼业务角色")
        if any(one.is_admin for one in held):
            raise BadInput(f"{person.name}是管理员，不能再有别的角色")
        made, is_new = Membership.objects.get_or_create(user=person, unit=unit, role=role.value)
        if not is_new:
            raise BadInput(f"{person.name}在“{unit}”已经是{role}")
        note.subject = f"{person.name}（{person.username}）：{unit} {role}"
        note.changes = [_said("角色", "", f"{unit} {role}")]
    return made


def take(actor: Actor, membership: Membership) -> None:
    """Take a role away; it ends at the person's next click."""
    actor.require(Action.MANAGE_ROLES, membership.unit)
    person = membership.user
    if person.pk == actor.user.pk:
        raise BadInput("不能收回自己的角色")
    with recording(actor, _chain(actor, Action.MANAGE_ROLES), "收回角色") as note:
        note.subject = f"{person.name}（{person.username}）：{membership.unit} {membership.role}"
        note.changes = [_said("角色", f"{membership.unit} {membership.role}", "")]
        if person.unit_id is None:  # the person stays where an administrator can find them
            User.objects.filter(pk=person.pk).update(unit=membership.unit)
        Membership.objects.filter(pk=membership.pk).delete()
