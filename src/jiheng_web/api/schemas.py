"""What goes in and out, with the element names of 预算管理一体化; decimals are strings and stay exact."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict

Yuan = Annotated[str, Field(pattern=r"^-?\d+\.\d{2}$", description="元，两位小数", examples=["31385997668.00"])]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]


def _plain(text: str) -> str:
    if any((ord(one) < 32 and one not in "\n\t") or 0xD800 <= ord(one) < 0xE000 or ord(one) == 0x7F for one in text):
        raise ValueError("不能有控制字符")
    return text


Words = Annotated[str, Field(max_length=2000), AfterValidator(_plain)]


class Problem(Schema):
    """What went wrong, in one sentence."""

    sentence: str


class YearOut(Schema):
    """A year of a department. `revision` grows with every change."""

    fiscal_year: int
    state: str
    revision: int


class DepartmentOut(Schema):
    """部门."""

    dept_id: int
    dept_name: str
    mof_div_code: str = Field(description="财政区划代码，9 位")
    years: list[YearOut]


class Departments(Schema):
    total: int
    items: list[DepartmentOut]


class IndicatorOut(Schema):
    """PM_PERF_INDICATOR、BGT_PERF_INDICATOR."""

    kpi_id: int
    pro_code: str = Field(description="所属项目；部门整体指标为空")
    lv1_perf_ind_name: str
    lv2_perf_ind_name: str
    lv3_perf_ind_name: str
    computesign: str = Field(description="1 ≥、2 ＞、3 ＝、4 ＜、5 ≤、6 定性；没有填写为空")
    kpi_val: str
    meterunit: str
    weight: str
    kpi_remark: str = Field(description="取值依据")


class Indicators(Schema):
    total: int
    items: list[IndicatorOut]


class ActualOut(Schema):
    """PM_SELF_EVAL_INDICATOR."""

    kpi_id: int
    lv3_perf_ind_name: str
    kpi_val: str
    ind_comp: str = Field(description="完成情况")
    comp_date: str = Field(description="取值日期")
    evidence: str = Field(description="佐证材料编号")
    devi_analy: str = Field(description="偏差分析及整改措施")
    revision: int = Field(description="这一行的版本，写回时原样送来")


class Actuals(Schema):
    total: int
    items: list[ActualOut]


class ActualIn(Schema):
    """Fields that are left out stay as they are; an empty text empties the field."""

    model_config = ConfigDict(extra="forbid")

    revision: Number
    ind_comp: Words | None = None
    comp_date: Words | None = None
    evidence: Words | None = None
    devi_analy: Words | None = None


class Difference(Schema):
    field: str
    theirs: str
    yours: str


class Conflict(Problem):
    """Somebody else changed the row meanwhile; nothing was written."""

    revision: int
    differences: list[Difference]


class ExecutionOut(Schema):
    """PM_PERF_SELF_BGT. An empty amount is not zero."""

    bgt_id: int
    exp_type_name: str = Field(description="支出类别：合计、基本支出、项目支出、其他支出")
    found_type_name: str = Field(description="资金来源；不细分为空")
    reply_amt: Yuan | None = Field(description="年初批复数")
    year_adj_amt: Yuan | None = Field(description="年度调整 = 变动后预算数 − 年初批复数")
    cur_amt: Yuan | None = Field(description="变动后预算数")
    year_exe_amt: Yuan | None = Field(description="全年执行数")
    exe_amt_rate: str | None = Field(description="执行率，百分数，四位小数，四舍五入")


class Execution(Schema):
    total: int
    items: list[ExecutionOut]


class Findings(Schema):
    """The one JSON form of findings, the same as on the command line."""

    document: dict[str, Any]
    findings: list[dict[str, Any]]
    not_run: list[dict[str, Any]]
    broken: list[dict[str, Any]]
    unrecognised: list[dict[str, Any]]


class FileOut(Schema):
    """PERF_PUBLIC_FILE."""

    file_id: int
    file_name: str
    size: int
    sha256: str


class ReportOut(Schema):
    """A sealed version."""

    report_id: int
    version: int
    sealed_at: str
    sealed_by: str
    seal: str
    score: str
    errors: int
    files: list[FileOut]


class Reports(Schema):
    total: int
    items: list[ReportOut]
