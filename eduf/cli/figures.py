"""The commands that show figures and the law behind them."""

from pathlib import Path

import click

from eduf.cli.options import case_argument, command, csv_option, json_option
from eduf.cli.output import complain, print_bytes, print_history, print_json, say
from eduf.cli.reading import computed
from eduf.cli.usage import OneOnly
from eduf.version import __version__
from eduf.words import language

_SCHEMAS = "case|result|explanation|scenario|plan|solution|sensitivity|findings|calendar|ledger|tax"


@command
@case_argument
@json_option
@csv_option
@click.option("--years", metavar="2016-2018")
def calc(case: Path, answers: tuple[str, ...], years: str | None, *, quiet: bool, as_json: bool, as_csv: bool) -> None:
    """Compute every line of every year."""
    from eduf import result
    from eduf.look_up import chosen_years

    given = [name for name, value in (("--json", as_json), ("--csv", as_csv), ("--years", years)) if value]
    if len(given) > 1:
        raise OneOnly(", ".join(given))
    history = computed(case, answers, quiet=quiet)
    if as_json:
        print_json(result.as_json(history, language()))
    elif as_csv:
        print_bytes(result.as_csv(history).encode("utf-8"))
        complain(() if quiet else history.problems)
    else:
        print_history(history, chosen_years(history, years) if years else None, quiet=quiet)


@command
@case_argument
@click.argument("year", metavar="YEAR", type=int)
@click.argument("line", metavar="LINE")
@click.option("--depth", type=click.IntRange(min=0), metavar="N")
@json_option
def explain(
    case: Path, answers: tuple[str, ...], year: int, line: str, depth: int | None, *, quiet: bool, as_json: bool
) -> None:
    """Explain one figure down to the facts."""
    from eduf import explain as explaining
    from eduf.look_up import figure_name

    history = computed(case, answers, quiet=quiet)
    node = explaining.explain(history, year, figure_name(history, year, line))
    if as_json:
        print_json({"format": 1, "eduf": __version__, "explanation": explaining.as_json(node, language(), depth)})
    else:
        say("\n".join(explaining.text(node, language(), depth)))


@command
@click.argument("matter", metavar="[MATTER]", required=False)
@click.option("--year", type=click.IntRange(2008, 2100), metavar="YEAR")
@click.option("--qualification", "qualifications", multiple=True, metavar="NAME")
@json_option
def law(matter: str | None, year: int | None, qualifications: tuple[str, ...], *, as_json: bool) -> None:
    """Show what is in force and where it stands written."""
    from eduf import statute
    from eduf.look_up import matter_name, qualification

    held = tuple(map(qualification, qualifications))
    found = statute.found(matter_name(matter) if matter else None, year, held)
    if as_json:
        print_json(statute.as_json(found, language()))
    else:
        say("\n".join(statute.text(found, language())))


@command
@click.argument("name", metavar=_SCHEMAS)
def schema(name: str) -> None:
    """Print the JSON Schema of a format."""
    from eduf.schemas import schema_of

    print_json(schema_of(name))
