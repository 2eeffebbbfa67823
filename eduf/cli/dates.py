"""The command that says what is due when."""

from pathlib import Path

import click

from eduf.cli import console
from eduf.cli.options import FILE, case_argument, command, force_option, json_option
from eduf.cli.output import complain, print_json, say
from eduf.cli.reading import check_output, read_case
from eduf.cli.usage import OneOnly
from eduf.problems import Place, Problem, Refused
from eduf.words import language, sentence


@command
@case_argument
@click.option("--year", "tax_year", type=int, metavar="YEAR")
@json_option
@click.option("--ics", "ics_file", type=FILE, metavar="FILE.ics")
@force_option
def calendar(
    case: Path,
    answers: tuple[str, ...],
    tax_year: int | None,
    ics_file: Path | None,
    *,
    quiet: bool,
    as_json: bool,
    force: bool,
) -> None:
    """Say what is due when, each day with its law."""
    from eduf import deadlines
    from eduf.deadlines.document import as_json as document
    from eduf.deadlines.ics import ics
    from eduf.deadlines.text import text
    from eduf.files import save

    if as_json and ics_file:
        raise OneOnly("--json, --ics")
    if ics_file:
        _check_name(ics_file, case, force=force)
    with console.working(quiet=quiet):
        found = deadlines.of(read_case(case, answers))
    found = found if tax_year is None else found.of_year(tax_year)
    if as_json:
        print_json(document(found, language()))
        return
    if ics_file:
        save(ics_file, ics(found, language()), replace=force)
    else:
        say("\n".join(text(found, language())))
    if not quiet:
        complain(found.problems)
        if ics_file:
            say(sentence("cli.calendar.next", file=ics_file))


def _check_name(file: Path, case: Path, *, force: bool) -> None:
    if file.suffix.lower() != ".ics":
        raise Refused([Problem("file_not_ics", "error", Place(str(file)))])
    check_output(file, case, force=force)
