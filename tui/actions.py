"""Every action of the screen: its id, its key, what it does, and the command that does the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tui.doing import copying, editing, planning, saving, viewing

if TYPE_CHECKING:
    from tui.app import Eduf


class Action(NamedTuple):
    """An action; its name stands in words/ under tui.actions. `twin`: the command."""

    id: str
    key: str
    run: Callable[[Eduf], None]
    twin: str = ""


ACTIONS = (
    Action("help", "f1", viewing.help_, "eduf --help"),
    Action("edit", "f2", editing.edit, "eduf scenario CASE --set FACT@YEAR=…"),
    Action("explain", "f3", viewing.explain, "eduf explain CASE YEAR LINE"),
    Action("scenarios", "f4", planning.scenarios, "eduf scenario CASE"),
    Action("goal", "f7", planning.goal, "eduf solve CASE --change … --so-that …"),
    Action("export", "f8", saving.export, "eduf report CASE; eduf calc CASE --csv; --json"),
    Action("notices", "f9", viewing.notices, "eduf calc CASE"),
    Action("next_screen", "f6", viewing.next_screen),
    Action("save", "ctrl+s", saving.save, "eduf convert CASE FILE"),
    Action("undo", "ctrl+z", editing.undo),
    Action("palette", "ctrl+p", viewing.palette, "eduf --help"),
    Action("leave", "ctrl+q", saving.leave),
    Action("redo", "ctrl+y", editing.redo),
    Action("clear", "delete", editing.clear),
    Action("copy", "ctrl+c", copying.copy, "eduf calc CASE --csv"),
    Action("paste", "ctrl+v", copying.paste),
    Action("fill_right", "ctrl+r", editing.fill_right, "eduf scenario CASE --set FACT@YEAR-=…"),
    Action("find", "ctrl+f", viewing.find, "eduf explain CASE YEAR LINE"),
    Action("insert_year", "ctrl+n", planning.insert_year, "eduf scenario CASE --set FACT@YEAR=…"),
    Action("remove_year", "ctrl+d", planning.remove_year),
    Action("panel", "f5", viewing.next_panel),
    Action("log", "ctrl+g", viewing.log),
    Action("previous_screen", "shift+f6", partial(viewing.next_screen, step=-1)),
    Action("calc", "shift+f5", viewing.to_screen["calc"], "eduf calc CASE"),
    Action("compare", "shift+f4", viewing.to_screen["compare"], "eduf scenario CASE"),
    Action("chart", "shift+f8", viewing.to_screen["chart"], "eduf report CASE"),
    Action("law", "shift+f1", viewing.to_screen["law"], "eduf law --year YEAR"),
    Action("ledger", "shift+f9", viewing.to_screen["ledger"], "eduf report CASE"),
    Action("compare_line", "ctrl+e", viewing.choose_line, "eduf scenario CASE --lines LINE"),
    Action("language", "ctrl+l", viewing.language, "eduf --lang zh|en"),
    Action("unit", "ctrl+u", viewing.unit, "eduf report CASE --unit wan"),
    Action("theme", "ctrl+t", viewing.theme),
    Action("tour", "shift+f2", viewing.tour),
    Action("all_facts", "ctrl+a", viewing.all_facts),
)
FOOT = (  # below the screen, as many as fit
    *("help", "explain", "scenarios", "next_screen", "goal", "export", "save", "palette", "leave"),
    *("undo", "edit", "notices"),
)
BY_ID = {each.id: each for each in ACTIONS}


def shown_key(key: str) -> str:
    """A key as it is printed on one: ^S, F2, Del."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+").upper()
    return {"delete": "Del"}.get(key, "-".join(part.capitalize() for part in key.split("+")))
