"""Returns as an enterprise would file them, and mistakes to plant in them: plain arithmetic on the judge's whole fen.

Nothing here is shared with eduf/audit. A return is filled in the order of its cells from what stands in it so far, so
that whatever follows from a planted mistake follows consistently, as it does when software or a person adds up.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

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
    make: Callable[[Figures], int | None]
    moved: bool = False  # what is put into row 6 is taken out of row 5


class Filing(NamedTuple):
    """The returns, what the cells would be if all were right, and what was planted where."""

    returns: dict[int, Figures]
    right: dict[int, Figures]
    planted: dict[tuple[int, str], int]
    explained: dict[tuple[int, str], set[str]]


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
    history: Mapping[str, Any],
    plants: Sequence[Plant] = (),
    *,
    printed: bool = False,
    chained: bool = False,
    until: int = 2017,
) -> Filing:
    """The returns of every year on the books. `printed`: 2014 to 2017 by the form's own formula; `chained`: what that
    gives is brought forward `until` that year. Raises NotPlanted where a mistake makes no difference."""
    right, planted = right_cells(history), {(each.year, each.cell): each for each in plants}
    values: dict[tuple[int, str], int] = {}
    explained: dict[tuple[int, str], set[str]] = {}
    returns: dict[int, Figures] = {}
    carried, fund = None, None
    last: Figures = {}
    layers: list[tuple[int | None, int]] = history["opening"]["carried_forward"]
    for facts, lines in zip(history["years"], judge(dict(history)), strict=True):
        year, cells = facts["year"], right[facts["year"]]
        own = {cell: plant for (number, cell), plant in planted.items() if number == year}
        context = _Filling(facts, cells, own, carried, fund, as_printed=printed and year in BOOKED_FIRST)
        context.cells |= {"last": last, "layers_in": layers, "layers_out": lines["vintages"]}
        filled = context.fill()
        values |= {(year, cell): filled[cell] for cell in own}
        explained |= {(year, cell): codes for cell, codes in context.explained.items()}
        carried = filled["row5_carried_forward"]
        if printed and not (chained and year < until):
            carried = cells["row5_carried_forward"]
        fund = filled["fund_balance"]
        last, layers = filled, lines["vintages"]
        if facts["collection"] == "books":
            returns[year] = {name: value for name, value in filled.items() if not _absent(name, value, year)}
    if len(values) != len(plants):
        raise NotPlanted
    return Filing(returns, right, values, explained)


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
        self.explained: dict[str, set[str]] = {}

    def put(self, cell: str, value: Any, *others: Any) -> Any:
        """The honest figure, or the planted one, which must differ from anything that could be honest."""
        plant = self.plants.get(cell)
        if plant:
            wrong = None if value is None else plant.make({**self.cells, "honest": value})
            if wrong is None or wrong in (value, self.right[cell], *others):
                raise NotPlanted
            self.explained[cell] = explaining(cell, wrong, value, self.cells)
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
        moved = "row6_booked" in self.plants and self.plants["row6_booked"].moved
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
    balances = {name: yuan(value) for name, value in cells.items() if not name.startswith("row")}
    made = {name: FiledRow.model_construct(None, **columns) for name, columns in rows.items()}
    fields: dict[str, Any] = {"year": year, **made, **balances}
    return Filed.model_construct(None, **fields)  # figures may pass what a case file may state


def in_wan(fen: int) -> int:
    """So many yuan typed as units of 10,000, to two decimals."""
    size = (abs(fen) + 5000) // 10000
    return size if fen >= 0 else -size


def entitled(facts: Mapping[str, Any]) -> bool:
    """Whether training may be deducted in full; the law knows IC design from 2008 on, the generator from 2011."""
    since = {"software": 2008, "ic_design": 2008, "animation": 2009}
    return any(facts["year"] >= since.get(each, 9999) for each in facts["qualifications"])


def explaining(cell: str, wrong: int, honest: int, c: Figures) -> set[str]:
    """Every mistake that gives this figure, from what stands in the return so far; else what can be said of any."""
    right, facts = c["right"][cell], c["facts"]
    found = set()
    if wrong and not cell.endswith("_rate"):
        found |= {"sign"} if -wrong in (right, honest) else set()
        found |= {"in_wan"} if wrong in (in_wan(right), in_wan(honest)) else set()
    if cell.startswith("row6_") and cell != "row6_rate" and wrong:
        found |= set() if entitled(facts) else {"row6_unqualified"}
    if cell in _SPECIFIC:
        found |= _SPECIFIC[cell](wrong, honest, c)
    return found or _of_any(cell, wrong, right, c)


def _of_any(cell: str, wrong: int, right: int, c: Figures) -> set[str]:
    if cell == "row5_deducted" and wrong > right:
        over_cap, over_all = wrong > c["right"]["cap"], wrong > right + c["right"]["row5_carried_forward"]
        return {code for code, over in (("over_cap", over_cap), ("over_available", over_all)) if over}
    if cell in ("row5_deducted", "row6_deducted") and wrong < right:
        return {"too_little_deducted"}
    return {_BY_CELL.get(cell, "arithmetic")}


_BY_CELL = {
    "row5_booked": "books_booked",
    "row6_booked": "books_booked",
    "row5_spent": "books_spent",
    "row6_spent": "books_spent",
    "row5_brought_forward": "brought_forward_differs",
    "fund_balance": "ledger_balance",
    "deferred_tax": "deferred_differs",
}


def _deducted(wrong: int, honest: int, c: Figures) -> set[str]:
    facts, year = c["facts"], c["facts"]["year"]
    booked, spent, brought, most = (c[n] for n in ("row5_booked", "row5_spent", "row5_brought_forward", "cap"))
    as_booked = wrong == min(booked + brought, most)
    alone = wrong in (booked, min(booked, most))
    old = facts["spent"] - c["right"]["row5_spent"]
    wages = max(c["row1_deducted"], 0)

    def at(base: int, per_mille: int) -> bool:
        return bool(wrong == min(spent + brought, (base * per_mille + 500) // 1000))

    others = [each for each in (25, 80) if each != c["row5_rate"] and at(wages, each)]
    of_old = year >= 2018 and 25 in others
    return {
        code
        for code, fits in (
            ("one_plus_four", year >= 2018 and as_booked),
            ("extraction_deducted", year not in BOOKED_FIRST and (alone or as_booked)),
            ("form_formula", year in BOOKED_FIRST and alone),
            ("cap_on_other_wages", at(facts["total_wages"], c["row5_rate"])),
            ("rate_wrong", bool(others) and not of_old),
            ("old_rate", of_old),
            ("carry_forward_not_deducted", wrong == min(spent, most) and wrong < c["right"]["row5_deducted"]),
            ("before_2008_not_first", old > 0 and wrong == min(spent + old + brought, most)),
        )
        if fits
    }


def _carried(wrong: int, honest: int, c: Figures) -> set[str]:
    year, old = c["facts"]["year"], c["facts"]["spent"] - c["right"]["row5_spent"]
    booked = c["row5_booked"] + c["row5_brought_forward"] - c["row5_deducted"]
    found = {"unspent_in_carry_forward"} if year >= 2018 and wrong == booked else set()
    found |= _dropped(wrong, honest, c["layers_out"], year + 1)
    return found | ({"before_2008_not_first"} if old > 0 and wrong == honest + old else set())


def _brought(wrong: int, honest: int, c: Figures) -> set[str]:
    found = {"carry_forward_forgotten"} if wrong == 0 < honest else set()
    found |= _dropped(wrong, honest, c["layers_in"], c["facts"]["year"])
    last, year = c["last"], c["facts"]["year"]
    if year >= 2018 and "row5_booked" in last and wrong == honest + last["row5_booked"] - last["row5_spent"]:
        found |= {"unspent_in_carry_forward"}
    return found


def _dropped(wrong: int, honest: int, layers: list[tuple[int | None, int]], year: int) -> set[str]:
    """What arose five years before, or six, or nobody knows when."""
    old = [sum(size for arose, size in layers if arose is None or year - arose >= life) for life in (5, 6)]
    return {"dropped_after_5_years"} if any(each and wrong == honest - each for each in old) else set()


def _wages(wrong: int, honest: int, c: Figures) -> set[str]:
    right = c["right"]
    most = (max(wrong, 0) * right["row5_rate"] + 500) // 1000
    binds = min(right["row5_spent"] + right["row5_brought_forward"], most) != right["row5_deducted"]
    return {"cap_on_other_wages" if binds else "wages_differ"}


def _spent(wrong: int, honest: int, c: Figures) -> set[str]:
    old = c["facts"]["spent"] - c["right"]["row5_spent"]
    found = {"extraction_deducted"} if wrong == c["row5_booked"] else set()
    return found | ({"before_2008_not_first"} if old > 0 and wrong == c["right"]["row5_spent"] + old else set())


_SPECIFIC: Mapping[str, Callable[[int, int, Figures], set[str]]] = {
    "row5_deducted": _deducted,
    "row5_carried_forward": _carried,
    "row1_deducted": _wages,
    "row5_spent": _spent,
    "row5_rate": lambda wrong, honest, c: {"old_rate" if c["facts"]["year"] >= 2018 and wrong == 25 else "rate_wrong"},
    "row6_rate": lambda wrong, honest, c: {"rate_wrong"},
    "row5_brought_forward": _brought,
}


def all_in_wan(found: Filing, year: int) -> Filing:
    """The same returns, one of them typed in units of 10,000 yuan."""
    typed = {name: value if name.endswith("_rate") else in_wan(value) for name, value in found.returns[year].items()}
    return found._replace(returns={**found.returns, year: typed})
