"""A small right report as Word, read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jiheng.model.document import Document
from jiheng.model.report import Align, Heading, Paragraph, ReportModel, Table, TableCell
from jiheng.reading.opening import read_document
from jiheng.reporting.word import write_docx

Made = tuple[bytes, Document]
ROWS = (
    ("序号", "项目名称", "预算数", "执行数", "执行率（%）"),
    ("1", "道路保洁服务", "1200.345", "1100.125", "91.65"),
    ("2", "养老驿站改造", "864.5", "800.75", "92.63"),
    ("3", "楼门文化建设", "455.155", "430.875", "94.67"),
    ("4", "矛盾纠纷调解", "97.865", "96.105", "98.20"),
)
PROSE = (
    "2024年全年预算数2617.865万元，其中，道路保洁1200.345万元，养老驿站864.5万元，其他553.02万元。",
    "支出2427.855万元，执行率92.74%，比上年支出2250.5万元增长7.88%。辖区共9个社区。",
)


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Made]:
    """A report of paragraphs and one table of rows."""

    def making(prose: tuple[str, ...] = PROSE, rows: tuple[tuple[str, ...], ...] = ROWS) -> Made:
        table = Table(
            caption="项目支出情况表",
            widths=(1,) * len(rows[0]),
            rows=tuple(tuple(TableCell((text,), Align.CENTRE) for text in row) for row in rows),
            unit="万元",
        )
        blocks = (Heading(1, "一、2024年度预算执行"), *(Paragraph((text,)) for text in prose), table)
        title = ("某街道办事处2024年度部门整体绩效评价报告",)
        path = tmp_path / "报告.docx"
        write_docx(ReportModel(kind="", title=title, department="", fiscal_year=2024, blocks=blocks), path)
        return path.read_bytes(), read_document(path)

    return making
