"""`jiheng web …`: serve, work, demo, verify-audit, and the few things an operator does."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

OK, FOUND, USAGE = 0, 1, 2
KINDS = {"区": "region", "财政局": "bureau", "部门": "department", "下属单位": "subordinate", "科室": "office"}
"""The kinds of unit in the operator's words (a 社区 is entered as 科室)."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    asked = _parser().parse_args(list(arguments) or ["serve"])
    if asked.command == "demo":
        os.environ["JIHENG_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiheng_web.project.settings")
    import django
    from django.db import OperationalError

    from jiheng.errors import JihengError

    try:
        if asked.command in ("serve", "demo") and not _is_free(asked.host, asked.port):
            print(
                f"端口 {asked.port} 已被占用，网页服务没有启动：请关掉占用它的程序，或用 --port 换一个，例如 --port {asked.port + 1}。",
                file=sys.stderr,
            )
            return USAGE
        django.setup()
        return asked.run(asked)
    except JihengError as error:
        print(f"{error.sentence}。", file=sys.stderr)
    except OperationalError as error:
        print(
            f"数据库连不上或写不进去：{str(error).splitlines()[0]}。请检查 DATABASE_URL、磁盘空间和权限。",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("已停止。")
        return OK
    return USAGE


class _Parser(argparse.ArgumentParser):
    """Faults in Chinese."""

    def error(self, message: str):
        self.exit(USAGE, f"命令写得不对（{message}）：用 {self.prog} --help 看可用的写法。\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="jiheng web", description="绩衡网页版；不写命令就是 serve")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        return made

    for name, run, words in (("serve", _serve, "启动网页服务"), ("demo", _demo, "装入样例和演示账号，启动网页服务")):
        one = command(name, run, words)
        one.add_argument("--host", default="127.0.0.1")
        one.add_argument("--port", type=int, default=8000)
        if name == "demo":
            one.add_argument("--samples", type=Path, default=Path("samples"))
            one.add_argument("--load-only", action="store_true", help="只装入，不启动")
    command("migrate", _migrate, "建立或升级数据库")
    worker = command("work", _work, "处理后台任务")
    worker.add_argument("--once", action="store_true", help="做完现有的任务就结束")
    command("verify-audit", _verify, "核验操作记录：有没有被改、被删，数据有没有绕过记录改动")
    for name, run, words in (
        ("backup", _backup, "备份 SQLite 数据库到一个文件，服务不必停"),
        ("restore", _restore, "从备份恢复（先停服务）"),
    ):
        command(name, run, words).add_argument("file", type=Path)
    person = command("add-user", _add_user, "增加人员；密码从标准输入读一行")
    for name in ("username", "name", "role", "unit"):
        person.add_argument(name)
    reset = command("reset-password", _reset_password, "给一个一次性密码；三个管理员的密码只能这样重置")
    reset.add_argument("username")
    unit = command("add-unit", _add_unit, "增加单位")
    unit.add_argument("name")
    unit.add_argument("kind", choices=tuple(KINDS))
    unit.add_argument("--parent", default="")
    unit.add_argument("--region", default="")
    year = command("open-year", _open_year, "为部门建立年度（空白表）")
    year.add_argument("department")
    year.add_argument("fiscal_year", type=int)
    year.add_argument("username", help="由哪位财务人员建立")
    token = command("add-token", _add_token, "增加接口令牌；令牌只显示这一次")
    token.add_argument("username", help="令牌的主人；令牌不能比本人的权限大")
    token.add_argument("name", help="用途，例如 一体化系统")
    token.add_argument("scope", nargs="+", help="例如 indicators:read actuals:write")
    token.add_argument("--unit", default="", help="只看这个单位；不写就是本人的单位")
    token.add_argument("--days", type=int, default=365, help="有效天数")
    command("revoke-token", _revoke_token, "吊销接口令牌").add_argument("number", type=int, help="令牌编号")
    command("tokens", _tokens, "列出接口令牌")
    return parser


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def _migrate(_asked: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return OK


def _serve(asked: argparse.Namespace) -> int:
    import logging

    from waitress import serve

    _migrate(asked)
    from jiheng_web.project.wsgi import application

    logging.getLogger("waitress").setLevel(logging.ERROR)
    print(f"绩衡网页版已启动：http://{asked.host}:{asked.port}（按 Ctrl+C 停止）", flush=True)
    proxy = os.environ.get("JIHENG_PROXY")
    behind = {"trusted_proxy": proxy, "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto"} if proxy else {}
    serve(
        application,
        host=asked.host,
        port=asked.port,
        threads=8,
        ident=None,
        clear_untrusted_proxy_headers=True,
        **behind,
    )
    return OK


def _demo(asked: argparse.Namespace) -> int:
    from jiheng.errors import BadInput
    from jiheng_web.organisation.roles import DEMO_PASSWORD
    from jiheng_web.project.demo import load

    _migrate(asked)
    print("正在装入样例……", flush=True)
    if not any(asked.samples.glob("*.xlsx")):
        raise BadInput(
            f"“{asked.samples}”里没有样例工作簿：请在项目的文件夹里运行，或用 --samples 写明样例所在的文件夹"
        )
    load(asked.samples)
    print(f"演示账号在登录页上，密码都是 {DEMO_PASSWORD}。", flush=True)
    return OK if asked.load_only else _serve(asked)


def _work(asked: argparse.Namespace) -> int:
    from jiheng_web.jobs.services import work

    work(once=asked.once)
    return OK


def _verify(_asked: argparse.Namespace) -> int:
    from jiheng_web.audit.models import Head
    from jiheng_web.audit.services import broken_links
    from jiheng_web.evaluation.models import Submission
    from jiheng_web.evaluation.services import is_whole
    from jiheng_web.years.services import digest_now

    bad = 0
    for head in Head.objects.select_related("department").order_by("department__path"):
        sentences = list(broken_links(head.department, digest_now))
        bad += len(sentences)
        for one in sentences or [f"{head.number} 条，完整"]:
            print(f"{head.department.name}：{one}")
    for made in Submission.objects.select_related("year__department"):
        if not is_whole(made):
            bad += 1
            print(f"{made}：封存材料被改动过")
    print("核验完毕，没有发现问题。" if not bad else f"核验完毕，发现 {bad} 处问题。")
    return FOUND if bad else OK


def _backup(asked: argparse.Namespace) -> int:
    from jiheng_web.project.backup import backup

    print(f"已备份到 {asked.file}（{backup(asked.file) // 1024} KB），并核对过完整。")
    return OK


def _restore(asked: argparse.Namespace) -> int:
    from jiheng_web.project.backup import restore

    print(f"已恢复。原来的数据库改名为 {restore(asked.file)}。请用 verify-audit 核验。")
    return OK


def _add_user(asked: argparse.Namespace) -> int:
    from jiheng.errors import BadInput
    from jiheng_web.organisation.models import Unit
    from jiheng_web.organisation.roles import Role
    from jiheng_web.organisation.services import make_user

    if asked.role not in set(Role):
        raise BadInput(f"没有“{asked.role}”这个角色；有：{'、'.join(Role)}")
    unit = Unit.objects.filter(name=asked.unit).first()
    if unit is None:
        raise BadInput(f"没有“{asked.unit}”这个单位，先用 add-unit 增加")
    make_user(asked.username, asked.name, sys.stdin.readline().rstrip("\n"), Role(asked.role), unit)
    print(f"已增加 {asked.name}（{asked.unit} {asked.role}）。")
    return OK


def _reset_password(asked: argparse.Namespace) -> int:
    from django.db import transaction

    from jiheng.errors import BadInput
    from jiheng_web.organisation.models import User
    from jiheng_web.people.services import give_one_time_password, one_time_password

    person = User.objects.filter(username=asked.username, is_active=True).first()
    if person is None:
        raise BadInput(f"没有用户名为“{asked.username}”的在用人员")
    password = one_time_password()
    with transaction.atomic():
        give_one_time_password(person, password)
    print(f"{person.name}的一次性密码（登录后必须改）：{password}")
    return OK


def _add_unit(asked: argparse.Namespace) -> int:
    from jiheng.errors import BadInput
    from jiheng_web.organisation.models import Unit

    parent = Unit.objects.filter(name=asked.parent).first() if asked.parent else None
    if asked.parent and parent is None:
        raise BadInput(f"没有“{asked.parent}”这个上级单位")
    if KINDS[asked.kind] == "region" and not asked.region:
        raise BadInput("区要写六位行政区划代码：--region 110105")
    if KINDS[asked.kind] != "region" and parent is None:
        raise BadInput("除了区，每个单位都要写上级：--parent 上级单位的名称")
    Unit.objects.create(name=asked.name, kind=KINDS[asked.kind], parent=parent, region=asked.region)
    print(f"已增加 {asked.name}。")
    return OK


def _open_year(asked: argparse.Namespace) -> int:
    from jiheng.errors import BadInput
    from jiheng_web.organisation.models import Unit, User
    from jiheng_web.organisation.permissions import Actor
    from jiheng_web.organisation.roles import Action
    from jiheng_web.years.services import open_year

    unit = Unit.objects.filter(name=asked.department, kind="department").first()
    user = User.objects.filter(username=asked.username).first()
    if unit is None:
        raise BadInput(f"没有“{asked.department}”这个部门")
    if user is None:
        raise BadInput(f"没有用户名为“{asked.username}”的人")
    if not Actor.person(user).may(Action.IMPORT, unit):
        raise BadInput(f"{user.name}不是{unit.name}的财务人员，不能建立年度")
    print(f"已建立 {open_year(Actor.person(user), unit, asked.fiscal_year)}。")
    return OK


def _add_token(asked: argparse.Namespace) -> int:
    from jiheng.errors import BadInput
    from jiheng_web.api.services import make_token
    from jiheng_web.organisation.models import Unit, User

    owner = User.objects.filter(username=asked.username, is_active=True).first()
    if owner is None:
        raise BadInput(f"没有用户名为“{asked.username}”的人")
    first = owner.memberships.select_related("unit__parent__parent").order_by("id").first()
    unit = Unit.objects.filter(name=asked.unit).first() if asked.unit else first.reach if first else None
    if unit is None:
        raise BadInput(f"没有“{asked.unit}”这个单位" if asked.unit else f"{owner.name}还没有角色")
    token, secret = make_token(asked.name, owner, unit, asked.scope, asked.days)
    print(f"已增加令牌 {token.pk}（{unit}，{asked.days} 天）。请现在抄下，以后不再显示：\n{secret}")
    return OK


def _revoke_token(asked: argparse.Namespace) -> int:
    from jiheng_web.api.services import revoke_token

    print(f"已吊销 {revoke_token(asked.number)}。")
    return OK


def _tokens(_asked: argparse.Namespace) -> int:
    from jiheng_web.api.models import Token

    for one in Token.objects.select_related("owner", "unit", "use"):
        state = "已吊销" if one.revoked_at else f"到 {one.expires_at:%Y-%m-%d}"
        last = f"{one.use.at:%Y-%m-%d %H:%M}" if hasattr(one, "use") else "没用过"
        print(f"{one.pk}\t{one.name}\t{one.owner.name}\t{one.unit}\t{one.scopes}\t{state}\t最近使用 {last}")
    return OK
