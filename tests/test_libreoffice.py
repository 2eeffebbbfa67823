"""LibreOffice as an independent judge: it computes the report without its values, and must find the engine's figures.

It gets the workbook before the values go in, because it does not recalculate what has them. All workbooks go to it at
once, for its start takes longer than its arithmetic.
"""

import contextlib
import io
import random
import shutil
import subprocess
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from histories import random_history
from making import case_of, computed, enriched, stated

from eduf.case import Case, Scenario
from eduf.files import read
from eduf.history import compute
from eduf.law import Law, current
from eduf.money import LIMIT, exactly
from eduf.problems import Refused
from eduf.report import draft
from eduf.report.book import Book
from eduf.sensitivity import sensitivity
from eduf.xlsx.cells import put_number
from eduf.xlsx.package import package
from eduf.xlsx.style import WAN, new_workbook

ROOT = Path(__file__).parent.parent
OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: the workbook was not judged")

Cells = dict[tuple[str, str], Decimal]


def judged(books: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Every workbook as LibreOffice recalculates it, by name."""
    for name, book in books.items():
        book.save(folder / f"{name}.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.xlsx") for name in books]
    command = [str(OFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in books}


def differences(expected: Book, found: Any) -> list[str]:
    """The formula cells in which LibreOffice and the engine disagree, to the fen."""
    return [
        f"{title}!{cell}: {found[title][cell].value} instead of {value}"
        for title, cells in expected.values.items()
        for cell, value in cells.items()
        if not same(found[title][cell].value, value)
    ]


def same(found: Any, expected: Decimal | str) -> bool:
    """To the fen, or to the letter."""
    if isinstance(found, str) or isinstance(expected, str):
        return bool(found == expected)
    return Decimal(str(found)) == expected


SEEDS = range(40)


def generated(seed: int) -> Case:
    """A case up to the limits, full of half fens, with cost centres and monthly wages."""
    rng = random.Random(seed)
    return case_of(enriched(stated(random_history(rng, rng.randint(1, 6))), rng))


@cache
def cases() -> Mapping[str, Case]:
    found = {name: read(ROOT / "examples" / f"{name}.toml") for name in ("machinery", "services")}
    return {**found, **{f"random-{seed}": generated(seed) for seed in SEEDS}}


def disagreements(asked: Mapping[str, Book], expected: Mapping[str, Book], folder: Path) -> dict[str, list[str]]:
    found = judged({name: book.workbook for name, book in asked.items()}, folder)
    wrong = {name: differences(book, found[name]) for name, book in expected.items()}
    return {name: each for name, each in wrong.items() if each}


def test_every_formula_of_every_report_gives_the_figure_of_the_engine(tmp_path: Path) -> None:
    books = {name: draft(compute(case), "zh") for name, case in cases().items()}
    assert disagreements(books, books, tmp_path) == {}
    assert sum(len(cells) for book in books.values() for cells in book.values.values()) > 20_000


def test_among_the_generated_cases_are_limits_and_many_half_fens() -> None:
    years = [year for case in cases().values() for year in compute(case).years]
    amounts = [value for year in years for value in year.values.values() if value is not None]
    assert max(amounts) >= LIMIT - Decimal("0.01")
    products = (
        (year.values[base], year.values[rate])
        for year in years
        for base, rate in (("total_wages", "extraction_rate"), ("deductible_wages", "cap_rate"))
    )
    with exactly():
        ties = [1 for base, rate in products if base and rate and (base * rate * 1000) % 10 == 5]
    assert len(ties) > 25
    assert sum(bool(year.monthly_wages) for case in cases().values() for year in case.years) > 20


def test_in_english_and_in_ten_thousand_yuan_the_figures_are_the_same(tmp_path: Path) -> None:
    history = compute(cases()["machinery"])
    books = {f"{lang}-{unit}": draft(history, lang, unit) for lang in ("zh", "en") for unit in ("yuan", "wan")}
    assert disagreements(books, books, tmp_path) == {}


YEAR = {"year": 2018, "total_wages": 1_000_000, "spent": 90_000, "extracted": 90_000, "deferred_rate": "25%"}
CHANGES: list[tuple[str, str, Any, dict[str, Any]]] = [
    ("Deductible wages", "1234567.30", 1234567.3, {"deductible_wages": "1234567.30"}),
    ("Spent under the cap", "0", 0, {"spent": 0}),
    ("Extracted (booked)", "left out", None, {"extracted": None}),
    ("Extracted (booked)", "taken back", -12.35, {"extracted": "-12.35"}),
    ("Row 6 booked", "typed", 5, {"booked_in_full": 5, "qualifications": ["software"]}),
    ("Carry-forward transferred", "taken over", 70.05, {"transferred": "70.05", "transferred_because": "merger"}),
    ("Extraction rate", "1.5%", 0.015, {"extraction_rate": "1.5%"}),
    ("Deduction rate", "2.5%", 0.025, {"cap_rate": "2.5%", "cap_rate_because": "what if"}),
    ("Rate for deferred tax", "15%", 0.15, {"deferred_rate": "15%"}),
]


def test_a_changed_input_gives_what_the_engine_gives_for_the_changed_case(tmp_path: Path) -> None:
    asked, expected = {}, {}
    for label, name, typed, facts in CHANGES:
        stated_rate = {"cap_rate": "8%", "cap_rate_because": "what if"} if label == "Deduction rate" else {}
        years = [{**YEAR, **stated_rate}, {**YEAR, "year": 2019, "spent": 10_000}]
        book = draft(computed(*years), "en")
        cell_below(book.workbook["Inputs"], label).value = typed
        asked[f"{label} {name}"] = book
        changed = {key: value for key, value in {**years[0], **facts}.items() if value is not None}
        expected[f"{label} {name}"] = draft(computed(changed, years[1]), "en")
    assert disagreements(asked, expected, tmp_path) == {}


TAXED: list[dict[str, Any]] = [
    {"year": 2016, "income": -90_000, "tax_rate": "25%", "spent": 60_000},
    {"year": 2017, "income": 30_000, "spent": 90_000},
    *({"year": year, "income": 1_000, "spent": 20_000} for year in range(2018, 2022)),
    {"year": 2022, "income": 400_000, "qualifications": ["high_tech"]},
]
LOSSES: list[dict[str, Any]] = [
    {"from": 2010, "amount": 7},
    {"from": 2012, "amount": 20_000},
    {"from": 2014, "amount": "35000.05"},
]
OF_TAX: list[tuple[str, str, Any, dict[str, Any], list[dict[str, Any]]]] = [
    ("Income, unadjusted", "a larger loss", -1234567.89, {"income": "-1234567.89"}, LOSSES),
    ("Income, unadjusted", "a profit", 98765.43, {"income": "98765.43"}, LOSSES),
    ("Income, unadjusted", "none", 0, {"income": 0}, LOSSES),
    ("Tax rate", "15%", 0.15, {"tax_rate": "15%"}, LOSSES),
    ("Spent under the cap", "more", 500000.05, {"spent": "500000.05"}, LOSSES),
    ("Tax losses", "of 2010, expired", 99, {}, [{"from": 2010, "amount": 99}, *LOSSES[1:]]),
]


def test_a_changed_income_rate_or_loss_changes_the_losses_and_the_tax_of_all_years(tmp_path: Path) -> None:
    asked, expected = {}, {}
    for fund in (False, True):
        for label, name, typed, facts, opening in OF_TAX:
            key = f"{label} {name} {fund}"
            asked[key] = draft(computed(*TAXED, opening={"losses": LOSSES}, deferred_on_fund=fund), "en")
            cell_below(asked[key].workbook["Inputs"], label).value = typed
            changed = [{**TAXED[0], **facts}, *TAXED[1:]]
            expected[key] = draft(computed(*changed, opening={"losses": opening}, deferred_on_fund=fund), "en")
        asked[f"2014 {fund}"] = draft(computed(*TAXED, opening={"losses": LOSSES}, deferred_on_fund=fund), "en")
        heading = cell_below(asked[f"2014 {fund}"].workbook["Inputs"], "Tax losses")
        asked[f"2014 {fund}"].workbook["Inputs"].cell(heading.row + 2, heading.column).value = 0
        expected[f"2014 {fund}"] = draft(
            computed(
                *TAXED, opening={"losses": [*LOSSES[:2], {"from": 2014, "amount": "0.01"}]}, deferred_on_fund=fund
            ),
            "en",
        )
        asked[f"2014 {fund}"].workbook["Inputs"].cell(heading.row + 2, heading.column).value = 0.01
    assert disagreements(asked, expected, tmp_path) == {}


def test_changed_incomes_of_generated_cases_give_what_the_engine_gives(tmp_path: Path) -> None:
    asked, expected = {}, {}
    for seed in range(90):
        case, typed = generated(seed), Decimal("1234567.85") * (seed % 7 - 3) + seed
        history = compute(case)
        row = next((n for n, year in enumerate(history.years) if year.values["adjusted_income"] is not None), None)
        if row is None or any(amount is None for year in history.years for _, amount in year.losses):
            continue
        years = tuple(
            each.model_copy(update={"income": typed}) if n == row else each for n, each in enumerate(case.years)
        )
        asked[str(seed)] = draft(history, "en")
        cell = cell_below(asked[str(seed)].workbook["Inputs"], "Income, unadjusted")
        cell = cell.parent.cell(cell.row + row, cell.column)
        cell.value, cell.data_type = str(typed), "n"
        expected[str(seed)] = draft(compute(case.model_copy(update={"years": years})), "en")
    assert len(asked) > 45
    assert sum(year.setting.tax == "small" for book in asked.values() for year in book.history.years) > 5
    assert disagreements(asked, expected, tmp_path) == {}


def test_what_an_income_makes_unknown_is_not_available_and_no_number(tmp_path: Path) -> None:
    years = [{"year": 2016, "income": -50_000}, {"year": 2017}, {"year": 2018, "income": -90_000}]
    book = draft(computed(*years, {"year": 2019, "income": -90_000}, {"year": 2020, "income": 5}), "en")
    asked = book.workbook["Inputs"]
    income = cell_below(asked, "Income, unadjusted")
    asked.cell(income.row + 3, income.column).value = 90_000  # how much of 2016 and 2018 is then left, is unknown
    found = judged({"unknown": book.workbook}, tmp_path)["unknown"]
    left = {str(row[0].value): [cell.value for cell in row[4:9]] for row in found["Losses"].iter_rows(min_row=6)}
    assert left["2018"][2:4] == [65_000, "#N/A"]
    assert found["Checks"]["F6"].value == "agrees"


SCENARIOS: list[list[dict[str, Any]]] = [
    [{"fact": "spent", "years": "2026", "add": "1000000"}],
    [{"fact": "spent", "years": "2026-2035", "to": "0"}],
    [{"fact": "spent", "years": "2028-2030", "to": "total_wages × 20%"}],
    [{"fact": "income", "years": "2024", "to": "-9000000"}, {"fact": "spent", "years": "2024-", "times": "150%"}],
    [{"fact": "spent", "years": "2016", "times": "300%"}],
    [{"fact": "collection", "years": "2027", "to": "deemed"}],
]


def scenario_cases() -> dict[str, Case]:
    named = [Scenario.model_validate({"name": f"S{n}", "set": each}) for n, each in enumerate(SCENARIOS)]
    chosen = {**{each.name: [each] for each in named}, "all": named, "pair": named[1:3]}
    return {name: cases()["machinery"].model_copy(update={"scenarios": tuple(each)}) for name, each in chosen.items()}


def test_scenarios_of_every_kind_come_to_what_the_engine_says(tmp_path: Path) -> None:
    books = {name: draft(compute(case), "en") for name, case in scenario_cases().items()}
    assert disagreements(books, books, tmp_path) == {}


def test_the_baseline_of_the_scenarios_follows_a_changed_input(tmp_path: Path) -> None:
    case = cases()["machinery"]
    book = draft(compute(case), "en")
    spent = cell_below(book.workbook["Inputs"], "Spent under the cap")
    book.workbook["Inputs"].cell(spent.row + 11, spent.column).value = 2_000_000
    changed = tuple(
        each.model_copy(update={"spent": Decimal(2_000_000)}) if each.year == 2027 else each for each in case.years
    )
    history = compute(case.model_copy(update={"years": changed, "scenarios": ()}))
    found = judged({"changed": book.workbook}, tmp_path)["changed"]["Scenarios"]
    rows = [[cell.value for cell in row[:9]] for row in found.iter_rows(min_row=6)]
    top = next(n for n, row in enumerate(rows) if row[0] == "Carried forward")
    carried = history.years[-1].values["carried_forward"]
    assert carried
    assert Decimal(str(rows[top + 3][1])) == carried
    assert Decimal(str(rows[top + 3][5])) == Decimal(str(rows[top + 3][2])) - carried
    outcome = next(row for row in rows if row[0] == "baseline")
    assert outcome[2] == "not by 2027"
    assert (Decimal(str(outcome[3])), outcome[4]) == (carried, "2027")
    assert Decimal(str(outcome[7])) == sum(year.values["tax"] or Decimal(0) for year in history.years[-2:])


def test_a_tornado_is_the_same_for_the_judge(tmp_path: Path) -> None:
    case = cases()["machinery"]
    vary = ["spent*=80%..120%", "income=-3000000..3000000 step 500000"]
    found = [sensitivity(case, vary, line) for line in ("tax@2027", "deferred_tax@2026")]
    books = {lang: draft(compute(case), lang, "yuan", found) for lang in ("zh", "en")}
    assert disagreements(books, books, tmp_path) == {}


def test_changed_amounts_of_generated_cases_give_what_the_engine_gives(tmp_path: Path) -> None:
    asked, expected = {}, {}
    for seed in SEEDS[:12]:
        case, typed = generated(seed), Decimal("123456789012.35") + seed
        book = draft(compute(case), "en")
        for label in ("Deductible wages", "Spent under the cap"):
            cell = cell_below(book.workbook["Inputs"], label)
            cell.value, cell.data_type = str(typed), "n"
        first = case.years[0].model_copy(update={"deductible_wages": typed, "spent": typed})
        with contextlib.suppress(Refused):  # more carry-forward given up than is then there
            changed = case.model_copy(update={"years": (first, *case.years[1:])})
            expected[str(seed)], asked[str(seed)] = draft(compute(changed), "en"), book
    assert len(asked) > 9
    assert disagreements(asked, expected, tmp_path) == {}


RATES = {
    "cap.general.2008": "3.3%",
    "cap.general.2018": "10.5%",
    "cap.high_tech.2015": "1.9%",
    "tax_rate.general.2008": "14.9%",
    "tax_rate.high_tech.2008": "33%",
    "extraction.ordinary.2002": "1.7%",
    "small_rate.first.2019": "7.3%",
    "small_rate.rest.2019": "0.1%",
    "small_rate.first.2021": "3.3%",
}
LITTLE: dict[str, Any] = {"qualifications": ["small_low_profit"], "income": "2345678.95"}


def test_a_changed_rate_of_the_law_gives_what_the_engine_gives_under_the_changed_law(tmp_path: Path) -> None:
    asked, expected, used = {}, {}, set()
    mixed = computed(
        {**YEAR, "year": 2016, "qualifications": ["high_tech"], "deferred_rate": None},
        {**YEAR, "year": 2017, "deferred_rate": None},
        {**YEAR, "year": 2018, "qualifications": ["high_tech"], "deferred_rate": None},
        extraction_rate=None,
    ).case
    small = computed(
        {"year": 2020, **LITTLE}, {"year": 2021, **LITTLE}, {"year": 2022, **LITTLE, "income": 3_000_001}
    ).case
    plain = {name: each.model_copy(update={"scenarios": ()}) for name, each in list(cases().items())[:14]}
    for name, case in {"mixed": mixed, "small": small, **plain}.items():
        for entry, rate in RATES.items():
            book = draft(compute(case), "zh")
            if typed_at_name(book, entry.replace(".", "_"), rate):
                with contextlib.suppress(Refused):
                    key = f"{name} {entry}"
                    expected[key] = draft(compute(case, current().replace(entry, rate)), "zh")
                    asked[key] = book
                    used.add(entry)
    assert used == set(RATES)
    assert len(asked) > 20
    assert disagreements(asked, expected, tmp_path) == {}


def test_a_changed_limit_of_the_law_moves_the_cliff(tmp_path: Path) -> None:
    years = [{"year": year, **LITTLE} for year in (2020, 2021)]
    limits = {"small_limit.first.2018": "1999999.95", "small_limit.income.2019": "2345678.94"}
    asked, expected = {}, {}
    for entry, amount in limits.items():
        asked[entry] = draft(computed(*years), "en")
        for title, at in asked[entry].workbook.defined_names[entry.replace(".", "_")].destinations:
            cell = asked[entry].workbook[title][at.replace("$", "")]
            cell.value, cell.data_type = amount, "n"
        expected[entry] = draft(compute(asked[entry].history.case, with_limit(entry, Decimal(amount))), "en")
    assert disagreements(asked, expected, tmp_path) == {}


def with_limit(entry: str, amount: Decimal) -> Law:
    """The law with another limit, as Law.replace has it for rates."""
    law, matter = Law(), current().matter("small_limit")
    changed = tuple(each.model_copy(update={"value": amount}) if each.id == entry else each for each in matter.entry)
    law._read["small_limit"] = matter.model_copy(update={"entry": changed})
    return law


def typed_at_name(book: Book, name: str, rate: str) -> bool:
    """Type a rate into the cell of that name; false where the report has none."""
    defined = book.workbook.defined_names.get(name)
    for title, at in defined.destinations if defined else ():
        book.workbook[title][at.replace("$", "")].value = float(rate.removesuffix("%")) / 100
    return defined is not None


def test_a_changed_share_and_a_changed_month_still_sum(tmp_path: Path) -> None:
    book = draft(compute(cases()["machinery"]), "en")
    centers, months = book.workbook["Entries"], book.workbook["Monthly"]
    share = cell_below(centers, "Share")
    share.value, centers.cell(share.row + 1, share.column).value = 0.5, 0.25
    wages = cell_below(months, "Monthly wages")
    wages.value, months.cell(wages.row + 11, wages.column).value = 1236480.05, 2453234.55
    found = judged({"changed": book.workbook}, tmp_path)["changed"]
    verdicts = [row[5].value for row in found["Checks"].iter_rows(min_row=6) if row[0].value]
    assert len(verdicts) > 60
    assert set(verdicts) == {"agrees"}


def test_an_emptied_required_amount_fails_the_checks_on_the_cover(tmp_path: Path) -> None:
    book = draft(computed(YEAR), "en").workbook
    cell_below(book["Inputs"], "Spent under the cap").value = None
    found = judged({"emptied": book}, tmp_path)["emptied"]
    verdicts = {row[0].value: row[5].value for row in found["Checks"].iter_rows(min_row=6) if row[0].value}
    assert verdicts["Required amounts are filled in (their number)"] == "does not agree"
    assert verdicts["All checks"] == "does not agree"
    assert "does not agree" in [cell.value for row in found["Cover"].iter_rows() for cell in row]


def cell_below(sheet: Any, label: str) -> Any:
    """The first cell of the column with that heading."""
    return next(
        sheet.cell(cell.row + 1, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == label
    )


def test_a_planted_wrong_value_is_caught(tmp_path: Path) -> None:
    book = draft(computed(YEAR), "en")
    cells = next(iter(book.values.values()))
    cells[next(iter(cells))] = Decimal("0.01")
    assert len(differences(book, judged({"planted": book.workbook}, tmp_path)["planted"])) == 1


def test_a_value_that_is_wrong_in_the_file_is_caught(tmp_path: Path) -> None:
    """The finished file, its values beside the formulas, against LibreOffice on the same without them."""
    book = draft(computed(YEAR), "en")
    title, cells = next(iter(book.values.items()))
    planted = {**book.values, title: {**cells, next(iter(cells)): Decimal("0.01")}}
    finished = openpyxl.load_workbook(io.BytesIO(package(book.workbook, planted)), data_only=True)
    found = judged({"finished": book.workbook}, tmp_path)["finished"]
    wrong = [
        (each, cell)
        for each, values in book.values.items()
        for cell in values
        if finished[each][cell].value != found[each][cell].value
    ]
    assert wrong == [(title, next(iter(cells)))]


SHOWN = {
    "0": "0.0000",
    "0.30": "0.0000",
    "-0.30": "-0.0000",  # below zero all the same
    "0.50": "0.0001",
    "5": "0.0005",
    "-5": "-0.0005",
    "9999.99": "1.0000",
    "1234567.89": "123.4568",
    "-115945.60": "-11.5946",
    "1000000000000.00": "100000000.0000",
    "-1000000000000.00": "-100000000.0000",
}


def test_ten_thousand_yuan_are_shown_with_the_point_before_the_last_four_digits(tmp_path: Path) -> None:
    book = new_workbook()
    sheet = book.create_sheet()
    for row, amount in enumerate(SHOWN, 1):
        put_number(sheet, row, 1, Decimal(amount), "amount").number_format = WAN
    book.save(tmp_path / "wan.xlsx")
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", as_shown, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "wan.xlsx")], check=True, capture_output=True, timeout=300)
    assert (tmp_path / "wan.csv").read_text().split() == list(SHOWN.values())
