"""法规依据: every rule that the figures rest on, where it stands written, and whether that was checked."""

from eduf.explain import rests_on
from eduf.law import Entry, Source
from eduf.report import remarks, tables
from eduf.report.book import Book
from eduf.statute import value_of
from eduf.words import word

COLUMNS = {"rule": 46, "value": 7, "document": 36, "from": 11, "to": 11, "checked": 26, "used_by": 24}


def write(book: Book) -> None:
    """A row for every source of every entry that a year of this case uses."""
    sheet = book.sheet("laws")
    tables.headings(book, sheet, tables.FIRST_ROW - 1, [book.word(f"law_columns.{column}") for column in COLUMNS])
    row = tables.FIRST_ROW
    for entry, names in _used(book).values():
        for n, source in enumerate(entry.sources):
            texts = _texts(book, entry, source, names, first=n == 0)
            tables.wrapped(book, sheet, row, texts, tuple(COLUMNS.values()))
            row += 1
    tables.finish(
        book, sheet, freeze=f"A{tables.FIRST_ROW}", titles=tables.FIRST_ROW - 1, widths=tuple(COLUMNS.values())
    )
    remarks.write(book, sheet, row + 1, [book.word("as_law")], len(COLUMNS))


def _used(book: Book) -> dict[str, tuple[Entry, list[str]]]:
    """The entries by id, each with the names of the figures that rest on it."""
    found: dict[str, tuple[Entry, list[str]]] = {}
    for year in book.history.years:
        cited = [(name, figure.entry) for name, figure in year.figures.items() if figure.entry]
        for name, value in year.values.items():
            line = year.line(name)
            if value is not None and line is not None:
                cited += ((name, entry) for entry in rests_on(book.history, year, line))
        for name, entry in cited:
            names = found.setdefault(entry.id, (entry, []))[1]
            if name not in names:
                names.append(name)
    return found


def _texts(book: Book, entry: Entry, source: Source, names: list[str], *, first: bool) -> tuple[str, ...]:
    """The cells of a source; what is the entry's own stands beside its first source only."""
    lang = book.lang
    unchecked = source.unchecked.said(lang) if source.unchecked else ""
    article = source.article.said(lang) if source.article else ""
    document = book.history.law.documents()[source.document].said(lang)
    return (
        entry.said(lang) if first else "",
        value_of(entry) if first else "",
        " ".join(filter(None, (document, article))),
        entry.begins.isoformat() if first else "",
        entry.ends.isoformat() if first and entry.ends else "",
        word(f"explain.{source.checked}", lang).format(unchecked=unchecked),
        ("、" if lang == "zh" else ", ").join(map(book.label, names)) if first else "",
    )
