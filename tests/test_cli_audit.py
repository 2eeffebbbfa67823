"""`eduf audit` as an auditor meets it: what it prints, what it is in JSON, and its exit status."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from test_cli import MACHINERY, SERVICES, Eduf, eduf  # noqa: F401

from eduf.audit import CHECKS
from eduf.schemas import schema_of

MISTAKES = [  # of the example; what they do to later years is in its JSON
    ("old_rate", 2018, "row5_rate", "0.025", "0.080"),
    ("unspent_in_carry_forward", 2019, "row5_carried_forward", "826573.85", "307704.00"),
    ("sign", 2021, "row5_adjustment", "174950.40", "-174950.40"),
    ("cap_on_other_wages", 2022, "row5_deducted", "1140000.00", "1127050.00"),
    ("one_plus_four", 2024, "row5_deducted", "395843.01", "312640.00"),
]
CLEAN = """format = 1
[enterprise]
name = "企业"
founded = 2020
extraction_rate = "2.5%"
[[year]]
year = 2020
total_wages = 1000000
deductible_wages = 1000000
spent = 20000
extracted = 25000
"""
CSV = "年度,行次,账载金额,实际发生额,税收规定扣除率,税收金额,纳税调整金额\n2020,5,25000,20000,8%,{deducted},5000\n"


def test_the_five_mistakes_of_the_example_are_found_and_nothing_else(eduf: Eduf) -> None:  # noqa: F811
    said = eduf("audit", MACHINERY, "--json")
    assert (said.status, said.err) == (1, "")
    document = json.loads(said.out)
    Draft202012Validator(schema_of("findings"), format_checker=FormatChecker()).validate(document)
    own = [each for each in document["findings"] if each["because_of"] is None and each["code"] != "fund_overspent"]
    assert [(each["code"], each["year"], each["line"], each["filed"], each["should_be"]) for each in own] == MISTAKES
    assert own[4]["explanations"] == ["one_plus_four", "extraction_deducted"]
    assert document["tax_net"] == "-58313.10"
    unspent = own[1]
    assert [own[n]["tax_net"] for n in (0, 2, 3, 4)] == ["-38134.98", "-52485.12", "0.00", "11679.00"]
    assert (unspent["tax_effect"], unspent["tax_net"]) == ("0.00", "20628.00")  # 137,520.00 unspent × 15 %
    assert unspent["taxes"][0]["late_fee"] == {"since": "2024-06-01", "a_day": "9.91"}  # 19,826.55 × 0.05 %
    assert own[0]["taxes"][0]["claim"] == {
        "from_year_end": "2023-12-31",
        "from_settlement": "2024-05-31",
        "refund": "2022-05-31",
    }
    cited = {each["id"] for each in document["law"]["entries"]}
    assert {law for each in document["findings"] for law in each["law"]} == cited


@pytest.mark.parametrize(
    ("deducted", "status", "codes"),
    [("20000", 0, []), ("25000", 1, ["one_plus_four"]), ("19000", 0, ["too_little_deducted"])],
)
def test_the_status_is_1_where_there_are_errors(deducted: str, status: int, codes: list[str], eduf: Eduf) -> None:  # noqa: F811
    Path("case.toml").write_text(CLEAN, encoding="utf-8")
    Path("filed.csv").write_text(CSV.format(deducted=deducted), encoding="gb18030")
    said = eduf("audit", "case.toml", "--filed", "filed.csv", "--json")
    document = json.loads(said.out)
    Draft202012Validator(schema_of("findings")).validate(document)
    assert (said.status, [each["code"] for each in document["findings"] if not each["because_of"]]) == (status, codes)
    assert [each["file"] for each in document["returns"]["files"]] == ["filed.csv"]
    assert eduf("audit", "case.toml", "--filed", "filed.csv").status == status


def test_one_year_alone(eduf: Eduf) -> None:  # noqa: F811
    found = json.loads(eduf("audit", MACHINERY, "--year", "2022", "--json").out)["findings"]
    assert {each["year"] for each in found} == {2022}
    assert "2022, row 5 column 5 (deducted): 1,140,000.00" in eduf("audit", MACHINERY, "--year", "2022").out
    assert eduf("audit", MACHINERY, "--year", "2017") == (
        0,
        "开封精工机械示例有限公司: audit of the filed returns  (unit: yuan)\nReturns: 2016–2025\nNothing was found.\n",
        "",
    )
    assert "The case has no year 2015" in eduf("audit", MACHINERY, "--year", "2015").err


def test_consequences_stand_indented_under_their_mistake(eduf: Eduf) -> None:  # noqa: F811
    lines = eduf("audit", MACHINERY, "--lang", "zh").out.splitlines()
    at = next(n for n, line in enumerate(lines) if "(sign)" in line)
    assert lines[at].startswith("  错误  2021年第5行第6列（纳税调整金额）为174,950.40，应为-174,950.40")
    assert lines[at + 4 : at + 5] == ["      由此引起，自该年起更正后变为"]
    assert lines[at + 5].startswith("        2021年第4行第6列（纳税调整金额）")
    assert not any("(follows)" in line for line in lines)


def test_a_case_without_returns_is_said_to_have_none(eduf: Eduf) -> None:  # noqa: F811
    said = eduf("audit", SERVICES)
    assert said.status == 0
    assert "Returns: none" in said.out
    assert "notice: Nothing filed is stated; only the books are looked at." in said.err
    assert eduf("audit", SERVICES, "--quiet").err == ""


def test_the_checks_are_listed(eduf: Eduf) -> None:  # noqa: F811
    for lang in ("zh", "en"):
        said = eduf("audit", "--list", "--lang", lang)
        assert said.status == 0
        assert [line.split()[0] for line in said.out.splitlines()] == [check.code for check in CHECKS]
    listed = json.loads(eduf("audit", "--list", "--json").out)["checks"]
    assert [(each["code"], each["level"]) for each in listed] == [(each.code, each.level) for each in CHECKS]


def test_the_schema_knows_every_code() -> None:
    known = schema_of("findings")["$defs"]["finding"]["properties"]["code"]["enum"]
    assert known == sorted([*(check.code for check in CHECKS), "follows"])


WRONG = [
    (("audit",), "error: CASE is missing\n    `eduf audit --help` shows what it takes.\n"),
    (
        ("audit", "case.toml", "--filed", "twice.csv"),
        "twice.csv:2: filed 2020: year: error: The return of 2020 is stated in the case already.\n"
        "    Keep one of the two.\n",
    ),
    (
        ("audit", "case.toml", "--filed", "none.csv"),
        "none.csv: error: There is no such file.\n    Check the name; `eduf new none.csv` writes a template.\n",
    ),
]


@pytest.mark.parametrize(("arguments", "expected"), WRONG, ids=lambda value: str(value)[:30])
def test_wrong_input_is_status_2(arguments: tuple[str, ...], expected: str, eduf: Eduf) -> None:  # noqa: F811
    Path("case.toml").write_text(f"{CLEAN}[[filed]]\nyear = 2020\nfund_balance = 5000\n", encoding="utf-8")
    Path("twice.csv").write_text(CSV.format(deducted=20000), encoding="utf-8")
    assert eduf(*arguments) == (2, "", expected)


def test_a_return_for_a_year_without_facts_is_said(eduf: Eduf) -> None:  # noqa: F811
    Path("case.toml").write_text(CLEAN, encoding="utf-8")
    Path("filed.csv").write_text("年度,行次,税收金额\n2019,5,1\n", encoding="utf-8")
    said = eduf("audit", "case.toml", "--filed", "filed.csv")
    assert (said.status, said.err) == (
        0,
        "filed.csv:2: filed 2019: year: warning: There is a return for 2019, but the case has no facts of that year to "
        "hold it against.\n    State the facts of 2019 in the case.\n",
    )
