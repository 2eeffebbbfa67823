"""Ledgers of vouchers and payroll lines: what each line is, what a year comes to, and what somebody should look at."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from eduf.files.content import refused
from eduf.law import Text
from eduf.ledger import broken, entries, lists, reversals, rules, totals
from eduf.ledger.duck import database
from eduf.ledger.entries import Sum
from eduf.ledger.headings import PAYROLL, VOUCHERS
from eduf.ledger.lines import Rows
from eduf.ledger.lists import MOST, Listed
from eduf.ledger.mapping import Map
from eduf.ledger.source import NoPlainText, Source, opened
from eduf.ledger.totals import RuleTotal, Year
from eduf.money import LIMIT, shown, written
from eduf.problems import Place, Problem, Refused
from eduf.words import LANGUAGES, word

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Ledger", "read", "reading"]


@dataclass(frozen=True)
class Ledger:
    """What a file of vouchers comes to under a mapping. `sums` are the file's rows by accepted, ignored, rejected."""

    source: Source
    mapping: Map
    sums: Mapping[str, Sum]
    years: tuple[Year, ...]
    rules: tuple[RuleTotal, ...]
    lists: Mapping[str, Listed]
    total_rows: int
    problems: tuple[Problem, ...]

    @property
    def file(self) -> Sum:
        """All rows of the file."""
        accepted, *others = self.sums.values()
        return reduce(Sum.plus, others, accepted)

    def place(self, line: int | None) -> Place:
        """A line of the file."""
        return Place(str(self.source.path), line)


def read(path: Path, mapping: Map, years: str | None = None, sheet: str = "") -> Ledger:
    """Read a ledger. `years` (2025 or 2024-2025) are those that count, else the mapping's, else all.

    Raises Refused where the file is no table of vouchers, or teaching equipment counts twice.
    """
    with reading(path, mapping, years, sheet) as (_, ledger):
        return ledger


@contextmanager
def reading(
    path: Path, mapping: Map, years: str | None = None, sheet: str = ""
) -> "Iterator[tuple[DuckDBPyConnection, Ledger]]":
    """The ledger, with the database that still holds the view `final` of its lines."""
    with database() as connection, ExitStack() as stack:
        source, sums = _entries(connection, stack, path, mapping, sheet)
        where = Rows(source, sum(each.rows for each in sums.values()))
        rules.make(connection, mapping)
        reversals.make(connection)
        reversals.view(connection, *_ends(years or mapping.table.years))
        _not_both(connection, source, where)
        found = _at_lines(lists.lists(connection), where)
        problems = (*source.notices(), *_rejected(connection, source, where), *_unclear(connection, source, where))
        count = connection.execute("select count(*) from entry where total_row").fetchone()
        yield (
            connection,
            Ledger(
                source,
                mapping,
                sums,
                totals.years(connection),
                totals.rules(connection),
                found,
                count[0] if count else 0,
                problems,
            ),
        )


def _entries(
    connection: "DuckDBPyConnection", stack: ExitStack, path: Path, mapping: Map, sheet: str
) -> tuple[Source, dict[str, Sum]]:
    """The entries of a file, read as it stands where that goes, else with care."""
    form = PAYROLL if mapping.wages else VOUCHERS
    for careful in (False, True):
        with suppress(NoPlainText):
            source = stack.enter_context(opened(connection, path, form, mapping.table, sheet, careful=careful))
            if sums := _read(connection, source, mapping):
                return source, sums
    raise refused("ledger_encoding", path)


def _read(connection: "DuckDBPyConnection", source: Source, mapping: Map) -> dict[str, Sum] | None:
    """The sums, or None where the text turned out not to be as its beginning let expect."""
    try:
        with broken.said(connection, source):
            sums = entries.make(connection, source, mapping)
    except Refused:
        if source.fits():
            raise
        return None
    if source.fits():
        return sums
    connection.execute("drop table entry; drop table typed")
    return None


def _ends(years: str | None) -> tuple[int | None, int | None]:
    """The first and last year of `2025`, `2024-2025` or `2024-`."""
    if not years:
        return None, None
    first, dash, last = years.partition("-")
    return int(first), int(last) if last else 9999 if dash else int(first)


def _at_lines(found: Mapping[str, Listed], where: Rows) -> dict[str, Listed]:
    """The lists with lines of the file in the place of rows."""
    rows = {row for each in found.values() for line in each.lines for row in (line.row, line.other) if row}
    at = where.lines(rows)
    return {
        name: replace(
            each,
            lines=tuple(
                replace(line, row=at[line.row], other=at[line.other] if line.other else None) for line in each.lines
            ),
        )
        for name, each in found.items()
    }


def _rejected(connection: "DuckDBPyConnection", source: Source, where: Rows) -> list[Problem]:
    rows = list(entries.rejected(connection, MOST))
    at = where.lines({n for n, _, _, _ in rows})
    return [
        Problem(code, "error", Place(str(source.path), at[n], (column,)), _values(code, typed))
        for n, column, typed, code in rows
    ]


def _unclear(connection: "DuckDBPyConnection", source: Source, where: Rows) -> list[Problem]:
    """Lines of spending whose mark of front-line staff cannot be read."""
    rows = rules.unclear(connection, MOST)
    at = where.lines({n for n, _ in rows})
    return [
        Problem(
            "ledger_front_line", "warning", Place(str(source.path), at[n], ("front_line",)), {"found": shown(typed)}
        )
        for n, typed in rows
    ]


def _values(code: str, typed: str) -> dict[str, object]:
    return {"found": shown(typed), "limit": written(LIMIT)} if code == "amount_over_limit" else {"found": shown(typed)}


def _not_both(connection: "DuckDBPyConnection", source: Source, where: Rows) -> None:
    """Teaching equipment counts by its cost or by its depreciation, never by both."""
    found = rules.equipment(connection)
    if len(found) < 2:
        return
    at = where.lines({n for _, n, _, _ in found})
    raise Refused(
        Problem("ledger_equipment", "error", Place(str(source.path), at[n]), _equipment(way, count, net))
        for way, n, count, net in found
    )


def _equipment(way: str, count: int, net: Decimal) -> dict[str, object]:
    said = {lang: word(f"ledger.equipment.{way}", lang) for lang in LANGUAGES}
    return {"way": Text(**said), "count": count, "sum": written(net)}
