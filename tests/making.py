"""Cases for tests: from plain tables, and from the judge's histories of whole fen."""

import random
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from judge import is_small, ordinary_rate

from eduf.case import Case, Places
from eduf.files import tables
from eduf.history import History, Year, compute
from eduf.lines import NAMES


def case_of(table: Mapping[str, Any]) -> Case:
    """The case of a plain table, as if read from a file."""
    return tables.case(table, Places())


def computed(*years: Mapping[str, Any], opening: Mapping[str, Any] | None = None, **enterprise: Any) -> History:
    """A history of a few years; wages left out are one million, deductible wages left out are the total wages."""
    filled = [{"total_wages": 1_000_000, "spent": 0, **year} for year in years]
    filled = [{"deductible_wages": year["total_wages"], **year} for year in filled]
    return compute(
        case_of(
            {
                "format": 1,
                "enterprise": {"name": "测试企业", "extraction_rate": "2.5%", **enterprise},
                "opening": dict(opening or {}),
                "year": filled,
            }
        )
    )


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def rate(per_mille: int) -> Decimal:
    return Decimal(per_mille).scaleb(-3)


def lines_of(history: History) -> list[dict[str, Any]]:
    """Every line of every year, with the vintages, as the judge gives them."""
    wanted = ("cap_rate", "tax_rate", "losses_available", *NAMES)
    return [{name: year.values.get(name) for name in wanted} | _by_year(year) for year in history.years]


def _by_year(year: Year) -> dict[str, Any]:
    return {"vintages": list(year.vintages), "losses": list(year.losses), "expired": list(year.expired)}


def in_yuan(judged: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the judge found, in yuan and rates."""
    return [{name: _shown(name, value) for name, value in lines.items()} for lines in judged]


def _shown(name: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, list):
        return [(label, None if amount is None else yuan(amount)) for label, amount in value]
    return rate(value) if name.endswith("_rate") else yuan(value)


def stated(history: Mapping[str, Any]) -> dict[str, Any]:
    """The judge's history as the table of a case file."""
    opening = history["opening"]
    vintages = [
        {"amount": yuan(amount)} if label is None else {"from": label, "amount": yuan(amount)}
        for label, amount in opening["carried_forward"]
    ]
    return {
        "format": 1,
        "enterprise": {
            "name": "随机企业",
            "vintage_order": history["order"],
            "accounting": "small_business" if history["deferred"] == "none" else "cas",
            "deferred_on_fund": history["deferred"] == "with_fund",
        },
        "opening": {
            "fund_balance": yuan(opening["fund_balance"]),
            "before_2008_balance": yuan(opening["before_2008_balance"]),
            "carried_forward": vintages,
            "losses": [{"from": arose, "amount": yuan(amount)} for arose, amount in opening["losses"]],
        },
        "year": [_year(facts) for facts in history["years"]],
    }


def _year(facts: Mapping[str, Any]) -> dict[str, Any]:
    year: dict[str, Any] = {key: facts[key] for key in ("year", "collection")}
    year["qualifications"] = list(facts["qualifications"])
    for key in (
        "total_wages",
        "deductible_wages",
        "spent",
        "spent_in_full",
        "transferred",
        "extracted",
        "booked_in_full",
        "income",
        "assets",
    ):
        if facts[key] is not None:
            year[key] = yuan(facts[key])
    for key in ("staff", "restricted_industry"):
        if facts[key] is not None:
            year[key] = facts[key]
    for key in ("extraction_rate", "cap_rate", "deferred_rate", "tax_rate"):
        if facts[key] is not None:
            year[key] = rate(facts[key]) if facts[key] < 1000 else "100%"
    if facts["transferred"]:
        year["transferred_because"] = "合并"
    if facts["cap_rate"] is not None:
        year["cap_rate_because"] = "试点"
        if facts["collection"] == "deemed":
            del year["cap_rate"], year["cap_rate_because"]
    return year


def with_rates_by_law(history: dict[str, Any]) -> dict[str, Any]:
    """The judge's history with the rate of deferred tax that the law gives where none is stated."""
    years = [{**facts, "deferred_rate": _deferred_rate(facts)} for facts in history["years"]]
    return {**history, "years": years}


def _deferred_rate(facts: Mapping[str, Any]) -> int | None:
    """The stated one, else the tax rate; of a small enterprise there is no single one."""
    if facts["deferred_rate"] is not None:
        return int(facts["deferred_rate"])
    return None if is_small(dict(facts)) else ordinary_rate(dict(facts))


def enriched(table: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The same case with cost centres, and with monthly wages in some of its years."""
    cuts = sorted(rng.randint(0, 1000) for _ in range(rng.randint(0, 8)))
    shares = [after - before for before, after in pairwise([0, *cuts, 1000])]
    centers = [
        {"name": f"中心{n}", "account": "管理费用", "share": f"{each // 10}.{each % 10}%"}
        for n, each in enumerate(shares)
    ]
    years = [_with_months(year, rng) if rng.random() < 0.5 else year for year in table["year"]]
    return {**table, "enterprise": {**table["enterprise"], "cost_centers": centers}, "year": years}


def _with_months(year: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Twelve months of wages that sum to those of the year, ending on any fen."""
    whole = int(year["total_wages"].scaleb(2))
    cuts = sorted(rng.randint(0, whole) for _ in range(11))
    return {**year, "monthly_wages": [yuan(after - before) for before, after in pairwise([0, *cuts, whole])]}
