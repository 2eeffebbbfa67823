"""The command that reads a ledger of vouchers or a payroll."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eduf.cli import console
from eduf.cli.options import FILE, command, force_option, json_option, quiet_option
from eduf.cli.output import complain, print_json, say
from eduf.problems import Place, Problem, Refused
from eduf.words import language, sentence, word

if TYPE_CHECKING:
    from eduf.ledger import Ledger

FOUND_ERRORS = 1


@command
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--map", "mapping", type=FILE, required=True, metavar="MAP.toml")
@click.option("--years", "ledger_years", metavar="2025")
@click.option("--sheet", default="", metavar="NAME")
@click.option("--wages", is_flag=True)
@click.option("--into", type=FILE, metavar="CASE.toml")
@click.option("--lines", "lines_file", type=FILE, metavar="FILE.csv")
@click.option("--show", "most", type=click.IntRange(min=0), default=20, metavar="N")
@json_option
@quiet_option
@force_option
def ledger(
    file: Path,
    mapping: Path,
    ledger_years: str | None,
    sheet: str,
    into: Path | None,
    lines_file: Path | None,
    most: int,
    *,
    wages: bool,
    as_json: bool,
    quiet: bool,
    force: bool,
) -> None:
    """Total a ledger by a mapping file."""
    from eduf import ledger as ledgers
    from eduf.files import save
    from eduf.ledger import export
    from eduf.ledger import mapping as mappings
    from eduf.ledger.into import facts_into

    _check(file, mapping, ledger_years, into, lines_file, force=force)
    with console.working(quiet=quiet):
        rules = mappings.read(mapping, wages=wages)
        with ledgers.reading(file, rules, ledger_years, sheet) as (connection, found):
            content = facts_into(into, found, force=force) if into else b""
            if lines_file:
                export.write(connection, lines_file, replace=force)
    _print(found, most, as_json=as_json)
    if not as_json:
        complain([each for each in found.problems if each.level == "error" or not quiet])
    if into:
        save(into, content, replace=True)
    if not as_json and not quiet:
        _say_written(found, into, lines_file)
    if any(each.level == "error" for each in found.problems):
        raise click.exceptions.Exit(FOUND_ERRORS)


def _check(
    file: Path, mapping: Path, years: str | None, into: Path | None, lines_file: Path | None, *, force: bool
) -> None:
    """Before work is done: what is to be written has the right name and replaces no input."""
    from eduf.cli.reading import check_output

    if years and not re.fullmatch(r"\d{4}(-(\d{4})?)?", years):
        raise Refused([Problem("ledger_years", "error", values={"found": years})])
    if into and into.suffix.lower() != ".toml":
        raise Refused([Problem("ledger_into", "error", Place(str(into)))])
    if lines_file and lines_file.suffix.lower() != ".csv":
        raise Refused([Problem("ledger_lines_csv", "error", Place(str(lines_file)))])
    for source in (file, mapping):
        if lines_file:
            check_output(lines_file, source, force=force)
        if into and into.resolve() == source.resolve():
            raise Refused([Problem("file_is_input", "error", Place(str(into)))])


def _print(found: "Ledger", most: int, *, as_json: bool) -> None:
    from eduf.ledger.document import as_json as document
    from eduf.ledger.text import text

    if as_json:
        print_json(document(found, language()))
    else:
        say("\n".join(text(found, language(), most)))


def _say_written(found: "Ledger", into: Path | None, lines_file: Path | None) -> None:
    names = dict.fromkeys(name for year in found.years for name in year.facts())
    facts = ", ".join(word(f"names.{name}") for name in names)
    if into:
        say("\n" + sentence("ledger.written", file=into, facts=facts))
    if lines_file:
        say(sentence("ledger.lines_written", file=lines_file))
