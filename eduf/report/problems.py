"""提示: what the calculation wants somebody to look at, as `eduf calc` says it."""

from eduf.report import remarks, tables
from eduf.report.book import Book
from eduf.words import word

COLUMNS = {"level": 8, "where": 30, "says": 52, "do": 46}


def write(book: Book) -> None:
    """A row for every warning and notice; no sheet where there is none."""
    problems = book.history.problems
    if not problems:
        return
    sheet = book.sheet("problems")
    tables.headings(book, sheet, tables.FIRST_ROW - 1, [book.word(f"problem_columns.{column}") for column in COLUMNS])
    for row, problem in enumerate(problems, tables.FIRST_ROW):
        level = word(f"levels.{problem.level}", book.lang)
        texts = (level, problem.where.here().text(book.lang), problem.says(book.lang), problem.do(book.lang))
        tables.wrapped(book, sheet, row, texts, tuple(COLUMNS.values()))
    below = tables.FIRST_ROW + len(problems) + 1
    tables.finish(
        book, sheet, freeze=f"A{tables.FIRST_ROW}", titles=tables.FIRST_ROW - 1, widths=tuple(COLUMNS.values())
    )
    remarks.write(book, sheet, below, [book.word("as_read")], len(COLUMNS))
