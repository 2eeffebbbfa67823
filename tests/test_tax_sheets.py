"""The sheets of income tax, of losses and of deferred tax: what stands where, and what is grey, locked or typed."""

import io
import re
from typing import Any

import openpyxl
import pytest
from making import computed

from eduf.files import read
from eduf.history import History, compute
from eduf.report import draft, workbook
from eduf.words import word

YEAR: dict[str, Any] = {"year": 2021, "income": 900_000, "tax_rate": "25%"}
SMALL: dict[str, Any] = {"qualifications": ["small_low_profit"], "income": 1_200_000}


def opened(history: History, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(history, "en")), data_only=values)


def table(sheet: Any, label: str) -> dict[str, dict[str, Any]]:
    """The cells of the table that has this heading: by the year in front, then by heading."""
    heading = next(row for row in sheet.iter_rows() for cell in row if cell.value == label)
    names = {cell.column: cell.value for cell in heading if cell.value}
    found = {}
    for row in sheet.iter_rows(min_row=heading[0].row + 1):
        if row[0].value is None:
            break
        found[str(row[0].value)] = {name: row[column - 1] for column, name in names.items()}
    return found


def column(sheet: Any, label: str) -> list[Any]:
    return [cells[label].value for cells in table(sheet, label).values()]


def test_there_is_no_income_tax_without_income() -> None:
    book = opened(computed({"year": 2021}, opening={"losses": [{"from": 2019, "amount": 5}]}))
    assert {"Income tax", "Losses"}.isdisjoint(book.sheetnames)
    said = {str(cell.value) for row in book["Inputs"].iter_rows() for cell in row}
    assert {"Income, unadjusted", "Tax losses", "Tax rate"}.isdisjoint(said)


def test_income_of_deemed_years_alone_makes_no_sheet_of_tax() -> None:
    book = opened(computed({**YEAR, "collection": "deemed"}))
    assert "Income tax" not in book.sheetnames


def test_income_becomes_tax_and_the_tax_effect() -> None:
    years = [{**YEAR, "extracted": 50_000, "spent": 100_000}, {**YEAR, "year": 2022, "income": -70_000}]
    sheet = opened(computed(*years), values=True)["Income tax"]
    first = {name: cell.value for name, cell in (table(sheet, "Adjusted income")["2021"] | tax(sheet)["2021"]).items()}
    assert first["Row 4 adjustment"] == -30_000  # booked 50,000, deducted 80,000, which is the cap
    assert first["Adjusted income"] == first["Taxable income"] == 870_000
    assert (first["Income tax"], first["Income tax, unadjusted"]) == (217_500, 225_000)
    assert first["Tax effect of the fund"] == -7_500
    assert column(sheet, "Loss of the year") == [0, 65_000]  # 20,000 carried forward are deducted, 25,000 extracted


def tax(sheet: Any) -> dict[str, dict[str, Any]]:
    return table(sheet, "Tax effect of the fund")


def test_a_loss_is_made_up_and_what_is_left_of_it_expires() -> None:
    years = [{"year": year, "income": income, "extracted": 0} for year, income in enumerate([200, 300, 0, 0], 2021)]
    opening = {"losses": [{"from": 2017, "amount": 1_000}, {"from": 2018, "amount": 70}, {"from": 2015, "amount": 9}]}
    sheet = opened(computed(*years, opening=opening), values=True)["Losses"]
    rows = {str(row[0].value): [cell.value for cell in row[1:8]] for row in sheet.iter_rows(min_row=6) if row[0].value}
    assert rows["2015"] == [2020, 9, *["expired"] * 5]
    assert rows["2017"] == [2022, 1_000, 1_000, 800, "expired", "expired", "expired"]
    assert rows["2018"] == [2023, 70, 70, 70, 70, "expired", "expired"]
    assert rows["2022"] == [2027, 0, None, None, 0, 0, 0]
    assert rows["Losses of earlier years"] == [None, None, None, 1_070, 870, 70, 0]
    assert rows["Losses made up"] == [None, None, None, 200, 300, 0, 0]
    assert rows["Expired at year end"] == [None, None, None, None, 500, 70, None]
    assert rows["Left for later years"] == [None, None, 1_070, 870, 70, 0, 0]


def test_a_qualification_lengthens_lives_and_the_sheet_says_that_they_are_locked() -> None:
    years: list[dict[str, Any]] = [{"year": 2021, "qualifications": ["high_tech"], "income": -500}]
    sheet = opened(computed(*years, opening={"losses": [{"from": 2016, "amount": 1}]}))["Losses"]
    lives = {str(row[0].value): row[1] for row in sheet.iter_rows(min_row=8, max_row=9)}
    assert {year: cell.value for year, cell in lives.items()} == {"2016": 2026, "2021": 2031}
    assert all(cell.protection.locked for cell in lives.values())
    assert word("report.losses_locked", "en") in [row[0].value for row in sheet.iter_rows()]


def test_a_year_of_unknown_income_is_grey_and_makes_the_losses_after_it_grey() -> None:
    years = [{**YEAR, "income": -90_000}, {"year": 2022, "tax_rate": "25%"}, {**YEAR, "year": 2023}]
    book = opened(computed(*years))
    for label in ("Losses made up", "Taxable income"):
        cells = [each[label] for each in table(book["Income tax"], label).values()]
        assert [cell.style == "absent" for cell in cells] == [False, True, True]
    losses = {str(row[0].value): row for row in book["Losses"].iter_rows(min_row=6)}
    assert [losses["2021"][n].style for n in (4, 5, 6)] == ["amount", "absent", "absent"]
    income = [each["Income, unadjusted"] for each in table(book["Inputs"], "Income, unadjusted").values()]
    assert [(cell.style, cell.protection.locked) for cell in income] == [
        ("amount input", False), ("absent", True), ("amount input", False),
    ]  # fmt: skip


def test_the_income_of_a_deemed_year_is_shown_and_locked() -> None:
    book = opened(computed(YEAR, {**YEAR, "year": 2022, "collection": "deemed"}))
    cells = [each["Income, unadjusted"] for each in table(book["Inputs"], "Income, unadjusted").values()]
    assert [(cell.value, cell.protection.locked) for cell in cells] == [(900_000, False), (900_000, True)]
    assert [each["Income tax"].style for each in tax(book["Income tax"]).values()] == ["amount", "absent"]


def test_the_tax_of_a_small_enterprise_has_its_two_rates_and_the_cliff_as_formulas() -> None:
    history = computed({"year": 2021, **SMALL}, {"year": 2022, **SMALL, "income": 3_100_000})
    book, shown = opened(history), opened(history, values=True)
    assert [each["Income tax"].value for each in tax(shown["Income tax"]).values()] == [47_500, 781_250]
    formula = tax(book["Income tax"])["2021"]["Income tax"].value
    assert re.fullmatch(r"=IF\([A-Z]\d+<='Inputs'!E\d+,F\d+,G\d+\)", formula)
    limits = table(book["Inputs"], "Small: limit of income")["2022"]
    assert [cell.value for cell in limits.values()] == [
        2022, "=small_rate_first_2021", "=small_rate_rest_2022", "=small_limit_first_2018", "=small_limit_income_2019",
    ]  # fmt: skip
    assert {cell.style for cell in column_of_law(book, "small_limit_income_2019")} == {"amount input"}


def column_of_law(book: Any, name: str) -> list[Any]:
    return [book[title][at.replace("$", "")] for title, at in book.defined_names[name].destinations]


def test_a_stated_tax_rate_is_typed_and_the_rate_of_deferred_tax_follows_it_unless_stated() -> None:
    years = [YEAR, {**YEAR, "year": 2022, "deferred_rate": "15%"}, {"year": 2023, "income": 0}]
    rows = table(opened(computed(*years))["Inputs"], "Tax rate")
    first, second, third = rows.values()
    assert [each["Tax rate"].value for each in rows.values()] == [0.25, 0.25, "=tax_rate_general_2008"]
    assert first["Rate for deferred tax"].value == f"={first['Tax rate'].coordinate}"
    assert first["Rate for deferred tax"].protection.locked
    assert second["Rate for deferred tax"].value == 0.15
    assert third["Rate for deferred tax"].value == "=tax_rate_general_2008"


def test_an_emptied_income_counts_among_what_must_be_filled_in() -> None:
    years = [YEAR, {"year": 2022}, {**YEAR, "year": 2023}, {**YEAR, "year": 2024}]
    book = opened(computed(*years))
    row = next(row for row in book["Checks"].iter_rows() if "filled in" in str(row[0].value))
    at = [each["Income, unadjusted"].coordinate for each in table(book["Inputs"], "Income, unadjusted").values()]
    assert f"'Inputs'!{at[0]}:{at[0]},'Inputs'!{at[2]}:{at[3]})" in row[2].value


CARRIED: dict[str, Any] = {
    "year": 2021,
    "spent": 180_000,
    "extracted": 90_000,
    "deferred_rate": "25%",
}  # 100,000 over the cap
REMEASURED: list[dict[str, Any]] = [CARRIED, {**CARRIED, "year": 2022, "spent": 90_000, "deferred_rate": "15%"}]


def test_a_change_of_rate_stands_apart_from_what_arose_or_was_used() -> None:
    sheet = opened(computed(*REMEASURED), values=True)["Deferred tax"]
    second = {name: cell.value for name, cell in table(sheet, "Deferred tax asset")["2022"].items()}
    assert second["Deferred tax, opening"] == 25_000
    assert second["by a change of rate"] == -10_000
    assert second["by what arose or was used"] == 1_500
    assert second["Deferred tax, change"] == -8_500
    assert second["Deferred tax asset"] == 16_500


def test_the_entries_book_the_change_of_rate_apart() -> None:
    sheet = opened(computed(*REMEASURED), values=True)["Entries"]
    said = word("report.entries.deferred_tax_remeasured", "en")
    booked = [[cell.value for cell in row[:5]] for row in sheet.iter_rows() if row[1].value == said]
    assert [row[2:] for row in booked[2:]] == [
        ["Deferred tax assets", 0, 10_000],
        ["Income tax expense - deferred tax", 10_000, 0],
    ]


@pytest.mark.parametrize("rate", ["25%", None])
def test_what_is_not_recognised_is_an_amount_and_not_a_sheet_of_grey(rate: str | None) -> None:
    year = {**CARRIED, "deferred_rate": rate} if rate else {**CARRIED, "deferred_rate": None, "income": None}
    book = opened(computed(year, deferred_recognised=False), values=True)
    row = table(book["Deferred tax"], "Asset not recognised")["2021"]
    assert [cell.value for cell in row.values()] == [2021, 0, 100_000, 0.25, 25_000]
    assert "absent" not in {cell.style for each in book["Deferred tax"].iter_rows() for cell in each}
    note = table(book["Note"], "Closing: deductible temporary difference")["2021"]
    assert [cell.value for cell in note.values()] == [2021, 100_000, 0]
    assert word("report.deferred_likely", "en") not in [row[0].value for row in book["Note"].iter_rows()]


def test_deferred_tax_on_the_fund_has_the_unspent_fund_in_its_difference() -> None:
    opening = {"fund_balance": 70_000, "before_2008_balance": 20_000}
    years = [{**CARRIED, "extracted": 200_000}]
    history = computed(*years, opening=opening, deferred_on_fund=True)
    sheet = opened(history, values=True)["Deferred tax"]
    row = {name: cell.value for name, cell in table(sheet, "Difference, closing")["2021"].items()}
    assert row["Difference, opening"] == 50_000
    assert row["Difference, closing"] == 80_000 + 90_000  # 20,000 of the spending are from before 2008
    note = table(opened(history, values=True)["Note"], "Closing: deductible temporary difference")["2021"]
    assert [cell.value for cell in note.values()] == [2021, 170_000, 42_500, 50_000, 12_500]


def test_every_check_of_tax_losses_and_deferred_tax_is_there() -> None:
    book = opened(compute(read("examples/machinery.toml")))
    said = [row[0].value for row in book["Checks"].iter_rows()]
    for key in ("income", "losses", "deferred"):
        assert said.count(word(f"report.checks.{key}", "en")) == 12


def test_figures_of_a_report_in_chinese_have_official_names() -> None:
    book = draft(compute(read("examples/machinery.toml")), "zh").workbook
    heads = [cell.value for cell in book["企业所得税"][6]]
    assert heads == [
        "年度", "调整前应纳税所得额", "第4行纳税调整金额", "调整后所得", "弥补亏损前所得", "当年亏损",
        "可弥补的以前年度亏损", "弥补以前年度亏损", "应纳税所得额",
    ]  # fmt: skip
