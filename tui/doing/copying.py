"""Blocks of cells as text with tabs between, as spreadsheets copy and paste them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from eduf.problems import Place, Problem
from tui.doing import editing
from tui.drafts import folder
from tui.store import Change
from tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from tui.app import Eduf


def clipboard() -> Path:
    """The file that holds what was copied, for where the terminal has no clipboard."""
    return folder() / "clipboard.tsv"


def copy(app: Eduf) -> None:
    """Ctrl+C: the block, in exact yuan; to the terminal's clipboard and to a file."""
    sheet = app.view
    if not isinstance(sheet, Sheet):
        app.say(app.looks.word("messages.no_block"))
        return
    shown = app.desk.looks
    app.desk.looks = replace(shown, unit="yuan")
    sheet.show_desk(app.desk)
    rows, columns = sheet.picked()
    numbers = [n for n, each in enumerate(sheet.columns) if each in columns]
    lines = [[sheet.cell(n, k).text.strip() for k in numbers] for n, each in enumerate(sheet.rows) if each in rows]
    app.desk.looks = shown
    sheet.show_desk(app.desk)
    text = "\n".join("\t".join(line) for line in lines)
    app.copy_to_clipboard(text)
    with suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        clipboard().write_text(text, encoding="utf-8")
    app.say(app.looks.says("messages.copied", cells=len(rows) * len(columns), file=clipboard()))


def paste(app: Eduf) -> None:
    """Ctrl+V: what was copied here, or by another eduf."""
    text = app.clipboard
    if not text:
        with suppress(OSError, ValueError):
            text = clipboard().read_text(encoding="utf-8")
    paste_text(app, text)


def paste_text(app: Eduf, text: str) -> None:
    """Put a block on the cells from the cursor on; all of it or nothing."""
    if app.draft is not None:
        app.draft.insert(text)
        editing.changed(app)
        return
    block = [line.split("\t") for line in text.replace("\r\n", "\n").strip("\n").split("\n")]
    at = app.calc.at()
    if app.screen_name != "calc" or at is None or not text.strip():
        app.say(app.looks.word("messages.nothing_to_paste"))
        return
    rows, columns = app.calc.picked()
    if block == [[block[0][0]]]:
        block = [[block[0][0]] * len(columns)] * len(rows)  # one value over the whole block
    changes, problems = _changes(app, block)
    if problems:
        app.complain(problems)
    elif changes:
        app.edit("pasted", changes)
    else:
        app.say(app.looks.word("messages.nothing_to_paste"))


def _changes(app: Eduf, block: list[list[str]]) -> tuple[list[Change], list[Problem]]:
    """What the block says, cell by cell; an empty one says nothing."""
    top, left, _, _ = app.calc.window.block()
    rows = [each for each in app.calc.rows[top:] if not each.heading]
    years = [int(each.key) for each in app.calc.columns[left:]]
    changes, problems = list[Change](), list[Problem]()
    if len(block) > len(rows) or max(map(len, block)) > len(years):
        return [], [Problem("paste_beyond", "error", Place())]
    for row, line in zip(rows, block, strict=False):
        for year, typed in zip(years, line, strict=False):
            if not typed.strip() or typed.strip() in ("—", "-"):
                continue
            if row.mark != ">":
                problems.append(Problem("paste_computed", "error", Place(path=(row.key,))))
                continue
            found = editing.read(app, row.key, year, typed.strip())
            problems += [found] if isinstance(found, Problem) else []
            changes += [] if isinstance(found, Problem) else [found]
    return changes, problems
