"""A workbook as plain cells: read from its XML, number by number in the digits of the file, so that none is a float."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from eduf.files.archive import Archive, Broken, Element
from eduf.files.content import refused
from eduf.files.formats import formats, is_date
from eduf.money import plain, significant

MOST_CELLS = 200_000  # of a book
_DIGITS = 15  # that a spreadsheet keeps of a number; what stands behind them is binary dust
_LARGEST = 30  # powers of ten
_LAST_DAY = 2_900_000  # of serials, in the year 9839; Python knows no day after the year 9999
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_COLUMNS = 16_384  # of a sheet
_DAYS = {"0": date(1899, 12, 30), "1": date(1904, 1, 1)}  # day 0 of serials, by whether the book counts from 1904
_MACROS = "vbaproject.bin"
_OTHERS = {"mimetype": "OpenDocument", "xl/workbook.bin": "xlsb"}  # parts of workbooks of another kind

Kind = Literal["text", "number", "date", "true_false", "error", "no_value"]
Range = tuple[int, int, int, int]  # top, left, bottom, right


class Cell(NamedTuple):
    """What stands in a cell: its text, or its digits; `format` is the number format, `formula` what it comes from."""

    kind: Kind
    value: str
    format: str = "General"
    formula: str = ""


@dataclass
class Sheet:
    """A sheet: its cells by row and column, from 1 on, without those that are empty."""

    title: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook, and whether it brings macros along, which are never run."""

    sheets: tuple[Sheet, ...]
    macro: bool


def sheets(path: Path, content: bytes) -> Book:
    """The sheets of the workbook with these bytes. Raises Refused where it cannot be read as one."""
    try:
        return _book(Archive(content))
    except Broken as error:
        raise refused(error.code, path, None, **error.values) from error


class _Parts(NamedTuple):
    """What the sheets of a book share."""

    texts: tuple[str, ...]
    formats: tuple[str, ...]
    day_0: date


def _book(archive: Archive) -> Book:
    for part, kind in _OTHERS.items():
        if part in archive.names:
            raise Broken("book_other_kind", found=kind)
    main = next((each for kind, each in _related(archive, "").values() if kind == "officeDocument"), "")
    related = _related(archive, main)
    parts = dict(related.values())
    day_0, titles = _titles(archive, main)
    shared = _Parts(
        tuple(_texts(archive, parts["sharedStrings"])) if "sharedStrings" in parts else (),
        formats(archive, parts["styles"]) if "styles" in parts else (),
        day_0,
    )
    found = [(title, state, *related.get(number, ("", ""))) for title, state, number in titles]
    read = [_sheet(archive, part, title, state, shared) for title, state, kind, part in found if kind == "worksheet"]
    if sum(len(each.cells) for each in read) > MOST_CELLS:
        raise Broken("book_cells", limit=f"{MOST_CELLS:,}")
    return Book(tuple(read), any(name.casefold().endswith(_MACROS) for name in archive.names))


def _related(archive: Archive, part: str) -> Mapping[str, tuple[str, str]]:
    """The kind and the name of every part that a part refers to, by the number that it calls it with."""
    folder = PurePosixPath(part).parent
    name = str(folder / "_rels" / f"{PurePosixPath(part).name}.rels")
    if name not in archive.names:
        raise Broken("book_damaged", reason=name)
    starts = [each.attributes for each in archive.elements(name) if each.text is None]
    return {
        each["Id"]: (each.get("Type", "").rpartition("/")[2], _resolved(folder, each.get("Target", "")))
        for each in starts
        if "Id" in each and each.get("TargetMode") != "External"
    }


def _resolved(folder: PurePosixPath, target: str) -> str:
    """A target as the name of a part: from the top, or from the folder of the part that refers to it."""
    steps: list[str] = []
    for step in chain([] if target.startswith("/") else folder.parts, target.split("/")):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _titles(archive: Archive, part: str) -> tuple[date, list[tuple[str, str, str]]]:
    """From which day the book counts; every sheet's title, state and number."""
    day_0, found = _DAYS["0"], []
    for name, attributes, text in archive.elements(part):
        if text is None and name == "workbookPr":
            day_0 = _DAYS["1" if attributes.get("date1904") in ("1", "true") else "0"]
        elif text is None and name == "sheet":
            number = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            found.append((attributes.get("name", ""), attributes.get("state", ""), number))
    return day_0, found


def _texts(archive: Archive, part: str) -> Iterator[str]:
    """The texts that cells share, each of its runs joined, without what only says how to pronounce it."""
    runs: list[str] = []
    spoken = False
    for name, _, text in archive.elements(part):
        if name == "rPh":
            spoken = text is None
        elif name == "t" and text is not None and not spoken:
            runs.append(text)
        elif name == "si" and text is not None:
            yield "".join(runs)
            runs.clear()


def _sheet(archive: Archive, part: str, title: str, state: str, shared: _Parts) -> Sheet:
    sheet = Sheet(title, hidden=state in ("hidden", "veryHidden"))
    elements = archive.elements(part)
    row = 0
    for each in elements:
        if each.text is not None:
            continue
        if each.name == "row":
            row = _number(each.attributes.get("r"), row + 1)
            if _is_true(each.attributes.get("hidden")) or _is_nothing(each.attributes.get("ht")):
                sheet.hidden_rows.add(row)
            _row(sheet, row, elements, shared)
        elif each.name == "col" and (
            _is_true(each.attributes.get("hidden")) or _is_nothing(each.attributes.get("width"))
        ):
            low, high = (_number(each.attributes.get(key), 0) for key in ("min", "max"))
            if len(sheet.hidden_columns) < _COLUMNS:
                sheet.hidden_columns.update(range(low, min(high, _COLUMNS) + 1))
        elif each.name == "mergeCell":
            sheet.merged.extend(_range(each.attributes.get("ref", "")))
    bottom = max((row for row, _ in sheet.cells), default=0)
    sheet.merged = [(top, left, min(low, bottom), right) for top, left, low, right in sheet.merged]
    return sheet


def _row(sheet: Sheet, row: int, elements: Iterable[Element], shared: _Parts) -> None:
    """The cells of a row, up to its end."""
    column = 0
    attributes: Mapping[str, str] = {}
    texts: dict[str, str] = {}
    for each in elements:
        if each.text is None:
            if each.name == "c":
                attributes, texts = each.attributes, {}
                at = _REFERENCE.fullmatch(attributes.get("r", ""))
                column = _column(at[1]) if at else column + 1
        elif each.name == "rPh":
            texts["t"] = texts.get("t", "").removesuffix(texts.pop("spoken", ""))
        elif each.name in ("v", "f", "t"):
            texts["spoken"] = each.text
            texts[each.name] = texts.get(each.name, "") + each.text if each.name == "t" else each.text
        elif each.name == "c":
            cell = _cell(attributes, texts, shared)
            if (row, column) in sheet.cells:
                raise Broken("book_damaged", reason=f"{sheet.title}: {row}:{column}")
            if cell is not None:
                sheet.cells[row, column] = cell
                if len(sheet.cells) > MOST_CELLS:
                    raise Broken("book_cells", limit=f"{MOST_CELLS:,}")
        elif each.name == "row":
            return


def _cell(attributes: Mapping[str, str], texts: Mapping[str, str], shared: _Parts) -> Cell | None:
    """The cell, None where nothing stands in it."""
    kind = attributes.get("t", "n")
    style = _number(attributes.get("s"), 0)
    form = shared.formats[style] if style < len(shared.formats) else "General"
    formula = (texts["f"] or "…") if "f" in texts else ""
    value = texts.get("t", "") if kind == "inlineStr" else texts.get("v", "")
    if kind == "s":
        number = _number(value, len(shared.texts))
        if number >= len(shared.texts):
            return Cell("error", value, form, formula)
        return Cell("text", shared.texts[number], form, formula)
    if not value and kind not in ("str", "inlineStr"):
        return Cell("no_value", "", form, formula) if formula else None
    if kind in ("str", "inlineStr"):
        return Cell("text", value, form, formula) if value else None
    if kind == "b":
        return Cell("true_false", "true" if value == "1" else "false", form, formula)
    if kind == "d":
        return Cell("date" if _is_day(value[:10]) else "error", value[:10], form, formula)
    return Cell("error", value, form, formula) if kind == "e" else _figure(value, form, formula, shared.day_0)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _figure(value: str, form: str, formula: str, day_0: date) -> Cell:
    """A number in as many digits as a spreadsheet keeps, or the day that it stands for."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST:
        return Cell("error", value, form, formula)
    if is_date(form) and 0 <= number < _LAST_DAY:
        return Cell("date", (day_0 + timedelta(days=int(number))).isoformat(), form, formula)
    return Cell("number", plain(significant(number, _DIGITS)), form, formula)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _is_nothing(size: str | None) -> bool:
    """Whether a height or width is 0."""
    return size is not None and re.fullmatch(r"0+(\.0*)?", size) is not None


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")


def _range(reference: str) -> Iterator[Range]:
    first, _, last = reference.partition(":")
    begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if begin and end:
        yield int(begin[2]), _column(begin[1]), int(end[2]), _column(end[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
