"""Demonstration: the samples loaded, an account for each role, shown on the login page. Only with JIHENG_DEMO."""

from __future__ import annotations

from pathlib import Path

from jiheng.errors import BadInput
from jiheng.intake.reader import read_workbook
from jiheng_web.organisation.roles import DEMO_PASSWORD as PASSWORD

REGION, REGION_NAME = "110105", "示范区"
MAIN = "示范街道-2024.xlsx"


def load(samples: Path) -> int:
    """Make the tree, the accounts, and a year for each sample; what is there already stays. Returns how many were loaded."""
    from jiheng_web.organisation.models import Unit, UnitKind
    from jiheng_web.organisation.permissions import Actor
    from jiheng_web.organisation.roles import Role
    from jiheng_web.organisation.services import make_user
    from jiheng_web.years.imports import apply, upload
    from jiheng_web.years.models import Year
    from jiheng_web.years.services import open_year
    from jiheng_web.years.states import transition_named
    from jiheng_web.years.transitions import move

    region, _ = Unit.objects.get_or_create(name=REGION_NAME, kind=UnitKind.REGION, region=REGION, parent=None)
    bureau, _ = Unit.objects.get_or_create(name=f"{REGION_NAME}财政局", kind=UnitKind.BUREAU, parent=region)
    files = [
        samples / MAIN,
        *(one for one in sorted(samples.glob("*.xlsx")) if one.name != MAIN and "有误" not in one.name),
    ]
    loaded = 0
    for number, file in enumerate(one for one in files if one.exists()):
        content = file.read_bytes()
        profile = (intake := read_workbook(file)).year.profile
        if profile.region.digits != REGION:
            raise BadInput(f"样例“{file.name}”不是 {REGION} 的")
        department, _ = Unit.objects.get_or_create(name=profile.department, kind=UnitKind.DEPARTMENT, parent=region)
        if Year.objects.filter(department=department, fiscal_year=profile.fiscal_year.year).exists():
            continue
        people = _people(number, department, bureau, intake.year.offices, Unit, UnitKind, Role)
        made = {role: make_user(name, shown, PASSWORD, role, unit, is_demo=True) for name, shown, role, unit in people}
        finance = Actor.person(made[Role.FINANCE])
        year = open_year(finance, department, profile.fiscal_year.year)
        draft = upload(finance, year, file, file.name, content)
        apply(finance, year, draft, set(), set(), year.revision)
        loaded += 1
        desk = made.get(Role.BUREAU_BUSINESS)
        if desk is not None:
            for actor, step in (
                (finance, "submit_goals"),
                (Actor.person(desk), "approve_goals"),
                (finance, "start_evaluation"),
            ):
                transition = transition_named(step)
                assert transition is not None
                move(actor, year, transition)
    return loaded


def _people(number, department, bureau, offices, Unit, UnitKind, Role):  # noqa: N803
    tail = "" if number == 0 else str(number + 1)
    yield f"caiwu{tail}", f"财务演示{tail}", Role.FINANCE, department
    yield f"fuze{tail}", f"负责人演示{tail}", Role.HEAD, department
    if number == 0:
        office = next((one.name for one in offices if one.kind == "内设机构"), None) or "综合办公室"
        unit, _ = Unit.objects.get_or_create(name=office, kind=UnitKind.OFFICE, parent=department)
        yield "tianbao", "填报演示", Role.FILER, unit
        yield "fenguan", "分管领导演示", Role.VICE_HEAD, department
        yield "jijian", "纪检演示", Role.DISCIPLINE, department
        yield "caizheng", "财政业务演示", Role.BUREAU_BUSINESS, bureau
        yield "jixiao", "财政绩效演示", Role.BUREAU_PERFORMANCE, bureau
        yield "shenji", "审计演示", Role.AUDITOR, department
        yield "anquan", "安全审计演示", Role.AUDIT_ADMIN, bureau.parent
        yield "xitong", "系统管理演示", Role.SYSTEM_ADMIN, bureau.parent
        yield "baomi", "安全保密演示", Role.SECURITY_ADMIN, bureau.parent
