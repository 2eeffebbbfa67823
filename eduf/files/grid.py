"""Finding the table on a sheet of a real book: its headings, its rows, and what of it must be asked about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from eduf.case import Imported
from eduf.files import shape
from eduf.files.cells import NONE, UNIT_LINE, Read, is_total, read, text_of, unit_said
from eduf.files.filling import examples
from eduf.files.shape import Form
from eduf.files.sheets import Cell, Sheet
from eduf.money import amount, percent, rate, shown, written
from eduf.problems import Place, Problem

DEEPEST_HEADING = 60  # rows above a table's headings that are looked through
_TEXTS = ("text", "word", "words", "fact", "span", "flag")

Answers = Mapping[str, str]
Spot = tuple[int, int]


@dataclass
class Found:
    """What the reading of a book met on its way: problems, and what was read otherwise than typed."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    imported: list[Imported] = field(default_factory=list)

    def wrong(self, code: str, sheet: str, cell: str, **values: object) -> None:
        """An error, or a question, at a cell."""
        self.problems.append(Problem(code, "error", Place(self.file, sheet=sheet, cell=cell), values))

    def noticed(self, code: str, sheet: str = "", cell: str = "", **values: object) -> None:
        """What somebody should look at, though it was read."""
        self.problems.append(Problem(code, "notice", Place(self.file, sheet=sheet, cell=cell), values))

    def log(self, sheet: str, cell: str, typed: str, became: str, outcome: str) -> None:
        """A line for the sheet of what was imported."""
        self.imported.append(Imported(sheet, cell, shown(typed), shown(became), outcome))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Record:
    """A row of a table: for every column its cell, which may be empty."""

    row: int
    cells: Mapping[str, Spot]


class Grid:
    """A sheet read as a form."""

    def __init__(self, sheet: Sheet, form: Form, answers: Answers, found: Found, *, by_user: bool = False) -> None:
        self.sheet, self.form, self.answers, self.found = sheet, form, answers, found
        self.cells: dict[Spot, Cell] = dict(sheet.cells)
        self.unit = answers.get("unit", "yuan")
        self.by_user = by_user  # whether the unit is the user's answer, not the book's own word
        self.asked: set[Spot] = set()  # cells about which there is a question already

    def records(self) -> Iterator[Record]:
        """The rows of the table that hold something and are to be read."""
        heading, columns = self._heading
        self._judge(heading, columns)
        if not columns:
            return
        self._merged(heading, columns)
        rows = sorted({row for (row, column) in self.cells if row > heading and column in columns.values()})
        for row in rows:
            record = Record(row, {key: (row, column) for key, column in columns.items()})
            says = any(self.says(at) for key, at in record.cells.items() if key != shape.MARK)
            if says and self._wanted(record):
                yield record

    def value(self, key: str, at: Spot, fact: str = "") -> object:
        """What stands in a cell, None where it is empty or what stands there cannot be read."""
        cell = self.cells.get(at)
        if at in self.asked:
            return Unread
        if cell is None or (cell.kind == "text" and not text_of(cell)):
            return None
        result = read(cell, key, self.unit, fact)
        if result.code:
            self.found.wrong(result.code, self.sheet.title, address(*at), **result.values)
            return Unread
        typed, what = _typed(cell), became(key, result)
        if result.differs and typed != what:
            self.found.log(self.sheet.title, address(*at), typed, what, "read")
        return result.value

    def says_nothing(self, at: Spot) -> bool:
        """Whether a cell says that there is nothing, which an empty one does not."""
        cell = self.cells.get(at)
        return cell is not None and shape.plain(text_of(cell)) in NONE

    def ask_about_unit(self) -> None:
        """A unit written above a table: 万元 is asked about unless that is settled, other units are refused."""
        said = {at: unit_said(self.cells[at].value) for at in self._above()}
        for at in [at for at, unit in said.items() if unit == "other"][:1]:
            self.found.wrong("book_unit_other", self.sheet.title, address(*at), found=self.says(at))
        contrary, code = ("yuan", "book_unit_yuan") if self.unit == "wan" else ("wan", "book_unit_wan")
        asked = {at: unit for at, unit in said.items() if unit == contrary or (unit == "wan" and self.by_user)}
        for at in [*asked][:1]:
            if self.by_user:
                self._answered(address(*at), self.says(at), "unit")
            else:
                self.found.wrong(code, self.sheet.title, address(*at), found=self.says(at))

    def _above(self) -> list[Spot]:
        """The texts that may say a unit: the headings and what stands above, on an upright form a line of its own."""
        texts = [at for at, cell in sorted(self.cells.items()) if cell.kind == "text"]
        if self.form.upright:
            known = self.form.headings()
            labels = {at for at in texts if shape.heading(self.says(at)) in known}
            return [at for at in texts if UNIT_LINE.match(self.cells[at].value) and (at[0], at[1] - 1) not in labels]
        heading, _ = self._heading
        return [at for at in texts if at[0] <= heading]

    def _answered(self, cell: str, typed: str, question: str) -> None:
        """The log of what somebody settled who looked at the book."""
        self.found.log(self.sheet.title, cell, typed, f"{question}={self.answers[question]}", "answered")

    @cached_property
    def _heading(self) -> tuple[int, dict[str, int]]:
        """The row of the headings and the column of each key: the first row that names the most of them."""
        known = self.form.headings()
        rows: dict[int, dict[str, int]] = {}
        twice: list[Spot] = []
        for (row, column), cell in sorted(self.cells.items()):
            key = known.get(shape.heading(text_of(cell))) if cell.kind == "text" and row <= DEEPEST_HEADING else None
            if key and key in rows.setdefault(row, {}):
                twice.append((row, column))
            elif key:
                rows[row][key] = column
        best = max(rows, key=lambda row: (len(rows[row]), -row), default=0)
        columns = rows.get(best, {})
        for spot in twice if best else ():
            if spot[0] == best:
                self.found.wrong("book_column_twice", self.sheet.title, address(*spot), found=self.says(spot))
        return best, columns

    def says(self, at: Spot) -> str:
        """What stands in a cell, short enough for a message."""
        return shown(text_of(self.cells[at])) if at in self.cells else ""

    def _judge(self, heading: int, columns: dict[str, int]) -> None:
        """Columns that are missing, hidden or not known."""
        title, at = self.sheet.title, address(heading or 1, 1)
        for key in self.form.required:
            if key not in columns and self.cells:
                self.found.wrong("book_column_missing", title, at, column=_both(self.form, key))
        hidden = [column for column in columns.values() if column in self.sheet.hidden_columns]
        for column in hidden if "hidden" not in self.answers else ():
            self.found.wrong("book_hidden_column", title, address(heading, column))
        for key, column in [*columns.items()] if self.answers.get("hidden") == "skip" else ():
            if column in hidden:
                del columns[key]
        unknown = [at for at, cell in sorted(self.cells.items()) if at[0] == heading and at[1] not in columns.values()]
        if unknown and columns:
            names = "、".join(filter(None, map(self.says, unknown)))
            self.found.noticed("book_columns_ignored", title, address(*unknown[0]), found=names)
            for each in unknown:
                self.found.log(title, address(*each), self.says(each), "", "ignored")

    def _merged(self, heading: int, columns: Mapping[str, int]) -> None:
        """A text merged over rows holds for each of them; an amount does not say to which it belongs."""
        keys = {column: key for key, column in columns.items()}
        for top, left, bottom, right in self.sheet.merged:
            inside = [keys[column] for column in range(left, right + 1) if column in keys]
            cell = self.cells.get((top, left))
            if bottom <= heading or not inside or cell is None or not text_of(cell):
                continue
            if len(inside) > 1 or shape.kind(inside[0]) not in _TEXTS:
                span = f"{address(top, left)}:{address(bottom, right)}"
                self.found.wrong("book_merged", self.sheet.title, address(top, left), range=span)
                self.asked |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
                continue
            rows = {row for row, column in self.cells if top < row <= bottom and column in keys and column != left}
            for row in sorted(rows):
                self.cells[row, left] = cell
                self.found.log(self.sheet.title, address(row, left), "", text_of(cell), "read")

    def _wanted(self, record: Record) -> bool:
        """Whether a row is to be read: as its mark says, else as the user answers, else it is asked."""
        at = record.cells.get(shape.MARK)
        mark = self.value(shape.MARK, at) if at else None
        if mark == "read":
            return True
        if mark == "example":
            self._judge_example(record)
            return False
        if mark == "skip":
            return self._skip(record)
        if mark is not None and mark is not Unread and at is not None:
            self.found.wrong("book_mark", self.sheet.title, address(*at), found=shown(mark))
        if record.row in self.sheet.hidden_rows:
            return self._ask("hidden", "book_hidden_row", record)
        if any(is_total(text_of(self.cells[at])) for at in record.cells.values() if self.is_text(at)):
            return self._ask("totals", "book_total_row", record)
        return not self._is_note(record)

    def _judge_example(self, record: Record) -> None:
        """Somebody's own figures over the template's example, still marked as such."""
        texts = {text_of(self.cells[at]) for key, at in record.cells.items() if key != shape.MARK and at in self.cells}
        if not any(texts <= each for each in examples(self.form)):
            says = next(
                iter(self.says(at) for key, at in record.cells.items() if key != shape.MARK and self.says(at)), ""
            )
            values = {"found": says, "row": record.row}
            self.found.noticed("book_example_edited", self.sheet.title, address(record.row, 1), **values)

    def _is_note(self, record: Record) -> bool:
        """A row of nothing but one text that is no name, where a table needs more: it is asked about."""
        filled = [(key, at) for key, at in record.cells.items() if at in self.cells]
        if len(filled) != 1 or len(self.form.required) == 1:
            return False
        key, at = filled[0]
        is_note = key != "name" and self.is_text(at)
        if is_note:
            values = {"found": self.says(at), "row": record.row}
            self.found.wrong("book_note_row", self.sheet.title, address(*at), **values)
        return is_note

    def _ask(self, question: str, code: str, record: Record) -> bool:
        answer = self.answers.get(question)
        if answer is None:
            at = next(at for at in record.cells.values() if at in self.cells)
            self.found.wrong(code, self.sheet.title, address(*at), found=self.says(at), row=record.row)
        if answer == "read":
            says = " ".join(self.says(at) for at in record.cells.values() if at in self.cells)
            self._answered(f"{record.row}:{record.row}", says, question)
        return answer == "read" or (answer == "skip" and self._skip(record))

    def _skip(self, record: Record) -> bool:
        says = " ".join(text_of(self.cells[at]) for at in record.cells.values() if at in self.cells)
        self.found.log(self.sheet.title, f"{record.row}:{record.row}", says, "", "skipped")
        return False

    def is_text(self, at: Spot) -> bool:
        """Whether a cell holds a text."""
        return at in self.cells and self.cells[at].kind == "text"


class Unread:
    """Stands for a value that could not be read and whose problem is told."""


def became(key: str, result: Read) -> str:
    """What a cell was read as, for the log."""
    readers = {"amount": lambda value: written(amount(value)), "rate": lambda value: percent(rate(value))}
    try:
        return readers.get(shape.kind(key), str)(result.value)
    except ValueError:
        return str(result.value)


def _typed(cell: Cell) -> str:
    return f"={cell.formula.removeprefix('=')}: {cell.value}" if cell.formula else cell.value


def _both(form: Form, key: str) -> str:
    return f"{shape.label(form, key, 'zh')} / {shape.label(form, key, 'en')}"


def address(row: int, column: int) -> str:
    """A cell as a spreadsheet names it: row 5, column 3 is C5."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
