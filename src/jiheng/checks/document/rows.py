"""Lists in tables: their numbers, rows that stand twice, shares without their sign."""

from __future__ import annotations

from collections.abc import Iterator

from jiheng.checks.document.check import DocumentHit, DocumentRules, claim, document_check
from jiheng.model import Level
from jiheng.model.statement import BareShare, Claims, FinerThanFen, RowNumbers, RowTwice


def _table(name: str) -> str:
    return f"《{name}》" if name else "表格"


@document_check(
    "document.row_numbers",
    "表格的序号连续",
    level=Level.WARNING,
    basis="序号不连续，可能漏行或重复",
    message="{table}的序号 {before} 之后是 {number}：{what}。",
    reckoning="序号应是 {next}，写的是 {number}。",
    mend="请核对是否漏了行或重复了行，并改正序号。",
)
def numbers(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """1, 2, 4."""
    for one in claims.of(RowNumbers):
        what = (
            "同一个序号出现两次" if one.number == one.before else f"缺 {one.number - one.before - 1} 个序号，可能漏了行"
        )
        yield claim(
            one.words,
            expected=str(one.before + 1),
            likely_cause="照抄了上一行" if one.number == one.before else "漏了一行",
            table=_table(one.table),
            before=one.before,
            number=one.number,
            next=one.before + 1,
            what=what,
        )


@document_check(
    "document.row_twice",
    "表格里没有重复的行",
    level=Level.WARNING,
    basis="同一内容不重复列",
    message="{table}里“{name}”一行与前面的一行完全相同。",
    reckoning="除序号外，两行各格都相同。",
    mend="请核对是否照抄了上一行。",
)
def twice(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Every cell the same."""
    for one in claims.of(RowTwice):
        yield claim(one.words, likely_cause="照抄了上一行", table=_table(one.table), name=one.name)


@document_check(
    "document.percent_missing",
    "百分率都写百分号",
    level=Level.WARNING,
    basis="比率以百分数表示时写“%”",
    message="{table}“{name}”的 {value} 缺少百分号“%”{why}。",
    reckoning="这里说的是比率，数后面没有“%”。",
    mend="请写成 {signed}。",
)
def percent(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """One bare number among shares."""
    for one in claims.of(BareShare):
        signed = f"{one.value}%"
        why = "，同一列的其他数或别处的同一个数都有" if one.table else ""
        table = f"《{one.table}》里" if one.table else ""
        yield claim(one.words, expected=signed, table=table, name=one.name, value=one.value, signed=signed, why=why)


@document_check(
    "document.finer_than_fen",
    "金额不小于分",
    level=Level.WARNING,
    basis="人民币的最小单位是分",
    message="{figure}有小于 1 分的数字{more}，像是多打了数字，或者没有舍入。",
    reckoning="{figure} = {yuan} 元，小数超过两位。",
    mend="请对照账表改正；由别的数算出来的，请舍入到分。",
)
def finer(claims: Claims, _rules: DocumentRules) -> Iterator[DocumentHit]:
    """Told once for a document."""
    for one in claims.of(FinerThanFen):
        more = f"（全文这样的金额有 {one.count} 个）" if one.count > 1 else ""
        yield claim(one.words, figure=one.figure, more=more, yuan=f"{one.figure.in_base:f}")
