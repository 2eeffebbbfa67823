"""A plan year of a budget: the most that may be spent, whether the fund pays, for whom, and the cliff of its tax.

Nothing here has a rule of its own: the most is searched on the lines of the year, in whole fen, and the fund at another
rate is computed by them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eduf import lines, small
from eduf.cliff import Cliff, crossed
from eduf.comparison import percent_of
from eduf.facts import Figure
from eduf.history import History, Year, again
from eduf.law import Entry
from eduf.line import BOOKS, Number
from eduf.money import LIMIT, ZERO, greatest, share
from eduf.search import Search

RATES = ("ordinary", "intensive")
_MOST = 2 * int(LIMIT.scaleb(2))  # fen: what the cap and a balance from before 2008 can be together
_THOUSAND = 3  # places


@dataclass(frozen=True)
class Most:
    """The most that may be spent under the cap, what is then carried forward, and what a fen more would carry."""

    amount: Decimal
    carried_forward: Decimal
    with_a_fen_more: Decimal


@dataclass(frozen=True)
class AtRate:
    """The fund at the end of a year where it and the plan years before it extract at a rate of the law.

    `missing`: what it then cannot pay.
    """

    entry: Entry
    rate: Decimal
    extraction: Decimal
    fund_closing: Decimal
    missing: Decimal


@dataclass(frozen=True)
class FrontLine:
    """What is spent on front-line staff, of all that is spent.

    `percent` is to one decimal, half up; `least`, the least number of fen that is the law's share of the same spending;
    `missing`, how much more of it must go there. None: unknown, or no such rule.
    """

    spent: Decimal | None
    total: Decimal
    percent: Decimal | None
    entry: Entry | None
    least: Decimal | None
    missing: Decimal | None


@dataclass(frozen=True)
class BudgetYear:
    """A plan year, computed, and what its plan allows and needs, with the other years as they are stated.

    `without_new`: no more is carried forward than was brought forward; `without_any`: nothing is, None where that
    cannot be had; both None in a year of deemed collection. `left`: what the plan leaves of `without_new`, below zero
    what it has beyond. `missing`: what the fund cannot pay as the plan stands. `cliff`: only where it is crossed;
    `below_cliff`: the least spending, from the plan's on, that stays at its limit, None where the cap leaves too
    little. `law`: what all this rests on beside the law of the lines.
    """

    year: int
    values: Mapping[str, Decimal | None]
    without_new: Most | None
    without_any: Most | None
    left: Decimal | None
    missing: Decimal
    rates: tuple[AtRate, ...]
    front_line: FrontLine
    cliff: Cliff | None
    below_cliff: Decimal | None
    law: tuple[Entry, ...]

    @property
    def needed(self) -> AtRate | None:
        """The lowest rate of the law at which the fund pays; None where it pays at none."""
        return next((each for each in self.rates if not each.missing), None)


def budgeted(history: History, plan: Sequence[Year]) -> BudgetYear:
    """The last of these plan years; `plan` begins with the first plan year of the case."""
    year = plan[-1]
    on_books = year.setting.collection in BOOKS
    most = _most(history, year, _amount(year, "brought_forward")) if on_books else None
    found, front = crossed(year.values), _front_line(history, year)
    rates = tuple(_at_rate(history, plan, choice) for choice in RATES)
    return BudgetYear(
        year=year.year,
        values=year.values,
        without_new=most,
        without_any=_most(history, year, ZERO) if on_books else None,
        left=most.amount - _amount(year, "spent") if most else None,
        missing=_lacking(_amount(year, "fund_closing")),
        rates=rates,
        front_line=front,
        cliff=found,
        below_cliff=_below(history, year, found.limit) if found else None,
        law=(*(each.entry for each in rates), *((front.entry,) if front.entry else ()), *_cliff_law(history, year)),
    )


def _cliff_law(history: History, year: Year) -> Iterator[Entry]:
    if crossed(year.values):
        for cited in ("small_limit.income", "small_low_profit.cliff"):
            yield from history.law.cite(cited, year.year, (small.WHO,))


def _amount(year: Year, name: str) -> Decimal:
    """A line or fact that every year has."""
    found = year.values[name]
    if found is None:
        raise LookupError(f"{name} is not known in {year.year}")
    return found


def _lacking(closing: Decimal) -> Decimal:
    """What a fund that closes so cannot pay."""
    found: Decimal = greatest(-closing, 0)
    return found


def _most(history: History, year: Year, carried: Decimal) -> Most | None:
    """The most spending with which no more than that is carried forward."""

    def carried_with(spent: Number) -> Number:
        return _with(history, year, spent, "carried_forward")

    most = Search(carried_with, "<=", carried, 0, _MOST).first(downwards=True)
    if most is None:
        return None
    amount, more = Decimal(most).scaleb(-2), Decimal(most + 1).scaleb(-2)
    return Most(amount, carried_with(amount), carried_with(more))


def _below(history: History, year: Year, limit: Decimal) -> Decimal | None:
    """The least spending, from the plan's on, with which taxable income is at most the limit."""
    spent = int(_amount(year, "spent").scaleb(2))
    search = Search(lambda amount: _with(history, year, amount, "taxable_income"), "<=", limit, spent, _MOST)
    found = search.first(downwards=False)
    return None if found is None else Decimal(found).scaleb(-2)


def _with(history: History, year: Year, spent: Number, name: str) -> Number:
    return again(history, {year.year: {"spent": Figure(spent, "stated")}}, name, year.year)


def _at_rate(history: History, plan: Sequence[Year], choice: str) -> AtRate:
    entries = [history.law.cite(f"extraction.{choice}", each.year)[0] for each in plan]
    rates = [Decimal(each.value or 0) for each in entries]
    due = [lines.extraction_due(_amount(year, "total_wages"), rate) for year, rate in zip(plan, rates, strict=True)]
    figures = {year.year: {"extracted": Figure(each, "law")} for year, each in zip(plan, due, strict=True)}
    closing: Decimal = again(history, figures, "fund_closing", plan[-1].year)
    return AtRate(entries[-1], rates[-1], due[-1], closing, _lacking(closing))


def _front_line(history: History, year: Year) -> FrontLine:
    """The share is a rule for enterprises."""
    spent = history.case.years[year.position].front_line_spent
    total = _amount(year, "spent") + _amount(year, "spent_in_full")
    ruled = history.law.on("front_line", year.year) if history.case.enterprise.kind == "enterprise" else ()
    entry = next(iter(ruled), None)
    least = _least(total, Decimal(entry.value or 0)) if entry else None
    missing = None if spent is None or least is None else greatest(least - spent, 0)
    return FrontLine(spent, total, percent_of(spent, total), entry, least, missing)


def _least(total: Decimal, rate: Decimal) -> Decimal:
    """The least number of fen that is at least that share of the total."""
    thousandfold = int(share(total.scaleb(_THOUSAND), rate).scaleb(2))  # rates are multiples of 0.1 %: nothing is lost
    return Decimal(-(-thousandfold // 10**_THOUSAND)).scaleb(-2)
