"""Whether another eduf has the same file open: a lock that ends with the process, however that ends."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import IO


class Lock:
    """A lock on a file of that path; `held` where it is ours, or where there is no way to tell."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] | None = None
        self.held = True
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("ab")
        if self._file is not None:
            self.held = _taken(self._file)

    def release(self) -> None:
        """Give it up."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _taken(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
