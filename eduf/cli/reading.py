"""What the commands do with files: reading a case, and judging a file before work is done for it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eduf.cli import console
from eduf.problems import Place, Problem, Refused
from eduf.words import language

if TYPE_CHECKING:
    from eduf.case import Case
    from eduf.history import History


def read_case(file: Path, answers: Sequence[str] = ()) -> "Case":
    """The case in a file, with the answers that were typed to what a workbook leaves open."""
    from eduf.files import read
    from eduf.look_up import answered

    return read(file, answered(answers))


def computed(file: Path, answers: Sequence[str] = (), *, quiet: bool = False) -> "History":
    """The history of the case in a file."""
    from eduf.history import compute

    with console.working(quiet=quiet):
        return compute(read_case(file, answers))


def book_of(history: "History", unit: str = "yuan", vary: Sequence[str] = (), lines: Sequence[str] = ()) -> bytes:
    """The report of a history as the bytes of a workbook, with what varied assumptions make of these lines."""
    from eduf.report import workbook
    from eduf.sensitivity import sensitivity

    return workbook(history, language(), unit, [sensitivity(history.case, vary, line, history.law) for line in lines])


def check_suffix(file: Path) -> None:
    """A case is written as TOML or as a workbook."""
    if file.suffix.lower() not in (".toml", ".xlsx"):
        raise Refused([Problem("file_not_a_case", "error", Place(str(file)))])


def check_output(file: Path, case: Path, *, force: bool) -> None:
    """Before work is done for it: the output is not the input, and replaces nothing unasked."""
    if os.path.realpath(file) == os.path.realpath(case):
        raise Refused([Problem("file_is_input", "error", Place(str(file)))])
    if file.exists() and not force:
        raise Refused([Problem("file_exists", "error", Place(str(file)))])


def keep(file: Path, content: bytes, *, force: bool) -> None:
    """Write a file of the demo unless it stands there just so already."""
    from eduf.files import save

    if not (file.is_file() and file.read_bytes() == content):
        save(file, content, replace=force)
