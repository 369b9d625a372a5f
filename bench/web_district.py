"""The district that `bench.web` measures; run in a process of its own, because Django is set up once."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples" / "示范街道-2024.xlsx"


def load(departments: int, people: int) -> None:
    """Make the tree, one real year, its copies and the people; tell what is there as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "jiheng_web.project.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from jiheng_web.organisation.models import Membership, Unit, User
    from jiheng_web.organisation.permissions import Actor
    from jiheng_web.organisation.roles import Role
    from jiheng_web.years import bridge
    from jiheng_web.years.imports import apply, upload
    from jiheng_web.years.models import BIG, PlainRow, Year
    from jiheng_web.years.services import open_year

    call_command("migrate", verbosity=0)
    region = Unit.objects.create(name="某区", kind="region", region="110105")
    bureau = Unit.objects.create(name="某区财政局", kind="bureau", parent=region)
    units = [
        Unit.objects.create(name="示范街道办事处" if not at else f"第 {at} 部门", kind="department", parent=region)
        for at in range(departments)
    ]

    def person(name: str, unit: Unit, role: Role) -> User:
        user = User.objects.create(username=name, name=name, password="!")
        Membership.objects.create(user=user, unit=unit, role=role.value)
        return user

    first = person("p0", units[0], Role.FINANCE)
    actor = Actor.person(first)
    year = open_year(actor, units[0], 2024)
    draft = upload(actor, year, SAMPLE, SAMPLE.name, SAMPLE.read_bytes())
    apply(actor, year, draft, set(), set(), year.revision)
    years = [year]
    for unit in units[1:]:
        digest = hashlib.sha256(f"bench {unit.pk}".encode()).hexdigest()
        years.append(Year(department=unit, fiscal_year=2024, region="110105", revision=1, digest=digest,
                          errors=year.errors, warnings=year.warnings, hints=year.hints, score_centi=year.score_centi,
                          score_state=year.score_state, annual_budget_fen=year.annual_budget_fen,
                          executed_fen=year.executed_fen))  # fmt: skip
    from django.db.models import QuerySet

    QuerySet(Year).bulk_create(years[1:])
    with connection.cursor() as cursor:
        for model in (*BIG, PlainRow):
            names = [f'"{one.column}"' for one in model._meta.fields if one.column not in ("id", "year_id")]
            columns, copied = ", ".join(names), ", ".join(f"r.{one}" for one in names)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (year_id, {columns}) SELECT y.id, {copied} "
                f"FROM {model._meta.db_table} r CROSS JOIN year y WHERE r.year_id = %s AND y.id <> %s",
                [year.pk, year.pk],
            )
        cursor.execute("ANALYZE")
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    for one in years[:: max(departments // people, 1)]:
        QuerySet(Year).filter(pk=one.pk).update(digest=bridge.bound(one).digest)  # the true hash of the copied rows
    told = _people(person, years, bureau, people)
    print(
        json.dumps(
            {
                "versions": f"网页：PostgreSQL {server}，Django {django.get_version()}，Python {_python()}",
                "people": told,
                **{
                    name: model.objects.count()
                    for name, model in (("projects", BIG[1]), ("indicators", BIG[0]), ("payments", BIG[5]))
                },
            }
        )
    )


def _python() -> str:
    import sys

    return ".".join(map(str, sys.version_info[:3]))


def _people(person, years, bureau, count):  # type: ignore[no-untyped-def]
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import _get_new_csrf_string

    from jiheng_web.organisation.roles import Role
    from jiheng_web.years.models import IndicatorRow

    step = max(len(years) // count, 1)
    for kind in ("department", "bureau"):
        for at in range(count):
            year = years[(at * step) % len(years)]
            role = Role.FINANCE if kind == "department" else Role.BUREAU_BUSINESS
            user = person(f"{kind}{at}", year.department if kind == "department" else bureau, role)
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            row = IndicatorRow.objects.filter(year=year, project="")[at % 20]
            yield_ = {"kind": kind, "year": str(year.pk), "row": str(row.pk), "version": str(row.version),
                      "session": session.session_key, "csrf": _get_new_csrf_string()}  # fmt: skip
            _TOLD.append(yield_)
    return _TOLD


_TOLD: list[dict[str, str]] = []
