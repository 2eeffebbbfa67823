"""A case file with other scenarios: everything else stays as it stands, comments and order among it."""

from collections.abc import MutableMapping, MutableSequence
from typing import Any

from eduf.case import Case, Difference, Scenario
from eduf.files import document
from eduf.money import Typed


def revised(content: bytes, case: Case, lang: str) -> bytes:
    """The file's text with the scenarios of the case in the place of its own.

    A scenario that is the same stays to the letter; of another, the differences that are the same keep their lines.
    """
    import tomlkit

    text = content.decode("utf-8-sig")
    stated = tomlkit.parse(text)
    tables = stated.get("scenario")
    if not isinstance(tables, tomlkit.items.AoT):
        stated.pop("scenario", None)
        tables = tomlkit.aot()
    _keep(tables, case.scenarios)
    for each in case.scenarios:
        found = next((table for table in tables if _name(table) == each.name), None)
        if found is None:
            tables.append(_table(each, lang))
        else:
            _revise(found, each)
    if case.scenarios and "scenario" not in stated:
        stated.append("scenario", tables)
    elif not case.scenarios:
        stated.pop("scenario", None)
    return tomlkit.dumps(stated).encode("utf-8")


def _table(scenario: Scenario, lang: str) -> Any:
    """A table of its own, an empty line above it."""
    table = document.table_of(scenario.model_dump(by_alias=True, exclude_defaults=True), lang)
    table.trivia.indent = "\n"
    return table


def _name(table: MutableMapping[str, Any]) -> str:
    return str(table.get("name")).strip()


def _keep(tables: MutableSequence[Any], scenarios: tuple[Scenario, ...]) -> None:
    """Without the tables of scenarios that are no longer there."""
    names = {each.name for each in scenarios}
    for position in reversed(range(len(tables))):
        if _name(tables[position]) not in names:
            del tables[position]


def _revise(table: MutableMapping[str, Any], scenario: Scenario) -> None:
    """The differences that the scenario no longer has go, the new ones stand at the end; their order says nothing."""
    rows = table["set"]
    wanted = list(scenario.set)
    ends_alone = rows.as_string().rstrip("] ").endswith("\n")
    for position in reversed(range(len(rows))):
        stands = Difference.model_validate(_plain(rows[position]))
        if stands in wanted:
            wanted.remove(stands)
        else:
            del rows[position]
    for each in wanted:
        item = document.item_of("set", each.model_dump(by_alias=True, exclude_defaults=True))
        rows.add_line(item, indent="    ") if hasattr(rows, "add_line") else rows.append(item)
    if wanted and hasattr(rows, "add_line") and not ends_alone:
        rows.add_line(indent="")


def _plain(row: MutableMapping[str, Any]) -> dict[str, Any]:
    """A row with its numbers as they are typed, so that none becomes a float."""
    return {key: Typed(item.as_string()) if _is_number(item) else item.unwrap() for key, item in row.items()}


def _is_number(item: Any) -> bool:
    return not isinstance(item.unwrap(), str | list | bool)
