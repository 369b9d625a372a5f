"""schemathesis tries every operation of the API: no answer is a fault of the program, each fits the published schema."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from jiheng_web.api.scopes import Scope
from jiheng_web.api.views import api

CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 25


@pytest.fixture
def schema(db):
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    from jiheng_web.project.wsgi import application

    for one in (request_started, request_finished):  # as Django's own test client: the test's transaction stays open
        one.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for one in (request_started, request_finished):
        one.connect(close_old_connections)


@pytest.fixture
def headers(world):
    from jiheng_web.api.services import make_token

    owner = world.actor("finance")
    _, secret = make_token("schemathesis", owner.user, world.year.department, tuple(Scope), 1)
    return {"Authorization": f"Bearer {secret}"}


def labels():
    found = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return [(path, verb) for path, verbs in found.items() for verb in verbs]


@pytest.mark.parametrize(("path", "verb"), labels())
def test_every_operation_holds_what_the_schema_says(path, verb, schema, headers, world):
    from jiheng_web.years.models import IndicatorRow

    operation = schema[path][verb]
    row = IndicatorRow.objects.filter(year=world.year).first()
    real = {"dept_id": world.year.department_id, "fiscal_year": 2023, "kpi_id": row.pk, "report_id": 1, "file_id": 1}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), exists=st.booleans())
    def tried(case, exists):
        if exists:
            case.path_parameters = {name: real[name] for name in case.path_parameters or {}}
        case.call_and_validate(headers=headers, checks=CHECKS)

    tried()


def test_nothing_opens_without_a_token(schema):
    for path, verb in labels():
        case = schema[path][verb].Case(path_parameters=dict.fromkeys(
            ("dept_id", "fiscal_year", "kpi_id", "report_id", "file_id"), 2023
        ), body={"revision": 1} if verb == "put" else schemathesis.core.NOT_SET)  # fmt: skip
        assert case.call().status_code == 401, path
