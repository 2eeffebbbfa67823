"""Every screen and dialogue in every size, language and set of characters: whole lines, whole figures, one language."""

import re
import shutil
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from piloting import EXAMPLE, picture, run, type_in
from rich.cells import cell_len, set_cell_size
from textual.pilot import Pilot

from tui.actions import ACTIONS
from tui.app import Eduf

SIZES = ((80, 24), (100, 30), (120, 40))
ASCII_WORDS = re.compile(  # what stays as it is in Chinese: files, formats, keys, schedules, names of the law data
    r"eduf( \w+)?|machinery|toml|xlsx|csv|json|settings|F\d\.*|Esc|Enter|Tab|Del|Delete|Ctrl|Shift|Alt|CASE|A\d{6}|"
    r"[A-Z]|v|extracted|grow|[a-z_]+\.[a-z0-9_.]+"
)
FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![\d.,]*%)")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
TWINS = {word for each in ACTIONS for word in WORD.findall(each.twin)} | {"x"}  # commands; × in ASCII
STEPS = (  # keys that lead from one picture to the next; each picture is looked at
    (),
    ("f3",),
    ("escape", "f4", "down"),
    ("enter", "f1"),
    ("escape", "f7", "enter"),
    ("escape", "f8"),
    ("escape", "f9"),
    ("escape", "ctrl+g"),
    ("escape", "ctrl+p"),
    ("escape", "ctrl+t"),
    ("escape", "pagedown", "end"),
    ("f6",),
    ("plus",),
    ("f6",),
    ("f6",),
    ("f6",),
    ("end", "down"),
    ("shift+f5", "ctrl+u"),
    ("ctrl+a",),
)


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUF_STATE", str(tmp_path / "state"))


def case(folder: Path, lang: str) -> Path:
    """The example; in English its names are English."""
    file = Path(shutil.copy(EXAMPLE, folder / "machinery.toml"))
    if lang == "en":
        names = {
            "开封精工机械示例有限公司": "Example Machinery",
            "B 多培训": "B more",
            "C 项目分两年": "C later",
            "D 订单下滑": "D fewer",
        }
        text = file.read_text(encoding="utf-8")
        for chinese, english in names.items():
            text = text.replace(chinese, english)
        file.write_text(text, encoding="utf-8")
    return file


def figures_of(app: Eduf) -> set[str]:
    """Every figure that may stand on the screen, as eduf writes it, in yuan and in 10,000 yuan."""
    from dataclasses import replace

    found = set()
    for history in (app.desk.shown.history, app.desk.shown.baseline):
        for year in history.years:
            values = [*year.values.values(), *(amount for _, amount in year.vintages)]
            for unit in ("yuan", "wan"):
                looks = replace(app.looks, unit=unit)
                found |= {looks.amount(value).strip() for value in values if value is not None}
        stated = [value for each in history.case.years for _, value in each if isinstance(value, Decimal)]
        found |= {replace(app.looks, unit=unit).amount(value).strip() for value in stated for unit in ("yuan", "wan")}
    return found


def looked_at(app: Eduf, plain: bool) -> None:  # noqa: FBT001
    """What must be true of every picture."""
    lines = picture(app)
    assert len(lines) == app.size.height
    assert [cell_len(line) for line in lines] == [app.size.width] * app.size.height
    whole = "\n".join(lines)
    assert "tui." not in whole
    if plain:
        assert {each for each in whole if unicodedata.east_asian_width(each) == "A"} == set()
    one_language(whole, app.looks.lang)
    if app.screen_name in ("calc", "ledger") and len(app.screen_stack) == 1:
        known = figures_of(app)
        grid = "\n".join(set_cell_size(line, app.view.size.width) for line in lines[2:-3])
        assert set(FIGURE.findall(grid)) - known == set()


def one_language(text: str, lang: str) -> None:
    if lang == "en":
        assert re.findall(r"[\u4e00-\u9fff]+", text) == []
    else:
        assert [each for each in WORD.findall(text) if not ASCII_WORDS.fullmatch(each) and each not in TWINS] == []


@pytest.mark.parametrize("plain", [False, True], ids=["unicode", "ascii"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_picture(size: tuple[int, int], lang: str, plain: bool, tmp_path: Path) -> None:  # noqa: FBT001
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        for step in STEPS:
            if step:
                await pilot.press(*step)
                await pilot.pause()
            looked_at(app, plain)
        await type_in(pilot, "5", "enter")
        looked_at(app, plain)
        await pilot.press("ctrl+q")
        looked_at(app, plain)

    run(drive, case(tmp_path, lang), lang=lang, size=size, plain=plain)


def test_a_figure_that_does_not_fit_is_no_figure_at_all(tmp_path: Path) -> None:
    from tui.looks import Looks, figure_in, shortened

    assert figure_in("1,234.56", 8) == "1,234.56"
    assert figure_in("1,234.56", 7) == "#######"
    assert shortened("closes at 1,234.56 yuan", 14) == "closes at ~   "
    assert shortened("closes at 1,234.56 yuan", 20) == "closes at 1,234.56 ~"
    assert Looks("zh").amount(eduf_amount("12345.67")) == "12,345.67"
    assert Looks("zh", "wan").amount(eduf_amount("12345.67")) == "1.234567"
    assert Looks("zh", "wan").amount(eduf_amount("12300.00")) == "1.23    "


def eduf_amount(text: str) -> Decimal:
    from eduf.money import amount

    return amount(text)
