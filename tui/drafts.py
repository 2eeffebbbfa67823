"""Drafts: a journal of every edit, written at once, and offered back after a crash.

A line of JSON each: the head (file, fingerprint, scenarios at the start), then edits, undo, redo, saved. A line that
was cut off ends the journal: nothing is lost but the edit that it did not finish.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from eduf.case import Case, Scenario
from tui.store import Edit, Snapshot, Store, Touched

FORMAT = 1


def folder() -> Path:
    """Where the screen keeps what is its own: EDUF_STATE, else the user's state folder."""
    if os.environ.get("EDUF_STATE"):
        return Path(os.environ["EDUF_STATE"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "eduf"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "eduf"


def journal_of(file: Path) -> Path:
    """The journal of a case file."""
    return folder() / "drafts" / f"{hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:24]}.jsonl"


class Journal:
    """The journal of a file that is open; where it cannot be written, `works` is False and nothing else happens.

    `beside`: that of a second copy, which leaves the first one's alone.
    """

    def __init__(self, file: Path, start: Store, *, beside: bool = False) -> None:
        path = journal_of(file)
        self.path = path.with_name(f"{path.stem}-{os.getpid()}.jsonl") if beside else path
        self.works = True
        head = {"format": FORMAT, "file": str(file), "sha256": start.case.places.sha256, **_plain(start.now)}
        self._write([head], fresh=True)

    def resume(self, store: Store, saved: str) -> None:
        """Take over what a draft holds: its edits, with those that were undone, and what was saved of them."""
        self._write(map(_edit, store.edits))
        self._write([{"undo": True}] * (len(store.edits) - store.done))
        if not store.unsaved:
            self.saved(saved)

    def went(self, before: Store, after: Store) -> None:
        """Write down how one store became the other."""
        if after.done < before.done:
            self._write([{"undo": True}])
        elif after.edits == before.edits and after.done > before.done:
            self._write([{"redo": True}])
        elif after.done > before.done:
            self._write([_edit(after.edits[-1])])

    def saved(self, sha256: str) -> None:
        """Write down that the file has it, and how the file then looks."""
        self._write([{"saved": sha256}])

    def close(self) -> None:
        """Nothing is to be offered back."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _write(self, entries: Iterable[dict[str, Any]], *, fresh: bool = False) -> None:
        text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in entries)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("w" if fresh else "a", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            self.works = False


def draft(file: Path, case: Case) -> tuple[Store, bool] | None:
    """What the journal of a file holds beyond the file, and whether the file is still the one it was written for."""
    entries = list(_entries(journal_of(file)))
    if not entries or entries[0].get("format") != FORMAT:
        return None
    try:
        head, *rest = entries
        store = Store(case, _snapshot(head), saved=_snapshot(head).scenarios)
        fingerprint = head["sha256"]
        for each in rest:
            store = _next(store, each)
            fingerprint = each.get("saved", fingerprint)
    except (KeyError, TypeError, ValueError):
        return None
    same = fingerprint == case.places.sha256
    store = store if same else replace(store, saved=case.scenarios)
    return (store, same) if store.unsaved else None


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            return
        if not isinstance(found, dict):
            return
        yield found


def _next(store: Store, entry: dict[str, Any]) -> Store:
    if "undo" in entry:
        return store.undone()
    if "redo" in entry:
        return store.redone()
    if "saved" in entry:
        return store.kept()
    touched = [Touched(*each) for each in entry["touched"]]
    store = replace(store, now=replace(store.now, active=entry["from"]))
    return store.edited(entry["kind"], entry["name"], _snapshot(entry), entry["when"], touched)


def _edit(edit: Edit) -> dict[str, Any]:
    about = {"kind": edit.kind, "when": edit.when, "name": edit.name, "from": edit.before.active}
    return {**about, "touched": [list(each) for each in edit.touched], **_plain(edit.after)}


def _plain(now: Snapshot) -> dict[str, Any]:
    stated = [each.model_dump(mode="json", exclude_none=True) for each in now.scenarios]
    return {"scenarios": stated, "active": now.active}


def _snapshot(entry: dict[str, Any]) -> Snapshot:
    return Snapshot(tuple(Scenario.model_validate(each) for each in entry["scenarios"]), str(entry["active"]))
