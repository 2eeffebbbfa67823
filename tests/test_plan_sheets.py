"""The sheets of planning: scenarios beside the case, and what varied assumptions move."""

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from making import case_of
from openpyxl.worksheet.worksheet import Worksheet

from eduf.case import Case
from eduf.cli import run
from eduf.comparison import compare
from eduf.files import read
from eduf.history import compute
from eduf.problems import Refused
from eduf.report import workbook
from eduf.sensitivity import sensitivity
from eduf.words import word

ROOT = Path(__file__).parent.parent
MACHINERY = str(ROOT / "examples" / "machinery.toml")


def with_scenarios(*scenarios: dict[str, Any]) -> Case:
    years: list[dict[str, Any]] = [
        {"year": 2025 + n, "total_wages": 1_000_000, "deductible_wages": 1_000_000, "spent": 100_000} for n in range(3)
    ]
    for year in years[1:]:
        year["status"] = "plan"
    table = {"format": 1, "enterprise": {"name": "测试", "extraction_rate": "2.5%"}, "year": years}
    return case_of({**table, "scenario": list(scenarios)})


MORE = {"name": "more", "set": [{"fact": "spent", "years": "2026", "add": "5000"}]}
LONGER = {"name": "longer", "set": [{"fact": "spent", "years": "2028-2029", "to": "0"}]}


def opened(case: Case, lang: str = "en", *, values: bool = False, unit: str = "yuan") -> Any:
    content = workbook(compute(case), lang, unit)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def block(sheet: Worksheet, title: str, columns: int) -> list[list[Any]]:
    """The cells below a title and its headings, up to an empty row."""
    top = next(row[0].row for row in sheet.iter_rows(min_row=7) if row[0].value == title)
    found = []
    for row in sheet.iter_rows(min_row=top + 2, max_col=columns):
        if row[0].value is None:
            break
        found.append(list(row))
    return found


def test_there_is_no_sheet_of_scenarios_without_scenarios() -> None:
    assert "Scenarios" not in opened(with_scenarios()).sheetnames


def test_a_scenario_that_cannot_be_applied_is_refused_with_its_problem() -> None:
    case = with_scenarios({"name": "x", "set": [{"fact": "spent", "years": "2026", "add": "-100000.01"}]})
    with pytest.raises(Refused) as refused:
        workbook(compute(case), "en")
    assert [each.code for each in refused.value.problems] == ["change_out_of_range"]


def test_the_baseline_is_linked_scenarios_are_values_and_differences_formulas() -> None:
    rows = block(opened(with_scenarios(MORE, LONGER))["Scenarios"], "Carried forward", 6)
    assert [row[0].value for row in rows] == ["2026 plan", "2027 plan", "2028 plan", "2029 plan"]
    at = rows[0][0].row
    assert [cell.value for cell in rows[0][1:]] == [
        "='Deduction'!D14", 45_000, 40_000, f"=ROUND(C{at}-B{at},2)", f"=ROUND(D{at}-B{at},2)",
    ]  # fmt: skip
    assert [cell.style for cell in rows[3][1:]] == ["absent", "absent", "amount", "absent", "absent"]
    assert all(cell.protection.locked for row in rows for cell in row)


def test_the_figures_of_the_sheet_are_those_of_the_comparison() -> None:
    case = read(MACHINERY)
    found, sheet = compare(case), opened(case, values=True)["Scenarios"]
    for line in ("carried_forward", "adjustment", "fund_closing", "deferred_tax", "tax", "tax_effect"):
        rows = block(sheet, word(f"names.{line}", "en"), 8)
        for position, outcome in enumerate(found.outcomes):
            compared = {each.year: each for each in found.compared(outcome, (line,))}
            for year, row in zip(found.years, rows, strict=True):
                each = compared.get(year)
                assert same(row[1 + position].value, each.value if each else None)
                if position:
                    assert same(row[4 + position].value, each.difference if each else None)


def same(shown: Any, value: Decimal | None) -> bool:
    return shown is None if value is None else Decimal(str(shown)) == value


@pytest.mark.parametrize("case", [read(MACHINERY), with_scenarios(MORE, LONGER), with_scenarios(LONGER)])
def test_the_summary_is_that_of_the_comparison(case: Case) -> None:
    found, sheet = compare(case), opened(case, values=True)["Scenarios"]
    rows = block(sheet, "What each comes to", 9)
    for outcome, row in zip(found.outcomes, rows, strict=True):
        name, _, clears, largest, largest_in, lowest, lowest_in, tax, difference = (cell.value for cell in row)
        summary = found.summary(outcome)
        assert name == (outcome.name or "baseline")
        assert clears in (str(summary.clears), "—", f"not by {outcome.history.years[-1].year}")
        assert (clears == str(summary.clears)) == (summary.clears is not None)
        assert (int(largest_in), Decimal(str(largest))) == summary.largest_carried_forward
        assert (int(lowest_in), Decimal(str(lowest))) == summary.lowest_fund
        assert same(tax, summary.tax)
        before = found.summary(found.baseline).tax
        assert same(difference, None if summary.tax is None or before is None else summary.tax - before)


def test_a_scenario_that_only_adds_years_is_compared_from_the_last_year_of_the_case() -> None:
    found = compare(with_scenarios(LONGER))
    assert found.years == range(2027, 2030)
    assert found.summary(found.baseline).largest_carried_forward == (2027, Decimal("60000.00"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_says_what_each_scenario_changes_and_what_follows_the_inputs(lang: str) -> None:
    sheet = opened(read(MACHINERY), lang)[word("report.sheets.scenarios", lang)]
    said = [str(row[0].value) for row in sheet.iter_rows() if row[0].value]
    assert word("report.scenario_as_read", lang) in said
    start = said.index("C 项目分两年")
    assert any("2026 1,480,000.00 → 960,000.00; 2027 430,000.00 → 950,000.00" in each for each in said[start:])
    lost = {"en": "Spent on front-line staff: 2026 900,000.00 → —", "zh": "用于一线职工的支出：2026 900,000.00 → —"}
    assert any(each.startswith(lost[lang]) for each in said)


def test_names_and_reasons_of_scenarios_never_become_formulas() -> None:
    evil = '=HYPERLINK("http://example.invalid","x")'
    facts = [
        {"fact": "cap_rate", "years": "2026", "to": "2.5%"},
        {"fact": "cap_rate_because", "years": "2026", "to": evil},
        {"fact": "qualifications", "years": "2027", "to": []},
    ]
    book = opened(with_scenarios({"name": evil, "set": facts}))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert sum(cell.value == evil for cell in cells) > 2
    assert not any("HYPERLINK" in str(cell.value) for cell in cells if cell.data_type == "f")


def test_the_chart_of_scenarios_has_a_line_for_each() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(compute(with_scenarios(MORE, LONGER)), "en"))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    (chart,) = (each for each in charts if "by scenario" in each)
    assert re.findall(r"'Scenarios'!([B-Z])\d+<", chart) == ["B", "C", "D"]


VARY = ("spent@2026-2027*=80%..120%", "deductible_wages*=90%..110%", "total_wages@2027+=-5..5")


def tornado(*lines: str, unit: str = "yuan") -> bytes:
    case = read(MACHINERY)
    return workbook(compute(case), "en", unit, [sensitivity(case, VARY, line) for line in lines])


def test_a_tornado_has_a_table_whose_longest_swing_is_first_and_says_that_it_is_values() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(tornado("tax@2027", "carried_forward@2026")), data_only=True)[
        "Sensitivity"
    ]
    rows = [[cell.value for cell in row[:8]] for row in sheet.iter_rows(min_row=5)]
    assert rows[0][0] == word("report.tornado_as_read", "en")
    assert rows[2][:3] == ["Income tax 2027, as the case stands", None, 401_100]
    assert rows[4] == ["Spent under the cap 2026-2027 times", "120%", 343_800, -57_300, "80%", 434_400, 33_300, 90_600]
    assert [row[0] for row in rows if str(row[0]).endswith("as the case stands")] == [
        "Income tax 2027, as the case stands", "Carried forward 2026, as the case stands",
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["yuan", "wan"])
def test_a_tornado_has_bars_for_every_figure(unit: str) -> None:
    with zipfile.ZipFile(io.BytesIO(tornado("tax@2027", "carried_forward@2026", unit=unit))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    bars = [each for each in charts if "barDir" in each]
    assert len(bars) == 2
    for chart in bars:
        assert 'barDir val="bar"' in chart
        assert 'orientation val="maxMin"' in chart
        assert re.findall(r"'Sensitivity'!([B-Z])\d+<", chart) == ["D", "G"]
        assert ("10,000" in chart) == (unit == "wan")


def test_the_same_tornado_gives_the_same_bytes() -> None:
    assert tornado("tax@2027") == tornado("tax@2027")


def test_the_command_adds_a_sheet_of_sensitivity(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "out.xlsx")
    vary = ["--vary", VARY[0], "--vary", VARY[1], "--line", "tax@2027", "--line", "fund_closing@2027"]
    assert run(["report", MACHINERY, "-o", file, *vary, "--lang", "zh", "--quiet"]) == 0
    assert "敏感性分析" in openpyxl.load_workbook(file).sheetnames


@pytest.mark.parametrize(
    ("given", "missing"), [(["--vary", VARY[0]], "--line"), (["--line", "tax@2027"], "--vary")], ids=["vary", "line"]
)
def test_one_option_without_the_other_is_refused(
    given: list[str], missing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.xlsx"
    assert run(["report", MACHINERY, "-o", str(file), *given, "--lang", "en"]) == 2
    said = word("cli.errors.missing", "en").format(found=missing)
    assert capsys.readouterr().err == f"error: {said}\n    `eduf report --help` shows what it takes.\n"
    assert not file.exists()


def test_a_line_that_cannot_be_looked_at_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "out.xlsx"
    assert run(["report", MACHINERY, "-o", str(file), "--vary", VARY[0], "--line", "tax@2040", "--lang", "en"]) == 2
    assert "2040" in capsys.readouterr().err
    assert not file.exists()
