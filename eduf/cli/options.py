"""What the commands share: their arguments and options, and how each is made."""

from collections.abc import Callable
from pathlib import Path

import click

from eduf.cli.usage import Command, language_option

FILE = click.Path(path_type=Path, readable=False)  # eduf says itself what cannot be read

answer_option = click.option("--answer", "answers", metavar="QUESTION=ANSWER", multiple=True)
quiet_option = click.option("--quiet", is_flag=True)
json_option = click.option("--json", "as_json", is_flag=True)
csv_option = click.option("--csv", "as_csv", is_flag=True)
force_option = click.option("--force", is_flag=True)
unit_option = click.option("--unit", type=click.Choice(("yuan", "wan")), default="yuan")


def command(function: Callable[..., int | None]) -> click.Command:
    """A command of that function's name, with --lang; a number that it returns is the exit status."""
    return click.command(cls=Command)(language_option(function))


def case_argument(function: Callable[..., None]) -> Callable[..., None]:
    """A case file and what goes with reading it."""
    argument = click.argument("case", metavar="CASE", type=FILE)
    return argument(answer_option(quiet_option(function)))
