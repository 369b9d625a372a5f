"""部门概况: who the department is, what it is for, and on what basis it acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiheng.model.provenance import Origin
from jiheng.values import Exact, Figure, FiscalYear, RegionCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """基本信息: the department, its region and the year; the persons who answer for the filing."""

    department: str
    region: RegionCode
    fiscal_year: FiscalYear
    supervising_department: str = ""
    organisation_code: str = ""
    head: str = ""
    finance_officer: str = ""
    filer: str = ""
    phone: str = ""
    introduction: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """内设机构、下属单位或社区."""

    name: str
    kind: str = ""
    head: str = ""
    responsibility: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """人员情况 by kind (行政、事业、其他…), heads at the end of the year."""

    kind: str
    authorised: Exact | None = None
    employed: Exact | None = None
    note: str = ""
    origin: Origin | None = None

    @property
    def is_retired(self) -> bool:
        """Whether the row counts people who no longer work there."""
        return "退休" in self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """职责: one duty of the 三定 regulation."""

    code: str
    text: str
    basis: str = ""
    office: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTask:
    """年度重点任务 with its progress (**Unit** %)."""

    code: str
    name: str
    office: str = ""
    due: date | None = None
    progress: Figure | None = None
    outcome: str = ""
    duties: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyBasis:
    """政策依据 with its document number and the days it is in force."""

    code: str
    title: str
    document_number: str = ""
    issuer: str = ""
    level: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    origin: Origin | None = None
