"""Proofs: the lines of eduf run on Z3's integers, and what must hold of them holds for every input there can be.

Amounts are fen from 0 to LIMIT (extracted and the fund may be negative, a transfer gives up no more than there is),
rates are per mille from 0 to 1000, and all of them are unknowns; so is whether `extracted` is stated. share is the
real product of two unknowns: Z3 is quick with it but in one proof, which says what stands in for it. Most proofs look
at two years, the first one, which starts from the openings, and a later one, which starts from any balances there can
be: what holds in both holds in every year of every history.

A proof that nothing can refute proves nothing: planted wrong rules, and every line with one fen too many or too few,
must each be refuted by a counterexample.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from itertools import pairwise
from operator import attrgetter
from random import Random
from typing import Any

import pytest
import z3  # type: ignore[import-untyped]
from evaluator import integer
from histories import LIMIT, random_history
from judge import A_MILLION, is_small, judge, ordinary_rate, small_rates

from eduf import lines, tax_lines
from eduf.line import Line, Number, Setting
from eduf.money import greatest, least, share, when_at_most
from eduf.vintages import Movement, movement, remaining

Values = dict[str, Any]  # Z3 integers by name
Rules = Callable[[Setting], tuple[Line, ...]]  # lines.of, or the same with a wrong line
Claim = tuple[list[Any], Any]  # where all of these hold, this one must
Proof = Callable[[Rules, str], Iterator[Claim]]

ORDERS = ("current_first", "oldest_first")
AMOUNTS = ("total_wages", "deductible_wages", "spent", "spent_in_full")
RATES = ("extraction_rate", *lines.RATES)
USUAL_RATES = {"extraction_rate": 25, "cap_rate": 80, "deferred_rate": 250} | {
    "tax_rate": 250,
    "small_first_rate": 50,
    "small_rest_rate": 100,
}
OPENING = {name: z3.Int(name) for name in lines.OPENINGS}
LATER = {name: z3.Int(f"{name} of last year") for name in ("fund_closing", "before_2008_closing", "carried_forward")}
LATER["deferred_tax"] = z3.Int("deferred_tax of last year")
NOT_NEGATIVE = (
    "cap", "deducted", "deducted_current", "deducted_earlier", "headroom", "deductible_spent", "from_before_2008",
    "before_2008_closing", "brought_forward", "available", "carried_forward", "extraction_due", "extraction_shortfall",
    "deferred_tax_opening", "deferred_tax", "total_deducted", "total_spent", "income_before_relief", "year_loss",
    "loss_relief", "taxable_income", "taxable_unadjusted", "tax", "tax_unadjusted",
)  # fmt: skip
TAXED = ("losses_available", *tax_lines.LIMITS)  # amounts that the tax lines read beside the income


# Years on Z3's integers


@dataclass(frozen=True)
class Facts:
    """The facts of a year as unknowns, and what FORMATS.md says of them."""

    values: Values
    assumed: list[Any]


@dataclass(frozen=True)
class Year:
    """A computed year: the balances that it starts from, its figures, and what was assumed."""

    before: Values
    values: Values
    assumed: list[Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def facts(tag: object) -> Facts:
    values = {name: z3.Int(f"{name} {tag}") for name in (*AMOUNTS, *RATES, *TAXED, "transferred", "income")}
    assumed = [z3.And(values[name] >= 0, values[name] <= LIMIT) for name in (*AMOUNTS, *TAXED)]
    assumed += [z3.And(values[name] >= 0, values[name] <= 1000) for name in RATES]
    assumed += [z3.And(values[name] >= -LIMIT, values[name] <= LIMIT) for name in ("transferred", "income")]
    for name, lowest in (("extracted", -LIMIT), ("booked_in_full", 0)):
        values[f"{name} is stated"], values[f"{name} as stated"] = z3.Bool(f"{name}? {tag}"), z3.Int(f"{name} {tag}")
        assumed.append(z3.And(lowest <= values[f"{name} as stated"], values[f"{name} as stated"] <= LIMIT))
    return Facts(values, assumed)


def computed(rules: Rules, setting: Setting, given: Facts, last: Values | None = None) -> Year:
    """The lines of a year, as eduf/history.py computes them."""
    before = last or {
        "fund_closing": OPENING["opening_fund_balance"],
        "before_2008_closing": OPENING["opening_before_2008_balance"],
        "carried_forward": OPENING["opening_carried_forward"],
        "deferred_tax": share(deferred_base(setting), given.values["deferred_rate"]),
    }
    values = {**OPENING, **given.values}
    for line in rules(setting):
        if line.then and last:
            values[line.name] = last[line.then]
            continue
        figure = line(*(values[name] for name in line.reads))
        stated = line.stated and f"{line.name} is stated"
        values[line.name] = z3.If(values[stated], values[f"{line.name} as stated"], figure) if stated else figure
    can_be_given_up = before["carried_forward"] + given.values["transferred"] >= 0
    return Year(before, values, [*given.assumed, can_be_given_up])


def deferred_base(setting: Setting) -> Any:
    """What deferred tax is on at the start of the first year."""
    carried, fund, old = (
        OPENING[f"opening_{name}"] for name in ("carried_forward", "fund_balance", "before_2008_balance")
    )
    return carried + greatest(fund - old, 0) if setting.deferred == "with_fund" else carried


def history(rules: Rules, settings: Sequence[Setting], given: Sequence[Facts]) -> list[Year]:
    """Years in a row, from the openings; the last of them assumes what all of them assume."""
    years: list[Year] = []
    for setting, each in zip(settings, given, strict=True):
        year = computed(rules, setting, each, years[-1].values if years else None)
        known = years[-1].assumed if years else can_be(OPENING)
        years.append(replace(year, assumed=[*known, *year.assumed]))
    return years


def can_be(balances: Values) -> list[Any]:
    """Any balance there can be: only the fund may be negative."""
    return [balance >= 0 for name, balance in balances.items() if "fund" not in name]


def any_year(rules: Rules, order: str, collection: str = "books", edition: int = 2018, **others: str) -> Iterator[Year]:
    """The first year, and any later one."""
    setting = Setting(collection, edition, order)._replace(**others)  # type: ignore[arg-type]
    for balances, last in ((OPENING, None), (LATER, LATER)):
        year = computed(rules, setting, facts("this year"), last)
        yield replace(year, assumed=[*can_be(balances), *year.assumed])


def some_years(rules: Rules, order: str, *collections: str) -> list[Year]:
    settings = [Setting(collection, 2018, order) for collection in collections]
    return history(rules, settings, [facts(number) for number in range(2018, 2018 + len(collections))])


def total(years: Sequence[Year], name: str) -> Any:
    """Over all years that have the line."""
    return z3.Sum([year[name] for year in years if name in year.values])


def counterexample(claims: Iterator[Claim]) -> dict[str, str]:
    """Figures for which a claim is wrong; none where all of them are proved.

    A counterexample is sought among the usual rates first: there no two unknowns are multiplied.
    """
    for assumed, holds in claims:
        wrong = z3.And(*assumed, z3.Not(holds))
        if found := figures_of(wrong, *usual_rates(wrong)) or figures_of(wrong):
            return found
    return {}


def figures_of(*conditions: Any) -> dict[str, str]:
    """Figures that meet all of these conditions; none where there cannot be any."""
    solver = z3.Solver()
    solver.set("timeout", 60_000)
    solver.add(*conditions)
    answer = solver.check()
    assert answer != z3.unknown, f"Z3 does not know: {solver.reason_unknown()}"
    return {str(figure): str(solver.model()[figure]) for figure in solver.model()} if answer == z3.sat else {}


def usual_rates(condition: Any) -> list[Any]:
    """Every rate of the condition at its usual value."""
    parts: dict[int, Any] = {}
    ahead = [condition]
    while ahead:
        part = ahead.pop()
        if part.get_id() not in parts:
            parts[part.get_id()] = part
            ahead += part.children()
    unknowns = [part for part in parts.values() if z3.is_const(part) and part.decl().kind() == z3.Z3_OP_UNINTERPRETED]
    return [each == rate for each in unknowns for name, rate in USUAL_RATES.items() if str(each).startswith(name)]


# What is proved


def conservation(rules: Rules, order: str) -> Iterator[Claim]:
    """What is spent, brought forward or taken over is deducted or carried forward, in a year and over years."""
    for year in any_year(rules, order):
        yield (
            year.assumed,
            z3.And(
                year["deductible_spent"] + year["brought_forward"] == year["deducted"] + year["carried_forward"],
                year["available"] == year["deducted"] + year["carried_forward"],
                year["deducted"] == year["deducted_current"] + year["deducted_earlier"],
            ),
        )
    for collections in (("books",) * 6, ("books", "deemed", "deemed", "books", "books")):
        years = some_years(rules, order, *collections)
        come = OPENING["opening_carried_forward"] + total(years, "deductible_spent") + total(years, "transferred")
        yield years[-1].assumed, come == total(years, "deducted") + years[-1]["carried_forward"]


def bounds(rules: Rules, order: str) -> Iterator[Claim]:
    """No more is deducted than the cap, and nothing is negative that cannot be."""
    for year in any_year(rules, order):
        nothing_negative = [year[name] >= 0 for name in NOT_NEGATIVE]
        yield (
            year.assumed,
            z3.And(
                *nothing_negative,
                year["deducted"] <= year["cap"],
                year["deducted_current"] <= year["deductible_spent"],
                year["deducted_earlier"] <= year["brought_forward"],
                year["deductible_spent"] <= year["spent"],
                year["cap"] <= year["deductible_wages"],
            ),
        )
    for year in any_year(rules, order, "deemed"):
        yield year.assumed, z3.And(year["carried_forward"] >= 0, year["before_2008_closing"] >= 0)


def nothing_lost(rules: Rules, order: str) -> Iterator[Claim]:
    """As much is deducted as may be: nothing is carried forward while the cap has room."""
    for year in any_year(rules, order):
        full_or_all = z3.Or(year["headroom"] == 0, year["carried_forward"] == 0)
        yield year.assumed, z3.And(full_or_all, year["cap"] == year["deducted"] + year["headroom"])


def order_of_deduction(rules: Rules, order: str) -> Iterator[Claim]:
    """The one is deducted only once nothing of the other is left: earlier excess and this year's spending."""
    for year in any_year(rules, order):
        current, earlier = year["deducted_current"], year["deducted_earlier"]
        if order == "current_first":
            yield year.assumed, z3.Or(earlier == 0, current == year["deductible_spent"])
        else:
            yield year.assumed, z3.Or(current == 0, earlier == year["brought_forward"])


def monotone_in_a_year(rules: Rules, order: str) -> Iterator[Claim]:
    """More wages or more spending never lessen the deduction of the year, nor its cap."""
    for year, more in zip(any_year(rules, order), any_year_of_more(rules, order), strict=True):
        assumed = [*year.assumed, *more.assumed, *raised(year, more)]
        yield assumed, z3.And(more["deducted"] >= year["deducted"], grows(year["cap"], more["cap"]))


def monotone_over_years(rules: Rules, order: str) -> Iterator[Claim]:
    """More wages or more spending, in whatever years, never lessen what is deducted to date.

    Any caps that do not fall stand in for the products, of which Z3 need know no more: that they do not is proved by
    `monotone_in_a_year`, and at 1000 per mille they are the caps of some wages, so nothing is lost either way.
    """
    settings = [Setting(order=order)] * 4
    years = history(rules, settings, [facts(number) for number in range(4)])
    more = history(rules, settings, [more_facts(number) for number in range(4)])
    assumed, stand_ins = [*years[-1].assumed, *more[-1].assumed], []
    for number, (each, other) in enumerate(zip(years, more, strict=True)):
        assumed += raised(each, other)
        caps = z3.Ints(f"cap{number} more{number}")
        stand_ins += [(each["cap"], caps[0]), (other["cap"], caps[1])]
        assumed.append(grows(*caps))
    claims = [total(more[:count], "deducted") >= total(years[:count], "deducted") for count in range(1, 5)]
    yield assumed, z3.substitute(z3.And(*claims), *stand_ins)


def monotone_for_ever(rules: Rules, order: str) -> Iterator[Claim]:
    """The same for any number of years: one step of induction.

    So far, `deducted_more` was deducted more, and by conservation `carried_more` of the excess is left beyond it.
    """
    last = {name: z3.Int(f"{name} of last year, with more") for name in LATER}
    deducted_more = z3.Int("deducted more so far")
    carried_more = last["carried_forward"] - LATER["carried_forward"]
    less_before_2008 = last["before_2008_closing"] <= LATER["before_2008_closing"]
    setting = Setting(order=order)
    year = computed(rules, setting, facts("this year"), LATER)
    more = computed(rules, setting, more_facts("this year"), last)
    assumed = [*can_be(LATER), *can_be(last), *year.assumed, *more.assumed, *raised(year, more)]
    so_far = [deducted_more >= 0, deducted_more + carried_more >= 0, less_before_2008]
    now = deducted_more + more["deducted"] - year["deducted"]
    still = [
        now >= 0,
        now + more["carried_forward"] - year["carried_forward"] >= 0,
        more["before_2008_closing"] <= year["before_2008_closing"],
    ]
    yield [*assumed, *so_far], z3.And(*still)


def books_and_return(rules: Rules, order: str) -> Iterator[Claim]:
    """The adjustment of income is what the fund and the carry-forward grew by, in every year."""
    for year in any_year(rules, order):
        fund = year["fund_closing"] - year["before_2008_closing"]
        fund_before = year.before["fund_closing"] - year.before["before_2008_closing"]
        carried = year["carried_forward"] - year["transferred"] - year.before["carried_forward"]
        yield year.assumed, year["total_adjustment"] == fund - fund_before + carried


def rows(rules: Rules, order: str) -> Iterator[Claim]:
    """Row 4 is row 5 and row 6 in every column, and an adjustment is what is booked but not deducted."""
    for year in any_year(rules, order):
        yield (
            year.assumed,
            z3.And(
                year["total_booked"] == year["booked"] + year["booked_in_full"],
                year["total_spent"] == year["deductible_spent"] + year["spent_in_full"],
                year["total_deducted"] == year["deducted"] + year["deducted_in_full"],
                year["total_adjustment"] == year["adjustment"] + year["adjustment_in_full"],
                year["adjustment"] == year["booked"] - year["deducted"],
                year["total_adjustment"] == year["total_booked"] - year["total_deducted"],
                year["total_booked"] == year["extracted"],
                year["deducted_in_full"] == year["spent_in_full"],
            ),
        )


def rounding(rules: Rules, order: str) -> Iterator[Claim]:
    """Each share is its own amount at its own rate to the nearest fen, half a fen up."""
    for year in any_year(rules, order):
        yield year.assumed, is_share(year["extraction_due"], year["total_wages"], year["extraction_rate"])
        yield year.assumed, is_share(year["cap"], year["deductible_wages"], year["cap_rate"])
        yield year.assumed, is_share(year["deferred_tax"], year["carried_forward"], year["deferred_rate"])
        yield year.assumed, is_share(year["tax"], year["taxable_income"], year["tax_rate"])
        yield year.assumed, is_share(year["tax_unadjusted"], year["taxable_unadjusted"], year["tax_rate"])


def extraction(rules: Rules, order: str) -> Iterator[Claim]:
    """What is left out is what the rate gives; the shortfall fills what is stated up to what is due, and no further."""
    for year in any_year(rules, order):
        due, filled = year["extraction_due"], year["extracted"] + year["extraction_shortfall"]
        in_full = z3.If(year["booked_in_full is stated"], year["booked_in_full as stated"], year["spent_in_full"])
        yield (
            year.assumed,
            z3.And(
                z3.Implies(z3.Not(year["extracted is stated"]), year["extracted"] == due),
                z3.Implies(year["extracted is stated"], year["extracted"] == year["extracted as stated"]),
                z3.And(filled >= due, year["extraction_shortfall"] >= 0),
                z3.Or(filled == due, year["extraction_shortfall"] == 0),
                year["booked_in_full"] == in_full,
            ),
        )


def fund(rules: Rules, order: str) -> Iterator[Claim]:
    """The fund grows by what is extracted and shrinks by what is spent; the balance from before 2008 goes first."""
    for collection in ("books", "deemed"):
        for year in any_year(rules, order, collection):
            used = year["from_before_2008"]
            yield (
                year.assumed,
                z3.And(
                    year["fund_opening"] == year.before["fund_closing"],
                    year["fund_closing"] + year["spent"] + year["spent_in_full"]
                    == year.before["fund_closing"] + year["extracted"],
                    year["before_2008_opening"] == year.before["before_2008_closing"],
                    year.before["before_2008_closing"] == year["before_2008_closing"] + used,
                    z3.And(used >= 0, used <= year["spent"], year["before_2008_closing"] >= 0),
                    z3.Or(used == year["spent"], year["before_2008_closing"] == 0),
                ),
            )
    for year in any_year(rules, order):
        yield year.assumed, year["spent"] == year["deductible_spent"] + year["from_before_2008"]


def form(rules: Rules, order: str) -> Iterator[Claim]:
    """Since 2018 the printed formula gives the deduction; before, where as much was booked as spent."""
    for year in any_year(rules, order):
        yield year.assumed, year["form_deducted"] == year["deducted"]
    for edition in (2014, 2017):
        for year in any_year(rules, order, edition=edition):
            assumed = [*year.assumed, year["booked"] == year["deductible_spent"]]
            yield assumed, year["form_deducted"] == year["deducted"]
            starts_from_booked = z3.Or(
                year["form_deducted"] == year["cap"], year["form_deducted"] == year["booked"] + year["brought_forward"]
            )
            yield year.assumed, z3.And(starts_from_booked, year["form_deducted"] <= year["cap"])


def deferred_tax(rules: Rules, order: str) -> Iterator[Claim]:
    """What is recognised and reversed over the years is the change of the asset; a part of it is another rate's."""
    for on in tax_lines.RECOGNISED:
        for year in any_year(rules, order, deferred=on):
            change = year["deferred_tax"] - year.before["deferred_tax"]
            opened = year["deferred_tax_opening"] == year.before["deferred_tax"]
            parts = year["deferred_tax_remeasured"] + year["deferred_tax_moved"]
            yield year.assumed, z3.And(opened, year["deferred_tax_change"] == change, parts == change)


def deferred_tax_base(rules: Rules, order: str) -> Iterator[Claim]:
    """The asset, and last year's at this year's rate, are shares of their bases, with the unspent fund or without."""
    for on in tax_lines.RECOGNISED:
        for year in any_year(rules, order, deferred=on):
            at_this_rate = year.before["deferred_tax"] + year["deferred_tax_remeasured"]
            yield year.assumed, is_share(at_this_rate, based_on(year.before, on), year["deferred_rate"])
            yield year.assumed, is_share(year["deferred_tax"], based_on(year.values, on), year["deferred_rate"])


def based_on(balances: Values, on: str) -> Any:
    unspent = balances["fund_closing"] - balances["before_2008_closing"]
    carried = balances["carried_forward"]
    return carried + z3.If(unspent >= 0, unspent, 0) if on == "with_fund" else carried


def income_tax(rules: Rules, order: str) -> Iterator[Claim]:
    """A year has income or a loss; losses are made up as far as both go; the effect is what the adjustment changes."""
    for year in any_year(rules, order):
        profit, loss, taxable = year["income_before_relief"], year["year_loss"], year["taxable_income"]
        there, relief, unadjusted = year["losses_available"], year["loss_relief"], year["taxable_unadjusted"]
        yield (
            year.assumed,
            z3.And(
                year["adjusted_income"] == year["income"] + year["total_adjustment"],
                year["adjusted_income"] == profit - loss,
                z3.And(profit >= 0, loss >= 0, z3.Or(profit == 0, loss == 0)),
                z3.And(relief >= 0, relief <= there, taxable == profit - relief, taxable >= 0),
                z3.Or(relief == there, taxable == 0),
                z3.Or(unadjusted == 0, unadjusted == year["income"] - there),
                z3.And(unadjusted >= 0, unadjusted >= year["income"] - there),
                year["tax_effect"] == year["tax"] - year["tax_unadjusted"],
            ),
        )


def no_adjustment_no_effect(rules: Rules, order: str) -> Iterator[Claim]:
    """Where nothing is adjusted, tax is what it is without the adjustment, on either side of the cliff."""
    for tax in ("rate", "small"):
        for year in any_year(rules, order, tax=tax):
            yield [*year.assumed, year["total_adjustment"] == 0], year["tax_effect"] == 0


def cliff(rules: Rules, order: str) -> Iterator[Claim]:
    """Up to the limit income bears the small rates, each on its part; one fen over it, all bears the ordinary rate."""
    for year in any_year(rules, order, tax="small"):
        for income, after in ((year["taxable_income"], ""), (year["taxable_unadjusted"], "_unadjusted")):
            tax, by_parts, ordinary = (year[f"{name}{after}"] for name in ("tax", "tax_small", "tax_ordinary"))
            over = income > year["small_limit"]
            yield year.assumed, z3.And(z3.Implies(over, tax == ordinary), z3.Or(over, tax == by_parts))
            yield year.assumed, is_share(ordinary, income, year["tax_rate"])
            first = z3.If(income <= year["small_first_limit"], income, year["small_first_limit"])
            both = share(first, year["small_first_rate"]) + share(income - first, year["small_rest_rate"])
            yield year.assumed, by_parts == both


def closed_form(rules: Rules, order: str) -> Iterator[Claim]:
    """carried_forward = S − least(0, running minimum of S), for any number of years: base case and one step.

    S is the running sum of what is deductible but over the cap, and of transfers, from the opening. In a deemed year
    only a transfer moves it.
    """
    for collection in ("books", "deemed"):
        first, later = any_year(rules, order, collection)
        opening, carried = OPENING["opening_carried_forward"], LATER["carried_forward"]
        yield first.assumed, carries_the_form_on(first, opening, least(z3.IntVal(0), opening))
        running, lowest = z3.Int("S"), z3.Int("lowest S")
        so_far = [lowest <= 0, lowest <= running, carried == running - lowest]
        yield [*later.assumed, *so_far], carries_the_form_on(later, running, lowest)


def vintages_add_up(rules: Rules, order: str) -> Iterator[Claim]:
    """The vintages are the carry-forward, year by year, whatever is taken over or given up."""
    for years, arose, left in traced(rules, order):
        for year, vintages in zip(years, left, strict=True):
            yield [*years[-1].assumed, *can_be_old(arose)], z3.Sum(vintages) == year["carried_forward"]


def vintages_follow_the_order(rules: Rules, order: str) -> Iterator[Claim]:
    """What is deducted of earlier excess, and what is given up, leaves the vintages of earlier years."""
    for years, arose, left in traced(rules, order):
        for year, vintages in zip(years, left, strict=True):
            there = year.before["carried_forward"] + least(year["transferred"], z3.IntVal(0))
            rest = greatest(there - year.values.get("deducted_earlier", 0), 0)
            yield [*years[-1].assumed, *can_be_old(arose)], z3.Sum(vintages[:-1]) == rest


def vintages_go_oldest_first(rules: Rules, order: str) -> Iterator[Claim]:
    """No vintage is used, in part or whole, while anything is left of an older one; none is more than what arose."""
    for years, arose, left in traced(rules, order):
        for vintages in left:
            sizes = [z3.And(rest >= 0, rest <= size) for rest, size in zip(vintages, arose, strict=False)]
            pairs = pairwise(zip(vintages, arose, strict=False))
            whole = [z3.Or(older == 0, rest == size) for (older, _), (rest, size) in pairs]
            yield [*years[-1].assumed, *can_be_old(arose)], z3.And(*sizes, *whole)


PROOFS: tuple[Proof, ...] = (  # the quick ones first
    rows,
    extraction,
    rounding,
    nothing_lost,
    order_of_deduction,
    books_and_return,
    closed_form,
    fund,
    deferred_tax,
    deferred_tax_base,
    income_tax,
    no_adjustment_no_effect,
    cliff,
    form,
    bounds,
    conservation,
    monotone_in_a_year,
    monotone_for_ever,
    monotone_over_years,
    vintages_add_up,
    vintages_follow_the_order,
    vintages_go_oldest_first,
)


def any_year_of_more(rules: Rules, order: str) -> Iterator[Year]:
    for last in (None, LATER):
        yield computed(rules, Setting(order=order), more_facts("this year"), last)


def more_facts(tag: object) -> Facts:
    """The same facts but for amounts of their own, which `raised` says are no less."""
    own = facts(f"{tag}, with more")
    same = facts(tag).values
    return Facts({name: own.values[name] if name in AMOUNTS else same[name] for name in same}, own.assumed)


def raised(year: Year, more: Year) -> list[Any]:
    return [more[name] >= year[name] for name in AMOUNTS]


def grows(amount: Any, more: Any) -> Any:
    return z3.And(amount >= 0, amount <= more, more <= LIMIT)


def is_share(figure: Any, amount: Any, rate: Any) -> Any:
    over = 1000 * figure - amount * rate
    return z3.And(over > -500, over <= 500)


def carries_the_form_on(year: Year, running: Any, lowest: Any) -> Any:
    spent_over_cap = year["deductible_spent"] - year["cap"] if "cap" in year.values else 0
    running = running + spent_over_cap + year["transferred"]
    lowest = least(lowest, running)
    return z3.And(year["carried_forward"] == running - lowest, lowest <= 0, lowest <= running)


# Vintages: eduf/vintages.py as it stands


class Shown:
    """A Z3 integer that is shown also where it is 0: `remaining` asks whether anything is left, which Z3 cannot say.

    So no vintage is left out of the sum for being 0, and the sum is the same.
    """

    def __init__(self, fen: Any) -> None:
        self.fen = fen

    def __bool__(self) -> bool:
        return True

    def __add__(self, other: "Shown") -> "Shown":
        return Shown(self.fen + other.fen)

    def __sub__(self, other: "Shown") -> "Shown":
        return Shown(self.fen - other.fen)


@least.register
def _least(a: Shown, b: Shown) -> Shown:
    return Shown(least(a.fen, b.fen))


@greatest.register
def _greatest(a: Shown, b: int) -> Shown:
    return Shown(greatest(a.fen, b))


Traced = tuple[list[Year], list[Any], list[list[Any]]]  # years; what arose, oldest first; what is left after each year


def traced(rules: Rules, order: str) -> Iterator[Traced]:
    """Years with their vintages; two of these were there at the start, one of them of an unknown year."""
    for collections in (("books",) * 4, ("books", "deemed", "books")):
        years = some_years(rules, order, *collections)
        opening = {None: z3.Int("of an unknown year"), 2016: z3.Int("of 2016")}
        moves = [moved(year, number) for number, year in enumerate(years, start=2018)]
        shown = [Movement(each.year, Shown(each.arose), Shown(each.used)) for each in moves]
        left: Any = remaining({label: Shown(size) for label, size in opening.items()}, shown)
        arose = [*opening.values(), *(each.arose for each in moves)]
        yield years, arose, [[rest.fen for _, rest in vintages] for vintages in left]


def moved(year: Year, number: int) -> Movement:
    figures = dict.fromkeys(("deductible_spent", "deducted", "deducted_current")) | year.values
    return movement(number, figures)


def can_be_old(arose: Sequence[Any]) -> list[Any]:
    return [arose[0] >= 0, arose[1] >= 0, arose[0] + arose[1] == OPENING["opening_carried_forward"]]


# Wrong rules


def instead(right: Line, rule: Callable[..., Number] | None = None, **changes: Any) -> Rules:
    """The lines with another rule in the place of one of them."""
    wrong = replace(right, rule=rule or right.rule, **changes)
    return lambda setting: tuple(wrong if line is right else line for line in lines.of(setting))


def of_the_other_order(setting: Setting) -> tuple[Line, ...]:
    (other,) = set(ORDERS) - {setting.order}
    return lines.of(setting._replace(order=other))


# What is wrong, and what must refute it.
PLANTED: dict[str, tuple[Rules, tuple[Proof, ...]]] = {
    "the deduction forgets what was brought forward": (
        instead(lines.deducted, lambda deductible_spent, cap: least(deductible_spent, cap)),
        (closed_form, nothing_lost, form),
    ),
    "the deduction starts from what was booked": (
        instead(lines.deducted, lambda booked, brought_forward, cap: least(booked + brought_forward, cap)),
        (closed_form, bounds, nothing_lost, form),
    ),
    "the deduction starts from what was extracted": (
        instead(lines.deducted, lambda extracted, brought_forward, cap: least(extracted + brought_forward, cap)),
        (closed_form, bounds, nothing_lost, form),
    ),
    "the deduction starts from all spending, that from before 2008 too": (
        instead(lines.deducted, lambda spent, brought_forward, cap: least(spent + brought_forward, cap)),
        (closed_form, bounds),
    ),
    "the deduction has no cap": (
        instead(lines.deducted, lambda available: available),
        (closed_form, bounds, form),
    ),
    "the cap is always deducted": (
        instead(lines.deducted, lambda cap: cap),
        (closed_form, bounds),
    ),
    "the cap is of total wages": (
        instead(lines.cap, lambda total_wages, cap_rate: share(total_wages, cap_rate)),
        (rounding, bounds),
    ),
    "the cap is cut to the fen": (
        instead(lines.cap, lambda deductible_wages, cap_rate: deductible_wages * cap_rate / 1000),
        (rounding,),
    ),
    "the cap is rounded up to the fen": (
        instead(lines.cap, lambda deductible_wages, cap_rate: (deductible_wages * cap_rate + 999) / 1000),
        (rounding,),
    ),
    "half a fen of the cap is rounded down": (
        instead(lines.cap, lambda deductible_wages, cap_rate: (deductible_wages * cap_rate + 499) / 1000),
        (rounding,),
    ),
    "the cap falls by what was brought forward": (
        instead(lines.headroom, lambda cap, deducted, brought_forward: cap - deducted - brought_forward),
        (nothing_lost, bounds),
    ),
    "what is carried forward forgets what was brought forward": (
        instead(lines.carried_forward, lambda deductible_spent, deducted: deductible_spent - deducted),
        (conservation, closed_form, bounds, books_and_return, vintages_add_up),
    ),
    "what is carried forward is this year's excess only": (
        instead(lines.carried_forward, lambda deductible_spent, cap: greatest(deductible_spent - cap, 0)),
        (conservation, closed_form, books_and_return, vintages_add_up),
    ),
    "nothing is carried forward": (
        instead(lines.carried_forward, lambda available: available - available),
        (conservation, closed_form, books_and_return, vintages_add_up),
    ),
    "the carry-forward always starts from the opening": (
        instead(lines.prior_carried_forward, then=None),
        (conservation, closed_form, books_and_return, vintages_add_up),
    ),
    "a transfer is forgotten": (
        instead(lines.brought_forward, lambda prior_carried_forward: prior_carried_forward),
        (conservation, closed_form, books_and_return, vintages_add_up),
    ),
    "a transfer counts the other way": (
        instead(lines.brought_forward, lambda prior_carried_forward, transferred: prior_carried_forward - transferred),
        (conservation, closed_form, bounds, books_and_return, vintages_add_up),
    ),
    "a transfer in a deemed year is forgotten": (
        instead(lines.carried_through, lambda prior_carried_forward: prior_carried_forward),
        (conservation, closed_form, vintages_add_up),
    ),
    "a deemed year wipes the carry-forward out": (
        instead(lines.carried_through, lambda brought_forward: brought_forward - brought_forward),
        (conservation, closed_form, vintages_add_up),
    ),
    "earlier excess is deducted beyond the cap": (
        instead(lines.deducted_earlier_first, lambda brought_forward: brought_forward),
        (bounds,),
    ),
    "this year's spending is deducted beyond the cap": (
        instead(lines.deducted_current, lambda deductible_spent: deductible_spent),
        (bounds,),
    ),
    "each order is the other": (
        of_the_other_order,
        (order_of_deduction,),
    ),
    "the adjustment is what was spent but not deducted": (
        instead(lines.adjustment, lambda deductible_spent, deducted: deductible_spent - deducted),
        (rows, books_and_return),
    ),
    "the adjustment is what was booked but not spent": (
        instead(lines.adjustment, lambda booked, deductible_spent: booked - deductible_spent),
        (rows, books_and_return),
    ),
    "the adjustment is never negative": (
        instead(lines.adjustment, lambda booked, deducted: greatest(booked - deducted, 0)),
        (rows, books_and_return),
    ),
    "row 5 is booked with row 6": (
        instead(lines.booked, lambda extracted: extracted),
        (rows, books_and_return),
    ),
    "row 6 deducts what was booked": (
        instead(lines.deducted_in_full, lambda booked_in_full: booked_in_full),
        (rows, books_and_return),
    ),
    "row 4 forgets row 6": (
        instead(lines.total_deducted, lambda deducted: deducted),
        (rows,),
    ),
    "row 4 shows all spending, that from before 2008 too": (
        instead(lines.total_spent, lambda spent, spent_in_full: spent + spent_in_full),
        (rows,),
    ),
    "the balance from before 2008 is not used up": (
        instead(lines.before_2008_closing, lambda before_2008_opening: before_2008_opening),
        (fund, books_and_return),
    ),
    "the balance from before 2008 takes all spending": (
        instead(lines.from_before_2008, lambda spent: spent),
        (fund, bounds),
    ),
    "spending from the balance from before 2008 is deductible": (
        instead(lines.deductible_spent, lambda spent: spent),
        (fund, books_and_return),
    ),
    "the fund forgets the spending of row 6": (
        instead(lines.fund_closing, lambda fund_opening, extracted, spent: fund_opening + extracted - spent),
        (fund, books_and_return),
    ),
    "the fund grows by what is due": (
        instead(
            lines.fund_closing,
            lambda fund_opening, extraction_due, spent, spent_in_full: (
                fund_opening + extraction_due - spent - spent_in_full
            ),
        ),
        (fund, books_and_return),
    ),
    "a fact that is stated does not replace the rule": (
        instead(lines.extracted, stated=False),
        (extraction,),
    ),
    "extracting too much is a shortfall too": (
        instead(lines.extraction_shortfall, lambda extraction_due, extracted: extraction_due - extracted),
        (extraction, bounds),
    ),
    "the form of 2018 starts from what was booked": (
        instead(lines.form_deducted, lines.form_deducted_booked.rule),
        (form,),
    ),
    "the form of 2017 starts from what was spent": (
        instead(lines.form_deducted_booked, lines.form_deducted.rule),
        (form,),
    ),
    "the deferred tax is of what was brought forward": (
        instead(tax_lines.deferred_tax, lambda brought_forward, deferred_rate: share(brought_forward, deferred_rate)),
        (rounding,),
    ),
    "the deferred tax is opened anew at this year's rate": (
        instead(tax_lines.deferred_tax_opening, then=None),
        (deferred_tax,),
    ),
    "the deferred tax of the fund forgets what is left from before 2008": (
        instead(
            tax_lines.deferred_tax_with_fund,
            lambda carried_forward, fund_closing, deferred_rate: share(
                carried_forward + greatest(fund_closing, 0), deferred_rate
            ),
        ),
        (deferred_tax_base,),
    ),
    "a fund that is overspent lessens the deferred tax": (
        instead(
            tax_lines.deferred_tax_with_fund,
            lambda carried_forward, fund_closing, before_2008_closing, deferred_rate: share(
                greatest(carried_forward + fund_closing - before_2008_closing, 0), deferred_rate
            ),
        ),
        (deferred_tax_base,),
    ),
    "another rate changes nothing": (
        instead(
            tax_lines.deferred_tax_remeasured, lambda deferred_tax_opening: deferred_tax_opening - deferred_tax_opening
        ),
        (deferred_tax_base,),
    ),
    "income is taxed without the adjustment": (
        instead(tax_lines.adjusted_income, lambda income: income),
        (income_tax,),
    ),
    "only row 5 adjusts the income": (
        instead(tax_lines.adjusted_income, lambda income, adjustment: income + adjustment),
        (income_tax, no_adjustment_no_effect),
    ),
    "an addition to income is taken off": (
        instead(tax_lines.adjusted_income, lambda income, total_adjustment: income - total_adjustment),
        (income_tax,),
    ),
    "losses are made up in a year of loss too": (
        instead(tax_lines.loss_relief, lambda losses_available: losses_available),
        (income_tax, bounds),
    ),
    "losses are not made up": (
        instead(tax_lines.loss_relief, lambda losses_available: losses_available - losses_available),
        (income_tax, no_adjustment_no_effect),
    ),
    "the effect is of income before relief": (
        instead(tax_lines.taxable_unadjusted, lambda income: greatest(income, 0)),
        (income_tax, no_adjustment_no_effect),
    ),
    "the limit itself is over the limit": (
        instead(
            tax_lines.tax_over_cliff,
            lambda taxable_income, small_limit, tax_small, tax_ordinary: when_at_most(
                small_limit, taxable_income, tax_ordinary, tax_small
            ),
        ),
        (cliff,),
    ),
    "there is no cliff": (
        instead(tax_lines.tax_over_cliff, lambda tax_small, tax_ordinary: least(tax_small, tax_ordinary)),
        (cliff,),
    ),
    "the rate of the rest is on all": (
        instead(tax_lines.tax_small, lambda taxable_income, small_rest_rate: share(taxable_income, small_rest_rate)),
        (cliff,),
    ),
    "the small enterprise's effect is by the ordinary rate": (
        instead(tax_lines.tax_unadjusted_over_cliff, lambda tax_ordinary_unadjusted: tax_ordinary_unadjusted),
        (cliff, no_adjustment_no_effect),
    ),
}
NEVER = z3.Not(z3.And())
NAME = attrgetter("__name__")
REFUTED = [(name, proof) for name, (_, proofs) in PLANTED.items() for proof in proofs]


def a_fen_off(right: Line, fen: int) -> Rules:
    @wraps(right.rule)  # so that it reads the same figures
    def rule(*figures: Number) -> Number:
        return right(*figures) + fen

    return instead(right, rule)


# The tests


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("proof", PROOFS, ids=NAME)
def test_it_holds_for_every_input_there_can_be(proof: Proof, order: str) -> None:
    assert counterexample(proof(lines.of, order)) == {}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("proof", PROOFS, ids=NAME)
def test_every_claim_is_of_years_that_there_can_be(proof: Proof, order: str) -> None:
    for assumed, _ in proof(lines.of, order):
        assert counterexample(iter([(assumed, NEVER)]))


@pytest.mark.parametrize(("name", "proof"), REFUTED, ids=[f"{name}: {proof.__name__}" for name, proof in REFUTED])
def test_a_planted_wrong_rule_has_a_counterexample(name: str, proof: Proof) -> None:
    wrong, _ = PLANTED[name]
    assert any(counterexample(proof(wrong, order)) for order in ORDERS)


@pytest.mark.parametrize("proof", [conservation, bounds, books_and_return, rows, vintages_add_up], ids=NAME)
def test_a_deduction_that_forgets_what_was_brought_forward_survives_conservation_and_bounds(proof: Proof) -> None:
    """So they are not enough: that is why the closed form is proved, and that nothing is lost."""
    wrong, _ = PLANTED["the deduction forgets what was brought forward"]
    assert counterexample(proof(wrong, "current_first")) == {}


@pytest.mark.parametrize("fen", [1, -1])
@pytest.mark.parametrize("number", range(len(lines.LINES)), ids=lambda number: lines.LINES[number].rule.__name__)
def test_a_fen_too_many_or_too_few_in_any_line_has_a_counterexample(number: int, fen: int) -> None:
    wrong = a_fen_off(lines.LINES[number], fen)
    assert any(counterexample(proof(wrong, order)) for proof in PROOFS for order in ORDERS)


@pytest.mark.parametrize("seed", range(40))
def test_the_fold_of_these_proofs_is_the_one_that_the_judge_makes(seed: int) -> None:
    """The proofs are of the lines as this file folds them; run on numbers, that fold gives the judge's figures."""
    case = random_history(Random(seed), 6)
    case["deferred"] = Random(seed).choice(tax_lines.RECOGNISED)
    for stated in case["years"]:
        stated["deferred_rate"] = stated["deferred_rate"] or 250
        stated["income"] = stated["income"] or 0
        if ordinary_rate(stated) is None:
            stated["tax_rate"] = 100
    assert folded(case) == [{name: year[name] for name in lines.NAMES} for year in judge(case)]


def folded(case: dict[str, Any]) -> list[dict[str, int | None]]:
    opening = {
        "opening_fund_balance": case["opening"]["fund_balance"],
        "opening_before_2008_balance": case["opening"]["before_2008_balance"],
        "opening_carried_forward": sum(size for _, size in case["opening"]["carried_forward"]),
    }
    judged = judge(case)
    settings = [
        Setting(
            each["collection"],
            edition(each["year"]),
            case["order"],
            case["deferred"],
            "small" if is_small(each) else "rate",
        )
        for each in case["years"]
    ]
    given = [numbers(each, lines) for each, lines in zip(case["years"], judged, strict=True)]
    figures = [(OPENING[name], z3.IntVal(fen)) for name, fen in opening.items()]
    return [
        {name: integer(z3.substitute(year[name], *figures)) if name in year.values else None for name in lines.NAMES}
        for year in history(lines.of, settings, given)
    ]


def edition(year: int) -> int | None:
    return max((first for first in (2014, 2017, 2018) if first <= year), default=None)


def numbers(stated: dict[str, Any], judged: dict[str, Any]) -> Facts:
    fens = {name: stated[name] for name in (*AMOUNTS, "extraction_rate", "deferred_rate", "transferred", "income")}
    fens |= {name: judged[name] or 0 for name in ("cap_rate", "tax_rate", "losses_available")}
    first, rest, most = small_rates(stated["year"]) if is_small(stated) else (0, 0, 0)
    fens |= {"small_first_rate": first, "small_rest_rate": rest, "small_first_limit": A_MILLION, "small_limit": most}
    values = {name: z3.IntVal(fen) for name, fen in fens.items()}
    for name in ("extracted", "booked_in_full"):
        values[f"{name} is stated"] = z3.BoolVal(stated[name] is not None)
        values[f"{name} as stated"] = z3.IntVal(stated[name] or 0)
    return Facts(values, [])
