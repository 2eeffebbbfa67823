"""Filed returns in a CSV with the form's own headings: a line is a row of the form, or the balances of a year."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eduf import money
from eduf.case import Filed, FiledRow, Places
from eduf.files import shape
from eduf.files.content import content, refused
from eduf.problems import Path as Steps
from eduf.problems import Place, Problem, Refused
from eduf.reading import year_number
from eduf.words import LANGUAGES

LARGEST = 20_000_000  # bytes
_NOTHING = frozenset({"", "*", "-", "–", "—"})  # as the form marks a column that a row does not have
_OTHER_ROWS = frozenset(map(str, (2, 3, *range(7, 14))))
_BALANCES = ("fund_balance", "deferred_tax")


@dataclass(frozen=True)
class FiledFile:
    """The returns of a file, with the line of everything in it."""

    filed: tuple[Filed, ...]
    places: Places


@dataclass
class _Found:
    """What was read so far."""

    file: str
    years: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[Steps, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    ignored: int = 0

    def wrong(self, code: str, line: int, path: Steps = (), year: int | None = None, **values: object) -> None:
        self.problems.append(Problem(code, "error", Place(self.file, line, path, year), values))

    def table(self, year: int, line: int) -> tuple[int, dict[str, Any]]:
        """The table of a year, begun where there is none, with its position."""
        for n, each in enumerate(self.years):
            if each["year"] == year:
                return n, each
        self.years.append({"year": year})
        self.lines[("filed", len(self.years) - 1)] = line
        return len(self.years) - 1, self.years[-1]


def read(path: Path) -> FiledFile:
    """The returns in a CSV. Raises Refused with every problem of the file, each with its line."""
    raw = content(path, LARGEST)
    rows = _rows(path, _text(path, raw))
    found = _Found(str(path))
    line, heads = next(rows, (1, []))
    columns = _columns(found, line, heads)
    for line, cells in rows if not found.problems else ():
        _row(found, line, {key: cells[n].strip() for key, n in columns.items() if n < len(cells)})
    if found.problems:
        raise Refused(found.problems)
    notices = tuple(_notices(found, heads, columns))
    years = tuple(each["year"] for each in found.years)
    places = Places(str(path), hashlib.sha256(raw).hexdigest(), found.lines, filed=years, notices=notices)
    return FiledFile(tuple(_filed(each) for each in found.years), places)


def _text(path: Path, raw: bytes) -> str:
    """UTF-8 with or without its mark, else GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            if text.strip():
                return text
            raise refused("file_empty", path)
    raise refused("filed_not_text", path)


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, without the line of the column numbers."""
    head = text.lstrip("\r\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in head and "," not in head else ",")
    try:
        for row in reader:
            said = [cell.strip() for cell in row if cell.strip()]
            if said and not all(re.fullmatch(r"[1-7]([(（].*[)）])?", cell) for cell in said):
                yield reader.line_num, row
    except csv.Error as error:
        raise refused("filed_not_csv", path, reader.line_num, reason=str(error)) from error


def _columns(found: _Found, line: int, heads: list[str]) -> dict[str, int]:
    """The position of every column that is understood."""
    known, columns = shape.FILED.headings(), dict[str, int]()
    for n, head in enumerate(heads):
        key = known.get(shape.plain(re.sub(r"^\s*\d\s*", "", head)))
        if key in columns:
            found.wrong("book_column_twice", line, found=money.shown(head))
        elif key:
            columns[key] = n
    for key in ("year", "row"):
        if key not in columns:
            label = " / ".join(shape.label(shape.FILED, key, lang) for lang in LANGUAGES)
            found.wrong("book_column_missing", line, column=label)
    return columns


def _row(found: _Found, line: int, cells: Mapping[str, str]) -> None:
    said = {key: cell for key, cell in cells.items() if cell not in _NOTHING}
    row = re.sub(r"^第|行$", "", money.folded(cells.get("row", ""))).strip()
    if row in _OTHER_ROWS:
        found.ignored += 1
        return
    try:
        year = year_number(re.sub("年度?$", "", money.folded(cells.get("year", ""))))
    except money.Unreadable as error:
        found.problems.append(Problem(error.code, "error", Place(found.file, line), error.values))
        return
    n, table = found.table(year, line)
    for key in _BALANCES:
        _put(found, table, key, said, ("filed", n, key), line, year)
    figures = [key for key in shape.ROW_COLUMNS if key in said]
    name = f"row{row}"
    if name not in shape.ROWS:
        if row or figures:
            found.wrong("book_row", line, ("filed", n), year, found=money.shown(cells.get("row", "")))
        return
    if name in table:
        found.wrong("book_stated_twice", line, ("filed", n, name), year)
        return
    table[name] = dict[str, Any]()
    found.lines[("filed", n, name)] = line
    for key in figures:
        _put(found, table[name], key, said, ("filed", n, name, key), line, year)


def _put(
    found: _Found, table: dict[str, Any], key: str, said: Mapping[str, str], path: Steps, line: int, year: int
) -> None:
    if key not in said:
        return
    if key in table:
        found.wrong("book_stated_twice", line, path, year)
        return
    try:
        table[key] = money.rate(said[key]) if key == "rate" else money.amount(said[key])
        found.lines[path] = line
    except money.Unreadable as error:
        found.wrong(error.code, line, path, year, **error.values)


def _notices(found: _Found, heads: list[str], columns: Mapping[str, int]) -> Iterator[Problem]:
    unknown = [head.strip() for n, head in enumerate(heads) if head.strip() and n not in columns.values()]
    unknown = [head for head in unknown if shape.plain(head) not in ("项目", "item")]
    if unknown:
        values = {"found": money.shown(", ".join(unknown))}
        yield Problem("book_columns_ignored", "notice", Place(found.file), values)
    if found.ignored:
        yield Problem("filed_rows_ignored", "notice", Place(found.file), {"count": found.ignored})


def _filed(table: dict[str, Any]) -> Filed:
    rows = {name: FiledRow.model_construct(**each) for name, each in table.items() if name in shape.ROWS}
    return Filed.model_construct(**{**table, **rows})
