"""From goal to sealed report by the one table, and what is sealed stays."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from jiheng.errors import BadInput
from jiheng.reading.opening import read_document
from jiheng.rulebook.forms import workbook_form
from jiheng_web.evaluation.models import Submission
from jiheng_web.evaluation.services import confirm_rules, is_whole
from jiheng_web.jobs.models import JobState
from jiheng_web.jobs.services import submit
from jiheng_web.years.amending import propose, withdraw
from jiheng_web.years.models import IndicatorRow
from jiheng_web.years.queries import evaluated, today
from jiheng_web.years.states import TRANSITIONS, State, transition_named
from jiheng_web.years.transitions import move


def test_every_state_can_be_reached_and_ids_are_unique():
    reached = {State.DRAFT}
    for _ in State:
        reached |= {one.target for one in TRANSITIONS if one.source in reached}
    assert reached == set(State)
    assert len({one.id for one in TRANSITIONS}) == len(TRANSITIONS)


def test_only_the_role_of_the_table_may_move(world):
    for role in ("filer", "auditor", "bureau_business", "vice_head"):
        with pytest.raises(PermissionDenied):
            move(world.actor(role), world.year, transition_named("submit_goals"))
    move(world.actor("finance"), world.year, transition_named("submit_goals"))
    with pytest.raises(PermissionDenied):
        move(world.actor("finance"), world.year, transition_named("approve_goals"))
    with pytest.raises(BadInput, match="刷新页面"):
        move(world.actor("finance"), world.year, transition_named("submit_goals"))


def test_a_return_needs_its_reason_and_shows_it(world, sign_in):
    move(world.actor("finance"), world.year, transition_named("submit_goals"))
    with pytest.raises(BadInput, match="要写明原因"):
        move(world.actor("bureau_performance"), world.year, transition_named("return_goals"), "  ")
    move(world.actor("bureau_performance"), world.year, transition_named("return_goals"), "成本指标没有标准")
    assert world.year.state == State.DRAFT
    assert 3 <= (world.year.due_on - today()).days <= 5  # three working days
    assert "成本指标没有标准" in sign_in("finance").get(f"/years/{world.year.pk}/").content.decode()


def sealed(world, explanation=""):
    return submit(world.actor("head"), world.year, "seal", {"explanation": explanation})


def made_file(made, folder, name):
    path = folder / name
    path.write_bytes(bytes(made.files.get(name=name).content))
    return path


def test_sealing_the_year_with_its_faults_needs_an_explanation_by_the_head(world, to_state, tmp_path):
    to_state(State.EVALUATION)
    marks = {one.path: "" for one in evaluated(world.year).sheet.marks}
    assert marks
    assert "财务人员在“评分”页确认" in sealed(world, "说明").message
    with pytest.raises(PermissionDenied):
        confirm_rules(world.actor("head"), world.year, "依据评分表", marks)
    confirm_rules(world.actor("finance"), world.year, "依据评分表", marks)
    assert evaluated(world.year).sheet.marks == ()
    assert world.year.errors
    assert "带说明报送" in sealed(world).message
    world.year.refresh_from_db()
    assert world.year.state == State.EVALUATION

    job = sealed(world, "13 个指标没有完成值，正在补材料")
    assert (job.state, job.progress) == (JobState.DONE, 100), job.message
    made = Submission.objects.get(year=world.year)
    assert is_whole(made)
    assert (made.version, made.edition, made.errors, len(made.rules_hash)) == (
        1,
        "bj-department-2022",
        world.year.errors,
        64,
    )
    word = read_document(made_file(made, tmp_path, "评价报告.docx"))
    said = [one.text for _, one in word.paragraphs]
    assert not any("草稿" in one for one in said)
    assert any("13 个指标没有完成值" in one and "部门负责人0" in one for one in said)
    names = {one.name for one in made.files.all()}
    assert names == {"年度工作簿.xlsx", "核查意见.html", "评价报告.docx", "汇报稿.docx", "打印页.html", "评分表.xlsx"}
    assert json.loads(made.input_json)["profile"]["department"] == "样例街道办事处"
    assert len(json.loads(made.findings_json)["findings"]) > 10
    world.year.refresh_from_db()
    assert world.year.state == State.SEALED

    for statement in ("UPDATE submission SET errors = 0", "DELETE FROM submission_file"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert "不能“签批封存并报送”" in sealed(world, "再来一次").message

    move(world.actor("head"), world.year, transition_named("correct"), "补了完成值")
    again = sealed(world, "更正")
    assert again.state == JobState.DONE, again.message
    assert [(one.version, bool(one.previous)) for one in Submission.objects.filter(year=world.year)] == [
        (2, True),
        (1, False),
    ]
    move(world.actor("bureau_business"), world.year, transition_named("receive"))
    assert world.year.state == State.RECEIVED

    with pytest.raises(BadInput, match="要写明原因"):
        move(world.actor("bureau_business"), world.year, transition_named("return_received"))
    move(world.actor("bureau_business"), world.year, transition_named("return_received"), "执行数与总预算会计账不一致")
    assert (world.year.state, world.year.due_on is not None) == (State.EVALUATION, True)
    third = sealed(world, "按总预算会计账更正")
    assert third.state == JobState.DONE, third.message
    assert Submission.objects.filter(year=world.year).count() == 3


def test_no_seal_while_a_goal_is_being_amended(world, to_state):
    to_state(State.EVALUATION)
    finance = world.actor("finance")
    confirm_rules(finance, world.year, "依据评分表", {one.path: "" for one in evaluated(world.year).sheet.marks})
    row = IndicatorRow.objects.filter(year=world.year).first()
    made = propose(finance, world.year, workbook_form().sheet("indicators"), row, {"target": "7"})
    assert f"{made}还没有办结（起草）" in sealed(world, "说明").message
    withdraw(finance, made)
    assert sealed(world, "说明").state == JobState.DONE
