"""The command that holds the filed returns against the law."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eduf.cli import console
from eduf.cli.options import FILE, answer_option, command, json_option, quiet_option
from eduf.cli.output import complain, painter, print_json, say
from eduf.cli.reading import read_case
from eduf.words import language

if TYPE_CHECKING:
    from eduf.audit import Audit

FOUND_ERRORS = 1


@command
@click.argument("case", metavar="CASE", type=FILE, required=False)
@answer_option
@quiet_option
@click.option("--filed", "filed_file", type=FILE, metavar="FILE.csv")
@click.option("--year", "audit_year", type=int, metavar="YEAR")
@json_option
@click.option("--list", "listing", is_flag=True)
def audit(
    case: Path | None,
    answers: tuple[str, ...],
    filed_file: Path | None,
    audit_year: int | None,
    *,
    quiet: bool,
    as_json: bool,
    listing: bool,
) -> int:
    """Hold the filed returns against the law; the status is 1 where there are errors."""
    if listing:
        _list(as_json=as_json)
        return 0
    if case is None:
        context = click.get_current_context()
        missing = next(each for each in context.command.params if each.name == "case")
        raise click.MissingParameter(ctx=context, param=missing)
    with console.working(quiet=quiet):
        found = _audited(case, answers, filed_file)
    found = found if audit_year is None else found.of_year(audit_year)
    if as_json:
        from eduf.audit.document import as_json as document

        print_json(document(found, language()))
    else:
        from eduf.audit.text import text

        say("\n".join(text(found, language(), painter(sys.stdout))))
        complain(() if quiet else found.problems)
    return FOUND_ERRORS if found.has_errors else 0


def _audited(case: Path, answers: tuple[str, ...], filed_file: Path | None) -> "Audit":
    from eduf import audit
    from eduf.files import filed_csv
    from eduf.history import compute

    file = filed_csv.read(filed_file) if filed_file else None
    return audit.audit(compute(read_case(case, answers)), file)


def _list(*, as_json: bool) -> None:
    from eduf.audit import CHECKS
    from eduf.audit.text import checks, looks

    if as_json:
        listed = [{"code": each.code, "level": each.level, "looks": looks(each, language())} for each in CHECKS]
        print_json({"format": 1, "checks": listed})
    else:
        say("\n".join(checks(language())))
