"""Errors put into a right report: what kind, where, and whether anything else tells."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from jiheng.errors import BadInput
from jiheng.model.document import Document, Mention, Table
from jiheng.mutate import Kind, Mutation, draw
from jiheng.mutate.slips import slipped, value_after
from jiheng.mutate.tie import Law
from jiheng.mutate.ties import Known, ties_of
from jiheng.mutate.word_file import WordFile, refuse_other_formats
from jiheng.reading.opening import read_document

Made = tuple[bytes, Document]


def tied(document: Document, law: Law) -> set[str]:
    """The texts of the figures that follow from others by a law."""
    return {document.mentions[tie.members[0]].text for tie in ties_of(document) if tie.law is law}


def test_what_else_determines_a_figure_is_found_by_arithmetic(make: Callable[..., Made]) -> None:
    document = make()[1]
    assert tied(document, Law.SUM) == {"2617.865万元", "2427.855万元"}
    assert tied(document, Law.RATE) == {"92.74%", "91.65", "92.63", "94.67", "98.20"}
    assert tied(document, Law.GROWTH) == {"7.88%"}
    assert {"1200.345万元", "1200.345"} <= tied(document, Law.SAME)


def test_a_short_number_is_nobody_s_twin(make: Callable[..., Made]) -> None:
    document = make(
        ("辖区共12个社区。", "调解纠纷12次，其中3次、9次。"), (("名称", "数量"), ("社区网格", "12"), ("纠纷案件", "12"))
    )[1]
    assert ties_of(document) == ()


def test_one_rate_of_two_things_is_no_twin(make: Callable[..., Made]) -> None:
    document = make(("“管线改造”完成进度58%，“站房扩建”进行中。", "“河道清淤”完成进度58%，已验收。"))[1]
    assert "58%" not in tied(document, Law.SAME)
    told = make(("本年预算执行率达到58%。", "经核对，本年预算执行率达到58%。"))[1]
    assert "58%" in tied(told, Law.SAME)


def test_two_equal_columns_make_no_law(make: Callable[..., Made]) -> None:
    rows = (("指标", "目标", "分值", "得分"), *((f"指标甲{n}", "100%", f"1.{n}2", f"1.{n}2") for n in range(1, 6)))
    assert tied(make(("一句话。",), rows)[1], Law.RATE) == set()


def mention(document: Document, text: str) -> Mention:
    return next(one for one in document.mentions if one.text == text)


SLIPS = [
    (Kind.DIGIT_CHANGED, "2427.855万元", 1), (Kind.DIGITS_SWAPPED, "2427.855万元", 0), (Kind.DIGIT_DROPPED, "2427.855万元", -1),
    (Kind.DIGIT_ADDED, "2427.855万元", 1), (Kind.POINT_MOVED, "2427.855万元", 0), (Kind.RATE_OFF, "92.74%", 0),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "longer"), SLIPS)
def test_slips_within_a_figure(make: Callable[..., Made], kind: Kind, text: str, longer: int) -> None:
    one = mention(make()[1], text)
    for seed in range(50):
        after = slipped(kind, one, Random(seed))
        assert after is not None
        assert after != text
        if kind in (Kind.DIGIT_DROPPED, Kind.DIGIT_ADDED):
            assert len(after) == len(text) + longer
        if kind is Kind.DIGITS_SWAPPED:
            assert sorted(after) == sorted(text)
        now = value_after(kind, one, after)
        assert now is not None
        assert one.figure is not None
        assert now.number != one.figure.in_base


def test_slips_of_sign_and_unit(make: Callable[..., Made]) -> None:
    document = make()[1]
    money, rate, cell, count = (mention(document, text) for text in ("2427.855万元", "92.74%", "1100.125", "9个"))
    chance = Random(1)
    assert slipped(Kind.UNIT_SLIPPED, money, chance) == "2427.855元"
    assert slipped(Kind.UNIT_SLIPPED, cell, chance) == "11001250.000"
    assert slipped(Kind.PERCENT_LOST, rate, chance) == "92.74"
    assert [slipped(kind, count, chance) for kind in (Kind.UNIT_SLIPPED, Kind.PERCENT_LOST, Kind.DIGITS_SWAPPED,
            Kind.DIGIT_DROPPED, Kind.POINT_MOVED, Kind.RATE_OFF)] == [None] * 6  # fmt: skip
    now = value_after(Kind.UNIT_SLIPPED, money, "2427.855元")
    assert now is not None
    assert now.number == Decimal("2427.855")
    assert value_after(Kind.PLACEHOLDER, money, "××万元") is None


def test_every_kind_is_drawn_and_only_its_place_changes(make: Callable[..., Made], tmp_path: Path) -> None:
    data, document = make()
    file = WordFile(data, document)
    drawn = list(draw(document, 3, 2 * len(Kind)))
    assert {one.kind for one in drawn} == set(Kind)
    for number, one in enumerate(drawn):
        changed = file.with_error(one)
        assert changed is not None
        path = tmp_path / f"{number}.docx"
        path.write_bytes(changed)
        assert seen(read_document(path)) == expected(document, one), one


def seen(document: Document) -> list[str]:
    texts = []
    for block in document.blocks:
        texts += [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
    return texts


def expected(document: Document, one: Mutation) -> list[str]:
    texts: list[str] = []
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Table):
            own = [block.text]
        elif index == one.block and one.row is not None:
            rows = [[cell.text for cell in block.cells if cell.row == row] for row in range(block.rows)]
            rows[one.row : one.row + 1] = [rows[one.row - 1]] if one.kind is Kind.LINE_COPIED else []
            own = [text for row in rows for text in row]
        else:
            own = [cell.text for cell in block.cells]
        if index == one.block and one.row is None:
            at = one.cell or 0
            assert own[at][one.start : one.end] == one.before
            own[at] = own[at][: one.start] + one.after + own[at][one.end :]
        texts += own
    return texts


def test_the_same_seed_draws_the_same(make: Callable[..., Made]) -> None:
    document = make()[1]
    assert list(draw(document, 3, 20)) == list(draw(document, 3, 20))
    assert list(draw(document, 3, 20)) != list(draw(document, 4, 20))


def test_whether_anything_tells_is_said_by_what_the_change_breaks(make: Callable[..., Made]) -> None:
    document = make()[1]
    said = {(one.before, one.is_determined) for seed in range(40) for one in draw(document, seed, 1)}
    assert {text for text, is_told in said if not is_told} <= {"9个", "1", "2", "3", "4", "2250.5万元"}
    assert {"2427.855万元", "864.5万元", "92.74%"} & {text for text, is_told in said if is_told}


def test_a_gap_in_the_numbers_of_rows_tells_of_a_dropped_row(make: Callable[..., Made]) -> None:
    rows = (
        ("序号", "名称", "人数"),
        ("1", "第一社区调查", "20"),
        ("2", "第二社区调查", "31"),
        ("3", "第三社区调查", "45"),
    )
    document = make(("没有数字。",), rows)[1]
    dropped = {
        (one.before, one.is_determined)
        for seed in range(30)
        for one in draw(document, seed, len(Kind))
        if one.kind is Kind.ROW_DROPPED
    }
    assert dropped <= {
        ("1 | 第一社区调查 | 20", False),
        ("2 | 第二社区调查 | 31", True),
        ("3 | 第三社区调查 | 45", False),
    }
    assert ("2 | 第二社区调查 | 31", True) in dropped


def test_figures_with_a_limit_are_no_figures_to_compare(make: Callable[..., Made]) -> None:
    document = make(("支出约2427.855万元，达到90%以上。",))[1]
    assert {one.text for one in Known.of(document).figures.values() if one.cell is None} == set()


def test_only_word_documents(make: Callable[..., Made]) -> None:
    with pytest.raises(BadInput, match="只能在 Word 文档"):
        refuse_other_formats(replace(make()[1], format="pdf"))
