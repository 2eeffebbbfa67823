"""The explanation: its figures are the computed ones, down to the facts, and it cites the law in force."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from evaluator import by_value, excel
from histories import histories
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from making import case_of, computed, stated

from eduf.explain import Explanation, as_json, citations, explain, text
from eduf.history import History, compute
from eduf.lines import LINES, NAMES
from eduf.money import share
from eduf.schemas import schema_of
from eduf.symbols import formula


def nodes(node: Explanation) -> list[Explanation]:
    return [node, *(each for operand in node.operands for each in nodes(operand))]


def three_years() -> History:
    return computed(
        {"year": 2017, "spent": 60_000, "extracted": 60_000},
        {"year": 2018, "spent": 10_000},
        {"year": 2019, "collection": "deemed"},
        opening={"fund_balance": 0, "carried_forward": [{"from": 2016, "amount": 500}]},
    )


@settings(max_examples=30)
@given(histories(max_years=4))
def test_the_figures_of_an_explanation_are_the_computed_ones(history: dict[str, Any]) -> None:
    found = compute(case_of(stated(history)))
    last = found.years[-1]
    for name in NAMES:
        for node in nodes(explain(found, last.year, name)):
            year = found.year(node.year)
            assert year is not None
            assert node.value == year.values[node.name]
            if node.line and not node.above and node.value is not None:
                operands = [each.value for each in node.operands]
                assert [each.name for each in node.operands] == list(node.line.reads)
                assert node.line(*operands) == node.value


@settings(max_examples=20)
@given(histories(max_years=3))
def test_the_figures_put_into_the_formula_give_the_figure_again(history: dict[str, Any]) -> None:
    found = compute(case_of(stated(history)))
    for name in NAMES:
        for node in nodes(explain(found, found.years[-1].year, name)):
            if node.line and node.operands and node.value is not None:
                put_in = {each.name: float(each.value) for each in node.operands if each.value is not None}
                assert len(put_in) == len(node.operands)
                given = excel(formula(node.line, "excel"), put_in, by_value)
                assert Decimal(f"{given:.2f}") == node.value
                assert all(each.shown() in node.figures("en") for each in node.operands)


def test_an_explanation_ends_in_facts_law_and_openings() -> None:
    leaves = {node.origin for node in nodes(explain(three_years(), 2018, "carried_forward")) if not node.operands}
    assert leaves == {"stated", "law", "left_out", "computed"}  # computed: explained above


def test_what_was_explained_above_is_not_explained_again() -> None:
    tree = nodes(explain(three_years(), 2018, "carried_forward"))
    computed_once = [(node.year, node.name) for node in tree if node.operands]
    assert len(computed_once) == len(set(computed_once))
    assert any(node.above for node in tree)


def test_what_is_nothing_because_nothing_is_stated_is_said_in_one_line() -> None:
    lines = list(text(explain(three_years(), 2018, "deductible_spent"), "en"))
    at = lines.index("    Charged to before 2008 2018 = 0.00")
    assert lines[at + 1 :] == ["        nothing is stated for it"]


def test_a_zero_that_was_stated_is_explained_as_such() -> None:
    lines = list(text(explain(computed({"year": 2021, "spent": 0}), 2021, "available"), "en"))
    assert "            stated: year 2021: spent" in lines


def test_ninety_three_years_can_be_explained() -> None:
    history = computed(*({"year": year, "spent": 26_000} for year in range(2008, 2101)))
    node = explain(history, 2100, "carried_forward")
    assert "Carried forward 2008 = 1,000.00" in "\n".join(text(node, "en"))
    assert json.dumps(as_json(node, "zh")).count('"carried_forward"') >= 93


def test_the_cap_of_2018_reads_so_in_english() -> None:
    assert list(text(explain(three_years(), 2018, "cap"), "en")) == [
        "Deduction cap 2018 = 80,000.00",
        "    = Deductible wages × Deduction rate, to the fen, half up",
        "    = 1,000,000.00 × 8%, to the fen, half up = 80,000.00",
        "    law: Caishui [2018] No. 51 (from 2018-01-01; text read)",
        "    law: Bianrenshehan [2021] No. 21 (Kaifeng) part 5 (from 2018-01-01; text read)",
        "    rounding: Schedule A105050, Employee Compensation and Tax Adjustment, with its instructions "
        "(from 2008-01-01; not checked)",
        "    Deductible wages 2018 = 1,000,000.00",
        "        stated: year 2018: deductible_wages",
        "    Deduction rate 2018 = 8%",
        "        by law",
        "        law: Caishui [2018] No. 51 (from 2018-01-01; text read)",
        "        law: Bianrenshehan [2021] No. 21 (Kaifeng) part 5 (from 2018-01-01; text read)",
    ]


def test_the_carry_forward_of_2018_reads_so_in_chinese_one_level_deep() -> None:
    lines = list(text(explain(three_years(), 2018, "carried_forward"), "zh", 1))
    assert lines[:3] == [
        "2018年 累计结转以后年度 = 0.00",
        "    = 可扣除额 － 税收金额（扣除额）",
        "    = 45,500.00 － 45,500.00 = 0.00",
    ]
    assert [line for line in lines if line.startswith("    2018年")] == [
        "    2018年 可扣除额 = 45,500.00",
        "    2018年 税收金额（扣除额） = 45,500.00",
    ]
    assert any(re.fullmatch(r" {8}……下级还有\d+项（--depth）", line) for line in lines)


def test_last_years_figure_is_named_where_it_is_carried_over() -> None:
    assert "        = Carried forward of 2017" in text(explain(three_years(), 2018, "brought_forward"), "en")


def test_what_a_deemed_year_does_not_have_is_said_and_is_not_zero() -> None:
    node = explain(three_years(), 2019, "deducted")
    assert (node.value, node.origin) == (None, "not_here")
    assert list(text(node, "en")) == ["Deducted 2019 = —", "    not in this year"]
    rate = explain(three_years(), 2019, "cap_rate")
    assert list(text(rate, "en")) == ["Deduction rate 2019 = —", "    none in a year of deemed collection"]


def test_a_stated_fact_tells_its_reason() -> None:
    history = computed({"year": 2012, "cap_rate": "8%", "cap_rate_because": "Zhongguancun"})
    assert list(text(explain(history, 2012, "cap_rate"), "en")) == [
        "Deduction rate 2012 = 8%",
        "    stated, because: Zhongguancun: year 2012: cap_rate",
    ]


def test_a_stated_cap_rate_is_not_attributed_to_the_law_of_another() -> None:
    history = computed({"year": 2012, "cap_rate": "8%", "cap_rate_because": "Zhongguancun"})
    assert [entry.id for entry in explain(history, 2012, "cap").law] == ["rounding.2008"]


def test_an_elected_extraction_rate_cites_its_own_entry_only() -> None:
    cited = {
        rate: explain(computed({"year": 2021, "extraction_rate": rate}), 2021, "extraction_due").law
        for rate in ("1.5%", "2.5%", "3%")
    }
    assert [[entry.id for entry in each][:-1] for each in cited.values()] == [
        ["extraction.ordinary.2002"],
        ["extraction.intensive.2002"],
        ["extraction.ordinary.2002", "extraction.intensive.2002"],
    ]


@pytest.mark.parametrize(("year", "name"), [(2018, "nothing"), (2030, "cap")])
def test_a_figure_that_is_not_there_is_a_key_error(year: int, name: str) -> None:
    with pytest.raises(KeyError):
        explain(three_years(), year, name)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_json_of_every_explanation_fits_its_schema(lang: str) -> None:
    validator = Draft202012Validator(schema_of("explanation"))
    for name in NAMES:
        document = as_json(explain(three_years(), 2018, name), lang)
        assert json.loads(json.dumps(document)) == document
        validator.validate({"format": 1, "eduf": "0", "explanation": document})


def test_a_depth_cuts_the_json_too() -> None:
    assert as_json(explain(three_years(), 2018, "cap"), "en", 0)["operands"] == []


def test_an_entry_with_an_unchecked_part_says_which() -> None:
    entry = three_years().law.rate("cap", 2016, ("high_tech",))
    assert list(citations(entry, "en")) == [
        "Caishui [2015] No. 63 (2015-01-01 to 2017-12-31; not checked: the start date)"
    ]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.name} {dict(line.only)}")
def test_every_line_cites_law_that_is_in_force_in_the_years_in_which_it_applies(line: Any) -> None:
    law = three_years().law
    first = 2014 if line.name not in ("form_deducted",) else min(line.only["edition"])
    first = 2018 if line.only.get("tax") == ("small",) else first
    for said in line.law:
        assert law.cite(said, first, ("software", "small_low_profit")), f"{said} in {first}"


def test_share_is_the_only_product() -> None:
    assert share(Decimal("11186450.00"), Decimal("0.080")) == Decimal("894916.00")
