"""Tax losses by the year in which they arose: later income makes them up, the oldest first, until they expire."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from eduf.case import Case
from eduf.law import Law
from eduf.money import ZERO
from eduf.vintages import left

Losses = tuple[tuple[int, Decimal | None], ...]  # year and what is left of its loss, the oldest first; None: unknown


@dataclass(frozen=True)
class Lives:
    """How long losses live: `usual` years, longer by the qualifications of the case's years (`longer`: year, years)."""

    first: int
    usual: int
    longer: tuple[tuple[int, int], ...]

    def last(self, arose: int) -> int:
        """The last year whose income may make up a loss of that year.

        A qualification lengthens the life of losses of the `usual` years before it, and of later ones. Whether one was
        held before the first year is not stated: a loss that is older than usual at the start counts as lengthened
        where one is held in the first year.
        """
        begun = [years for year, years in self.longer if arose >= year - self.usual or self.presumed(arose, year)]
        return arose + max(begun, default=self.usual)

    def presumed(self, arose: int, year: int) -> bool:
        """Whether only a qualification in that first year speaks for an opening loss that is older than usual."""
        return year == self.first and arose < self.first - self.usual

    def lengthened_only_before(self, arose: int) -> bool:
        """Whether only qualifications of earlier years lengthen the life of a loss of that year.

        The law data does not say whether they do once they are no longer held.
        """
        years = [year for year, _ in self.longer if year <= arose + self.usual]
        return bool(years) and max(years) < arose


def lives(case: Case, law: Law) -> Lives:
    """How long the losses of a case live."""
    years = [stated for _, stated in case.in_order()]
    usual = int(law.rate("loss_years", years[0].year).value or 0)
    found = (
        (each.year, int(law.rate("loss_years", each.year, case.qualifications(each)).value or 0)) for each in years
    )
    return Lives(years[0].year, usual, tuple((year, each) for year, each in found if each > usual))


def opening(case: Case) -> Losses:
    """The losses at the start of the first year, a year's together."""
    found: dict[int, Decimal] = {}
    for each in sorted(case.opening.losses or (), key=lambda loss: loss.arose):
        found[each.arose] = found.get(each.arose, ZERO) + each.amount
    return tuple((arose, amount) for arose, amount in found.items() if amount)


def standing(case: Case, until: Lives) -> Losses:
    """Those of them that the first year may still make up."""
    return expiring(opening(case), until.first - 1, until)[0]


def available(losses: Losses) -> Decimal | None:
    """All that may be made up; unknown where the loss of any year is."""
    amounts = [amount for _, amount in losses if amount is not None]
    return sum(amounts, ZERO) if len(amounts) == len(losses) else None


def after(losses: Losses, year: int, values: Mapping[str, Decimal | None]) -> Losses:
    """What is left after a year on the books: less what was made up, and with the year's own loss.

    Where it is unknown what was made up, it is unknown what is left of each; a year without income may have a loss.
    """
    used, income = values["loss_relief"], values["income_before_relief"]
    rest = losses
    if used is not None:
        rest = _less(((arose, amount) for arose, amount in losses if amount is not None), used)
    elif income != 0:
        rest = tuple((arose, None) for arose, _ in losses)
    own = values["year_loss"]
    return rest if own == 0 else (*rest, (year, own))


def _less(known: Iterable[tuple[int, Decimal]], used: Decimal) -> Losses:
    losses = tuple(known)
    ends = accumulate(amount for _, amount in losses)
    rest = ((arose, left(amount, end, used)) for (arose, amount), end in zip(losses, ends, strict=True))
    return tuple((arose, amount) for arose, amount in rest if amount)


def expiring(losses: Losses, year: int, until: Lives) -> tuple[Losses, Losses]:
    """What still lives after that year, and what expires with its end."""
    living = tuple(each for each in losses if until.last(each[0]) > year)
    return living, tuple(each for each in losses if each not in living)
