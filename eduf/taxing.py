"""The tax of a computed history for a person and for other programs: year by year, by the quarter, and its timing."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from eduf.explain import figure
from eduf.history import History
from eduf.money import percent, written
from eduf.show import Row, laid_out
from eduf.tax import PresentValue, Running, prepayments, present_value, running
from eduf.version import __version__
from eduf.words import sentence, word

_LINES = ("income", "total_adjustment", "adjusted_income", "losses_available", "loss_relief", "taxable_income")
_SO_FAR = ("tax", "tax_effect", "tax_so_far", "tax_effect_so_far")


def text(history: History, discount_rate: Decimal | None, lang: str, cells: int) -> Iterator[str]:
    """Tables at most so many cells wide, each with what it assumes."""
    first, last = history.years[0].year, history.years[-1].year
    yield sentence("table.head", lang, name=history.case.enterprise.name, first=first, last=last)
    yield from laid_out(list(_years(history, lang)), cells)
    quarters = list(_quarters(history, lang))
    if len(quarters) > 1:
        yield from ("", word("taxing.prepayments", lang))
        yield from laid_out(quarters, cells)
        yield from ("", word("tax.prepayments", lang))
    if discount_rate is not None:
        found = present_value(history, discount_rate)
        yield from ("", sentence("taxing.present_value", lang, rate=percent(discount_rate), base=found.base))
        yield from laid_out(list(_timing(found, lang)), cells)
        yield from ("", found.assumes(lang))


def as_json(history: History, discount_rate: Decimal | None) -> dict[str, Any]:
    """The same as a document; amounts and rates are text, null is unknown."""
    years = [
        {"year": year.year, **{name: _plain(year.values[name]) for name in _LINES}, **_so_far(each)}
        for year, each in zip(history.years, running(history), strict=True)
    ]
    found = None if discount_rate is None else present_value(history, discount_rate)
    return {
        "format": 1,
        "eduf": __version__,
        "years": years,
        "losses": [
            {"year": year.year, "left": [{"from": arose, "amount": _plain(amount)} for arose, amount in year.losses]}
            for year in history.years
        ],
        "prepayments": [_prepaid(history, year.year) for year in history.years],
        "present_value": None if found is None else _present(found),
    }


def _years(history: History, lang: str) -> Iterator[Row]:
    yield word("table.line", lang), [str(year.year) for year in history.years]
    for name in _LINES:
        yield word(f"names.{name}", lang), [figure(name, year.values[name]) for year in history.years]
    found = running(history)
    for name in _SO_FAR:
        key = f"names.{name}" if name in ("tax", "tax_effect") else f"taxing.{name}"
        yield word(key, lang), [figure("tax", getattr(each, name)) for each in found]


def _quarters(history: History, lang: str) -> Iterator[Row]:
    """A row a year; of years whose tax is known."""
    columns = [sentence("taxing.quarter", lang, n=n) for n in range(1, 5)]
    yield (
        word("names.year", lang),
        [*columns, *(word(f"taxing.{key}", lang) for key in ("prepaid", "tax", "settlement"))],
    )
    for year in history.years:
        if found := prepayments(history, year.year):
            amounts = (*found.quarters, found.prepaid, found.tax, found.settlement)
            yield str(year.year), [written(each) for each in amounts]


def _timing(found: PresentValue, lang: str) -> Iterator[Row]:
    """A row a year of the change of the carry-forward, its tax, and what that is worth; then the sums."""
    keys = ("change", "rate", "tax_of_change", "factor", "present")
    yield word("names.year", lang), [word(f"taxing.{key}", lang) for key in keys]
    for each in found.years:
        rate = "—" if each.tax_rate is None else percent(each.tax_rate)
        amounts = (written(each.change), rate, _amount(each.tax), f"{each.factor:.6f}", _amount(each.present))
        yield str(each.year), list(amounts)
    yield word("taxing.total", lang), ["", "", _amount(found.tax), "", _amount(found.present)]
    yield word("taxing.left", lang), [written(found.left), "", "", "", ""]


def _amount(value: Decimal | None) -> str:
    return "—" if value is None else written(value)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _so_far(each: Running) -> dict[str, str | None]:
    return {name: _plain(getattr(each, name)) for name in _SO_FAR}


def _prepaid(history: History, year: int) -> dict[str, Any]:
    found = prepayments(history, year)
    if found is None:
        return {"year": year, "quarters": None, "prepaid": None, "tax": None, "settlement": None}
    amounts = {key: _plain(getattr(found, key)) for key in ("prepaid", "tax", "settlement")}
    return {"year": year, "quarters": [_plain(each) for each in found.quarters], **amounts}


def _present(found: PresentValue) -> dict[str, Any]:
    read: tuple[tuple[str, Callable[[Any], str | None]], ...] = (
        ("change", lambda each: _plain(each.change)),
        ("tax_rate", lambda each: None if each.tax_rate is None else str(each.tax_rate)),
        ("tax", lambda each: _plain(each.tax)),
        ("factor", lambda each: str(each.factor)),
        ("present", lambda each: _plain(each.present)),
    )
    return {
        "discount_rate": str(found.discount_rate),
        "base": found.base,
        "years": [{"year": each.year, **{key: value(each) for key, value in read}} for each in found.years],
        "tax": _plain(found.tax),
        "present": _plain(found.present),
        "left": _plain(found.left),
    }
