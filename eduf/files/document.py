"""A case written down as a TOML case file, every fact with its label beside it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from eduf.case import Case
from eduf.files import shape
from eduf.money import percent
from eduf.words import known, word

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")
_SECTIONS = ("year", "filed", "scenario")


def toml(case: Case, lang: str) -> bytes:
    """The case file, in UTF-8; reading it gives an equal case."""
    import tomlkit

    document = tomlkit.document()
    for key, value in stated(case).items():
        if key in _SECTIONS:
            array = tomlkit.aot()
            for each in value:
                array.append(table_of(each, lang))
            document.append(key, array)
        else:
            document.append(key, table_of(value, lang) if isinstance(value, dict) else tomlkit.item(value))
    return tomlkit.dumps(document).encode("utf-8")


def stated(case: Case) -> dict[str, Any]:
    """What the case states as plain tables: what is left out, or stated to be what it is anyway, is not there."""
    return {"format": 1, **case.model_dump(by_alias=True, exclude_defaults=True)}


def table_of(facts: Mapping[str, Any], lang: str) -> Any:
    """A table of facts, each with its label beside it."""
    import tomlkit

    table = tomlkit.table()
    for key, value in facts.items():
        item = item_of(key, value)
        if known(f"names.{key}") and not isinstance(value, dict | tuple):
            item.comment(word(f"names.{key}", lang))
        table.append(key, item)
    return table


def item_of(key: str, value: Any) -> Any:
    """A fact as it stands in a case file."""
    import tomlkit

    if isinstance(value, dict):
        inline = tomlkit.inline_table()
        for name, each in value.items():
            inline.append(name, item_of(name, each))
        return inline
    if isinstance(value, tuple):
        array = tomlkit.array()
        array.extend(item_of(key, each) for each in value)
        return array.multiline(len(value) > 1 and not isinstance(value[0], str))
    if isinstance(value, Decimal):
        return tomlkit.item(percent(value)) if shape.kind(key) == "rate" else tomlkit.value(f"{value:.2f}")
    is_number = key in shape.WAYS and isinstance(value, str) and NUMBER.fullmatch(value)
    return tomlkit.value(value) if is_number else tomlkit.item(value)
