"""Writing a file so that nothing is lost: under a temporary name, then renamed."""

import os
import secrets
import shutil
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO

from eduf.problems import Place, Problem, Refused


def save(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write the whole file or nothing; a link stays one, and a file that is replaced keeps its permissions.

    Raises Refused where a file stands already or none can be written.
    """
    save_stream(path, BytesIO(content), replace=replace)


def save_stream(path: Path, content: IO[bytes], *, replace: bool = False) -> None:
    """As `save`, with what is read from a stream to its end."""
    if path.exists() and not replace:
        raise Refused([Problem("file_exists", "error", Place(str(path)))])
    try:
        _written(Path(os.path.realpath(path)), content)
    except FileNotFoundError as error:
        raise Refused([Problem("folder_missing", "error", Place(str(path)))]) from error
    except PermissionError as error:
        raise Refused([Problem("file_not_writable", "error", Place(str(path)))]) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused([Problem("file_unwritable", "error", Place(str(path)), {"reason": reason})]) from error


def _written(path: Path, content: IO[bytes]) -> None:
    """Write beside the file and put it in its place; where the system can, without a name until all is written."""
    name = path.parent / f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}"
    try:
        number, nameless = _begun(path, str(name))
        with os.fdopen(number, "wb+") as file:
            shutil.copyfileobj(content, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
            if nameless and _named(file, path, name):
                return
        name.chmod(_mode(path))
        name.replace(path)
    except BaseException:
        with suppress(OSError):
            name.unlink()
        raise


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()


def _begun(path: Path, name: str) -> tuple[int, bool]:
    """A new file in the folder, and whether it has no name yet, so that nothing remains of it if the process dies."""
    if hasattr(os, "O_TMPFILE") and Path("/proc/self/fd").is_dir():
        with suppress(OSError):  # not every file system can
            return os.open(path.parent, os.O_TMPFILE | os.O_RDWR, 0o600), True
    return os.open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600), False


def _named(file: IO[bytes], path: Path, name: Path) -> bool:
    """Give a file without a name its place, where nothing stands there, else a name beside it; whether it is there."""
    place = name if path.exists() else path
    os.fchmod(file.fileno(), _mode(path))
    try:
        os.link(f"/proc/self/fd/{file.fileno()}", place, follow_symlinks=True)
    except OSError:  # the system cannot, or somebody was faster
        place = name
        file.seek(0)
        with name.open("xb") as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
    return place == path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
