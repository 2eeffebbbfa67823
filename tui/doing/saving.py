"""Files: save, export, open, leave."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from eduf import result
from eduf.files import save as write
from eduf.problems import Refused
from tui.dialogs.ask import Ask
from tui.dialogs.choice import Choice
from tui.drafts import folder

if TYPE_CHECKING:
    from tui.app import Eduf
    from tui.desk import Desk

KINDS = {"workbook": ".xlsx", "csv": ".csv", "json": ".json", "log": ".csv"}


def save(app: Eduf, then: Callable[[], None] | None = None) -> None:
    """Ctrl+S: the scenarios into the file; asks where the file was changed meanwhile."""
    if not app.desk.changed_on_disk():
        _save(app, then)
        return

    def done(answer: str | None) -> None:
        if answer == "overwrite":
            _save(app, then)

    looks = app.looks
    answers = [(each, looks.word(f"answers.{each}")) for each in ("cancel", "overwrite")]
    app.ask(Choice(looks, looks.word("save.title"), looks.says("save.changed", file=app.desk.file.name), answers), done)


def _save(app: Eduf, then: Callable[[], None] | None) -> None:
    log = _log(app.desk)
    try:
        app.desk.save()
    except Refused as refused:
        app.complain(refused.problems)
        return
    _keep_log(app.desk, log)
    app.paint()
    app.say(app.looks.says("messages.saved", file=app.desk.file))
    if then:
        then()


def _log(desk: Desk) -> str:
    """The edits in force as CSV: when, what, scenario, fact, year, typed, was, is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["when", "edit", "scenario", "fact", "year", "typed", "was", "is"])
    for edit in desk.store.log:
        for each in edit.touched or [("", "", "", "", "")]:
            row = [edit.when, edit.kind, edit.name, *each]
            writer.writerow(result.as_text(value) if isinstance(value, str) else value for value in row)
    return out.getvalue()


def _keep_log(desk: Desk, log: str) -> None:
    """The audit trail of what was saved, beside the drafts."""
    path = folder() / "logs" / f"{desk.file.stem}-{desk.fingerprint[:12]}.csv"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, log.encode("utf-8"), replace=True)
    except (OSError, Refused):
        desk.journal.works = False


def export(app: Eduf) -> None:
    """F8: the workbook, CSV or JSON of what is shown, or the log of edits."""
    looks = app.looks
    answers = [(each, looks.word(f"export.{each}")) for each in KINDS]

    def done(kind: str | None) -> None:
        if kind:
            _ask_path(app, kind)

    app.ask(Choice(looks, looks.word("export.title"), "", answers), done)


def _ask_path(app: Eduf, kind: str) -> None:
    desk, looks = app.desk, app.looks
    parts = [
        desk.file.stem,
        desk.store.now.active.replace("/", "-"),
        looks.word("export.log_name") if kind == "log" else "",
    ]
    name = "-".join(filter(None, parts)) + KINDS[kind]
    name = f"{desk.file.stem}-report.xlsx" if name == desk.file.name else name

    def done(typed: str | None) -> None:
        if typed:
            _export(app, kind, Path(typed).expanduser())

    def check(typed: str) -> str:
        if Path(typed).suffix.lower() != KINDS[kind]:
            return looks.says("export.suffix", suffix=KINDS[kind])
        return looks.word("export.is_case") if Path(typed).resolve() == desk.file.resolve() else ""

    app.ask(
        Ask(looks, looks.word(f"export.{kind}"), looks.word("export.where"), str(desk.file.parent / name), check), done
    )


def _export(app: Eduf, kind: str, path: Path, *, force: bool = False) -> None:
    looks = app.looks
    if path.exists() and not force:

        def done(answer: str | None) -> None:
            if answer == "overwrite":
                _export(app, kind, path, force=True)

        answers = [(each, looks.word(f"answers.{each}")) for each in ("cancel", "overwrite")]
        app.ask(Choice(looks, looks.word("export.title"), looks.says("export.there", file=path.name), answers), done)
        return
    try:
        write(path, _content(app, kind), replace=force)
    except Refused as refused:
        app.complain(refused.problems)
        return
    app.say(looks.says("messages.written", file=path))


def _content(app: Eduf, kind: str) -> bytes:
    history, looks = app.desk.model.history, app.looks
    if kind == "workbook":
        from eduf.report import workbook

        return workbook(history, looks.lang, looks.unit)
    if kind == "json":
        return (json.dumps(result.as_json(history, looks.lang), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    return (_log(app.desk) if kind == "log" else result.as_csv(history)).encode("utf-8")


def leave(app: Eduf) -> None:
    """Ctrl+Q: ends; asks where something is not saved."""
    if not app.opened or not app.desk.store.unsaved:
        _end(app)
        return

    def done(answer: str | None) -> None:
        if answer == "save":
            save(app, partial(_end, app))
        elif answer == "discard":
            _end(app)

    looks = app.looks
    answers = [(each, looks.word(f"answers.{each}")) for each in ("save", "discard", "cancel")]
    app.ask(Choice(looks, looks.word("leave.title"), looks.says("leave.text", file=app.desk.file.name), answers), done)


def _end(app: Eduf) -> None:
    if app.opened:
        app.desk.close()
    app.exit()
