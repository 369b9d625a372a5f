"""Chinese names of a rule's numbers and methods: what the score sheet prints and a clerk writes in 评分判定."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from jiheng.errors import BadInput
from jiheng.rulebook.catalogue import Edition, kind_of
from jiheng.rulebook.editions import Adjustment, Block, Grades, Item, Scheme
from jiheng.rulebook.parameters import Citation, Cited
from jiheng.rulebook.scales import Scale

_FIELDS = {
    "dates": "适用年度",
    "points": "分值",
    "block": "整块分值",
    "rule": "计分方法",
    "convert": "权重换算",
    "full": "满分",
    "forward": "正向指标计分方法",
    "reverse": "反向指标计分方法",
    "qualitative": "定性指标计分方法",
    "threshold": "及格门槛",
    "satisfaction": "满意度计分方法",
    "over_target": "超额扣分",
    "caps": "得分封顶",
    "uncapped": "不封顶的执行率",
    "finished": "完成的得分",
    "each": "每步幅度",
    "deduct": "每步扣分",
    "limit": "标准",
    "floor": "下限",
    "award": "得分",
    "take": "扣分",
    "least": "最低",
}
_WITHIN = {"threshold", "satisfaction", "over_target", "caps"}
"""Methods of a whole sheet: their own numbers are named after them."""
_LISTS = {"bands": "档", "floors": "条比重要求"}
_QUOTED = {"levels", "grades"}


def scoring_editions(editions: Iterable[Edition]) -> tuple[Scheme | Grades | Adjustment, ...]:
    """The editions that a score rests on."""
    return tuple(one for one in editions if isinstance(one, (Scheme, Grades, Adjustment)))


def names_of(editions: Iterable[Edition], scales: Iterable[Scale]) -> dict[str, tuple[str, ...]]:
    """For each id that scores rest on, the names it may go by: the short one, then those that tell it from others."""
    found: dict[str, tuple[str, ...]] = {}
    for edition in scoring_editions(editions):
        label = kind_of(edition).label
        for path, context, name in _walk(edition, f"{edition.id}/", ()):
            inner = [f"{one}·{name}" for one in reversed(context)]
            found[path] = (name, f"{label}·{name}", *inner, *(f"{label}·{one}" for one in inner))
    for scale in scales:
        for path, _, name in _walk(scale, f"scales/{scale.id}", (scale.name,)):
            found[path] = (name, f"通用等级制·{name}")
    return found


def printed_names(editions: Iterable[Edition], scales: Iterable[Scale]) -> dict[str, str]:
    """The name that each id is printed with: the shortest that no other thing could be meant by."""
    all_names = names_of(editions, scales)
    counted = Counter(name for names in all_names.values() for name in set(names))
    return {path: next((name for name in names if counted[name] == 1), "") for path, names in all_names.items()}


def path_named(text: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """The id that a name means; None when it is no rule's name. **Raises** BadInput when it fits several."""
    found = [path for path, known in names.items() if text in known]
    if len(found) > 1:
        raise BadInput(
            f"评分判定里的“{text}”可以指 {len(found)} 个规则参数，请写全名，如“{_full(names[found[0]], names)}”"
        )
    return found[0] if found else None


def _full(known: tuple[str, ...], names: Mapping[str, tuple[str, ...]]) -> str:
    return next((name for name in known if sum(name in one for one in names.values()) == 1), known[-1])


def _walk(record: Any, path: str, context: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each cited part below a record: id, what it stands in (outermost first), its name."""
    for field in getattr(record, "__dataclass_fields__", ()):
        value, at = getattr(record, field), f"{path}{'' if path.endswith('/') else '.'}{field}"
        if isinstance(value, tuple):
            for number, item in enumerate(value, 1):
                yield from _item(item, field, number, at, context)
        elif is_dataclass(value) and not isinstance(value, Citation):
            if isinstance(value, Cited):
                yield at, context[:-1], _said(context, "block" if (type(record), field) == (Block, "points") else field)
            yield from _walk(value, at, (*context, _FIELDS[field]) if field in _WITHIN else context)
        elif isinstance(record, Item) and field == "points":
            yield at, context[:-1], _said(context, field)


def _said(context: tuple[str, ...], field: str) -> str:
    word = _FIELDS[field]
    return f"{context[-1]}的{word}" if context else word


def _item(
    item: Any, field: str, number: int, path: str, context: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    if not is_dataclass(item):
        return
    own = str(getattr(item, "name", ""))
    key = str(getattr(item, "id", "") or own or number)
    if own:
        named = f"{context[-1] if context else '等级'}“{own}”" if field in _QUOTED else own
        inner = (*context, named)
    else:
        inner = (*context[:-1], f"{context[-1] if context else ''}第{number}{_LISTS.get(field, '项')}")
    if isinstance(item, Cited):
        yield f"{path}.{key}", inner[:-1], f"{inner[-1]}的算法" if field == "rates" else inner[-1]
    yield from _walk(item, f"{path}.{key}", inner)
