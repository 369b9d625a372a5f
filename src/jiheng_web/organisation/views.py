"""Signing in and out, the second factor, the password, the permission table."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from jiheng_web.organisation.forms import CodeForm, LoginForm
from jiheng_web.organisation.models import User
from jiheng_web.organisation.permissions import Actor, open_to_all, requires
from jiheng_web.organisation.queries import demo_accounts, permission_rows
from jiheng_web.organisation.roles import DEMO_PASSWORD, Action, Role
from jiheng_web.organisation.services import accept_code, totp_secret

PENDING = "waits_for_code"


@open_to_all("登录页")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.user
        if user.needs_totp and not (settings.DEMO and user.is_demo):
            request.session[PENDING] = user.pk
            return redirect("code")
        return _enter(request, user)
    context = {
        "form": form,
        "accounts": demo_accounts(),
        "password": DEMO_PASSWORD,
        "next": request.GET.get("next", ""),
    }
    return render(request, "organisation/login.html", context | {"expired": "expired" in request.GET})


@open_to_all("动态口令：密码对了以后才走到这里")
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    user = User.objects.filter(pk=request.session.get(PENDING, 0), is_active=True).first()
    if user is None:
        return redirect("login")
    is_new = user.totp_last == 0
    secret = totp_secret(user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tries = request.session["code_tries"] = request.session.get("code_tries", 0) + 1
        if tries > 5:
            del request.session[PENDING]
            return redirect("login")
        if accept_code(user, form.cleaned_data["code"]):
            return _enter(request, user)
        form.add_error("code", "口令不对或已用过，请等下一个。")
    return render(request, "organisation/code.html", {"form": form, "secret": secret if is_new else ""})


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.pop(PENDING, None)
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return redirect(target)
    return redirect("home")


@requires(Action.SEE_HOME)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("login")


@requires(Action.SEE_HOME)
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.user.must_change = False
        update_session_auth_hash(request, form.save())
        messages.success(request, "密码已改。")
        return redirect("home")
    return render(request, "organisation/password.html", {"form": form})


@requires(Action.SEE_PERMISSIONS)
def permission_table(request: HttpRequest) -> HttpResponse:
    mine = {Role(one.role) for one in Actor.of(request).memberships}
    context = {"roles": [(role, role in mine) for role in Role], "rows": list(permission_rows())}
    return render(request, "organisation/permissions.html", context)


def locked_out(request: HttpRequest, *_args: object, **_named: object) -> HttpResponse:
    """Too many wrong passwords."""
    context = {
        "title": "暂时锁定",
        "sentence": "密码连续错了 5 次，这个账号在这台机器上锁定半小时；忘了密码请找系统管理员",
    }
    return render(request, "sentence.html", context, status=429)
