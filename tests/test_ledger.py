"""A ledger of vouchers: what each line is, what a year comes to, and that nothing is lost on the way."""

import csv
import subprocess
import sys
import tomllib
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduf.ledger import Ledger, classes, mapping, read
from eduf.ledger.lists import Listed
from eduf.problems import Problem, Refused
from eduf.words import LANGUAGES, known, word

EXAMPLES = Path(__file__).parent.parent / "examples"
HEADINGS = ("date", "voucher", "account", "text", "debit", "credit", "cost_center", "beneficiary", "front_line")
RULES = """
[[rule]]
name = "settled"
vouchers = ["S-1"]
to = 6

[[rule]]
name = "back"
words = ["冲销"]
to = "reversal"

[[rule]]
name = "extraction"
words = ["计提"]
to = "extraction"

[[rule]]
name = "moved"
words = ["重分类"]
to = "reclassification"

[[rule]]
name = "union"
words = ["工会"]
to = "union_fund"

[[rule]]
name = "software"
account = ["2211.05.9"]
to = "in_full"

[[rule]]
name = "welders"
words = ["焊工", "Welder"]
front_line = true
to = 5

[[rule]]
name = "bought"
words = ["投影"]
to = 8
equipment = "cost"

[[rule]]
name = "worn"
words = ["折旧"]
to = 8
equipment = "depreciation"

[[rule]]
name = "rest"
words = ["培训"]
to = 11
"""


def made(path: Path, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    """A CSV file of these rows; what a row leaves out at its end is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows((*row, *[""] * (len(headings) - len(row))) for row in rows)
    return path


def map_of(folder: Path, rules: str = RULES, head: str = 'accounts = ["2211.05*"]', **options: bool) -> mapping.Map:
    path = folder / "map.toml"
    path.write_text(f"format = 1\n{head}\n{rules}", encoding="utf-8")
    return mapping.read(path, **options)


def ledger(folder: Path, *rows: tuple[str, ...], years: str | None = None, **map_options: Any) -> Ledger:
    return read(made(folder / "ledger.csv", *rows), map_of(folder, **map_options), years)


def amounts(found: Ledger, year: int = 2025) -> dict[str, str]:
    return {each.name: str(each.amount) for each in next(each for each in found.years if each.year == year).totals}


def at(listed: Listed) -> list[tuple[int, int | None]]:
    return [(each.row, each.other) for each in listed.lines]


def problems(refused: "pytest.ExceptionInfo[Refused]") -> list[tuple[str, int | None]]:
    """Codes and lines; each problem says and advises something in both languages."""
    for each in refused.value.problems:
        said(each)
    return [(each.code, each.where.line) for each in refused.value.problems]


def said(problem: Problem) -> None:
    for lang in LANGUAGES:
        assert problem.says(lang) != "says"
        assert problem.do(lang) != "do"
        assert "{" not in problem.text(lang)


def test_the_example_agrees_with_the_facts_of_its_case() -> None:
    case = tomllib.loads((EXAMPLES / "machinery.toml").read_text(encoding="utf-8"), parse_float=_exact)
    stated = next(each for each in case["year"] if each["year"] == 2025)
    found = read(EXAMPLES / "ledger.csv", mapping.read(EXAMPLES / "map.toml"))
    (facts,) = [each.facts() for each in found.years if each.year == 2025]
    assert facts == {key: stated[key] for key in ("extracted", "spent", "front_line_spent")}
    paid = read(EXAMPLES / "payroll.csv", mapping.read(EXAMPLES / "wages.toml", wages=True))
    assert paid.years[0].facts() == {key: stated[key] for key in ("total_wages", "deductible_wages")}
    assert [found.lists[name].count for name in ("asked", "unassigned", "unmatched")] == [0, 0, 0]
    assert {name for name, each in found.lists.items() if each.count} == {
        "forbidden",
        "union_fund",
        "other_period",
        "names_other_year",
        "duplicated",
        "reversed",
        "refunds",
    }


def _exact(typed: str) -> Decimal:
    return Decimal(typed.replace("_", ""))


def test_the_script_of_the_example_makes_the_same_files_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLES / "make_ledger.py", tmp_path], check=True)
    for name in ("ledger.csv", "payroll.csv"):
        assert (tmp_path / name).read_bytes() == (EXAMPLES / name).read_bytes()
        assert (tmp_path / name).stat().st_size < 400_000


def test_the_first_rule_that_fits_decides_and_is_named(tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("2025-01-31", "1", "2211.05", "计提培训费", "", "1000.00"),
        ("2025-01-31", "1", "6602.09", "计提培训费", "1000.00"),
        ("2025-02-01", "2", "2211.05.1", "焊工培训", "300.00"),
        ("2025-02-01", "3", "2211.051", "ＷＥＬＤＥＲ 培训", "5.00"),
        ("2025-02-02", "4", "2211.05.9", "编程培训", "70.00", "", "", "", "no"),
        ("2025-02-03", "5", "2211.05", "工会费", "80.00"),
        ("2025-02-04", "6", "2211.05", "重分类", "", "90.00"),
        ("2025-02-05", "7", "2211.05", "茶歇", "10.00"),
    )
    assert amounts(found) == {
        "5": "305.00",
        "in_full": "70.00",
        "extraction": "1000.00",
        "union_fund": "80.00",
        "unassigned": "10.00",
        "reclassification": "-90.00",
    }
    named = [(each.name, each.assigned, each.lines, str(each.net)) for each in found.rules if each.lines]
    assert named == [
        ("extraction", "extraction", 1, "-1000.00"),
        ("moved", "reclassification", 1, "-90.00"),
        ("union", "union_fund", 1, "80.00"),
        ("software", "in_full", 1, "70.00"),
        ("welders", "5", 2, "305.00"),
    ]
    assert found.years[0].facts() == {
        "extracted": Decimal("1000.00"),
        "spent": Decimal("305.00"),
        "spent_in_full": Decimal("70.00"),
        "front_line_spent": Decimal("305.00"),
    }
    assert at(found.lists["unassigned"]) == [(9, None)]


@pytest.mark.parametrize("text", ["境外培训", "MBA培训", "培训（学位）", "ｍｂａ培训", "Degree 培训", "焊工出国培训"])
def test_some_words_only_ask_until_the_voucher_is_named(text: str, tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("2025-03-01", "A-1", "2211.05", text, "500.00"),
        ("2025-03-01", "S-1", "2211.05", text, "400.00"),
        ("2025-03-01", "A-2", "2211.05", f"计提 {text}", "", "7.00"),
    )
    assert amounts(found) == {"6": "400.00", "extraction": "7.00", "ask": "500.00"}
    (line,) = found.lists["asked"].lines
    assert (line.row, line.assigned, line.rule in ("rest", "welders")) == (2, "ask", True)
    assert line.asked is not None
    assert line.asked in mapping.folded(text)


def test_a_mapping_may_add_words_that_only_ask(tmp_path: Path) -> None:
    rows = ("2025-03-01", "A-1", "2211.05", "外教培训", "500.00")
    assert amounts(ledger(tmp_path, rows)) == {"11": "500.00"}
    assert amounts(ledger(tmp_path, rows, head='accounts = ["2211.05"]\nask = ["外教"]')) == {"ask": "500.00"}


def test_an_account_for_what_is_forbidden_needs_no_voucher(tmp_path: Path) -> None:
    rules = '[[rule]]\nname = "tours"\naccount = ["2211.05.8"]\nto = "forbidden.overseas"\n' + RULES
    row = ("2025-03-01", "A-1", "2211.05.8", "境外考察培训", "500.00")
    found = ledger(tmp_path, row, rules=rules)
    assert amounts(found) == {"forbidden.overseas": "500.00"}
    assert found.lists["forbidden"].net == Decimal("500.00")


def test_a_reversal_is_no_spending_and_takes_back_what_it_names(tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("2025-03-01", "记-1", "2211.05", "焊工培训", "500.00"),
        ("2025-03-01", "记-12", "2211.05", "培训", "500.00"),
        ("2025-03-02", "记-13", "2211.05", "冲销记-1", "-500.00"),
        ("2025-03-03", "记-14", "2211.05", "冲销", "", "500.00"),
        ("2025-03-04", "记-15", "2211.05", "冲销", "", "500.00"),
        ("2025-03-05", "记-16", "2211.05", "计提", "", "30.00"),
        ("2025-03-06", "记-17", "2211.05", "冲销多计提", "30.00"),
        ("2025-03-06", "记-18", "2211.05", "冲销 后记的", "7.00"),
        ("2025-03-07", "记-19", "2211.05", "计提", "", "7.00"),
    )
    assert amounts(found) == {"5": "0.00", "11": "0.00", "extraction": "7.00", "reversal": "-493.00"}
    assert at(found.lists["reversed"]) == [(4, 2), (5, 3), (8, 7)]
    assert at(found.lists["unmatched"]) == [(6, None), (9, None)]


def test_refunds_reduce_spending(tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("2025-03-01", "1", "2211.05", "培训", "500.00", "", "", "", "是"),
        ("2025-04-01", "2", "2211.05", "退培训费", "", "120.00", "", "", "是"),
        ("2025-04-02", "3", "2211.05", "退培训费", "-80.00", "", "", "", "否"),
    )
    assert amounts(found) == {"11": "300.00"}
    assert (found.lists["refunds"].count, found.lists["refunds"].net) == (2, Decimal("-200.00"))
    assert found.years[0].front == Decimal("380.00")


def test_equipment_counts_by_cost_or_by_depreciation(tmp_path: Path) -> None:
    bought = ("2025-03-01", "1", "2211.05", "投影仪", "5000.00")
    worn = ("2025-04-30", "2", "2211.05", "教具折旧", "100.00")
    assert amounts(ledger(tmp_path, bought)) == {"8": "5000.00"}
    assert amounts(ledger(tmp_path, worn)) == {"8": "100.00"}
    with pytest.raises(Refused) as refused:
        ledger(tmp_path, bought, worn)
    assert problems(refused) == [("ledger_equipment", 2), ("ledger_equipment", 3)]
    assert refused.value.problems[0].says("en") == (
        "Teaching equipment counts by cost and by depreciation: 1 lines, 5,000.00 by cost; it would count twice."
    )


def test_lines_of_another_period_are_listed_and_not_counted(tmp_path: Path) -> None:
    rows = (
        ("2024-12-31", "1", "2211.05", "焊工培训", "5.00"),
        ("2025-01-01", "2", "2211.05", "焊工培训", "70.00"),
        ("2026-01-01", "3", "2211.05", "计提", "", "900.00"),
        ("2025-05-05", "4", "2211.05", "补付2024年焊工培训", "8.00"),
        ("2025-05-05", "5", "2211.05", "2025年焊工培训", "9.00"),
    )
    found = ledger(tmp_path, *rows, years="2025")
    assert [amounts(found, year) for year in (2024, 2025, 2026)] == [
        {"other_period": "5.00"},
        {"5": "87.00"},
        {"other_period": "-900.00"},
    ]
    assert at(found.lists["other_period"]) == [(2, None), (4, None)]
    assert at(found.lists["names_other_year"]) == [(5, None)]
    assert [each.facts() for each in found.years] == [
        {},
        {"spent": Decimal("87.00"), "front_line_spent": Decimal("87.00")},
        {},
    ]
    assert amounts(ledger(tmp_path, *rows), 2024) == {"5": "5.00"}
    assert amounts(ledger(tmp_path, *rows, head='accounts = ["2211.05"]\nyears = "2024-"'), 2026) == {
        "extraction": "900.00"
    }


def test_lines_like_an_earlier_one_are_listed(tmp_path: Path) -> None:
    row = ("2025-03-01", "1", "2211.05", "焊工培训", "500.00", "", "一车间", "张三")
    found = ledger(
        tmp_path,
        row,
        ("2025-03-01", "2", *row[2:]),
        ("2025-03-01", "3", "2211.05", "焊工培训", "500.00", "", "二车间", "张三"),
        ("2025-03-01", "4", *row[2:7], "李四"),
        ("2025-03-02", "5", *row[2:]),
        row,
        ("2025-03-31", "6", "2211.05", "计提", "", "9.00"),
        ("2025-03-31", "6", "2211.05", "计提", "", "9.00"),
    )
    assert at(found.lists["duplicated"]) == [(3, 2), (7, 2)]
    assert amounts(found) == {"5": "3000.00", "extraction": "18.00"}


@pytest.mark.parametrize(
    ("typed", "center", "front"),
    [
        ("是", "", "front"),
        ("Ｙes", "", "front"),
        ("否", "一车间", "other"),
        ("", "一车间甲班", "front"),
        ("", "行政", "other"),
        ("", "", "unknown"),
        ("也许", "", "unknown"),
    ],
)
def test_front_line_by_the_line_then_the_rule_then_the_centre(
    typed: str, center: str, front: str, tmp_path: Path
) -> None:
    head = 'accounts = ["2211.05"]\nfront_line_centers = ["一车间*"]'
    found = ledger(tmp_path, ("2025-03-01", "1", "2211.05", "培训", "5.00", "", center, "", typed), head=head)
    (total,) = found.years[0].totals
    assert {key for key in ("front", "other", "unknown") if getattr(total, key)} == {front}
    assert ("front_line_spent" in found.years[0].facts()) == (front != "unknown")
    assert [each.code for each in found.problems] == (["ledger_front_line"] if typed == "也许" else [])


AMOUNTS = {
    "1,234.50": "1234.50",
    "１２３４.５": "1234.50",
    "12.3万元": "123000.00",
    "(500.00)": "-500.00",
    "¥ 7": "7.00",
    "+8": "8.00",
    "-0.01": "-0.01",
    "007.1": "7.10",
    " 5.00 ": "5.00",
    "999,999,999,999.99": "999999999999.99",
    "1000000000000": "1000000000000.00",
    "": None,
    " ": None,
}
UNREADABLE = {
    "1.005": "amount_decimals",
    "1e5": "amount_unreadable",
    "NaN": "amount_unreadable",
    "12,34.00": "amount_unreadable",
    ".5": "amount_unreadable",
    "1_000": "amount_unreadable",
    "-": "amount_unreadable",
    "1000000000000.01": "amount_over_limit",
    "999999999999999": "amount_over_limit",
}


@pytest.mark.parametrize(("typed", "amount"), AMOUNTS.items())
@pytest.mark.parametrize("account", ["2211.05", "1002"])
def test_amounts_are_read_as_people_type_them(typed: str, amount: str | None, account: str, tmp_path: Path) -> None:
    found = ledger(tmp_path, ("2025-03-01", "1", account, "培训", typed, "3.00"))
    assert found.file == (1, Decimal(amount or "0.00"), Decimal("3.00"))
    assert found.sums["accepted" if account == "2211.05" else "ignored"].rows == 1


@pytest.mark.parametrize(("typed", "code"), UNREADABLE.items())
@pytest.mark.parametrize("account", ["2211.05", "1002"])
def test_an_amount_that_cannot_be_read_is_listed_and_never_nothing(
    typed: str, code: str, account: str, tmp_path: Path
) -> None:
    found = ledger(
        tmp_path,
        ("2025-03-01", "1", "1002", "x", "", "2.00"),
        ("2025-03-01", "1", account, "培训", typed, "3.00"),
    )
    (problem,) = found.problems
    said(problem)
    assert (problem.code, problem.level, problem.where.line, problem.where.path) == (code, "error", 3, ("debit",))
    assert found.sums["rejected"] == (1, Decimal("0.00"), Decimal("3.00"))
    assert found.file == (2, Decimal("0.00"), Decimal("5.00"))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("2025-03-01", "1", "", "培训", "5.00"), "ledger_no_account"),
        (("2025-03-01", "1", "2211.05", "培训"), "ledger_no_amount"),
        (("2025-02-29", "1", "2211.05", "培训", "5.00"), "ledger_day"),
        (("03/04/2025", "1", "2211.05", "培训", "5.00"), "ledger_day"),
        (("25-03-04", "1", "2211.05", "培训", "5.00"), "ledger_day"),
        (("2025111", "1", "2211.05", "培训", "5.00"), "ledger_day"),
        (("45678", "1", "2211.05", "培训", "5.00"), "ledger_day"),
        (("2007-12-31", "1", "2211.05", "培训", "5.00"), "ledger_day"),
        (("", "1", "2211.05", "培训", "5.00"), "ledger_day"),
    ],
)
def test_a_line_of_the_fund_that_lacks_something_is_rejected(row: tuple[str, ...], code: str, tmp_path: Path) -> None:
    found = ledger(tmp_path, row)
    assert [(each.code, each.where.line) for each in found.problems] == [(code, 2)]
    said(found.problems[0])
    assert found.sums["rejected"].rows == 1
    assert found.years == ()


@pytest.mark.parametrize(
    "typed",
    [
        "2025-03-01",
        "2025-3-1",
        "2025/3/1",
        "2025.3.1",
        "20250301",
        "2025年3月1日",
        "２０２５-０３-０１",
        " 2025-03-01 ",
        "2025-03-01 08:30:00",
        "2025-03-01T08:30",
        "2025/03/01 00:00",
    ],
)
def test_days_are_read_as_people_and_systems_write_them(typed: str, tmp_path: Path) -> None:
    found = ledger(tmp_path, (typed, "1", "2211.05", "培训", "5.00"))
    assert (found.years[0].first, found.problems) == (date(2025, 3, 1), ())


def test_rows_of_totals_are_passed_over(tmp_path: Path) -> None:
    found = ledger(
        tmp_path,
        ("2025-03-01", "1", "2211.05", "培训", "5.00"),
        ("2025-03-31", "", "2211.05", "本月合计", "5.00"),
        ("", "", "", "合计", "5.00", "0"),
        ("2025-03-31", "1", "2211.05", "合计培训", "1.00"),
    )
    assert (found.total_rows, found.sums["ignored"].rows) == (2, 2)
    assert amounts(found) == {"11": "6.00"}


@pytest.mark.parametrize("account", [" 2211.05", "2211.05\u3000", "\u00a02211.05", "\u30002211.05.1", "\t2211.05"])
def test_blanks_around_an_account_make_no_other_account(account: str, tmp_path: Path) -> None:
    assert amounts(ledger(tmp_path, ("2025-03-01", "1", account, "培训", "5.00"))) == {"11": "5.00"}


@pytest.mark.parametrize(
    ("pattern", "inside"),
    [
        ("001", {"001"}),
        ("0*", {"001", "01", "0_1"}),
        ("*1", {"001", "1", "01", "0_1"}),
        ("0_1", {"0_1"}),
        ("0_*", {"0_1"}),
        ("*", {"001", "1", "01", "0_1", "'"}),
        ("'", {"'"}),
    ],
)
def test_accounts_are_texts_and_only_a_star_stands_for_others(pattern: str, inside: set[str], tmp_path: Path) -> None:
    rows = [("2025-03-01", "1", account, "培训", "5.00") for account in ("001", "1", "01", "0_1", "'")]
    found = ledger(tmp_path, *rows, head=f'accounts = ["{pattern}"]', rules="rule = []")
    assert {each.account for each in found.lists["unassigned"].lines} == inside
    assert found.sums["ignored"].rows == len(rows) - len(inside)


TEXTS = ("计提", "焊工培训", "培训", "境外培训", "茶歇", "重分类", "工会费", "合计", "编程")
TYPED = st.one_of(
    st.integers(-(10**9), 10**9).map(lambda fen: f"{Decimal(fen).scaleb(-2):.2f}"),
    st.integers(0, 10**9).map(lambda fen: f"{Decimal(fen).scaleb(-2):,.2f}"),
    st.sampled_from(["", "1.005", "x", "(12.50)", "１２", "0", "3万元"]),
)
ROW = st.tuples(
    st.sampled_from(["2025-03-01", "2024/3/1", "x"]),
    st.sampled_from(["1", "S-1", ""]),
    st.sampled_from(["2211.05", "2211.05.9", "1002", "", " 2211.05 "]),
    st.sampled_from(TEXTS),
    TYPED,
    TYPED,
)


@given(st.lists(ROW, max_size=30))
def test_every_line_is_where_a_plain_loop_puts_it(rows: list[tuple[str, ...]]) -> None:
    """An independent judge: accepted, rejected and ignored equal the file, and the classes equal what is accepted."""
    with TemporaryDirectory() as folder:
        found = ledger(Path(folder), *rows)
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal("0.00"), Decimal("0.00")])
    judged: dict[tuple[int, str], Decimal] = defaultdict(lambda: Decimal("0.00"))
    for row in rows:
        status, debit, credit = _status(row)
        before = sums[status]
        sums[status] = [before[0] + 1, before[1] + debit, before[2] + credit]
        if status == "accepted":
            judged[int(row[0][:4]), _class(row)] += debit - credit
    assert {name: list(each) for name, each in found.sums.items() if each.rows} == dict(sums)
    totals = [(year.year, each) for year in found.years for each in year.totals]
    assert {(year, each.name): each.debit - each.credit for year, each in totals} == judged
    assert sum(each.lines for _, each in totals) == found.sums["accepted"].rows
    assert sum(each.debit for _, each in totals) == found.sums["accepted"].debit
    assert all(each.front + each.other + each.unknown == each.debit - each.credit for _, each in totals)
    assert len([each for each in found.problems if each.level == "error"]) == found.sums["rejected"].rows


READ = {"(12.50)": "-12.50", "１２": "12.00", "0": "0.00", "3万元": "30000.00", "": None}
BROKEN = ("1.005", "x")


def _status(row: tuple[str, ...]) -> tuple[str, Decimal, Decimal]:
    day, _, account, text, *sides = row
    debit, credit = (None if side in BROKEN else READ.get(side, side.replace(",", "")) for side in sides)
    values = Decimal(debit or "0.00"), Decimal(credit or "0.00")
    if set(sides) & set(BROKEN):
        return "rejected", *values
    if text == "合计":
        return "ignored", *values
    if not account:
        return "rejected", *values
    if account == "1002":
        return "ignored", *values
    return "rejected" if sides == ["", ""] or day == "x" else "accepted", *values


def _class(row: tuple[str, ...]) -> str:
    _, voucher, account, text, *_ = row
    if voucher == "S-1":
        return "6"
    by_word = {"计提": "extraction", "重分类": "reclassification", "工会费": "union_fund"}
    if text in by_word:
        return by_word[text]
    if text == "境外培训":
        return "ask"
    if account == "2211.05.9":
        return "in_full"
    return {"焊工培训": "5", "培训": "11"}.get(text, "unassigned")


def test_ten_thousand_lines_equal_the_file_to_the_fen(tmp_path: Path) -> None:
    rows = [("2025-03-01", str(n), f"2211.0{n % 9}", "培训", f"{n}.{n % 100:02d}", "") for n in range(10_000)]
    found = ledger(tmp_path, *rows)
    assert found.file == (10_000, sum(Decimal(row[4]) for row in rows), Decimal("0.00"))
    assert found.sums["accepted"].debit == sum(Decimal(row[4]) for row in rows if row[2] == "2211.05")


def test_the_payroll_gives_total_and_deductible_wages(tmp_path: Path) -> None:
    path = made(
        tmp_path / "pay.csv",
        ("2025-01-15", "基本工资", "100.00"),
        ("2025-02-15", "基本工资", "(20.00)"),
        ("2025-12-31", "未付奖金", "30.00"),
        ("2025-12-31", "代扣", "5.00"),
        ("合计", "合计", "115.00"),
        headings=("日期", "工资项目", "金额"),
    )
    rules = """
[[rule]]
name = "unpaid"
words = ["未付"]
to = "wages_not_deductible"

[[rule]]
name = "pay"
account = ["基本工资"]
to = "wages"

[[rule]]
name = "withheld"
words = ["代扣"]
to = "ignore"
"""
    found = read(path, map_of(tmp_path, rules, 'accounts = ["*"]', wages=True))
    facts = {"total_wages": Decimal("110.00"), "deductible_wages": Decimal("80.00")}
    assert [each.facts() for each in found.years] == [facts]
    with pytest.raises(Refused) as refused:
        map_of(tmp_path, rules, 'accounts = ["*"]')
    assert problems(refused) == [("map_to", 7), ("map_to", 12)]


MAPS = {
    'accounts = []\nrule = []': [("map_accounts", 2)],
    'rule = []': [("missing_key", 1)],
    'accounts = ["1"]\nrule = []\nwhat = 1': [("map_key", 4)],
    'accounts = ["1"]\n[[rule]]\nname = "a"\nto = "nonsense"': [("map_to", 5)],
    'accounts = ["1"]\n[[rule]]\nname = "a"\nto = 12': [("map_to", 5)],
    'accounts = ["1"]\n[[rule]]\nname = "a"\nto = 8': [("map_equipment", 3)],
    'accounts = ["1"]\n[[rule]]\nname = "a"\nto = 7\nequipment = "cost"': [("map_no_equipment", 6)],
    'accounts = ["1"]\n[[rule]]\nname = "a"\nto = 7\nwords = ["MBA"]': [("map_only_asks", 6)],
    'accounts = ["1"]\n[[rule]]\nname = "a"\nto = "forbidden.degree"\nwords = ["学位"]': [("map_only_asks", 6)],
    'accounts = ["1"]\n[[rule]]\nname = "a"\nto = 7\nside = "left"': [("choice_unknown", 6)],
    'accounts = ["1"]\n[[rule]]\nname = "a"\nto = 7\nwoords = ["x"]': [("unknown_key_like", 6)],
    'accounts = ["1"]\n[[rule]]\nname = "a"\nto = 7\n[[rule]]\nname = "a"\nto = 6': [("map_name_twice", 7)],
    'accounts = ["1"]\n[columns]\nbetrag = "x"\n[[rule]]\nname = "a"\nto = 7': [("map_column", 4)],
    'accounts = ["1"\n[[rule]]': [("toml_syntax", 3)],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MAPS.items())
def test_a_wrong_mapping_says_what_and_where(text: str, expected: list[tuple[str, int]], tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(f"format = 1\n{text}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        mapping.read(tmp_path / "map.toml")
    assert problems(refused) == expected


def test_a_mapping_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        mapping.read(tmp_path / "map.toml")
    assert problems(refused) == [("map_missing", None)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_of_a_mapping_is_one(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_bytes(mapping.template(lang))
    found = mapping.read(path)
    assert {each.to for each in found.table.rule} >= {"1", "3", "4", "5", "6", "7", "8", "9", "10", "11", "reversal"}
    for each in classes.assignable():
        assert each in path.read_text(encoding="utf-8") or each in classes.uses()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_class_has_a_name(lang: str) -> None:
    for each in (*classes.assignable(), *classes.assignable(wages=True), classes.UNASSIGNED, classes.OTHER_PERIOD):
        key = f"ledger.uses.{each}" if each in classes.uses() else f"ledger.classes.{each}"
        assert known(key)
        assert word(key, lang) in classes.named(each, lang)


def test_where_duckdb_is_missing_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Refused) as refused:
        ledger(tmp_path, ("2025-03-01", "1", "2211.05", "培训", "5.00"))
    assert problems(refused) == [("ledger_needs_duckdb", None)]
