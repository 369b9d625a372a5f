"""A department's year in rows.

Every row keeps its cells as they were given (`cells`, the workbook's own words); the columns beside are derived from the
engine's records at the door (`years.bridge`), so that the database can sort and sum: names, and money in 分.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

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
    monitored = models.CharField("监控到哪一轮，整改办结多少", max_length=60, default="", blank=True)

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
    packs_text = models.TextField("科室工作簿合并时的冲突", default="", blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "y_import_draft"

    def __str__(self) -> str:
        return self.file_name

    @property
    def packs(self) -> dict[str, Any]:
        """What merging offices' workbooks left open: conflicts and rows that did not come back; empty otherwise."""
        return json.loads(self.packs_text) if self.packs_text else {}

    @property
    def department(self) -> Unit:
        """Whose it is."""
        return self.year.department


class GoalReviewSheet(Guarded):
    """A 四性 review by the bureau, kept with the return or the approval it led to. Never changed afterwards."""

    year = models.ForeignKey(Year, models.PROTECT, related_name="goal_reviews")
    number = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edition = models.CharField(max_length=80)
    edition_title = models.CharField(max_length=200)
    lines_text = models.TextField(default="[]")
    grade = models.CharField(max_length=20)
    consequence = models.CharField(max_length=300, default="", blank=True)
    opinion = models.TextField(default="", blank=True)
    outcome = models.CharField(max_length=40)
    year_digest = models.CharField(max_length=64)

    class Meta:
        db_table = "y_goal_review"
        ordering = ("year", "-number")
        constraints = (models.UniqueConstraint(fields=("year", "number"), name="y_goal_review_once"),)

    def __str__(self) -> str:
        return f"第 {self.number} 次审核"

    @property
    def lines(self) -> list[dict[str, str]]:
        """Each item with its dimension, level and reason."""
        return json.loads(self.lines_text)


class AmendmentState(models.TextChoices):
    """Where a request to amend approved goals stands."""

    DRAFT = "draft", "起草"
    WAITING = "waiting", "待审批"
    APPLIED = "applied", "已批准并生效"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"


class Amendment(Guarded):
    """目标调整: fields and rows of approved goals before and after, decided by the bureau and applied at once.

    **Shape** each line of `lines`: record, row_id, row, field, title, before, after. A `row_id` below zero is a row to be
    made; a line without `field` takes its row away.
    """

    year = models.ForeignKey(Year, models.PROTECT, related_name="amendments")
    number = models.IntegerField()
    state = models.CharField(max_length=20, choices=AmendmentState.choices, default=AmendmentState.DRAFT)
    revision = models.IntegerField(default=1)
    reason = models.CharField("调整原因", max_length=1000, default="", blank=True)
    document_number = models.CharField("文号", max_length=100, default="", blank=True)
    lines_text = models.TextField(default="[]")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField("审批意见", max_length=500, default="", blank=True)

    class Meta:
        db_table = "y_amendment"
        ordering = ("year", "-number")
        constraints = (models.UniqueConstraint(fields=("year", "number"), name="y_amendment_once"),)

    def __str__(self) -> str:
        return f"第 {self.number} 次目标调整"

    @property
    def department(self) -> Unit:
        """Whose it is."""
        return self.year.department

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The fields with before and after."""
        return json.loads(self.lines_text)

    @property
    def is_draft(self) -> bool:
        """Whether the department still works on it."""
        return self.state == AmendmentState.DRAFT

    @property
    def is_waiting(self) -> bool:
        """Whether the bureau has to decide."""
        return self.state == AmendmentState.WAITING


BIG: tuple[type[Row], ...] = (IndicatorRow, ProjectRow, BudgetRow, AdjustmentRow, SubItemRow, PaymentRow, MonitoringRow)
_BY_RECORD: dict[str, type[Row]] = {model.record: model for model in BIG}


def table_of(record: str) -> type[Row]:
    """The model that keeps a table."""
    return _BY_RECORD.get(record, PlainRow)
