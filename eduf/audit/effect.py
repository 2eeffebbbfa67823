"""What correcting a mistake does: to every later figure, and to the tax of every year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from eduf.audit import limits
from eduf.audit.form import cells
from eduf.audit.limits import Claim, LateFee
from eduf.audit.sheet import Sheet
from eduf.law import Law
from eduf.money import ZERO, share
from eduf.tax import single_rate

_OF_THE_TAX = "row4_adjustment"


@dataclass(frozen=True)
class Step:
    """A declared figure that becomes another once the mistake is corrected."""

    year: int
    line: str
    filed: Decimal
    becomes: Decimal


@dataclass(frozen=True)
class TaxYear:
    """A year whose adjustment changes by so much; `tax` more (or, below zero, less) at the year's rate, whatever the
    income; None where there is no single known rate. The late fee is information: it runs until the tax is paid."""

    year: int
    adjustment: Decimal
    tax: Decimal | None
    late_fee: LateFee | None = None
    claim: Claim | None = None


def knock_on(
    before: Mapping[int, Sheet], after: Mapping[int, Sheet], declared: Collection[tuple[int, str]]
) -> tuple[Step, ...]:
    """Every declared figure that changes, from the year of the mistake on."""
    steps = []
    for number, sheet in before.items():
        for cell, _ in cells(sheet.year.setting):
            filed, becomes = sheet.implied[cell.name], after[number].implied[cell.name]
            if (number, cell.name) in declared and filed is not None and becomes is not None and filed != becomes:
                steps.append(Step(number, cell.name, filed, becomes))
    return tuple(steps)


def taxes(
    before: Mapping[int, Sheet], after: Mapping[int, Sheet], years: Collection[int], law: Law, last: int
) -> tuple[TaxYear, ...]:
    """The years with a return whose adjustment changes, with their tax."""
    found = []
    for number in sorted(years):
        if number not in before:
            continue
        filed, becomes = (each[number].implied.get(_OF_THE_TAX) for each in (before, after))
        if filed is not None and becomes is not None and filed != becomes:
            found.append(_tax_year(before[number], becomes - filed, law, last))
    return tuple(found)


def _tax_year(sheet: Sheet, change: Decimal, law: Law, last: int) -> TaxYear:
    year, rate = sheet.year.year, single_rate(sheet.year)
    if rate is None:
        return TaxYear(year, change, None, claim=limits.claim(law, year, last) if change < 0 else None)
    size: Decimal = share(abs(change), rate)
    if change > 0:
        return TaxYear(year, change, size, limits.late_fee(law, year, size) if size else None)
    return TaxYear(year, change, -size if size else ZERO, claim=limits.claim(law, year, last))


def net(found: Collection[TaxYear]) -> Decimal | None:
    """The tax of all years together, unknown where that of one is."""
    known = [each.tax for each in found if each.tax is not None]
    return sum(known, ZERO) if len(known) == len(found) else None
