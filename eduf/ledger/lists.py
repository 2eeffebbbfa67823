"""The lines that somebody should look at, each list with its number and its sum, and its first lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from eduf.ledger import classes
from eduf.ledger.duck import listed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST = 1_000  # lines of a list that are kept
NAMES = (
    "asked",
    "unassigned",
    "unmatched",
    "forbidden",
    "union_fund",
    "other_period",
    "names_other_year",
    "duplicated",
    "reversed",
    "refunds",
)
OPEN = ("asked", "unassigned", "unmatched")  # what must be settled before the totals are whole


@dataclass(frozen=True)
class Line:
    """A line of the ledger. `row` counts the rows below the headings; `other` is the row that it goes with."""

    row: int
    day: date
    voucher: str | None
    account: str
    text: str | None
    net: Decimal
    rule: str | None
    asked: str | None
    assigned: str
    other: int | None = None


@dataclass(frozen=True)
class Listed:
    """A list: how many lines it has, what their debits less credits come to, and the first of them."""

    count: int
    net: Decimal
    lines: tuple[Line, ...]


_SPENDING = (*classes.uses(), classes.IN_FULL)
_KEY = "day, account, said, net, cost_center, beneficiary"
_YEAR = r"(20\d\d)年"
_NO_SPENDING = listed((classes.EXTRACTION, classes.RECLASSIFICATION, classes.IGNORE))
_COUNTED = f"net > 0 and not reversed and original is null and class not in {_NO_SPENDING}"


def _wheres() -> Mapping[str, str]:
    return {
        "asked": f"class = '{classes.ASK}'",
        "unassigned": f"class = '{classes.UNASSIGNED}'",
        "unmatched": f"class = '{classes.REVERSAL}'",
        "forbidden": f"class in {listed(classes.forbidden())}",
        "union_fund": f"class = '{classes.UNION_FUND}'",
        "other_period": f"class = '{classes.OTHER_PERIOD}'",
        "names_other_year": f"class in {listed(_SPENDING)} and regexp_matches(said, '{_YEAR}') "
        f"and regexp_extract(said, '{_YEAR}', 1) <> year(day)::varchar",
        "reversed": "original is not null",
        "refunds": f"class in {listed(_SPENDING)} and net < 0 and original is null",
    }


def lists(connection: "DuckDBPyConnection") -> dict[str, Listed]:
    """Every list by its name."""
    wheres = _wheres()
    return {name: _duplicated(connection) if name == "duplicated" else _of(connection, wheres[name]) for name in NAMES}


def _of(connection: "DuckDBPyConnection", where: str) -> Listed:
    return _listed(connection, f"(select *, original as other from final where {where})")


def _duplicated(connection: "DuckDBPyConnection") -> Listed:
    """Lines like an earlier one: day, account, words, amount, cost centre and beneficiary; `other` is the earliest."""
    counted = f"(select *, hash({_KEY}) as alike from final where {_COUNTED})"
    twice = f"(select alike, min(n) as other from {counted} group by alike having count(*) > 1)"
    return _listed(
        connection,
        f"(select f.*, t.other from {counted} f join {twice} t on t.alike = f.alike "
        "join line o on o.n = t.other and o.said = f.said and o.net = f.net where f.n <> t.other)",
    )


def _listed(connection: "DuckDBPyConnection", rows: str) -> Listed:
    found = connection.execute(f"select count(*), coalesce(sum(net), 0)::decimal(38,2) from {rows}").fetchone()
    assert found is not None
    count, net = found
    shown = connection.execute(
        f"select n, day, voucher, account, text, net, name, asked, class, other from {rows} order by n limit {MOST}"
    ).fetchall()
    return Listed(count, net, tuple(Line(*row) for row in shown))
