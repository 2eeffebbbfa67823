"""Returns as an enterprise would file them, and mistakes to plant in them: plain arithmetic on the judge's whole fen.

Nothing here is shared with eduf/audit. A return is filled in the order of its cells from what stands in it so far, so
that whatever follows from a planted mistake follows consistently, as it does when software or a person adds up.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from histories import may_deduct_in_full
from judge import judge
from making import case_of, rate, stated, yuan

from eduf.case import Case, Filed, FiledRow

Figures = dict[str, Any]  # cells of a year by name, in fen, rates in per mille
BOOKED_FIRST = range(2014, 2018)
NO_SPENT_COLUMN = range(2014, 2017)


class Plant(NamedTuple):
    """A mistake in one cell of one year: `make` gives the wrong figure from what stands in the return so far."""

    year: int
    cell: str
    codes: tuple[str, ...]
    make: Callable[[Figures], int | None]


class Filing(NamedTuple):
    """The returns, what the cells would be if all were right, and what was planted where."""

    returns: dict[int, Figures]
    right: dict[int, Figures]
    planted: dict[tuple[int, str], int]


class NotPlanted(Exception):  # noqa: N818 - it says so
    """The mistake makes no difference here, or cannot be told from an honest figure."""


def right_cells(history: Mapping[str, Any]) -> dict[int, Figures]:
    """What every cell should be, by the judge."""
    found = {}
    for facts, lines in zip(history["years"], judge(dict(history)), strict=True):
        found[facts["year"]] = {
            "row1_deducted": facts["deductible_wages"],
            "row5_rate": lines["cap_rate"],
            "cap": lines["cap"],
            "row6_rate": 1000,
            "row6_booked": lines["booked_in_full"],
            "row6_spent": lines["deducted_in_full"],
            "row5_booked": lines["booked"],
            "row5_spent": lines["deductible_spent"],
            "row5_brought_forward": lines["brought_forward"],
            "row5_deducted": lines["deducted"],
            "row5_adjustment": lines["adjustment"],
            "row5_carried_forward": lines["carried_forward"],
            "row6_deducted": lines["deducted_in_full"],
            "row6_adjustment": lines["adjustment_in_full"],
            "row4_booked": lines["total_booked"],
            "row4_spent": lines["total_spent"],
            "row4_brought_forward": lines["brought_forward"],
            "row4_deducted": lines["total_deducted"],
            "row4_adjustment": lines["total_adjustment"],
            "row4_carried_forward": lines["carried_forward"],
            "fund_balance": lines["fund_closing"],
            "deferred_tax": lines["deferred_tax"],
        }
    return found


def filing(
    history: Mapping[str, Any], plants: Sequence[Plant] = (), *, printed: bool = False, chained: bool = False
) -> Filing:
    """The returns of every year on the books. `printed`: 2014 to 2017 by the form's own formula; `chained`: what that
    gives is brought forward until 2017. Raises NotPlanted where a mistake makes no difference."""
    right, planted = right_cells(history), {(each.year, each.cell): each for each in plants}
    values: dict[tuple[int, str], int] = {}
    returns: dict[int, Figures] = {}
    carried, fund = None, None
    for facts in history["years"]:
        year, cells = facts["year"], right[facts["year"]]
        own = {cell: plant for (number, cell), plant in planted.items() if number == year}
        context = _Filling(facts, cells, own, carried, fund, as_printed=printed and year in BOOKED_FIRST)
        filled = context.fill()
        values |= {(year, cell): filled[cell] for cell in own}
        carried = filled["row5_carried_forward"]
        if printed and not (chained and year < 2017):
            carried = cells["row5_carried_forward"]
        fund = filled["fund_balance"]
        if facts["collection"] == "books":
            returns[year] = {name: value for name, value in filled.items() if not _absent(name, value, year)}
    if len(values) != len(plants):
        raise NotPlanted
    return Filing(returns, right, values)


def _absent(name: str, value: Any, year: int) -> bool:
    spent = name.endswith("_spent") and year in NO_SPENT_COLUMN
    return value is None or spent or name == "cap" or not name.startswith(("row", "fund_", "deferred_"))


class _Filling:
    """One return being filled."""

    def __init__(
        self,
        facts: Mapping[str, Any],
        right: Figures,
        plants: Mapping[str, Plant],
        carried: int | None,
        fund: int | None,
        *,
        as_printed: bool,
    ) -> None:
        self.facts, self.right, self.plants, self.as_printed = facts, right, plants, as_printed
        self.carried, self.fund = carried, fund
        self.cells: Figures = {"right": right, "facts": facts}

    def put(self, cell: str, value: Any, *others: Any) -> Any:
        """The honest figure, or the planted one, which must differ from anything that could be honest."""
        plant = self.plants.get(cell)
        if plant:
            wrong = plant.make({**self.cells, "honest": value})
            if wrong is None or wrong in (value, self.right[cell], *others):
                raise NotPlanted
            value = wrong
        self.cells[cell] = value
        return value

    def fill(self) -> Figures:
        facts, right, c = self.facts, self.right, self.cells
        brought = right["row5_brought_forward"] if self.carried is None else self.carried + facts["transferred"]
        if facts["collection"] == "deemed":
            through = self.put("row5_brought_forward", brought)
            c |= {"row5_carried_forward": through, "fund_balance": self.balance(), "deferred_tax": None}
            return c
        for cell in ("row1_deducted", "row5_rate", "row6_rate", "row6_booked"):
            self.put(cell, right[cell])
        wages = max(c["row1_deducted"], 0)
        c["cap"] = (wages * c["row5_rate"] + 500) // 1000
        shifted = right["row6_spent"] + c["row6_booked"] - right["row6_booked"]
        moved = "row6_booked" in self.plants and "row6_unqualified" in self.plants["row6_booked"].codes
        self.put("row6_spent", shifted if moved else right["row6_spent"], shifted)
        self.put("row5_booked", right["row5_booked"] + right["row6_booked"] - c["row6_booked"])
        self.put("row5_spent", right["row5_spent"] + right["row6_spent"] - c["row6_spent"])
        self.put("row5_brought_forward", brought)
        self.rest()
        return c

    def rest(self) -> None:
        c, printed = self.cells, self.as_printed
        year = self.facts["year"]
        from_spent, from_booked = (c[name] + c["row5_brought_forward"] for name in ("row5_spent", "row5_booked"))
        both = (min(from_spent, c["cap"]), min(from_booked, c["cap"]))
        deducted = self.put("row5_deducted", both[printed], *(both if year in BOOKED_FIRST else ()))
        self.put("row5_adjustment", c["row5_booked"] - deducted)
        left = (from_spent - deducted, from_booked - deducted)
        self.put("row5_carried_forward", left[printed], *(left if year in BOOKED_FIRST else ()))
        self.put(
            "row6_deducted", c["row6_booked" if printed and year in NO_SPENT_COLUMN else "row6_spent"], c["row6_booked"]
        )
        self.put("row6_adjustment", c["row6_booked"] - c["row6_deducted"])
        for column in ("booked", "spent", "deducted", "adjustment"):
            self.put(f"row4_{column}", c[f"row5_{column}"] + c[f"row6_{column}"])
        for column in ("brought_forward", "carried_forward"):
            self.put(f"row4_{column}", c[f"row5_{column}"])
        self.put("fund_balance", self.balance())
        self.put("deferred_tax", self.right["deferred_tax"] if "deferred_tax" in self.plants else self.deferred())

    def balance(self) -> int:
        facts, right = self.facts, self.right
        if self.fund is None:
            return int(right["fund_balance"])
        booked = facts["extracted"]
        if booked is None:
            booked = (facts["total_wages"] * facts["extraction_rate"] + 500) // 1000
        return int(self.fund + booked - facts["spent"] - facts["spent_in_full"])

    def deferred(self) -> int | None:
        """Left out: what is booked has tests of its own."""
        return None


def filed_case(history: Mapping[str, Any], found: Filing) -> Case:
    """The case with these returns."""
    return case_of(stated(history)).model_copy(update={"filed": tuple(map(_filed, found.returns.items()))})


def _filed(each: tuple[int, Figures]) -> Filed:
    year, cells = each
    rows: dict[str, dict[str, Decimal]] = {}
    for name, value in cells.items():
        row, _, column = name.partition("_")
        if row.startswith("row"):
            rows.setdefault(row, {})[column] = rate(value) if column == "rate" else yuan(value)
    balances = {name: yuan(cells[name]) for name in ("fund_balance", "deferred_tax") if name in cells}
    made = {name: FiledRow.model_construct(**columns) for name, columns in rows.items()}
    return Filed.model_construct(year=year, **made, **balances)


def in_wan(fen: int) -> int:
    """So many yuan typed as units of 10,000, to two decimals."""
    size = (abs(fen) + 5000) // 10000
    return size if fen >= 0 else -size


Kind = Callable[[random.Random, int], Plant]
_SOME = ("arithmetic",)
_ROW5 = "row5_deducted"


def _typo(cell: str, codes: tuple[str, ...]) -> Kind:
    def plant(rng: random.Random, year: int) -> Plant:
        by = rng.choice((1, -1)) * rng.choice((1, 100, rng.randint(1, 10**9)))
        return Plant(year, cell, codes, lambda c: int(c["honest"]) + by)

    return plant


def _turned(cell: str) -> Kind:
    return lambda rng, year: Plant(year, cell, ("sign",), lambda c: -int(c["honest"]))


def _kind(cell: str, codes: tuple[str, ...], make: Callable[[Figures], int | None], years: range) -> Kind:
    return lambda rng, year: Plant(year, cell, codes, lambda c: make(c) if year in years else None)


def _into_row_6(c: Figures) -> int | None:
    facts = c["facts"]
    return None if may_deduct_in_full(facts["year"], facts["qualifications"]) else max(facts["spent"] // 3, 1)


_ANY, _NEW = range(2008, 2101), range(2018, 2101)
_TOO_MUCH, _TOO_LITTLE = ("over_cap", "over_available"), ("too_little_deducted",)
KINDS: Mapping[str, Kind] = {
    **{f"typo {cell}": _typo(cell, _SOME) for cell in (
        "row5_adjustment", "row5_carried_forward", "row6_adjustment", "row4_booked", "row4_deducted",
        "row4_adjustment", "row4_brought_forward", "row4_carried_forward",
    )},
    "wages": _typo("row1_deducted", ("cap_on_other_wages", "wages_differ")),
    "booked": _typo("row5_booked", ("books_booked",)),
    "spent": _kind("row5_spent", ("books_spent",), lambda c: c["honest"] + 7, range(2017, 2101)),
    "spent of a year without the column": _kind("row4_booked", _SOME, lambda c: c["honest"] + 7, _ANY),
    "brought forward": _typo("row5_brought_forward", ("brought_forward_differs",)),
    "ledger": _typo("fund_balance", ("ledger_balance",)),
    "over the cap": _kind(_ROW5, _TOO_MUCH, lambda c: max(c["honest"], c["cap"]) + 13, _ANY),
    "no cap": _kind(_ROW5, _TOO_MUCH, lambda c: c["row5_spent"] + c["row5_brought_forward"], _ANY),
    "too little": _kind(_ROW5, _TOO_LITTLE, lambda c: c["honest"] - 17, _ANY),
    "row 6 too little": _kind("row6_deducted", _TOO_LITTLE, lambda c: c["honest"] - 17, _ANY),
    "1 + 4": _kind(_ROW5, ("one_plus_four",), lambda c: min(c["row5_booked"] + c["row5_brought_forward"], c["cap"]), _NEW),
    "extraction": _kind(_ROW5, ("extraction_deducted",), lambda c: c["row5_booked"], _NEW),
    "extraction within the cap": _kind(_ROW5, ("extraction_deducted",), lambda c: min(c["row5_booked"], c["cap"]), _NEW),
    "extraction as spent": _kind("row5_spent", ("extraction_deducted",), lambda c: c["row5_booked"], _NEW),
    "extraction of old": _kind(_ROW5, ("form_formula",), lambda c: c["row5_booked"], BOOKED_FIRST),
    "unspent": _kind(
        "row5_carried_forward",
        ("unspent_in_carry_forward",),
        lambda c: c["row5_booked"] + c["row5_brought_forward"] - c["row5_deducted"],
        _NEW,
    ),
    "forgotten": _kind("row5_brought_forward", ("carry_forward_forgotten",), lambda c: 0 if c["honest"] > 0 else None, _ANY),
    "not deducted": _kind(
        _ROW5, ("carry_forward_not_deducted",), lambda c: min(c["row5_spent"], c["cap"]) if c["row5_brought_forward"] > 0 else None, _ANY
    ),
    "total wages": _kind(
        _ROW5,
        ("cap_on_other_wages",),
        lambda c: min(c["row5_spent"] + c["row5_brought_forward"], (c["facts"]["total_wages"] * c["row5_rate"] + 500) // 1000),
        _ANY,
    ),
    "rate 2.5 %": _kind("row5_rate", ("old_rate",), lambda c: 25, _NEW),
    "rate 8 % too early": _kind("row5_rate", ("rate_wrong",), lambda c: 80, range(2008, 2018)),
    "rate 3 %": _kind("row5_rate", ("rate_wrong",), lambda c: 30, _ANY),
    "row 6 at 8 %": _kind("row6_rate", ("rate_wrong",), lambda c: 80, _ANY),
    **{f"sign {cell}": _turned(cell) for cell in ("row5_adjustment", "row4_adjustment", "row5_deducted", "row6_adjustment")},
    "before 2008": _kind(
        "row5_spent", ("before_2008_not_first",), lambda c: c["honest"] + c["facts"]["spent"] - c["right"]["row5_spent"], range(2017, 2101)
    ),
    "row 6 unqualified": _kind("row6_booked", ("row6_unqualified",), _into_row_6, _ANY),
}  # fmt: skip
