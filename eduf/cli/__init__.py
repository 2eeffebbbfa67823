"""The command line: parse, call, print. Everything heavy is imported by the command that needs it."""

import gc
import sys
from collections.abc import Sequence

import click

from eduf.cli import auditing, cases, console, dates, figures, ledgers, planning, screen, taxes
from eduf.cli.output import complain, refuse, say
from eduf.cli.usage import Group, language_option, said
from eduf.problems import Problem, Refused
from eduf.version import __version__
from eduf.words import LANGUAGES, speak

WRONG_INPUT = 2
COMMANDS = (  # in the order of the work
    cases.demo,
    cases.new,
    cases.convert,
    figures.calc,
    figures.explain,
    screen.tui,
    planning.scenario,
    planning.plan,
    planning.solve,
    planning.vary,
    taxes.tax,
    figures.law,
    cases.report,
    auditing.audit,
    dates.calendar,
    ledgers.ledger,
    figures.schema,
)


@click.group(cls=Group, name="eduf", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="eduf %(version)s")
@language_option
def eduf() -> None:
    """The calculator for the employee education fund."""


for _each in COMMANDS:
    eduf.add_command(_each)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends the process with its exit status."""
    gc.disable()  # a command is over before collecting would pay
    status = run(sys.argv[1:] if arguments is None else arguments)
    gc.freeze()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status: 0 done, 1 the audit found errors, 2 wrong input, 130 broken off."""
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
        complain([Problem("output_unwritable", "error", values={"reason": reason})])
        return WRONG_INPUT
    except KeyboardInterrupt:
        return 130
    return status


def _run(arguments: Sequence[str]) -> int:
    status = None
    try:
        status = eduf.main(list(arguments), prog_name="eduf", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        return _usage_error(error, as_json="--json" in arguments)
    except Refused as error:
        refuse(error.problems, as_json="--json" in arguments)
        return WRONG_INPUT
    return status if isinstance(status, int) else 0


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
    refuse([Problem("usage", "error", values=values)], as_json=as_json)
    return WRONG_INPUT
