"""The workbook: live formulas with their values, the same bytes each time, nothing of a user's text a formula."""

import io
import re
import time
import zipfile
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from evaluator import by_value, excel
from histories import random_history
from making import case_of, computed, stated
from openpyxl.worksheet.worksheet import Worksheet

from eduf.files import read
from eduf.history import History, compute
from eduf.report import workbook
from eduf.report.book import Book
from eduf.words import word
from eduf.xlsx.package import package

ROOT = Path(__file__).parent.parent
RANGE = re.compile(r"(SUM|MAX|MIN)\(([A-Z]+)(\d+):\2(\d+)\)")
COUNTED = re.compile(r"(COUNT|ROWS)\(([^()]*)\)")
NAME = re.compile(r"\b[a-z][a-z_]+_[0-9]{4}\b")  # of a cell with a rate by law
REFERENCE = re.compile(r"(?:'([^']+)'!|([A-Za-z0-9\u4e00-\u9fff]+)!)?([A-Z]{1,2}[0-9]+)")


def example() -> History:
    return compute(read(ROOT / "examples" / "machinery.toml"))


def opened(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def formulas(book: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def recomputed(content: bytes, like: bytes | None = None) -> dict[tuple[str, str], Decimal]:
    """Every figure that a formula gives, worked out on doubles from the inputs alone.

    `like`: a finished book that tells figures from verdicts, where the content itself has no values.
    """
    book = opened(content)
    known: dict[tuple[str, str], float] = {}
    shown = opened(like or content, values=True)
    every = formulas(book)
    left = {where: text for where, text in every.items() if not isinstance(shown[where[0]][where[1]].value, str)}
    cells = {name: each.attr_text for name, each in book.defined_names.items()}

    def value(where: tuple[str, str]) -> float:
        if where not in known:
            if where in left:
                known[where] = worked_out(where[0], left[where])
            else:
                typed = book[where[0]][where[1]].value
                known[where] = float(typed) if typed is not None else float("nan")
        return known[where]

    def worked_out(title: str, formula: str) -> float:

        def added_up(found: re.Match[str]) -> str:
            """A range over the numbers in it, without texts and empty cells."""
            cells = [f"{found[2]}{row}" for row in range(int(found[3]), int(found[4]) + 1)]
            numbers = [
                cell for cell in cells if book[title][cell].value is not None and book[title][cell].data_type != "s"
            ]
            if found[1] == "SUM":
                return "(" + "+".join(numbers or ["0"]) + ")"
            return f"{found[1]}({','.join([*numbers, numbers[0]])})"

        def counted(found: re.Match[str]) -> str:
            """How many numbers are in the ranges, or how many rows they have."""
            areas = [REFERENCE.fullmatch(each.split(":")[0]) for each in found[2].split(",")]
            ends = [int(re.sub(r".*[A-Z]", "", each)) for each in found[2].split(",")]
            places = [
                (area[1] or area[2] or title, f"{re.sub('[0-9]', '', area[3])}{row}")
                for area, end in zip(areas, ends, strict=True)
                if area
                for row in range(int(re.sub("[A-Z]", "", area[3])), end + 1)
            ]
            return str(len([1 for each, at in places if found[1] == "ROWS" or book[each][at].value is not None]))

        text = COUNTED.sub(counted, formula)
        text = NAME.sub(lambda found: cells.get(found[0], found[0]), text[1:])
        text = RANGE.sub(added_up, text.replace("$", ""))
        choice = re.fullmatch(r'IF\((.+?)="",(.+),(\1)\)', text)
        if choice:
            typed = REFERENCE.fullmatch(choice[1])
            assert typed
            blank = book[typed[1] or typed[2] or title][typed[3]].value is None
            text = choice[2] if blank else choice[3]
        names: dict[str, float] = {}

        def named(found: re.Match[str]) -> str:
            name = f"x{len(names)}"
            names[name] = value((found[1] or found[2] or title, found[3]))
            return name

        return excel(REFERENCE.sub(named, text), names, by_value)

    return {where: Decimal(f"{value(where):.3f}") for where in left}


CASES = [f"random {seed}" for seed in range(30)] + ["machinery", "services"]


def history_of(name: str) -> History:
    if name.startswith("random"):
        import random

        rng = random.Random(int(name.split()[1]))
        return compute(case_of(stated(random_history(rng, rng.randint(1, 6)))))
    return compute(read(ROOT / "examples" / f"{name}.toml"))


@pytest.mark.parametrize("name", CASES)
def test_every_formula_gives_the_value_beside_it(name: str) -> None:
    content = workbook(history_of(name), "zh")
    values = opened(content, values=True)
    for (title, cell), given in recomputed(content).items():
        assert given == Decimal(str(values[title][cell].value)), f"{title}!{cell}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_values_of_a_report_are_the_figures_of_the_history(lang: str) -> None:
    history = example()
    book = opened(workbook(history, lang), values=True)
    deduction = book[word("report.sheets.deduction", lang)]
    column = {deduction.cell(6, n).value: n for n in range(1, 11)}
    for row, year in enumerate(history.years, 7):
        for name in ("cap", "deducted", "brought_forward"):
            shown = deduction.cell(row, column[word(f"names.{name}", lang)]).value
            assert Decimal(str(shown)) == year.values[name]


def test_a_changed_input_changes_what_the_formulas_give() -> None:
    table = {"year": 2018, "spent": 90_000, "extracted": 90_000}
    book = opened(workbook(computed(table), "en"))
    cell = cell_below(book["Inputs"], "Spent under the cap")
    assert cell.value == 90_000
    cell.value = 70_000
    out = io.BytesIO()
    book.save(out)
    given = sorted(recomputed(out.getvalue(), like=workbook(computed(table), "en")).values())
    wanted = sorted(values_of(workbook(computed({**table, "spent": 70_000}), "en")))
    assert given == wanted


def values_of(content: bytes) -> list[Decimal]:
    """The figures that stand beside the formulas."""
    book = opened(content, values=True)
    found = [book[title][cell].value for title, cell in formulas(opened(content))]
    return [Decimal(str(value)) for value in found if not isinstance(value, str)]


def cell_below(sheet: Worksheet, label: str) -> Any:
    """The first cell of the column with that heading."""
    return next(
        sheet.cell(cell.row + 1, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == label
    )


def test_an_extraction_that_is_typed_later_replaces_the_rule() -> None:
    book = opened(workbook(computed({"year": 2021}), "en"))
    given = [each for each in formulas(book).values() if each.startswith("=IF(") and "ABS" not in each]
    assert [each for each in given if "COUNTIF" not in each] == [
        "=IF('Inputs'!D11=\"\",E7,'Inputs'!D11)",
        "=IF('Inputs'!G11=\"\",'Inputs'!F11,'Inputs'!G11)",
    ]


def test_the_same_case_gives_the_same_bytes_a_moment_later() -> None:
    first = workbook(example(), "zh")
    time.sleep(2.1)  # a zip archive counts in two seconds
    assert workbook(example(), "zh") == first


def test_the_sheets_have_their_official_names() -> None:
    assert opened(workbook(example(), "zh")).sheetnames == [
        "封面", "输入", "经费台账", "扣除与结转", "结转矩阵", "A105050", "企业所得税", "亏损弥补", "递延所得税",
        "会计分录", "分月计提", "附注", "方案比较", "提示", "校验", "法规依据",
    ]  # fmt: skip
    assert opened(workbook(example(), "en")).sheetnames == [
        "Cover", "Inputs", "Fund", "Deduction", "Vintages", "A105050", "Income tax", "Losses", "Deferred tax",
        "Entries", "Monthly", "Note", "Scenarios", "Notices", "Checks", "Law",
    ]  # fmt: skip


def test_a_schedule_has_the_columns_of_its_edition() -> None:
    history = computed(*({"year": year} for year in range(2013, 2019)))
    sheet = opened(workbook(history, "zh"))["A105050"]
    heads = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value}
    columns = {
        year: [sheet.cell(heads[f"{year}年度，{edition}年版"] + 1, n).value for n in range(3, 10)]
        for year, edition in ((2014, 2014), (2017, 2017), (2018, 2018))
    }
    seven = [
        "1 账载金额",
        "2 实际发生额",
        "3 税收规定扣除率",
        "4 以前年度累计结转扣除额",
        "5 税收金额",
        "6 纳税调整金额",
        "7 累计结转以后年度扣除额",
    ]
    assert columns[2017] == columns[2018] == seven
    assert columns[2014] == [
        "1 账载金额",
        "2 税收规定扣除率",
        "3 以前年度累计结转扣除额",
        "4 税收金额",
        "5 纳税调整金额",
        "6 累计结转以后年度扣除额",
        None,
    ]
    assert any("2013" in head and "附表三" in head for head in heads)


def test_where_the_printed_formula_differs_the_schedule_says_so() -> None:
    history = computed({"year": 2017, "extracted": 20_000, "spent": 5_000})
    sheet = opened(workbook(history, "en"), values=True)["A105050"]
    notes = [str(cell.value) for cell in sheet["A"] if cell.value]
    said = (
        "Note: the edition's printed formulas give 20,000.00 deducted and 0.00 carried forward; the statute gives 5,000"
    )
    assert [note for note in notes if note.startswith(said)]


def test_a_deemed_year_has_empty_cells_and_no_schedule() -> None:
    book = opened(workbook(computed({"year": 2019, "spent": 90_000}, {"year": 2020, "collection": "deemed"}), "en"))
    row = book["Deduction"][8]
    assert row[0].value == 2020
    assert [cell.value for cell in row if cell.style == "absent"] == [None] * 5  # rate, cap, spent, available, deducted
    assert "Tax year 2020: deemed collection, no schedule." in [cell.value for cell in book["A105050"]["A"]]


def test_text_of_the_user_never_becomes_a_formula() -> None:
    history = computed({"year": 2021}, name='=HYPERLINK("http://example.invalid","x")')
    book = opened(workbook(history, "en"))
    assert all("HYPERLINK" not in formula for formula in formulas(book).values())
    titles = [cell.value for sheet in book for cell in sheet["B"] if isinstance(cell.value, str)]
    assert any(value.startswith("=HYPERLINK") for value in titles)


def test_inputs_are_unlocked_and_checked_and_formulas_locked() -> None:
    book = opened(workbook(example(), "zh"))
    inputs = book["输入"]
    assert inputs.protection.sheet
    amount = cell_below(inputs, "职工工资总额")
    assert not amount.protection.locked
    assert book["扣除与结转"]["D7"].protection.locked
    checked = {str(area) for each in inputs.data_validations.dataValidation for area in each.sqref.ranges}
    assert f"{amount.column_letter}{amount.row}:{amount.column_letter}{amount.row + 11}" in checked


def test_no_column_is_too_narrow_for_the_largest_amount() -> None:
    most = "1000000000000.00"
    history = computed({"year": 2021, "total_wages": most, "spent": most, "extracted": f"-{most}"})
    book, shown = (opened(workbook(history, "zh"), values=flag) for flag in (False, True))
    for sheet in book:
        for row in shown[sheet.title].iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float) and cell.style != "year":
                    wide = sheet.column_dimensions[cell.column_letter].width
                    assert wide >= len(f"{cell.value:,.2f}") + 1, f"{sheet.title}!{cell.coordinate}"


def test_the_decimal_context_of_the_caller_changes_no_value() -> None:
    with localcontext(prec=6):
        narrow = workbook(example(), "zh")
    assert narrow == workbook(example(), "zh")


def test_a_name_with_what_a_spreadsheet_would_decode_stays_as_it_is() -> None:
    book = opened(workbook(computed({"year": 2021}, name="a_x0041_b 🏭 'q' \"z\" <&>"), "en"))
    assert book["Cover"]["B3"].value in ("a_x0041_b 🏭 'q' \"z\" <&>", "a_x005F_x0041_b 🏭 'q' \"z\" <&>")


def test_a_formula_without_a_value_is_refused() -> None:
    book = Book(example(), "en")
    sheet = book.sheet("fund")
    sheet["A5"] = "=1+1"
    with pytest.raises(ValueError, match="A5"):
        package(book.workbook, book.values)


def test_a_value_without_a_formula_is_refused() -> None:
    book = Book(example(), "en")
    sheet = book.sheet("fund")
    book.values[sheet.title] = {"A5": "1"}
    with pytest.raises(ValueError, match=r"A5"):
        package(book.workbook, book.values)


def test_the_package_says_nothing_of_when_or_where_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(example(), "zh"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"W3CDTF\">([^<]*)<", core) == ["1980-01-01T00:00:00Z"] * 2


def test_the_report_is_the_same_wherever_the_case_lies(tmp_path: Path) -> None:
    content = (ROOT / "examples" / "machinery.toml").read_bytes()
    made = []
    for folder in ("a", "b/c"):
        path = tmp_path / folder / "case.toml"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        made.append(workbook(compute(read(path)), "en"))
    assert made[0] == made[1]
