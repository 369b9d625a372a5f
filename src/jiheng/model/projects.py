"""项目: projects, what they are made of (项目 → 子项 → 任务 → 支付), and the plan they were paid by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiheng.model.provenance import Origin
from jiheng.values import Figure


class ProjectStatus(StrEnum):
    """完成情况 at the end of the year."""

    DONE = "完成"
    PARTLY_DONE = "部分完成"
    NOT_DONE = "未完成"
    NOT_STARTED = "未开始"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of the year. **Unit** money."""

    code: str = ""
    name: str
    category: str = ""
    office: str = ""
    manager: str = ""
    goal: str = ""
    content: str = ""
    starts: date | None = None
    ends: date | None = None
    initial_budget: Figure | None = None
    annual_budget: Figure | None = None
    executed: Figure | None = None
    status: ProjectStatus | None = None
    reason: str = ""
    duties: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    disclosure: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubItem:
    """子项或任务: one use of a project's money, with the days it pays for. **Unit** money."""

    project: str
    name: str
    task: str = ""
    budget: Figure | None = None
    paid: Figure | None = None
    starts: date | None = None
    ends: date | None = None
    payee: str = ""
    note: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """分类数量: a count by kind; the row whose kind is 合计 is their total."""

    project: str = ""
    subject: str
    kind: str
    count: Figure | None = None
    indicator: str = ""
    origin: Origin | None = None

    @property
    def is_total(self) -> bool:
        """Whether the row states the total of its subject."""
        return self.kind in ("合计", "总计", "总数")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """支出进度计划 of a month and what was paid in it. **Unit** money."""

    project: str
    month: int | None = None
    planned: Figure | None = None
    paid: Figure | None = None
    origin: Origin | None = None
