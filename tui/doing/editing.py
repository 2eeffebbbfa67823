"""Typing into cells: begin, see, commit, clear, fill, undo; every change is one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eduf import cell
from eduf.money import Unreadable
from eduf.problems import Place, Problem
from tui.dialogs.ask import Ask
from tui.store import Change, text
from tui.widgets.draft import Draft

if TYPE_CHECKING:
    from tui.app import Eduf

LEAVES = {"enter": (1, 0), "down": (1, 0), "up": (-1, 0), "tab": (0, 1), "shift+tab": (0, -1)}
REASONS = {"cap_rate": "cap_rate_because", "transferred": "transferred_because"}


def edit(app: Eduf) -> None:
    """F2: edit what stands in the cell."""
    begin(app, None)


def begin(app: Eduf, typed: str | None) -> None:
    """Open the cell at the cursor, with what was typed in the place of what stands there."""
    at = app.calc.fact() if app.screen_name == "calc" else None
    if at is None:
        app.say(app.looks.word("messages.computed" if app.screen_name == "calc" else "messages.only_calc"))
        return
    text = stands(app, *at) if typed is None else typed
    app.draft = Draft(text, len(text))
    changed(app)


def press(app: Eduf, key: str, typed: str | None) -> bool:
    """Take a key into the open cell; False for one that is not the cell's, such as that of an action."""
    draft = app.draft
    if draft is None:
        return False
    if key in LEAVES:
        commit(app, *LEAVES[key])
    elif key == "escape":
        cancel(app)
    elif key == "ctrl+v":
        draft.insert(app.clipboard)
        changed(app)
    elif draft.press(key, typed):
        changed(app)
    else:
        return False
    return True


def stands(app: Eduf, fact: str, year: int) -> str:
    """What stands in a cell, as it can be typed again."""
    return text(fact, _value(app, fact, year))


def _value(app: Eduf, fact: str, year: int) -> Any:
    return next((getattr(each, fact) for each in app.desk.model.case.years if each.year == year), None)


def read(app: Eduf, fact: str, year: int, typed: str) -> Change | Problem:
    """What was typed, as a change, or what is wrong with it."""
    try:
        value = cell.value(fact, typed, _value(app, fact, year))
    except Unreadable as error:
        return Problem(error.code, "error", Place(path=(fact,)), error.values)
    there = next((each for each in app.desk.store.case.years if each.year == year), None)
    back = there is not None and getattr(there, fact) == value
    return Change(fact, year, typed, None if back else value)


def changed(app: Eduf) -> None:
    """While typing: what it would give is shown, or what is wrong is said and the last valid result stays."""
    at = app.calc.fact()
    if at is None or app.draft is None:
        return
    typed = app.calc.draft = app.draft.text
    problems: tuple[Problem, ...] = ()
    found = read(app, *at, typed) if typed.strip() else None
    if isinstance(found, Problem):
        problems = (found,)
    elif found is None or _same(app, found) or found.fact in REASONS:
        app.desk.try_out(None)
    else:
        problems = app.desk.try_out(app.desk.touched("set", [found]))
    app.paint()
    app.complain(problems)


def _same(app: Eduf, change: Change) -> bool:
    """Whether the cell holds this already."""
    fact, year = change.fact, change.year
    return change.value == _value(app, fact, year) or (
        change.value is None and not app.desk.model.is_changed(fact, year)
    )


def commit(app: Eduf, rows: int, columns: int) -> bool:
    """Take what was typed as an edit and move on; False where it is wrong, and the cell stays open."""
    at, typed = app.calc.fact(), app.draft.text if app.draft else ""
    if at is None or not typed.strip():
        cancel(app)
        return True
    found = read(app, *at, typed)
    if isinstance(found, Problem):
        app.complain((found,))
        return False
    message = ("", False)
    if not _same(app, found):
        if found.fact in REASONS and not _value(app, REASONS[found.fact], found.year):
            _ask_reason(app, found)
            return False
        if not app.edit("set", [found]):
            return False
        message = app.message
    cancel(app)
    app.message = message
    app.calc.move(rows, columns)
    return True


def _ask_reason(app: Eduf, change: Change) -> None:
    """A rate or a transfer of one's own needs its reason: both are one edit."""
    reason = REASONS[change.fact]

    def done(because: str | None) -> None:
        if because and app.edit("set", [change, Change(reason, change.year, because, because)]):
            cancel(app)

    looks = app.looks
    app.ask(Ask(looks, looks.name(reason), looks.word("messages.reason"), "", lambda typed: "" if typed else " "), done)


def cancel(app: Eduf) -> None:
    """Close the cell; what stands there stays."""
    app.desk.try_out(None)
    app.calc.draft = None
    app.draft = None
    app.message = ("", False)
    app.paint()


def clear(app: Eduf) -> None:
    """Del: the cells of the block back to the baseline."""
    changes = []
    rows, columns = app.calc.picked()
    for row in rows:
        for column in columns:
            fact, year = row.key, int(column.key)
            if row.mark == ">" and app.desk.model.is_changed(fact, year):
                changes.append(Change(fact, year, "", None))
                if fact in REASONS:
                    changes.append(Change(REASONS[fact], year, "", None))
    if changes and app.desk.store.now.active:
        app.edit("cleared", changes)
    else:
        app.say(app.looks.word("messages.nothing_to_clear"))


def fill_right(app: Eduf) -> None:
    """Ctrl+R: the first column of the block, or the cell on the left, into the rest of it."""
    rows, columns = app.calc.picked()
    years = [int(each.key) for each in columns]
    if len(years) == 1:
        years = [year for year in app.desk.years if year == years[0] - 1] + years
    facts = [row.key for row in rows if row.mark == ">"]
    changes = [
        Change(fact, year, stands(app, fact, years[0]), _value(app, fact, years[0]))
        for fact in facts
        for year in years[1:]
        if _value(app, fact, year) != _value(app, fact, years[0])
    ]
    if changes:
        app.edit("filled", changes)
    else:
        app.say(app.looks.word("messages.nothing_to_fill"))


def undo(app: Eduf) -> None:
    """Ctrl+Z: what is being typed first, then the last edit."""
    if app.editing:
        cancel(app)
        return
    log = app.desk.store.log
    app.put(app.desk.store.undone(), "undone" if log else "nothing_to_undo", log[-1] if log else None)


def redo(app: Eduf) -> None:
    """Ctrl+Y: what was undone last."""
    store = app.desk.store
    there = store.edits[store.done] if store.done < len(store.edits) else None
    app.put(store.redone(), "redone" if there else "nothing_to_redo", there)
