"""The command that opens the screen; only here is Textual imported."""

import gc
import os
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from eduf.cli.options import FILE, answer_option, command
from eduf.problems import Problem, Refused
from eduf.words import language


@command
@click.argument("case", metavar="[CASE]", type=FILE, required=False)
@answer_option
@click.option("--unit", "shown_unit", type=click.Choice(("yuan", "wan")))
@click.option("--ascii", "plain", is_flag=True)
def tui(case: Path | None, answers: tuple[str, ...], shown_unit: str | None, *, plain: bool) -> None:
    """Open the screen on a case."""
    from tui.run import app_for

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused([Problem("tui_no_terminal", "error")])
    app = app_for(case, _asked_for(), answers=answers, plain=plain, unit=shown_unit or "")
    gc.enable()  # it stays open, unlike the other commands
    app.run()


def _asked_for() -> str | None:
    """The language, where the command line or the environment names one."""
    given = click.get_current_context().get_parameter_source("lang") == ParameterSource.COMMANDLINE
    return language() if given or os.environ.get("EDUF_LANG") else None
