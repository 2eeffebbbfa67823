"""A budget as JSON, as eduf/schemas/plan.json describes it."""

from decimal import Decimal
from typing import Any

from eduf.budget import AtRate, Budget, BudgetYear, FrontLine, Most
from eduf.explain import entry_json
from eduf.version import __version__

_LINES = ("spent", "spent_in_full", "cap", "brought_forward", "carried_forward", "headroom", "extraction_rate")
_FUND = ("extraction_due", "extracted", "fund_opening", "fund_closing")


def as_json(budget: Budget, lang: str) -> dict[str, Any]:
    """The budget as a document: amounts and rates are text, null is unknown; an entry of the law is named by its id."""
    places, law = budget.history.case.places, budget.history.law
    return {
        "format": 1,
        "eduf": __version__,
        "case": {"name": budget.history.case.enterprise.name, "file": places.file, "sha256": places.sha256},
        "law": {"sha256": law.sha256(), "entries": [entry_json(each, lang) for each in budget.entries]},
        "needed": budget.needed.id if budget.needed else None,
        "missing_at_highest_rate": str(budget.missing()),
        "made": list(budget.made),
        "years": [_year(each) for each in budget.years],
        "problems": [problem.as_json(lang) for problem in budget.problems],
    }


def _year(each: BudgetYear) -> dict[str, Any]:
    return {
        "year": each.year,
        "lines": {name: _text(each.values[name]) for name in (*_LINES, *_FUND)},
        "most_without_new": _most(each.without_new),
        "most_without_any": _most(each.without_any),
        "left": _text(each.left),
        "missing": str(each.missing),
        "rates": [_at_rate(at) for at in each.rates],
        "needed": each.needed.entry.id if each.needed else None,
        "front_line": _front_line(each.front_line),
        "cliff": _cliff(each),
    }


def _most(most: Most | None) -> dict[str, str] | None:
    return {name: str(value) for name, value in vars(most).items()} if most else None


def _at_rate(at: AtRate) -> dict[str, str]:
    amounts = {name: str(getattr(at, name)) for name in ("rate", "extraction", "fund_closing", "missing")}
    return {"law": at.entry.id, **amounts}


def _front_line(found: FrontLine) -> dict[str, str | None]:
    amounts = {name: _text(getattr(found, name)) for name in ("spent", "total", "percent", "least", "missing")}
    law, rate = (found.entry.id, str(found.entry.value)) if found.entry else (None, None)
    return {"law": law, "rate": rate, **amounts}


def _cliff(each: BudgetYear) -> dict[str, str | None] | None:
    if each.cliff is None:
        return None
    return {
        **{name: str(value) for name, value in each.cliff._asdict().items()},
        "spent_below": _text(each.below_cliff),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
