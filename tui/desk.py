"""What lies on the desk: the file that is open, what was done to it, and how it is shown. No Textual here."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from eduf.case import Case
from eduf.files import BOOKS, dump, save
from eduf.files.revised import revised
from eduf.problems import Place, Problem, Refused
from tui.drafts import Journal, draft, journal_of
from tui.lock import Lock
from tui.looks import Looks
from tui.model import Model, model
from tui.store import Change, Store, opened, touching


class Desk:
    """The open case. `preview` is what an unfinished edit would give; it is shown while it is typed."""

    def __init__(self, file: Path, case: Case, looks: Looks) -> None:
        self.file, self.looks = file, looks
        self.model: Model = model(opened(case))
        self.preview: Model | None = None
        self.lock = Lock(journal_of(file).with_suffix(".lock"))
        self.found_draft = draft(file, case) if self.lock.held else None  # read before the journal begins anew
        self.journal = Journal(file, self.store, beside=not self.lock.held)
        self.fingerprint = case.places.sha256

    @property
    def store(self) -> Store:
        """What was done."""
        return self.model.store

    @property
    def shown(self) -> Model:
        """What the screen shows."""
        return self.preview or self.model

    @property
    def years(self) -> tuple[int, ...]:
        """The years shown."""
        return tuple(each.year for each in self.shown.history.years)

    def put(self, store: Store) -> tuple[Problem, ...]:
        """Another store, computed, becomes the one shown; where it cannot be computed nothing changes."""
        before = self.store
        try:
            self.model = model(store, self.model)
        except Refused as refused:
            return refused.problems
        finally:
            self.preview = None
        self.journal.went(before, store)
        return ()

    def try_out(self, store: Store | None) -> tuple[Problem, ...]:
        """Show what a store would give; None: back to what is there."""
        self.preview = None
        try:
            self.preview = model(store, self.model) if store else None
        except Refused as refused:
            return refused.problems
        return ()

    def touched(self, kind: str, changes: list[Change]) -> Store:
        """The store after cells were set."""
        return touching(self.store, kind, changes, self.model.case, now(), self.fresh_name())

    def fresh_name(self) -> str:
        """A name that no scenario has."""
        names = {each.name.casefold() for each in self.store.now.scenarios}
        numbered = (self.looks.says("scenarios.fresh", n=n) for n in range(1, len(names) + 2))
        return next(each for each in numbered if each.casefold() not in names)

    def changed_on_disk(self) -> bool:
        """Whether the file is no longer the one that was read or saved."""
        try:
            return hashlib.sha256(self.file.read_bytes()).hexdigest() != self.fingerprint
        except OSError:
            return False

    def save(self) -> None:
        """Write the scenarios into the file, atomically. Raises Refused."""
        stated = self.store.stated()
        if self.file.suffix.lower() in BOOKS:
            if self.file.suffix.lower() != ".xlsx":  # the only kind of workbook that eduf writes
                raise Refused([Problem("file_not_a_case", "error", Place(str(self.file)))])
            content = dump(stated, self.file, self.looks.lang)
        else:
            content = revised(self._content(), stated, self.looks.lang)
        save(self.file, content, replace=True)
        self.fingerprint = hashlib.sha256(content).hexdigest()
        self.model = replace(self.model, store=self.store.kept())
        self.journal.saved(self.fingerprint)

    def _content(self) -> bytes:
        return self.file.read_bytes() if self.file.exists() else dump(self.store.case, self.file, self.looks.lang)

    def close(self) -> None:
        """Nothing is to be offered back, and the file is free."""
        self.journal.close()
        self.lock.release()

    def resume(self, store: Store) -> tuple[Problem, ...]:
        """Take up a draft."""
        try:
            self.model = model(store, self.model)
        except Refused as refused:
            return refused.problems
        self.journal.resume(store, self.fingerprint)
        return ()


def now() -> str:
    """The local time, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")[:19]
