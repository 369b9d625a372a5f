"""JSON Schemas of the rule files, so that an editor can help whoever writes a pack."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import TypeAdapter

from jiheng.rulebook.catalogue import shapes
from jiheng.rulebook.regulations import RegulationsFile
from jiheng.rulebook.scales import ScalesFile


def schema_files() -> Iterator[tuple[str, str]]:
    """The name and the text of each schema file of `jiheng_rules/schema/`."""
    every = {kind.replace("_", "-"): shape for kind, shape in shapes().items()}
    every |= {"regulations": TypeAdapter(RegulationsFile), "scales": TypeAdapter(ScalesFile)}
    for name, shape in every.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape.json_schema()}
        yield f"{name}.json", json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
