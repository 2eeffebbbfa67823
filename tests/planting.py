"""The mistakes that tests plant in returns, each in one cell; what explains them is worked out in filing.py."""

import random
from collections.abc import Callable, Mapping

from filing import BOOKED_FIRST, Figures, Plant, entitled

Make = Callable[[Figures], int | None]
Kind = Callable[[random.Random, int], Plant]
ANY, OLD, NEW, WITH_SPENT = range(2008, 2101), range(2008, 2018), range(2018, 2101), range(2017, 2101)
DEDUCTED, BROUGHT, CARRIED, SPENT = "row5_deducted", "row5_brought_forward", "row5_carried_forward", "row5_spent"


def _typo(cell: str) -> Kind:
    def plant(rng: random.Random, year: int) -> Plant:
        by = rng.choice((1, -1)) * rng.choice((1, 100, rng.randint(1, 10**9)))
        return Plant(year, cell, lambda c: int(c["honest"]) + by)

    return plant


def _kind(cell: str, make: Make, years: range = ANY, *, moved: bool = False) -> Kind:
    return lambda rng, year: Plant(year, cell, lambda c: make(c) if year in years else None, moved)


def _turned(c: Figures) -> int:
    return -int(c["honest"])


def _more(by: int) -> Make:
    return lambda c: int(c["honest"]) + by


def _always(figure: int) -> Make:
    return lambda c: figure


def _read(cell: str) -> Make:
    return lambda c: int(c[cell])


def _over_the_cap(c: Figures) -> int:
    return int(max(c["honest"], c["cap"])) + 13


def _without_a_cap(c: Figures) -> int:
    return int(c[SPENT] + c[BROUGHT])


def _one_plus_four(c: Figures) -> int:
    return int(min(c["row5_booked"] + c[BROUGHT], c["cap"]))


def _extraction_within_the_cap(c: Figures) -> int:
    return int(min(c["row5_booked"], c["cap"]))


def _unspent(c: Figures) -> int:
    return int(c["row5_booked"] + c[BROUGHT] - c[DEDUCTED])


def _unspent_of_last_year(c: Figures) -> int | None:
    last = c["last"]
    return int(c["honest"] + last["row5_booked"] - last[SPENT]) if "row5_booked" in last else None


def _forgotten(c: Figures) -> int | None:
    return 0 if c["honest"] > 0 else None


def _without_old(c: Figures) -> int | None:
    old = sum(size for arose, size in c["layers_in"] if arose is None or c["facts"]["year"] - arose > 5)
    return int(c["honest"]) - old if old else None


def _own_spending_alone(c: Figures) -> int | None:
    return int(min(c[SPENT], c["cap"])) if c[BROUGHT] > 0 else None


def _on_total_wages(c: Figures) -> int:
    return int(min(c[SPENT] + c[BROUGHT], (c["facts"]["total_wages"] * c["row5_rate"] + 500) // 1000))


def _at_2_5(c: Figures) -> int:
    return int(min(c[SPENT] + c[BROUGHT], (max(c["row1_deducted"], 0) * 25 + 500) // 1000))


def _all_spending(c: Figures) -> int:
    """What is charged to the balance from before 2008, too."""
    return int(c["honest"] + c["facts"]["spent"] - c["right"][SPENT])


def _into_row_6(c: Figures) -> int | None:
    return None if entitled(c["facts"]) else max(c["facts"]["spent"] // 3, 1)


_TYPOS = (
    "row1_deducted", "row5_booked", BROUGHT, "row5_adjustment", CARRIED, "row6_booked", "row6_adjustment",
    "row4_booked", "row4_deducted", "row4_adjustment", "row4_brought_forward",
    "row4_carried_forward", "fund_balance", "deferred_tax",
)  # fmt: skip
_TURNED = ("row5_adjustment", "row4_adjustment", DEDUCTED, "row6_adjustment", "fund_balance", "row1_deducted")
KINDS: Mapping[str, Kind] = {
    **{f"typo in {cell}": _typo(cell) for cell in _TYPOS},
    **{f"sign of {cell}": _kind(cell, _turned) for cell in _TURNED},
    "spent": _kind(SPENT, _more(7), WITH_SPENT),
    "row 6 spent": _kind("row6_spent", _more(7), WITH_SPENT),
    "row 4 spent": _kind("row4_spent", _more(7), WITH_SPENT),
    "over the cap": _kind(DEDUCTED, _over_the_cap),
    "no cap": _kind(DEDUCTED, _without_a_cap),
    "too little": _kind(DEDUCTED, _more(-17)),
    "row 6 too little": _kind("row6_deducted", _more(-17)),
    "row 6 too much": _kind("row6_deducted", _more(17)),
    "1 + 4": _kind(DEDUCTED, _one_plus_four, NEW),
    "extraction": _kind(DEDUCTED, _read("row5_booked"), NEW),
    "extraction within the cap": _kind(DEDUCTED, _extraction_within_the_cap, NEW),
    "extraction of old": _kind(DEDUCTED, _read("row5_booked"), BOOKED_FIRST),
    "extraction as spent": _kind(SPENT, _read("row5_booked"), NEW),
    "unspent": _kind(CARRIED, _unspent, NEW),
    "unspent brought forward": _kind(BROUGHT, _unspent_of_last_year, NEW),
    "forgotten": _kind(BROUGHT, _forgotten),
    "dropped": _kind(BROUGHT, _without_old),
    "not deducted": _kind(DEDUCTED, _own_spending_alone),
    "total wages": _kind(DEDUCTED, _on_total_wages),
    "deducted at 2.5 %": _kind(DEDUCTED, _at_2_5, NEW),
    "rate 2.5 %": _kind("row5_rate", _always(25), NEW),
    "rate 8 % too early": _kind("row5_rate", _always(80), OLD),
    "rate 3 %": _kind("row5_rate", _always(30)),
    "row 6 at 8 %": _kind("row6_rate", _always(80)),
    "before 2008": _kind(SPENT, _all_spending, WITH_SPENT),
    "row 6 unqualified": _kind("row6_booked", _into_row_6, moved=True),
}
