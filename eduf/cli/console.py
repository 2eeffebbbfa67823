"""The console: it may lack characters, or be gone, and must not make a command crash."""

import codecs
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from eduf.words import word

_PLAIN = str.maketrans({"−": "-", "–": "-", "—": "-", "×": "x", "＋": "+", "－": "-", "…": "...", "“": '"', "”": '"'})


def prepare() -> None:
    """What the console cannot show is written in a plain form, else as ?; a stream that is not there swallows all."""
    codecs.register_error("eduf", _plain)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="eduf")


@contextmanager
def working(*, quiet: bool) -> Iterator[None]:
    """Says on a terminal, each second from the first on, that work is under way, and takes it back at the end."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    clock = threading.Thread(target=_tick, args=(done, word("cli.working")), daemon=True)
    clock.start()
    try:
        yield
    finally:
        done.set()
        clock.join()


def _tick(done: threading.Event, text: str) -> None:
    seconds = 0
    while not done.wait(1):
        seconds += 1
        print(f"\r{text.format(seconds=seconds)}", end="", file=sys.stderr, flush=True)
    if seconds:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def give_up() -> None:
    """The output has no reader or no room: keep Python from writing to it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(error: UnicodeError) -> tuple[str, int]:
    """A minus sign as a hyphen and the like; a ? for what has no plain form."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAIN)
    return "".join(character if character.isascii() else "?" for character in text), error.end
