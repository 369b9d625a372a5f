"""`make run`: every sample checked, scored and reported, its report reviewed as any finished document, and a summary."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jiheng import workflow, workflow_review
from jiheng.errors import JihengError
from jiheng.model import Level
from jiheng.reporting.score_form import write_score_form

OUTLINES = {"department": "评价报告.docx", "briefing": "汇报稿.docx"}
PRINT_PAGE, SCORES, MARKED = "打印页.html", "评分表.xlsx", "报告核查.html"
_LEVELS = "／".join(level.label for level in Level)


def main(samples: Path, out: Path, today: date) -> int:
    """Evaluate every workbook of a folder; one that fails is told in one sentence and does not stop the rest."""
    console = Console(highlight=False, markup=False, soft_wrap=True, width=max(118, Console().width))
    table = Table(title="样例核查、评分和报告", caption=f"报告核查：写成的报告再当作成文材料核查一遍，{_LEVELS}")
    for heading in (
        "样例",
        *(level.label for level in Level),
        "通过",
        "未执行",
        "得分",
        "读回数字",
        "报告核查",
    ):
        table.add_column(heading, justify="left" if heading == "样例" else "right", no_wrap=True)
    failed = 0
    for file in sorted(samples.glob("*.xlsx")):
        try:
            table.add_row(*(Text(cell) for cell in _evaluate(file, out / file.stem, today)))
        except JihengError as error:
            console.print(f"{file.name}：{error.sentence}。", style="red")
            failed += 1
    console.print(table)
    console.print(
        f"结果在 {out}/ 里，每个样例一个文件夹："
        f"{'、'.join((workflow.OPINION_FILE, workflow.FINDINGS_FILE, SCORES, *OUTLINES.values(), PRINT_PAGE, MARKED))}"
    )
    return 2 if failed else 0


def _evaluate(file: Path, folder: Path, today: date) -> list[str]:
    shutil.rmtree(folder, ignore_errors=True)
    evaluated = workflow.evaluate(file, today)
    report, sheet = evaluated.checked.report, evaluated.sheet
    workflow.write_findings(evaluated.checked, folder, today)
    proven = 0
    for outline, name in OUTLINES.items():
        model = workflow.compose_report(evaluated, outline)
        proven += workflow.write_report(model, folder / name)
    workflow.write_report(workflow.compose_report(evaluated, "department"), folder / PRINT_PAGE)
    if sheet is not None:
        write_score_form(folder / SCORES, (sheet,))
    reviewed = workflow_review.review_document(folder / OUTLINES["department"])
    workflow_review.write_marked_page(reviewed, folder / MARKED, today)
    counts = [str(len(report.at(level))) for level in Level]
    score = (
        "无规则"
        if sheet is None
        else f"{sheet.total:f}（{sheet.state}）"
        if sheet.total is not None
        else f"{sheet.scored:f}（未评完）"
    )
    said = "／".join(str(len(reviewed.report.at(level))) for level in Level)
    return [file.stem, *counts, str(len(report.passed)), str(len(report.not_run)), score, str(proven), said]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), date.today()))
