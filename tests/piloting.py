"""Driving the screen in the tests: keys in, lines of characters out, in a terminal that is not there."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual import _wait
from textual.pilot import Pilot
from textual.widgets import Input

from tui import settings
from tui.app import Eduf
from tui.run import app_for

EXAMPLE = Path(__file__).parent.parent / "examples" / "machinery.toml"
_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 1 / 200, 1 / 4000  # Textual waits four times as long after each key
Drive = Callable[[Eduf, Pilot[None]], Awaitable[None]]


def run(
    drive: Drive,
    file: Path | None = EXAMPLE,
    *,
    lang: str = "en",
    size: tuple[int, int] = (80, 24),
    tour: bool = False,
    **more: Any,
) -> Eduf:
    """Open the screen on a file, drive it, close it."""
    if not tour:
        settings.prefer("tour", "done")
    app = app_for(file, lang, **more)

    async def driven() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await drive(app, pilot)

    try:
        asyncio.run(driven())
    finally:
        if app.opened:
            app.desk.lock.release()  # as the end of the process would
    return app


async def type_in(pilot: Pilot[None], text: str, *keys: str) -> None:
    """Type a text, character by character, then press keys."""
    names = {
        "=": "equals_sign",
        "+": "plus",
        "-": "minus",
        "*": "asterisk",
        ".": "full_stop",
        ",": "comma",
        "%": "percent_sign",
    }
    await pilot.press(*(names.get(each, each) for each in text), *keys)
    await pilot.pause()


async def answer(app: Eduf, pilot: Pilot[None], text: str) -> None:
    """Put a text into the line that has the focus, and press Enter."""
    assert isinstance(app.focused, Input)
    app.focused.value = text
    await pilot.press("enter")
    await pilot.pause()


def picture(app: Eduf) -> list[str]:
    """The lines on the screen."""
    strips = app.screen._compositor.render_strips(app.size)
    return ["".join(segment.text for segment in strip) for strip in strips]


def shown(app: Eduf) -> str:
    """The whole screen as text."""
    return "\n".join(picture(app))


def said(app: Eduf) -> str:
    """What the status line says, in one line."""
    where = app.screen_stack[0].query_one("#status").region
    return " ".join(line.strip() for line in picture(app)[where.y : where.bottom])


def value(app: Eduf, name: str, year: int) -> str:
    """A figure of what is shown, as eduf has it."""
    return str(app.desk.shown.value(name, year))
