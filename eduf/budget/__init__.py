"""A budget: what the plan years of a case may spend, must extract and can pay, year by year."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from eduf.budget.year import RATES, AtRate, BudgetYear, FrontLine, Most, budgeted
from eduf.case import Case, Scenario
from eduf.history import History, compute
from eduf.law import Entry, Law
from eduf.money import ZERO, exactly
from eduf.problems import Problem, Refused
from eduf.reading import LAST_YEAR
from eduf.scenario import applied
from eduf.typed import span

__all__ = ["AtRate", "Budget", "BudgetYear", "FrontLine", "Most", "plan"]


@dataclass(frozen=True)
class Budget:
    """The plan years of a case, each with what it allows and needs; `made`: those that the case does not state."""

    history: History
    years: tuple[BudgetYear, ...]
    made: tuple[int, ...] = ()

    @property
    def needed(self) -> Entry | None:
        """The lowest rate of the law at which the fund pays in every one of these years; None where none does."""
        paying = (n for n in range(len(RATES)) if not self.missing(n))
        return next((self.years[-1].rates[n].entry for n in paying), None)

    def missing(self, rate: int = -1) -> Decimal:
        """The most that the fund lacks at the end of one of the years at that rate, the highest where none is named."""
        return max(year.rates[rate].missing for year in self.years)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is to be looked at in these years."""
        numbers = {each.year for each in self.years}
        return tuple(each for each in self.history.problems if each.where.year in numbers)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the law that the budget rests on beside those of the lines, in the order of their use."""
        return tuple({entry.id: entry for year in self.years for entry in year.law}.values())

    def rows(self) -> list[dict[str, Any]]:
        """A flat row for each year, as for `pandas.DataFrame(rows)`; None: unknown, or not in such a year."""
        return [_row(each) for each in self.years]


def _row(each: BudgetYear) -> dict[str, Any]:
    lines = ("spent", "spent_in_full", "cap", "brought_forward", "carried_forward", "headroom")
    fund = ("extraction_rate", "extraction_due", "extracted", "fund_opening", "fund_closing")
    front, cliff = each.front_line, each.cliff
    return {
        "year": each.year,
        **{name: each.values[name] for name in lines},
        "most_without_new": each.without_new.amount if each.without_new else None,
        "most_without_any": each.without_any.amount if each.without_any else None,
        "left": each.left,
        **{name: each.values[name] for name in fund},
        "fund_missing": each.missing,
        "needed_rate": each.needed.rate if each.needed else None,
        "missing_at_highest_rate": each.rates[-1].missing,
        "front_line_spent": front.spent,
        "front_line_percent": front.percent,
        "front_line_least": front.least,
        "front_line_missing": front.missing,
        "taxable_income": each.values["taxable_income"],
        "over_limit": cliff.over if cliff else ZERO if each.values["small_limit"] else None,
        "tax_jump": cliff.tax_jump if cliff else None,
        "spent_to_stay_below": each.below_cliff,
    }


def plan(case: Case, years: str | None = None, changes: Scenario | None = None, by: Law | None = None) -> Budget:
    """The budget of the plan years of a case, or of those that `years` names: `2027`, `2027-2029`, `2027-`.

    Years after the last are made, each repeating the facts of the year before; `changes` are applied first. Raises
    Refused where there is no plan year, and where the case cannot be computed.

    >>> from eduf import plan, read
    >>> budget = plan(read("examples/machinery.toml"))
    >>> [(each.year, str(each.without_new.amount), str(each.missing)) for each in budget.years]
    [(2026, '1344000.00', '0.00'), (2027, '1392000.00', '0.00')]
    """
    begin, end = span(years) if years else (0, None)
    if max(begin, end or 0) > LAST_YEAR:
        raise Refused([Problem("scenario_after_2100", "error", values={"found": years})])
    history = compute(applied(case, changes or Scenario(name="plan", set=()), end or 0), by)
    planned = [year for year in history.years if year.status == "plan"]
    numbers = [each.year for each in planned if begin <= each.year <= (end or LAST_YEAR)]
    if not numbers:
        raise Refused([_none(case, years)])
    with exactly():
        found = tuple(budgeted(history, planned[: n + 1]) for n, each in enumerate(planned) if each.year in numbers)
    stated = {each.year for each in case.years}
    return Budget(history, found, tuple(each for each in numbers if each not in stated))


def _none(case: Case, years: str | None) -> Problem:
    """That there is no plan year, and how to have one."""
    first, end = (pick(each.year for each in case.years) for pick in (min, max))
    last = max((each.year for each in case.years if each.status == "actual"), default=first - 1)
    values = {"found": years, "last": last, "end": end, "next": end + 1, "then": end + 3}
    return Problem("plan_not_these" if years else "plan_none", "error", case.places("year"), values)
