"""The command line: parse, call, print. Everything heavy is imported by the command that needs it."""

import gc
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from eduf import console
from eduf.problems import Place, Problem, Refused
from eduf.usage import Command, Group, OneOnly, language_option, said
from eduf.version import __version__
from eduf.words import LANGUAGES, language, sentence, speak, word

if TYPE_CHECKING:
    from eduf.case import Case
    from eduf.history import History, Year

WIDTH = 100  # of a table that goes to no terminal
WRONG_INPUT = 2

_FILE = click.Path(path_type=Path, readable=False)  # eduf says itself what cannot be read
_ANSWER = click.option("--answer", "answers", metavar="QUESTION=ANSWER", multiple=True)
_QUIET = click.option("--quiet", is_flag=True)
_JSON = click.option("--json", "as_json", is_flag=True)
_FORCE = click.option("--force", is_flag=True)
_UNIT = click.option("--unit", type=click.Choice(("yuan", "wan")), default="yuan")


def _CASE(function: Callable[..., None]) -> Callable[..., None]:  # noqa: N802 - a decorator like the others
    """A case file and what goes with reading it."""
    argument = click.argument("case", metavar="CASE", type=_FILE)
    return argument(_ANSWER(_QUIET(function)))


@click.group(cls=Group, name="eduf", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="eduf %(version)s")
@language_option
def eduf() -> None:
    """The calculator for the employee education fund."""


def _command(function: Callable[..., None]) -> click.Command:
    return eduf.command(cls=Command)(language_option(function))


@_command
@_FORCE
def demo(*, force: bool) -> None:
    """Compute the example and leave its case and workbook here."""
    from eduf.files.samples import example

    case, book = Path("eduf-demo.toml"), Path("eduf-demo.xlsx")
    _keep(case, example("machinery"), force=force)
    history = _computed(case)
    _keep(book, _workbook(history), force=force)
    _print_history(history)
    _print(sentence("cli.demo.next", case=case, book=book))


@_command
@click.argument("file", metavar="FILE", type=_FILE)
@_FORCE
def new(file: Path, *, force: bool) -> None:
    """Write a template of a case: a workbook or a commented TOML file."""
    from eduf.files import save
    from eduf.files.samples import template

    _check_suffix(file)
    save(file, template(language(), file.suffix.lower()), replace=force)
    _print(sentence("cli.new.next", file=file))


@_command
@_CASE
@click.argument("file", metavar="FILE", type=_FILE)
@_FORCE
def convert(case: Path, file: Path, answers: tuple[str, ...], *, quiet: bool, force: bool) -> None:
    """Write the case as a workbook or as TOML."""
    from eduf.files import dump, save

    _check_suffix(file)
    _check_output(file, case, force=force)
    with console.working(quiet=quiet):
        stated = _read(case, answers)
        content = dump(stated, file, language())
    save(file, content, replace=force)
    if not quiet:
        _complain(stated.places.notices)
        _print(sentence("cli.convert.next", file=file))


@_command
@_CASE
@_JSON
@click.option("--csv", "as_csv", is_flag=True)
@click.option("--years", metavar="2016-2018")
def calc(
    case: Path, answers: tuple[str, ...], years: str | None, *, quiet: bool, as_json: bool, as_csv: bool
) -> None:
    """Compute every line of every year."""
    from eduf import result
    from eduf.look_up import chosen_years

    given = [name for name, value in (("--json", as_json), ("--csv", as_csv), ("--years", years)) if value]
    if len(given) > 1:
        raise OneOnly(", ".join(given))
    history = _computed(case, answers, quiet=quiet)
    if as_json:
        _print_json(result.as_json(history, language()))
    elif as_csv:
        _print_bytes(result.as_csv(history).encode("utf-8"))
        _complain(() if quiet else history.problems)
    else:
        _print_history(history, chosen_years(history, years) if years else None, quiet=quiet)


@_command
@_CASE
@click.argument("year", metavar="YEAR", type=int)
@click.argument("line", metavar="LINE")
@click.option("--depth", type=click.IntRange(min=0), metavar="N")
@_JSON
def explain(
    case: Path, answers: tuple[str, ...], year: int, line: str, depth: int | None, *, quiet: bool, as_json: bool
) -> None:
    """Explain one figure down to the facts."""
    from eduf import explain as explaining
    from eduf.look_up import figure_name

    history = _computed(case, answers, quiet=quiet)
    node = explaining.explain(history, year, figure_name(history, year, line))
    if as_json:
        _print_json({"format": 1, "eduf": __version__, "explanation": explaining.as_json(node, language(), depth)})
    else:
        _print("\n".join(explaining.text(node, language(), depth)))


@_command
@click.argument("matter", metavar="[MATTER]", required=False)
@click.option("--year", type=click.IntRange(2008, 2100), metavar="YEAR")
@click.option("--qualification", "qualifications", multiple=True, metavar="NAME")
@_JSON
def law(matter: str | None, year: int | None, qualifications: tuple[str, ...], *, as_json: bool) -> None:
    """Show what is in force and where it stands written."""
    from eduf import statute
    from eduf.look_up import matter_name, qualification

    held = tuple(map(qualification, qualifications))
    found = statute.found(matter_name(matter) if matter else None, year, held)
    if as_json:
        _print_json(statute.as_json(found, language()))
    else:
        _print("\n".join(statute.text(found, language())))


@_command
@_CASE
@click.option("-o", "--output", "output", type=_FILE, metavar="FILE.xlsx")
@_UNIT
@_FORCE
def report(
    case: Path, answers: tuple[str, ...], output: Path | None, unit: str, *, quiet: bool, force: bool
) -> None:
    """Write the workbook with live formulas."""
    from eduf.files import BOOKS, save

    name = f"{case.stem}-report" if case.suffix.lower() in BOOKS else case.stem
    file = output or case.with_name(f"{name}.xlsx")
    if file.suffix.lower() != ".xlsx":
        raise Refused([Problem("file_not_xlsx", "error", Place(str(file)))])
    _check_output(file, case, force=force)
    history = _computed(case, answers, quiet=quiet)
    with console.working(quiet=quiet):
        content = _workbook(history, unit)
    save(file, content, replace=force)
    if not quiet:
        _complain(history.problems)
        _print(sentence("cli.report.next", file=file))


@_command
@click.argument("name", metavar="case|result|explanation")
def schema(name: str) -> None:
    """Print the JSON Schema of a format."""
    from eduf.schemas import schema_of

    _print_json(schema_of(name))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends the process with its exit status."""
    gc.disable()  # a command is over before collecting would pay
    status = run(sys.argv[1:] if arguments is None else arguments)
    gc.freeze()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status: 0 done, 2 wrong input, 130 broken off."""
    _speak(arguments)
    console.prepare()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough; keep Python from flushing again at exit
        console.give_up()
        return 0
    except OSError as error:  # of the output: a full disk, say
        console.give_up()
        reason = error.strerror or str(error)
        _complain([Problem("output_unwritable", "error", values={"reason": reason})])
        return WRONG_INPUT
    except KeyboardInterrupt:
        return 130
    return status


def _run(arguments: Sequence[str]) -> int:
    try:
        eduf.main(list(arguments), prog_name="eduf", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        _print(error.format_message())
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        return _usage_error(error, as_json="--json" in arguments)
    except Refused as error:
        _refuse(error.problems, as_json="--json" in arguments)
        return WRONG_INPUT
    return 0


def _speak(arguments: Sequence[str]) -> None:
    """Choose the language before anything is said; click checks the option's value later."""
    for n, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else "".join(arguments[n + 1 : n + 2])
        if argument.partition("=")[0] == "--lang" and value in LANGUAGES:
            speak(value)
            return
    speak(None)


def _usage_error(error: click.ClickException, *, as_json: bool) -> int:
    context = getattr(error, "ctx", None)
    values = {"said": said(error), "command": context.command_path if context else "eduf"}
    _refuse([Problem("usage", "error", values=values)], as_json=as_json)
    return WRONG_INPUT


def _read(file: Path, answers: Sequence[str] = ()) -> "Case":
    from eduf.files import read
    from eduf.look_up import answered

    return read(file, answered(answers))


def _computed(file: Path, answers: Sequence[str] = (), *, quiet: bool = False) -> "History":
    from eduf.history import compute

    with console.working(quiet=quiet):
        return compute(_read(file, answers))


def _workbook(history: "History", unit: str = "yuan") -> bytes:
    from eduf.report import workbook

    return workbook(history, language(), unit)


def _check_suffix(file: Path) -> None:
    """A case is written as TOML or as a workbook."""
    if file.suffix.lower() not in (".toml", ".xlsx"):
        raise Refused([Problem("file_not_a_case", "error", Place(str(file)))])


def _check_output(file: Path, case: Path, *, force: bool) -> None:
    """Before work is done for it: the output is not the input, and replaces nothing unasked."""
    if file.resolve() == case.resolve():
        raise Refused([Problem("file_is_input", "error", Place(str(file)))])
    if file.exists() and not force:
        raise Refused([Problem("file_exists", "error", Place(str(file)))])


def _keep(file: Path, content: bytes, *, force: bool) -> None:
    """Write a file of the demo unless it stands there just so already."""
    from eduf.files import save

    if not (file.is_file() and file.read_bytes() == content):
        save(file, content, replace=force)


def _print_history(history: "History", years: "tuple[Year, ...] | None" = None, *, quiet: bool = False) -> None:
    from eduf import show
    from eduf.notices import SAID_ONCE

    cells = shutil.get_terminal_size((WIDTH, 24)).columns
    _print("\n".join(show.table(history, years or history.years, language(), cells)))
    shown = {None, *(year.year for year in years or history.years)}
    found = [each for each in history.problems if each.where.year in shown or each.code in SAID_ONCE]
    if found and not quiet:
        _print("\n" + word("table.problems"))
        _print("\n".join(show.problems(found, language(), _painter(sys.stdout))))


def _complain(problems: Sequence[Problem]) -> None:
    """Problems on standard error, for a person."""
    from eduf import show

    if problems:
        _print("\n".join(show.problems(problems, language(), _painter(sys.stderr))), error=True)


def _refuse(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        _print_json({"format": 1, "problems": [problem.as_json(language()) for problem in problems]}, error=True)
    else:
        _complain(problems)


def _painter(stream: TextIO) -> Callable[[str, str], str]:
    """Colours on a terminal, unless NO_COLOR is set; the word itself always stands there."""
    colors = {"error": "red", "warning": "yellow", "notice": "cyan"}
    plain = bool(os.environ.get("NO_COLOR")) or not stream.isatty()
    return lambda text, level: text if plain else click.style(text, fg=colors[level])


def _print(text: str, *, error: bool = False) -> None:
    print(text, file=sys.stderr if error else sys.stdout)


def _print_json(document: Any, *, error: bool = False) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    _print_bytes(text.encode("utf-8"), error=error)


def _print_bytes(content: bytes, *, error: bool = False) -> None:
    """What other programs read is UTF-8 whatever the console is."""
    stream = sys.stderr if error else sys.stdout
    stream.flush()
    stream.buffer.write(content)
    stream.buffer.flush()
