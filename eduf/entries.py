"""Journal entries of a year: what the books record of the fund and of deferred tax, debits equal to credits.

Each rule is written once: run on Decimal it gives the amounts, run on Symbols the workbook's formulas.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from inspect import signature
from itertools import accumulate, pairwise
from typing import NamedTuple

from eduf.case import Case, CostCenter
from eduf.history import History, Year
from eduf.line import Number
from eduf.money import exactly, greatest, least, share


def _extracted(extracted: Number) -> Number:
    return extracted


def _used(spent: Number, spent_in_full: Number) -> Number:
    return spent + spent_in_full


def overspent(fund_opening: Number, fund_closing: Number) -> Number:
    """What the year spent beyond the fund: the part of a debit balance that is not from earlier years."""
    return greatest(least(fund_opening, 0) - fund_closing, 0)


def _moved(deferred_tax_moved: Number) -> Number:
    return deferred_tax_moved


def _remeasured(deferred_tax_remeasured: Number) -> Number:
    return deferred_tax_remeasured


@dataclass(frozen=True)
class Kind:
    """A kind of entry: its amount, the accounts to debit and to credit with it (below zero the other way round), and
    the rule that says so. A `proposed` one the computed fund does not contain."""

    name: str
    amount: Callable[..., Number]
    debit: str
    credit: str
    law: str
    proposed: bool = False
    by_center: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        """The figures that the amount takes, in order."""
        return tuple(signature(self.amount).parameters)

    def of(self, figures: Mapping[str, Number | None]) -> Number | None:
        """The amount; unknown where a figure is."""
        read = [figures[name] for name in self.reads]
        return None if any(each is None for each in read) else self.amount(*read)


_BOOKS = (
    Kind("extraction", _extracted, "cost", "payable", "accounting.extraction", by_center=True),
    Kind("use", _used, "payable", "bank", "accounting.use"),
    Kind("debit_balance", overspent, "cost", "payable", "accounting.debit_balance", proposed=True),
)
_ASSET = ("deferred_tax_asset", "deferred_tax_expense")
_CAS = (
    *_BOOKS,
    Kind("deferred_tax", _moved, *_ASSET, "deferred_tax.entries"),
    Kind("deferred_tax_remeasured", _remeasured, *_ASSET, "deferred_tax.rate"),
)


class Row(NamedTuple):
    """A line of an entry: the account, the cost centre that it is for, and the amounts, None where unknown."""

    account: str
    center: CostCenter | None
    debit: Decimal | None
    credit: Decimal | None


class Entry(NamedTuple):
    """An entry at the end of a year: the rows that it debits, then the one that it credits."""

    kind: Kind
    rows: tuple[Row, ...]


def kinds(case: Case) -> tuple[Kind, ...]:
    """The entries that every year has; only the CAS keep deferred tax, where it is recognised."""
    enterprise = case.enterprise
    return _CAS if enterprise.accounting == "cas" and enterprise.deferred_recognised else _BOOKS


def of(history: History, year: Year) -> tuple[Entry, ...]:
    """The entries of a year. An amount below zero stands on the other side: neither side is ever negative."""
    with exactly():
        return tuple(_entry(history.case, kind, kind.of(year.values)) for kind in kinds(history.case))


def sides(amount: Number) -> tuple[Number, Number]:
    """An amount and its opposite, each only where it is above zero."""
    there = greatest(amount, 0)
    return there, there - amount


def ends(case: Case) -> tuple[Decimal, ...]:
    """The shares of the cost centres, added up from the first to each of them."""
    return tuple(accumulate(each.share for each in case.enterprise.cost_centers))


def parts(amount: Number, upto: Sequence[Number]) -> tuple[Number, ...]:
    """An amount (0 or more) by the shares of the cost centres, added up: what each one adds to the rounded share of all
    before it.

    The parts sum to the amount and each is within a fen of its exact share, by `share` alone, so that the workbook has
    the same rule as a formula. The largest remainder would need every part to know all others.
    """
    added = [share(amount, each) for each in upto]
    return (*added[:1], *(after - before for before, after in pairwise(added)))


def spread(there: Number, back: Number, upto: Sequence[Number]) -> tuple[tuple[Number, Number], ...]:
    """Both sides of the accounts that an entry charges: of each cost centre, or of one account where there is none."""
    return tuple(zip(parts(there, upto), parts(back, upto), strict=True)) if upto else ((there, back),)


def centers_of(case: Case, kind: Kind) -> tuple[CostCenter, ...]:
    """The cost centres that an entry of this kind is spread over; none where it is not."""
    return case.enterprise.cost_centers if kind.by_center else ()


def _entry(case: Case, kind: Kind, amount: Decimal | None) -> Entry:
    centers = centers_of(case, kind)
    if amount is None:
        return Entry(kind, (Row(kind.debit, None, None, None), Row(kind.credit, None, None, None)))
    there, back = sides(amount)
    split = spread(there, back, ends(case) if centers else ())
    charged = (Row(kind.debit, center, *each) for center, each in zip(centers or (None,), split, strict=True))
    return Entry(kind, (*charged, Row(kind.credit, None, back, there)))
