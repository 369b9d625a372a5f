"""A million indicators scored: the engine, the same exact arithmetic by hand in plain Python, and as SQL in DuckDB."""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from jiheng.model import Actual, Comparator, DepartmentYear, Direction, Indicator, Profile
from jiheng.rulebook.editions import Kind, Scheme
from jiheng.rulebook.resolve import resolve
from jiheng.scoring.blocks import Given, score_indicator
from jiheng.scoring.lookup import Lookup
from jiheng.scoring.quantitative import Refused, quantity_score
from jiheng.scoring.work import Work
from jiheng.values import Figure, FiscalYear, RegionCode, unit_named

ROWS = 1_000_000
Row = tuple[Comparator, Direction, Decimal, Decimal, Decimal]
KINDS = (
    (Comparator.AT_LEAST, Direction.HIGHER),
    (Comparator.AT_MOST, Direction.LOWER),
    (Comparator.EQUAL, Direction.NEAREST),
)

SQL = """
SELECT CASE
    WHEN actual = target THEN points
    WHEN kind = 0 OR (kind = 2 AND actual < target) THEN
        CASE WHEN actual >= target THEN points WHEN actual <= 0 THEN 0
             ELSE least(points, (2 * actual * points + target) // (2 * target)) END
    ELSE
        CASE WHEN actual <= target THEN points WHEN target <= 0 THEN 0
             ELSE least(points, (2 * target * points + actual) // (2 * actual)) END
    END AS score
FROM indicators ORDER BY id
"""


def made_up(count: int) -> list[Row]:
    """Indicators with two decimals: zero targets, reached, missed and far exceeded ones."""
    chance = random.Random(20240101)
    rows: list[Row] = []
    for at in range(count):
        comparator, direction = KINDS[at % 3]
        target = Decimal(chance.choice((0, chance.randint(1, 10**4), chance.randint(1, 10**8)))).scaleb(-2)
        actual = Decimal(chance.choice((int(target * 100), chance.randint(0, 10**4), chance.randint(0, 10**8)))).scaleb(
            -2
        )
        rows.append((comparator, direction, target, actual, Decimal(chance.randint(0, 3000)).scaleb(-2)))
    return rows


def by_engine(rows: list[Row], scheme: Scheme) -> list[int]:
    """Scores in hundredths, by the engine without traces."""
    rules = scheme.indicators
    assert rules is not None
    scores = []
    for comparator, direction, target, actual, points in rows:
        score = quantity_score(comparator, direction, target, actual, points, rules)
        assert not isinstance(score, Refused)
        scores.append(int(score * 100))
    return scores


def by_engine_with_traces(rows: list[Row], work: Work) -> list[int]:
    """Scores in hundredths, each as a whole row of a sheet that can say why."""
    unit = unit_named("件")
    scores = []
    for comparator, direction, target, actual, points in rows:
        indicator = Indicator(
            name="指标",
            dimension="产出指标",
            comparator=comparator,
            direction=direction,
            target=Figure(target, unit),
            weight=points,
            actual=Actual(value=Figure(actual, unit)),
        )
        line = score_indicator(work, indicator, Given(points))
        assert line.score is not None
        scores.append(int(line.score * 100))
    return scores


def by_hand(rows: list[Row]) -> list[int]:
    """The same arithmetic written out: integers in hundredths, one half-up division."""
    scores = []
    for comparator, _, wanted, reached, full in rows:
        target, actual, points = int(wanted * 100), int(reached * 100), int(full * 100)
        if actual == target:
            scores.append(points)
        elif comparator is Comparator.AT_LEAST or (comparator is Comparator.EQUAL and actual < target):
            if actual >= target:
                scores.append(points)
            else:
                scores.append(min(points, (2 * actual * points + target) // (2 * target)) if actual > 0 else 0)
        elif actual <= target:
            scores.append(points)
        else:
            scores.append(min(points, (2 * target * points + actual) // (2 * actual)) if target > 0 else 0)
    return scores


def by_duckdb(rows: list[Row]) -> tuple[list[int], float]:
    """Scores in hundredths by SQL on integers, and the seconds of the query alone (the table is loaded before)."""
    import duckdb  # type: ignore[import-not-found, unused-ignore]

    order = {comparator: at for at, (comparator, _) in enumerate(KINDS)}
    table = duckdb.connect()
    table.execute("CREATE TABLE indicators (id BIGINT, kind TINYINT, target BIGINT, actual BIGINT, points BIGINT)")
    size = 50_000
    for start in range(0, len(rows), size):
        columns: list[list[int]] = [[], [], [], [], []]
        for at, (comparator, _, target, actual, points) in enumerate(rows[start : start + size], start):
            values = (at, order[comparator], int(target * 100), int(actual * 100), int(points * 100))
            for column, value in zip(columns, values, strict=True):
                column.append(value)
        table.execute("INSERT INTO indicators SELECT unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)", columns)
    begin = time.perf_counter()
    found = [score for (score,) in table.execute(SQL).fetchall()]
    return found, time.perf_counter() - begin


def timed(job: Callable[[], list[int]]) -> tuple[list[int], float]:
    """What a job gives and the seconds it takes."""
    begin = time.perf_counter()
    scores = job()
    return scores, time.perf_counter() - begin


def main(count: int = ROWS) -> None:
    """Print the seconds of each side and the ratios; stop when a single score differs."""
    rules = resolve(RegionCode("110105"), FiscalYear(2024), date(2026, 1, 1))
    scheme = rules.scheme(Kind.DEPARTMENT)
    profile = Profile(department="某部门", region=RegionCode("110105"), fiscal_year=FiscalYear(2024))
    work = Work(rules, scheme, Lookup(DepartmentYear(profile=profile)))
    rows = made_up(count)
    print(f"{count:,} 个指标计分（北京市评分表，每个得分四舍五入一次），得分逐个相等才算数")
    hand, hand_seconds = timed(lambda: by_hand(rows))
    sides = [
        ("引擎（只算得分）", *timed(lambda: by_engine(rows, scheme))),
        ("引擎（每行带完整的计算过程）", *timed(lambda: by_engine_with_traces(rows, work))),
    ]
    if importlib.util.find_spec("duckdb") is not None:
        sides.append(("DuckDB SQL（整数，不含装表）", *by_duckdb(rows)))
    else:
        print("  没有安装 duckdb，SQL 一边没有跑")
    print(f"  {'手写的 Python 整数算式':<28} {hand_seconds:8.2f} 秒  比值 1.00")
    for name, scores, seconds in sides:
        different = sum(one != other for one, other in zip(hand, scores, strict=True))
        if different:
            sys.exit(f"{name}有 {different} 个得分与手写算式不同")
        print(f"  {name:<28} {seconds:8.2f} 秒  比值 {seconds / hand_seconds:.2f}（得分全部相等）")


if __name__ == "__main__":
    main()
