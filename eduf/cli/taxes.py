"""The command of enterprise income tax."""

import shutil
from pathlib import Path

import click

from eduf.cli.options import case_argument, command, json_option
from eduf.cli.output import WIDTH, complain, print_json, say
from eduf.cli.reading import computed
from eduf.words import language


@command
@case_argument
@click.option("--discount", "discount", metavar="RATE")
@json_option
def tax(case: Path, answers: tuple[str, ...], discount: str | None, *, quiet: bool, as_json: bool) -> None:
    """Show income, losses and tax year by year, the prepayments, and what the timing is worth."""
    from eduf import taxing
    from eduf.look_up import rate_typed

    rate = None if discount is None else rate_typed(discount)
    history = computed(case, answers, quiet=quiet)
    if as_json:
        print_json(taxing.as_json(history, rate))
        return
    cells = shutil.get_terminal_size((WIDTH, 24)).columns
    say("\n".join(taxing.text(history, rate, language(), cells)))
    if not quiet:
        complain(
            [each for each in history.problems if any(part in each.code for part in ("tax", "loss", "income", "small"))]
        )
