"""The cliff of small low-profit enterprises: a fen of income over the limit, and all of it bears the ordinary rate."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from eduf import tax_lines
from eduf.money import ZERO


class Cliff(NamedTuple):
    """Taxable income over the limit: by how much (the deduction that would stay below), and what tax that costs."""

    income: Decimal
    limit: Decimal
    over: Decimal
    tax: Decimal
    tax_at_limit: Decimal
    tax_jump: Decimal


def crossed(values: Mapping[str, Decimal | None]) -> Cliff | None:
    """The cliff in the figures of a year; None where none is crossed, or the tax is unknown."""
    income, limit, tax = (values[name] for name in ("taxable_income", "small_limit", "tax"))
    if income is None or limit is None or tax is None or income <= limit:
        return None
    first, low, rest = (values[name] or ZERO for name in tax_lines.tax_small.reads[1:])
    at_limit: Decimal = tax_lines.tax_small(limit, first, low, rest)
    return Cliff(income, limit, income - limit, tax, at_limit, tax - at_limit)
