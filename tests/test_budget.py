"""Budgets: every figure against the judge, a fen less and more; what they say; the years that are made; refusals."""

import json
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from histories import histories, random_history
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from judge import is_small, judge, small_rates, taxes
from making import case_of, rate, stated, yuan
from test_cli import MACHINERY, SERVICES, Eduf, eduf

from eduf import Budget, compute, plan, read
from eduf.budget import BudgetYear
from eduf.budget.document import as_json
from eduf.files import dump, save
from eduf.law import current
from eduf.problems import Refused
from eduf.schemas import schema_of
from eduf.typed import scenario, span
from eduf.words.width import width

__all__ = ["eduf"]

HUGE = 10**17  # fen: more than any cap


def with_plan(history: dict[str, Any], first: int) -> dict[str, Any]:
    """The judge's history as a table whose years are a plan from that position on."""
    table = stated(history)
    for year in table["year"][first:]:
        year["status"] = "plan"
    return table


def judged(history: dict[str, Any], last: int, **facts: Any) -> dict[str, Any]:
    """The lines of a year, by its position, with other facts in it."""
    years = [*history["years"][:last], {**history["years"][last], **facts}]
    return judge({**history, "years": years})[-1]


@given(histories(max_years=5), st.integers(0, 4))
def test_a_fen_more_than_the_most_is_carried_forward(history: dict[str, Any], first: int) -> None:
    first = min(first, len(history["years"]) - 1)
    budget = plan(case_of(with_plan(history, first)))
    assert [each.year for each in budget.years] == [each["year"] for each in history["years"][first:]]
    for position, each in enumerate(budget.years, first):
        facts = history["years"][position]
        before = judged(history, position)["brought_forward"]
        if facts["collection"] == "deemed":
            assert (each.without_new, each.without_any, each.left) == (None, None, None)
            continue
        assert each.without_new is not None
        assert each.left == each.without_new.amount - yuan(facts["spent"])
        for most, carried in ((each.without_new, before), (each.without_any, 0)):
            if most is None:
                assert judged(history, position, spent=0)["carried_forward"] > carried
                continue
            spent = int(most.amount.scaleb(2))
            with_it, with_more = (judged(history, position, spent=spent + more) for more in (0, 1))
            assert with_it["carried_forward"] <= carried < with_more["carried_forward"]
            assert most.carried_forward == yuan(with_it["carried_forward"])
            assert most.with_a_fen_more == yuan(with_more["carried_forward"])


@given(histories(max_years=5), st.integers(0, 4))
def test_the_fund_at_each_rate_is_what_the_judge_has_when_all_plan_years_extract_at_it(
    history: dict[str, Any], first: int
) -> None:
    first = min(first, len(history["years"]) - 1)
    budget = plan(case_of(with_plan(history, first)))
    for per_mille, n in ((15, 0), (25, 1)):
        planned = [{**facts, "extraction_rate": per_mille, "extracted": None} for facts in history["years"][first:]]
        lines = judge({**history, "years": [*history["years"][:first], *planned]})[first:]
        for each, found in zip(budget.years, lines, strict=True):
            at = each.rates[n]
            assert (at.rate, at.entry.value) == (rate(per_mille), rate(per_mille))
            assert at.extraction == yuan(found["extraction_due"])
            assert at.fund_closing == yuan(found["fund_closing"])
            assert at.missing == yuan(max(-found["fund_closing"], 0))
        assert budget.missing(n) == yuan(max(0, *(-found["fund_closing"] for found in lines)))
    for each, found in zip(budget.years, judge(history)[first:], strict=True):
        assert each.missing == yuan(max(-found["fund_closing"], 0))
        paying = [at for at in each.rates if not at.missing]
        assert each.needed == (paying[0] if paying else None)
    enough = [n for n in (0, 1) if budget.missing(n) == 0]
    assert budget.needed == (budget.years[-1].rates[enough[0]].entry if enough else None)


def near_the_cliff(rng: random.Random) -> dict[str, Any]:
    """A history whose last year is mostly a small enterprise's, with income about the limit."""
    history = random_history(rng, rng.randint(1, 3), transfers=False)
    last = history["years"][-1]
    if rng.randrange(3):  # else what is brought forward mostly leaves nothing of the cap, or losses nothing of income
        nothing = {"fund_balance": 0, "before_2008_balance": 0, "carried_forward": [], "losses": []}
        history |= {"opening": nothing, "years": [last]}
    later = max(rng.randint(2018, 2027) - last["year"], 0)
    for facts in history["years"]:
        facts["year"] += later
    if rng.randrange(10) and last["year"] <= 2027:
        last |= {"qualifications": ("small_low_profit",), "tax_rate": None, "staff": 10, "assets": 0}
        last |= {"restricted_industry": False, "spent_in_full": 0, "booked_in_full": None, "collection": "books"}
        last |= {"total_wages": rng.randint(0, 10**9), "deductible_wages": rng.randint(0, 10**9), "extracted": None}
        last |= {"spent": rng.randint(0, last["deductible_wages"] // 10)}
        last |= {"income": rng.choice((1_000_000_00, 3_000_000_00)) + rng.randint(-100_000_00, 100_000_00)}
    return history


def test_the_cliff_is_told_and_a_fen_less_spent_would_not_stay_below() -> None:
    met: set[str] = set()
    for seed in range(200):
        history = near_the_cliff(random.Random(seed))
        position, last = len(history["years"]) - 1, history["years"][-1]
        each = plan(case_of(with_plan(history, position))).years[0]
        lines = judged(history, position)
        most = small_rates(last["year"])[2] if is_small(last) and last["collection"] == "books" else None
        income, tax = lines["taxable_income"], lines["tax"]
        if most is None or tax is None or income <= most:
            met.add("not crossed")
            assert (each.cliff, each.below_cliff) == (None, None)
            continue
        at_limit = taxes(last, most)["tax"]
        assert each.cliff == tuple(map(yuan, (income, most, income - most, tax, at_limit, tax - at_limit)))
        if each.below_cliff is None:
            met.add("nothing stays below")
            assert judged(history, position, spent=HUGE)["taxable_income"] > most
        else:
            met.add("spending stays below")
            spent = int(each.below_cliff.scaleb(2))
            assert judged(history, position, spent=spent)["taxable_income"] <= most
            assert judged(history, position, spent=spent - 1)["taxable_income"] > most
            assert spent > last["spent"]
    assert met == {"not crossed", "nothing stays below", "spending stays below"}


def front(spent: int | None, total: int, in_full: int = 0, **enterprise: Any) -> BudgetYear:
    """A plan year of 2026 in which so many fen go to front-line staff."""
    more = {} if spent is None else {"front_line_spent": yuan(spent)}
    in_full_too = {"spent_in_full": yuan(in_full)} if in_full else {}
    year = {"year": 2026, "status": "plan", "spent": yuan(total), **in_full_too, **more}
    return budget_of(year, qualifications=["software"] if in_full else [], **enterprise).years[0]


def budget_of(*years: dict[str, Any], opening: dict[str, Any] | None = None, **enterprise: Any) -> Budget:
    """The budget of a case whose years have ten million of wages."""
    plain = {"total_wages": 10_000_000, "deductible_wages": 10_000_000}
    table = {
        "format": 1,
        "enterprise": {"name": "测试企业", "extraction_rate": "1.5%", **enterprise},
        "opening": {"fund_balance": 0, "carried_forward": [], "losses": [], **(opening or {})},
        "year": [{**plain, **year} for year in years],
    }
    return plan(case_of(table))


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**6))
def test_the_least_for_front_line_staff_is_the_first_fen_at_sixty_per_cent(
    spent: int, total: int, in_full: int
) -> None:
    spent = min(spent, total + in_full)
    found = front(spent, total, in_full).front_line
    assert found.least is not None
    least, whole = int(found.least.scaleb(2)), total + in_full
    assert 10 * least >= 6 * whole > 10 * (least - 1)
    assert found.missing == yuan(max(least - spent, 0))
    if whole:
        tenths = int(Fraction(1000 * spent, whole) + Fraction(1, 2))
        assert found.percent == Decimal(tenths).scaleb(-1)


@pytest.mark.parametrize(
    ("spent", "total", "percent", "missing"),
    [
        (60_000_00, 100_000_00, "60.0", "0.00"),
        (59_999_99, 100_000_00, "60.0", "0.01"),
        (0, 100_000_00, "0.0", "60000.00"),
        (1, 2, "50.0", "0.01"),  # 60 % of 0.02 is 0.012
        (None, 100_000_00, None, None),
        (0, 0, None, "0.00"),
    ],
)
def test_what_is_unknown_of_front_line_staff_stays_unknown(
    spent: int | None, total: int, percent: str | None, missing: str | None
) -> None:
    found = front(spent, total).front_line
    assert [None if each is None else str(each) for each in (found.percent, found.missing)] == [percent, missing]
    assert found.entry is not None
    assert (found.entry.id, found.entry.value, found.entry.unchecked) == ("front_line.2010", Decimal("0.600"), True)


def test_the_share_for_front_line_staff_is_a_rule_for_enterprises_since_2010() -> None:
    institution = front(1, 2, kind="public_institution").front_line
    assert (institution.entry, institution.least, institution.missing) == (None, None, None)
    assert institution.percent == Decimal("50.0")
    early = budget_of({"year": 2009, "status": "plan", "spent": 1}).years[0].front_line
    assert (early.entry, early.least) == (None, None)


CLIFF: dict[str, Any] = {
    "year": 2026,
    "status": "plan",
    "extracted": 250_000,
    "spent": 100_000,
    "income": 2_900_000,
    "staff": 10,
    "assets": 0,
    "restricted_industry": False,
}
SMALL = ["small_low_profit"]


def test_a_plan_over_the_cliff_is_told_what_it_costs_and_what_stays_below(eduf: Eduf) -> None:
    found = budget_of(CLIFF, qualifications=SMALL).years[0]
    # taxable: 2,900,000 + 250,000 - 100,000; 25 % of it; at the limit 5 % of 3,000,000
    assert found.cliff is not None
    assert [str(each) for each in found.cliff] == [
        "3050000.00", "3000000.00", "50000.00", "762500.00", "150000.00", "612500.00",
    ]  # fmt: skip
    assert str(found.below_cliff) == "150000.00"
    assert [each.id for each in found.law][-2:] == ["small_limit.income.2019", "small_low_profit.cliff.2018"]
    at_limit = budget_of({**CLIFF, "spent": 150_000}, qualifications=SMALL).years[0]
    assert (at_limit.cliff, at_limit.below_cliff) == (None, None)


def test_where_the_cap_leaves_too_little_no_spending_stays_below() -> None:
    # cap 8 % of 1,800,000: 144,000; it leaves 44,000 of the 50,000
    found = budget_of({**CLIFF, "deductible_wages": 1_800_000}, qualifications=SMALL).years[0]
    assert (found.cliff is not None, found.below_cliff) == (True, None)
    enough = budget_of({**CLIFF, "deductible_wages": 1_875_000}, qualifications=SMALL).years[0]
    assert str(enough.below_cliff) == "150000.00"


TOLD = {
    "en": [
        "2026: a deduction of 50,000.00 more stays at the limit and saves 612,500.00 of tax; spending 150,000.00 under"
        " the cap, none of it extracted in addition, does it.",
        "2027: a deduction of 50,000.00 more would stay at the limit and save 612,500.00 of tax; the cap leaves only"
        " 44,000.00, so spending under it cannot do it.",
        "The plan needs no more than 1.5%: where every plan year extracts at it, the fund pays in each.",
    ],
    "zh": [
        "2026年：再多扣除50,000.00元即不超过限额，可少缴税612,500.00元；限额内支出达到150,000.00元（不因此多提取）即可做到。",
        "2027年：再多扣除50,000.00元即不超过限额，可少缴税612,500.00元；但扣除限额只余44,000.00元，靠增加限额内支出做不到。",
        "计划所需提取比例不高于 1.5%：各计划年度均按此提取的，每年经费都够支付。",
    ],
}


@pytest.fixture
def over(tmp_path: Path) -> str:
    """A case file whose two plan years are over the cliff."""
    second = {**CLIFF, "year": 2027, "deductible_wages": 1_800_000}
    case = budget_of(CLIFF, second, qualifications=SMALL).history.case
    file = tmp_path / "over.toml"
    save(file, dump(case, file, "en"), replace=False)
    return str(file)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_stands_straight_and_says_what_to_do(lang: str, over: str, eduf: Eduf) -> None:
    said = eduf("plan", over, "--lang", lang)
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert [line for line in TOLD[lang] if line not in lines] == []
    table = said.out.split("\n\n")[1].splitlines()
    assert {width(line) for line in table if line.startswith("  ") and line[-1] in "0%—n"} == {width(table[0])}
    assert "612,500.00" in said.out
    assert lines.count({"zh": "需要关注", "en": "To look at"}[lang]) == 1
    quiet = eduf("plan", over, "--lang", lang, "--quiet").out
    assert said.out.startswith(quiet)
    assert len(quiet) < len(said.out)


NEEDS = [
    ({"spent": 150_000}, "The plan needs no more than 1.5%"),
    ({"spent": "150000.01"}, "The plan needs 2.5%, which only enterprises with high demands on the skills"),
    ({"spent": 250_000}, "The plan needs 2.5%, which only enterprises with high demands on the skills"),
    ({"spent": "250000.01"}, "No rate of the law is enough: where every plan year extracts at 2.5%, the fund lacks"),
]


@pytest.mark.parametrize(("facts", "expected"), NEEDS)
def test_the_rate_that_pays_is_said(facts: dict[str, Any], expected: str) -> None:
    from eduf.budget.text import text

    found = budget_of({"year": 2026, "status": "plan", **facts})
    assert [line for line in text(found, "en", 100) if line.startswith(expected)] != []


def test_both_mosts_are_shown_only_where_they_differ() -> None:
    from eduf.budget.text import text

    def shown(carried: int) -> str:
        opening = {"carried_forward": [{"from": 2025, "amount": carried}]} if carried else {}
        return "\n".join(text(budget_of({"year": 2026, "status": "plan", "spent": 0}, opening=opening), "en", 100))

    new, none = "Most without new carry-forward", "Most with none carried forward"
    assert none not in shown(0)
    assert [line.split()[-1] for line in shown(300_000).splitlines() if new in line] == ["800,000.00"]
    for carried, expected in ((300_000, "500,000.00"), (800_000, "0.00"), (900_000, "none")):
        assert [line.split()[-1] for line in shown(carried).splitlines() if none in line] == [expected]
    years = [{"year": year, "status": "plan", "spent": 800_001} for year in (2026, 2027, 2028)]
    found = "\n".join(text(budget_of(*years[:2], {**years[2], "collection": "deemed"}), "en", 200))
    assert [line.split()[-3:] for line in found.splitlines() if none in line] == [["800,000.00", "799,999.00", "—"]]
    assert [line.split()[-3:] for line in found.splitlines() if new in line] == [["800,000.00", "800,000.00", "—"]]


def test_the_json_fits_its_schema_and_has_the_figures_of_the_rows(over: str, eduf: Eduf) -> None:
    for file, more in ((over, ()), (MACHINERY, ("--years", "2026-2030")), (SERVICES, ())):
        document = json.loads(eduf("plan", file, *more, "--json").out)
        Draft202012Validator(schema_of("plan")).validate(document)
        rows = plan(read(file), more[1] if more else None).rows()
        assert [each["year"] for each in document["years"]] == [row["year"] for row in rows]
        for each, row in zip(document["years"], rows, strict=True):
            most = each["most_without_new"]["amount"]
            assert (most, each["missing"]) == (str(row["most_without_new"]), str(row["fund_missing"]))
            assert each["front_line"]["least"] == str(row["front_line_least"])
    assert document["needed"] == "extraction.ordinary.2002"
    assert document["years"][0]["lines"]["fund_closing"] == "2044.10"  # 4,344.10 + 17,700.00 - 20,000.00


def test_a_deemed_year_has_no_cap_and_the_schema_knows_it() -> None:
    found = budget_of({"year": 2026, "status": "plan", "spent": 5, "collection": "deemed", "income": 9})
    Draft202012Validator(schema_of("plan")).validate(as_json(found, "en"))
    assert (found.rows()[0]["most_without_new"], found.rows()[0]["cap"]) == (None, None)


def test_rows_make_a_data_frame() -> None:
    years = pd.DataFrame(compute(read(MACHINERY)).rows()).set_index("year")
    assert years.loc[2019, "carried_forward"] == Decimal("307704.00")
    assert list(years["status"])[-3:] == ["actual", "plan", "plan"]
    assert not years["cap"].isna().any()
    frame = pd.DataFrame(plan(read(MACHINERY)).rows()).set_index("year")
    assert list(frame["left"]) == [Decimal("-136000.00"), Decimal("962000.00")]
    assert list(frame["most_without_any"]) == [Decimal("1344000.00"), Decimal("1256000.00")]
    assert list(frame["front_line_percent"]) == [Decimal("60.8"), Decimal("62.3")]


def test_years_after_the_last_are_made_and_said_to_be() -> None:
    case = read(MACHINERY)
    found = plan(case, "2027-2029")
    assert ([each.year for each in found.years], found.made) == ([2027, 2028, 2029], (2028, 2029))
    last = found.history.case.years[-1]
    assert (last.status, last.spent, last.front_line_spent) == ("plan", Decimal("430000.00"), None)
    # the rates count from the first plan year of the case, shown or not
    assert found.years[0].rates == plan(case).years[1].rates
    assert plan(case).made == ()
    assert [each.year for each in plan(case, "2027-").years] == [2027]
    assert [each.year for each in plan(case, "2020-2026").years] == [2026]


def test_typed_changes_hold_in_the_years_that_are_made() -> None:
    changes = scenario(["spent@2027=500000", "total_wages@2028-=grow 10%"], "--set")
    found = plan(read(SERVICES), "2027-2029", changes)
    assert [str(each.values["spent"]) for each in found.years] == ["500000.00"] * 3
    assert [str(each.values["total_wages"]) for each in found.years] == ["1180000.00", "1298000.00", "1427800.00"]
    assert compute(found.history.case).years[-1].values == found.history.years[-1].values


def test_a_scenario_of_the_case_may_be_planned(eduf: Eduf) -> None:
    document = json.loads(eduf("plan", MACHINERY, "--scenario", "B 多培训", "--json").out)
    assert [each["year"] for each in document["years"]] == [2026, 2027, 2028, 2029, 2030]
    assert document["made"] == []
    assert document["years"][4]["lines"]["cap"] == "1560051.38"


def test_another_law_plans_otherwise() -> None:
    law = current().replace("cap.general.2018", "10%").replace("front_line.2010", "70%")
    found = plan(read(MACHINERY), "2026", by=law.replace("extraction.intensive.2002", "7%")).years[0]
    assert found.without_new is not None
    assert str(found.without_new.amount) == "1680000.00"  # 10 % of 16,800,000
    assert str(found.front_line.missing) == "136000.00"  # 70 % of 1,480,000 - 900,000
    assert found.needed == found.rates[1]  # 389,724.80 + 7 % of 17,000,000 - 1,480,000
    assert str(found.rates[1].fund_closing) == "99724.80"


REFUSED = [
    (
        ("--years", "2025"),
        "'2025' names no plan year: those of the case begin after 2025, and its last year is 2026.\n"
        "    Name years after 2025; a range with an end, such as 2027-2029, makes the plan years up to it.\n",
        "“2025”中没有计划年度：案例的计划年度在2025年之后，最后一年是2026年。\n"
        "    请填写2025年之后的年度；有末年的区间（如 2027-2029）会生成直至其末年的计划年度。\n",
    ),
    (
        ("--years", "2028-"),
        "'2028-' names no plan year: those of the case begin after 2025, and its last year is 2026.\n",
        "“2028-”中没有计划年度：案例的计划年度在2025年之后，最后一年是2026年。\n",
    ),
    (("--years", "2029-2027"), "'2029-2027' does not name years.\n", "“2029-2027”不是年度范围。\n"),
    (("--years", "next"), "'next' does not name years.\n", "“next”不是年度范围。\n"),
    (("--years", "2099-2101"), "'2099-2101' ends after 2100.\n", "“2099-2101”超出2100年。\n"),
    (("--set", "spent@2026"), "'spent@2026' is not a difference.\n", "“spent@2026”不是一项变动。\n"),
    (("--scenario", "B"), "The case has no scenario 'B'.\n", "案例中没有名为“B”的方案。\n"),
]


@pytest.mark.parametrize(("arguments", "en", "zh"), REFUSED, ids=[" ".join(each[0]) for each in REFUSED])
def test_what_is_wrong_is_said(arguments: tuple[str, ...], en: str, zh: str, eduf: Eduf) -> None:
    for lang, expected in (("en", en), ("zh", zh)):
        said = eduf("plan", SERVICES, *arguments, "--lang", lang)
        assert (said.status, said.out) == (2, "")
        assert expected in said.err


def test_a_case_without_plan_years_is_told_how_to_have_them(tmp_path: Path) -> None:
    year = {"year": 2025, "total_wages": 5, "deductible_wages": 5, "spent": 0}
    case = case_of({"format": 1, "enterprise": {"name": "甲"}, "year": [year]})
    told = {
        ".toml": 'Add a [[year]] with status = "plan" after 2025, or have them made: --years 2026-2028.',
        ".xlsx": "Add a row for a year after 2025 with the status plan, or have them made: --years 2026-2028.",
    }
    for suffix, expected in told.items():
        file = tmp_path / f"case{suffix}"
        save(file, dump(case, file, "en"), replace=False)
        with pytest.raises(Refused) as refused:
            plan(read(file))
        (problem,) = refused.value.problems
        assert (problem.says("en"), problem.do("en")) == ("The case has no plan year.", expected)
    made = plan(case, "2026-2028")
    assert made.made == (2026, 2027, 2028)


def test_only_what_concerns_the_years_shown_is_to_be_looked_at() -> None:
    found = plan(read(MACHINERY), "2027-2028")
    assert {each.where.year for each in found.problems} <= {2027, 2028}
    overspent = budget_of({"year": 2025, "spent": 400_000}, {"year": 2026, "status": "plan", "spent": 400_000})
    assert [(each.code, each.where.year) for each in overspent.problems if each.level == "warning"] == [
        ("fund_overspent", 2026)
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("2027", (2027, 2027)), ("2027-2029", (2027, 2029)), ("2027-", (2027, None)), (" ２０２７ 至 2029", (2027, 2029))],
)
def test_years_are_read_as_they_are_typed(typed: str, expected: tuple[int, int | None]) -> None:
    assert span(typed) == expected
