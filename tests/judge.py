"""The judge: every line of every year once more, as a plain loop on integer fen.

All renderings of eduf share one text of each rule, so a wrong rule would agree with itself everywhere.
The judge shares nothing with eduf on purpose: import nothing from there, even where the same thing is written twice.
Amounts are fen, rates are per mille (80 is 8 %); half a fen is rounded up.
"""

from typing import Any

Facts = dict[str, Any]
Lines = dict[str, Any]
Layer = tuple[int | None, int]

CAP_RATES = (
    ("general", 2008, 2017, 25),
    ("general", 2018, 2100, 80),
    ("high_tech", 2015, 2017, 80),
    ("advanced_service", 2009, 2017, 80),
)
ONLY_IN_A_SCHEDULE = (
    "booked_in_full", "booked", "deductible_spent", "cap_rate", "cap", "available",
    "deducted", "deducted_current", "deducted_earlier", "headroom", "adjustment",
    "deducted_in_full", "adjustment_in_full",
    "total_booked", "total_spent", "total_deducted", "total_adjustment", "form_deducted",
)  # fmt: skip


def judge(history: dict[str, Any]) -> list[Lines]:
    opening = history["opening"]
    fund = opening["fund_balance"]
    before_2008 = opening["before_2008_balance"]
    layers: list[Layer] = []
    for label, amount in opening["carried_forward"]:
        layers = added(layers, label, amount)
    carried_forward = sum(amount for _, amount in layers)
    judged: list[Lines] = []
    for facts in history["years"]:
        lines = fund_lines(facts, fund, before_2008)
        lines["prior_carried_forward"] = carried_forward
        lines["brought_forward"] = carried_forward + facts["transferred"]
        if facts["collection"] == "deemed":
            lines |= dict.fromkeys(ONLY_IN_A_SCHEDULE)
            lines["carried_forward"] = lines["brought_forward"]
        else:
            lines |= schedule_lines(facts, lines, history["order"])
        deferred_rate = facts["deferred_rate"] if history["deferred"] else None
        lines |= deferred_tax_lines(deferred_rate, lines, judged)
        layers = layers_after(layers, facts, lines, history["order"])
        lines["vintages"] = layers
        judged.append(lines)
        fund = lines["fund_closing"]
        before_2008 = lines["before_2008_closing"]
        carried_forward = lines["carried_forward"]
    return judged


def fund_lines(facts: Facts, fund: int, before_2008: int) -> Lines:
    due = (facts["total_wages"] * facts["extraction_rate"] + 500) // 1000
    extracted = due if facts["extracted"] is None else facts["extracted"]
    from_before_2008 = min(facts["spent"], before_2008)
    return {
        "extraction_due": due,
        "extracted": extracted,
        "extraction_shortfall": max(due - extracted, 0),
        "fund_opening": fund,
        "fund_closing": fund + extracted - facts["spent"] - facts["spent_in_full"],
        "before_2008_opening": before_2008,
        "from_before_2008": from_before_2008,
        "before_2008_closing": before_2008 - from_before_2008,
    }


def schedule_lines(facts: Facts, lines: Lines, order: str) -> Lines:
    in_full = facts["spent_in_full"]
    booked_in_full = in_full if facts["booked_in_full"] is None else facts["booked_in_full"]
    booked = lines["extracted"] - booked_in_full
    spent = facts["spent"] - lines["from_before_2008"]
    rate = facts["cap_rate"]
    if rate is None:
        rate = cap_rate_by_law(facts["year"], facts["qualifications"])
    cap = (facts["deductible_wages"] * rate + 500) // 1000
    brought_forward = lines["brought_forward"]
    deducted = min(spent + brought_forward, cap)
    current = min(spent, cap) if order == "current_first" else deducted - min(brought_forward, cap)
    return {
        "booked_in_full": booked_in_full,
        "booked": booked,
        "deductible_spent": spent,
        "cap_rate": rate,
        "cap": cap,
        "available": spent + brought_forward,
        "deducted": deducted,
        "deducted_current": current,
        "deducted_earlier": deducted - current,
        "carried_forward": spent + brought_forward - deducted,
        "headroom": cap - deducted,
        "adjustment": booked - deducted,
        "deducted_in_full": in_full,
        "adjustment_in_full": booked_in_full - in_full,
        "total_booked": booked + booked_in_full,
        "total_spent": spent + in_full,
        "total_deducted": deducted + in_full,
        "total_adjustment": booked - deducted + booked_in_full - in_full,
        "form_deducted": form_deducted(facts["year"], cap, booked, spent, brought_forward),
    }


def cap_rate_by_law(year: int, qualifications: tuple[str, ...]) -> int:
    return max(
        rate for who, first, last, rate in CAP_RATES if first <= year <= last and who in ("general", *qualifications)
    )


def form_deducted(year: int, cap: int, booked: int, spent: int, brought_forward: int) -> int | None:
    if year < 2014:
        return None  # there was no such schedule
    if year < 2018:
        return min(cap, booked + brought_forward)
    return min(cap, spent + brought_forward)


def deferred_tax_lines(rate: int | None, lines: Lines, earlier: list[Lines]) -> Lines:
    if rate is None:
        known = earlier[-1]["deferred_tax"] if earlier else None
        return {"deferred_tax_opening": known, "deferred_tax": None, "deferred_tax_change": None}
    opening = (lines["prior_carried_forward"] * rate + 500) // 1000
    if earlier:
        opening = earlier[-1]["deferred_tax"]
    closing = (lines["carried_forward"] * rate + 500) // 1000
    return {
        "deferred_tax_opening": opening,
        "deferred_tax": closing,
        "deferred_tax_change": None if opening is None else closing - opening,
    }


def layers_after(layers: list[Layer], facts: Facts, lines: Lines, order: str) -> list[Layer]:
    """Carry-forward by the year it comes from, the oldest first, after this year's transfer, spending and deduction."""
    year, transferred = facts["year"], facts["transferred"]
    layers = added(layers, year, transferred) if transferred > 0 else eaten(layers, -transferred)
    if facts["collection"] == "deemed":
        return layers
    if order == "oldest_first":
        return eaten(added(layers, year, lines["deductible_spent"]), lines["deducted"])
    excess = lines["deductible_spent"] - lines["deducted_current"]
    return eaten(added(layers, year, excess), lines["deducted_earlier"])


def added(layers: list[Layer], label: int | None, amount: int) -> list[Layer]:
    sizes = dict(layers)
    sizes[label] = sizes.get(label, 0) + amount
    by_age = sorted(sizes, key=lambda year: year or 0)  # an unknown year counts as the oldest
    return [(year, sizes[year]) for year in by_age if sizes[year] > 0]


def eaten(layers: list[Layer], amount: int) -> list[Layer]:
    left = []
    for label, size in layers:
        bite = min(size, amount)
        amount -= bite
        if size > bite:
            left.append((label, size - bite))
    assert amount == 0, f"{amount} fen more were taken than the layers hold"
    return left
