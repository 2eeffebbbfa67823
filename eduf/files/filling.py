"""What a case states, as the rows of its workbook and as what stands in their cells."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from eduf.case import Case, Filed
from eduf.files import shape
from eduf.files.believable import believable
from eduf.files.cells import is_total
from eduf.files.document import NUMBER
from eduf.files.shape import MARK, Form, Kind
from eduf.money import plain
from eduf.words import LANGUAGES, word
from eduf.xlsx.style import Style

Row = Mapping[str, Any]  # the facts of a row by their columns; () says that there is none

_EXACT_DIGITS = 15  # that a spreadsheet keeps
_DECIMALS = 14

_STYLES: Mapping[Kind, Style] = {
    "amount": "amount input",
    "rate": "rate input",
    "year": "year input",
    "count": "count input",
    "text": "text input",
    "span": "text input",
}


class Content(NamedTuple):
    """What stands in a cell: a text, or the digits of a number; the form in which it is shown where it has its own."""

    text: str
    style: Style
    is_number: bool = False
    form: str = ""


def style(key: str) -> Style:
    """How a cell of a column looks in which nothing stands yet."""
    return "word input" if key == "row" else _STYLES.get(shape.kind(key), "word input")


def contents(form: Form, row: Row, lang: str) -> dict[str, Content]:
    """What stands in the cells of a row; one that might be taken for a total is marked to be read."""
    fact = str(row.get("fact") or "")
    found = {key: _content(key, row[key], lang, fact) for key in form.columns if row.get(key) is not None}
    if any(is_total(each.text) for each in found.values() if not each.is_number):
        found[MARK] = _content(MARK, "read", lang, fact)
    return found


def rows(form: Form, case: Case) -> list[Row]:
    """The rows of a sheet; an upright form has one."""
    return list(_ROWS[form.name](case))


def samples(form: Form, lang: str) -> list[Row]:
    """Believable rows, marked as examples."""
    return [{**each, MARK: "example"} for each in rows(form, believable(lang))]


@cache
def examples(form: Form) -> tuple[frozenset[str], ...]:
    """What stands in each example row of the template, in either language."""
    rows = ((each, lang) for lang in LANGUAGES for each in samples(form, lang))
    return tuple(frozenset(cell.text for cell in contents(form, each, lang).values()) for each, lang in rows)


def _enterprise(case: Case) -> Iterator[Row]:
    yield {**dict(case.enterprise), "amounts": "yuan", "format": case.format}


def _cost_centers(case: Case) -> Iterator[Row]:
    yield from map(dict, case.enterprise.cost_centers)


def _opening(case: Case) -> Iterator[Row]:
    opening = case.opening
    for key in ("fund_balance", "before_2008_balance"):
        if getattr(opening, key) is not None:
            yield {"item": key, "amount": getattr(opening, key)}
    for key in ("carried_forward", "losses"):
        if getattr(opening, key) == ():
            yield {"item": key, "amount": ()}
        yield from ({"item": key, "from": each.arose, "amount": each.amount} for each in getattr(opening, key) or ())


def _years(case: Case) -> Iterator[Row]:
    yield from map(dict, case.years)


def _monthly(case: Case) -> Iterator[Row]:
    for each in case.years:
        if each.monthly_wages is not None:
            yield {"year": each.year, **dict(zip(shape.MONTHS, each.monthly_wages, strict=True))}


def _filed(case: Case) -> Iterator[Row]:
    for each in case.filed:
        balances = {"fund_balance": each.fund_balance, "deferred_tax": each.deferred_tax}
        for n, row in enumerate(_declared(each)):
            yield {"year": each.year, **row, **(balances if n == 0 else {})}


def _declared(filed: Filed) -> list[Row]:
    """A row for each that was declared; one without a number where there is none."""
    declared = ((int(name.removeprefix("row")), getattr(filed, name)) for name in shape.ROWS)
    return [{"row": number, **dict(row)} for number, row in declared if row is not None] or [{}]


def _scenarios(case: Case) -> Iterator[Row]:
    for each in case.scenarios:
        for change in each.set:
            yield {**dict(change), "name": each.name}
        if not each.set:
            yield {"name": each.name}


_ROWS: Mapping[str, Callable[[Case], Iterator[Row]]] = {
    "enterprise": _enterprise,
    "cost_centers": _cost_centers,
    "opening": _opening,
    "years": _years,
    "monthly_wages": _monthly,
    "filed": _filed,
    "scenarios": _scenarios,
}


def _content(key: str, value: Any, lang: str, fact: str) -> Content:
    if isinstance(value, tuple):
        return Content(_several(value, lang), "word input")
    if isinstance(value, bool):
        return Content(shape.choice(key, str(value).lower(), lang), style(key))
    if isinstance(value, Decimal | int):
        return Content(plain(Decimal(value)), style(key), is_number=True)
    if shape.kind(key) == "change":
        return _changed(value, lang, fact)
    if key in shape.CHOICES:
        return Content(shape.choice(key, value, lang), style(key))
    is_fact = key == "fact" and value in shape.YEARS.columns
    return Content(shape.label(shape.YEARS, value, lang) if is_fact else value, style(key))


def _several(words: tuple[str, ...], lang: str) -> str:
    """Words of a list, and the word for none."""
    known = shape.CHOICES["qualifications"]
    said = (shape.choice("qualifications", each, lang) if each in known else each for each in words)
    return word("book.page.joint", lang).join(said) or word("book.page.none", lang)


def _changed(value: str, lang: str, fact: str) -> Content:
    """A number where it comes back as the same text, else the text itself."""
    if value in shape.CHOICES.get(fact, ()):
        return Content(shape.choice(fact, value, lang), "word input")
    bare, percent = value.removesuffix("%"), value.endswith("%")
    if not _is_plain(bare):
        return Content(value, "word input")
    places = len(bare.partition(".")[2])
    if percent:
        form = "" if places < 2 else f"0.0{'#' * _DECIMALS}%"
        return Content(plain(Decimal(bare).scaleb(-2)), "rate input", is_number=True, form=form)
    return Content(bare, "amount input" if places <= 2 else "word input", is_number=True)


def _is_plain(text: str) -> bool:
    """Whether it is a number as eduf writes it, of no more digits than a spreadsheet keeps."""
    is_number = NUMBER.fullmatch(text) is not None and text != "-0"
    return is_number and len(text.lstrip("-0.").replace(".", "")) <= _EXACT_DIGITS
