"""Case workbooks as real people keep them: what is unambiguous is read and logged, what is not is asked about."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from eduf.case import Case
from eduf.explain import explain, text
from eduf.files import read
from eduf.history import compute
from eduf.problems import Problem, Refused

HEADINGS: list[object] = [
    "标记",
    "年度",
    "职工工资总额",
    "税前扣除工资薪金",
    "提取额（账载）",
    "按比例扣除的支出",
    "提取比例",
    "资格",
]
YEARS = "年度"


def book() -> Workbook:
    """A small case as a person would type it."""
    made = Workbook()
    made.remove(made.worksheets[0])
    enterprise = made.create_sheet("企业")
    fill(enterprise, [["企业信息"], ["名称", "开封某某机械有限公司"], ["提取比例", "2.5%"], ["金额单位", "元"]])
    opening = made.create_sheet("期初")
    fill(opening, [["项目", "形成年度", "金额"], ["经费余额", None, 1000], ["结转扣除额", 2017, 500]])
    years = made.create_sheet(YEARS)
    fill(
        years,
        [
            ["各年度事实"],
            HEADINGS,
            [None, 2018, 1_000_000, 990_000.5, 25_000, 90_000, None, None],
            [None, 2019, 1_100_000, 1_100_000, 27_500, 10_000, None, "高新技术企业"],
        ],
    )
    return made


def fill(sheet: Worksheet, rows: list[list[Any]]) -> None:
    for row in rows:
        sheet.append(row)


Change = Callable[[Workbook], None]


def at(cell: str, value: object, sheet: str = YEARS, number_format: str = "") -> Change:
    """The book with that value in a cell."""

    def change(made: Workbook) -> None:
        changed: Any = made[sheet][cell]
        changed.value = value
        if number_format:
            changed.number_format = number_format

    return change


def several(*changes: Change) -> Change:
    def change(made: Workbook) -> None:
        for each in changes:
            each(made)

    return change


def saved(change: Change, folder: Path) -> Path:
    made = book()
    change(made)
    path = folder / "case.xlsx"
    made.save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path()


def problems(path: Path, answers: Mapping[str, str] | None = None) -> tuple[Problem, ...]:
    try:
        return compute(read(path, answers)).problems
    except Refused as refused:
        return refused.problems


def nothing(made: Workbook) -> None:
    """The book as it is."""


def test_a_book_is_read_with_its_chinese_headings(folder: Path) -> None:
    case = read(saved(nothing, folder))
    assert case.enterprise.name == "开封某某机械有限公司"
    assert case.opening.carried_forward is not None
    assert [(each.arose, each.amount) for each in case.opening.carried_forward] == [(2017, Decimal("500.00"))]
    assert [(each.year, each.deductible_wages, each.spent) for each in case.years] == [
        (2018, Decimal("990000.50"), Decimal("90000.00")),
        (2019, Decimal("1100000.00"), Decimal("10000.00")),
    ]
    assert [each.qualifications for each in case.years] == [None, ("high_tech",)]


def spent(case: Case) -> Decimal:
    return case.years[0].spent


READ: dict[str, tuple[Change, Callable[[Case], Any], Any, bool]] = {  # change, what of the case, its value, logged
    "a full-width amount": (at("F3", "９０，０００．５"), spent, Decimal("90000.50"), True),
    "yuan after the amount": (at("F3", "1,234.56元"), spent, Decimal("1234.56"), True),
    "万元 after the amount": (at("F3", "12.5万元"), spent, Decimal("125000.00"), True),
    "no-break and ideographic spaces": (at("F3", "\u00a01 234.56\u3000"), spent, Decimal("1234.56"), True),
    "parentheses": (at("E3", "(1,234.56)"), lambda case: case.years[0].extracted, Decimal("-1234.56"), True),
    "a number with binary dust": (at("F3", 0.1 + 0.2), spent, Decimal("0.30"), False),
    "a percentage as text": (at("G3", "１.５％"), lambda case: case.years[0].extraction_rate, Decimal("0.015"), True),
    "a percentage as a number": (
        at("G3", 0.015, number_format="0.0%"), lambda case: case.years[0].extraction_rate, Decimal("0.015"), False,
    ),
    "a year with its word": (at("B3", "2018年度"), lambda case: case.years[0].year, 2018, True),
    "a date for a year": (at("B3", date(2018, 12, 31)), lambda case: case.years[0].year, 2018, True),
    "an amount in a cell of thousands": (at("F3", 5000, number_format="#,##0,"), spent, Decimal("5000.00"), False),
    "qualifications with spaces": (
        at("H3", " 高新技术企业 、软件企业"),
        lambda case: case.years[0].qualifications, ("high_tech", "software"), False,
    ),
    "stated to have no qualification": (at("H4", "无"), lambda case: case.years[1].qualifications, (), False),
    "general is no qualification": (at("H4", "一般企业"), lambda case: case.years[1].qualifications, (), False),
    "no carry-forward stated": (at("C3", "无", "期初"), lambda case: case.opening.carried_forward, (), False),
    "a heading with spaces and a unit": (at("F2", " 按比例 扣除的支出（元） "), spent, Decimal("90000.00"), False),
    "a heading in English": (at("F2", "Spent under the cap"), spent, Decimal("90000.00"), False),
    "a heading by its key": (at("F2", "spent"), spent, Decimal("90000.00"), False),
    "a row marked to be passed over": (
        several(at("A4", "跳过"), at("B4", "合计")), lambda case: len(case.years), 1, True,
    ),
    "an example row": (several(at("A4", "示例")), lambda case: len(case.years), 1, False),
    "a name like a number": (at("B2", 360, "企业"), lambda case: case.enterprise.name, "360", False),
    "amounts in 万元 throughout": (
        several(at("B4", "万元", "企业"), at("F3", 9.12345)), spent, Decimal("91234.50"), True,
    ),
    "a unit of its own in a book of 万元": (
        several(at("B4", "万元", "企业"), at("F3", "90,000元")), spent, Decimal("90000.00"), True,
    ),
    "a text merged over two years": (
        several(at("H3", "高新技术企业"), lambda made: made[YEARS].merge_cells("H3:H4")),
        lambda case: [each.qualifications for each in case.years], [("high_tech",), ("high_tech",)], True,
    ),
    "another sheet in front": (lambda made: made.move_sheet("年度", -2), spent, Decimal("90000.00"), False),
    "notes above the table": (lambda made: made[YEARS].insert_rows(1, 5), spent, Decimal("90000.00"), False),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_what_is_unambiguous_is_read(name: str, folder: Path) -> None:
    change, of, value, logged = READ[name]
    case = read(saved(change, folder))
    assert of(case) == value
    assert bool(case.places.imported) == logged


def test_what_was_read_otherwise_is_logged_as_typed_and_as_read(folder: Path) -> None:
    case = read(saved(several(at("F3", "１２．５万元"), at("B4", "2019年")), folder))
    assert [(each.sheet, each.cell, each.typed, each.read, each.outcome) for each in case.places.imported] == [
        (YEARS, "F3", "１２．５万元", "125,000.00", "read"),
        (YEARS, "B4", "2019年", "2019", "read"),
    ]
    assert "book_read_otherwise" in [problem.code for problem in compute(case).problems]


def test_an_explanation_names_the_sheet_and_the_cell(folder: Path) -> None:
    history = compute(read(saved(nothing, folder)))
    lines = [line.strip() for line in text(explain(history, 2018, "fund_closing"), "zh")]
    assert "填写: case.xlsx:年度!F3: 2018 年: 按比例扣除的支出" in lines


def hide(made: Workbook, row: int, sheet: str = YEARS) -> None:
    made[sheet].row_dimensions[row].hidden = True


def hide_column(made: Workbook) -> None:
    made[YEARS].column_dimensions["F"].hidden = True


def hide_sheet(made: Workbook) -> None:
    made["期初"].sheet_state = "hidden"


ASKED: dict[str, tuple[Change, str, str, str]] = {  # change, code, cell, what answers it
    "a total row": (at("B5", "合计"), "book_total_row", "年度!B5", "totals=skip"),
    "a hidden row": (lambda made: hide(made, 4), "book_hidden_row", "年度!B4", "hidden=read"),
    "a hidden column": (hide_column, "book_hidden_column", "年度!F2", "hidden=read"),
    "a hidden sheet": (hide_sheet, "book_hidden_sheet", "期初", "hidden=read"),
    "万元 above the table": (at("A1", "单位：万元"), "book_unit_wan", "年度!A1", "unit=yuan"),
    "万元 in a heading": (at("F2", "按比例扣除的支出（万元）"), "book_unit_wan", "年度!F2", "unit=yuan"),
    "yuan in a heading of a book of 万元": (
        several(at("B4", "万元", "企业"), at("F2", "按比例扣除的支出（元）")), "book_unit_yuan", "年度!F2", "unit=yuan",
    ),
    "万 in a heading": (at("F2", "按比例扣除的支出（万）"), "book_unit_wan", "年度!F2", "unit=wan"),
    "万元 on the sheet of the enterprise": (at("A6", "单位：万元", "企业"), "book_unit_wan", "企业!A6", "unit=wan"),
    "a quoted percent sign": (at("G3", 0.5, number_format='0.0"%"'), "book_format_percent", "年度!G3", ""),
    "a hidden row of the enterprise": (
        lambda made: hide(made, 3, "企业"), "book_hidden_row", "企业!A3", "hidden=read",
    ),
    "10,000 yuan in English": (at("A1", "Years (RMB 10,000)"), "book_unit_wan", "年度!A1", "unit=wan"),
    "ten thousand in English": (at("A1", "amounts in ten thousand yuan"), "book_unit_wan", "年度!A1", "unit=wan"),
    "thousands": (at("A1", "单位：千元"), "book_unit_other", "年度!A1", ""),
    "a hundred thousand wan": (at("A1", "单位：百万元"), "book_unit_other", "年度!A1", ""),
    "another currency": (at("F2", "按比例扣除的支出（美元）"), "book_unit_other", "年度!F2", ""),
    "millions in English": (at("A1", "Years (RMB million)"), "book_unit_other", "年度!A1", ""),
    "thousands in the number format": (
        at("F3", 9, number_format='#,##0.00"千元"'), "book_unit_other", "年度!F3", "",
    ),
    "a note below the table": (at("B5", "注：数据来自总账"), "book_note_row", "年度!B5", ""),
    "a serial in a cell of numbers": (at("B3", 43465), "book_serial", "年度!B3", ""),
    "万 in the number format": (at("F3", 9, number_format='0.00"万元"'), "book_format_wan", "年度!F3", ""),
    "an amount merged over two years": (
        lambda made: made[YEARS].merge_cells("F3:F4"), "book_merged", "年度!F3", "",
    ),
    "a mark that is none": (at("A3", "？"), "book_mark", "年度!A3", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_what_is_ambiguous_is_asked_and_can_be_answered(name: str, folder: Path) -> None:
    change, code, cell, answer = ASKED[name]
    path = saved(change, folder)
    found = [problem for problem in problems(path) if problem.level == "error"]
    assert [(problem.code, problem.where.spot()) for problem in found][:1] == [(code, cell)]
    if answer:
        question, _, choice = answer.partition("=")
        assert [each for each in problems(path, {question: choice}) if each.level == "error"] == []


def test_what_was_answered_stands_in_the_log(folder: Path) -> None:
    path = saved(several(at("A1", "单位：万元"), lambda made: hide(made, 4)), folder)
    case = read(path, {"unit": "yuan", "hidden": "read"})
    assert [(each.cell, each.typed, each.read, each.outcome) for each in case.places.imported][:2] == [
        ("A1", "单位：万元", "unit=yuan", "answered"),
        ("4:4", "2019 1100000 1100000 27500 10000 高新技术企业", "hidden=read", "answered"),
    ]


def test_an_answer_that_contradicts_the_book_is_noticed(folder: Path) -> None:
    found = problems(saved(nothing, folder), {"unit": "wan"})
    said = [each.text("zh") for each in found if each.code == "book_unit_overruled"]
    assert said == [
        "case.xlsx:企业!B4: 提示: 表中的金额单位为 元，命令行为 万元；已按 万元 读取。\n"
        "    请将其中一个金额与账簿核对，并只保留一处说明。"
    ]


def test_what_only_follows_from_an_open_question_is_not_said(folder: Path) -> None:
    def change(made: Workbook) -> None:
        made[YEARS].append([None, 2020, 1, 1, 1, 1])
        hide(made, 4)

    assert [each.code for each in problems(saved(change, folder)) if each.level == "error"] == ["book_hidden_row"]


def test_labels_that_are_none_and_examples_that_were_edited_are_noticed(folder: Path) -> None:
    change = several(at("A5", "资质", "企业"), at("B5", "高新技术企业", "企业"), at("A4", "示例"))
    found = {each.code: each.where.spot() for each in problems(saved(change, folder))}
    assert found["book_labels_ignored"] == "企业!A5"
    assert found["book_example_edited"] == "年度!A4"


def test_a_merge_far_down_reads_only_the_rows_that_hold_something(folder: Path) -> None:
    def change(made: Workbook) -> None:
        made[YEARS]["H3"] = "高新技术企业"
        made[YEARS].merged_cells.ranges.add(CellRange("H3:H1000000"))
        made[YEARS]["J900000"] = "far"

    case = read(saved(change, folder))
    assert [each.qualifications for each in case.years] == [("high_tech",), ("high_tech",)]


def test_amounts_of_scenarios_are_in_the_unit_of_the_book_as_all_others(folder: Path) -> None:
    def change(made: Workbook) -> None:
        made["企业"]["B4"] = "万元"
        fill(made.create_sheet("方案"), [["方案", "事实", "年度范围", "改为", "增加"]])
        for n, (to, add) in enumerate(((5, None), ("5", None), ("5元", None), (None, 0.5), (None, "-1"))):
            made["方案"].append([f"{n}", "按比例扣除的支出", "2019", to, add])

    stated = [each.set[0] for each in read(saved(change, folder)).scenarios]
    assert [each.to or each.add for each in stated] == ["5万元", "5万元", "5元", "0.5万元", "-1万元"]


WRONG: dict[str, tuple[Change, list[str]]] = {  # change, what is said in both languages
    "an error value": (at("F3", "#N/A"), ["book_error_value 年度!F3"]),
    "a formula without a value": (at("F3", "=E3*2"), ["book_no_value 年度!F3"]),
    "a date for an amount": (at("F3", datetime(2018, 1, 1)), ["book_date 年度!F3"]),
    "a percentage for an amount": (at("F3", 0.5, number_format="0%"), ["book_percent_amount 年度!F3"]),
    "text for an amount": (at("F3", "约九万"), ["amount_unreadable 年度!F3"]),
    "a dash for an amount": (at("F3", "—"), ["amount_unreadable 年度!F3"]),
    "three decimals": (at("F3", 1.005), ["amount_decimals 年度!F3"]),
    "an empty required fact": (at("F3", None), ["missing_fact 年度!F3"]),
    "a rate without a sign": (at("G3", 2.5), ["rate_without_percent 年度!G3"]),
    "a year twice": (at("B4", 2018), ["year_twice 年度!B4"]),
    "a qualification taken back in brackets": (at("H3", "高新技术企业（已取消）"), ["choice_unknown 年度!H3"]),
    "a way of collection in doubt": (
        several(at("I2", "征收方式"), at("I3", "核定征收（已取消）")), ["choice_unknown 年度!I3"],
    ),
    "a label twice": (several(at("A5", "提取比例", "企业"), at("B5", "1.5%", "企业")), ["book_stated_twice 企业!A5"]),
    "a value one column too far": (
        several(at("A5", "资格", "企业"), at("C5", "高新技术企业", "企业")), ["book_misplaced 企业!C5"],
    ),
    "a rate a hundred times too large": (at("G3", 2.5, number_format="0.0%"), ["rate_over_100 年度!G3"]),
    "a qualification misspelt": (at("H3", "高新企业"), ["choice_unknown 年度!H3"]),
    "a required column missing": (at("F2", "别的"), ["book_column_missing 年度!A2"]),
    "a column twice": (at("I2", "年度"), ["book_column_twice 年度!I2"]),
    "an item that is none": (at("A2", "余额吧", "期初"), ["book_item 期初!A2"]),
    "an item twice": (at("A3", "经费余额", "期初"), ["book_stated_twice 期初!C3"]),
    "no name": (at("B2", None, "企业"), ["missing_key 企业!B2"]),
    "a unit that is none": (at("B4", "千元", "企业"), ["book_unit 企业!B4"]),
    "no sheet of years": (lambda made: made.remove(made[YEARS]), ["book_sheet_missing 企业"]),
    "no case at all": (lambda made: rename(made), ["book_no_case "]),
    "two sheets of one name": (lambda made: made.create_sheet("Years") and None, ["book_sheet_twice Years"]),
    "several at once": (
        several(at("F3", "x"), at("F4", "#REF!"), at("B2", " ", "企业")),
        ["missing_key 企业!B2", "amount_unreadable 年度!F3", "book_error_value 年度!F4"],
    ),
}  # fmt: skip


def rename(made: Workbook) -> None:
    for sheet in made.worksheets:
        sheet.title = f"Sheet {made.index(sheet)}"


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_its_cell(name: str, folder: Path) -> None:
    change, expected = WRONG[name]
    found = problems(saved(change, folder))
    assert [f"{problem.code} {problem.where.spot()}" for problem in found if problem.level == "error"] == expected
