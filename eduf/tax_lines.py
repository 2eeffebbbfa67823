"""The lines of deferred tax and of enterprise income tax, as lines.py has them for everything else.

Tax is computed in the year alone: what the adjustment of the education fund changes in it is `tax_effect`, with the
same losses of earlier years at hand. Which these are depends on many years, so eduf/losses.py gives them to the year.
"""

from eduf.line import BOOKS, Number, line
from eduf.money import greatest, least, share, when_at_most

FACTS = ("income",)
RATES = ("deferred_rate", "tax_rate", "small_first_rate", "small_rest_rate")
LIMITS = ("small_first_limit", "small_limit")
FROM_EARLIER_YEARS = {"losses_available": ("income_before_relief", "loss_relief", "year_loss")}  # by what makes it

CARRY_FORWARD = ("carry_forward",)
WITH_FUND = ("with_fund",)
RECOGNISED = (*CARRY_FORWARD, *WITH_FUND)
RATE = ("rate",)
SMALL = ("small",)


@line("deferred_tax", "deferred_tax.rate", "rounding", then="deferred_tax", deferred=CARRY_FORWARD)
def deferred_tax_opening(opening_carried_forward: Number, deferred_rate: Number) -> Number:
    """The deferred tax asset at the start of the year."""
    return share(opening_carried_forward, deferred_rate)


@line(
    "deferred_tax",
    "deferred_tax.rate",
    "deferred_tax.fund_balance",
    "rounding",
    name="deferred_tax_opening",
    then="deferred_tax",
    deferred=WITH_FUND,
)
def deferred_tax_opening_with_fund(
    opening_carried_forward: Number,
    opening_fund_balance: Number,
    opening_before_2008_balance: Number,
    deferred_rate: Number,
) -> Number:
    """The same where it is recognised on what is extracted and not spent, too."""
    base = with_unspent(opening_carried_forward, opening_fund_balance, opening_before_2008_balance)
    return share(base, deferred_rate)


@line("deferred_tax", "deferred_tax.rate", "rounding", deferred=CARRY_FORWARD)
def deferred_tax(carried_forward: Number, deferred_rate: Number) -> Number:
    """The deferred tax asset at the end of the year: the carry-forward at the rate expected for its reversal."""
    return share(carried_forward, deferred_rate)


@line(
    "deferred_tax",
    "deferred_tax.rate",
    "deferred_tax.fund_balance",
    "rounding",
    name="deferred_tax",
    deferred=WITH_FUND,
)
def deferred_tax_with_fund(
    carried_forward: Number, fund_closing: Number, before_2008_closing: Number, deferred_rate: Number
) -> Number:
    """The same on what is extracted and not spent, too; what is left from before 2008 is not deductible when spent."""
    return share(with_unspent(carried_forward, fund_closing, before_2008_closing), deferred_rate)


@line("deferred_tax", deferred=RECOGNISED)
def deferred_tax_change(deferred_tax: Number, deferred_tax_opening: Number) -> Number:
    """Recognised (positive) or reversed (negative) in the year."""
    return deferred_tax - deferred_tax_opening


@line("deferred_tax.rate", "rounding", deferred=CARRY_FORWARD)
def deferred_tax_remeasured(
    prior_carried_forward: Number, deferred_rate: Number, deferred_tax_opening: Number
) -> Number:
    """The part of the change that comes of another rate: what was carried into the year, at this year's rate."""
    return share(prior_carried_forward, deferred_rate) - deferred_tax_opening


@line("deferred_tax.rate", "rounding", name="deferred_tax_remeasured", deferred=WITH_FUND)
def deferred_tax_remeasured_with_fund(
    prior_carried_forward: Number,
    fund_opening: Number,
    before_2008_opening: Number,
    deferred_rate: Number,
    deferred_tax_opening: Number,
) -> Number:
    """The same where deferred tax is recognised on what is extracted and not spent, too."""
    base = with_unspent(prior_carried_forward, fund_opening, before_2008_opening)
    return share(base, deferred_rate) - deferred_tax_opening


@line("deferred_tax", deferred=RECOGNISED)
def deferred_tax_moved(deferred_tax_change: Number, deferred_tax_remeasured: Number) -> Number:
    """The part of the change that comes of what arose and what was used in the year."""
    return deferred_tax_change - deferred_tax_remeasured


@line("income_tax", "form_rows.a105000", collection=BOOKS)
def adjusted_income(income: Number, total_adjustment: Number) -> Number:
    """Taxable income with the adjustment of the education fund, before losses of earlier years are made up."""
    return income + total_adjustment


@line("income_tax", collection=BOOKS)
def income_before_relief(adjusted_income: Number) -> Number:
    """The same, 0 in a year of loss."""
    return greatest(adjusted_income, 0)


@line("income_tax", collection=BOOKS)
def year_loss(income_before_relief: Number, adjusted_income: Number) -> Number:
    """The year's own loss, which later years may make up until it expires."""
    return income_before_relief - adjusted_income


@line("loss_years", collection=BOOKS)
def loss_relief(losses_available: Number, income_before_relief: Number) -> Number:
    """Losses of earlier years that are made up in the year."""
    return least(losses_available, income_before_relief)


@line("income_tax", "loss_years", collection=BOOKS)
def taxable_income(income_before_relief: Number, loss_relief: Number) -> Number:
    """What the year's tax is computed on."""
    return income_before_relief - loss_relief


@line("income_tax", "loss_years", collection=BOOKS)
def taxable_unadjusted(income: Number, losses_available: Number) -> Number:
    """What it would be computed on if all that was booked were deductible."""
    return greatest(income - losses_available, 0)


@line("tax_rate", "rounding", collection=BOOKS, tax=RATE)
def tax(taxable_income: Number, tax_rate: Number) -> Number:
    """The year's enterprise income tax."""
    return share(taxable_income, tax_rate)


@line("tax_rate", "rounding", collection=BOOKS, tax=RATE)
def tax_unadjusted(taxable_unadjusted: Number, tax_rate: Number) -> Number:
    """The tax if all that was booked were deductible."""
    return share(taxable_unadjusted, tax_rate)


@line("small_rate", "rounding", collection=BOOKS, tax=SMALL)
def tax_small(
    taxable_income: Number, small_first_limit: Number, small_first_rate: Number, small_rest_rate: Number
) -> Number:
    """The tax by the rates of small low-profit enterprises: one on the first part of income, one on the rest."""
    return in_two_parts(taxable_income, small_first_limit, small_first_rate, small_rest_rate)


@line("tax_rate", "rounding", collection=BOOKS, tax=SMALL)
def tax_ordinary(taxable_income: Number, tax_rate: Number) -> Number:
    """The tax by the ordinary rate."""
    return share(taxable_income, tax_rate)


@line("small_limit", "small_low_profit", name="tax", collection=BOOKS, tax=SMALL)
def tax_over_cliff(taxable_income: Number, small_limit: Number, tax_small: Number, tax_ordinary: Number) -> Number:
    """The year's tax: a fen of income over the limit, and all of it bears the ordinary rate."""
    return when_at_most(taxable_income, small_limit, tax_small, tax_ordinary)


@line("small_rate", "rounding", collection=BOOKS, tax=SMALL)
def tax_small_unadjusted(
    taxable_unadjusted: Number, small_first_limit: Number, small_first_rate: Number, small_rest_rate: Number
) -> Number:
    """The tax by the small rates if all that was booked were deductible."""
    return in_two_parts(taxable_unadjusted, small_first_limit, small_first_rate, small_rest_rate)


@line("tax_rate", "rounding", collection=BOOKS, tax=SMALL)
def tax_ordinary_unadjusted(taxable_unadjusted: Number, tax_rate: Number) -> Number:
    """The tax by the ordinary rate if all that was booked were deductible."""
    return share(taxable_unadjusted, tax_rate)


@line("small_limit", "small_low_profit", name="tax_unadjusted", collection=BOOKS, tax=SMALL)
def tax_unadjusted_over_cliff(
    taxable_unadjusted: Number, small_limit: Number, tax_small_unadjusted: Number, tax_ordinary_unadjusted: Number
) -> Number:
    """The tax if all that was booked were deductible, on whichever side of the limit that lies."""
    return when_at_most(taxable_unadjusted, small_limit, tax_small_unadjusted, tax_ordinary_unadjusted)


@line("income_tax", collection=BOOKS)
def tax_effect(tax: Number, tax_unadjusted: Number) -> Number:
    """What the adjustment of the education fund adds to the year's tax (positive) or takes from it (negative)."""
    return tax - tax_unadjusted


def with_unspent(carried_forward: Number, fund: Number, before_2008: Number) -> Number:
    """The temporary difference: the carry-forward, and what is extracted since 2008 and not spent."""
    return carried_forward + greatest(fund - before_2008, 0)


def in_two_parts(income: Number, limit: Number, first_rate: Number, rest_rate: Number) -> Number:
    """Tax with one rate on income up to the limit and another on what lies over it; each part to the fen."""
    return share(least(income, limit), first_rate) + share(greatest(income - limit, 0), rest_rate)


DEFERRED = (
    deferred_tax_opening,
    deferred_tax_opening_with_fund,
    deferred_tax,
    deferred_tax_with_fund,
    deferred_tax_change,
    deferred_tax_remeasured,
    deferred_tax_remeasured_with_fund,
    deferred_tax_moved,
)
INCOME = (
    adjusted_income,
    income_before_relief,
    year_loss,
    loss_relief,
    taxable_income,
    taxable_unadjusted,
    tax,
    tax_unadjusted,
    tax_small,
    tax_ordinary,
    tax_over_cliff,
    tax_small_unadjusted,
    tax_ordinary_unadjusted,
    tax_unadjusted_over_cliff,
    tax_effect,
)
UNADJUSTED = (
    taxable_unadjusted,
    tax_unadjusted,
    tax_small_unadjusted,
    tax_ordinary_unadjusted,
    tax_unadjusted_over_cliff,
)
LINES = (*DEFERRED, *INCOME)
NAMES = frozenset((*RATES, *LIMITS, *FROM_EARLIER_YEARS, *(line.name for line in LINES)))
