"""The cells of a filed return, each once, with the rules by which it follows from other cells.

A parameter's name is the cell that it stands for; `last_` is last year's, `right_` what the case gives. The first rule
is the statute's; one marked `printed` is the edition's own formula, where that is not the statute's.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from eduf import lines, tax_lines
from eduf.line import BOOKS, Number, Setting
from eduf.money import ZERO, greatest

EVERY = (None, 2014, 2017, 2018)
BOOKED_FIRST = (2014, 2017)  # the editions that reckon from what was booked
OLDEST = 2014  # the edition without a column for what was spent
ROWS = ("row1", "row4", "row5", "row6")
BALANCES = ("fund_balance", "deferred_tax")


@dataclass(frozen=True)
class Rule:
    """How a cell follows from others, in these editions."""

    function: Callable[..., Number]
    editions: tuple[int | None, ...] = EVERY
    printed: bool = False

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The names of what it reads, in order."""
        return tuple(inspect.signature(self.function).parameters)


@dataclass(frozen=True)
class Cell:
    """A cell: its name, the line of a computed year that has the right figure, and its rules."""

    name: str
    right: str
    rules: tuple[Rule, ...]
    always: bool = False  # in a year of deemed collection too

    @property
    def is_rate(self) -> bool:
        """Whether it holds a rate, not an amount."""
        return self.name.endswith("_rate")


def _wages(right_row1_deducted: Number) -> Number:
    return right_row1_deducted


def _rate(right_row5_rate: Number) -> Number:
    return right_row5_rate


def _full_rate(right_row6_rate: Number) -> Number:
    return right_row6_rate


def _row6_booked(right_row6_booked: Number) -> Number:
    return right_row6_booked


def _from_row_6(right_row5: Number, right_row6: Number, row6: Number) -> Number:
    """What is put into row 6 is not in row 5."""
    return right_row5 + right_row6 - row6


def _row5_booked(right_row5_booked: Number, right_row6_booked: Number, row6_booked: Number) -> Number:
    return _from_row_6(right_row5_booked, right_row6_booked, row6_booked)


def _row5_spent(right_row5_spent: Number, right_row6_spent: Number, row6_spent: Number) -> Number:
    return _from_row_6(right_row5_spent, right_row6_spent, row6_spent)


def _row6_spent(right_row6_spent: Number) -> Number:
    return right_row6_spent


def _row6_spent_as_booked(right_row6_spent: Number, row6_booked: Number, right_row6_booked: Number) -> Number:
    return right_row6_spent + row6_booked - right_row6_booked


def _cap(row1_deducted: Number, row5_rate: Number) -> Number:
    return lines.cap(greatest(row1_deducted, 0), row5_rate)


def _brought_forward(last_row5_carried_forward: Number, right_transferred: Number) -> Number:
    return lines.brought_forward(last_row5_carried_forward, right_transferred)


def _deducted(row5_spent: Number, row5_brought_forward: Number, cap: Number) -> Number:
    return lines.deducted(lines.available(row5_spent, row5_brought_forward), cap)


def _deducted_as_booked(row5_booked: Number, row5_brought_forward: Number, cap: Number) -> Number:
    return lines.form_deducted_booked(row5_booked, row5_brought_forward, cap)


def _deducted_of_right_spending(right_row5_spent: Number, row5_brought_forward: Number, cap: Number) -> Number:
    """Without a column for what was spent, row 6 need not have taken its part from there."""
    return _deducted(right_row5_spent, row5_brought_forward, cap)


def _adjustment(row5_booked: Number, row5_deducted: Number) -> Number:
    return lines.adjustment(row5_booked, row5_deducted)


def _carried_forward(row5_spent: Number, row5_brought_forward: Number, row5_deducted: Number) -> Number:
    return lines.carried_forward(lines.available(row5_spent, row5_brought_forward), row5_deducted)


def _carried_forward_of_right_spending(
    right_row5_spent: Number, row5_brought_forward: Number, row5_deducted: Number
) -> Number:
    return _carried_forward(right_row5_spent, row5_brought_forward, row5_deducted)


def _carried_forward_as_booked(row5_booked: Number, row5_brought_forward: Number, row5_deducted: Number) -> Number:
    return lines.carried_forward(lines.available(row5_booked, row5_brought_forward), row5_deducted)


def _carried_through(row5_brought_forward: Number) -> Number:
    return lines.carried_through(row5_brought_forward)


def _row6_deducted(row6_spent: Number) -> Number:
    return lines.deducted_in_full(row6_spent)


def _row6_deducted_as_booked(row6_booked: Number) -> Number:
    return row6_booked


def _row6_adjustment(row6_booked: Number, row6_deducted: Number) -> Number:
    return lines.adjustment_in_full(row6_booked, row6_deducted)


def _row4_booked(row5_booked: Number, row6_booked: Number) -> Number:
    return lines.total_booked(row5_booked, row6_booked)


def _row4_spent(row5_spent: Number, row6_spent: Number) -> Number:
    return lines.total_spent(row5_spent, row6_spent)


def _row4_brought_forward(row5_brought_forward: Number) -> Number:
    return row5_brought_forward


def _row4_deducted(row5_deducted: Number, row6_deducted: Number) -> Number:
    return lines.total_deducted(row5_deducted, row6_deducted)


def _row4_adjustment(row5_adjustment: Number, row6_adjustment: Number) -> Number:
    return lines.total_adjustment(row5_adjustment, row6_adjustment)


def _row4_carried_forward(row5_carried_forward: Number) -> Number:
    return row5_carried_forward


def _fund_balance(
    last_fund_balance: Number, right_extracted: Number, right_spent: Number, right_spent_in_full: Number
) -> Number:
    return lines.fund_closing(last_fund_balance, right_extracted, right_spent, right_spent_in_full)


def _no_deferred_tax() -> Number:
    return ZERO


def _deferred_tax(row5_carried_forward: Number, right_deferred_rate: Number) -> Number:
    return tax_lines.deferred_tax(greatest(row5_carried_forward, 0), right_deferred_rate)


def _deferred_tax_with_fund(
    row5_carried_forward: Number, fund_balance: Number, right_before_2008_closing: Number, right_deferred_rate: Number
) -> Number:
    there = greatest(row5_carried_forward, 0)
    return tax_lines.deferred_tax_with_fund(there, fund_balance, right_before_2008_closing, right_deferred_rate)


_SINCE_2017 = (2017, 2018)
DEDUCTED_AS_BOOKED = Rule(_deducted_as_booked, BOOKED_FIRST, printed=True)
CARRIED_AS_BOOKED = Rule(_carried_forward_as_booked, BOOKED_FIRST, printed=True)
CELLS = (
    Cell("row1_deducted", "deductible_wages", (Rule(_wages),)),
    Cell("row5_rate", "cap_rate", (Rule(_rate),)),
    Cell("cap", "cap", (Rule(_cap),)),  # stands in no column, but the deduction follows from it
    Cell("row6_rate", "full_rate", (Rule(_full_rate),)),
    Cell("row6_booked", "booked_in_full", (Rule(_row6_booked),)),
    Cell(
        "row6_spent",
        "spent_in_full",
        (Rule(_row6_spent, (None, *_SINCE_2017)), Rule(_row6_spent_as_booked)),
    ),
    Cell("row5_booked", "booked", (Rule(_row5_booked),)),
    Cell("row5_spent", "deductible_spent", (Rule(_row5_spent),)),
    Cell("row5_brought_forward", "brought_forward", (Rule(_brought_forward),), always=True),
    Cell(
        "row5_deducted",
        "deducted",
        (
            Rule(_deducted),
            Rule(_deducted_of_right_spending, (OLDEST,)),
            DEDUCTED_AS_BOOKED,
        ),
    ),
    Cell("row5_adjustment", "adjustment", (Rule(_adjustment),)),
    Cell(
        "row5_carried_forward",
        "carried_forward",
        (
            Rule(_carried_forward),
            Rule(_carried_forward_of_right_spending, (OLDEST,)),
            CARRIED_AS_BOOKED,
        ),
        always=True,
    ),
    Cell(
        "row6_deducted",
        "deducted_in_full",
        (Rule(_row6_deducted), Rule(_row6_deducted_as_booked, (OLDEST,), printed=True)),
    ),
    Cell("row6_adjustment", "adjustment_in_full", (Rule(_row6_adjustment),)),
    Cell("row4_booked", "total_booked", (Rule(_row4_booked),)),
    Cell("row4_spent", "total_spent", (Rule(_row4_spent),)),
    Cell("row4_brought_forward", "brought_forward", (Rule(_row4_brought_forward),)),
    Cell("row4_deducted", "total_deducted", (Rule(_row4_deducted),)),
    Cell("row4_adjustment", "total_adjustment", (Rule(_row4_adjustment),)),
    Cell("row4_carried_forward", "carried_forward", (Rule(_row4_carried_forward),)),
    Cell("fund_balance", "fund_closing", (Rule(_fund_balance),), always=True),
    Cell("deferred_tax", "deferred_tax", (Rule(_deferred_tax),), always=True),
)
BY_NAME = {cell.name: cell for cell in CELLS}
_THROUGH = {"row5_carried_forward": Rule(_carried_through)}
_DEFERRED = {"none": Rule(_no_deferred_tax), "with_fund": Rule(_deferred_tax_with_fund)}


@cache
def cells(setting: Setting) -> tuple[tuple[Cell, tuple[Rule, ...]], ...]:
    """The cells of a year of this setting with the rules that hold in it, in the order in which they follow."""
    deemed = setting.collection not in BOOKS
    own = dict(_THROUGH) if deemed else {}
    if setting.deferred in _DEFERRED:
        own["deferred_tax"] = _DEFERRED[setting.deferred]
    kept = (cell for cell in CELLS if cell.always or not deemed)
    return tuple((cell, (own[cell.name],) if cell.name in own else _rules(cell, setting)) for cell in kept)


def _rules(cell: Cell, setting: Setting) -> tuple[Rule, ...]:
    return tuple(rule for rule in cell.rules if setting.edition in rule.editions)
