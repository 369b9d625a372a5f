"""Who may do what: the one table. Routes name an action, this table says which roles have it."""

from __future__ import annotations

from enum import StrEnum

DEMO_PASSWORD = "yanshi-2024-jiheng"
"""For the accounts of the demonstration only; they exist in no other mode."""


class Role(StrEnum):
    """A person's part in a unit."""

    FILER = "填报人"
    OFFICE_HEAD = "科室负责人"
    SPECIALIST = "归口管理"
    FINANCE = "财务"
    VICE_HEAD = "分管领导"
    HEAD = "部门负责人"
    DISCIPLINE = "纪检监察"
    BUREAU_BUSINESS = "财政局业务科"
    BUREAU_PERFORMANCE = "财政局绩效科"
    EVALUATOR = "第三方评价"
    AUDITOR = "审计"
    SYSTEM_ADMIN = "系统管理员"
    SECURITY_ADMIN = "安全保密管理员"
    AUDIT_ADMIN = "安全审计员"

    @property
    def is_admin(self) -> bool:
        """One of the three separated administrators; none of them sees a department's figures."""
        return self in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)

    @property
    def is_bureau(self) -> bool:
        """Whether the role reaches every department of the bureau's district."""
        return self in (Role.BUREAU_BUSINESS, Role.BUREAU_PERFORMANCE)

    @property
    def is_of_office(self) -> bool:
        """Whether the role sees its department's year and writes only its own office's rows."""
        return self in (Role.FILER, Role.OFFICE_HEAD)


class Action(StrEnum):
    """Something a route does."""

    SEE_HOME = "登录、首页、改密码"
    SEE_PERMISSIONS = "看权限表"
    SEE_YEAR = "看部门年度数据"
    EDIT_ROWS = "填报和修改数据"
    IMPORT = "导入工作簿"
    EXPORT = "导出工作簿"
    SEE_FINDINGS = "看核查意见"
    SEE_SCORE = "看评分"
    CONFIRM_RULES = "确认未核实的规则"
    SEE_REPORT = "看和下载报告"
    SUBMIT_GOALS = "报送绩效目标、申请调整"
    REVIEW_GOALS = "审核、批复、退回目标，审批调整"
    START_EVALUATION = "转入自评"
    SEAL = "签批封存、带说明报送"
    RECEIVE = "接收、退回自评"
    SEE_SUBMISSIONS = "看封存材料"
    REVIEW_DOCUMENTS = "上传材料核查"
    SEE_LOG = "看操作记录"
    SEE_BUREAU = "看各部门总表"
    REMIND = "限期、催办"
    SEE_JOBS = "看自己的后台任务"
    MANAGE_PEOPLE = "管理人员和单位"
    MANAGE_ROLES = "授予角色"
    VERIFY_LOG = "核验操作记录"


_EVERYONE = frozenset((Action.SEE_HOME, Action.SEE_PERMISSIONS, Action.SEE_JOBS))
_READ = frozenset(
    (
        Action.SEE_YEAR,
        Action.EXPORT,
        Action.SEE_FINDINGS,
        Action.SEE_SCORE,
        Action.SEE_REPORT,
        Action.SEE_SUBMISSIONS,
        Action.REVIEW_DOCUMENTS,
    )
)
_BUREAU = _READ | {Action.SEE_BUREAU, Action.REMIND, Action.REVIEW_GOALS, Action.RECEIVE}

TABLE: dict[Role, frozenset[Action]] = {
    Role.FILER: _EVERYONE | _READ | {Action.EDIT_ROWS},
    Role.OFFICE_HEAD: _EVERYONE | _READ | {Action.EDIT_ROWS},
    Role.SPECIALIST: _EVERYONE | _READ | {Action.EDIT_ROWS},
    Role.FINANCE: _EVERYONE
    | _READ
    | {
        Action.EDIT_ROWS,
        Action.IMPORT,
        Action.CONFIRM_RULES,
        Action.SUBMIT_GOALS,
        Action.START_EVALUATION,
        Action.SEE_LOG,
    },
    Role.VICE_HEAD: _EVERYONE | _READ,
    Role.HEAD: _EVERYONE | _READ | {Action.SUBMIT_GOALS, Action.SEAL, Action.SEE_LOG},
    Role.DISCIPLINE: _EVERYONE | _READ | {Action.SEE_LOG},
    Role.BUREAU_BUSINESS: _EVERYONE | _BUREAU,
    Role.BUREAU_PERFORMANCE: _EVERYONE | _BUREAU,
    Role.EVALUATOR: _EVERYONE | _READ,
    Role.AUDITOR: _EVERYONE | _READ | {Action.SEE_LOG},
    Role.SYSTEM_ADMIN: _EVERYONE | {Action.MANAGE_PEOPLE},
    Role.SECURITY_ADMIN: _EVERYONE | {Action.MANAGE_ROLES},
    Role.AUDIT_ADMIN: _EVERYONE | {Action.VERIFY_LOG},
}
"""Roles × actions. 审计 and 纪检监察 read only; of the three administrators each has one thing the others lack."""
