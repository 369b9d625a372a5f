"""A report as a department would sign it: six chapters, charts, wide annexes of 106 and 900 rows."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jiheng.model.report import (
    Align,
    Annex,
    Block,
    Chart,
    Heading,
    Inline,
    Paragraph,
    Printed,
    ReportModel,
    SignatureBlock,
    Style,
    Table,
    TableCell,
)
from jiheng.reporting.charts import (
    Executed,
    Reached,
    execution_by_part,
    indicators_by_dimension,
    progress_by_month,
)
from jiheng.values import round_half_up, show_number


def figure(value: str, unit: str = "万元", places: int | None = None, name: str = "全年预算数") -> Printed:
    """A figure as the composition makes it, unit in its text."""
    exact = Decimal(value)
    shown = show_number(exact) if places is None else f"{round_half_up(exact, places):f}"
    return Printed(text=f"{shown}{unit}", value=exact, unit=unit, places=places, name=name, source="预算执行!D4")


def number(value: str, places: int | None = None, name: str = "全年预算数", source: str = "项目!H5") -> Printed:
    """A figure in a table whose head names the unit."""
    exact = Decimal(value)
    shown = show_number(exact) if places is None else f"{round_half_up(exact, places):f}"
    return Printed(text=shown, value=exact, unit="", places=places, name=name, source=source)


def cell(*text: Inline, align: Align = Align.CENTRE, across: int = 1, down: int = 1) -> TableCell:
    return TableCell(text, align, across=across, down=down)


def head(*names: str) -> tuple[TableCell, ...]:
    return tuple(cell(name) for name in names)


def budget_table() -> Table:
    parts = (
        ("基本支出", "4961.098592", "4961.098592", "100"),
        ("项目支出", "26424.899076", "26319.114852", "99.5996797"),
        ("其他支出", "0", "0", ""),
        ("合计", "31385.997668", "31280.213444", "99.6629572"),
    )
    rows = tuple(
        (
            cell(name),
            cell(number(budget, 6), align=Align.RIGHT),
            cell(number(done, 6), align=Align.RIGHT),
            cell(figure(rate, "%", 2) if rate else "—", align=Align.RIGHT),
        )
        for name, budget, done, rate in parts
    )
    return Table(
        caption="2024年预算执行情况",
        widths=(2, 3, 3, 2),
        rows=(head("支出类别", "全年预算数", "执行数", "执行率"), *rows),
        unit="万元",
        note="注：执行率＝执行数÷全年预算数×100%。",
    )


def project_table(count: int = 106) -> Table:
    rows = []
    for at in range(1, count + 1):
        name = f"2024年第{at}批城市管理精细化提升及老旧小区环境整治项目" if at % 7 else "道路保洁"
        budget, done = f"{at * 131}.{at:06d}", f"{at * 130}.{at:06d}"
        rows.append(
            (
                cell(str(at)),
                cell(name, align=Align.LEFT),
                cell(("城市管理办公室", "社区建设办公室", "平安建设办公室")[at % 3]),
                cell(number(budget, 6), align=Align.RIGHT),
                cell(number(done, 6), align=Align.RIGHT),
                cell(figure(str(99 + Decimal(at) / 1000), "%", 2), align=Align.RIGHT),
                cell(number(f"{90 + at % 10}.5", 2)),
                cell("优"),
                cell("受雨季影响，部分点位施工顺延，已于次年一季度完成。" if at % 9 == 0 else "", align=Align.LEFT),
            )
        )
    titles = head(
        "序号", "项目名称", "责任科室", "全年预算数", "执行数", "执行率", "自评得分", "等级", "偏差原因及改进措施"
    )
    return Table(caption="", widths=(4, 20, 10, 9, 9, 7, 6, 5, 18), rows=(titles, *rows), unit="万元")


def indicator_table(count: int = 900) -> Table:
    """Two header rows, dimensions merged down over many pages."""
    first = (
        cell("绩效指标", across=3),
        cell("指标值", across=3),
        cell("实际完成值", down=2),
        cell("分值", down=2),
        cell("得分", down=2),
        cell("未完成原因", down=2),
    )
    second = head("一级指标", "二级指标", "三级指标", "性质", "指标值", "单位")
    dimensions = ("产出指标", "效益指标", "满意度指标")
    rows: list[tuple[TableCell, ...]] = []
    each = count // 3
    for at in range(count):
        cells = [] if at % each else [cell(dimensions[at // each], down=each)]
        if at % 30 == 0:
            cells.append(cell(("数量指标", "质量指标", "时效指标")[at // 30 % 3], down=30))
        cells += [
            cell(f"第{at + 1}个社区公共服务事项按期办结数量", align=Align.LEFT),
            cell("≥"),
            cell(number(str(100 + at))),
            cell("件"),
            cell(figure(str(101 + at), "件")) if at % 5 else cell("无数据"),
            cell(number("0.1")),
            cell(number("0.1", 2)) if at % 5 else cell("未评"),
            cell("" if at % 5 else "未留存佐证材料", align=Align.LEFT),
        ]
        rows.append(tuple(cells))
    return Table(caption="", widths=(7, 8, 24, 5, 8, 5, 9, 6, 6, 16), rows=(first, second, *rows), header_rows=2)


def small(title: str, rows: tuple[tuple[str, str], ...]) -> Table:
    body = tuple((cell(name), cell(figure(value, "个"))) for name, value in rows)
    return Table(caption=title, widths=(1, 1), rows=(head("项目", "数量"), *body))


def chapters(projects: int, indicators: int) -> Iterator[Block]:
    long = (
        "街道办事处是区人民政府的派出机关，依据法律、法规、规章和上级有关文件，负责辖区公共服务、城市管理、社会治理等工作，"
        "内设综合办公室、党群工作办公室、平安建设办公室、城市管理办公室、社区建设办公室、民生保障办公室等机构。"
    )
    yield Heading(1, "一、部门概况")
    yield Heading(2, "（一）机构设置及职责工作任务情况")
    yield Paragraph((long * 2,))
    yield Paragraph(("年末在职人员", figure("418", "人", name="在职人员"), "，其中行政人员", figure("88", "人"), "。"))
    yield Heading(2, "（二）部门整体绩效目标设立情况")
    yield Paragraph((long * 3,), Style.OWN)
    yield Heading(1, "二、当年预算执行情况")
    yield Paragraph(
        (
            "2024年全年预算数", figure("31385.997668"), "，其中，基本支出预算数", figure("4961.098592"), "，项目支出预算数",
            figure("26424.899076"), "。资金总体支出", figure("31280.213444", name="执行数"), "，预算执行率为",
            figure("99.6629572", "%", 2, "执行率"), "。",
        )
    )  # fmt: skip
    yield budget_table()
    parts = [
        Executed("合计", Decimal("31385.997668"), Decimal("31280.213444")),
        Executed("基本支出", Decimal("4961.098592"), Decimal("4961.098592")),
        Executed("项目支出", Decimal("26424.899076"), Decimal("26319.114852")),
    ]
    yield Chart(
        title="2024年预算执行情况（万元）",
        spec=execution_by_part("2024年预算执行情况", parts),
        behind=small("图中数据", (("项目", "106"),)),
    )
    months = [(month, Decimal(month * 7 + month * month // 9)) for month in range(1, 13)]
    yield Chart(
        title="各月累计执行率与序时进度",
        spec=progress_by_month("各月累计执行率与序时进度", months),
        behind=small("各月累计执行率", (("一季度", "22"), ("二季度", "46"))),
    )
    yield Heading(1, "三、整体绩效目标实现情况")
    yield Heading(2, "（一）产出完成情况分析")
    yield Heading(3, "1.产出数量")
    yield Paragraph((long,))
    yield Heading(4, "（1）社区服务")
    yield Paragraph(("办结居民诉求", figure("12345", "件"), "，比上年减少", figure("12.3", "%", 1), "。", long))
    rows = [Reached("产出指标", 9, 2, 5), Reached("效益指标", 4, 0, 1), Reached("满意度指标", 0, 1, 1)]
    yield Chart(
        title="绩效指标完成情况",
        spec=indicators_by_dimension("绩效指标完成情况（按一级指标）", rows),
        behind=small("绩效指标完成情况", (("达到目标", "13"), ("未达到目标", "3"), ("无实际完成值", "7"))),
    )
    yield Heading(1, "四、预算管理情况分析")
    yield Heading(2, "（一）财务管理")
    yield Paragraph((long,))
    yield Heading(1, "五、总体评价结论")
    yield Paragraph(("整体绩效自评得分", figure("92.35", "分", 2), "，等级为“良”。", long))
    yield Paragraph(("注：本节所列得分为暂定分——须经区财政局核定。",), Style.NOTE)
    yield Heading(1, "六、措施建议")
    yield Paragraph((long * 2,))
    yield Paragraph(("科室自写：{{braces}} {% if %} <w:p/> & =SUM(A1) 😀👨‍👩‍👧 \x07\x0b结束。",), Style.OWN)
    yield SignatureBlock(("部门负责人（签字）：", "财务负责人（签字）：", "（单位盖章）", "年　　月　　日"))
    yield Annex("附件1", "项目自评结果汇总表", landscape=True)
    yield project_table(projects)
    yield Annex("附件2", "绩效指标完成情况表", landscape=True)
    yield indicator_table(indicators)
    yield Annex("附件3", "问题与整改清单")
    yield Table(
        caption="",
        widths=(1, 4, 4, 3),
        rows=(
            head("序号", "问题", "整改措施", "责任科室、时限"),
            (cell("1"), cell(long, align=Align.LEFT), cell("完善支付计划"), cell("财务科")),
        ),
    )


@pytest.fixture(scope="session")
def make_report() -> Callable[..., ReportModel]:
    """A report with so many projects and indicators; more fields replace its own."""

    def make(projects: int = 106, indicators: int = 900, **more: Any) -> ReportModel:
        fields: dict[str, Any] = {
            "kind": "部门整体绩效评价报告",
            "title": ("样例街道办事处", "2024年度部门整体绩效评价报告"),
            "department": "样例街道办事处",
            "fiscal_year": 2024,
            "draft_because": ("“指标”表有13项没有实际完成值", "规则“结转结余率扣分步长”未核实，须由财务人员确认"),
            "properties": {"规则集指纹": "sha256:0123abcd", "程序版本": "绩衡 0.1.0"},
        }
        return ReportModel(**({"blocks": tuple(chapters(projects, indicators))} | fields | more))

    return make


@pytest.fixture(scope="session")
def report(make_report: Callable[..., ReportModel]) -> ReportModel:
    return make_report(12, 90)


@pytest.fixture(scope="session")
def bound() -> Callable[..., Printed]:
    return figure


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="session")
def seen_in() -> Callable[[Path], list[str]]:
    """The text of every paragraph of a .docx, those in cells included, in order; independent of the reading room."""

    def read(path: Path) -> list[str]:
        root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
        signs = {f"{W}br": "\n", f"{W}tab": "\t"}
        return [
            "".join(signs.get(str(one.tag)) or one.text or "" for one in line.iter(f"{W}t", f"{W}br", f"{W}tab"))
            for line in root.iter(f"{W}p")
        ]

    return read


@pytest.fixture(scope="session")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """LibreOffice's PDF of a file. Skips where there is no LibreOffice, except in CI."""
    office = shutil.which("soffice")
    if office is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("这台机器没有 LibreOffice，不能转成 PDF")
    profile = tmp_path_factory.mktemp("libreoffice")

    def convert(path: Path, kind: str = "pdf") -> Path:
        out = profile / "out"
        command = [office, f"-env:UserInstallation=file://{profile}/profile", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=180)
        return out / f"{path.stem}.{kind}"

    return convert
