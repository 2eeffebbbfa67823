"""Writing a file so that nothing is lost: under a temporary name, then renamed."""

import os
import shutil
import tempfile
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
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            shutil.copyfileobj(content, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
