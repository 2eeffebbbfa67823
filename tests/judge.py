"""The judge: every line of every year once more, as a plain loop on integer fen.

All renderings of eduf share one text of each rule, so a wrong rule would agree with itself everywhere.
The judge shares nothing with eduf on purpose: import nothing from there, even where the same thing is written twice.
Amounts are fen, rates are per mille (80 is 8 %); half a fen is rounded up.
"""

from typing import Any

Facts = dict[str, Any]
Lines = dict[str, Any]
Layer = tuple[int | None, int]
Losses = dict[int, int | None]  # by year; None is unknown

CAP_RATES = (
    ("general", 2008, 2017, 25),
    ("general", 2018, 2100, 80),
    ("high_tech", 2015, 2017, 80),
    ("advanced_service", 2009, 2017, 80),
)
TAX_RATES = (("general", 2008, 250), ("high_tech", 2008, 150), ("advanced_service", 2009, 150))
SMALL = (  # from, to, on the first million, on what lies over it, most income: 2018 had one rate, up to a million
    (2018, 2018, 100, 100, 1_000_000_00),
    (2019, 2020, 50, 100, 3_000_000_00),
    (2021, 2021, 25, 100, 3_000_000_00),
    (2022, 2022, 25, 50, 3_000_000_00),
    (2023, 2027, 50, 50, 3_000_000_00),
)
A_MILLION, MOST_STAFF, MOST_ASSETS = 1_000_000_00, 300, 50_000_000_00
TAX_LINES = (
    "tax_rate", "losses_available", "adjusted_income", "income_before_relief", "year_loss", "loss_relief",
    "taxable_income", "taxable_unadjusted", "tax", "tax_unadjusted", "tax_small", "tax_ordinary",
    "tax_small_unadjusted", "tax_ordinary_unadjusted", "tax_effect",
)  # fmt: skip
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
    losses = opening_losses(history)
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
        lines |= deferred_tax_lines(facts["deferred_rate"], history["deferred"], lines, judged)
        lines |= tax_lines(facts, lines, losses)
        layers = layers_after(layers, facts, lines, history["order"])
        lines["vintages"] = layers
        losses = losses_after(losses, facts, lines)
        lines["expired"] = [
            (arose, size) for arose, size in losses.items() if lives_until(history, arose) == facts["year"]
        ]
        losses = {arose: size for arose, size in losses.items() if lives_until(history, arose) > facts["year"]}
        lines["losses"] = list(losses.items())
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


def deferred_tax_lines(rate: int | None, on: str, lines: Lines, earlier: list[Lines]) -> Lines:
    known = earlier[-1]["deferred_tax"] if earlier else None
    names = (
        "deferred_tax_opening",
        "deferred_tax",
        "deferred_tax_change",
        "deferred_tax_remeasured",
        "deferred_tax_moved",
    )
    found: Lines = dict.fromkeys(names)
    if on != "none":
        found["deferred_tax_opening"] = known
    if on == "none" or rate is None:
        return found
    before, after = lines["prior_carried_forward"], lines["carried_forward"]
    if on == "with_fund":
        before += max(lines["fund_opening"] - lines["before_2008_opening"], 0)
        after += max(lines["fund_closing"] - lines["before_2008_closing"], 0)
    at_this_rate = (before * rate + 500) // 1000
    opening = known if earlier else at_this_rate
    closing = (after * rate + 500) // 1000
    found |= {"deferred_tax_opening": opening, "deferred_tax": closing}
    if opening is not None:
        found |= {
            "deferred_tax_change": closing - opening,
            "deferred_tax_remeasured": at_this_rate - opening,
            "deferred_tax_moved": closing - at_this_rate,
        }
    return found


def tax_lines(facts: Facts, lines: Lines, losses: Losses) -> Lines:
    known = [size for size in losses.values() if size is not None]
    available = sum(known) if len(known) == len(losses) else None
    found: Lines = {**dict.fromkeys(TAX_LINES), "losses_available": available}
    if facts["collection"] == "deemed":
        return found
    found["tax_rate"] = ordinary_rate(facts)
    income = facts["income"]
    if income is None:
        return found
    adjusted = income + lines["total_adjustment"]
    profit = adjusted if adjusted > 0 else 0
    found |= {"adjusted_income": adjusted, "income_before_relief": profit, "year_loss": profit - adjusted}
    if available is None:
        return found
    taxable, unadjusted = max(profit - available, 0), max(income - available, 0)
    found |= {"loss_relief": profit - taxable, "taxable_income": taxable, "taxable_unadjusted": unadjusted}
    for base, after in ((taxable, ""), (unadjusted, "_unadjusted")):
        found |= {f"{name}{after}": figure for name, figure in taxes(facts, base).items()}
    if found["tax"] is not None:
        found["tax_effect"] = found["tax"] - found["tax_unadjusted"]
    return found


def taxes(facts: Facts, income: int) -> Lines:
    rate = ordinary_rate(facts)
    if rate is None:
        return {"tax": None}
    ordinary = (income * rate + 500) // 1000
    if not is_small(facts):
        return {"tax": ordinary}
    first_rate, rest_rate, most = small_rates(facts["year"])
    first = income if income < A_MILLION else A_MILLION
    small = (first * first_rate + 500) // 1000 + ((income - first) * rest_rate + 500) // 1000
    return {"tax_small": small, "tax_ordinary": ordinary, "tax": ordinary if income > most else small}


def ordinary_rate(facts: Facts) -> int | None:
    """The year's own, else the lowest by law; none where the law has none of its own for what is held."""
    if facts["tax_rate"] is not None:
        return int(facts["tax_rate"])
    held = facts["qualifications"]
    if "software" in held or "ic_design" in held or ("small_low_profit" in held and not 2018 <= facts["year"] <= 2027):
        return None
    return min(rate for who, since, rate in TAX_RATES if since <= facts["year"] and who in ("general", *held))


def small_rates(year: int) -> tuple[int, int, int]:
    return next((first, rest, most) for begin, end, first, rest, most in SMALL if begin <= year <= end)


def is_small(facts: Facts) -> bool:
    """Whether it says that it is, and nothing that it states speaks against it."""
    if "small_low_profit" not in facts["qualifications"] or facts["tax_rate"] is not None:
        return False
    if ordinary_rate(facts) is None:
        return False
    if facts["year"] == 2018:
        return True  # the law data has no limits of staff and assets for 2018
    many, rich = (facts["staff"] or 0) > MOST_STAFF, (facts["assets"] or 0) > MOST_ASSETS
    return not (many or rich or facts["restricted_industry"])


def opening_losses(history: dict[str, Any]) -> Losses:
    losses: dict[int, int] = {}
    for arose, size in sorted(history["opening"]["losses"]):
        losses[arose] = losses.get(arose, 0) + size
    first = history["years"][0]["year"]
    return {arose: size for arose, size in losses.items() if size and lives_until(history, arose) >= first}


def lives_until(history: dict[str, Any], arose: int) -> int:
    """Five years, or ten where it is high-tech or a technology SME from 2018 on, not more than five years later.

    What is older than five years at the start counts as ten where the first year is such a one.
    """
    first = history["years"][0]["year"]
    for facts in history["years"]:
        year = facts["year"]
        may_lengthen = year >= 2018 and {"high_tech", "tech_sme"}.intersection(facts["qualifications"])
        if may_lengthen and (year - arose <= 5 or (year == first and first - arose > 5)):
            return arose + 10
    return arose + 5


def losses_after(losses: Losses, facts: Facts, lines: Lines) -> Losses:
    if facts["collection"] == "deemed":
        return losses
    own, relief = lines["year_loss"], lines["loss_relief"]
    if relief is not None:
        left = {}
        for arose, size in losses.items():
            assert size is not None
            bite = min(size, relief)
            relief -= bite
            if size > bite:
                left[arose] = size - bite
        losses = left
    elif lines["income_before_relief"] != 0:
        losses = dict.fromkeys(losses)  # some of it may have been made up
    return losses if own == 0 else {**losses, facts["year"]: own}


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
