"""What a line of a ledger can be: a use of the fund, or something that is not spending under the cap."""

from functools import cache

from eduf.law import current
from eduf.words import word

IN_FULL = "in_full"
EXTRACTION = "extraction"
REVERSAL = "reversal"
RECLASSIFICATION = "reclassification"
UNION_FUND = "union_fund"
ASK = "ask"
IGNORE = "ignore"
UNASSIGNED = "unassigned"
OTHER_PERIOD = "other_period"
WAGES, WAGES_NOT_DEDUCTIBLE = "wages", "wages_not_deductible"
EQUIPMENT = "8"  # the purchase of teaching equipment, by the number of the use in the law

_OTHERS = (IN_FULL, EXTRACTION, REVERSAL, RECLASSIFICATION, UNION_FUND, ASK, IGNORE)

ASKING = (  # words that never decide, in either direction: they only ask
    "境外",
    "国外",
    "海外",
    "出国",
    "考察",
    "学位",
    "学历",
    "硕士",
    "博士",
    "研究生",
    "mba",
    "emba",
    "overseas",
    "abroad",
    "study tour",
    "degree",
)


@cache
def uses() -> tuple[str, ...]:
    """The permitted uses by their numbers in the law."""
    return tuple(each.choice for each in current().matter("uses").entry)


@cache
def forbidden() -> tuple[str, ...]:
    """What is not chargeable to the fund, by its names in the law."""
    return tuple(f"forbidden.{each.choice}" for each in current().matter("forbidden").entry)


def assignable(*, wages: bool = False) -> tuple[str, ...]:
    """What a rule may assign a line to."""
    if wages:
        return (WAGES, WAGES_NOT_DEDUCTIBLE, REVERSAL, ASK, IGNORE)
    return (*uses(), *forbidden(), *_OTHERS)


def guarded() -> tuple[str, ...]:
    """What words that only ask cannot assign a line to."""
    return (*uses(), *forbidden(), IN_FULL)


def order(name: str) -> tuple[int, int]:
    """Where a class stands in a list: uses by number, then the rest."""
    rest = (IN_FULL, WAGES, WAGES_NOT_DEDUCTIBLE, EXTRACTION, *forbidden(), UNION_FUND, ASK, UNASSIGNED, REVERSAL)
    if name in uses():
        return 0, int(name)
    return 1, rest.index(name) if name in rest else len(rest)


def named(name: str, lang: str) -> str:
    """A class for a person: the law's number and words for a use, eduf's for the rest."""
    return word(f"ledger.classes.{name}", lang) if name not in uses() else f"{name} {word(f'ledger.uses.{name}', lang)}"
