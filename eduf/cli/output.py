"""What the commands print: text for a person, JSON and CSV for other programs, problems on standard error."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from eduf.problems import Problem
from eduf.words import language, word

if TYPE_CHECKING:
    from eduf.history import History, Year

WIDTH = 100  # of a table that goes to no terminal


def print_history(history: "History", years: "tuple[Year, ...] | None" = None, *, quiet: bool = False) -> None:
    """The table of a history, all its years or those, and below it what is to be looked at."""
    from eduf import show
    from eduf.notices import SAID_ONCE

    cells = shutil.get_terminal_size((WIDTH, 24)).columns
    say("\n".join(show.table(history, years or history.years, language(), cells)))
    shown = {None, *(year.year for year in years or history.years)}
    found = [each for each in history.problems if each.where.year in shown or each.code in SAID_ONCE]
    if found and not quiet:
        say("\n" + word("table.problems"))
        say("\n".join(show.problems(found, language(), painter(sys.stdout))))


def complain(problems: Sequence[Problem]) -> None:
    """Problems on standard error, for a person."""
    from eduf import show

    if problems:
        say("\n".join(show.problems(problems, language(), painter(sys.stderr))), error=True)


def refuse(problems: Sequence[Problem], *, as_json: bool) -> None:
    """Problems on standard error, for a person or as JSON."""
    if as_json:
        print_json({"format": 1, "problems": [problem.as_json(language()) for problem in problems]}, error=True)
    else:
        complain(problems)


def painter(stream: TextIO) -> Callable[[str, str], str]:
    """Colours on a terminal, unless NO_COLOR is set; the word itself always stands there."""
    colors = {"error": "red", "warning": "yellow", "notice": "cyan"}
    plain = bool(os.environ.get("NO_COLOR")) or not stream.isatty()
    return lambda text, level: text if plain else click.style(text, fg=colors[level])


def say(text: str, *, error: bool = False) -> None:
    """Text for a person."""
    print(text, file=sys.stderr if error else sys.stdout)


def print_json(document: Any, *, error: bool = False) -> None:
    """A document for other programs."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    print_bytes(text.encode("utf-8"), error=error)


def print_bytes(content: bytes, *, error: bool = False) -> None:
    """What other programs read is UTF-8 whatever the console is."""
    stream = sys.stderr if error else sys.stdout
    stream.flush()
    stream.buffer.write(content)
    stream.buffer.flush()
