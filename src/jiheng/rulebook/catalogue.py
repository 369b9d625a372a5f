"""All editions of the installed packs, validated: every mistake is one sentence with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter

from jiheng.errors import BadRules
from jiheng.rulebook import source
from jiheng.rulebook.editions import Adjustment, Grades, Header, Kind, Scheme
from jiheng.rulebook.parameters import Cited, cited_parts, rebuild
from jiheng.rulebook.procedures import GoalReview, Monitoring, Recheck, ResultsUse
from jiheng.rulebook.regulations import Regulation, read_regulations, regulations
from jiheng.rulebook.sense import check_sense

Edition = Scheme | Grades | Adjustment | GoalReview | Monitoring | ResultsUse | Recheck


@cache
def shapes() -> dict[str, TypeAdapter[Any]]:
    """The shape of each kind of edition; made once, and only when rules are read."""
    return {
        **dict.fromkeys((Kind.DEPARTMENT, Kind.PROJECT_SELF, Kind.PROJECT), TypeAdapter(Scheme)),
        Kind.GRADES: TypeAdapter(Grades),
        Kind.ADJUSTMENT: TypeAdapter(Adjustment),
        Kind.GOAL_REVIEW: TypeAdapter(GoalReview),
        Kind.MONITORING: TypeAdapter(Monitoring),
        Kind.RESULTS_USE: TypeAdapter(ResultsUse),
        Kind.RECHECK: TypeAdapter(Recheck),
    }


FOLDER = "schemes"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Editions by id, with the file each came from."""

    editions: Mapping[str, Edition]
    files: Mapping[str, Path]
    regulations: Mapping[str, Regulation]

    def edition(self, name: str) -> Edition:
        """One edition. **Raises** BadRules when there is none of that id."""
        if name not in self.editions:
            raise BadRules(f"没有代号为“{name}”的规则；用 jiheng rules list 查看全部规则")
        return self.editions[name]


def kind_of(edition: Header) -> Kind:
    """The edition's kind."""
    return Kind(cast(Any, edition).kind)


@cache
def catalogue() -> Catalogue:
    """The editions of all installed packs. **Raises** BadRules for the first mistake found."""
    return load(source.packs(), regulations())


def load(folders: tuple[Path, ...], known: Mapping[str, Regulation] | None = None) -> Catalogue:
    """The editions of some pack folders.

    **Raises** BadRules, naming file and line: unknown or repeated keys, numbers without unit, citation or status,
    regulations nobody lists, an id given twice, `extends` that is missing, deeper than one step or a circle, an edition
    that ends before it begins, and numbers that make no sense together.
    """
    listed = read_regulations(folders) if known is None else known
    raw: dict[str, source.Source] = {}
    for folder in folders:
        for path in sorted((folder / FOLDER).rglob("*.yaml")):
            one = source.read(path)
            name = one.data.get("id") if isinstance(one.data, dict) else None
            if not isinstance(name, str) or not name:
                raise BadRules(f"{path.name} 第 1 行：没有给出规则代号 id")
            if name in raw:
                raise BadRules(f"{one.place(('id',))}：规则代号“{name}”在 {raw[name].path.name} 中已经用过")
            raw[name] = one
    editions = {name: _bound(one, raw, listed) for name, one in raw.items()}
    return Catalogue(editions, {name: one.path for name, one in raw.items()}, listed)


def _bound(one: source.Source, raw: Mapping[str, source.Source], listed: Mapping[str, Regulation]) -> Edition:
    whole = _extended(one, raw)
    kind = whole.data.get("kind", "")
    if kind not in shapes():
        raise BadRules(f"{whole.place(('kind',))}：规则种类“{kind}”不认识，应是 {'、'.join(shapes())} 之一")
    edition: Edition = source.bind(whole, shapes()[kind])
    for part in cited_parts(edition):
        if part.cite.regulation not in listed:
            place = whole.place(whole.holding("cite", str(part.cite)))
            raise BadRules(f"{place}：出处“{part.cite}”引用的文件没有登记在 regulations 中")
        if part.path or part.person or part.reason:
            raise BadRules(f"{one.path.name}：path、person、reason 由程序和确认记录给出，规则数据里不写")
    check_sense(edition, whole)

    def name_part(part: Cited, path: str) -> Cited:
        return replace(part, path=path)

    return cast(Edition, rebuild(edition, f"{edition.id}/", name_part))


def _extended(one: source.Source, raw: Mapping[str, source.Source]) -> source.Source:
    chain, at, place = [one.data["id"]], one, one.place(("extends",))
    while base := at.data.get("extends"):
        if base in chain:
            raise BadRules(f"{place}：扩展关系成了循环：{' → '.join([*chain, base])}")
        if base not in raw:
            raise BadRules(f"{place}：要扩展的规则“{base}”不存在")
        chain.append(base)
        at = raw[base]
    if len(chain) == 1:
        return one
    if len(chain) > 2:
        raise BadRules(f"{place}：“{chain[1]}”本身又扩展了“{chain[2]}”，规则只能扩展一层")
    return source.Source(one.path, _merged(at.data, one.data), one.lines)


def _merged(base: Any, change: Any) -> Any:
    """Mappings merge key by key, lists of things with an id merge by id, everything else is replaced."""
    if isinstance(base, dict) and isinstance(change, dict):
        if "method" in change and change["method"] != base.get("method"):
            return change
        return base | {key: _merged(base[key], value) if key in base else value for key, value in change.items()}
    if isinstance(base, list) and isinstance(change, list) and all(_id(item) for item in (*base, *change)):
        changes = {_id(item): item for item in change}
        kept = [_merged(item, changes.pop(_id(item))) if _id(item) in changes else item for item in base]
        return kept + list(changes.values())
    return change


def _id(item: Any) -> str:
    return str(item.get("id", "")) if isinstance(item, dict) else ""
