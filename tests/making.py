"""Cases for tests: from plain tables, and from the judge's histories of whole fen."""

import random
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from eduf.case import Case, Places
from eduf.files import tables
from eduf.history import History, compute
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
    wanted = ("cap_rate", *NAMES)
    return [
        {name: year.values.get(name) for name in wanted} | {"vintages": list(year.vintages)} for year in history.years
    ]


def in_yuan(judged: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the judge found, in yuan and rates."""
    return [{name: _shown(name, value) for name, value in lines.items()} for lines in judged]


def _shown(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "vintages":
        return [(label, yuan(amount)) for label, amount in value]
    return rate(value) if name == "cap_rate" else yuan(value)


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
            "accounting": "cas" if history["deferred"] else "small_business",
        },
        "opening": {
            "fund_balance": yuan(opening["fund_balance"]),
            "before_2008_balance": yuan(opening["before_2008_balance"]),
            "carried_forward": vintages,
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
    ):
        if facts[key] is not None:
            year[key] = yuan(facts[key])
    for key in ("extraction_rate", "cap_rate", "deferred_rate"):
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
    held = set(facts["qualifications"])
    if facts["deferred_rate"] is not None:
        return int(facts["deferred_rate"])
    if held & {"software", "ic_design", "small_low_profit"}:
        return None
    if "high_tech" in held or ("advanced_service" in held and facts["year"] >= 2009):
        return 150
    return 250


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
