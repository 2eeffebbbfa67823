"""The JSON Schemas of what eduf reads and writes."""

import json
from pathlib import Path
from typing import Any

from eduf.look_up import schema_name

NAMES = (
    "calendar", "case", "explanation", "findings", "ledger", "plan", "result", "scenario", "sensitivity", "solution",
    "tax",
)  # fmt: skip
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(name: str) -> dict[str, Any]:
    """The schema of that name. Raises Refused for another name."""
    found = schema_name(name, NAMES)
    if found == "case":
        from eduf.case import Case

        return {"$schema": DIALECT, **Case.model_json_schema(by_alias=True)}
    schema = _read(found)
    if found == "scenario":
        whole = _read("result")
        parts = {key: whole["properties"][key] for key in ("case", "law", "years", "problems")}
        schema["$defs"] |= {**whole["$defs"], **parts}
    return schema


def _read(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
    return schema
