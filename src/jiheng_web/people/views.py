"""Pages of the three administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jiheng.errors import BadInput
from jiheng_web.audit.services import recording
from jiheng_web.organisation.models import UnitKind, User
from jiheng_web.organisation.permissions import Actor, requires
from jiheng_web.organisation.roles import Action, Role
from jiheng_web.people import queries, services


def _person(actor: Actor, action: Action, person: int) -> User:
    found = queries.person_within(actor, action, person)
    if found is None:
        raise Http404
    return found


# --- 系统管理员 --------------------------------------------------------------------------------------------------------


@requires(Action.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    return _people(request)


def _people(request: HttpRequest, shown: User | None = None, password: str = "") -> HttpResponse:
    actor, sought = Actor.of(request), request.GET.get("q", "").strip()[:60]
    context = {
        "listed": queries.people_of(actor, Action.MANAGE_PEOPLE, sought), "sought": sought, "tab": "people",
        "units": [one for one in queries.tree_of(actor, Action.MANAGE_PEOPLE) if one.unit.is_active],
        "shown": shown, "password": password,
    }  # fmt: skip
    return render(request, "people/people.html", context)


@requires(Action.MANAGE_PEOPLE)
@require_POST
def add_person(request: HttpRequest) -> HttpResponse:
    """The one-time password is shown in the answer itself and nowhere else."""
    actor = Actor.of(request)
    unit = queries.unit_within(actor, Action.MANAGE_PEOPLE, request.POST.get("unit", ""))
    if unit is None:
        raise BadInput("请选所在单位")
    made, password = services.add_person(actor, request.POST.get("username", ""), request.POST.get("name", ""), unit)
    return _people(request, made, password)


@requires(Action.MANAGE_PEOPLE)
@require_POST
def set_active(request: HttpRequest, person: int) -> HttpResponse:
    actor = Actor.of(request)
    found = _person(actor, Action.MANAGE_PEOPLE, person)
    active = request.POST.get("active") == "1"
    services.set_active(actor, found, active)
    messages.success(request, f"{found.name}的账号已{'启用' if active else '停用'}。")
    return redirect("people")


@requires(Action.MANAGE_PEOPLE)
@require_POST
def reset(request: HttpRequest, person: int) -> HttpResponse:
    actor = Actor.of(request)
    found = _person(actor, Action.MANAGE_PEOPLE, person)
    return _people(request, found, services.reset_password(actor, found))


@requires(Action.MANAGE_PEOPLE)
def units(request: HttpRequest) -> HttpResponse:
    tree = queries.tree_of(Actor.of(request), Action.MANAGE_PEOPLE)
    kinds = [one for one in UnitKind if one is not UnitKind.REGION]
    return render(request, "people/units.html", {"tree": tree, "kinds": kinds, "tab": "units"})


@requires(Action.MANAGE_PEOPLE)
@require_POST
def add_unit(request: HttpRequest) -> HttpResponse:
    actor = Actor.of(request)
    parent = queries.unit_within(actor, Action.MANAGE_PEOPLE, request.POST.get("parent", ""))
    if parent is None:
        raise BadInput("请选上级单位")
    made = services.add_unit(actor, request.POST.get("name", ""), request.POST.get("kind", ""), parent)
    messages.success(request, f"已增加{made}。")
    return redirect("units")


@requires(Action.MANAGE_PEOPLE)
@require_POST
def set_unit_active(request: HttpRequest, unit: int) -> HttpResponse:
    actor = Actor.of(request)
    found = queries.unit_within(actor, Action.MANAGE_PEOPLE, unit)
    if found is None:
        raise Http404
    active = request.POST.get("active") == "1"
    services.set_unit_active(actor, found, active)
    messages.success(request, f"{found}已{'启用' if active else '停用'}。")
    return redirect("units")


# --- 安全保密管理员 ----------------------------------------------------------------------------------------------------


@requires(Action.MANAGE_ROLES)
def roles(request: HttpRequest) -> HttpResponse:
    actor, sought = Actor.of(request), request.GET.get("q", "").strip()[:60]
    context = {
        "listed": queries.people_of(actor, Action.MANAGE_ROLES, sought), "sought": sought, "tab": "roles",
        "units": [one for one in queries.tree_of(actor, Action.MANAGE_ROLES) if one.unit.is_active],
        "everyone": [one for one in queries.people_of(actor, Action.MANAGE_ROLES) if one.is_active],
        "choices": [(role, "、".join(UnitKind(one).label for one in services.kinds_for(role))) for role in Role],
    }  # fmt: skip
    return render(request, "people/roles.html", context)


@requires(Action.MANAGE_ROLES)
@require_POST
def grant(request: HttpRequest) -> HttpResponse:
    actor = Actor.of(request)
    person = request.POST.get("person", "")
    unit = queries.unit_within(actor, Action.MANAGE_ROLES, request.POST.get("unit", ""))
    if not person.isdigit() or unit is None:
        raise BadInput("请选人员、角色和单位")
    found = _person(actor, Action.MANAGE_ROLES, int(person))
    made = services.grant(actor, found, request.POST.get("role", ""), unit)
    messages.success(request, f"已授予：{found.name}，{made}。")
    return redirect("roles")


@requires(Action.MANAGE_ROLES)
@require_POST
def take(request: HttpRequest, membership: int) -> HttpResponse:
    actor = Actor.of(request)
    found = queries.membership_within(actor, Action.MANAGE_ROLES, membership)
    if found is None:
        raise Http404
    services.take(actor, found)
    messages.success(request, f"已收回：{found.user.name}，{found}。")
    return redirect("roles")


# --- 安全审计员 --------------------------------------------------------------------------------------------------------


@requires(Action.VERIFY_LOG)
def audit(request: HttpRequest) -> HttpResponse:
    """All logs; a POST reckons every entry again, and that this was done is itself recorded."""
    actor = Actor.of(request)
    verify = request.method == "POST"
    chains = queries.chains(actor, verify=verify)
    if verify:
        bad = sum(len(one.faults or ()) for one in chains)
        chain = next(one.reach for one in actor.memberships if Role(one.role) is Role.AUDIT_ADMIN)
        with recording(actor, chain, "核验操作记录") as note:
            note.subject = f"{len(chains)} 条链，发现 {bad} 处问题" if bad else f"{len(chains)} 条链，没有发现问题"
    context = {"chains": chains, "verified": verify, "tab": "audit",
               "bad": sum(len(one.faults or ()) for one in chains)}  # fmt: skip
    return render(request, "people/audit.html", context)


@requires(Action.VERIFY_LOG)
def audit_log(request: HttpRequest, unit: int) -> HttpResponse:
    """One log, without what was changed."""
    found = queries.unit_within(Actor.of(request), Action.VERIFY_LOG, unit)
    if found is None:
        raise Http404
    context = {"unit": found, "lines": queries.entries_without_figures(found), "tab": "audit"}
    return render(request, "people/audit_log.html", context)
