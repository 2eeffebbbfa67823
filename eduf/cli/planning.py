"""The commands that plan: scenarios side by side, what plan years allow, the value for a goal, what moves a figure."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eduf.cli import console
from eduf.cli.options import case_argument, command, csv_option, json_option
from eduf.cli.output import WIDTH, painter, print_bytes, print_json, say
from eduf.cli.reading import read_case
from eduf.cli.usage import OneOnly
from eduf.problems import Problem, Refused
from eduf.words import language, word

if TYPE_CHECKING:
    from eduf.case import Case, Scenario
    from eduf.comparison import Comparison

scenario_option = click.option("--scenario", "within", metavar="NAME")


@command
@case_argument
@click.option("--only", "only", multiple=True, metavar="NAME")
@click.option("--set", "sets", multiple=True, metavar="FACT@YEARS=VALUE")
@click.option("--lines", "lines", metavar="LINE,LINE")
@json_option
@csv_option
def scenario(
    case: Path,
    answers: tuple[str, ...],
    only: tuple[str, ...],
    sets: tuple[str, ...],
    lines: str | None,
    *,
    quiet: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Compute the scenarios of a case beside it."""
    from eduf import planning
    from eduf.comparison import compare
    from eduf.look_up import line_name

    _one_of(as_json=as_json, as_csv=as_csv)
    names = tuple(map(line_name, lines.split(","))) if lines else ()
    with console.working(quiet=quiet):
        stated = read_case(case, answers)
        found = compare(stated, _chosen(stated, only, sets))
    if as_json:
        print_json(planning.comparison_json(found, names or planning.LINES, language()))
    elif as_csv:
        print_bytes(planning.as_csv(found.rows(names)).encode("utf-8"))
    else:
        say("\n".join(planning.table(found, names or planning.LINES, language(), _cells())))
        if not quiet:
            _look_at(found)


def _chosen(case: "Case", only: Sequence[str], sets: Sequence[str]) -> "tuple[Scenario, ...]":
    """The scenarios named, and the one that was typed; all of the case where neither was."""
    from eduf import typed
    from eduf.look_up import scenario_name

    names = {scenario_name(case, each) for each in only}
    chosen = tuple(each for each in case.scenarios if each.name in names or not (only or sets))
    if sets:
        chosen += (typed.scenario(sets, word("scenario.typed")),)
    if not chosen:
        raise Refused([Problem("scenario_none", "error", case.places())])
    return chosen


def _look_at(found: "Comparison") -> None:
    from eduf import planning

    for outcome in found.outcomes[1:]:
        problems = planning.new_problems(found, outcome)
        if problems:
            _say_problems(problems, f"{word('table.problems')}: {outcome.name}")


def _say_problems(problems: Sequence[Problem], head: str) -> None:
    from eduf import show

    say("\n" + head)
    say("\n".join(show.problems(problems, language(), painter(sys.stdout))))


@command
@case_argument
@click.option("--years", "plan_years", metavar="2027-2029")
@click.option("--set", "sets", multiple=True, metavar="FACT@YEARS=VALUE")
@scenario_option
@json_option
def plan(
    case: Path,
    answers: tuple[str, ...],
    plan_years: str | None,
    sets: tuple[str, ...],
    within: str | None,
    *,
    quiet: bool,
    as_json: bool,
) -> None:
    """Say what the plan years may spend, must extract and can pay."""
    from eduf import budget, typed
    from eduf.budget.document import as_json as document
    from eduf.budget.text import text

    with console.working(quiet=quiet):
        stated = _within(read_case(case, answers), within)
        changes = typed.scenario(sets, "--set") if sets else None
        found = budget.plan(stated, plan_years, changes)
    if as_json:
        print_json(document(found, language()))
        return
    say("\n".join(text(found, language(), _cells())))
    if found.problems and not quiet:
        _say_problems(found.problems, word("table.problems"))


@command
@case_argument
@click.option("--change", required=True, metavar="FACT@YEARS")
@click.option("--so-that", "so_that", required=True, metavar="LINE@YEAR=AMOUNT")
@click.option("--between", nargs=2, metavar="LOW HIGH")
@click.option("--largest", is_flag=True)
@click.option("--smallest", is_flag=True)
@scenario_option
@json_option
def solve(
    case: Path,
    answers: tuple[str, ...],
    change: str,
    so_that: str,
    between: tuple[str, str] | None,
    within: str | None,
    *,
    largest: bool,
    smallest: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Find the value of a fact for which a line is as it should be."""
    from eduf import goal, typed

    _one_of(largest=largest, smallest=smallest)
    with console.working(quiet=quiet):
        stated = _within(read_case(case, answers), within)
        ends = typed.ends(between, typed.unknown(change)) if between else None
        found = goal.solve(stated, change, so_that, ends, "smallest" if smallest else "largest")
    if as_json:
        print_json(found.as_json(language()))
    else:
        say("\n".join(found.text(language())))


@command
@case_argument
@click.option("--vary", "vary", multiple=True, required=True, metavar="FACT@YEARS=LOW..HIGH")
@click.option("--line", "line", required=True, metavar="LINE@YEAR")
@scenario_option
@json_option
@csv_option
def vary(
    case: Path,
    answers: tuple[str, ...],
    vary: tuple[str, ...],
    line: str,
    within: str | None,
    *,
    quiet: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show how a figure answers to assumptions."""
    from eduf import planning, tornado
    from eduf.sensitivity import sensitivity

    _one_of(as_json=as_json, as_csv=as_csv)
    with console.working(quiet=quiet):
        found = sensitivity(_within(read_case(case, answers), within), vary, line)
    if as_json:
        print_json(found.as_json())
    elif as_csv:
        print_bytes(planning.as_csv(found.rows()).encode("utf-8"))
    else:
        say("\n".join(tornado.table(found, language(), _cells())))


def _within(case: "Case", name: str | None) -> "Case":
    """The case, or what one of its scenarios makes of it."""
    from eduf.look_up import scenario_name
    from eduf.scenario import applied

    if name is None:
        return case
    wanted = scenario_name(case, name)
    return applied(case, next(each for each in case.scenarios if each.name == wanted))


def _one_of(**given: bool) -> None:
    if all(given.values()):
        raise OneOnly(", ".join(f"--{name.removeprefix('as_')}" for name in given))


def _cells() -> int:
    return shutil.get_terminal_size((WIDTH, 24)).columns
