"""`jiheng rules`: which rules there are, what they say, why, and which hold where and when."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jiheng.cli.score import day, wide_console
from jiheng.errors import BadInput
from jiheng.rulebook.catalogue import Edition, catalogue, kind_of
from jiheng.rulebook.editions import Dates, Scheme
from jiheng.rulebook.operands import operand_name
from jiheng.rulebook.parameters import Cited, Parameter, cited_parts
from jiheng.rulebook.regions import region_name
from jiheng.rulebook.regulations import regulations
from jiheng.rulebook.resolve import RuleSet, resolve
from jiheng.rulebook.source import packs
from jiheng.scoring.cases import cases_of
from jiheng.scoring.work import METHOD_NAMES
from jiheng.values import FiscalYear, RegionCode

_ANY: TypeAdapter[Any] = TypeAdapter(Any)


class Format(StrEnum):
    """How results are printed."""

    TABLE = "table"
    JSON = "json"


Output = Annotated[Format, typer.Option("--format", help="table 给人看，json 给程序用")]
Name = Annotated[
    str, typer.Argument(metavar="规则代号", help="规则代号，用 jiheng rules list 查看", show_default=False)
]

rules_app = typer.Typer(
    name="rules",
    help="规则：有哪些、写了什么、依据哪一条、哪里哪年用哪一版。",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@rules_app.command("list", help="列出全部规则。")
def list_rules(format: Output = Format.TABLE) -> None:
    """All editions of the installed packs."""
    rows = [_row(edition) for edition in catalogue().editions.values()]
    if format is Format.JSON:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table("代号", "种类", "名称", "地区", "发布", "适用年度", "参数", "未核实")
    for row in rows:
        region = f"{row['region_name']} {row['region']}" if not row["by_choice"] else "须指定采用"
        until = row["until"] or ""
        years = f"{row['since']}—{until}"
        cells = (
            row["id"],
            row["kind_name"],
            row["title"],
            region,
            row["issued"],
            years,
            row["numbers"],
            row["unverified"],
        )
        table.add_row(*(Text(str(cell)) for cell in cells))
    wide_console().print(table)


def _row(edition: Edition) -> dict[str, Any]:
    parts = cited_parts(edition)
    return {
        "id": edition.id,
        "kind": kind_of(edition).value,
        "kind_name": kind_of(edition).label,
        "title": edition.title,
        "region": edition.region.digits,
        "region_name": region_name(edition.region),
        "by_choice": edition.scope.value == "by_choice",
        "scope": edition.scope.value,
        "issued": edition.dates.issued.isoformat(),
        "since": edition.dates.since.year,
        "until": edition.dates.until.year if edition.dates.until else None,
        "extends": edition.extends,
        "numbers": sum(isinstance(part, Parameter) for part in parts),
        "unverified": sum(part.is_unverified for part in parts),
    }


@rules_app.command("show", help="显示一条规则的全部参数：编号、数值、出处、是否核实。")
def show(name: Name, format: Output = Format.TABLE) -> None:
    """Everything an edition says."""
    edition = catalogue().edition(name)
    if format is Format.JSON:
        typer.echo(
            json.dumps(_ANY.dump_python(edition, mode="json", serialize_as_any=True), ensure_ascii=False, indent=1)
        )
        return
    console = wide_console()
    _head(console, edition)
    table = Table("编号", "数值或方法", "出处", "状态", "有多大把握")
    for part in cited_parts(edition):
        cells = (part.path.removeprefix(f"{edition.id}/"), _value(part), _clause(part), part.status.label, part.sure)
        table.add_row(*(Text(cell) for cell in cells), style="yellow" if part.is_unverified else "")
    console.print(table)


@rules_app.command("explain", help="用文字说明一条规则：依据什么文件，怎样计分，手工算好的案例。")
def explain(name: Name, format: Output = Format.TABLE) -> None:
    """An edition in words, with its regulations and its worked cases."""
    edition = catalogue().edition(name)
    used = sorted({part.cite.regulation for part in cited_parts(edition)})
    documents = [regulations()[one] for one in used]
    cases = [case for pack in packs() for case in cases_of(pack) if name in case.editions]
    if format is Format.JSON:
        data = {"edition": _row(edition), "regulations": documents, "cases": cases}
        typer.echo(json.dumps(_ANY.dump_python(data, mode="json", serialize_as_any=True), ensure_ascii=False, indent=1))
        return
    console = wide_console()
    _head(console, edition)
    seen = {"full": "看过全文", "excerpt": "只看过摘录", "summary": "只看过转述", "not_seen": "没有看到原文"}
    for one in documents:
        console.print(f"依据：{one.number}《{one.title}》（{one.issuer}；{seen[one.seen]}，{one.source}）")
    if isinstance(edition, Scheme):
        _explain_scheme(console, edition)
    console.print(f"手工算好的案例 {len(cases)} 个：")
    for case in cases:
        console.print(f"  {case.id}：{case.title}")
        for expected in case.expect:
            if expected.reckoned:
                console.print(f"    {expected.key} = {expected.reckoned} = {expected.value}", style="dim")


def _explain_scheme(console: Console, scheme: Scheme) -> None:
    for rate in scheme.rates:
        part, whole = (" + ".join(operand_name(text) for text in side) for side in (rate.part, rate.whole))
        part, whole = (f"({text})" if " + " in text else text for text in (part, whole))
        console.print(f"公式：{rate.name} = {rate.shape.formula(part, whole)}{f'（{rate.note}）' if rate.note else ''}")
    for block in scheme.blocks:
        console.print(f"{block.name}（{block.points or '未定分值'}）")
        for item in block.items:
            console.print(f"  {item.name}（{item.points or '未定分值'}）：{METHOD_NAMES[item.rule.method]}")
        for frame in block.frames:
            parts = "、".join(f"{part.name} {part.points}" for part in frame.parts)
            console.print(f"  {frame.name}：{parts}")


@rules_app.command("resolve", help="查某地某年用哪些规则，退回到了哪一级。")
def resolve_rules(
    region: Annotated[str, typer.Option("--region", metavar="区划代码", help="六位行政区划代码，例如 110105")],
    year: Annotated[int, typer.Option("--year", metavar="年度", help="被评价的预算年度，例如 2023")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="日期", help="按这一天已经发布的规则，默认今天", show_default=False)
    ] = None,
    edition: Annotated[
        list[str] | None,
        typer.Option("--edition", metavar="规则代号", help="指定采用的规则，可以写多次", show_default=False),
    ] = None,
    format: Output = Format.TABLE,
) -> None:
    """The rule set of a region and a year."""
    try:
        place, fiscal_year = RegionCode(region), FiscalYear(year)
    except ValueError as error:
        raise BadInput(str(error)) from None
    found = resolve(place, fiscal_year, day(as_of), chosen=edition or ())
    if format is Format.JSON:
        typer.echo(json.dumps(_resolved(found), ensure_ascii=False, indent=1))
        return
    console = wide_console()
    console.print(Text(f"{region_name(place)} {place} {fiscal_year} 年（截至 {found.as_of}）".strip(), style="bold"))
    table = Table("种类", "代号", "名称", "地区")
    for one in found.editions:
        where = f"{region_name(one.region)} {one.region}"
        table.add_row(*(Text(cell) for cell in (kind_of(one).label, one.id, one.title, where)))
    console.print(table)
    for note in found.notes:
        console.print(f"说明：{note}")
    console.print(f"规则指纹 {found.sha256}", style="dim")


def _resolved(found: RuleSet) -> dict[str, Any]:
    return {
        "region": found.region.digits,
        "fiscal_year": found.fiscal_year.year,
        "as_of": found.as_of.isoformat(),
        "editions": {kind_of(one).value: one.id for one in found.editions},
        "notes": list(found.notes),
        "sha256": found.sha256,
    }


def _head(console: Console, edition: Edition) -> None:
    console.print(Text(f"{edition.title}［{edition.id}］", style="bold"))
    console.print(f"{kind_of(edition).label}；{region_name(edition.region)} {edition.region}；{edition.dates}")
    if edition.note:
        console.print(edition.note)


def _value(part: Cited) -> str:
    if isinstance(part, (Parameter, Dates)):
        return str(part)
    method = str(getattr(part, "method", ""))
    return METHOD_NAMES.get(method, method) or str(getattr(part, "name", "")) or "（规则）"


def _clause(part: Cited) -> str:
    return f"{regulations()[part.cite.regulation].short} {part.cite.clause}"
