"""The figures that a year's lines read, each with where it came from: stated, by law, left out or unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from eduf import small
from eduf.case import Case, Vintage, Year
from eduf.law import Entry, Law
from eduf.line import BOOKS, Setting
from eduf.losses import Losses, available
from eduf.money import ZERO, written
from eduf.problems import Place

Origin = Literal["stated", "law", "left_out", "unknown", "losses", "deemed", "no_deferred_tax"]

_LEFT_OUT_IS_NOTHING = ("spent_in_full", "transferred")
_OPENINGS = {
    "opening_fund_balance": "fund_balance",
    "opening_before_2008_balance": "before_2008_balance",
    "opening_carried_forward": "carried_forward",
}


@dataclass(frozen=True)
class Figure:
    """A figure with its origin: `unknown`, `deemed` (none in such a year) and `no_deferred_tax` have no value.

    `losses`: what is left of losses of earlier years; `because` names them.
    """

    value: Decimal | None
    origin: Origin
    place: Place | None = None
    entry: Entry | None = None
    because: str | None = None


def setting(case: Case, year: Year, law: Law) -> Setting:
    """What decides which lines the year has."""
    editions = law.on("form", year.year)
    edition = int(editions[-1].value or 0) if editions else None
    tax = "small" if _is_small(case, year, law) else "rate"
    return Setting(year.collection, edition, case.enterprise.vintage_order, _recognised(case), tax)


def _recognised(case: Case) -> str:
    """What deferred tax is recognised on."""
    enterprise = case.enterprise
    if enterprise.accounting != "cas" or not enterprise.deferred_recognised:
        return "none"
    return "with_fund" if enterprise.deferred_on_fund else "carry_forward"


def _is_small(case: Case, year: Year, law: Law) -> bool:
    return year.collection in BOOKS and small.is_taxed_so(year, case.qualifications(year), law)


def openings(case: Case) -> dict[str, Figure]:
    """The opening balances; one that is left out is 0, as the format says."""
    found: dict[str, Figure] = {}
    for name, key in _OPENINGS.items():
        stated = getattr(case.opening, key)
        if isinstance(stated, tuple):
            stated = sum((vintage.amount for vintage in stated), ZERO)
        found[name] = _stated_or_nothing(stated, case.places("opening", key))
    return found


def vintages(case: Case) -> dict[int | None, Decimal]:
    """The opening carry-forward by the year in which it arose, the oldest first, what is unknown before all."""
    found: dict[int | None, Decimal] = {}
    for vintage in sorted(case.opening.carried_forward or (), key=_age):
        found[vintage.arose] = found.get(vintage.arose, ZERO) + vintage.amount
    return found


def _age(vintage: Vintage) -> int:
    return vintage.arose or 0


def facts(case: Case, position: int, year: Year, law: Law) -> dict[str, Figure]:
    """The facts and rates of a year; `position` is where the year stands in the file."""

    places = case.places

    def place(key: str) -> Place:
        return places("year", position, key)

    found = {
        key: Figure(getattr(year, key), "stated", place(key)) for key in ("total_wages", "deductible_wages", "spent")
    }
    for key in ("extracted", "booked_in_full"):
        if getattr(year, key) is not None:
            found[key] = Figure(getattr(year, key), "stated", place(key))
    for key in _LEFT_OUT_IS_NOTHING:
        found[key] = _stated_or_nothing(getattr(year, key), place(key), getattr(year, f"{key}_because", None))
    found["extraction_rate"] = _extraction_rate(case, year, law, place("extraction_rate"))
    found["cap_rate"] = _cap_rate(case, year, law, place("cap_rate"))
    found["deferred_rate"] = _deferred_rate(case, year, law, place)
    found["income"] = Figure(year.income, "unknown" if year.income is None else "stated", place("income"))
    found["tax_rate"] = _tax_rate(case, year, law, place("tax_rate"))
    return found | (_small_figures(year, law, place("qualifications")) if _is_small(case, year, law) else {})


def losses(standing: Losses) -> dict[str, Figure]:
    """What is left of losses of earlier years, unknown where a year's own is."""
    named = "; ".join(f"{arose}: {'—' if amount is None else written(amount)}" for arose, amount in standing)
    return {"losses_available": Figure(available(standing), "losses", because=named)}


def _stated_or_nothing(value: Decimal | None, place: Place, because: str | None = None) -> Figure:
    return Figure(ZERO, "left_out", place) if value is None else Figure(value, "stated", place, because=because)


def _by_law(entry: Entry, place: Place) -> Figure:
    return Figure(Decimal(entry.value or 0), "law", place, entry)


def _extraction_rate(case: Case, year: Year, law: Law, place: Place) -> Figure:
    if year.extraction_rate is not None:
        return Figure(year.extraction_rate, "stated", place)
    if case.enterprise.extraction_rate is not None:
        return Figure(case.enterprise.extraction_rate, "stated", case.places("enterprise", "extraction_rate"))
    ordinary = next(each for each in law.on("extraction", year.year) if each.choice == "ordinary")
    return _by_law(ordinary, case.places("enterprise", "extraction_rate"))


def _cap_rate(case: Case, year: Year, law: Law, place: Place) -> Figure:
    if year.collection == "deemed":
        return Figure(None, "deemed", place)
    if year.cap_rate is not None:
        return Figure(year.cap_rate, "stated", place, because=year.cap_rate_because)
    return _by_law(law.rate("cap", year.year, case.qualifications(year)), place)


def _deferred_rate(case: Case, year: Year, law: Law, place: Callable[[str], Place]) -> Figure:
    if case.enterprise.accounting != "cas":
        return Figure(None, "no_deferred_tax", place("deferred_rate"))
    for key in ("deferred_rate", "tax_rate"):
        if getattr(year, key) is not None:
            return Figure(getattr(year, key), "stated", place(key))
    held = case.qualifications(year)
    if small.asked(year.year, held, law) or small.is_taxed_so(year, held, law):
        return Figure(None, "unknown", place("deferred_rate"))
    return _by_law(law.rate("tax_rate", year.year, held), place("deferred_rate"))


def _tax_rate(case: Case, year: Year, law: Law, place: Place) -> Figure:
    """The rate of the year; of a small low-profit enterprise the one that holds over the limit of income."""
    held = case.qualifications(year)
    if year.collection == "deemed":
        return Figure(None, "deemed", place)
    if year.tax_rate is not None:
        return Figure(year.tax_rate, "stated", place)
    if small.asked(year.year, held, law):
        return Figure(None, "unknown", place)
    return _by_law(law.rate("tax_rate", year.year, held), place)


def _small_figures(year: Year, law: Law, place: Place) -> dict[str, Figure]:
    """The rates and limits of small low-profit enterprises; where the first part is all of it, so is its rate."""
    rates = {each.choice: each for each in law.on("small_rate", year.year, (small.WHO,))}
    limits = {each.choice: each for each in law.on("small_limit", year.year, (small.WHO,))}
    entries = {
        "small_first_rate": rates["first"],
        "small_rest_rate": rates.get("rest", rates["first"]),
        "small_first_limit": limits["first"],
        "small_limit": limits["income"],
    }
    return {name: _by_law(entry, place) for name, entry in entries.items()}
