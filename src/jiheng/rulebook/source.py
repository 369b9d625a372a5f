"""Reading rule files: YAML in, frozen records out, every mistake named with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from jiheng import extension
from jiheng.errors import BadRules

Record = TypeVar("Record")
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One rule file: its data (all scalars are text) and the line of every key and item."""

    path: Path
    data: Any
    lines: dict[KeyPath, int]

    def place(self, path: KeyPath) -> str:
        """File and line of the nearest known part of a path."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.path.name} 第 {self.lines.get(path, 1)} 行"

    def known(self, path: KeyPath) -> KeyPath:
        """The path without the steps that the data do not have (a validator's names of kinds), but with a missing end."""
        node, kept = self.data, []
        for step in path:
            is_here = step in node if isinstance(node, dict) else isinstance(node, list) and step in range(len(node))
            if is_here:
                node = node[step]
            elif step is not path[-1]:
                continue
            kept.append(step)
        return tuple(kept)

    def holding(self, key: str, text: str) -> KeyPath:
        """The path of the first value of that key and text; empty when there is none."""

        def look(node: Any, at: KeyPath) -> KeyPath:
            steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
            for step, value in steps:
                if step == key and value == text:
                    return (*at, step)
                if found := look(value, (*at, step)):
                    return found
            return ()

        return look(self.data, ())


@cache
def packs() -> tuple[Path, ...]:
    """The folders of all installed rule packs, found through the entry point `jiheng.rules`, ours first."""
    return tuple(extension.load(extension.RULES))


def read(path: Path) -> Source:
    """Read one YAML file; every scalar stays text, so no number is ever a float.

    **Raises** BadRules for broken YAML, a key given twice, an alias.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadRules(f"{path.name} 第 {line} 行不是正确的 YAML：{error.problem}") from None
    lines: dict[KeyPath, int] = {}
    return Source(path, _plain(root, (), path, lines), lines)


def _plain(node: yaml.Node | None, at: KeyPath, path: Path, lines: dict[KeyPath, int]) -> Any:
    if node is None:
        return None
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                raise BadRules(f"{path.name} 第 {key_node.start_mark.line + 1} 行：“{key}”重复给出")
            mapping[key] = _plain(value_node, (*at, key), path, lines)
            lines[(*at, key)] = key_node.start_mark.line + 1
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, index), path, lines) for index, item in enumerate(node.value)]
    return str(node.value)


def bind(source: Source, shape: TypeAdapter[Record]) -> Record:
    """The file's data as a record.

    **Raises** BadRules naming file and line for an unknown key, a missing one, or a value of the wrong kind.
    """
    try:
        return shape.validate_python(source.data)
    except ValidationError as error:
        told = error.errors()
        # A misspelt key is also a missing one; the misspelling is what the reader must see.
        first = next(
            (one for one in told if one["type"] in ("unexpected_keyword_argument", "extra_forbidden")), told[0]
        )
        path = source.known(tuple(first["loc"]))
        key = ".".join(str(part) for part in path) or "文件"
        raise BadRules(f"{source.place(path)}：“{key}”{_said(first['type'], first['msg'])}") from None


def _said(kind: str, message: str) -> str:
    plain = {
        "missing": "没有给出",
        "unexpected_keyword_argument": "不是认识的键，请核对拼写",
        "extra_forbidden": "不是认识的键，请核对拼写",
        "decimal_parsing": "不是数字",
        "int_parsing": "不是整数",
        "enum": "不在允许的取值之内",
        "literal_error": "不在允许的取值之内",
        "union_tag_invalid": "不是认识的种类",
        "union_tag_not_found": "没有写明种类",
        "date_from_datetime_parsing": "不是日期（应如 2024-01-31）",
        "date_parsing": "不是日期（应如 2024-01-31）",
        "tuple_type": "应是一个列表",
        "dataclass_type": "应是一组键和值",
        "string_type": "应是文字",
    }
    return plain.get(kind) or f"不符合要求：{message.removeprefix('Value error, ')}"
