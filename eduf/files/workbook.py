"""A case workbook: its sheets become the tables of a case, every fact with its sheet and cell."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from eduf.case import Case, Places
from eduf.files import shape, tables
from eduf.files.collected import Collected
from eduf.files.content import content
from eduf.files.forms import READERS
from eduf.files.grid import Found, Grid
from eduf.files.sheets import Book, Sheet, sheets
from eduf.money import shown
from eduf.problems import Place, Problem, Refused
from eduf.words import LANGUAGES, texts, word

LARGEST = 20_000_000  # bytes
_ROWS_ASKED = {"book_hidden_row", "book_total_row", "book_note_row"}
_MISSING = ("missing_fact", "missing_key", "missing_enterprise", "no_years")


def read(path: Path, answers: Mapping[str, str]) -> Case:
    """The case in a workbook. Raises Refused with every problem and every question of the book."""
    stated = content(path, LARGEST)
    found = Collected(Found(str(path)), answers)
    _collect(found, sheets(path, stated))
    problems = found.found.problems
    places = Places(
        str(path),
        hashlib.sha256(stated).hexdigest(),
        cells=found.cells,
        imported=tuple(found.found.imported),
        notices=tuple(each for each in problems if each.level != "error"),
    )
    try:
        return tables.case(found.raw, places, [each for each in problems if each.level == "error"])
    except Refused as refused:
        raise Refused(each for each in refused.problems if not _follows(each, found)) from refused


def _follows(problem: Problem, found: Collected) -> bool:
    """Whether a problem only follows from a question that is still open: what is missing may stand there."""
    asked = {each.code for each in found.found.problems if each.where.sheet in (problem.where.sheet, "")}
    if problem.code in ("year_gap", "no_years") and asked & _ROWS_ASKED:
        return True
    return problem.code in _MISSING and problem.where.path in found.told


def _collect(found: Collected, book: Book) -> None:
    """Every sheet that a case has, in the order of the forms; the rest is named and left alone."""
    forms = {form.name: _sheet(found, book, form) for form in shape.FORMS}
    if not forms["enterprise"] and not forms["years"]:
        raise Refused([_no_case(found, book)])
    for form in shape.FORMS:
        sheet = forms[form.name]
        if sheet:
            grid = Grid(sheet, form, found.answers, found.found, by_user=found.by_user)
            grid.ask_about_unit()
            READERS[form.name](found, grid)
        elif form in (shape.ENTERPRISE, shape.YEARS):
            title = " / ".join(form.title(lang) for lang in LANGUAGES)
            found.found.wrong("book_sheet_missing", book.sheets[0].title, "", missing=title)
            found.told |= {("enterprise",) if form == shape.ENTERPRISE else ("year",)}
    _strangers(found, book, [each for each in forms.values() if each])
    if book.macro:
        found.found.noticed("book_macro_ignored")


def _sheet(found: Collected, book: Book, form: shape.Form) -> Sheet | None:
    """The sheet of a form; a hidden one only where the user says so."""
    named = [each for each in book.sheets if shape.plain(each.title) in form.titles()]
    for again in named[1:]:
        found.found.wrong("book_sheet_twice", again.title, "", found=again.title)
    if not named or not named[0].hidden:
        return next(iter(named), None)
    if "hidden" not in found.answers:
        found.found.wrong("book_hidden_sheet", named[0].title, "")
    return None if found.answers.get("hidden") == "skip" else named[0]


def _strangers(found: Collected, book: Book, known: Sequence[Sheet]) -> None:
    guide = {shape.plain(word("book.sheets.guide", lang)) for lang in LANGUAGES}
    rest = [each.title for each in book.sheets if each not in known and shape.plain(each.title) not in guide]
    if rest:
        found.found.noticed("book_sheets_ignored", rest[0], found="、".join(map(shown, rest)))
        for title in rest:
            found.found.log(title, "", "", "", "ignored")


def _no_case(found: Collected, book: Book) -> Problem:
    titles = [each.title for each in book.sheets]
    reports = {word(f"report.sheets.{key}", lang) for lang in LANGUAGES for key in texts(lang)["report"]["sheets"]}
    code = "book_is_report" if len(reports.intersection(titles)) > 3 else "book_no_case"
    wanted = "、".join(f"{form.title('zh')} / {form.title('en')}" for form in (shape.ENTERPRISE, shape.YEARS))
    values = {"found": "、".join(map(shown, titles[:12])), "expected": wanted}
    return Problem(code, "error", Place(found.found.file), values)
