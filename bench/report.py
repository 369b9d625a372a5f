"""Writing the wide annexes of a report (106 projects, 900 indicators), against docxtpl filling the same tables."""

from __future__ import annotations

import sys
import tempfile
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.side_by_side import Side, compare
from jiheng.model.report import Annex, Block, Heading, Paragraph, Printed, ReportModel, Table, TableCell
from jiheng.reporting.word import write_docx

PROJECTS = ("序号", "项目名称", "责任科室", "全年预算数", "执行数", "执行率", "自评得分", "等级", "偏差原因及改进措施")
INDICATORS = ("一级指标", "二级指标", "三级指标", "性质", "指标值", "单位", "实际完成值", "分值", "得分", "未完成原因")
Rows = list[list[str | Decimal]]


def project_rows(count: int = 106) -> Rows:
    """Projects as the 汇总表 has them."""
    return [
        [str(at), f"2024年第{at}批城市管理精细化提升项目", "城市管理办公室", Decimal(f"{at * 131}.000001"),
         Decimal(f"{at * 130}.000001"), Decimal("99.24"), Decimal("95.5"), "优", "受雨季影响顺延" if at % 9 == 0 else ""]
        for at in range(1, count + 1)
    ]  # fmt: skip


def indicator_rows(count: int = 900) -> Rows:
    """Indicators with their values."""
    return [
        ["产出指标", "数量指标", f"第{at}个社区公共服务事项按期办结数量", "≥", Decimal(100 + at), "件", Decimal(101 + at),
         Decimal("0.1"), Decimal("0.1"), "" if at % 5 else "未留存佐证材料"]
        for at in range(1, count + 1)
    ]  # fmt: skip


def report_model() -> ReportModel:
    """A report of one paragraph and the two annexes."""
    blocks: tuple[Block, ...] = (
        Heading(1, "一、部门概况"),
        Paragraph(("本报告附项目自评汇总表和绩效指标完成情况表。",)),
        Annex("附件1", "项目自评结果汇总表", landscape=True),
        _table(PROJECTS, project_rows()),
        Annex("附件2", "绩效指标完成情况表", landscape=True),
        _table(INDICATORS, indicator_rows()),
    )
    return ReportModel(kind="", title=("部门整体绩效评价报告",), department="基准街道", fiscal_year=2024, blocks=blocks)


def _table(names: tuple[str, ...], rows: Rows) -> Table:
    head = tuple(TableCell((name,)) for name in names)
    body = tuple(tuple(TableCell((_part(value),)) for value in row) for row in rows)
    return Table(caption="", widths=(1,) * len(names), rows=(head, *body))


def _part(value: str | Decimal) -> str | Printed:
    if isinstance(value, str):
        return value
    return Printed(text=str(value), value=value, unit="", places=None, name="", source="")


def make_template(path: Path) -> None:
    """The template that docxtpl fills: the same tables, a row to repeat in each."""
    import docx

    document = docx.Document()
    document.add_heading("一、部门概况", 1)
    for name, columns in (("projects", PROJECTS), ("indicators", INDICATORS)):
        table = document.add_table(rows=4, cols=len(columns))
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            cell.text = column
        table.rows[1].cells[0].text = f"{{%tr for row in {name} %}}"
        for at, cell in enumerate(table.rows[2].cells):
            cell.text = f"{{{{ row[{at}] }}}}"
        table.rows[3].cells[0].text = "{%tr endfor %}"
    document.save(str(path))


def write_ours(path: Path) -> None:
    """One side as a process: our writer."""
    write_docx(report_model(), path)


def write_theirs(template: Path, path: Path) -> None:
    """The other side as a process: docxtpl."""
    from docxtpl import DocxTemplate  # type: ignore[import-not-found]

    filled = DocxTemplate(str(template))
    filled.render({"projects": project_rows(), "indicators": indicator_rows()}, autoescape=True)
    filled.save(str(path))


def words_in(path: Path) -> int:
    """How many cells with text a file has."""
    import zipfile

    from lxml import etree

    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    return sum(1 for cell in root.iter(f"{space}tc") if "".join(cell.itertext()).strip())


def main() -> None:
    """Print both sides and how many cells each of them filled."""
    print("评价报告的两张附表（106 个项目、900 个指标）写成 Word：绩衡（含公文版式），对 docxtpl 填同样的表")
    try:
        rival = version("docxtpl")
    except PackageNotFoundError:
        print("  没有安装 docxtpl，这一项不比：make bench 会装好")
        return
    print(f"  Python {sys.version.split()[0]}；docxtpl {rival}；都是整个进程，含启动")
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs, template = (Path(folder) / name for name in ("绩衡.docx", "docxtpl.docx", "模板.docx"))
        make_template(template)
        code = "import sys; from pathlib import Path; from bench import report; "
        compare(
            Side("绩衡 write_docx", [sys.executable, "-c", code + "report.write_ours(Path(sys.argv[1]))", str(ours)]),
            Side(
                "docxtpl render",
                [
                    sys.executable,
                    "-c",
                    code + "report.write_theirs(*map(Path, sys.argv[1:]))",
                    str(template),
                    str(theirs),
                ],
            ),
        )
        ours_cells, theirs_cells = words_in(ours), words_in(theirs)
        same = "相同" if ours_cells == theirs_cells else "不同！"
        print(f"  两边有文字的单元格：{ours_cells} 和 {theirs_cells}（{same}）")
