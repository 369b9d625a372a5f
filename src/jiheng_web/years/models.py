"""A department's year in rows.

Every row keeps its cells as they were given (`cells`, the workbook's own words); the columns beside are derived from the
engine's records at the door (`years.bridge`), so that the database can sort and sum: names, and money in 分.
"""

from __future__ import annotations

import json
from typing import ClassVar

from django.conf import settings
from django.db import models

from jiheng_web.audit.guard import Guarded
from jiheng_web.organisation.models import Unit
from jiheng_web.years.states import State

Cells = dict[str, str | list[str]]
"""A cell is its text, or [kind, raw, number format] where the workbook held a number, a date or a truth value."""


class Year(Guarded):
    """部门年度. `revision` counts every change; `digest` is the hash of the whole content; the rest is where it stands."""

    department = models.ForeignKey(Unit, models.PROTECT, related_name="years")
    fiscal_year = models.IntegerField("预算年度")
    region = models.CharField(max_length=6)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    revision = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="", blank=True)
    message = models.CharField("退回原因或催办", max_length=500, default="", blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    errors = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    hints = models.IntegerField(default=0)
    score_centi = models.BigIntegerField("得分（百分之一分）", null=True, blank=True)
    score_state = models.CharField(max_length=20, default="", blank=True)
    annual_budget_fen = models.BigIntegerField(null=True, blank=True)
    executed_fen = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "year"
        ordering = ("-fiscal_year", "department")
        constraints = (models.UniqueConstraint(fields=("department", "fiscal_year"), name="year_once"),)

    def __str__(self) -> str:
        return f"{self.department.name} {self.fiscal_year} 年"


class Row(Guarded):
    """One row of one table of the year."""

    record: ClassVar[str] = ""
    money: ClassVar[tuple[str, ...]] = ()

    year = models.ForeignKey(Year, models.PROTECT, related_name="+")
    position = models.IntegerField()
    cells_text = models.TextField(default="{}")
    version = models.IntegerField(default=1)
    code = models.CharField(max_length=100, default="", blank=True)
    name = models.CharField(max_length=200, default="", blank=True)
    office = models.CharField(max_length=100, default="", blank=True)
    project = models.CharField(max_length=200, default="", blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name or self.code or str(self.position)

    @property
    def cells(self) -> Cells:
        """The cells by field."""
        return json.loads(self.cells_text)

    @cells.setter
    def cells(self, cells: Cells) -> None:
        self.cells_text = json.dumps(cells, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _fen() -> models.BigIntegerField:
    return models.BigIntegerField(null=True, blank=True)


class IndicatorRow(Row):
    """绩效指标."""

    record = "indicators"

    class Meta(Row.Meta):
        db_table = "y_indicator"
        indexes = (models.Index(fields=("year", "project", "position"), name="y_indicator_by_project"),)


class ProjectRow(Row):
    """项目."""

    record = "projects"
    money = ("initial_budget", "annual_budget", "executed")
    initial_budget_fen = _fen()
    annual_budget_fen = _fen()
    executed_fen = _fen()

    class Meta(Row.Meta):
        db_table = "y_project"
        indexes = (models.Index(fields=("year", "position"), name="y_project_in_order"),)


class BudgetRow(Row):
    """预算执行."""

    record = "budget_lines"
    money = ("initial_budget", "annual_budget", "executed", "final_accounts", "carried_over", "surplus")
    initial_budget_fen = _fen()
    annual_budget_fen = _fen()
    executed_fen = _fen()
    final_accounts_fen = _fen()
    carried_over_fen = _fen()
    surplus_fen = _fen()

    class Meta(Row.Meta):
        db_table = "y_budget_line"


class AdjustmentRow(Row):
    """预算调整."""

    record = "adjustments"
    money = ("amount",)
    amount_fen = _fen()

    class Meta(Row.Meta):
        db_table = "y_adjustment"


class SubItemRow(Row):
    """子项任务."""

    record = "sub_items"
    money = ("budget", "paid")
    budget_fen = _fen()
    paid_fen = _fen()

    class Meta(Row.Meta):
        db_table = "y_sub_item"


class PaymentRow(Row):
    """支付进度."""

    record = "payments"
    money = ("planned", "paid")
    month = models.IntegerField(null=True, blank=True)
    planned_fen = _fen()
    paid_fen = _fen()

    class Meta(Row.Meta):
        db_table = "y_payment"


class MonitoringRow(Row):
    """运行监控."""

    record = "monitoring"
    money = ("executed", "expected_executed")
    executed_fen = _fen()
    expected_executed_fen = _fen()

    class Meta(Row.Meta):
        db_table = "y_monitoring"


class PlainRow(Row):
    """The other tables of the workbook: small, and nothing in them is summed by the database."""

    table = models.CharField(max_length=30)

    class Meta(Row.Meta):
        db_table = "y_plain_row"
        indexes = (models.Index(fields=("year", "table", "position"), name="y_plain_row_in_order"),)


class ImportDraft(models.Model):
    """An uploaded workbook that waits for a person to look at what it changes."""

    year = models.ForeignKey(Year, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    rows_text = models.TextField()
    faults = models.IntegerField(default=0)
    unrecognised = models.IntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "y_import_draft"

    def __str__(self) -> str:
        return self.file_name

    @property
    def department(self) -> Unit:
        """Whose it is."""
        return self.year.department


BIG: tuple[type[Row], ...] = (IndicatorRow, ProjectRow, BudgetRow, AdjustmentRow, SubItemRow, PaymentRow, MonitoringRow)
_BY_RECORD: dict[str, type[Row]] = {model.record: model for model in BIG}


def table_of(record: str) -> type[Row]:
    """The model that keeps a table."""
    return _BY_RECORD.get(record, PlainRow)
