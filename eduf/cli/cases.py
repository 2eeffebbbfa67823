"""The commands that make files: a first case, a template, the case in another form, the report."""

from pathlib import Path

import click

from eduf.cli import console
from eduf.cli.options import FILE, case_argument, command, force_option, unit_option
from eduf.cli.output import complain, print_history, say
from eduf.cli.reading import book_of, check_output, check_suffix, computed, keep, read_case
from eduf.cli.usage import Together
from eduf.problems import Place, Problem, Refused
from eduf.words import language, sentence


@command
@force_option
def demo(*, force: bool) -> None:
    """Compute the example and leave its case and workbook here."""
    from eduf.files.samples import example

    case, book = Path("eduf-demo.toml"), Path("eduf-demo.xlsx")
    if book.exists() and not case.exists() and not force:  # not of an earlier demo: nothing is written
        raise Refused([Problem("file_exists", "error", Place(str(book)))])
    keep(case, example("machinery"), force=force)
    history = computed(case)
    keep(book, book_of(history), force=force)
    print_history(history)
    say(sentence("cli.demo.next", case=case, book=book))


@command
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--map", "as_map", is_flag=True)
@force_option
def new(file: Path, *, as_map: bool, force: bool) -> None:
    """Write a template of a case: a workbook or a commented TOML file; or of a mapping file for ledgers."""
    from eduf.files import save
    from eduf.files.samples import template

    if as_map:
        _new_map(file, force=force)
        return
    check_suffix(file)
    save(file, template(language(), file.suffix.lower()), replace=force)
    say(sentence("cli.new.next", file=file))


def _new_map(file: Path, *, force: bool) -> None:
    from eduf.files import save
    from eduf.ledger.mapping import template

    if file.suffix.lower() != ".toml":
        raise Refused([Problem("map_not_toml", "error", Place(str(file)))])
    save(file, template(language()), replace=force)
    say(sentence("cli.new.next_map", file=file))


@command
@case_argument
@click.argument("file", metavar="FILE", type=FILE)
@force_option
def convert(case: Path, file: Path, answers: tuple[str, ...], *, quiet: bool, force: bool) -> None:
    """Write the case as a workbook or as TOML."""
    from eduf.files import dump, save

    check_suffix(file)
    check_output(file, case, force=force)
    with console.working(quiet=quiet):
        stated = read_case(case, answers)
        content = dump(stated, file, language())
    save(file, content, replace=force)
    if not quiet:
        complain(stated.places.notices)
        say(sentence("cli.convert.next", file=file))


@command
@case_argument
@click.option("-o", "--output", "output", type=FILE, metavar="FILE.xlsx")
@unit_option
@click.option("--vary", "varied", multiple=True, metavar="FACT@YEARS=LOW..HIGH")
@click.option("--line", "looked_at", multiple=True, metavar="LINE@YEAR")
@force_option
def report(
    case: Path,
    answers: tuple[str, ...],
    output: Path | None,
    unit: str,
    varied: tuple[str, ...],
    looked_at: tuple[str, ...],
    *,
    quiet: bool,
    force: bool,
) -> None:
    """Write the workbook with live formulas."""
    from eduf.files import save

    if bool(varied) != bool(looked_at):
        raise Together("--line" if varied else "--vary")
    file = output or case.parent / f"{case.stem}-report.xlsx"
    if output and output.suffix.lower() != ".xlsx":
        raise Refused([Problem("file_not_xlsx", "error", Place(str(file)))])
    check_output(file, case, force=force)
    history = computed(case, answers, quiet=quiet)
    with console.working(quiet=quiet):
        content = book_of(history, unit, varied, looked_at)
    save(file, content, replace=force)
    if not quiet:
        complain(history.problems)
        say(sentence("cli.report.next", file=file))
