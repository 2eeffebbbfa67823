"""Small low-profit enterprises: the conditions that a year's facts can be held against, and the rates by year.

The condition of income is no matter of facts but of the year's result: the lines have it (eduf/tax_lines.py).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from eduf.case import Year
from eduf.law import Entry, Law

WHO = "small_low_profit"
_ALWAYS_ASKED = frozenset({"software", "ic_design"})
_CONDITIONS = {
    "staff": "small_limit.staff",
    "assets": "small_limit.assets",
    "restricted_industry": "small_low_profit.industry",
}


class Condition(NamedTuple):
    """A condition beside income: the fact that decides it, what is stated of it, and the rule."""

    fact: str
    stated: Decimal | int | bool | None
    rule: Entry

    @property
    def broken(self) -> bool:
        """Whether what is stated contradicts it."""
        if self.stated is None:
            return False
        return bool(self.stated) if self.rule.value is None else self.stated > self.rule.value


def conditions(year: Year, law: Law) -> tuple[Condition, ...]:
    """The conditions of staff, assets and industry that the law data has for the year."""
    rules = {fact: law.cite(said, year.year, (WHO,)) for fact, said in _CONDITIONS.items()}
    return tuple(Condition(fact, getattr(year, fact), rule) for fact, found in rules.items() for rule in found)


def has_rates(year: int, law: Law) -> bool:
    """Whether the law data has the rates of small low-profit enterprises for the year."""
    return bool(law.on("small_rate", year, (WHO,)))


def is_taxed_so(year: Year, held: Sequence[str], law: Law) -> bool:
    """Whether the year's tax is that of a small low-profit enterprise, if its income allows."""
    stated = WHO in held and year.tax_rate is None and not asked(year.year, held, law)
    return stated and not any(each.broken for each in conditions(year, law))


def asked(year: int, held: Sequence[str], law: Law) -> tuple[str, ...]:
    """The qualifications held for which the law data has no tax rate, so that the year's own is asked for."""
    without = _ALWAYS_ASKED if has_rates(year, law) else _ALWAYS_ASKED | {WHO}
    return tuple(sorted(without.intersection(held)))
