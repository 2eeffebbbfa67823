"""Planning on the command line: scenario, solve and vary, as text, JSON and CSV, and what they refuse."""

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from making import computed
from test_cli import MACHINERY, SERVICES, Eduf, Said, eduf

from eduf.comparison import compare
from eduf.files import read
from eduf.history import compute
from eduf.problems import Refused
from eduf.schemas import schema_of
from eduf.sensitivity import sensitivity
from eduf.typed import varied
from eduf.words.width import width

__all__ = ["eduf"]

NARROW = ("--set", "spent@2027=900000")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_stands_straight_and_what_a_scenario_changes_beside_its_results(lang: str, eduf: Eduf) -> None:
    said = eduf("scenario", MACHINERY, "--quiet", "--lang", lang)
    assert (said.status, said.err) == (0, "")
    head, table, summary = said.out.split("\n\n")[1:]
    assert "4%" in head
    assert max(map(width, said.out.splitlines())) <= 100
    assert len({width(line) for line in table.splitlines() if line.endswith(("0", "%")) and "2030" not in line}) <= 5
    assert [line.split()[0] for line in summary.splitlines()[2:]] == ["B", "C", "D"]
    assert len({width(line) for line in summary.splitlines()}) == 1
    assert "+328,000.00" in table
    assert "+115.8%" in table


def test_only_the_scenarios_named_and_the_lines_asked_for_are_shown(eduf: Eduf) -> None:
    said = eduf("scenario", MACHINERY, "--only", "D 订单下滑", "--lines", "cap,限额余额")
    assert "B 多培训" not in said.out
    assert "Deduction cap\n" in said.out
    assert "Headroom under the cap\n" in said.out
    assert "Fund, closing" not in said.out
    assert "To look at: D 订单下滑\n" in said.out
    assert eduf("scenario", MACHINERY, "--only", "D 订单下滑", "--quiet").out.endswith("740,267.94\n")


def test_a_typed_scenario_stands_alone_unless_others_are_named(eduf: Eduf) -> None:
    names = [
        [each["name"] for each in json.loads(eduf("scenario", MACHINERY, *more, "--json").out)["scenarios"]]
        for more in (NARROW, (*NARROW, "--only", "C 项目分两年"), ())
    ]
    assert names == [
        ["baseline", "typed"],
        ["baseline", "C 项目分两年", "typed"],
        ["baseline", "B 多培训", "C 项目分两年", "D 订单下滑"],
    ]


def test_the_json_fits_its_schema_and_holds_the_computed_figures(eduf: Eduf) -> None:
    document = json.loads(eduf("scenario", MACHINERY, "--json").out)
    Draft202012Validator(schema_of("scenario")).validate(document)
    case = read(MACHINERY)
    found = compare(case)
    for shown, outcome in zip(document["scenarios"], found.outcomes, strict=True):
        for year, found_year in zip(shown["years"], outcome.history.years, strict=True):
            assert year["lines"]["carried_forward"] == str(found_year.values["carried_forward"])
    changed = document["scenarios"][3]["changed"]
    assert changed[0] == {"year": 2026, "fact": "total_wages", "before": "17000000.00", "after": "15005200.00"}
    (row,) = (
        each
        for each in document["scenarios"][3]["compared"]
        if (each["line"], each["year"]) == ("carried_forward", 2026)
    )
    assert row == {
        "year": 2026,
        "line": "carried_forward",
        "value": "293536.26",
        "baseline": "136000.00",
        "difference": "157536.26",
        "percent": "115.8",
    }
    assert json.loads(eduf("calc", MACHINERY, "--json").out)["years"] == document["scenarios"][0]["years"]


def test_the_csv_has_every_line_of_every_year_of_every_scenario(eduf: Eduf) -> None:
    rows = list(csv.DictReader(io.StringIO(eduf("scenario", MACHINERY, "--csv").out)))
    lines = len(compute(read(MACHINERY)).years[0].lines())
    assert len(rows) == lines * (12 + 15 + 12 + 12)
    assert {row["scenario"] for row in rows} == {"", "B 多培训", "C 项目分两年", "D 订单下滑"}
    assert list(rows[0]) == ["scenario", "year", "line", "value", "baseline", "difference", "percent"]


def test_solve_gives_the_answer_with_its_proof(eduf: Eduf) -> None:
    said = eduf("solve", MACHINERY, "--change", "spent@2026", "--so-that", "carried_forward@2027=0")
    assert said.out == (
        "Spent under the cap 2026, amount: 2,306,000.00 is the largest for which Carried forward 2027 = 0.00."
        " 2,305,999.99 does it too: 0.00. 2,306,000.01 no longer does: 0.01.\n"
        "\n"
        "Spent under the cap  Carried forward 2027  As wanted\n"
        "2,305,999.99                         0.00        yes\n"
        "2,306,000.00                         0.00        yes\n"
        "2,306,000.01                         0.01         no\n"
    )
    smallest = ("--change", "spent@2026- grow", "--so-that", "carried_forward@2026>=1", "--smallest", "--between")
    document = json.loads(eduf("solve", MACHINERY, *smallest, "0%", "500%", "--json").out)
    Draft202012Validator(schema_of("solution")).validate(document)
    # 2025: 268,915.00; × 4.998 = 1,344,037.17, × 4.997 = 1,343,768.26; the cap is 1,344,000.00
    assert (document["answer"], document["which"], document["between"]) == ("3.998", "smallest", ["0.000", "5.000"])


def test_a_goal_may_be_sought_within_a_scenario(eduf: Eduf) -> None:
    asked = ("--change", "spent@2030", "--so-that", "carried_forward@2030=0", "--json")
    found = json.loads(eduf("solve", MACHINERY, *asked, "--scenario", "B 多培训").out)
    # 175,124.99 brought forward; cap 8 % of 98.5 % of 19,797,606.40 = 1,560,051.38
    assert found["answer"] == "1384926.39"
    assert "2027" in eduf("solve", MACHINERY, *asked).err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_several_assumptions_are_ordered_by_how_far_they_move_the_line(lang: str, eduf: Eduf) -> None:
    wages, spent = "deductible_wages grow -10%..10%", "spent*=80%..120%"
    said = eduf("vary", MACHINERY, "--vary", wages, "--vary", spent, "--line", "carried_forward@2026", "--lang", lang)
    rows = [line for line in said.out.splitlines() if "(" in line and ")" in line and "%" in line]
    assert ["432,000.00" in rows[0], "257,926.90" in rows[1], len(rows)] == [True, True, 2]
    assert max(map(width, said.out.splitlines())) <= 100


def test_one_assumption_is_shown_step_by_step(eduf: Eduf) -> None:
    asked = ("vary", MACHINERY, "--vary", "spent@2026*=95%..105% step 5%", "--line", "carried_forward@2026")
    assert [line.split() for line in eduf(*asked).out.splitlines()[3:]] == [
        ["95%", "62,000.00", "-74,000.00"],  # 1,480,000 × 95 % - 1,344,000
        ["100%", "136,000.00", "0.00"],
        ["105%", "210,000.00", "+74,000.00"],
    ]
    document = json.loads(eduf(*asked, "--json").out)
    Draft202012Validator(schema_of("sensitivity")).validate(document)
    assert [each["result"] for each in document["vary"][0]["points"]] == ["62000.00", "136000.00", "210000.00"]
    rows = list(csv.DictReader(io.StringIO(eduf(*asked, "--csv").out)))
    assert [(row["value"], row["difference"]) for row in rows] == [
        ("0.950", "-74000.00"),
        ("1.000", "0.00"),
        ("1.050", "74000.00"),
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("total_wages grow -5%..10% step 5%", ("grow", "", ["-5%", "0%", "5%", "10%"])),
        ("total_wages@2026-=grow -1%..1%", ("grow", "2026-", ["-1%", "1%"])),
        ("spent@2026=400,000..500,000 step 40,000", ("to", "2026", ["400000", "440000", "480000"])),
        ("spent@2026-2027+=-5..5 step 5", ("add", "2026-2027", ["-5", "0", "5"])),
        ("extraction_rate@2026=1.5%..2.5% step 0.5%", ("to", "2026", ["1.5%", "2%", "2.5%"])),
        ("职工工资总额 增长 1%..2%", ("grow", "", ["1%", "2%"])),
    ],
)
def test_what_to_vary_is_read(typed: str, shown: tuple[str, str, list[str]]) -> None:
    found = varied(typed)
    assert (found.way, found.years, [found.shown(each) for each in found.values]) == shown


REFUSED = [
    (("scenario", SERVICES), "The case has no scenario."),
    (("scenario", MACHINERY, "--only", "E"), "The case has no scenario 'E'."),
    (("scenario", MACHINERY, "--only", "B"), "Did you mean B 多培训?"),
    (("scenario", MACHINERY, "--lines", "carried"), "There is no line 'carried'."),
    (("scenario", MACHINERY, "--set", "spent@2026"), "'spent@2026' is not a difference."),
    (("scenario", MACHINERY, "--set", "spent@2026=x"), "typed: 1: to: error: 'x' is not an amount of yuan."),
    (("scenario", MACHINERY, "--json", "--csv"), "--json, --csv: only one of these"),
    (("solve", MACHINERY, "--change", "spent@2026"), "--so-that is missing"),
    (
        ("solve", MACHINERY, "--change", "spent@2026", "--so-that", "cap@2026=1", "--between", "5", "1"),
        "'5 1' does not begin with the lower end.",
    ),
    (("vary", MACHINERY, "--vary", "spent=5..1", "--line", "cap@2026"), "'spent=5..1' does not go up."),
    (("vary", MACHINERY, "--vary", "spent=1..9 step 0.001", "--line", "cap@2026"), "has more than two decimals"),
    (("vary", MACHINERY, "--vary", "spent=1..900000 step 1", "--line", "cap@2026"), "has more than 1,000 steps."),
    (("vary", MACHINERY, "--vary", "spent 1..9", "--line", "cap@2026"), "does not say what to vary."),
    (("vary", MACHINERY, "--vary", "spent=1..9", "--line", "cap"), "'cap' does not name a line of a year."),
    (("vary", MACHINERY, "--vary", "spent=1..9", "--line", "cap@2030"), "2030"),
]


@pytest.mark.parametrize(("arguments", "expected"), REFUSED, ids=lambda value: str(value)[-50:])
def test_what_is_wrong_is_said_and_nothing_printed(arguments: tuple[str, ...], expected: str, eduf: Eduf) -> None:
    said = eduf(*arguments)
    assert (said.status, said.out) == (2, "")
    assert expected in said.err
    in_chinese: Said = eduf(*arguments, "--lang", "zh")
    assert in_chinese.status == 2
    assert "error:" not in in_chinese.err


def test_a_line_that_is_unknown_answers_to_nothing() -> None:
    case = read(Path(MACHINERY))
    with pytest.raises(Refused) as refused:
        sensitivity(case, ["collection@2026=1..2"], "cap@2026")
    assert refused.value.problems[0].code == "choice_unknown"


def test_without_plan_years_the_years_to_vary_must_be_named() -> None:
    case = computed({"year": 2020}, {"year": 2021}).case
    with pytest.raises(Refused) as refused:
        sensitivity(case, ["spent=1..9"], "cap@2021")
    assert [each.code for each in refused.value.problems] == ["vary_years"]
    assert sensitivity(case, ["spent@2021=1..9"], "cap@2021").varied[0].swing == 0
