"""A small district: two departments with a real year each, everybody in every role, loaded once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
FIRST, SECOND = SAMPLES / "样例街道-2023.xlsx", SAMPLES / "样例乡-2023.xlsx"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        _load()


def _load():
    from jiheng_web.organisation.models import Membership, Unit, User
    from jiheng_web.organisation.permissions import Actor
    from jiheng_web.organisation.roles import Role
    from jiheng_web.years.imports import apply, upload
    from jiheng_web.years.services import open_year

    region = Unit.objects.create(name="测试区", kind="region", region="110105")
    bureau = Unit.objects.create(name="测试区财政局", kind="bureau", parent=region)
    for at, file in enumerate((FIRST, SECOND)):
        name = ("样例街道办事处", "样例乡人民政府")[at]
        department = Unit.objects.create(name=name, kind="department", parent=region)
        office = Unit.objects.create(name=f"城管科{at}", kind="office", parent=department)
        for role in Role:
            if role.is_bureau and at:
                continue
            user = User(username=f"{role.name.lower()}{at}", name=f"{role.value}{at}")
            user.set_password("a-long-password-1")
            user.save()
            unit = (
                bureau if role.is_bureau else office if role.is_of_office else region if role.is_admin else department
            )
            Membership.objects.create(user=user, unit=unit, role=role.value)
        finance = Actor.person(User.objects.get(username=f"finance{at}"))
        year = open_year(finance, department, 2023)
        draft = upload(finance, year, file, file.name, file.read_bytes())
        apply(finance, year, draft, set(), set(), year.revision)


@pytest.fixture
def world():
    """The two years, and `actor("finance")` for a person of the first department (`actor("finance", 1)` of the second)."""
    from jiheng_web.organisation.models import User
    from jiheng_web.organisation.permissions import Actor
    from jiheng_web.years.models import Year

    years = list(Year.objects.select_related("department").order_by("id"))

    def actor(role, at=0):
        return Actor.person(User.objects.get(username=f"{role}{at}"))

    return SimpleNamespace(year=years[0], other=years[1], actor=actor)


@pytest.fixture
def sign_in(client):
    """A browser in which a person of a role has signed in."""
    from jiheng_web.organisation.models import User

    def enter(role, at=0):
        client.force_login(
            User.objects.get(username=f"{role}{at}"), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return enter


@pytest.fixture
def to_state(world):
    """Bring the first year to a state by the table's own transitions."""
    from jiheng_web.years.states import State, transition_named
    from jiheng_web.years.transitions import move

    def go(state):
        steps = [("submit_goals", "finance", State.REVIEW), ("approve_goals", "bureau_business", State.EXECUTION),
                 ("start_evaluation", "finance", State.EVALUATION)]  # fmt: skip
        for name, role, target in steps:
            if world.year.state == state:
                return
            move(world.actor(role), world.year, transition_named(name))
            assert world.year.state == target

    return go
