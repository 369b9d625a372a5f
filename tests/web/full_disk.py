"""Run by test_full_disk.py in a process of its own: every kind of work with little room, then with enough.

Prints one JSON line a try: kind, room in kB (null: enough), status, the page's text, and the state before and after.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "jiheng_web.project.settings"
import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402

import jiheng.workflow  # noqa: E402
import jiheng.workflow_review  # noqa: E402, F401
from jiheng.rulebook.forms import workbook_form  # noqa: E402
from jiheng_web.evaluation.models import Submission, SubmissionFile  # noqa: E402
from jiheng_web.evaluation.services import confirm_rules  # noqa: E402
from jiheng_web.organisation.models import User  # noqa: E402
from jiheng_web.organisation.permissions import Actor  # noqa: E402
from jiheng_web.project.demo import PASSWORD  # noqa: E402
from jiheng_web.review.models import ReviewedDocument  # noqa: E402
from jiheng_web.years.models import IndicatorRow, Year  # noqa: E402
from jiheng_web.years.queries import evaluated  # noqa: E402
from jiheng_web.years.services import edit_row  # noqa: E402

WAY, SAMPLES, ROOMS = sys.argv[1], Path(sys.argv[2]), [int(one) for one in sys.argv[3].split(",")]
DATA = Path(os.environ["JIHENG_DATA"])
FILLER = DATA / "filler"
tempfile.tempdir = os.environ["TMPDIR"]  # found while there was room; a full one would be passed over
YEAR = Year.objects.select_related("department").get()


def leave(room: int | None) -> None:
    """Leave so many kilobytes on the disk; None gives all of it back."""
    if WAY == "limit":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard if room is None else room * 1024, hard))
        return
    FILLER.unlink(missing_ok=True)
    if room is not None:
        free = os.statvfs(DATA).f_bavail * os.statvfs(DATA).f_frsize - room * 1024
        with FILLER.open("wb") as file:
            file.write(b"\0" * max(free, 0))


def person(name: str) -> Client:
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client


finance, head = person("caiwu"), person("fuze")
actor = Actor.person(User.objects.get(username="caiwu"))
form = workbook_form().sheet("indicators")
for row in [one for one in IndicatorRow.objects.filter(year=YEAR) if "actual" in one.cells][:5]:
    edit_row(actor, YEAR, form, row.pk, row.version, {"actual": "7777"})
BOOK = SAMPLES / "样例街道-2023.xlsx"
PAGE = f"/years/{YEAR.pk}"


def state() -> list[object]:
    """What must not change by half: the year's rows, seals and their files, results of reviews."""
    now = Year.objects.get(pk=YEAR.pk)
    texts = "".join(IndicatorRow.objects.filter(year=now).order_by("id").values_list("cells_text", flat=True))
    return [now.digest, now.revision, now.state, texts.count("7777"), Submission.objects.count(), SubmissionFile.objects.count(),
            ReviewedDocument.objects.exclude(findings_json="").count()]  # fmt: skip


def followed(client: Client, answer, posted=None):
    """On to the page after the redirect; the preview of an import is accepted on the way."""
    while answer.status_code == 302:
        at = answer.url
        if "/imports/" in at:
            answer = client.post(at, {"revision": Year.objects.get(pk=YEAR.pk).revision})
        else:
            answer = client.get(at)
    return answer


def take_in():
    given = SimpleUploadedFile(BOOK.name, BOOK.read_bytes())
    return followed(finance, finance.post(f"{PAGE}/workbook/", {"file": given}))


def review():
    given = SimpleUploadedFile(
        "材料.txt", ("示范街道办事处2023年预算1000万元，执行931万元，执行率95.1%。\n" * 40).encode()
    )
    return followed(finance, finance.post("/review/", {"files": given}))


def save_row():
    row = IndicatorRow.objects.filter(year=YEAR).last()
    given = {"version": row.version, "deviation_note": "长" * 3000 + str(row.version)}
    return finance.post(f"{PAGE}/tables/indicators/{row.pk}/save/", given)


def sign_in():
    return followed(
        finance,
        Client(raise_request_exception=False, SERVER_NAME="127.0.0.1").post(
            "/login/", {"username": "caiwu", "password": PASSWORD}
        ),
    )


KINDS = {
    "row": save_row,
    "import": take_in,
    "review": review,
    "sign in": sign_in,
    "export": lambda: finance.get(f"{PAGE}/workbook/export/"),
    "read": lambda: finance.get(f"{PAGE}/"),
    "seal": lambda: followed(head, head.post(f"{PAGE}/sealing/", {"explanation": "正在补材料"})),
}
confirmed = False
for kind, work in KINDS.items():
    if kind == "seal":
        confirm_rules(actor, YEAR, "问过区财政局", {one.path: "" for one in evaluated(YEAR).sheet.marks})
    for room in (*ROOMS, None):
        before = state()
        leave(room)
        answer = work()
        leave(None)
        page = answer.content.decode(errors="replace")
        full = "磁盘满了" in page
        said = {"kind": kind, "room": room, "status": answer.status_code, "full": full, "before": before, "after": state(),
                "text": "" if not full and answer.status_code == 200 else " ".join(re.sub(r"<[^>]*>", " ", page).split())}  # fmt: skip
        print(json.dumps(said, ensure_ascii=False), flush=True)
        if room is not None and kind in ("import", "seal") and not full and before != state():
            break  # there was room enough: it is done, and cannot be done twice
