"""法规依据: every rule that the figures rest on, where it stands written, and whether that was checked."""

from eduf.law import Entry, Source
from eduf.report import tables
from eduf.report.book import Book
from eduf.show import width
from eduf.statute import value_of
from eduf.words import word

COLUMNS = {"rule": 60, "value": 8, "document": 34, "article": 14, "from": 12, "to": 12, "checked": 34, "used_by": 40}
_LINE = 13  # points


def write(book: Book) -> None:
    """A row for every source of every entry that a year of this case uses."""
    sheet = book.sheet("laws")
    tables.headings(book, sheet, tables.FIRST_ROW - 1, [book.word(f"law_columns.{column}") for column in COLUMNS])
    row = tables.FIRST_ROW
    for entry, names in _used(book).values():
        for source in entry.sources:
            texts = _texts(book, entry, source, names)
            for column, text in enumerate(texts, 1):
                book.text(sheet, row, column, text, "wrapped")
            lines = max(-(-width(text) // (cells - 4)) for text, cells in zip(texts, COLUMNS.values(), strict=True))
            sheet.row_dimensions[row].height = _LINE * max(lines, 1) + 4
            row += 1
    tables.finish(book, sheet, freeze=f"A{tables.FIRST_ROW}", titles="1:3")
    for letter, cells in zip("ABCDEFGH", COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = cells


def _used(book: Book) -> dict[str, tuple[Entry, list[str]]]:
    """The entries by id, each with the names of the figures that rest on it."""
    history = book.history
    found: dict[str, tuple[Entry, list[str]]] = {}
    for year in history.years:
        held = history.case.qualifications(history.case.years[year.position])
        cited = [(name, figure.entry) for name, figure in year.figures.items() if figure.entry]
        for name, value in year.values.items():
            line = year.line(name)
            if value is not None and line is not None:
                cited += ((name, entry) for said in line.law for entry in history.law.cite(said, year.year, held))
        for name, entry in cited:
            names = found.setdefault(entry.id, (entry, []))[1]
            if name not in names:
                names.append(name)
    return found


def _texts(book: Book, entry: Entry, source: Source, names: list[str]) -> tuple[str, ...]:
    lang = book.lang
    unchecked = source.unchecked.said(lang) if source.unchecked else ""
    return (
        entry.said(lang),
        value_of(entry),
        book.history.law.documents()[source.document].said(lang),
        source.article.said(lang) if source.article else "",
        entry.begins.isoformat(),
        entry.ends.isoformat() if entry.ends else "",
        word(f"explain.{source.checked}", lang).format(unchecked=unchecked),
        ("、" if lang == "zh" else ", ").join(map(book.label, names)),
    )
