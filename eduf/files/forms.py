"""How each sheet of a case workbook becomes its tables."""

from collections.abc import Callable, Mapping

from eduf.files import shape
from eduf.files.collected import Collected, Table
from eduf.files.grid import Grid, Record, Spot, Unread, address
from eduf.files.upright import beside
from eduf.money import shown
from eduf.problems import Path
from eduf.words import LANGUAGES


def _enterprise(found: Collected, grid: Grid) -> None:
    spots, table = beside(grid), Table()
    found.raw["enterprise"] = table
    found.stands(grid, ())
    found.stands(grid, ("enterprise",))
    _unit(found, grid, spots.pop("amounts", None))
    for key, at in spots.items():
        above: Path = () if key == "format" else ("enterprise",)
        found.put(grid, found.raw if key == "format" else table, key, (*above, key), at)


def _unit(found: Collected, grid: Grid, at: Spot | None) -> None:
    """What plain amounts are in, as the book says it, unless the user has answered."""
    unit = grid.value("amounts", at) if at else None
    if at and unit not in (None, Unread, *shape.UNITS):
        found.wrong(grid, "book_unit", at, found=shown(unit))
    if at and unit in shape.UNITS and found.answers.get("unit", unit) != unit:
        values = {
            "found": shape.choice_said("amounts", str(unit)),
            "read": shape.choice_said("amounts", found.answers["unit"]),
        }
        found.found.noticed("book_unit_overruled", grid.sheet.title, address(*at), **values)
    if unit == "wan":
        found.answers.setdefault("unit", "wan")


def _cost_centers(found: Collected, grid: Grid) -> None:
    if rows := found.rows(grid, ("enterprise", "cost_centers")):
        found.raw.setdefault("enterprise", {})["cost_centers"] = rows


def _opening(found: Collected, grid: Grid) -> None:
    opening = Table()
    found.raw["opening"] = opening
    found.stands(grid, ("opening",))
    for record in grid.records():
        if not {"item", "amount"} <= record.cells.keys():
            return
        item, at = grid.value("item", record.cells["item"]), record.cells["amount"]
        if item in ("carried_forward", "losses"):
            _vintage(found, grid, record, str(item))
        elif item in shape.ITEMS and item in opening:
            found.wrong(grid, "book_stated_twice", at)
        elif item in shape.ITEMS:
            found.put(grid, opening, str(item), ("opening", str(item)), at)
        elif item is not Unread:
            _no_item(found, grid, record.cells["item"], item)


def _vintage(found: Collected, grid: Grid, record: Record, item: str) -> None:
    """A balance by year of origin; 无 says that there is none."""
    rows, at = found.raw["opening"].setdefault(item, []), record.cells["amount"]
    found.stands(grid, ("opening", item), at)
    if not grid.says_nothing(at):
        spots = {key: record.cells[key] for key in ("from", "amount") if key in record.cells}
        rows.append(found.record(grid, spots, ("opening", item, len(rows))))


def _no_item(found: Collected, grid: Grid, at: Spot, item: object) -> None:
    expected = "、".join(shape.choice("item", each, lang) for lang in LANGUAGES for each in shape.ITEMS)
    found.wrong(grid, "book_item", at, found=shown(item or ""), expected=expected)


def _years(found: Collected, grid: Grid) -> None:
    found.stands(grid, ("year",))
    if rows := found.rows(grid, ("year",)):
        found.raw["year"] = rows


def _monthly(found: Collected, grid: Grid) -> None:
    """Twelve months in a row, for a year of the sheet of years."""
    years = found.raw.get("year", [])
    numbers = {each.get("year"): n for n, each in reversed([*enumerate(years)])}
    for record in grid.records():
        if not {"year", *shape.MONTHS} <= record.cells.keys():
            return
        at = record.cells["year"]
        number = grid.value("year", at)
        n = numbers.get(number)
        if n is None:
            found.wrong(grid, "book_month_year", at, found=shown(number or ""))
        elif "monthly_wages" in years[n]:
            found.wrong(grid, "book_stated_twice", at)
        else:
            _months(found, grid, record, years[n], n)


def _months(found: Collected, grid: Grid, record: Record, year: Table, n: int) -> None:
    path: Path = ("year", n, "monthly_wages")
    found.stands(grid, path, record.cells["year"])
    months = [found.cell(grid, "amount", (*path, k), record.cells[key]) for k, key in enumerate(shape.MONTHS)]
    if Unread not in months:
        year["monthly_wages"] = [each for each in months if each is not None]


def _filed(found: Collected, grid: Grid) -> None:
    """A row of the sheet is a row of the form, or the balances of a year; a year's rows become one table."""
    filed: list[Table] = []
    positions: dict[object, int] = {}
    for record in grid.records():
        path: Path = ("filed", len(filed), "year")
        number = found.cell(grid, "year", path, record.cells.get("year", (record.row, 1)))
        n = positions.setdefault(number, len(filed))
        if n == len(filed):
            filed.append({} if number in (None, Unread) else {"year": number})
            found.told |= {path} if number is Unread else set()
        _declared(found, grid, record, filed[n], n)
    if filed:
        found.raw["filed"] = filed


def _declared(found: Collected, grid: Grid, record: Record, table: Table, n: int) -> None:
    """What a row adds to a year: its balances, and a row of the form where it names one or has figures of one."""
    spots = {key: at for key, at in record.cells.items() if at in grid.cells}
    found.stands(grid, ("filed", n), (record.row, 1))
    for key in spots.keys() & {"fund_balance", "deferred_tax"}:
        if key in table:
            found.wrong(grid, "book_stated_twice", spots[key])
        else:
            found.put(grid, table, key, ("filed", n, key), spots[key])
    figures = {key: record.cells[key] for key in shape.ROW_COLUMNS if key in record.cells}
    if "row" in spots or spots.keys() & figures.keys():
        _form_row(found, grid, record, table, ("filed", n), figures)


def _form_row(
    found: Collected, grid: Grid, record: Record, table: Table, path: Path, figures: Mapping[str, Spot]
) -> None:
    at = record.cells.get("row", (record.row, 1))
    row = grid.value("row", at)
    name = f"row{row}"
    if name not in shape.ROWS:
        found.wrong(grid, "book_row", at, found=shown(row or ""))
    elif name in table:
        found.wrong(grid, "book_stated_twice", at)
    else:
        table[name] = found.record(grid, figures, (*path, name))


def _scenarios(found: Collected, grid: Grid) -> None:
    """A row is a difference; rows of one name are one scenario."""
    scenarios: dict[object, Table] = {}
    for record in grid.records():
        at = record.cells.get("name", (record.row, 1))
        name = grid.value("name", at)
        if name not in scenarios:
            path: Path = ("scenario", len(scenarios))
            found.stands(grid, path, at)
            found.stands(grid, (*path, "name"), at)
            scenarios[name] = {"name": name, "set": []} if name is not None else {"set": []}
        n, changes = [*scenarios].index(name), scenarios[name]["set"]
        spots = {key: at for key, at in record.cells.items() if key in ("fact", "years", *shape.WAYS)}
        if any(at in grid.cells for at in spots.values()):
            fact = grid.value("fact", spots["fact"]) if "fact" in spots else None
            changes.append(found.record(grid, spots, ("scenario", n, "set", len(changes)), str(fact or "")))
    if scenarios:
        found.raw["scenario"] = [*scenarios.values()]


READERS: Mapping[str, Callable[[Collected, Grid], None]] = {
    "enterprise": _enterprise,
    "cost_centers": _cost_centers,
    "opening": _opening,
    "years": _years,
    "monthly_wages": _monthly,
    "filed": _filed,
    "scenarios": _scenarios,
}
