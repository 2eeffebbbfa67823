"""Opening: the start page without a file, and the draft of a crash offered back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from eduf.files import read
from eduf.files import save as write
from eduf.files.samples import example, template
from eduf.problems import Refused
from tui import settings
from tui.desk import Desk
from tui.dialogs.ask import Ask
from tui.dialogs.choice import Choice
from tui.doing import viewing
from tui.store import Store

if TYPE_CHECKING:
    from tui.app import Eduf

DEMO = "eduf-demo.toml"


def begin(app: Eduf) -> None:
    """After the first picture: the start page, or what is known of the file."""
    if not app.opened:
        start(app)
        return
    settings.remember(app.desk.file)
    plans = [each.year for each in app.desk.model.history.years if each.status == "plan"]
    app.calc.go("spent", plans[0] if plans else app.desk.years[-1])
    if not app.desk.lock.held:
        app.say(app.looks.says("messages.second_copy", file=app.desk.file.name), wrong=True)
    found = app.desk.found_draft
    if found:
        _offer(app, *found)
    elif app.settings.tour == "":
        viewing.tour(app)


def start(app: Eduf) -> None:
    """The start page."""
    looks, files = app.first_looks, settings.recent()
    answers = [(f"recent {n}", f"{path.name}  ({path.parent})") for n, path in enumerate(files)]
    answers += [(each, looks.word(f"start.{each}")) for each in ("open", "new", "demo", "leave")]

    def done(answer: str | None) -> None:
        match answer:
            case None | "leave":
                app.exit()
            case "open" | "new":
                _ask_file(app, answer)
            case "demo":
                _demo(app)
            case _:
                open_file(app, files[int(answer.split()[1])])

    app.push_screen(Choice(looks, looks.word("start.title"), looks.word("start.text"), answers), done)


def _ask_file(app: Eduf, what: str) -> None:
    looks = app.first_looks

    def done(typed: str | None) -> None:
        if typed is None:
            start(app)
        elif what == "open":
            open_file(app, Path(typed).expanduser())
        else:
            _new(app, Path(typed).expanduser())

    def check(typed: str) -> str:
        return "" if Path(typed).suffix.lower() in (".toml", ".xlsx") else looks.word("start.suffix")

    app.push_screen(Ask(looks, looks.word(f"start.{what}"), looks.word("start.where"), "", check), done)


def _new(app: Eduf, path: Path) -> None:
    """A template to fill in; a workbook has nothing to compute yet, so only where it is TOML is it opened."""
    try:
        write(path, template(app.first_looks.lang, path.suffix.lower()))
    except Refused as refused:
        _refused(app, refused)
        return
    if path.suffix.lower() == ".toml":
        open_file(app, path)
    else:
        _tell(app, app.first_looks.says("start.fill_in", file=path))


def _demo(app: Eduf) -> None:
    path = Path(DEMO)
    try:
        if not path.exists():
            write(path, example("machinery"))
    except Refused as refused:
        _refused(app, refused)
        return
    open_file(app, path)


def open_file(app: Eduf, path: Path) -> None:
    """Open a case; what is wrong with it is told in full, and the start page comes back."""
    try:
        app.desk = Desk(path, read(path), app.first_looks)
    except Refused as refused:
        _refused(app, refused)
        return
    app.opened = True
    app.calc.focus()
    app.paint()
    begin(app)


def _refused(app: Eduf, refused: Refused) -> None:
    _tell(app, "\n".join(each.text(app.first_looks.lang) for each in refused.problems))


def _tell(app: Eduf, text: str) -> None:
    looks = app.first_looks
    answers = [("back", looks.word("answers.back"))]
    app.push_screen(Choice(looks, looks.word("start.title"), text, answers), lambda _: start(app))


def _offer(app: Eduf, store: Store, same: bool) -> None:  # noqa: FBT001
    """What was not saved before a crash."""
    looks = app.looks
    text = looks.says("draft.text" if same else "draft.other_file", edits=len(store.log), file=app.desk.file.name)

    def done(answer: str | None) -> None:
        if answer == "resume":
            problems = app.desk.resume(store)
            if problems:
                app.complain(problems)
            else:
                app.say(looks.says("draft.resumed", edits=len(store.log)))
        app.paint()

    answers = [(each, looks.word(f"answers.{each}")) for each in ("resume", "drop")]
    app.push_screen(Choice(looks, looks.word("draft.title"), text, answers), done)
