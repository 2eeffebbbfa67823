"""Histories to compare on: valid by FORMATS.md, in the judge's form, made to hit half fens, edges and limits.

There is one generator for both uses. Under hypothesis its random numbers are hypothesis's own, so that failures
shrink: therefore the plainest choice always comes first, and `chance` is false where the number drawn is small.
"""

import random
from math import gcd
from typing import Any

from hypothesis import strategies as st
from judge import cap_rate_by_law, judge

LIMIT = 100_000_000_000_000  # 1e12 yuan: no stated amount is larger
FIRST_YEAR, LAST_YEAR = 2008, 2100
QUALIFICATIONS = (
    "high_tech", "advanced_service", "software", "ic_design", "animation", "tech_sme", "small_low_profit",
)  # fmt: skip
DEDUCTED_IN_FULL_SINCE = {"software": 2008, "animation": 2009, "ic_design": 2011}
USUAL_EXTRACTION_RATES = (15, 25)
USUAL_DEFERRED_RATES = (250, 150, 100, 50)


@st.composite
def histories(draw: st.DrawFn, max_years: int = 8, *, deemed: bool = True, transfers: bool = True) -> dict[str, Any]:
    years = draw(st.integers(1, max_years))
    return random_history(draw(st.randoms(use_true_random=False)), years, deemed=deemed, transfers=transfers)


def random_history(rng: random.Random, years: int, *, deemed: bool = True, transfers: bool = True) -> dict[str, Any]:
    first = first_year(rng, years)
    history: dict[str, Any] = {
        "order": rng.choice(("current_first", "oldest_first")),
        "deferred": rng.choice(("carry_forward", "carry_forward", "with_fund", "none")),
        "opening": opening(rng, first),
        "years": [],
    }
    small = chance(rng, 40)
    scale = rng.randint(100_000_00, 2_000_000_00) if small else amount(rng)
    for year in range(first, first + years):
        facts = year_facts(rng, year, scale, small=small)
        if deemed and chance(rng, 8):
            facts["collection"] = "deemed"
        if transfers and chance(rng, 15):
            facts["transferred"] = transferred(rng, carried_into_next_year(history))
        history["years"].append(facts)
    leave_income_out(rng, history)
    return history


def first_year(rng: random.Random, years: int) -> int:
    latest = LAST_YEAR + 1 - years
    if chance(rng, 10):
        return rng.choice((latest, rng.randint(FIRST_YEAR, latest)))
    return rng.randint(FIRST_YEAR, min(2016, latest))  # most histories see the caps change


def opening(rng: random.Random, first: int) -> dict[str, Any]:
    if not chance(rng, 50):
        return {"fund_balance": 0, "before_2008_balance": 0, "carried_forward": [], "losses": []}
    fund = rng.choice((1, 1, -1)) * amount(rng)
    most = max(fund, 0)
    return {
        "fund_balance": fund,
        "before_2008_balance": rng.choice((0, most, rng.randint(0, most))),
        "carried_forward": opening_layers(rng, first),
        "losses": [(first - rng.randint(1, 12), amount(rng)) for _ in range(rng.randint(0, 4))],
    }


def opening_layers(rng: random.Random, first: int) -> list[tuple[int | None, int]]:
    """Labels may repeat and stand in any order; the sum too stays within the limit, as a panel states it as one."""
    layers: list[tuple[int | None, int]] = []
    room = LIMIT
    for _ in range(rng.randint(0, 4)):
        size = min(amount(rng), room)
        layers.append((rng.choice((None, *range(FIRST_YEAR, first))), size))
        room -= size
    return layers


def year_facts(rng: random.Random, year: int, scale: int, *, small: bool = False) -> dict[str, Any]:
    qualifications = tuple(name for name in QUALIFICATIONS if chance(rng, 15))
    if small and not chance(rng, 10):
        qualifications = ("small_low_profit",)
    extraction_rate = some_rate(rng) if chance(rng, 10) else rng.choice(USUAL_EXTRACTION_RATES)
    stated_rate = some_rate(rng) if chance(rng, 15) else None
    cap_rate = cap_rate_by_law(year, qualifications) if stated_rate is None else stated_rate
    total_wages = wages(rng, scale, extraction_rate)
    deductible_wages = wages(rng, scale, cap_rate)
    in_full = may_deduct_in_full(year, qualifications)
    return {
        "year": year,
        "qualifications": qualifications,
        "collection": "books",
        "total_wages": total_wages,
        "deductible_wages": deductible_wages,
        "extraction_rate": extraction_rate,
        "spent": spent(rng, deductible_wages, cap_rate),
        "spent_in_full": training(rng, deductible_wages) if in_full else 0,
        "extracted": extracted(rng, total_wages) if chance(rng, 50) else None,
        "booked_in_full": (training(rng, deductible_wages) if in_full else 0) if chance(rng, 50) else None,
        "transferred": 0,
        "cap_rate": stated_rate,
        "deferred_rate": None if chance(rng, 10) else rng.choice(USUAL_DEFERRED_RATES),
        "income": income_near_the_cliff(rng) if small and chance(rng, 80) else income(rng, scale),
        "tax_rate": rng.choice((*USUAL_DEFERRED_RATES, some_rate(rng))) if chance(rng, 15) else None,
        "staff": rng.choice((20, 300, 301)) if chance(rng, 50) else None,
        "assets": rng.choice((0, 50_000_000_00, 50_000_000_01)) if chance(rng, 50) else None,
        "restricted_industry": chance(rng, 20) if chance(rng, 50) else None,
    }


def income(rng: random.Random, scale: int) -> int:
    """Profits and losses of the size of the wages, and of any size."""
    kind = rng.randrange(10)
    if kind < 5:
        return rng.randint(0, scale)
    if kind < 8:
        return -rng.randint(0, scale)
    return rng.choice((1, -1)) * amount(rng)


def income_near_the_cliff(rng: random.Random) -> int:
    return rng.choice((900_000_00, 2_000_000_00, 2_500_000_00, 2_800_000_00, 3_000_000_00)) + rng.randint(
        -2, 200_000_00
    )


def leave_income_out(rng: random.Random, history: dict[str, Any]) -> None:
    """In some histories in all years, in some in a few."""
    percent = rng.choice((0, 0, 0, 0, 0, 0, 15, 15, 100))
    for facts in history["years"]:
        if chance(rng, percent):
            facts["income"] = None


def wages(rng: random.Random, scale: int, rate: int) -> int:
    whole = amount(rng) if chance(rng, 10) else min(scale * rng.randint(50, 200) // 100, LIMIT)
    return tie_near(rng, whole, rate) if chance(rng, 70) else whole


def spent(rng: random.Random, deductible_wages: int, cap_rate: int) -> int:
    if chance(rng, 5):
        return amount(rng)
    cap = (deductible_wages * cap_rate + 500) // 1000
    at_the_cap = min(max(cap + rng.choice((0, -1, 1)), 0), LIMIT)
    return rng.choice((0, at_the_cap, part(rng, deductible_wages), part(rng, deductible_wages)))


def extracted(rng: random.Random, total_wages: int) -> int:
    return rng.choice((0, part(rng, total_wages), part(rng, total_wages), amount(rng), -amount(rng)))


def training(rng: random.Random, deductible_wages: int) -> int:
    return rng.choice((0, part(rng, deductible_wages), amount(rng)))


def may_deduct_in_full(year: int, qualifications: tuple[str, ...]) -> bool:
    return any(year >= DEDUCTED_IN_FULL_SINCE.get(name, LAST_YEAR + 1) for name in qualifications)


def transferred(rng: random.Random, carried_in: int) -> int:
    most_given_up = min(carried_in, LIMIT)
    return rng.choice((amount(rng), -rng.randint(0, most_given_up), -most_given_up))


def carried_into_next_year(history: dict[str, Any]) -> int:
    if history["years"]:
        return int(judge(history)[-1]["carried_forward"])
    return sum(size for _, size in history["opening"]["carried_forward"])


def amount(rng: random.Random) -> int:
    kind = rng.randrange(20)
    if kind < 2:
        return 0
    if kind < 4:
        return rng.randint(0, 1000)
    if kind < 16:
        return rng.randint(10**7, 10 ** rng.randint(8, 10))  # 1e5 to 1e8 yuan
    if kind < 18:
        return rng.randint(0, LIMIT)
    return LIMIT - rng.choice((0, 1))


def part(rng: random.Random, whole: int) -> int:
    """What is spent or extracted in an ordinary year: up to 15 % of the wages, not on any round figure."""
    return whole * rng.randint(0, 150_000) // 1_000_000


def some_rate(rng: random.Random) -> int:
    return rng.choice((0, 1000, rng.randint(0, 1000)))


def tie(rng: random.Random, rate: int) -> int:
    return tie_near(rng, amount(rng), rate)


def tie_near(rng: random.Random, whole: int, rate: int) -> int:
    """Wages near the whole whose share is exactly half a fen over.

    A rate that is a multiple of 8 per mille, so 8 % too, has no such wages: its share is then as near to half a fen
    as it can be, on either side.
    """
    common = gcd(rate, 1000)  # remainders are multiples of it
    period = 1000 // common
    nearest = 500 // common
    if 500 % common:
        nearest += rng.choice((0, 1))
    wages = whole - whole % period + nearest * pow(rate // common, -1, period) % period
    return wages if wages <= LIMIT else wages - period


def chance(rng: random.Random, percent: int) -> bool:
    return rng.randrange(100) >= 100 - percent
