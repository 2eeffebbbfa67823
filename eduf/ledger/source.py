"""A file of vouchers or payroll lines as rows of text in the database, whatever kind of file it is."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from eduf.files.content import refused
from eduf.files.rows import rows
from eduf.files.shape import Form
from eduf.ledger import headings
from eduf.ledger.duck import literal_path, quoted
from eduf.ledger.encoding import seen, sha256, spool, transcode
from eduf.ledger.headings import Headings
from eduf.problems import Place, Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_PARQUET = b"PAR1"
_BEGINNING = 1 << 16  # characters in which the headings are looked for


@dataclass(frozen=True)
class Source:
    """A file that can be read: `relation` is SQL for its rows, numbered by `n` from 1, each column of the form as text.

    `before` are the lines above the first row; `lines` those of the whole file, None where a row is a line anyway.
    """

    path: Path
    kind: str
    sha256: str
    relation: str
    headings: Headings
    encoding: str = ""
    codec: str = ""
    before: int = 0
    lines: int | None = None

    def notices(self) -> tuple[Problem, ...]:
        """Columns that were not read."""
        if not self.headings.ignored:
            return ()
        place = Place(str(self.path), self.headings.row)
        return (Problem("ledger_columns_ignored", "notice", place, {"found": "、".join(self.headings.ignored)}),)


@contextmanager
def opened(
    connection: "DuckDBPyConnection", path: Path, form: Form, own: Mapping[str, str], sheet: str = ""
) -> Iterator[Source]:
    """The rows of a file, told by its beginning: a workbook, Parquet or a text with separators."""
    start = _start(path)
    with ExitStack() as stack:
        if start.startswith(_BOOKS):
            yield _book(stack, path, form, own, sheet)
        elif start.startswith(_PARQUET):
            yield _parquet(connection, path, form, own)
        else:
            yield _text(stack, path, form, own)


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


def _text(stack: ExitStack, path: Path, form: Form, own: Mapping[str, str]) -> Source:
    look = seen(path)
    with path.open(encoding=look.encoding, newline="") as file:
        found = headings.of_text(path, file.read(_BEGINNING), form, own)
    skip, name = found.lines, literal_path(str(path))
    if look.encoding != "utf-8-sig" or not look.uniform or found.lines > 1:
        file_, spooled = stack.enter_context(spool())
        transcode(path, look.encoding, found.lines, file_)
        skip, name = 0, quoted(spooled)
    relation = _relation(_csv(name, found, skip), found, form)
    return Source(path, "csv", look.sha256, relation, found, look.name, look.encoding, found.lines, look.lines)


def _book(stack: ExitStack, path: Path, form: Form, own: Mapping[str, str], sheet: str) -> Source:
    table = iter(rows(path, sheet))
    first = headings.first_rows(table)
    found = headings.of_rows(path, first, form, own)
    file, name = stack.enter_context(spool())
    _copied(chain(first[found.lines :], table), file)
    relation = _relation(_csv(quoted(name), found, 0), found, form)
    return Source(path, "xlsx", sha256(path), relation, found, before=found.lines)


def _copied(table: Iterable[Iterable[str]], to: IO[bytes]) -> None:
    text = io.TextIOWrapper(to, encoding="utf-8", newline="")
    csv.writer(text, lineterminator="\n").writerows(table)
    text.detach().flush()


def _parquet(connection: "DuckDBPyConnection", path: Path, form: Form, own: Mapping[str, str]) -> Source:
    rows_ = f"read_parquet({literal_path(str(path))})"
    names = [each[0] for each in connection.execute(f"select * from {rows_} limit 0").description or ()]
    found = headings.of_rows(path, [names], form, own)
    table = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}"::varchar as c{n}' for n, name in enumerate(names))
    return Source(path, "parquet", sha256(path), _relation(f"(select {table} from {rows_})", found, form), found)


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
