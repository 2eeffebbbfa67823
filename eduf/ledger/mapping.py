"""The mapping file: which rule assigns a line of the ledger to what, by account, words, side, centre or voucher."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictBool, ValidationError
from pydantic_core import ErrorDetails

from eduf.case import Places
from eduf.files import tables, toml
from eduf.files.content import content, refused
from eduf.ledger import classes
from eduf.ledger.headings import PAYROLL, VOUCHERS
from eduf.problems import Problem, Refused
from eduf.reading import Format, Name, Span
from eduf.validation import errors_of

_HERE = Path(__file__).parent
_COLUMNS = (*VOUCHERS.columns, *PAYROLL.columns)
NARROW = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
WIDE = "".join(chr(ord(each) + 0xFEE0) for each in NARROW)
_FULL_WIDTH = str.maketrans(WIDE, NARROW)
To = Annotated[Name, BeforeValidator(lambda typed: str(typed) if isinstance(typed, int) else typed)]  # 4 or "4"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Model):
    """A line fits where every condition that is stated fits; of a list, one entry must."""

    name: Name
    to: To
    account: tuple[Name, ...] = ()
    words: tuple[Name, ...] = ()
    side: Literal["debit", "credit"] | None = None
    cost_center: tuple[Name, ...] = ()
    vouchers: tuple[Name, ...] = ()
    equipment: Literal["cost", "depreciation"] | None = None
    front_line: StrictBool | None = None


class Table(_Model):
    """A mapping file as it stands. `accounts` are the fund's; `years`, where stated, the only ones that count."""

    format: Format
    accounts: tuple[Name, ...]
    years: Span | None = None
    front_line_centers: tuple[Name, ...] = ()
    ask: tuple[Name, ...] = ()
    columns: Mapping[str, Name] = {}
    rule: tuple[Rule, ...]


@dataclass(frozen=True)
class Map:
    """A mapping file that was read, and its fingerprint."""

    table: Table
    places: Places
    wages: bool = False

    def asking(self) -> tuple[str, ...]:
        """The words that only ask, as they are compared."""
        return tuple(dict.fromkeys(map(folded, (*classes.ASKING, *self.table.ask))))


def folded(text: str) -> str:
    """A text as words are looked for in it: full-width letters and capitals are no difference."""
    return text.translate(_FULL_WIDTH).lower()


def template(lang: str) -> bytes:
    """A mapping file to begin with, commented."""
    return (_HERE / f"map.{lang}.toml").read_bytes()


def read(path: Path, *, wages: bool = False) -> Map:
    """The mapping in a TOML file, for vouchers or for payroll lines. Raises Refused with every problem of the file."""
    if not path.exists():
        raise refused("map_missing", path)
    raw, places = toml.table(path, content(path, toml.LARGEST))
    table, problems = None, list[Problem]()
    try:
        table = Table.model_validate(raw)
    except ValidationError as error:
        problems += (_problem(each, places) for each in errors_of(error))
    found = None if table is None else Map(table, places, wages)
    problems += _wrong(found) if found else ()
    if found is None or problems:
        raise Refused(problems)
    return found


def _problem(error: ErrorDetails, places: Places) -> Problem:
    """As of a case, but a key that is not known is not sought in one."""
    found = tables.problem(error, places, Table)
    return replace(found, code="map_key") if found.code == "unknown_key" else found


def _wrong(found: Map) -> Iterator[Problem]:
    """What the rules get wrong that each key alone does not."""
    table, places = found.table, found.places
    if not table.accounts:
        yield Problem("map_accounts", "error", places("accounts"))
    for key in sorted(set(table.columns) - set(_COLUMNS)):
        yield Problem("map_column", "error", places("columns", key), {"known": ", ".join(dict.fromkeys(_COLUMNS))})
    names = [rule.name for rule in table.rule]
    for n, rule in enumerate(table.rule):
        if rule.name in names[:n]:
            yield Problem("map_name_twice", "error", places("rule", n, "name"), {"found": rule.name})
        for code, key, values in _wrong_rule(rule, found):
            yield Problem(code, "error", places("rule", n, key), values)


def _wrong_rule(rule: Rule, found: Map) -> Iterator[tuple[str, str, dict[str, Any]]]:
    known = classes.assignable(wages=found.wages)
    if rule.to not in known:
        yield "map_to", "to", {"found": rule.to, "known": ", ".join(known)}
    if (rule.to == classes.EQUIPMENT) != (rule.equipment is not None):
        yield "map_equipment" if rule.to == classes.EQUIPMENT else "map_no_equipment", "equipment", {"found": rule.to}
    asking = [each for each in rule.words if asked(each, found.asking())]
    if asking and not rule.vouchers and rule.to in classes.guarded():
        yield "map_only_asks", "words", {"found": ", ".join(asking), "to": rule.to}


def asked(text: str, asking: tuple[str, ...]) -> str:
    """The first word in a text that only asks, or nothing."""
    match = re.search("|".join(map(re.escape, asking)), folded(text))
    return match[0] if match else ""
