"""Reading and writing the files of a case."""

from pathlib import Path

from eduf.case import Case
from eduf.files.write import save

__all__ = ["read", "save"]


def read(path: str | Path) -> Case:
    """The case in a file. Raises Refused with every problem of the file, each with its line."""
    from eduf.files import toml

    return toml.read(Path(path))
