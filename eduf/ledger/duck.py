"""The database in memory through which a ledger runs, and how texts and patterns are written in its SQL."""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from eduf.ledger.mapping import NARROW, WIDE, folded
from eduf.problems import Problem, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "700MB"  # of the database; what is more goes to the system's temporary folder and is gone afterwards
BLANKS = " \t\r\n\u00a0\u3000"


@contextmanager
def database() -> Iterator["DuckDBPyConnection"]:
    """A database in memory. Raises Refused where duckdb is not installed."""
    try:
        import duckdb
    except ImportError as error:
        raise Refused([Problem("ledger_needs_duckdb", "error")]) from error
    spill = Path(tempfile.gettempdir()) / f"eduf-{os.getpid()}.spill"  # made only where the memory does not do
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(spill),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        connection.execute("set enable_progress_bar = false")  # it would stand on standard output
        yield connection
    finally:
        connection.close()


def first_sentence(reason: str) -> str:
    """What the database says of an error, without its kind and its advice."""
    return re.sub(r"^[A-Za-z ]*Error: ", "", reason.splitlines()[0])


def quoted(text: str) -> str:
    """A text as a literal."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Sequence[str]) -> str:
    """Texts as the list of an `in`."""
    return f"({', '.join(map(quoted, texts))})"


def literal_path(path: str) -> str:
    """A file's name as a literal in which no character stands for several files."""
    return quoted("".join(f"[{each}]" if each in "*?[" else each for each in path))


def plain(column: str) -> str:
    """The text of a column without blanks around it, NULL where nothing is left.

    Here and below a cheap test guards what is slow and rarely needed.
    """
    return f"nullif(case when {padded(column)} then trim({column}, {quoted(BLANKS)}) else {column} end, '')"


def padded(column: str) -> str:
    """Whether blanks stand around the text of a column."""
    ends = " or ".join(f"ends_with({column}, '{each}')" for each in BLANKS)
    return f"(({indented(column)}) or {ends})"


def indented(column: str) -> str:
    """Whether the text of a column begins with a blank."""
    wide = " or ".join(f"starts_with({column}, '{each}')" for each in BLANKS[-2:])
    return f"case when {column} > '~' then {wide} else {column} < '!' end"


def fold(column: str) -> str:
    """The text of a column as words are looked for in it."""
    return f"lower({narrow(column)})"


def narrow(column: str, others: str = "", plain_others: str = "") -> str:
    """The text of a column with full-width letters, digits and these other characters in their plain forms."""
    wide = f"regexp_matches({column}, '[０-９Ａ-Ｚａ-ｚ{others}]')"
    return (
        f"case when {wide} then translate({column}, {quoted(WIDE + others)}, {quoted(NARROW + plain_others)}) "
        f"else {column} end"
    )


def holds(column: str, words: Sequence[str]) -> str:
    """Whether a folded text holds one of the words."""
    plain_words = [each for each in map(folded, words) if each.isalnum()]
    tries = [f"contains({column}, {quoted(each)})" for each in map(folded, words) if not each.isalnum()]
    tries += [f"regexp_matches({column}, {quoted('|'.join(plain_words))})"] if plain_words else []
    return f"({' or '.join(tries)})"


def fits(column: str, patterns: Sequence[str]) -> str:
    """Whether a text is one of the patterns, in which * stands for any characters."""
    return "(" + " or ".join(_fits(column, each) for each in patterns) + ")"


def _fits(column: str, pattern: str) -> str:
    start, star, rest = pattern.partition("*")
    if not star:
        return f"{column} = {quoted(pattern)}"
    if not rest:
        return f"starts_with({column}, {quoted(start)})"
    escaped = pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("*", "%")
    return f"{column} like {quoted(escaped)} escape '\\'"
