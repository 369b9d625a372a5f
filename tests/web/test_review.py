"""Uploading finished documents: what is found, who sees it, and that one bad file stops nothing."""

import io
import json
import zipfile

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jiheng.errors import BadInput
from jiheng_web.audit.guard import NotRecorded
from jiheng_web.audit.models import Entry
from jiheng_web.audit.services import broken_links
from jiheng_web.jobs import services as jobs
from jiheng_web.jobs.models import Job, JobState
from jiheng_web.review import services
from jiheng_web.review.models import ReviewedDocument, ReviewFile
from jiheng_web.years.services import digest_now

WRONG = "2023年全年预算数1000.00万元，执行数931.00万元，预算执行率为95.1%。"
RIGHT = WRONG.replace("95.1%", "93.1%")


def word(*paragraphs):
    made, target = docx.Document(), io.BytesIO()
    made.add_paragraph("样例街道办事处2023年度部门整体绩效评价报告")
    for one in paragraphs:
        made.add_paragraph(one)
    made.save(target)
    return target.getvalue()


def upload(client, *files, **fields):
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("reviews"), {"files": given, **fields}, follow=True)


def work_off(client):
    """What the page does by itself where there is no worker."""
    while Job.objects.filter(kind="review", state__in=("waiting", "running")).exists():
        client.post(reverse("review-next"), headers={"HX-Request": "true"})


def test_a_wrong_rate_is_found_shown_and_handed_back(sign_in):
    client = sign_in("finance")
    answer = upload(client, ("报告.docx", word(WRONG)))
    document = ReviewedDocument.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("review", args=[document.pk])
    assert (document.errors, document.fiscal_year, document.department_name) == (1, 2023, "样例街道办事处")
    assert "95.1%" in page
    assert "<blockquote>" in page
    assert "931" in page

    commented = client.get(reverse("review-comments", args=[document.pk])).content
    assert b"95.1%" in zipfile.ZipFile(io.BytesIO(commented)).read("word/document.xml")
    assert len(list(docx.Document(io.BytesIO(commented)).comments)) >= 1
    paper = docx.Document(io.BytesIO(client.get(reverse("review-opinion", args=[document.pk])).content))
    assert "核查意见书" in "".join(one.text for one in paper.paragraphs)
    told = json.loads(client.get(reverse("review-findings", args=[document.pk])).content)
    assert [one["level"] for one in told["findings"]].count("error") == 1
    marked = client.get(reverse("review-page", args=[document.pk]))
    assert "script-src" not in marked["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in marked["Content-Security-Policy"]
    assert "<mark" in marked.content.decode()
    assert (
        docx.Document(io.BytesIO(client.get(reverse("review-source", args=[document.pk])).content)).paragraphs[1].text
        == WRONG
    )


def test_findings_of_one_level(sign_in):
    client = sign_in("finance")
    upload(client, ("报告.docx", word(WRONG)))
    address = reverse("review", args=[ReviewedDocument.objects.get().pk])
    errors = client.get(address + "?level=error").content.decode()
    assert 'class="finding error"' in errors
    assert 'class="finding hint"' not in errors
    assert 'class="finding error"' not in client.get(address + "?level=hint").content.decode()


def test_one_bad_file_stops_nothing_and_is_told_in_its_sentence(sign_in):
    client = sign_in("finance")
    files = [("坏的.docx", b"PK\x03\x04 nothing"), ("好的.docx", word(RIGHT)), ("图.png", b"x"), ("空.txt", b""),
             ("报告.txt", WRONG.encode())]  # fmt: skip
    assert "还有 5 份" in upload(client, *files).content.decode()
    work_off(client)
    states = {one.file_name: one.job.state for one in ReviewedDocument.objects.select_related("job")}
    assert states == {
        "坏的.docx": "failed",
        "好的.docx": "done",
        "图.png": "failed",
        "空.txt": "failed",
        "报告.txt": "done",
    }
    page = client.get(reverse("reviews")).content.decode()
    for one in ReviewedDocument.objects.filter(job__state="failed").select_related("job"):
        assert one.file_name in one.job.message
        assert "程序自身出错" not in one.job.message
        assert one.job.message.split("：")[0] in page
        assert client.get(reverse("review", args=[one.pk])).status_code == 200
        assert client.get(reverse("review-page", args=[one.pk])).status_code == 404
        assert client.get(reverse("review-opinion", args=[one.pk])).status_code == 422


def test_a_file_beyond_the_limit_is_refused_and_the_others_are_taken(sign_in, settings):
    settings.UPLOAD_LIMIT = 60_000
    client = sign_in("finance")
    page = upload(client, ("大.txt", b"x" * 70_000), ("小.txt", WRONG.encode())).content.decode()
    assert "大.txt" in page
    assert "上限" in page
    assert [one.file_name for one in ReviewedDocument.objects.all()] == ["小.txt"]


def test_too_many_at_once_and_none(sign_in, settings):
    settings.REVIEW_FILES = 2
    client = sign_in("finance")
    assert upload(client, *((f"{n}.txt", b"x") for n in range(3))).status_code == 422
    assert upload(client).status_code == 422
    assert not ReviewedDocument.objects.exists()


def test_a_name_with_script_in_it_is_only_text(sign_in):
    client = sign_in("finance")
    name = '"><img src=x onerror=alert(1)><script>alert(2)</script>\r\nX-Evil: 1.docx'
    answer = upload(client, (name, word("<script>alert(3)</script>2023年执行率为99%。", WRONG)))
    document = ReviewedDocument.objects.get()
    for page in (answer, client.get(reverse("reviews")), client.get(reverse("review-page", args=[document.pk]))):
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    sent = client.get(reverse("review-source", args=[document.pk]))
    assert "\n" not in sent["Content-Disposition"]
    assert "X-Evil" not in sent.headers


def test_against_the_years_own_ledgers(sign_in, world):
    client = sign_in("finance")
    text = (
        "样例街道办事处2023年度部门整体绩效评价报告\n一、部门概况\n二、当年预算执行情况\n"
        "2023年全年预算数31000.00万元，其中，基本支出预算数5000.00万元，项目支出预算数26000.00万元，其他支出预算数0万元。"
        "资金总体支出31000.00万元，其中，基本支出5000.00万元，项目支出26000.00万元，其他支出0万元。预算执行率为100%。"
    )
    upload(client, ("报告.txt", text.encode()))
    alone = ReviewedDocument.objects.latest("pk")
    upload(client, ("报告.txt", text.encode()), against=world.year.pk)
    beside = ReviewedDocument.objects.latest("pk")
    assert beside.against_revision == world.year.revision
    assert beside.errors + beside.warnings > alone.errors + alone.warnings
    assert "31385.997668" in beside.findings_json


def test_another_departments_year_cannot_be_held_against(sign_in, world):
    client = sign_in("finance")
    assert upload(client, ("报告.txt", WRONG.encode()), against=world.other.pk).status_code == 422
    with pytest.raises(PermissionDenied):
        services.take_in(world.actor("finance"), world.year.department, [("a.txt", b"x")], world.other)
    assert not ReviewedDocument.objects.exists()


@pytest.mark.parametrize("role", ["filer", "evaluator", "auditor", "bureau_business", "discipline"])
def test_who_may_upload(role, sign_in):
    client = sign_in(role)
    assert upload(client, ("报告.txt", WRONG.encode())).status_code == 200
    assert ReviewedDocument.objects.get().is_done


def test_seen_in_the_unit_and_above_only(sign_in):
    upload(sign_in("filer"), ("科室的.txt", WRONG.encode()))
    upload(sign_in("bureau_business"), ("财政的.txt", WRONG.encode()))
    office, bureau = ReviewedDocument.objects.order_by("pk")
    seen = {
        ("head", 0): (200, 404), ("finance", 1): (404, 404), ("bureau_performance", 0): (200, 200),
        ("system_admin", 0): (404, 404),
    }  # fmt: skip
    for (role, at), expected in seen.items():
        client = sign_in(role, at)
        assert tuple(client.get(reverse("review", args=[one.pk])).status_code for one in (office, bureau)) == expected
        if role != "system_admin":
            page = client.get(reverse("reviews")).content.decode()
            assert (("科室的" in page), ("财政的" in page)) == tuple(one == 200 for one in expected)


def test_only_who_uploaded_it_removes_it_and_the_log_keeps_its_hash(sign_in, world):
    upload(sign_in("finance"), ("报告.docx", word(WRONG)))
    document = ReviewedDocument.objects.get()
    address = reverse("review-remove", args=[document.pk])
    assert sign_in("head").post(address).status_code == 403
    assert sign_in("finance").post(address).status_code == 302
    assert not ReviewedDocument.objects.exists()
    assert not ReviewFile.objects.exists()
    entry = Entry.objects.filter(department=world.year.department).latest("number")
    assert (entry.action, document.sha256[:16] in entry.subject) == ("删除核查材料", True)
    assert list(broken_links(world.year.department, digest_now)) == []


def test_nothing_is_written_past_the_log(world):
    made = services.take_in(world.actor("finance"), world.year.department, [("a.txt", WRONG.encode())])[0]
    with pytest.raises(NotRecorded):
        ReviewedDocument.objects.update(errors=0)
    made.errors = 7
    with pytest.raises(NotRecorded):
        made.save()
    services.review_here(made)
    with pytest.raises(NotRecorded):
        made.files.all().delete()


def test_reviewing_again_replaces_the_result(sign_in, world):
    client = sign_in("finance")
    upload(client, ("报告.docx", word(WRONG)))
    document = ReviewedDocument.objects.get()
    assert client.post(reverse("review-again", args=[document.pk])).status_code == 302
    assert Job.objects.filter(kind="review", state="done").count() == 2
    assert document.files.count() == 3


def test_with_a_worker_it_waits_and_is_taken_over_after_a_kill(sign_in, settings, world):
    from datetime import timedelta

    from django.utils import timezone

    settings.JOBS_INLINE = False
    client = sign_in("finance")
    assert "还有 1 份" in upload(client, ("报告.docx", word(WRONG))).content.decode()
    document = ReviewedDocument.objects.select_related("job").get()
    with pytest.raises(BadInput):
        services.review_again(world.actor("finance"), document)
    first = jobs.claim("one")
    Job.objects.update(heartbeat=timezone.now() - jobs.LEASE - timedelta(seconds=1))
    second = jobs.claim("two")
    jobs.run(first)
    document.refresh_from_db()
    assert not document.is_done
    jobs.run(second)
    document.refresh_from_db()
    assert (document.errors, document.job.state) == (1, JobState.DONE)
    assert client.get(reverse("job", args=[document.job_id])).status_code == 200


def test_removed_while_it_is_under_way(world, settings):
    settings.JOBS_INLINE = False
    actor = world.actor("finance")
    made = services.take_in(actor, world.year.department, [("a.txt", WRONG.encode())])[0]
    claimed = jobs.claim("one")
    services.remove(actor, made)
    jobs.run(claimed)
    claimed.refresh_from_db()
    assert claimed.state in (JobState.CANCELLED, JobState.FAILED)
    assert not ReviewedDocument.objects.exists()


def test_the_list_asks_the_same_number_of_questions_however_long(sign_in, world, django_assert_max_num_queries):
    client = sign_in("finance")
    services.take_in(world.actor("finance"), world.year.department, [(f"{n}.txt", b"x") for n in range(25)])
    with django_assert_max_num_queries(14):
        client.get(reverse("reviews"))
