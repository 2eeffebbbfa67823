"""The workbook in the making: every formula is written together with its value, every figure knows its cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from inspect import signature
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from eduf.history import History, Year
from eduf.line import Line, Number
from eduf.report.index import IN_YUAN, NUMBERS
from eduf.sensitivity import Sensitivity
from eduf.symbols import DIALECTS, Symbol, formula
from eduf.words import sentence, word
from eduf.xlsx.cells import put_number, put_text
from eduf.xlsx.style import WAN, Style, new_workbook

Values = dict[
    str, dict[str, Decimal | str]
]  # sheet title -> cell -> the value that stands in the file beside the formula
Where = tuple[str, str]  # sheet title, cell


@dataclass(frozen=True)
class Check:
    """Two cells that must hold the same amount."""

    key: str
    year: int
    left: Where
    right: Where
    value: Decimal


class Book:
    """A workbook of a history in one language. `unit`: what computed amounts are shown in, `yuan` or `wan` (10,000).

    `sensitivities`: what was varied for a sheet of its own.
    """

    def __init__(
        self, history: History, lang: str, unit: str = "yuan", sensitivities: Sequence[Sensitivity] = ()
    ) -> None:
        self.history = history
        self.lang = lang
        self.unit = unit
        self.sensitivities = tuple(sensitivities)
        self.workbook = new_workbook()
        self.values: Values = {}
        self.checks: list[Check] = []
        self.overall: Where | None = None
        self._keys: dict[str, str] = {}  # sheet title -> its key
        self._cells: dict[tuple[int | None, str], Where] = {}
        self._typed: dict[tuple[int, str], Where] = {}

    @cached_property
    def taxed(self) -> bool:
        """Whether some year has income, so that the report has income tax."""
        return any(year.values["adjusted_income"] is not None for year in self.history.years)

    @cached_property
    def small(self) -> tuple[Year, ...]:
        """The years with the tax of a small low-profit enterprise."""
        return tuple(year for year in self.history.years if self.taxed and year.setting.tax == "small")

    def word(self, key: str, **values: object) -> str:
        """A label of the report."""
        return sentence(f"report.{key}", self.lang, **values) if values else word(f"report.{key}", self.lang)

    def label(self, name: str) -> str:
        """The label of a figure."""
        return word(f"names.{name}", self.lang)

    def sheet(self, key: str) -> Worksheet:
        """A new sheet with its title; the rest of its head comes when its widths are known."""
        sheet: Worksheet = self.workbook.create_sheet(self.title_of(key))
        self._keys[sheet.title] = key
        self.text(sheet, 1, 1, self.title(sheet), "title")
        return sheet

    def title_of(self, key: str) -> str:
        """The title of a sheet's tab, also before the sheet is there."""
        return self.word(f"sheets.{key}")

    def title(self, sheet: Worksheet) -> str:
        """What stands on top of a sheet."""
        key = self._keys[sheet.title]
        title = self.word(f"titles.{key}")
        return sheet.title if title == key else title

    def key(self, sheet: Worksheet) -> str:
        """The key of a sheet."""
        return self._keys[sheet.title]

    def number(self, sheet: Worksheet) -> str:
        """The index number of a sheet."""
        return NUMBERS[self.key(sheet)]

    def unit_of(self, sheet: Worksheet) -> str:
        """What the amounts of a sheet are shown in; what is typed, booked or compared stays in yuan."""
        return "yuan" if self.key(sheet) in IN_YUAN else self.unit

    def text(self, sheet: Worksheet, row: int, column: int, text: str | int, style: Style = "text") -> Cell:
        """A text or a year number. What begins with = stays text."""
        return put_text(sheet, row, column, text, style)

    def given(self, sheet: Worksheet, row: int, column: int, year: Year, name: str, style: Style) -> Cell:
        """A figure that is typed, not computed; formulas read it. What a line would compute may stay empty."""
        figure, line = year.figures.get(name), year.line(name)
        cell = put_number(sheet, row, column, figure.value if figure else None, style)
        if line and line.stated:
            self._typed[year.year, name] = (sheet.title, cell.coordinate)
        else:
            self._cells[year.year, name] = (sheet.title, cell.coordinate)
        return cell

    def given_opening(
        self, sheet: Worksheet, row: int, column: int, label: int | None, name: str, amount: Decimal, style: Style
    ) -> None:
        """A part of an opening balance by the year in which it arose; `name` says of which."""
        cell = put_number(sheet, row, column, amount, style)
        self._cells[label, name] = (sheet.title, cell.coordinate)

    def number_as_read(self, sheet: Worksheet, row: int, column: int, number: Decimal, style: Style) -> Cell:
        """A computed number that follows no input: the sheet has to say so."""
        return self._in_unit(sheet, put_number(sheet, row, column, number, style), style)

    def put(self, sheet: Worksheet, row: int, column: int, formula: str, value: Decimal | str, style: Style) -> Cell:
        """A formula with its value: neither without the other. A text is the value of a formula that gives one."""
        cell: Any = sheet.cell(row, column, formula)
        cell.style = style
        self.values.setdefault(sheet.title, {})[cell.coordinate] = value
        return self._in_unit(sheet, cell, style)

    def _in_unit(self, sheet: Worksheet, cell: Cell, style: Style) -> Cell:
        if style.startswith("amount") and self.unit_of(sheet) == "wan":
            cell.number_format = WAN
        return cell

    def check(self, key: str, year: int, left: Where, right: Where, value: Decimal) -> None:
        """Leave two cells that must agree for the sheet of checks."""
        self.checks.append(Check(key, year, left, right, value))

    def settle(self, title: str, row: int, column: int, year: Year, name: str) -> None:
        """Make a cell of a sheet the home of a figure that has none yet."""
        self._cells.setdefault((year.year, name), (title, f"{get_column_letter(column)}{row}"))

    def figure(self, sheet: Worksheet, row: int, column: int, year: Year, name: str) -> None:
        """A figure of a year: a link where it stands already, else its line as a live formula; grey for none."""
        value, line = year.values.get(name), year.line(name)
        home = self._cells[year.year, name] == (sheet.title, f"{get_column_letter(column)}{row}")
        if value is None:
            sheet.cell(row, column).style = "absent"
        elif home and line is not None:
            style: Style = "rate" if name.endswith("_rate") else "amount"
            self.put(sheet, row, column, f"={self._formula(sheet, year, line)}", value, style)
        else:
            linked: Style = "rate link" if name.endswith("_rate") else "amount link"
            self.put(sheet, row, column, f"={self.cell(sheet, year.year, name)}", value, linked)

    def rule(self, sheet: Worksheet, row: int, column: int, year: Year, rule: Callable[..., Number]) -> None:
        """A rule of a sheet as a formula of the figures that it reads, with its value; grey where one is unknown."""
        reads = tuple(signature(rule).parameters)
        if any(year.values[name] is None for name in reads):
            sheet.cell(row, column).style = "absent"
            return
        written = rule(*(self.symbol(sheet, year.year, name) for name in reads))
        self.put(sheet, row, column, f"={written.text}", rule(*(year.values[name] for name in reads)), "amount")

    def symbol(self, sheet: Worksheet, year: int, name: str) -> Symbol:
        """A figure's cell as a number that writes itself down."""
        return Symbol(self.cell(sheet, year, name), DIALECTS["excel"])

    def cell(self, sheet: Worksheet, year: int | None, name: str) -> str:
        """The address of a figure, as a formula on that sheet writes it."""
        return self.address(sheet, *self._cells[year, name])

    def address(self, sheet: Worksheet, title: str, address: str) -> str:
        """A cell's address, as a formula on that sheet writes it."""
        return address if title == sheet.title else f"{quote_sheetname(title)}!{address}"

    def _formula(self, sheet: Worksheet, year: Year, line: Line) -> str:
        before = self.history.before(year)
        if line.then and before:
            return self.cell(sheet, before.year, line.then)
        written = formula(line, "excel", lambda read: self._read(sheet, year, read))
        if line.stated:
            typed = self.address(sheet, *self._typed[year.year, line.name])
            return f'IF({typed}="",{written},{typed})'
        return written

    def _read(self, sheet: Worksheet, year: Year, name: str) -> str:
        first = self.history.years[0].year
        return self.cell(sheet, first if name.startswith("opening_") else year.year, name)
