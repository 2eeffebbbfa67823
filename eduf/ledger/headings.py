"""The tables that are read: which column of a file is which, by its headings in either language."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from eduf.files.content import refused
from eduf.files.shape import Form, heading, label
from eduf.law import Text
from eduf.problems import Place, Problem, Refused
from eduf.words import LANGUAGES, known, word

VOUCHERS = Form(
    "vouchers",
    ("date", "voucher", "account", "text", "debit", "credit", "cost_center", "beneficiary", "front_line"),
    ("date", "voucher", "account", "text", "debit", "credit"),
)
PAYROLL = Form("payroll", ("date", "item", "amount", "person", "cost_center"), ("date", "item", "amount"))
AMOUNTS = ("debit", "credit", "amount")
_SEPARATORS = (",", "\t", ";", "|")
_HIGHEST = 20  # rows in which the headings are looked for
_WAN = re.compile("万|10,?000")


class Headings(NamedTuple):
    """Where the columns stand: `row` is the line of the headings, `columns` the position of each key."""

    row: int
    lines: int
    width: int
    columns: Mapping[str, int]
    separator: str
    ignored: tuple[str, ...]


def of_text(path: Path, text: str, form: Form, own: Mapping[str, str]) -> Headings:
    """The headings in the beginning of a text with separators. Raises Refused where there are none."""
    tries = [_try(path, text, separator, form, own) for separator in _SEPARATORS]
    best = max(tries, key=lambda each: len(each.columns))
    return _judged(path, best, form)


def of_rows(path: Path, rows: Iterable[Sequence[str]], form: Form, own: Mapping[str, str]) -> Headings:
    """The headings among the first rows of a sheet."""
    found = [_headings(path, n, n, row, form, own) for n, row in enumerate(rows, 1)]
    return _judged(path, max(found, key=lambda each: len(each.columns), default=_NOTHING), form)


def first_rows(rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """The rows among which the headings must stand."""
    return [row for row, _ in zip(rows, range(_HIGHEST), strict=False)]


_NOTHING = Headings(1, 1, 0, {}, ",", ())


def _try(path: Path, text: str, separator: str, form: Form, own: Mapping[str, str]) -> Headings:
    reader, before, best = csv.reader(io.StringIO(text, newline=None), delimiter=separator), 0, _NOTHING
    try:
        for row, _ in zip(reader, range(_HIGHEST), strict=False):
            found = _headings(path, before + 1, reader.line_num, row, form, own, separator)
            best = max(best, found, key=lambda each: len(each.columns))
            before = reader.line_num
    except csv.Error:
        return best
    return best


def _headings(
    path: Path, row: int, lines: int, cells: Sequence[str], form: Form, own: Mapping[str, str], separator: str = ","
) -> Headings:
    names = _names(form, own)
    columns: dict[str, int] = {}
    ignored, twice = [], []
    for position, cell in enumerate(cells):
        key = names.get(heading(cell))
        if key is None:
            ignored += [cell.strip()] if cell.strip() else []
        elif key in columns:
            twice.append(cell.strip())
        else:
            columns[key] = position
    if twice and not set(form.required) - set(columns):
        raise Refused([Problem("book_column_twice", "error", Place(str(path), row), {"found": each}) for each in twice])
    _in_yuan(path, row, cells, columns)
    return Headings(row, lines, len(cells), columns, separator, tuple(ignored))


def _in_yuan(path: Path, row: int, cells: Sequence[str], columns: Mapping[str, int]) -> None:
    for key in AMOUNTS:
        if key in columns and _WAN.search(cells[columns[key]]):
            raise refused("ledger_unit", path, row, found=cells[columns[key]].strip())


def _names(form: Form, own: Mapping[str, str]) -> dict[str, str]:
    """The key of every heading: eduf's own, what systems usually write, and what the mapping file says."""
    usual = {
        heading(each): key
        for key in form.columns
        for lang in LANGUAGES
        if known(f"ledger.headings.{key}")
        for each in word(f"ledger.headings.{key}", lang).split("|")
    }
    return {**usual, **form.headings(), **{heading(each): key for key, each in own.items()}}


def _judged(path: Path, found: Headings, form: Form) -> Headings:
    missing = [key for key in form.required if key not in found.columns]
    if len(missing) == len(form.required) or not found.columns:
        raise refused("ledger_no_headings", path, None, rows=_HIGHEST, expected=_labels(form, form.required))
    if missing:
        place = Place(str(path), found.row)
        raise Refused(
            Problem("ledger_column_missing", "error", place, {"key": key, "column": _labels(form, [key])})
            for key in missing
        )
    return found


def _labels(form: Form, keys: Iterable[str]) -> Text:
    keys = list(keys)
    zh, en = ([label(form, key, lang) for key in keys] for lang in LANGUAGES)
    return Text(zh="、".join(zh), en=", ".join(en))
