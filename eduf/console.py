"""The console: it may lack characters, or be gone, and must not make a command crash."""

import codecs
import os
import sys

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


def give_up() -> None:
    """The output has no reader or no room: keep Python from writing to it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(error: UnicodeError) -> tuple[str, int]:
    """A minus sign as a hyphen and the like; a ? for what has no plain form."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAIN)
    return "".join(character if character.isascii() else "?" for character in text), error.end
