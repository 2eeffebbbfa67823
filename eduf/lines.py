"""Every line of a year's computation, once, as an ordinary function of the figures that it reads.

A parameter's name is the fact, law figure, opening or earlier line that it stands for. Run on Decimal a line
computes, run on a Symbol it writes itself down, run on Z3 integers it can be proved; so it may use only +, −,
least, greatest and share. Amounts are yuan to the fen. LINES is their order; `of(setting)` picks what applies.
"""

from functools import cache
from itertools import product

from eduf.line import Line, Number, Setting, line
from eduf.money import greatest, least, share

FACTS = (
    "total_wages",
    "deductible_wages",
    "extraction_rate",
    "extracted",
    "spent",
    "spent_in_full",
    "booked_in_full",
    "transferred",
)
RATES = ("cap_rate", "deferred_rate")
OPENINGS = ("opening_fund_balance", "opening_before_2008_balance", "opening_carried_forward")

BOOKS = ("books",)
DEEMED = ("deemed",)


@line("extraction", "rounding")
def extraction_due(total_wages: Number, extraction_rate: Number) -> Number:
    """What the extraction rate gives on total wages."""
    return share(total_wages, extraction_rate)


@line("extraction", stated=True)
def extracted(extraction_due: Number) -> Number:
    """What was charged to cost and put into the fund (rows 5 and 6 as booked)."""
    return extraction_due


@line("extraction")
def extraction_shortfall(extraction_due: Number, extracted: Number) -> Number:
    """What was extracted too little."""
    return greatest(extraction_due - extracted, 0)


@line("fund.balance", then="fund_closing")
def fund_opening(opening_fund_balance: Number) -> Number:
    """The fund at the start of the year: extracted, not yet spent."""
    return opening_fund_balance


@line("fund.balance")
def fund_closing(fund_opening: Number, extracted: Number, spent: Number, spent_in_full: Number) -> Number:
    """The fund at the end of the year; below zero, more was spent than the fund held."""
    return fund_opening + extracted - spent - spent_in_full


@line("full_deduction", "form_rows.6", stated=True, collection=BOOKS)
def booked_in_full(spent_in_full: Number) -> Number:
    """Row 6 as booked: training that is deductible in full."""
    return spent_in_full


@line("form_rows.5", collection=BOOKS)
def booked(extracted: Number, booked_in_full: Number) -> Number:
    """Row 5 as booked: the extraction under the cap."""
    return extracted - booked_in_full


@line("before_2008", then="before_2008_closing")
def before_2008_opening(opening_before_2008_balance: Number) -> Number:
    """What was extracted before 2008 and is not yet spent."""
    return opening_before_2008_balance


@line("before_2008")
def from_before_2008(spent: Number, before_2008_opening: Number) -> Number:
    """The part of the spending that is charged to the balance from before 2008 and not deductible."""
    return least(spent, before_2008_opening)


@line("before_2008")
def before_2008_closing(before_2008_opening: Number, from_before_2008: Number) -> Number:
    """What is left of the balance from before 2008."""
    return before_2008_opening - from_before_2008


@line("deduction", "before_2008", collection=BOOKS)
def deductible_spent(spent: Number, from_before_2008: Number) -> Number:
    """What was actually spent in the year, under the cap."""
    return spent - from_before_2008


@line("cap", "rounding", collection=BOOKS)
def cap(deductible_wages: Number, cap_rate: Number) -> Number:
    """The most that may be deducted in the year under the cap."""
    return share(deductible_wages, cap_rate)


@line("carry_forward", then="carried_forward")
def prior_carried_forward(opening_carried_forward: Number) -> Number:
    """What last year carried forward."""
    return opening_carried_forward


@line("carry_forward")
def brought_forward(prior_carried_forward: Number, transferred: Number) -> Number:
    """Excess of earlier years that this year may deduct, with what was taken over or given up."""
    return prior_carried_forward + transferred


@line("deduction", collection=BOOKS)
def available(deductible_spent: Number, brought_forward: Number) -> Number:
    """What could be deducted if there were no cap."""
    return deductible_spent + brought_forward


@line("deduction", "cap", collection=BOOKS)
def deducted(available: Number, cap: Number) -> Number:
    """What is deducted in the year under the cap (row 5)."""
    return least(available, cap)


@line("deduction", collection=BOOKS, order=("current_first",))
def deducted_current(deductible_spent: Number, cap: Number) -> Number:
    """The part of the deduction that is this year's spending; a convention for tracing."""
    return least(deductible_spent, cap)


@line("carry_forward", collection=BOOKS, order=("current_first",))
def deducted_earlier(deducted: Number, deducted_current: Number) -> Number:
    """The part of the deduction that is excess of earlier years; a convention for tracing."""
    return deducted - deducted_current


@line("carry_forward", name="deducted_earlier", collection=BOOKS, order=("oldest_first",))
def deducted_earlier_first(brought_forward: Number, cap: Number) -> Number:
    """The part of the deduction that is excess of earlier years, where that is deducted first."""
    return least(brought_forward, cap)


@line("deduction", name="deducted_current", collection=BOOKS, order=("oldest_first",))
def deducted_current_last(deducted: Number, deducted_earlier: Number) -> Number:
    """The part of the deduction that is this year's spending, where earlier excess is deducted first."""
    return deducted - deducted_earlier


@line("carry_forward", collection=BOOKS)
def carried_forward(available: Number, deducted: Number) -> Number:
    """What later years may deduct."""
    return available - deducted


@line("collection.deemed", "collection.deemed_carry_forward", name="carried_forward", collection=DEEMED)
def carried_through(brought_forward: Number) -> Number:
    """In a year of deemed collection nothing is deducted: what was brought forward passes on (disputed)."""
    return brought_forward


@line("cap", collection=BOOKS)
def headroom(cap: Number, deducted: Number) -> Number:
    """What more the cap would have allowed."""
    return cap - deducted


@line("form_rows.5", "deduction.added_back", collection=BOOKS)
def adjustment(booked: Number, deducted: Number) -> Number:
    """Row 5: added back to income (positive) or deducted from it (negative)."""
    return booked - deducted


@line("full_deduction", "form_rows.6", collection=BOOKS)
def deducted_in_full(spent_in_full: Number) -> Number:
    """Row 6: training deducted in full."""
    return spent_in_full


@line("form_rows.6", collection=BOOKS)
def adjustment_in_full(booked_in_full: Number, deducted_in_full: Number) -> Number:
    """Row 6: added back (positive) or deducted (negative)."""
    return booked_in_full - deducted_in_full


@line("form_rows.4", collection=BOOKS)
def total_booked(booked: Number, booked_in_full: Number) -> Number:
    """Row 4 as booked."""
    return booked + booked_in_full


@line("form_rows.4", collection=BOOKS)
def total_spent(deductible_spent: Number, spent_in_full: Number) -> Number:
    """Row 4 as actually spent."""
    return deductible_spent + spent_in_full


@line("form_rows.4", collection=BOOKS)
def total_deducted(deducted: Number, deducted_in_full: Number) -> Number:
    """Row 4 as deducted."""
    return deducted + deducted_in_full


@line("form_rows.4", collection=BOOKS)
def total_adjustment(adjustment: Number, adjustment_in_full: Number) -> Number:
    """Row 4: the adjustment of taxable income."""
    return adjustment + adjustment_in_full


@line("form", "form_rows.form_deducted", name="form_deducted", collection=BOOKS, edition=(2014, 2017))
def form_deducted_booked(booked: Number, brought_forward: Number, cap: Number) -> Number:
    """What the printed formula of the editions 2014 and 2017 gives: it starts from what was booked."""
    return least(booked + brought_forward, cap)


@line("form", collection=BOOKS, edition=(2018,))
def form_deducted(deductible_spent: Number, brought_forward: Number, cap: Number) -> Number:
    """What the printed formula gives since the edition 2018: it starts from what was spent."""
    return least(deductible_spent + brought_forward, cap)


@line("deferred_tax", "deferred_tax.rate", "rounding", then="deferred_tax", deferred=(True,))
def deferred_tax_opening(opening_carried_forward: Number, deferred_rate: Number) -> Number:
    """The deferred tax asset at the start of the year."""
    return share(opening_carried_forward, deferred_rate)


@line("deferred_tax", "deferred_tax.rate", "rounding", deferred=(True,))
def deferred_tax(carried_forward: Number, deferred_rate: Number) -> Number:
    """The deferred tax asset at the end of the year: the carry-forward at the rate expected for its reversal."""
    return share(carried_forward, deferred_rate)


@line("deferred_tax", deferred=(True,))
def deferred_tax_change(deferred_tax: Number, deferred_tax_opening: Number) -> Number:
    """Recognised (positive) or reversed (negative) in the year."""
    return deferred_tax - deferred_tax_opening


LINES = (
    extraction_due,
    extracted,
    extraction_shortfall,
    fund_opening,
    fund_closing,
    booked_in_full,
    booked,
    before_2008_opening,
    from_before_2008,
    before_2008_closing,
    deductible_spent,
    cap,
    prior_carried_forward,
    brought_forward,
    available,
    deducted,
    deducted_current,
    deducted_earlier,
    deducted_earlier_first,
    deducted_current_last,
    carried_forward,
    carried_through,
    headroom,
    adjustment,
    deducted_in_full,
    adjustment_in_full,
    total_booked,
    total_spent,
    total_deducted,
    total_adjustment,
    form_deducted_booked,
    form_deducted,
    deferred_tax_opening,
    deferred_tax,
    deferred_tax_change,
)
NAMES = tuple(dict.fromkeys(line.name for line in LINES))


@cache
def of(setting: Setting) -> tuple[Line, ...]:
    """The lines of a year of this setting, in the order in which they are computed."""
    return tuple(line for line in LINES if line.applies(setting))


def _check() -> None:
    """Every line once in every setting, reading only what stands before it."""
    inputs = {*FACTS, *RATES, *OPENINGS} - {line.name for line in LINES}
    choices = (("books", "deemed"), (None, 2014, 2017, 2018), ("current_first", "oldest_first"), (True, False))
    for setting in map(Setting._make, product(*choices)):
        known = set(inputs)
        for each in of(setting):
            if each.name in known or not known.issuperset(each.reads):
                raise TypeError(f"lines.py: {each.name} stands twice or reads what is not known before it: {setting}")
            known.add(each.name)


_check()
