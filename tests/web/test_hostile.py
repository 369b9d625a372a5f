"""What people paste: script shows as text, formulas go out as text, unseen characters go nowhere."""

from __future__ import annotations

import io

import openpyxl

from jiheng.rulebook.forms import CellType, workbook_form
from jiheng_web.years import services
from jiheng_web.years.queries import rows_of_table

SCRIPT, FORMULA = "<script>alert(1)</script><img src=x onerror=alert(1)>", "=HYPERLINK(\"http://x\")&cmd|'/C calc'!A0"


def test_script_and_formulas_in_every_text_field_of_every_table(world, sign_in):
    finance = world.actor("finance")
    for form in workbook_form().sheets:
        words = [c.field for c in form.columns if c.type in (CellType.TEXT, CellType.LONG)]
        if form.kind == "table":
            services.add_row(finance, world.year, form, dict.fromkeys(words, f"{FORMULA}{SCRIPT}"))
    client = sign_in("finance")
    for form in workbook_form().sheets:
        rows = rows_of_table(world.year, form.record)
        for url in (f"/years/{world.year.pk}/tables/{form.record}/",
                    *(f"/years/{world.year.pk}/tables/{form.record}/{row.pk}/" for row in rows[-1:])):  # fmt: skip
            text = client.get(url, follow=True).content.decode()
            assert "<script>alert" not in text, url
            assert "<img src=x" not in text, url
    for page in ("", "findings/", "score/", "report/page/", "log/", "workbook/"):
        text = client.get(f"/years/{world.year.pk}/{page}").content.decode()
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page
    exported = client.get(f"/years/{world.year.pk}/workbook/export/")
    book = openpyxl.load_workbook(io.BytesIO(exported.content))
    ours = [cell for sheet in book for line in sheet.iter_rows() for cell in line if "HYPERLINK" in str(cell.value)]
    assert len(ours) > 30
    assert {cell.data_type for cell in ours} == {"s"}


def test_unseen_characters_a_second_submit_and_a_stale_version(world, sign_in):
    client = sign_in("finance")
    row = rows_of_table(world.year, "indicators")[0]
    url = f"/years/{world.year.pk}/tables/indicators/{row.pk}/"
    given = {"version": row.version, "deviation_note": ""}
    assert client.post(f"{url}save/", given | {"deviation_note": "来\x00件\x1b多"}).status_code == 200
    row.refresh_from_db()
    assert (row.cells["deviation_note"], row.version) == ("来件多", 2)
    revision = type(world.year).objects.get(pk=world.year.pk).revision
    assert client.post(f"{url}save/", given | {"deviation_note": "来件多"}).status_code == 200, "sent twice"
    row.refresh_from_db()
    assert (row.version, type(world.year).objects.get(pk=world.year.pk).revision) == (2, revision)
    stale = client.post(url, {"version": 1, "deviation_note": "另一句"})
    assert stale.status_code == 409
    assert "来件多" in stale.content.decode()
    assert "另一句" in stale.content.decode()
