"""The rows of a large sheet, such as a ledger of hundreds of thousands of lines, all cells as text.

A child process reads it, because calamine ends its process on a sheet whose only value stands in the last cell.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from eduf.files.archive import Archive, Broken
from eduf.files.content import content, refused

LARGEST = 200_000_000  # bytes of the file
MEMORY = 2 << 30  # bytes that the child may use, where the system can limit them
_CHILD = "eduf.files.rows_child"


def rows(path: Path, sheet: str = "") -> Iterator[list[str]]:
    """Every row of a sheet, the first one by default: numbers in up to 15 digits, days as 2024-12-31, nothing as "".

    Raises Refused where the file is no workbook, has no such sheet, or is too large to be read.
    """
    try:
        Archive(content(path, LARGEST), unpacked=10 * LARGEST)
    except Broken as error:
        raise refused(error.code, path, None, **error.values) from error
    command = [sys.executable, "-P", "-X", "utf8", "-m", _CHILD, str(path), sheet, str(MEMORY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as child:
        try:
            yield from csv.reader(_lines(child))
        except csv.Error as error:
            child.kill()
            raise refused("book_damaged", path, reason=str(error)) from error
        except BaseException:
            child.kill()
            raise
        _judge(path, child)


def _lines(child: "subprocess.Popen[str]") -> IO[str]:
    assert child.stdout is not None
    return child.stdout


def _judge(path: Path, child: "subprocess.Popen[str]") -> None:
    """What the child could not do, in eduf's words."""
    said = child.stderr.read() if child.stderr else ""
    if child.wait() == 0:
        return
    try:
        problem = json.loads(said)
    except ValueError:
        problem = {"code": "book_too_wide"}
    raise refused(problem.pop("code"), path, None, **problem)
