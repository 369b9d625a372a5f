"""Handing a review back: files beside the document, and whole folders."""

import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiheng import workflow, workflow_folder
from jiheng.errors import BadInput
from jiheng.model.report import Heading, Paragraph, ReportModel
from jiheng.reporting.summary import Reviewed
from jiheng.reporting.word import write_docx
from jiheng.workflow_folder import Task, review_folder
from jiheng.workflow_mutate import mutate_report
from jiheng.workflow_review import review_document, write_commented, write_marked_page, write_opinion_paper

DAY = date(2025, 3, 31)
TEXT = "某街道办事处2023年度部门决算\n一、收入支出情况\n2023年支出合计120万元，其中：基本支出50万元，项目支出60万元。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one in a folder below, one damaged, and what is none."""
    place = tmp_path / "材料"
    (place / "二组").mkdir(parents=True)
    (place / "决算.txt").write_text(TEXT, encoding="utf-8")
    write_report(place / "二组" / "报告.docx")
    (place / "坏.docx").write_bytes(b"PK\x03\x04 no zip")
    (place / "~$报告.docx").write_bytes(b"lock")
    (place / "说明.md").write_text("不是材料", encoding="utf-8")
    return place


def write_report(path: Path) -> Path:
    lines = TEXT.splitlines()
    blocks = (Heading(1, lines[1]), Paragraph((lines[2],)))
    write_docx(ReportModel(kind="部门决算", title=(lines[0],), department="", fiscal_year=2023, blocks=blocks), path)
    return path


def quiet(_row: Reviewed, _done: int, _total: int) -> None:
    pass


def test_three_files_from_one_review_and_none_is_overwritten(tmp_path: Path) -> None:
    source = write_report(tmp_path / "报告.docx")
    review = review_document(source)
    comments, page, paper = (
        tmp_path / "出" / "批注.docx",
        tmp_path / "出" / "标注.html",
        tmp_path / "出" / "意见书.docx",
    )
    assert write_commented(source, review, comments, DAY) == len(review.report.findings)
    write_marked_page(review, page, DAY)
    write_opinion_paper(review, paper, DAY)
    assert sorted(one.name for one in (tmp_path / "出").iterdir()) == ["意见书.docx", "批注.docx", "标注.html"]
    with pytest.raises(BadInput, match="已经存在，没有覆盖"):
        write_commented(source, review, source, DAY)
    with pytest.raises(BadInput, match=r"核查标注请存为 \.html"):
        write_marked_page(review, tmp_path / "a.docx", DAY)


def test_comments_need_a_word_document(folder: Path, tmp_path: Path) -> None:
    review = review_document(folder / "决算.txt")
    with pytest.raises(BadInput, match="批注只能写进 Word 文档"):
        write_commented(folder / "决算.txt", review, tmp_path / "批注.docx", DAY)
    assert not (tmp_path / "批注.docx").exists()


def test_a_folder_one_bad_file_never_stopping_the_rest(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    heard: list[tuple[str, int, int]] = []
    rows = review_folder(folder, out, DAY, lambda row, done, total: heard.append((row.file, done, total)), workers=2)
    assert [(row.file, bool(row.fault)) for row in rows] == [
        ("二组/报告.docx", False),
        ("决算.txt", False),
        ("坏.docx", True),
    ]
    assert sorted((done, total) for _, done, total in heard) == [(1, 3), (2, 3), (3, 3)]
    assert sorted(str(one.relative_to(out)) for one in out.rglob("*") if one.is_file()) == sorted([
        "二组/报告.docx/findings.json", "二组/报告.docx/result.json", "二组/报告.docx/批注.docx", "二组/报告.docx/核查标注.html",
        "决算.txt/findings.json", "决算.txt/result.json", "决算.txt/核查意见书.docx", "决算.txt/核查标注.html",
        "汇总.html", "汇总表.csv", "汇总表.xlsx",
    ])  # fmt: skip
    assert json.loads((out / "决算.txt/findings.json").read_text(encoding="utf-8"))["document"]["fiscal_year"] == 2023


def test_a_second_run_reviews_only_what_changed(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "结果"
    first = review_folder(folder, out, DAY, quiet, workers=1)
    again: list[str] = []
    monkeypatch.setattr(workflow_folder, "_all_cores", here(again))
    (folder / "决算.txt").write_text(TEXT.replace("60", "70"), encoding="utf-8")
    second = review_folder(folder, out, DAY, quiet)
    assert again == ["决算.txt", "坏.docx"]
    assert (second[0].note, second[0].sha256) == (workflow_folder.AS_BEFORE, first[0].sha256)
    assert second[1].sha256 != first[1].sha256
    monkeypatch.setattr(workflow_folder, "_stamp", lambda: "other rules")
    again.clear()
    review_folder(folder, out, DAY, quiet)
    assert again == ["二组/报告.docx", "决算.txt", "坏.docx"]


def here(done_for: list[str]) -> Callable[[list[Task], int, Callable[[Reviewed], None]], None]:
    """In this process, noting which files were reviewed."""

    def run(tasks: list[Task], _workers: int, done: Callable[[Reviewed], None]) -> None:
        for task in tasks:
            done_for.append(task.name)
            done(workflow_folder.reviewed(task))

    return run


class Bomb(Task):
    """A task that takes down the process which receives it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (9,)


@pytest.mark.skipif(sys.platform == "win32", reason="os._exit")
def test_a_file_that_takes_its_process_down_is_named_and_the_others_are_done(folder: Path, tmp_path: Path) -> None:
    paths = [folder / "决算.txt", folder / "坏.docx", folder / "二组" / "报告.docx"]
    kinds = [Task, Bomb, Task]
    tasks = [
        kind(path, path.name, tmp_path / "出" / path.name, DAY, "") for kind, path in zip(kinds, paths, strict=True)
    ]
    rows: list[Reviewed] = []
    workflow_folder._all_cores(tasks, 2, rows.append)
    assert sorted((row.file, row.fault[:9]) for row in rows) == [
        ("决算.txt", ""),
        ("坏.docx", "核查它时程序中途退"),
        ("报告.docx", ""),
    ]


def test_results_never_replace_what_is_not_ours(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    (out / "决算.txt").mkdir(parents=True)
    (out / "决算.txt" / "重要.txt").write_text("别删", encoding="utf-8")
    rows = review_folder(folder, out, DAY, quiet, workers=1)
    assert "又不是以前的核查结果，没有覆盖" in rows[1].fault
    assert (out / "决算.txt" / "重要.txt").read_text(encoding="utf-8") == "别删"


def test_a_folder_without_documents_and_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="里没有能核查的材料"):
        review_folder(tmp_path, tmp_path / "出", DAY, quiet)
    with pytest.raises(BadInput, match="不是文件夹"):
        review_folder(tmp_path / "没有", tmp_path / "出", DAY, quiet)


def test_mutated_copies_are_on_record_and_the_same_for_the_same_seed(tmp_path: Path) -> None:
    source = write_report(tmp_path / "报告.docx")
    first = mutate_report(source, 5, 14, tmp_path / "一")
    second = mutate_report(source, 5, 14, tmp_path / "二")
    assert first == second
    record = json.loads((tmp_path / "一" / "errors.json").read_text(encoding="utf-8"))
    assert (record["seed"], len(record["errors"])) == (5, len(first))
    assert [one["file"] for one in record["errors"]] == [name for name, _ in first]
    names = sorted(one.name for one in (tmp_path / "一").iterdir())
    assert names == sorted([*(name for name, _ in first), "errors.json"])
    assert all((tmp_path / "一" / name).read_bytes() == (tmp_path / "二" / name).read_bytes() for name, _ in first)
    with pytest.raises(BadInput, match=r"里已经有 errors\.json"):
        mutate_report(source, 5, 14, tmp_path / "一")


def test_a_years_workbook_is_checked_as_such(tmp_path: Path) -> None:
    book = tmp_path / "某街道.xlsx"
    workflow.new_workbook(book, "某街道办事处", "110105", 2024)
    reviewed, checked = review_document(book).report, workflow.check_workbook(book).report
    assert (reviewed.findings, reviewed.passed) == (checked.findings, checked.passed)
