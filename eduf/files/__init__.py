"""Reading and writing the files of a case."""

from collections.abc import Mapping
from pathlib import Path

from eduf.case import Case
from eduf.files.write import save

__all__ = ["ANSWERS", "BOOKS", "dump", "read", "save"]

BOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")  # read as workbooks, or refused as such
ANSWERS: Mapping[str, tuple[str, ...]] = {"unit": ("yuan", "wan"), "totals": ("skip",), "hidden": ("read", "skip")}


def read(path: str | Path, answers: Mapping[str, str] | None = None) -> Case:
    """The case in a file. Raises Refused with every problem of the file, each with its line or cell.

    `answers` settle what a workbook leaves open: unit=yuan|wan, totals=skip, hidden=read|skip.
    """
    path = Path(path)
    if path.suffix.lower() in BOOKS:
        from eduf.files import workbook

        return workbook.read(path, answers or {})
    from eduf.files import toml

    return toml.read(path)


def dump(case: Case, path: Path, lang: str) -> bytes:
    """The case as a file of that name holds it: a workbook for .xlsx, else TOML."""
    if path.suffix.lower() == ".xlsx":
        from eduf.files import template

        return template.workbook(case, lang)
    from eduf.files import document

    return document.toml(case, lang)
