"""Jobs: claimed once, given up cleanly, cancelled without trace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jiheng_web.jobs import services
from jiheng_web.jobs.models import Job, JobState


@pytest.fixture
def waiting(world, settings):
    settings.JOBS_INLINE = False
    return services.submit(
        world.actor("finance"), world.year, "import", {"draft": 0, "refused": [], "removed": [], "revision": 0}
    )


def test_a_job_is_claimed_once(waiting):
    assert services.claim("one").pk == waiting.pk
    assert services.claim("two") is None


def test_a_job_without_heartbeat_is_taken_over_and_the_first_worker_stops(waiting):
    first = services.claim("one")
    Job.objects.update(heartbeat=timezone.now() - services.LEASE - timedelta(seconds=1))
    second = services.claim("two")
    assert (second.pk, second.attempts) == (first.pk, 2)
    services.run(first)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.worker) == (JobState.RUNNING, "two")


def test_after_three_attempts_it_fails_with_a_sentence(waiting):
    Job.objects.update(state="running", attempts=3, heartbeat=timezone.now() - timedelta(hours=1))
    assert services.claim("one") is None
    waiting.refresh_from_db()
    assert waiting.state == JobState.FAILED
    assert "没有留下办了一半的东西" in waiting.message


def test_what_cannot_be_done_is_told_in_one_sentence(waiting):
    services.run(services.claim("one"))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message) == (JobState.FAILED, "上传的文件已不在，请重新上传")


def test_cancelling(waiting):
    services.cancel(waiting)
    waiting.refresh_from_db()
    assert waiting.state == JobState.CANCELLED
    Job.objects.update(state="waiting")
    running = services.claim("one")
    services.cancel(running)
    services.run(running)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message) == (JobState.CANCELLED, "已取消，没有改动任何数据")


def test_a_fault_of_our_own_is_no_fault_of_theirs(waiting, monkeypatch):
    monkeypatch.setitem(services.KINDS, "import", "jiheng_web.years.tasks.no_such_thing")
    services.run(services.claim("one"))
    waiting.refresh_from_db()
    assert waiting.state == JobState.FAILED
    assert "程序自身出错" in waiting.message


def test_a_job_left_behind_by_a_crash_is_taken_up_from_its_page(waiting, sign_in, settings):
    settings.JOBS_INLINE = True
    page = sign_in("finance")
    services.claim("gone")
    assert "接着办" not in page.get(f"/jobs/{waiting.pk}/").content.decode()  # somebody is at it
    Job.objects.update(heartbeat=timezone.now() - services.LEASE - timedelta(seconds=1))
    assert "接着办" in page.get(f"/jobs/{waiting.pk}/").content.decode()
    assert page.post(f"/jobs/{waiting.pk}/resume/").status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == (JobState.FAILED, 2)  # it ended, with its sentence
    assert "接着办" not in page.get(f"/jobs/{waiting.pk}/").content.decode()
