"""A case as a workbook: the template to fill in, and the same book filled with the facts of a case."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from eduf.case import Case
from eduf.files import filling, guide, shape
from eduf.files.filling import Content, Row
from eduf.files.rules import Rules
from eduf.files.shape import MARK, Form
from eduf.money import exactly, written
from eduf.words import word
from eduf.words.width import width
from eduf.xlsx import page
from eduf.xlsx.cells import put_text
from eduf.xlsx.package import package
from eduf.xlsx.style import FONT, NAMED_STYLES

TOP = 3  # the row of the headings, below the title and a note

_BLANKS = {"years": 40, "filed": 40, "scenarios": 40}
_FEW, _SPARE = 20, 10  # empty rows of the other sheets; at least this many below what is filled in
_KEYS = 2  # columns that stay in sight: the mark and what a row is about
_NARROW, _WIDE = 9, 48
_WIDTHS = {"amount": 17, "rate": 10, "year": 10, "words": 20, "text": 16, "fact": 22, "span": 13, "change": 13}
_PAGE = 190  # of a column's units that fit the width of a printed page and can still be read
_UPRIGHT = (26, 40, 84)
_HIGH = 15  # points of a line of text


def workbook(case: Case | None, lang: str) -> bytes:
    """The workbook of a case, or for None the template with example rows; the same bytes each time."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in NAMED_STYLES:
        book.add_named_style(style)
    with exactly():
        rules = Rules(guide.write(book.create_sheet(word("book.sheets.guide", lang)), lang), _unit(lang), lang)
        for form in shape.FORMS:
            sheet = book.create_sheet(form.title(lang))
            put_text(sheet, 1, 1, word(f"book.titles.{form.name}", lang), "title")
            put_text(sheet, 2, 1, word(f"book.about.{form.name}", lang), "note")
            write = _upright if form.upright else _table
            write(sheet, form, _rows(form, case, lang), rules, lang)
    return package(book, {})


def _unit(lang: str) -> str:
    """The address of the cell that says what amounts are in."""
    row = TOP + 1 + shape.ENTERPRISE.columns.index("amounts")
    return f"{quote_sheetname(shape.ENTERPRISE.title(lang))}!$B${row}"


def _rows(form: Form, case: Case | None, lang: str) -> list[Row]:
    if case:
        return filling.rows(form, case)
    return [{"amounts": "yuan", "format": 1}] if form.upright else filling.samples(form, lang)


def _upright(sheet: Worksheet, form: Form, rows: Sequence[Row], rules: Rules, lang: str) -> None:
    """The labels, the cells to fill in, and what each means."""
    for column, key in enumerate(("item", "value", "meaning"), 1):
        put_text(sheet, TOP, column, word(f"book.page.{key}", lang), "heading")
    stated = filling.contents(form, rows[0], lang)
    for row, key in enumerate(form.columns, TOP + 1):
        put_text(sheet, row, 1, _heading(form, key, lang), "label").comment = guide.comment(form, key, lang)
        _put(sheet, row, 2, key, stated.get(key))
        rules.apply(sheet, form, key, 2, range(row, row + 1))
        put_text(sheet, row, 3, guide.note(form, key, lang), "wrapped")
        lines = -(-width(guide.note(form, key, lang)) // (_UPRIGHT[2] - 4))
        sheet.row_dimensions[row].height = _HIGH * lines + 8
    sheet.cell(TOP + 1 + form.columns.index("format"), 2).style = "none"
    for column, wide in enumerate(_UPRIGHT, 1):
        sheet.column_dimensions[get_column_letter(column)].width = wide
    page.set_up(sheet, freeze=f"A{TOP + 1}", titles=f"1:{TOP}")


def _table(sheet: Worksheet, form: Form, rows: Sequence[Row], rules: Rules, lang: str) -> None:
    """The headings, the rows that are filled in, and empty ones below."""
    inputs = range(TOP + 1, TOP + 1 + max(_BLANKS.get(form.name, _FEW), len(rows) + _SPARE))
    for column, key in enumerate(form.columns, 1):
        heading = put_text(sheet, TOP, column, _heading(form, key, lang), "heading")
        heading.comment = guide.comment(form, key, lang)
        rules.apply(sheet, form, key, column, inputs)
    stated = [filling.contents(form, row, lang) for row in rows]
    for n, row in enumerate(inputs):
        for column, key in enumerate(form.columns, 1):
            _put(sheet, row, column, key, stated[n].get(key) if n < len(stated) else None)
    _grey_where_skipped(sheet, form, inputs, lang)
    _finish(sheet, form, lang)


def _heading(form: Form, key: str, lang: str) -> str:
    return shape.label(form, key, lang) + (" *" if key in form.required else "")


def _put(sheet: Worksheet, row: int, column: int, key: str, content: Content | None) -> None:
    """A number by its digits, because openpyxl would write 9.95 as a double's 9.949999999999999."""
    if content is None:
        sheet.cell(row, column).style = filling.style(key)
        return
    cell: Any = put_text(sheet, row, column, content.text, content.style)
    if content.is_number:
        cell.data_type = "n"
    if content.form:
        cell.number_format = content.form


def _grey_where_skipped(sheet: Worksheet, form: Form, inputs: range, lang: str) -> None:
    """Rows marked as not to be read look so, and like any other once the mark is cleared."""
    marks = (f'$A{inputs[0]}="{shape.choice(MARK, each, lang)}"' for each in ("example", "skip"))
    look = Font(FONT, italic=True, color="808080")
    rule = FormulaRule([f"OR({','.join(marks)})"], font=look, fill=PatternFill(bgColor="F2F2F2"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"A{inputs[0]}:{get_column_letter(len(form.columns))}{inputs[-1]}", rule)


def _finish(sheet: Worksheet, form: Form, lang: str) -> None:
    """Columns wide enough for what stands in them, on as few pages as can be read; rows may be inserted."""
    wide = 0
    lines = 1
    for column, key in enumerate(form.columns, 1):
        filled = (sheet.cell(row, column) for row in range(TOP + 1, sheet.max_row + 1))
        heading = width(_heading(form, key, lang))
        least = max(_WIDTHS.get(shape.kind(key), _NARROW), (heading + 1) // 2 + 4)
        cells = min(max([least, *(_cells(each) + 2 for each in filled)]), _WIDE)
        sheet.column_dimensions[get_column_letter(column)].width = cells
        wide += cells
        lines = max(lines, -(-heading // (cells - 3)))
    sheet.row_dimensions[TOP].height = _HIGH * max(lines, 2) + 6
    freeze = f"{get_column_letter(_KEYS + 1)}{TOP + 1}"
    page.set_up(sheet, freeze=freeze, titles=f"1:{TOP}", pages=-(-wide // _PAGE))
    sheet.print_title_cols = f"A:{get_column_letter(_KEYS)}"
    sheet.protection.insertRows = False


def _cells(cell: Any) -> int:
    """How wide a cell's content is shown."""
    if cell.value is None:
        return 0
    return len(written(Decimal(cell.value))) if cell.data_type == "n" else width(cell.value)
