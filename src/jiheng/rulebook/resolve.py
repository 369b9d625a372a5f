"""Resolving: the one rule set that holds for a region and a year, as known on a day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from jiheng.errors import BadInput, BadRules
from jiheng.rulebook.catalogue import Catalogue, Edition, catalogue, kind_of
from jiheng.rulebook.confirm import Confirmation, confirmed, with_points
from jiheng.rulebook.editions import Adjustment, Grades, Kind, Scheme, Scope
from jiheng.rulebook.naming import printed_names
from jiheng.rulebook.parameters import Cited, cited_parts, rebuild
from jiheng.rulebook.regions import region_name
from jiheng.rulebook.regulations import Regulation
from jiheng.rulebook.scales import Scale, scales
from jiheng.rulebook.sense import check_sense
from jiheng.rulebook.source import Source
from jiheng.values import FiscalYear, RegionCode

_RULE_PATH = re.compile(r"[a-z][a-z0-9-]*/[a-z_]+(\.\S+)*")
_ANY: TypeAdapter[Any] = TypeAdapter(Any)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules of a region and a year: at most one edition of a kind, the scales, and how they were found.

    **Shape** `notes` say aloud every fallback; `sha256` is the hash of everything that can change a result; `names`
    are the Chinese names of numbers and methods by their ids.
    """

    region: RegionCode
    fiscal_year: FiscalYear
    as_of: date
    editions: tuple[Edition, ...]
    scales: tuple[Scale, ...]
    regulations: tuple[Regulation, ...]
    notes: tuple[str, ...]
    sha256: str
    names: Mapping[str, str] = field(default_factory=dict)

    def edition(self, kind: Kind) -> Edition:
        """The edition of a kind. **Raises** BadInput when no rule applies: never a default."""
        found = self.find(kind)
        if found is None:
            raise BadInput(
                f"{_place(self.region)} {self.fiscal_year} 年没有“{kind.label}”的规则（截至 {self.as_of} 发布的）；"
                "请安装当地规则包，或用 --edition 指定一个版本"
            )
        return found

    def find(self, kind: Kind) -> Edition | None:
        """The edition of a kind, if one applies."""
        return next((edition for edition in self.editions if kind_of(edition) is kind), None)

    def scheme(self, kind: Kind) -> Scheme:
        """The score sheet of a kind. **Raises** BadInput when there is none."""
        found = self.edition(kind)
        assert isinstance(found, Scheme)
        return found

    @property
    def grades(self) -> Grades | None:
        """The grades, if any apply."""
        found = self.find(Kind.GRADES)
        return found if isinstance(found, Grades) else None

    @property
    def adjustment(self) -> Adjustment | None:
        """The adjustment of scores, if one was chosen."""
        found = self.find(Kind.ADJUSTMENT)
        return found if isinstance(found, Adjustment) else None

    def scale_named(self, text: str, scheme: Scheme | None = None) -> Scale | None:
        """The scale that a text names, with the scheme's own bands where it has some."""
        own = scheme.scales if scheme else ()
        return next((scale for scale in (*own, *self.scales) if scale.answers_to(text)), None)

    def regulation(self, name: str) -> str:
        """The short name of a regulation by its id."""
        return next((item.short for item in self.regulations if item.id == name), name)


def resolve(
    region: RegionCode,
    fiscal_year: FiscalYear,
    as_of: date,
    *,
    chosen: Iterable[str] = (),
    confirmations: Iterable[Confirmation] = (),
    rules: Catalogue | None = None,
) -> RuleSet:
    """The rule set of a region and the year evaluated, among the editions issued by `as_of`.

    Of each kind the nearest region that has an edition for the year gives it; of several the last issued. `chosen`
    names editions to use instead. **Raises** BadInput when no rule at all applies; BadRules for an unknown name.
    """
    if rules is None and not (chosen := tuple(chosen)) and not (confirmations := tuple(confirmations)):
        return _installed(region, fiscal_year, as_of)
    return _resolved(region, fiscal_year, as_of, chosen, confirmations, rules or catalogue())


@lru_cache(maxsize=64)
def _installed(region: RegionCode, fiscal_year: FiscalYear, as_of: date) -> RuleSet:
    return _resolved(region, fiscal_year, as_of, (), (), catalogue())


def _resolved(
    region: RegionCode,
    fiscal_year: FiscalYear,
    as_of: date,
    chosen: Iterable[str],
    confirmations: Iterable[Confirmation],
    book: Catalogue,
) -> RuleSet:
    picked: dict[Kind, Edition] = {}
    notes: list[str] = []
    for kind in Kind:
        known = [edition for edition in book.editions.values() if kind_of(edition) is kind]
        found = _nearest(known, region, fiscal_year, as_of)
        if found is not None:
            picked[kind] = found
            if found.region != region:
                notes.append(f"{kind.label}：{_place(region)}没有自己的规则，用{_place(found.region)}的“{found.title}”")
    if not picked:
        raise BadInput(f"{_place(region)} {fiscal_year} 年没有任何适用的规则（截至 {as_of} 发布的）")
    for name in chosen:
        edition = book.edition(name)
        if not edition.dates.since <= fiscal_year or (edition.dates.until and edition.dates.until < fiscal_year):
            notes.append(f"“{edition.title}”不是 {fiscal_year} 年的规则，由使用人指定采用")
        picked[kind_of(edition)] = edition
        notes.append(f"{kind_of(edition).label}：由使用人指定“{edition.title}”")
    named_scales = tuple(rebuild(scale, f"scales/{scale.id}", _name_part) for scale in scales())
    editions = tuple(picked[kind] for kind in Kind if kind in picked)
    return _sealed(region, fiscal_year, as_of, editions, named_scales, tuple(notes), book.regulations, confirmations)


def _name_part(part: Cited, path: str) -> Cited:
    return replace(part, path=path)


def _nearest(known: list[Edition], region: RegionCode, year: FiscalYear, as_of: date) -> Edition | None:
    for place in region.lineage:
        here = [
            edition
            for edition in known
            if edition.region == place
            and edition.scope is not Scope.CHOSEN
            and (edition.scope is Scope.BELOW or place == region)
            and edition.dates.since <= year
            and (edition.dates.until is None or year <= edition.dates.until)
            and edition.dates.issued <= as_of
        ]
        if here:
            latest = max(edition.dates.issued for edition in here)
            newest = [edition for edition in here if edition.dates.issued == latest]
            if len(newest) > 1:
                names = "、".join(edition.id for edition in newest)
                raise BadRules(f"{_place(place)} {year} 年同时有几个同日发布的规则：{names}；请用 --edition 指定一个")
            return newest[0]
    return None


def _sealed(
    region: RegionCode,
    year: FiscalYear,
    as_of: date,
    editions: tuple[Edition, ...],
    found_scales: tuple[Scale, ...],
    notes: tuple[str, ...],
    listed: Mapping[str, Regulation],
    confirmations: Iterable[Confirmation],
) -> RuleSet:
    by_path = {item.path: item for item in confirmations}

    def apply(part: Cited, path: str) -> Cited:
        return confirmed(part, by_path[path]) if path in by_path else part

    editions = tuple(rebuild(edition, f"{edition.id}/", apply) for edition in editions)
    if by_path:
        editions = tuple(
            with_points(edition, by_path) if isinstance(edition, Scheme) else edition for edition in editions
        )
        _check_confirmed(editions)
        _check_paths(by_path, (*editions, *found_scales))
    found_scales = tuple(rebuild(scale, f"scales/{scale.id}", apply) for scale in found_scales)
    cited = {part.cite.regulation for record in (*editions, *found_scales) for part in cited_parts(record)}
    used = tuple(listed[name] for name in sorted(cited) if name in listed)
    content = _ANY.dump_python(
        [region.digits, year.year, as_of, editions, found_scales, used], mode="json", serialize_as_any=True
    )
    digest = sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return RuleSet(
        region=region,
        fiscal_year=year,
        as_of=as_of,
        editions=editions,
        scales=found_scales,
        regulations=used,
        notes=notes,
        sha256=digest,
        names=printed_names(editions, found_scales),
    )


def _check_confirmed(editions: tuple[Edition, ...]) -> None:
    for edition in editions:
        try:
            check_sense(edition, Source(Path("判定记录"), {}, {}))
        except BadRules as error:
            raise BadInput(f"按判定记录替换规则参数后，规则自相矛盾：{error.sentence}") from None


def _check_paths(by_path: Mapping[str, Confirmation], records: Iterable[Any]) -> None:
    known = {part.path for record in records for part in cited_parts(record)}
    for path in by_path:
        if path not in known:
            raise BadInput(f"评分判定里的“{path}”不是现用规则的参数；用 jiheng rules show 查看参数编号")


def is_rule_path(text: str) -> bool:
    """Whether a text is written like the id of a rule's number or method: an edition's id, a slash, keys with dots.

    >>> is_rule_path("bj-department-2022/blocks.goals.convert"), is_rule_path("P001/实际到位资金")
    (True, False)
    """
    return _RULE_PATH.fullmatch(text.strip()) is not None


def with_confirmations(rules: RuleSet, confirmations: Iterable[Confirmation]) -> RuleSet:
    """The same rules with what persons confirmed or replaced; the hash changes with them."""
    listed = {item.id: item for item in rules.regulations}
    return _sealed(
        rules.region,
        rules.fiscal_year,
        rules.as_of,
        rules.editions,
        rules.scales,
        rules.notes,
        listed,
        tuple(confirmations),
    )


def _place(region: RegionCode) -> str:
    name = region_name(region)
    return f"{name}（{region}）" if name else str(region)
