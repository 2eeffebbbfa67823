"""What the database says of a file that is not as it should be, in eduf's words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from eduf.ledger.duck import first_sentence
from eduf.ledger.source import NoPlainText, Source
from eduf.problems import Place, Problem, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST = 20
_CODES = {
    "TOO MANY COLUMNS": "ledger_columns",
    "MISSING COLUMNS": "ledger_columns",
    "UNQUOTED VALUE": "ledger_quote",
    "LINE SIZE OVER MAXIMUM": "ledger_long",
}


@contextmanager
def said(connection: "DuckDBPyConnection", source: Source) -> Iterator[None]:
    """Turns an error of the database into Refused, with every wrong line that it tells, or into NoPlainText."""
    import duckdb

    try:
        yield
    except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.IOException) as error:
        if "Invalid unicode" in str(error):
            raise NoPlainText from error
        found = list(_lines(connection, source)) if source.kind == "csv" else []
        raise Refused(found or [_whole(source, str(error))]) from error


def _lines(connection: "DuckDBPyConnection", source: Source) -> Iterator[Problem]:
    """The lines that do not fit the columns, as a second reading that goes on after errors tells them."""
    import duckdb

    relation = source.relation.replace("header=false", "header=false, store_rejects=true")
    try:
        connection.execute(f"select count(*) from {relation}").fetchall()
        found = connection.execute(
            "select line, first(error_type), first(error_message) from reject_errors "
            f"group by line order by line limit {_MOST}"
        ).fetchall()
    except duckdb.Error:
        return
    for line, kind, message in found:
        code = _CODES.get(kind)
        counts = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
        if code == "ledger_columns" and counts is None:
            continue
        values = {"expected": counts[1], "found": counts[2]} if counts else {}
        if code:
            yield Problem(code, "error", Place(str(source.path), line + _skipped(source)), values)


def _skipped(source: Source) -> int:
    """Lines that the copy which the database reads does not have."""
    return 0 if "skip=1" in source.relation else source.before


def _whole(source: Source, reason: str) -> Problem:
    """One sentence of the database, without its advice."""
    line = re.search(r"CSV Error on Line: (\d+)", reason)
    place = Place(str(source.path), int(line[1]) + _skipped(source) if line else None)
    if "unterminated quote" in reason:
        return Problem("ledger_quote", "error", place)
    if "Maximum line size" in reason:
        return Problem("ledger_long", "error", place)
    return Problem("ledger_damaged", "error", place, {"reason": first_sentence(reason)})
