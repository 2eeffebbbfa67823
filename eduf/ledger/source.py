"""A file of vouchers or payroll lines as rows of text in the database, whatever kind of file it is."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from eduf.files.content import refused
from eduf.files.rows import rows
from eduf.files.shape import Form
from eduf.ledger import headings
from eduf.ledger.duck import first_sentence, literal_path, quoted
from eduf.ledger.encoding import Seen, begins_plainly, fingerprint, looked, seen, spool, transcode
from eduf.ledger.headings import Headings
from eduf.ledger.mapping import Table
from eduf.problems import Place, Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_PARQUET = b"PAR1"
_BEGINNING = 1 << 16  # characters in which the headings are looked for


class NoPlainText(Exception):  # noqa: N818 - it says what the file is
    """The text cannot be read as it stands, only from a copy."""


@dataclass(frozen=True)
class Source:
    """A file that can be read: `relation` is SQL for its rows, numbered by `n` from 1, each column of the form as text.

    `before` are the lines above the first row; `look` is being found out while the rows are read.
    """

    path: Path
    kind: str
    relation: str
    headings: Headings
    look: "Future[Seen]"
    before: int = 0
    as_it_stands: bool = True

    @property
    def seen(self) -> Seen:
        """Fingerprint, encoding and lines. Raises Refused where the file is no text."""
        return self.look.result()

    def fits(self) -> bool:
        """Whether the rest of a text is as its beginning let expect, so that it was rightly read as it stands."""
        return not self.as_it_stands or self.seen.uniform

    def notices(self) -> tuple[Problem, ...]:
        """Columns that were not read."""
        if not self.headings.ignored:
            return ()
        place = Place(str(self.path), self.headings.row)
        return (Problem("ledger_columns_ignored", "notice", place, {"found": "、".join(self.headings.ignored)}),)


@contextmanager
def opened(
    connection: "DuckDBPyConnection", path: Path, form: Form, mapping: Table, sheet: str = "", *, careful: bool = False
) -> Iterator[Source]:
    """The rows of a file, told by its beginning: a workbook, Parquet or a text with separators.

    `careful` looks through all of a text before it is read, and copies it where DuckDB could not read it as it stands.
    """
    start, own = _start(path), mapping.columns
    with ExitStack() as stack:
        aside = stack.enter_context(ThreadPoolExecutor(1))
        if start.startswith(_BOOKS):
            yield _book(stack, path, form, own, sheet, aside.submit(fingerprint, path))
        elif start.startswith(_PARQUET):
            yield _parquet(connection, path, form, own, aside.submit(fingerprint, path))
        elif careful or not begins_plainly(path):
            yield _copy(stack, path, form, own, seen(path))
        else:
            yield _text(path, form, own, aside.submit(looked, path, "utf-8-sig"))


def _start(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise refused("ledger_no_file", path)
        with path.open("rb") as file:
            start = file.read(8)
    except FileNotFoundError as error:
        raise refused("ledger_missing", path) from error
    except PermissionError as error:
        raise refused("file_not_permitted", path) from error
    except OSError as error:
        raise refused("file_unreadable", path, reason=error.strerror or str(error)) from error
    if not start:
        raise refused("ledger_empty", path)
    return start


def _text(path: Path, form: Form, own: Mapping[str, str], look: "Future[Seen]") -> Source:
    found = _found(path, "utf-8-sig", form, own)
    if found.lines > 1:
        raise NoPlainText
    relation = _relation(_csv(literal_path(str(path)), found, 1), found, form)
    return Source(path, "csv", relation, found, look, 1)


def _copy(stack: ExitStack, path: Path, form: Form, own: Mapping[str, str], look: Seen) -> Source:
    found = _found(path, look.encoding, form, own)
    file, name = stack.enter_context(spool())
    transcode(path, look.encoding, found.lines, file)
    relation, done = _relation(_csv(quoted(name), found, 0), found, form), Future[Seen]()
    done.set_result(look)
    return Source(path, "csv", relation, found, done, found.lines, as_it_stands=False)


def _found(path: Path, encoding: str, form: Form, own: Mapping[str, str]) -> Headings:
    with path.open(encoding=encoding, newline="") as file:
        return headings.of_text(path, file.read(_BEGINNING), form, own)


def _book(stack: ExitStack, path: Path, form: Form, own: Mapping[str, str], sheet: str, look: "Future[Seen]") -> Source:
    table = iter(rows(path, sheet))
    first = headings.first_rows(table)
    found = headings.of_rows(path, first, form, own)
    file, name = stack.enter_context(spool())
    _copied(chain(first[found.lines :], table), file)
    relation = _relation(_csv(quoted(name), found, 0), found, form)
    return Source(path, "xlsx", relation, found, look, found.lines)


def _copied(table: Iterable[Iterable[str]], to: IO[bytes]) -> None:
    text = io.TextIOWrapper(to, encoding="utf-8", newline="")
    csv.writer(text, lineterminator="\n").writerows(table)
    text.detach().flush()


def _parquet(
    connection: "DuckDBPyConnection", path: Path, form: Form, own: Mapping[str, str], look: "Future[Seen]"
) -> Source:
    rows_ = f"read_parquet({literal_path(str(path))})"
    names = _names(connection, path, rows_)
    found = headings.of_rows(path, [names], form, own)
    table = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}"::varchar as c{n}' for n, name in enumerate(names))
    return Source(path, "parquet", _relation(f"(select {table} from {rows_})", found, form), found, look)


def _names(connection: "DuckDBPyConnection", path: Path, table: str) -> list[str]:
    import duckdb

    try:
        return [each[0] for each in connection.execute(f"select * from {table} limit 0").description or ()]
    except duckdb.Error as error:
        raise refused("ledger_damaged", path, reason=first_sentence(str(error))) from error


def _csv(name: str, found: Headings, skip: int) -> str:
    columns = ", ".join(f"c{n}: 'VARCHAR'" for n in range(found.width))
    return (
        f"read_csv({name}, auto_detect=false, columns={{{columns}}}, delim={quoted(found.separator)}, quote='\"', "
        f"escape='\"', header=false, skip={skip}, strict_mode=true, null_padding=false, compression='none', "
        f"encoding='utf-8')"
    )


def _relation(table: str, found: Headings, form: Form) -> str:
    """The rows with the form's columns; payroll lines take the places of vouchers."""
    columns = {key: f"c{position}" for key, position in found.columns.items()}
    if form is headings.PAYROLL:
        columns = {
            "date": columns["date"],
            "voucher": columns.get("person", "null"),
            "account": columns["item"],
            "text": columns["item"],
            "debit": columns["amount"],
            "cost_center": columns.get("cost_center", "null"),
        }
    keys = headings.VOUCHERS.columns
    chosen = ", ".join(f"{columns.get(key, 'null')}::varchar as {key}" for key in keys)
    return f"(select row_number() over () as n, {chosen} from {table})"
