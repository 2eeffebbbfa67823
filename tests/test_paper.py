"""The report as working papers: head, index, named rates, unit, sources, import log, marks, charts, pages."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from making import case_of, computed

from eduf.case import Case, Imported, Places
from eduf.files import read
from eduf.history import History, compute
from eduf.law import current
from eduf.report import draft, head, workbook
from eduf.report.index import IN_YUAN, NUMBERS
from eduf.words import word
from eduf.words.width import width
from eduf.xlsx.style import WAN

ROOT = Path(__file__).parent.parent
LABELS = {
    "zh": ("被审计单位", "会计期间", "编制人", "日期", "复核人", "索引号", "页次", "金额单位"),
    "en": ("Enterprise", "Period", "Prepared by", "date", "Reviewed by", "Index number", "Page", "yuan"),
}


def example() -> History:
    return compute(read(ROOT / "examples" / "machinery.toml"))


def opened(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def texts(sheet: Any, rows: int) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows(max_row=rows) for cell in row if cell.value)


def long_history(years: int) -> History:
    return computed(*({"year": 2009 + n, "spent": 30_000 + 7_000 * (n % 3)} for n in range(years)))


@pytest.mark.parametrize("lang", LABELS)
def test_every_sheet_has_the_head_of_a_working_paper_and_prints_it_on_every_page(lang: str) -> None:
    for sheet in opened(workbook(example(), lang)):
        cover = sheet.title == word("report.sheets.cover", lang)
        said = texts(sheet, 18 if cover else head.ROWS)
        assert [label for label in LABELS[lang] if label.lower() not in said.lower()] == [], sheet.title
        assert "开封精工机械示例有限公司" in said
        if not cover:
            assert int(sheet.print_title_rows.split("$")[-1]) >= head.ROWS
        assert "&P / &N" in sheet.oddFooter.center.text


def test_the_lines_to_sign_are_blank_and_unlocked() -> None:
    book = opened(workbook(example(), "zh"))
    signed = [
        cell for sheet in book for row in sheet.iter_rows(max_row=3) for cell in row if "编制人" in str(cell.value)
    ]
    assert len(signed) == len(book.sheetnames) - 1
    assert {cell.value for cell in signed} == {"编制人/日期：______________"}
    assert not any(cell.protection.locked for cell in signed)
    blanks = [
        row[1] for row in book["封面"].iter_rows(max_row=20) if str(row[0].value) in ("编制人", "复核日期", "页次")
    ]
    assert [(cell.value, cell.protection.locked) for cell in blanks] == [(None, False)] * 3


def test_the_cover_links_every_sheet_by_its_index_number_and_every_sheet_links_back() -> None:
    book = opened(workbook(example(), "zh"))
    cover = book["封面"]
    linked = {
        cell.value: cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink is not None
    }
    for sheet in book.worksheets[1:]:
        back = next(cell for cell in sheet[2] if cell.hyperlink)
        number = str(back.value).removeprefix("索引号：")
        assert linked[number] == linked[sheet.title] == f"'{sheet.title}'!A1"
        assert back.hyperlink.location == "'封面'!A1"
    assert len(linked) == 2 * (len(book.sheetnames) - 1)


def test_index_numbers_are_told_apart_and_every_sheet_says_what_it_holds() -> None:
    assert len(set(NUMBERS.values())) == len(NUMBERS)
    for lang in LABELS:
        for key in NUMBERS.keys() - {"cover"}:
            assert word(f"report.holds.{key}", lang) != key
            assert word(f"report.sheets.{key}", lang) != key


@pytest.mark.parametrize("name", ["=1+1", "甲" * 200, "a" * 57, "a" * 56, "e\u0301" * 80])
def test_a_long_name_is_shortened_in_heads_and_whole_on_the_cover(name: str) -> None:
    assert width(head.shortened(name)) <= 56
    assert head.shortened("甲" * 28) == "甲" * 28
    book = opened(workbook(computed({"year": 2021}, name=name), "zh"))
    assert book["封面"]["B3"].value == name
    assert book["封面"]["B3"].data_type == "s"
    for sheet in book.worksheets[1:]:
        parts = [cell for cell in sheet[2] if cell.value]
        assert len(parts) == 3
        for one, other in pairwise(parts):
            between = range(one.column, other.column)
            room = sum(sheet.column_dimensions[openpyxl.utils.get_column_letter(n)].width for n in between)
            assert width(str(one.value)) < room, sheet.title


def test_a_rate_by_law_stands_once_in_an_unlocked_named_cell() -> None:
    book = opened(workbook(example(), "zh"))
    assert sorted(book.defined_names) == [
        "cap_general_2008", "cap_general_2018", "tax_rate_general_2008", "tax_rate_high_tech_2008",
    ]  # fmt: skip
    for name, defined in book.defined_names.items():
        (title, at), *more = defined.destinations
        cell = book[title][at.replace("$", "")]
        assert (title, more) == ("输入", [])
        assert Decimal(str(cell.value)) == current_rate(name)
        assert not cell.protection.locked
        assert any(cell.coordinate in rule.sqref for rule in book[title].data_validations.dataValidation)


def current_rate(name: str) -> Any:
    entries = (each for matter in ("cap", "tax_rate", "extraction") for each in current().matter(matter).entry)
    return next(each.value for each in entries if each.id.replace(".", "_") == name)


def test_a_year_refers_to_the_names_of_its_rates_and_a_stated_rate_is_typed() -> None:
    years: list[dict[str, Any]] = [
        {"year": 2016, "qualifications": ["high_tech"]},
        {"year": 2017},
        {"year": 2018, "cap_rate": "6%", "cap_rate_because": "试点", "deferred_rate": "20%"},
    ]
    book = opened(workbook(computed(*years, extraction_rate=None), "en"))
    sheet = book["Inputs"]
    top = next(row for row in range(1, 60) if sheet.cell(row, 2).value == "Extraction rate")
    rows = [[sheet.cell(top + n, column) for column in (2, 3, 4)] for n in (1, 2, 3)]
    assert [[cell.value for cell in row] for row in rows] == [
        [
            "=extraction_ordinary_2002",
            "=MAX(cap_general_2008,cap_high_tech_2015)",
            "=MIN(tax_rate_general_2008,tax_rate_high_tech_2008)",
        ],
        ["=extraction_ordinary_2002", "=cap_general_2008", "=tax_rate_general_2008"],
        ["=extraction_ordinary_2002", 0.06, 0.2],
    ]
    assert [cell.protection.locked for cell in rows[2]] == [True, False, False]
    assert "cap_general_2018" not in book.defined_names


def test_every_name_of_a_rate_is_a_name_that_a_spreadsheet_takes() -> None:
    for matter in current().names():
        for entry in current().matter(matter).entry:
            name = entry.id.replace(".", "_")
            assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,254}", name)
            assert not re.fullmatch(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*", name)


def test_qualifications_are_locked_and_the_sheet_says_so() -> None:
    for lang, label in (("zh", "资格"), ("en", "Qualifications")):
        sheet = opened(workbook(example(), lang))[word("report.sheets.inputs", lang)]
        heading = next(cell for row in sheet.iter_rows() for cell in row if cell.value == label)
        assert sheet.cell(heading.row + 1, heading.column).protection.locked
        assert word("report.inputs_locked", lang) in texts(sheet, 6)


def test_in_ten_thousand_yuan_only_the_display_changes() -> None:
    history = example()
    yuan, wan = (opened(workbook(history, "zh", unit), values=True) for unit in ("yuan", "wan"))
    shown = set()
    for sheet in yuan:
        other = wan[sheet.title]
        key = next(key for key in NUMBERS if word(f"report.sheets.{key}", "zh") == sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                if isinstance(cell.value, int | float):
                    assert twin.value == cell.value, f"{sheet.title}!{cell.coordinate}"
                if twin.number_format == WAN:
                    assert "0.00" in cell.number_format
                    shown.add(key)
                elif "0.00" in cell.number_format and key not in IN_YUAN:
                    assert cell.value is None, f"{sheet.title}!{cell.coordinate}"
        if key != "cover":
            unit = "元" if key in IN_YUAN else "万元，显示到元（小数点后第四位），角分不显示；单元格中是精确到分的元。"
            assert other["A4"].value == f"金额单位：{unit}"
            assert sheet["A4"].value == "金额单位：元"
    assert shown == {"fund", "deduction", "matrix", "schedule", "tax", "losses", "deferred", "note", "scenarios"}


def test_what_is_typed_is_shown_in_yuan_whatever_the_unit() -> None:
    book = opened(workbook(example(), "en", "wan"))
    typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.style == "amount input"]
    assert len(typed) > 50
    assert {cell.number_format for cell in typed} == {"#,##0.00;-#,##0.00"}
    messages = {each.error for each in book["Inputs"].data_validations.dataValidation if "yuan" in each.error}
    assert messages == {"An amount of yuan with at most two decimals, within the limits."}


def test_an_amount_is_written_by_its_digits_and_not_as_a_double_of_openpyxl() -> None:
    content = workbook(computed({"year": 2021, "spent": "9.95", "total_wages": "999999999999.99"}), "en")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inputs = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "<v>9.95</v>" in inputs
    assert "<v>999999999999.99</v>" in inputs


IMPORTED = (
    Imported("年度", "D6", "１２３万元", "1230000.00", "read"),
    Imported("年度", "9", "合计", "", "skipped"),
    Imported("备注", "", "=cmd()", "", "ignored"),
)
CELLS: dict[tuple[str | int, ...], tuple[str, str]] = {
    ("opening", "fund_balance"): ("期初", "C4"),
    ("enterprise", "extraction_rate"): ("企业", "B8"),
    ("year", 0): ("年度", "B6"),
    ("year", 0, "total_wages"): ("年度", "D6"),
    ("year", 0, "deductible_wages"): ("年度", "E6"),
    ("year", 0, "spent"): ("年度", "G6"),
}


def from_workbook(**more: Any) -> Case:
    table = {
        "format": 1,
        "enterprise": {"name": "测试", "extraction_rate": "2.5%"},
        "opening": {"fund_balance": 10},
        "year": [{"year": 2021, "total_wages": 100, "deductible_wages": 100, "spent": 1}],
    }
    return case_of(table).at(Places("dir/案例.xlsx", "ab", cells=CELLS, years=(2021,), **more))


def test_the_source_of_a_fact_from_a_workbook_names_file_sheet_and_cells() -> None:
    sheet = opened(workbook(compute(from_workbook()), "zh"))["输入"]
    said = texts(sheet, 60)
    assert "案例.xlsx:年度!D6:G6" in said
    assert "案例.xlsx:期初!C4" in said
    assert "提取比例 填写 [企业!B8]" in said


def test_the_source_of_a_fact_from_a_file_names_its_lines() -> None:
    sheet = opened(workbook(example(), "zh"))["输入"]
    column = [
        str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("machinery.toml")
    ]
    assert column[:2] == ["machinery.toml:19-24", "machinery.toml:28-32"]
    assert len(column) == 13


def test_the_import_log_lists_what_was_not_read_as_it_stood() -> None:
    sheet = opened(workbook(compute(from_workbook(imported=IMPORTED)), "zh"))["导入记录"]
    rows = [[cell.value for cell in row[:5]] for row in sheet.iter_rows(min_row=5, max_row=8)]
    assert rows == [
        ["工作表", "单元格", "原填写", "读取为", "处理"],
        ["年度", "D6", "１２３万元", "1230000.00", "已读取"],
        ["年度", "9", "合计", None, "跳过"],
        ["备注", None, "=cmd()", None, "忽略"],
    ]
    assert sheet["C8"].data_type == "s"
    assert sheet["C8"].quotePrefix


def test_there_is_no_import_log_for_a_case_that_was_read_as_it_stood() -> None:
    assert "导入记录" not in opened(workbook(compute(from_workbook()), "zh")).sheetnames


def test_plans_negative_balances_and_failed_checks_are_marked_and_not_by_colour_alone() -> None:
    book = opened(workbook(example(), "zh"))
    fund = book["经费台账"]
    rules = {str(area.sqref): list(each) for area, each in fund.conditional_formatting._cf_rules.items()}
    assert [rule.operator for rule in rules["J7:J18"]] == ["lessThan"]
    assert fund["J9"].number_format.split(";")[1].startswith("-")  # the sign stands there too
    assert rules["A7:J18"][0].formula == ['ISNUMBER(SEARCH("计划",$A7))']
    assert [fund.cell(row, 1).value for row in (16, 17, 18)] == [2025, "2026 计划", "2027 计划"]
    checks = book["校验"].conditional_formatting
    assert [rule.formula for area in checks for rule in area.rules] == [['"不符"']]
    assert [rule.formula for area in book["封面"].conditional_formatting for rule in area.rules] == [['"不符"']]


@pytest.mark.parametrize("unit", ["yuan", "wan"])
def test_charts_have_straight_lines_axes_and_the_unit(unit: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(example(), "zh", unit))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    for chart, lines in zip(charts, (1, 2, 4), strict=True):
        assert len(re.findall(r'<(?:c:)?smooth val="0" */>', chart)) == lines
        assert not re.search(r'smooth val="1"', chart)
        assert len(re.findall(r'<(?:c:)?delete val="0" */>', chart)) == 2
        assert ("万元" in chart) == (unit == "wan")


@pytest.mark.parametrize("years", [1, 2, 12, 20, 40])
def test_no_page_break_cuts_a_table_or_a_chart(years: int) -> None:
    book = draft(long_history(years), "zh").workbook
    for title in ("经费台账", "扣除与结转"):
        sheet: Any = book[title]
        breaks = [each.id for each in sheet.row_breaks.brk]
        starts = [row for row in range(5, sheet.max_row) if sheet.cell(row + 1, 1).value == "年度"]
        chart = int(sheet._charts[0].anchor.removeprefix("A")) - 1  # with the row above it
        assert set(breaks) <= {row - 1 for row in [*starts, chart]}
        assert chart > sheet.max_row


def test_a_wide_matrix_is_printed_over_pages_that_repeat_its_first_columns() -> None:
    for years, pages in ((5, 1), (20, 2)):
        sheet = draft(long_history(years), "zh").workbook["结转矩阵"]
        assert sheet.page_setup.fitToWidth == pages
        assert bool(sheet.print_title_cols) == (pages > 1)


def test_a_required_amount_that_is_emptied_fails_the_checks() -> None:
    book = opened(workbook(computed({"year": 2021}, {"year": 2022}), "zh"))
    row = next(row for row in book["校验"].iter_rows() if row[0].value == "必填金额均已填写（个数）")
    assert row[2].value == "=COUNT('输入'!B11:B12,'输入'!C11:C12,'输入'!E11:E12)"
    assert row[3].value == "=ROWS('输入'!B11:B12)+ROWS('输入'!C11:C12)+ROWS('输入'!E11:E12)"


def test_the_import_log_and_long_texts_of_users_never_become_formulas() -> None:
    case = from_workbook(imported=IMPORTED)
    evil = "=2+5+cmd|' /C calc'!A0"
    enterprise = case.enterprise.model_copy(update={"name": evil})
    places = replace(case.places, file=f"/tmp/{evil.replace('/', '')}.xlsx")
    book = opened(workbook(compute(case.model_copy(update={"enterprise": enterprise}).at(places)), "en", "wan"))
    found = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not any("cmd" in each for each in found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_formulas_messages_and_titles_keep_to_what_excel_takes(lang: str) -> None:
    book = opened(workbook(computed(*({"year": year, "spent": 10**12} for year in range(2012, 2020))), lang))
    for sheet in book:
        assert len(sheet.title) <= 31
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.formula1) <= 255
            assert len(rule.error) <= 225
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            assert len(cell.value) <= 8192
            assert max((len(each) for each in re.findall(r'"((?:[^"]|"")*)"', cell.value)), default=0) <= 255
    literals = {
        re.sub(r'"[^"]*"|\\.', "", cell.number_format) for sheet in book for row in sheet.iter_rows() for cell in row
    }
    assert all(each.isascii() for each in literals)
