"""The bytes of a file that somebody names, or a clear word why they cannot be had."""

import stat
from pathlib import Path

from eduf.problems import Place, Problem, Refused


def refused(code: str, path: Path, line: int | None = None, **values: object) -> Refused:
    """One problem that keeps a whole file from being read."""
    return Refused([Problem(code, "error", Place(str(path), line), values)])


def content(path: Path, largest: int) -> bytes:
    """The bytes of a file of at most so many. Raises Refused where there is none, or it is larger or not readable."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise refused("file_is_folder", path)
        if not stat.S_ISREG(found.st_mode):
            raise refused("file_not_regular", path)
        if found.st_size > largest:
            raise refused("file_too_large", path, found=f"{found.st_size:,}", limit=f"{largest:,}")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise refused("file_missing", path) from error
    except PermissionError as error:
        raise refused("file_not_permitted", path) from error
    except (OSError, ValueError) as error:
        raise refused("file_unreadable", path, reason=getattr(error, "strerror", None) or str(error)) from error
