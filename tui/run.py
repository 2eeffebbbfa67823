"""How `eduf tui` begins."""

from pathlib import Path

from eduf.files import read
from eduf.look_up import answered
from eduf.words import language
from tui.app import Eduf
from tui.desk import Desk
from tui.looks import Looks
from tui.settings import settings


def app_for(
    file: Path | None, lang: str | None, *, answers: tuple[str, ...] = (), plain: bool = False, unit: str = ""
) -> Eduf:
    """The app on a case, or with its start page. Raises Refused with what is wrong with the file."""
    chosen = settings()
    looks = Looks(lang or chosen.lang or language(), unit or chosen.unit, plain or chosen.plain)
    desk = Desk(file, read(file, answered(answers)), looks) if file else None
    return Eduf(desk, looks, chosen)
