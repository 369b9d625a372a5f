"""The one table holds everywhere: each route declares its action, and nobody reaches another department's objects."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jiheng_web.organisation.roles import TABLE, Action, Role

WRITING = {"row-save", "row-add", "row-remove", "state", "confirm", "job-cancel", "job-resume", "logout", "row-reveal", "merge", "amendment-send",
           "amendment-decide", "person-add", "person-active", "person-reset", "unit-add", "unit-active", "role-grant", "role-take",
           "review-next", "review-again", "review-remove", "passage-check", "passage-add", "passage-save", "passage-remove"}  # fmt: skip


def routes():
    def walk(patterns):
        for one in patterns:
            if isinstance(one, URLResolver):
                if one.namespace != "api":  # test_api.py walks these: by token, not by session
                    yield from walk(one.url_patterns)
            elif isinstance(one, URLPattern):
                yield one

    return list(walk(get_resolver().url_patterns))


def test_every_route_declares_a_permission():
    assert len(routes()) > 30
    assert [one.name for one in routes() if not getattr(one.callback, "permission", None)] == []


def test_a_route_without_permission_would_be_found():
    assert not getattr(lambda request: None, "permission", None)


def test_every_action_is_used_by_a_route_a_service_or_a_command():
    declared = {one.callback.permission for one in routes()}
    services = {Action.SUBMIT_GOALS, Action.REVIEW_GOALS, Action.START_EVALUATION, Action.SEAL, Action.RECEIVE}
    commands = {Action.MANAGE_PEOPLE, Action.MANAGE_ROLES, Action.VERIFY_LOG}
    assert set(Action) <= declared | services | commands


def arguments(year, route):
    """Real objects of a year for a route."""
    from jiheng_web.evaluation.models import Submission
    from jiheng_web.jobs.models import Job
    from jiheng_web.organisation.models import Membership
    from jiheng_web.review.models import ReviewedDocument
    from jiheng_web.years.models import Amendment, ImportDraft, IndicatorRow, PlainRow, ProjectRow

    held = Membership.objects.filter(unit=year.department).first()
    submission = Submission.objects.get(year=year)
    real = {
        "year": year.pk, "record": "indicators", "row": IndicatorRow.objects.filter(year=year).first().pk,
        "draft": ImportDraft.objects.filter(year=year).first().pk, "submission": submission.pk,
        "file": submission.files.first().pk, "job": Job.objects.filter(year=year).first().pk,
        "amendment": Amendment.objects.get(year=year).pk, "unit": year.department_id, "membership": held.pk,
        "person": held.user_id, "document": ReviewedDocument.objects.get(unit=year.department).pk,
        "passage": PlainRow.objects.filter(year=year, table="passages").first().pk,
        "project": ProjectRow.objects.filter(year=year).order_by("id").values_list("pk", flat=True).first(),
    }  # fmt: skip
    return {name: real[name] for name in route.pattern.converters} | (
        {"year": year.pk}
        if route.lookup_str.startswith(("jiheng_web.years.", "jiheng_web.evaluation.", "jiheng_web.progress."))
        and "submission" not in str(route.name)
        else {}
    )


@pytest.fixture
def objects(world):
    """Something of every kind in both departments."""
    from django.utils import timezone

    from jiheng.rulebook.forms import workbook_form
    from jiheng_web.audit.services import recording
    from jiheng_web.evaluation.models import Submission, SubmissionFile
    from jiheng_web.jobs.models import Job
    from jiheng_web.review.models import COMMENTED, PAGE, PAPER, ReviewedDocument, ReviewFile
    from jiheng_web.years.models import Amendment
    from jiheng_web.years.services import add_row

    for at, year in enumerate((world.year, world.other)):
        actor = world.actor("head", at)
        with recording(actor, year.department, "test"):
            made = Submission(year=year, version=1, sealed_at=timezone.now(), sealed_by=actor.user, as_of="2024-01-01",
                              engine_version="0", year_digest="", input_json="{}", findings_json="{}", score_json="[]",
                              errors=0, score_text="", seal="x")  # fmt: skip
            made.save()
            SubmissionFile(submission=made, name="一.docx", sha256="", size=1, content=b"x").save()
            Amendment(year=year, number=1, asked_by=actor.user, asked_at=timezone.now()).save()
            document = ReviewedDocument(unit=year.department, user=actor.user, file_name="一.docx", sha256="", size=1, content=b"x",
                                        reviewed_on="2024-01-01", findings_json="{}")  # fmt: skip
            document.save()
            for name in (COMMENTED, PAGE, PAPER):
                ReviewFile(document=document, name=name, sha256="", size=1, content=b"x").save()
        passage = {"section": "措施建议", "text": "一段"}
        add_row(world.actor("finance", at), year, workbook_form().sheet("passages"), passage)
        Job.objects.create(kind="import", year=year, user=actor.user, state="done")
    return world


def address(year, route):
    from django.urls import NoReverseMatch

    named = arguments(year, route)
    for keys in (named, {k: v for k, v in named.items() if k != "year"}, {}):
        try:
            return reverse(route.name, kwargs=keys), keys
        except NoReverseMatch:
            continue
    raise AssertionError(route.name)


@pytest.mark.parametrize("role", [role.name.lower() for role in Role if not role.is_bureau])
def test_nobody_reaches_another_department(role, objects, sign_in):
    client = sign_in(role, 1)
    digest = objects.year.digest
    for route in routes():
        url, keys = address(objects.year, route)
        if not keys or route.lookup_str.startswith("jiheng_web.people."):  # of a whole district: test_people.py
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(url, {"to": "submit_goals", "path": "x", "reason": "x", "version": "1"})
            assert answer.status_code in (403, 404, 405), (route.name, method, answer.status_code)
    objects.year.refresh_from_db()
    assert objects.year.digest == digest


@pytest.mark.parametrize("role", list(Role))
def test_the_table_decides_in_ones_own_department(role, objects, sign_in):
    client = sign_in(role.name.lower(), 0)
    for route in routes():
        url, _ = address(objects.year, route)
        action = route.callback.permission
        if not isinstance(action, Action) or route.name in (*WRITING, "home", "job"):
            continue
        status = client.get(url).status_code
        allowed = action in TABLE[role]
        assert (status == 200) is allowed, (route.name, role, status)


def test_without_signing_in_there_is_only_the_login_page(objects, client):
    for route in routes():
        url, _ = address(objects.year, route)
        if route.name in ("login", "health"):
            continue
        answer = client.get(url)
        assert answer.status_code == 302, route.name
        assert answer.url.startswith("/login/"), route.name


def test_auditors_discipline_and_evaluators_only_read():
    writing = {Action.EDIT_ROWS, Action.IMPORT, Action.CONFIRM_RULES, Action.SUBMIT_GOALS, Action.REVIEW_GOALS, Action.SEAL,
               Action.START_EVALUATION, Action.RECEIVE, Action.REMIND}  # fmt: skip
    for role in (Role.AUDITOR, Role.DISCIPLINE, Role.EVALUATOR, Role.VICE_HEAD):
        assert not TABLE[role] & writing


def test_three_administrators_share_nothing_and_see_no_figures():
    own = [
        TABLE[role] - TABLE[Role.SYSTEM_ADMIN] & TABLE[Role.SECURITY_ADMIN] & TABLE[Role.AUDIT_ADMIN]
        for role in Role
        if role.is_admin
    ]
    assert not own[0] & own[1]
    assert not own[1] & own[2]
    assert not own[0] & own[2]
    assert all(Action.SEE_YEAR not in TABLE[role] for role in Role if role.is_admin)
