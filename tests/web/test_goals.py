"""概况与目标: the bureau's review sheet, amendments, the library, packs and masked names."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jiheng.errors import BadInput
from jiheng.rulebook.forms import workbook_form
from jiheng_web.audit.models import Entry
from jiheng_web.years import amending, imports, library, packing, personal, reviewing, services
from jiheng_web.years.entering import said
from jiheng_web.years.models import Amendment, GoalReviewSheet, IndicatorRow, PlainRow, ProjectRow
from jiheng_web.years.queries import today, weights
from jiheng_web.years.states import State, transition_named
from jiheng_web.years.transitions import move

FORM = workbook_form().sheet("indicators")


def last_entry(world):
    return Entry.objects.filter(department=world.year.department).order_by("-number").first()


# --- 四性审核 ---------------------------------------------------------------------------------------------------------


def sheet(world, level="优", **other):
    items = [one.item.id for one in reviewing.marks_of(reviewing.review_rules(world.year), {}, {})]
    return {name: other.get(name, level) for name in items}


def test_a_review_is_kept_with_the_approval_and_shown_to_the_department(world, to_state, sign_in):
    to_state(State.REVIEW)
    client = sign_in("bureau_performance")
    given = {f"level:{name}": level for name, level in sheet(world, conditions="良").items()}
    page = f"/years/{world.year.pk}/goals/review/"
    answer = client.post(page, given | {"to": "approve_goals", "opinion": "同意"})
    assert answer.status_code == 422
    assert "“条件充分性”没有评为优，要写明理由" in answer.content.decode()
    assert "同意</textarea>" in answer.content.decode()  # nothing typed is lost
    answer = client.post(page, given | {"to": "approve_goals", "opinion": "同意", "reason:conditions": "方案还可细化"})
    assert answer.status_code == 302
    made = GoalReviewSheet.objects.get(year=world.year)
    assert (made.number, made.grade, made.outcome, len(made.lines)) == (1, "优", "批复并锁定目标", 8)
    world.year.refresh_from_db()
    assert world.year.state == State.EXECUTION
    assert "等级“优”" in last_entry(world).subject
    shown = sign_in("finance").get(f"/years/{world.year.pk}/goals/").content.decode()
    assert "方案还可细化" in shown
    assert "第 1 次" in shown


def test_a_poor_sheet_cannot_be_approved_without_saying_why_and_returns_with_its_reasons(world, to_state):
    to_state(State.REVIEW)
    bureau, marks = world.actor("bureau_business"), sheet(world, "中")
    reasons = dict.fromkeys(marks, "指标太粗")
    with pytest.raises(BadInput, match="总体等级是“中”"):
        reviewing.review_goals(bureau, world.year, transition_named("approve_goals"), marks, reasons, "")
    with pytest.raises(BadInput, match="没有评定等次"):
        reviewing.review_goals(bureau, world.year, transition_named("return_goals"), {"form": "优"}, {}, "改")
    with pytest.raises(PermissionDenied):
        reviewing.review_goals(world.actor("finance"), world.year, transition_named("return_goals"), marks, reasons, "")
    assert not GoalReviewSheet.objects.exists()
    reviewing.review_goals(bureau, world.year, transition_named("return_goals"), marks, reasons, "")
    world.year.refresh_from_db()
    assert world.year.state == State.DRAFT
    assert world.year.due_on == transition_named("return_goals").due_from(today())
    assert world.year.message.startswith("目标审核等级“中”。规范完整性（中）：指标太粗")


def test_goals_are_not_approved_past_the_sheet(world, to_state, sign_in):
    to_state(State.REVIEW)
    answer = sign_in("bureau_business").post(f"/years/{world.year.pk}/state/", {"to": "approve_goals"})
    assert answer.url == f"/years/{world.year.pk}/goals/review/"
    world.year.refresh_from_db()
    assert world.year.state == State.REVIEW


# --- 目标调整 ---------------------------------------------------------------------------------------------------------


def proposed(world, field="target", text="7001"):
    row = IndicatorRow.objects.filter(year=world.year, project="").first()
    return row, amending.propose(world.actor("finance"), world.year, FORM, row, {field: text})


def test_nothing_is_amended_before_approval(world):
    with pytest.raises(BadInput, match="目标批复以后才有调整"):
        proposed(world)


def test_an_approved_amendment_is_applied_at_once_in_one_entry(world, to_state):
    to_state(State.EVALUATION)
    row, draft = proposed(world)
    before = said(row.cells, "target")
    with pytest.raises(BadInput, match="文号"):
        amending.send(world.actor("finance"), draft, "区里下达新任务", "")
    amending.send(world.actor("finance"), draft, "区里下达新任务", "示政办发〔2024〕1号")
    with pytest.raises(BadInput, match="已经报财政局"):
        proposed(world)
    with pytest.raises(PermissionDenied):
        amending.approve(world.actor("finance"), draft)
    row.refresh_from_db()
    assert said(row.cells, "target") == before
    entries, revision = Entry.objects.count(), world.year.revision
    assert amending.approve(world.actor("bureau_business"), Amendment.objects.get(), "同意") == 1
    row.refresh_from_db()
    assert (said(row.cells, "target"), row.version) == ("7001", 2)
    assert Entry.objects.count() == entries + 1
    world.year.refresh_from_db()
    assert world.year.revision == revision + 1
    detail = json.loads(last_entry(world).detail)
    assert [(one["field"], one["before"], one["after"]) for one in detail] == [("绩效指标值", before, "7001")]
    found = Amendment.objects.get()
    assert (found.state, found.decision, found.lines[0]["before"]) == ("applied", "同意", before)


def test_a_refused_amendment_changes_nothing_and_says_why(world, to_state, sign_in):
    to_state(State.EXECUTION)
    row, draft = proposed(world)
    amending.send(world.actor("head"), draft, "原因", "文号1")
    with pytest.raises(BadInput, match="写明原因"):
        amending.refuse(world.actor("bureau_business"), draft, " ")
    amending.refuse(world.actor("bureau_business"), draft, "依据不足")
    row.refresh_from_db()
    assert row.version == 1
    assert "依据不足" in sign_in("finance").get(f"/years/{world.year.pk}/goals/amendments/").content.decode()
    with pytest.raises(BadInput, match="未批准"):
        amending.approve(world.actor("bureau_business"), draft)


def test_weights_must_still_sum_to_a_hundred(world, to_state):
    to_state(State.EXECUTION)
    assert weights(world.year).total == 100
    _, draft = proposed(world, "weight", "50")
    with pytest.raises(BadInput, match="应为 100"):
        amending.send(world.actor("finance"), draft, "原因", "文号1")
    amending.drop_line(world.actor("finance"), draft, 0)
    with pytest.raises(BadInput, match="还没有要调整的内容"):
        amending.send(world.actor("finance"), draft, "原因", "文号1")


def test_an_amendment_out_of_date_is_not_applied(world, to_state):
    from jiheng_web.audit.services import recording

    to_state(State.EXECUTION)
    row, draft = proposed(world)
    amending.send(world.actor("finance"), draft, "原因", "文号1")
    with recording(world.actor("finance"), world.year.department, "test"):
        changed = Amendment.objects.get()
        changed.lines_text = json.dumps([one | {"before": "别的"} for one in changed.lines])
        changed.save()
    with pytest.raises(BadInput, match="让部门重新申请"):
        amending.approve(world.actor("bureau_business"), draft)
    row.refresh_from_db()
    assert row.version == 1
    assert Amendment.objects.get().state == "waiting"


def test_rows_are_added_and_taken_away_by_an_amendment(world, to_state):
    to_state(State.EXECUTION)
    finance, bureau = world.actor("finance"), world.actor("bureau_business")
    own = list(IndicatorRow.objects.filter(year=world.year, project="").order_by("position", "id"))
    gone = next(row for row in own if said(row.cells, "weight"))
    weight = said(gone.cells, "weight")
    draft = amending.propose_removal(finance, world.year, FORM, gone)
    assert amending.weight_sums(draft) == (100, 100 - int(weight))
    with pytest.raises(BadInput, match="应为 100"):
        amending.send(finance, draft, "任务取消", "示政办发〔2024〕1号")
    with pytest.raises(BadInput, match="还是空的"):
        amending.propose_row(finance, world.year, FORM, {"name": "  "})
    new = {"dimension": "产出指标", "category": "数量指标", "name": "新建口袋公园", "comparator": "≥", "target": "3",
           "unit": "个", "weight": weight}  # fmt: skip
    draft = amending.propose_row(finance, world.year, FORM, new)
    assert amending.weight_sums(draft) == (100, 100)
    amending.send(finance, draft, "任务有增有减", "示政办发〔2024〕1号")
    assert IndicatorRow.objects.filter(year=world.year).count() == len(own) + IndicatorRow.objects.filter(
        year=world.year).exclude(project="").count()  # fmt: skip
    entries = Entry.objects.count()
    assert amending.approve(bureau, Amendment.objects.get()) == 1 + len(new)
    now = list(IndicatorRow.objects.filter(year=world.year, project="").order_by("position", "id"))
    assert gone.pk not in [row.pk for row in now]
    assert {name: said(now[-1].cells, name) for name in new} == new
    assert Entry.objects.count() == entries + 1
    assert weights(world.year).total == 100


def test_what_would_be_wrong_afterwards_is_not_sent(world, to_state, sign_in):
    to_state(State.EXECUTION)
    finance = world.actor("finance")
    new = {
        "dimension": "产出指标",
        "category": "数量指标",
        "name": "新建口袋公园",
        "comparator": "≥",
        "target": "3",
        "unit": "个",
    }
    draft = amending.propose_row(finance, world.year, FORM, new)
    with pytest.raises(BadInput, match="“新建口袋公园（新增）”没有权重"):
        amending.send(finance, draft, "新任务", "示政办发〔2024〕1号")
    draft = amending.propose_row(finance, world.year, FORM, {**new, "name": "另一个", "weight": "x"})
    with pytest.raises(BadInput, match=r"“另一个（新增）”：.*权重"):
        amending.send(finance, draft, "新任务", "示政办发〔2024〕1号")
    page = sign_in("finance").get(reverse("amendments", args=[world.year.pk])).content.decode()
    assert "“新建口袋公园（新增）”没有权重" in page


def test_a_row_changed_meanwhile_is_not_taken_away(world, to_state):
    to_state(State.EVALUATION)
    finance = world.actor("finance")
    row = IndicatorRow.objects.filter(year=world.year, project="").first()
    draft = amending.propose_removal(finance, world.year, FORM, row)
    same = amending.propose(finance, world.year, FORM, row, {"weight": said(row.cells, "weight")})
    assert same.lines == []  # to change a row is not to take it away
    draft = amending.propose_removal(finance, world.year, FORM, row)
    weight = next(one for one in IndicatorRow.objects.filter(year=world.year, project="").exclude(pk=row.pk))
    more = Decimal(said(weight.cells, "weight")) + Decimal(said(row.cells, "weight"))
    amending.propose(finance, world.year, FORM, weight, {"weight": f"{more:f}"})
    amending.send(finance, Amendment.objects.get(pk=draft.pk), "任务取消", "示政办发〔2024〕1号")
    services.edit_row(finance, world.year, FORM, row.pk, row.version, {"actual": "12"})
    with pytest.raises(BadInput, match="删除这一行"):
        amending.approve(world.actor("bureau_business"), Amendment.objects.get())
    assert IndicatorRow.objects.filter(pk=row.pk).exists()


def test_a_form_of_one_row_is_neither_added_nor_taken_away(world, to_state):
    to_state(State.EXECUTION)
    with pytest.raises(BadInput, match="只有一份"):
        amending.propose_row(world.actor("finance"), world.year, workbook_form().sheet("fund_block"), {"total": "1"})


def test_another_departments_amendment_is_not_there(world, to_state, sign_in):
    to_state(State.EXECUTION)
    _, draft = proposed(world)
    for name in ("send", "decide"):
        answer = sign_in("finance", 1).post(f"/years/{world.other.pk}/goals/amendments/{draft.pk}/{name}/", {})
        assert answer.status_code in (403, 404)


# --- 指标库与上年 -----------------------------------------------------------------------------------------------------


def test_indicators_are_taken_from_the_library_without_targets(world):
    count = IndicatorRow.objects.filter(year=world.year).count()
    made = library.take_over(world.actor("finance"), world.year, ["common:0:0", "common:0:1", "nothing"])
    assert made == 2
    row = IndicatorRow.objects.filter(year=world.year).order_by("-position").first()
    assert (row.name, said(row.cells, "target"), said(row.cells, "weight")) == ("组织培训场次", "", "")
    assert IndicatorRow.objects.filter(year=world.year).count() == count + 2
    with pytest.raises(BadInput, match="没有选中"):
        library.take_over(world.actor("finance"), world.year, [])
    offers = {one.name: one for shelf in library.shelves(world.year, "培训") for one in shelf.offers}
    assert offers["组织培训场次"].is_here
    assert "绿地养护面积" not in offers


def test_locked_indicators_take_nothing_from_the_library(world, to_state):
    to_state(State.EXECUTION)
    with pytest.raises(BadInput, match="不能加行"):
        library.take_over(world.actor("finance"), world.year, ["common:0:0"])


def test_last_years_figures_stand_beside(world, sign_in):
    finance = world.actor("finance")
    later = services.open_year(finance, world.year.department, 2024)
    first = IndicatorRow.objects.filter(year=world.year, project="").first()
    services.edit_row(finance, world.year, FORM, first.pk, 1, {"actual": "77"})
    taken = next(one for shelf in library.shelves(later) for one in shelf.offers if one.id == f"row:{first.pk}")
    assert "77" in taken.actual
    library.take_over(finance, later, [taken.id])
    mine = IndicatorRow.objects.get(year=later)
    assert said(mine.cells, "history") == "77"
    assert "77" in library.last_year(later, [mine])[mine.pk].actual
    page = sign_in("finance").get(f"/years/{later.pk}/tables/indicators/").content.decode()
    assert "上年完成" in page
    assert "77" in page


# --- 科室工作簿 -------------------------------------------------------------------------------------------------------


def changed_packs(world, text):
    """The packs as an office returns them: the first indicator row of each with another actual value."""
    import openpyxl

    found = []
    with zipfile.ZipFile(io.BytesIO(packing.packs_of(world.actor("finance"), world.year))) as together:
        for name in together.namelist():
            book = openpyxl.load_workbook(io.BytesIO(together.read(name)))
            rows = book["绩效指标"]
            heads = [one.value for one in rows[3]]
            if rows.cell(4, heads.index("三级指标") + 1).value:
                rows.cell(4, heads.index("实际完成值") + 1).value = text
                made = io.BytesIO()
                book.save(made)
                found.append(packing.Returned(name, made.getvalue()))
    return found


@pytest.fixture
def office_row(world):
    row = IndicatorRow.objects.filter(year=world.year, project="").first()
    services.edit_row(world.actor("finance"), world.year, FORM, row.pk, 1, {"office": "城管科0", "actual": "60"})
    row.refresh_from_db()
    return row


def test_packs_come_back_as_a_preview(world, office_row):
    back = [one for one in changed_packs(world, 66) if "城管科0" in one.name]
    draft = packing.merge_returned(world.actor("finance"), world.year, back)
    table = next(one for one in imports.changes_of(world.year, draft) if one.form is FORM)
    assert [one.fields for one in table.changed] == [(("实际完成值", "60", "66"),)]
    assert not table.absent
    assert draft.packs["conflicts"] == []
    imports.apply(world.actor("finance"), world.year, draft, set(), set(), world.year.revision)
    office_row.refresh_from_db()
    assert said(office_row.cells, "actual") == "66"


def test_a_conflict_is_shown_and_decided(world, office_row, sign_in):
    back = [one for one in changed_packs(world, 66) if "城管科0" in one.name]
    services.edit_row(world.actor("finance"), world.year, FORM, office_row.pk, office_row.version, {"actual": "61"})
    files = [io.BytesIO(one.content) for one in back]
    for file, one in zip(files, back, strict=True):
        file.name = one.name
    client = sign_in("finance")
    answer = client.post(f"/years/{world.year.pk}/workbook/merge/", {"files": files})
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer.url).content.decode()
    assert "冲突（1）" in page
    assert "用科室的" in page
    world.year.refresh_from_db()
    draft = imports.ImportDraft.objects.order_by("-id").first()
    (clash,) = draft.packs["conflicts"]
    assert (clash["ours"], clash["theirs"], clash["field"], clash["row_id"]) == ("61", "66", "actual", office_row.pk)
    client.post(answer.url, {"revision": world.year.revision, "settle": "0"})
    office_row.refresh_from_db()
    assert said(office_row.cells, "actual") == "66"
    assert "66" in last_entry(world).detail


def test_other_files_are_no_packs(world):
    for name, content in (("a.txt", b"x"), ("b.xlsx", b"not a workbook")):
        with pytest.raises(BadInput):
            packing.merge_returned(world.actor("finance"), world.year, [packing.Returned(name, content)])


# --- personal data ----------------------------------------------------------------------------------------------------


@pytest.fixture
def manager(world):
    row = ProjectRow.objects.filter(year=world.year).first()
    form = workbook_form().sheet("projects")
    services.edit_row(world.actor("finance"), world.year, form, row.pk, row.version, {"manager": "欧阳测试"})
    return row


@pytest.mark.parametrize("role", ["bureau_business", "evaluator", "auditor"])
def test_names_are_masked_outside_the_department(role, world, manager, sign_in):
    page = f"/years/{world.year.pk}/tables/projects/{manager.pk}/"
    assert "欧阳测试" in sign_in("vice_head").get(page).content.decode()
    client = sign_in(role)
    text = client.get(page).content.decode()
    assert "欧阳测试" not in text
    assert "欧**" in text
    book = client.get(f"/years/{world.year.pk}/workbook/export/").content
    assert "欧阳测试".encode() not in b"".join(
        zipfile.ZipFile(io.BytesIO(book)).read(name) for name in zipfile.ZipFile(io.BytesIO(book)).namelist()
    )
    count = Entry.objects.count()
    assert "欧阳测试" in client.post(f"{page}reveal/").content.decode()
    assert Entry.objects.count() == count + 1
    assert (last_entry(world).action, "欧阳测试" in last_entry(world).detail) == ("显示个人信息", False)


def test_neither_the_log_nor_versions_nor_sealed_files_give_names_away_unseen(world, manager, to_state, sign_in):
    from jiheng_web.evaluation.models import Submission
    from jiheng_web.evaluation.services import confirm_rules
    from jiheng_web.jobs.services import submit
    from jiheng_web.years.queries import evaluated

    base = f"/years/{world.year.pk}"
    assert "欧阳测试" in sign_in("finance").get(f"{base}/log/").content.decode()
    auditor = sign_in("auditor")
    log = auditor.get(f"{base}/log/").content.decode()
    assert "欧阳测试" not in log
    assert "欧**" in log
    only = last_entry(world).number
    assert "前后对照" in auditor.get(f"{base}/log/?entry={only}").content.decode()
    assert auditor.get(f"{base}/log/?before=1").content.decode().count("前后对照") == 0

    to_state(State.EVALUATION)
    finance = world.actor("finance")
    confirm_rules(finance, world.year, "依据评分表", {one.path: "" for one in evaluated(world.year).sheet.marks})
    assert submit(world.actor("head"), world.year, "seal", {"explanation": "正在补"}).state == "done"
    manager.refresh_from_db()
    move(world.actor("head"), world.year, transition_named("correct"), "换了负责人")
    services.edit_row(
        finance, world.year, workbook_form().sheet("projects"), manager.pk, manager.version, {"manager": "司马测试"}
    )
    page = f"{base}/versions/?from=1&to=now"
    assert "司马测试" in sign_in("finance").get(page).content.decode()
    seen = sign_in("auditor").get(page).content.decode()
    assert "司马测试" not in seen
    assert "司**" in seen
    file, count = Submission.objects.get(year=world.year).files.get(name="年度工作簿.xlsx"), Entry.objects.count()
    address = f"/submissions/{file.submission_id}/files/{file.pk}/"
    assert sign_in("finance").get(address).status_code == 200
    assert Entry.objects.count() == count
    assert sign_in("auditor").get(address).status_code == 200
    assert Entry.objects.count() == count + 1
    assert (last_entry(world).action, last_entry(world).subject) == ("下载封存材料", "第 1 版 年度工作簿.xlsx")


def test_every_masked_field_is_one_of_the_form():
    assert personal.PERSONAL["profile"] == {"head", "finance_officer", "filer", "phone"}
    assert personal.PERSONAL["projects"] == {"manager"}
    for record, fields in personal.PERSONAL.items():
        assert {one.field for one in workbook_form().sheet(record).columns} >= fields


def test_the_log_stays_whole_after_looking(world, manager):
    from jiheng_web.audit.services import broken_links

    row = PlainRow.objects.filter(year=world.year, table="profile").first()
    personal.reveal(world.actor("bureau_business"), world.year, workbook_form().sheet("profile"), row)
    assert list(broken_links(world.year.department, services.digest_now)) == []


@pytest.mark.parametrize("state", [State.DRAFT, State.REVIEW, State.EXECUTION])
def test_the_pages_open_in_every_state(state, world, to_state, sign_in):
    to_state(state)
    for role in ("finance", "bureau_business", "auditor"):
        client = sign_in(role)
        assert client.get(f"/years/{world.year.pk}/goals/").status_code == 200
        assert client.get(f"/years/{world.other.pk}/goals/amendments/").status_code in (200, 404)
    page = sign_in("finance").get(f"/years/{world.year.pk}/goals/").content.decode()
    assert ('value="submit_goals"' in page) is (state == State.DRAFT)
