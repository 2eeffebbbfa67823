"""A computed history as JSON and CSV, in the formats that other tools read."""

import csv
import io
from decimal import Decimal
from typing import Any

from eduf.history import History, Year
from eduf.lines import FACTS
from eduf.tax_lines import NAMES as TAX
from eduf.version import __version__

PANEL = (
    "enterprise",
    "year",
    "total_wages",
    "deductible_wages",
    "extraction_rate",
    "spent",
    "qualifications",
    "extracted",
    "spent_in_full",
    "booked_in_full",
    "opening_carried_forward",
    "fund_balance",
    "before_2008_balance",
)
BEYOND = ("transferred", "status")  # after the columns that a panel has
_OPENINGS = {"fund_balance": "opening_fund_balance", "before_2008_balance": "opening_before_2008_balance"}


def as_json(history: History, lang: str) -> dict[str, Any]:
    """The result as a document: amounts and rates are text, null is unknown or not in such a year."""
    places = history.case.places
    return {
        "format": 1,
        "eduf": __version__,
        "case": {"name": history.case.enterprise.name, "file": places.file, "sha256": places.sha256},
        "law": {"sha256": history.law.sha256()},
        "years": [_year(year) for year in history.years],
        "problems": [problem.as_json(lang) for problem in history.problems],
    }


def _year(year: Year) -> dict[str, Any]:
    return {
        "year": year.year,
        "status": year.status,
        "edition": year.setting.edition,
        "facts": {name: _text(year.figures[name].value) for name in FACTS if name in year.figures},
        "lines": {name: _text(value) for name, value in year.lines().items()},
        "vintages": [{"from": label, "amount": str(amount)} for label, amount in year.vintages],
        "losses": [{"from": arose, "amount": _text(amount)} for arose, amount in year.losses],
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def as_csv(history: History) -> str:
    """A row a year: the columns of a panel, then every line but those of deferred and of income tax.

    An empty cell is unknown or not in such a year.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    lines = [name for name in history.years[0].lines() if name not in PANEL and name not in TAX]
    writer.writerow([*PANEL, *lines, *BEYOND])
    for year in history.years:
        computed = year.lines()
        panel = (_cell(history, year, name) for name in PANEL)
        writer.writerow([*panel, *(computed[name] for name in lines), year.values["transferred"], year.status])
    return out.getvalue()


def _cell(history: History, year: Year, name: str) -> object:
    if name == "enterprise":
        return as_text(history.case.enterprise.name)
    if name == "year":
        return year.year
    if name == "qualifications":
        return "+".join(history.case.qualifications(history.case.years[year.position]))
    opening = _OPENINGS.get(name, name)
    if opening.startswith("opening_") and year is not history.years[0]:
        return None
    return year.values.get(opening)


def as_text(typed: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{typed}" if typed.startswith(("=", "+", "-", "@", "\t", "\r")) else typed
