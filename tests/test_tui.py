"""The screen, driven by keys: what a person used to Excel does, and what then stands there."""

import csv
import fcntl
import json
import os
import pty
import random
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from piloting import EXAMPLE, answer, picture, run, said, shown, type_in, value
from textual.pilot import Pilot

import eduf
from tui import settings
from tui.app import Eduf
from tui.drafts import draft
from tui.model import model
from tui.run import app_for
from tui.widgets.lines import Lines

START = ("spent", 2026)  # where the cursor stands after opening: the first plan year


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUF_STATE", str(tmp_path / "state"))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "case.toml"))


async def on(app: Eduf, pilot: Pilot[None], name: str, year: int) -> None:
    app.calc.go(name, year)
    await pilot.pause()


def test_typing_a_digit_replaces_the_value_and_everything_is_computed_at_once() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        assert app.pointed() == START
        await type_in(pilot, "9")
        assert value(app, "spent", 2026) == "9.00"  # while it is typed
        assert app.desk.store.done == 0
        await type_in(pilot, "00000", "enter")
        assert value(app, "spent", 2026) == "900000.00"
        assert value(app, "carried_forward", 2026) == "0.00"
        assert app.desk.store.done == 1
        assert app.pointed() == ("qualifications", 2026)  # Enter moves down
        assert "900,000.00*" in shown(app)
        assert "Scenario 1" in picture(app)[0]

    run(drive)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1,234.56", "1234.56"),
        ("12万", "120000.00"),
        ("１２３", "123.00"),
        ("=1000*1.05", "1050.00"),
        ("+5%", "1554000.00"),  # 1,480,000 x 1.05
    ],
)
def test_what_people_type_is_understood(typed: str, expected: str) -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, typed, "enter")
        assert value(app, "spent", 2026) == expected

    run(drive)


def test_what_is_wrong_is_said_beside_the_cell_and_the_last_valid_result_stays() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "5x")
        status = said(app)
        assert "'5x' is not an amount of yuan" in status
        assert value(app, "spent", 2026) == "5.00"
        await pilot.press("enter")
        assert app.editing
        await pilot.press("backspace", "enter")
        assert value(app, "spent", 2026) == "5.00"
        assert not app.editing

    run(drive)


def test_f2_edits_tab_goes_right_escape_leaves_it_delete_goes_back() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("f2")
        assert app.draft
        assert app.draft.text == "1480000"
        await pilot.press("backspace", "tab")
        assert value(app, "spent", 2026) == "148000.00"
        assert app.pointed() == ("spent", 2027)
        await type_in(pilot, "7", "escape")
        assert value(app, "spent", 2027) == "430000.00"
        await pilot.press("left", "delete")
        assert value(app, "spent", 2026) == "1480000.00"
        assert [each.kind for each in app.desk.store.log] == ["set", "cleared"]

    run(drive)


def test_what_cannot_be_computed_is_refused_and_nothing_changes() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await on(app, pilot, "front_line_spent", 2026)
        await type_in(pilot, "2000000", "enter")  # more than was spent
        assert app.editing
        assert app.desk.store.done == 0
        assert "front-line" in said(app).lower()
        await pilot.press("escape")
        assert value(app, "spent", 2026) == "1480000.00"

    run(drive)


def test_a_rate_of_ones_own_asks_for_its_reason() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+a")
        await on(app, pilot, "cap_rate", 2026)
        await type_in(pilot, "2.5%", "enter")
        assert "Reason for the deduction rate" in shown(app)
        await type_in(pilot, "pilot", "enter")
        assert value(app, "cap_rate", 2026) == "0.025"
        assert app.desk.store.done == 1
        await pilot.press("ctrl+z")
        assert value(app, "cap_rate", 2026) == "0.080"

    run(drive)


def test_undo_and_redo_of_everything_and_an_open_cell_comes_first() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "1", "enter")
        await pilot.press("up")
        await type_in(pilot, "2", "ctrl+z")
        assert not app.editing
        assert value(app, "spent", 2026) == "1.00"
        await pilot.press("ctrl+z")
        assert value(app, "spent", 2026) == "1480000.00"
        assert app.desk.store.now.scenarios == app.desk.store.case.scenarios
        await pilot.press("ctrl+z")
        assert "nothing to undo" in said(app)
        await pilot.press("ctrl+y")
        assert value(app, "spent", 2026) == "1.00"

    run(drive)


def test_f3_explains_and_enter_goes_to_an_operand() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await on(app, pilot, "cap", 2026)
        await pilot.press("f3")
        text = shown(app)
        assert "= Deductible wages × Deduction rate, to the fen, half up" in text
        assert "= 16,800,000.00 × 8%, to the fen, half up = 1,344,000.00" in text
        assert "machinery.toml:" in text
        await pilot.press("enter")
        assert app.pointed() == ("deductible_wages", 2026)

    run(drive)


def test_a_typed_fact_says_when_it_was_typed_and_what_it_was() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "5", "enter")
        await pilot.press("up", "question_mark")
        edit = app.desk.store.log[-1]
        assert f"typed {edit.when[11:16]}, was 1,480,000.00: 5" in shown(app)

    run(drive)


def test_the_panel_beside_a_wide_screen_follows_the_cursor() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        assert "[Explanation]" in picture(app)[2]
        await on(app, pilot, "headroom", 2026)
        assert "Headroom under the cap 2026 =" in shown(app)
        await pilot.press("f5")
        assert "[Notices]" in picture(app)[2]
        await pilot.press("f5", "f5", "f3")
        assert app.focused is app.query_one("#panel", Lines)
        await pilot.press("enter")
        assert app.pointed() == ("cap", 2026)

    run(drive, size=(120, 40))


def test_the_difference_to_the_baseline_stands_below_the_grid() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "1480001", "enter")
        await on(app, pilot, "carried_forward", 2026)
        assert "baseline 136,000.00   +1.00" in picture(app)[-3]

    run(drive)


def test_a_fund_below_zero_is_marked_by_more_than_colour() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "9000000", "enter")
        assert "-7,510,275.20!" in shown(app)
        assert "! warning 2026: The fund closes 2026" in said(app)

    run(drive, size=(100, 30))


def test_scenarios_are_shown_made_copied_renamed_and_removed() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("f4", "down", "enter")
        assert app.desk.store.now.active == "B 多培训"
        assert app.desk.years[-1] == 2030
        await pilot.press("f4", "d")
        await answer(app, pilot, "B2")
        assert app.desk.store.now.active == "B2"
        assert app.desk.store.now.scenarios[-1].set == app.desk.store.now.scenarios[0].set
        await pilot.press("f4", "r")
        await answer(app, pilot, "b 多培训")
        assert "There is a scenario of that name" in shown(app)
        await answer(app, pilot, "B3")
        assert app.desk.store.now.active == "B3"
        await pilot.press("f4", "delete")
        assert [each.name for each in app.desk.store.now.scenarios] == ["B 多培训", "C 项目分两年", "D 订单下滑"]
        await pilot.press("f4", "n")
        await pilot.press("enter")
        assert app.desk.store.now.active == "Scenario 1"
        assert len(app.desk.store.log) == 4
        await pilot.press(*["ctrl+z"] * 4)
        assert app.desk.store.now.scenarios == app.desk.store.case.scenarios

    run(drive)


def test_the_comparison_shows_baseline_and_scenarios_in_three_ways() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("f6")
        text = shown(app)
        for each in ("baseline", "B 多培训", "C 项目分两年", "2030 plan", "328,000.00~", "533,004.80"):
            assert each in text
        await pilot.press("plus")
        assert "+328,000.00~" in shown(app)
        assert "differences" in shown(app)
        await pilot.press("enter")
        await type_in(pilot, "headroom", "enter")
        assert app.compare.line == "headroom"
        await pilot.press("plus")
        assert "-89.1%~" in shown(app) or "-100.0%~" in shown(app)

    run(drive, size=(120, 40))


def test_a_scenario_that_cannot_be_compared_is_not_the_end(case: Path) -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("f6")
        assert "2016" in shown(app)
        assert "B 多培训" in shown(app)
        assert "D 订单下滑" not in shown(app)
        assert said(app).startswith("!! ")
        await pilot.press("f4", "up", "enter")
        assert app.desk.store.now.active == ""

    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace('years = "2026-", grow = "-8%"', 'years = "2010", grow = "-8%"'), encoding="utf-8")
    run(drive, case)


def test_goal_seek_is_proved_and_one_undoable_edit() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("f7", "enter")
        text = shown(app)
        assert "2,306,000.00 is the largest" in text
        for each in ("2,305,999.99", "2,306,000.01"):
            assert each in text
        await pilot.press("enter")
        assert value(app, "spent", 2026) == "2306000.00"
        assert value(app, "carried_forward", 2027) == "0.00"
        assert [each.kind for each in app.desk.store.log] == ["goal"]
        await pilot.press("ctrl+z")
        assert value(app, "spent", 2026) == "1480000.00"

    run(drive)


def test_a_goal_that_cannot_be_read_or_reached_says_why() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("f7")
        await answer(app, pilot, "nonsense")
        assert "nonsense" in shown(app)
        await answer(app, pilot, "carried_forward@2026=")
        await answer(app, pilot, "headroom@2026=9000000")
        assert "no value" in shown(app).lower()
        await pilot.press("enter", "escape")
        assert app.desk.store.done == 0

    run(drive)


def test_growth_is_sought_too() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("f7", "tab")
        await answer(app, pilot, "spent@2026- grow")
        await pilot.press("enter")
        scenario = app.desk.store.now.scenario()
        assert scenario is not None
        assert [(each.fact, each.years, each.grow) for each in scenario.set] == [("spent", "2026-", "20%")]

    run(drive)


def test_save_keeps_the_rest_of_the_file_and_is_read_back(case: Path) -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "900000", "enter")
        assert " *" in picture(app)[0]
        await pilot.press("ctrl+s")
        assert " *" not in picture(app)[0]
        assert "Saved" in said(app)
        await pilot.press("ctrl+q")

    before = case.read_text(encoding="utf-8")
    run(drive, case)
    after = case.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    (new,) = (each for each in eduf.read(case).scenarios if each.name == "Scenario 1")
    assert [(each.fact, each.years, each.to) for each in new.set] == [("spent", "2026", "900000")]


def test_save_into_a_workbook(tmp_path: Path) -> None:
    from eduf.files import dump, save

    book = tmp_path / "case.xlsx"
    save(book, dump(eduf.read(EXAMPLE), book, "en"))

    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "900000", "enter", "ctrl+s")
        assert not app.desk.store.unsaved

    run(drive, book)
    assert eduf.read(book).scenarios[-1].name == "Scenario 1"


def test_a_file_changed_meanwhile_is_not_overwritten_unasked(case: Path) -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "900000", "enter")
        case.write_text(case.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
        await pilot.press("ctrl+s")
        assert "was changed by another program" in shown(app)
        await pilot.press("enter")  # go on here
        assert app.desk.store.unsaved
        await pilot.press("ctrl+s", "down", "enter")
        assert not app.desk.store.unsaved

    run(drive, case)
    assert "# mine" in case.read_text(encoding="utf-8")
    assert len(eduf.read(case).scenarios) == 4


def test_a_workbook_of_a_kind_that_eduf_does_not_write_stays_as_it_is(case: Path) -> None:
    book = Path(shutil.copy(case, case.with_suffix(".xlsm")))

    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "1", "enter")
        app.desk.file = book
        await pilot.press("ctrl+s")
        assert "must end in .xlsx or .toml" in said(app)

    run(drive, case)
    assert book.read_bytes() == EXAMPLE.read_bytes()


def test_a_fact_that_is_no_figure_says_where_it_stands() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await on(app, pilot, "qualifications", 2026)
        await pilot.press("f3")
        assert "stated: machinery.toml:130" in shown(app)

    run(drive)


def test_a_file_that_cannot_be_written_says_so(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "1", "enter")
        app.desk.file = case.parent / "gone" / "case.toml"
        await pilot.press("ctrl+s")
        assert "folder does not exist" in said(app)
        assert app.desk.store.unsaved

    run(drive, case)


def test_leaving_with_unsaved_changes_asks(case: Path) -> None:
    async def stay(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "1", "enter", "ctrl+q")
        assert "has not been saved" in shown(app)
        await pilot.press("escape")
        assert app.is_running
        await pilot.press("ctrl+q", "enter")
        await pilot.pause()
        assert not app.is_running or app._exit

    run(stay, case)
    assert len(eduf.read(case).scenarios) == 4


def test_after_a_crash_the_edits_are_offered_back(case: Path) -> None:
    async def crash(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "900000", "enter")

    async def again(app: Eduf, pilot: Pilot[None]) -> None:
        assert "1 edits that were not saved" in shown(app)
        await pilot.press("enter")
        assert value(app, "spent", 2026) == "900000.00"
        assert app.desk.store.done == 1
        await pilot.press("ctrl+q", "down", "enter")

    run(crash, case)
    run(again, case)
    assert draft(case, eduf.read(case)) is None


def test_a_second_copy_says_so_and_leaves_the_drafts_of_the_first_alone(case: Path) -> None:
    async def second(app: Eduf, pilot: Pilot[None]) -> None:
        assert "is open in another eduf too" in said(app)
        await type_in(pilot, "2", "enter", "ctrl+q", "down", "enter")

    async def first(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "1", "enter")
        other = app_for(case, "en")
        async with other.run_test(size=(80, 24)) as its:
            await its.pause()
            await second(other, its)
        found = draft(case, eduf.read(case))
        assert found is not None
        assert found[0].now == app.desk.store.now

    run(first, case)


def test_killed_in_the_middle_of_edits_all_but_the_unfinished_one_comes_back(case: Path, tmp_path: Path) -> None:
    script = str(Path(sys.executable).with_name("eduf"))
    settings.prefer("tour", "done")
    handle, end_of_it = pty.openpty()
    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environment = {**os.environ, "EDUF_LANG": "en", "TERM": "xterm-256color"}
    command = [script, "tui", str(case)]
    process = subprocess.Popen(
        command, env=environment, start_new_session=True, stdin=end_of_it, stdout=end_of_it, stderr=end_of_it
    )
    os.close(end_of_it)

    def seen(text: str) -> None:
        found, end = b"", time.monotonic() + 20
        while text.encode() not in found:
            assert time.monotonic() < end, found[-2000:]
            if select.select([handle], [], [], 0.2)[0]:
                found += os.read(handle, 1 << 20)

    seen("1,480,000.00")
    os.write(handle, b"900000\r")
    seen("900,000.00*")
    os.write(handle, b"\x1b[A\x1b[C" + b"77777\r")
    seen("77,777.00*")
    os.write(handle, b"5")
    process.kill()
    process.wait()
    os.close(handle)
    found = draft(case, eduf.read(case))
    assert found is not None
    assert [(each.year, each.now) for edit in found[0].log for each in edit.touched] == [
        (2026, "900000"),
        (2027, "77777"),
    ]
    assert case.read_bytes() == EXAMPLE.read_bytes()


def test_without_a_terminal_the_command_says_so(case: Path) -> None:
    script = str(Path(sys.executable).with_name("eduf"))
    environment = {**os.environ, "EDUF_LANG": "en"}
    done = subprocess.run([script, "tui", str(case)], capture_output=True, stdin=subprocess.DEVNULL, env=environment)
    assert done.returncode == 2
    assert "error: The screen needs a terminal; here is none." in done.stderr.decode()


def test_copy_and_paste_of_blocks_in_exact_yuan_whatever_is_shown() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+u", "shift+right", "shift+up", "ctrl+c")
        assert app.is_running
        assert app.clipboard == "1,100,000.00\t440,000.00\n1,480,000.00\t430,000.00"
        assert Path(app.desk.journal.path.parent.parent / "clipboard.tsv").read_text() == app.clipboard
        await on(app, pilot, "total_wages", 2026)
        await pilot.press("ctrl+v")
        assert value(app, "total_wages", 2026) == "1100000.00"
        assert value(app, "deductible_wages", 2027) == "430000.00"
        assert [each.kind for each in app.desk.store.log] == ["pasted"]
        await pilot.press("ctrl+z")
        assert value(app, "total_wages", 2026) == "17000000.00"

    run(drive)


def test_a_block_from_a_spreadsheet_is_pasted_as_a_whole_or_not_at_all() -> None:
    from textual import events

    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        app.post_message(events.Paste("12万\t１２３\r\n"))
        await pilot.pause()
        assert value(app, "spent", 2026) == "120000.00"
        assert value(app, "spent", 2027) == "123.00"
        app.post_message(events.Paste("1\tx\n"))
        await pilot.pause()
        assert value(app, "spent", 2026) == "120000.00"
        assert "'x' is not an amount" in said(app)
        app.post_message(events.Paste("1\t2\t3\n"))
        await pilot.pause()
        assert "beyond the last" in said(app)
        await on(app, pilot, "cap", 2026)
        app.post_message(events.Paste("5"))
        await pilot.pause()
        assert "is computed" in said(app)

    run(drive)


def test_fill_right_and_clearing_a_block() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("right", "ctrl+r")
        assert value(app, "spent", 2027) == "1480000.00"
        await pilot.press("left", "shift+right", "shift+up", "ctrl+r")
        assert value(app, "extracted", 2027) == "1100000.00"
        await pilot.press("delete")
        assert value(app, "spent", 2027) == "430000.00"
        assert value(app, "extracted", 2027) == "440000.00"

    run(drive)


def test_a_plan_year_is_added_edited_and_removed() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+d")
        assert "one of the baseline" in said(app)
        await pilot.press("ctrl+n", "ctrl+n")
        assert app.desk.years[-1] == 2029
        assert app.pointed() == ("spent", 2029)
        assert "2029 plan" in shown(app)
        await type_in(pilot, "7", "enter")
        await pilot.press("ctrl+d")
        assert app.desk.years[-1] == 2028

    run(drive)


def test_the_tour_has_five_steps_and_comes_by_itself_once() -> None:
    async def first(app: Eduf, pilot: Pilot[None]) -> None:
        for step in range(1, 6):
            assert f"A short tour ({step} of 5)" in shown(app)
            await pilot.press("enter")
            await pilot.pause()
        assert "tour" not in shown(app)

    async def again(app: Eduf, pilot: Pilot[None]) -> None:
        assert "tour" not in shown(app)
        await pilot.press("shift+f2", "down", "enter")
        assert "tour" not in shown(app)

    run(first, tour=True)
    run(again, tour=True)


def test_find_palette_and_help() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+f")
        await type_in(pilot, "headroom", "enter")
        assert app.pointed() == ("headroom", 2026)
        await pilot.press("ctrl+p")
        await type_in(pilot, "10,000", "enter")
        await pilot.pause()
        assert app.looks.unit == "wan"
        await pilot.press("f1")
        text = shown(app)
        assert "Lines down, years across" in text
        await pilot.press("pagedown", "pagedown")
        assert "eduf explain CASE YEAR LINE" in shown(app)
        await pilot.press("escape")

    run(drive, size=(100, 40))


def test_language_unit_and_themes_change_live_and_are_remembered() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+l")
        assert "职工工资总额" in shown(app)
        assert "[测算]" in shown(app)
        await pilot.press("ctrl+u")
        assert "1,700.00" in shown(app)
        assert "单位：万元" in picture(app)[0]
        await pilot.press("ctrl+t", "down", "down", "enter")
        assert app.theme == "eduf-contrast"

    async def again(app: Eduf, pilot: Pilot[None]) -> None:
        assert app.theme == "eduf-contrast"
        assert app.looks.unit == "wan"

    run(drive)
    run(again)


def test_wan_is_shown_exactly_and_typed_in_yuan() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+u")
        await type_in(pilot, "12345.67", "enter")
        assert value(app, "spent", 2026) == "12345.67"
        assert "1.234567*" in shown(app)

    run(drive)


def test_remapped_keys_work_and_what_is_not_understood_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    text = 'unit = "wan"\nfoot = 1\ntour = "done"\n[keys]\nunit = "ctrl+w"\n'
    (tmp_path / "state" / "settings.toml").write_text(text)

    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        assert app.looks.unit == "wan"
        assert "foot" in said(app)
        await pilot.press("ctrl+w")
        assert app.looks.unit == "yuan"
        await pilot.press("ctrl+u")
        assert app.looks.unit == "yuan"

    run(drive)
    assert (tmp_path / "state" / "settings.toml").read_text() == text.replace('"wan"', '"yuan"')


def test_exports_are_those_of_the_command_line(case: Path) -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await type_in(pilot, "900000", "enter")
        for downs, name in enumerate(("book.xlsx", "table.csv", "all.json", "log.csv")):
            await pilot.press("f8", *["down"] * downs, "enter")
            await answer(app, pilot, str(case.parent / name))
            assert "Written" in said(app)

    run(drive, case)
    assert (case.parent / "book.xlsx").read_bytes().startswith(b"PK")
    years = json.loads((case.parent / "all.json").read_text(encoding="utf-8"))["years"]
    assert years[-2]["facts"]["spent"] == "900000.00"
    table = list(csv.DictReader((case.parent / "table.csv").read_text(encoding="utf-8").splitlines()))
    assert table[-2]["spent"] == "900000.00"
    (logged,) = csv.DictReader((case.parent / "log.csv").read_text(encoding="utf-8").splitlines())
    assert (logged["fact"], logged["was"], logged["is"]) == ("spent", "1480000", "900000")


def test_an_export_never_replaces_the_case_nor_a_file_unasked(case: Path) -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        (case.parent / "there.json").write_text("mine")
        await pilot.press("f8", "down", "down", "enter")
        await answer(app, pilot, str(case.parent / "there.json"))
        assert "stands there already" in shown(app)
        await pilot.press("enter")
        assert (case.parent / "there.json").read_text() == "mine"
        await pilot.press("f8", "down", "down", "enter")
        await answer(app, pilot, str(case))
        assert "must end in .json" in shown(app)

    run(drive, case)


def test_the_chart_and_the_ledger_move_with_the_edit_and_lead_back() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("f6", "f6")
        await pilot.pause()
        before = [each for each in picture(app) if each.startswith("2026*")]
        await pilot.press("shift+f6", "shift+f6")
        await type_in(pilot, "2480000", "enter", "f6", "f6")
        await pilot.pause()
        (after,) = (each for each in picture(app) if each.startswith("2026*"))
        assert "1,136,000.00" in after
        assert after.count("▒") > before[0].count("▒")
        await pilot.press("f6", "f6")
        await pilot.press("end", "f3")
        assert "Carried forward" in shown(app)

    run(drive, size=(80, 30))


def test_the_law_of_a_year() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("f6", "f6", "f6")
        assert "2026: in force for high-tech" in shown(app)
        await pilot.press(*["left"] * 9)
        assert "2017: in force for general" in shown(app)

    run(drive)


def test_a_terminal_that_is_too_small_says_so_and_comes_back() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        assert "The screen needs 80 x 24 characters" in shown(app)
        assert "eduf calc CASE" in shown(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Total wages" in shown(app)

    run(drive, size=(60, 20))


def test_the_start_page_opens_the_demo_a_new_case_and_what_was_open_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def demo(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert app.desk.file == Path("eduf-demo.toml")
        assert "Total wages" in shown(app)

    async def recent(app: Eduf, pilot: Pilot[None]) -> None:
        assert "eduf-demo.toml" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.desk.file.name == "eduf-demo.toml"

    async def new(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("down", "down", "enter")
        await answer(app, pilot, "mine.toml")
        assert app.desk.file == Path("mine.toml")
        await type_in(pilot, "5", "enter", "ctrl+s", "ctrl+q")

    run(demo, None)
    run(recent, None)
    run(new, None)
    assert eduf.read(tmp_path / "mine.toml").scenarios[-1].name == "Scenario 1"


def test_a_file_that_is_wrong_is_told_and_the_start_page_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text("format = 1\n")

    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await answer(app, pilot, "bad.toml")
        assert "enterprise is missing" in shown(app)
        await pilot.press("enter")
        assert "A case to open" in shown(app)
        await pilot.press("escape")

    run(drive, None)


def test_the_mouse_moves_the_cursor_turns_the_screens_and_presses_the_keys() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        await pilot.click("#calc", offset=(40, 2))
        assert app.pointed() == ("total_wages", 2024)
        await pilot.click("#calc", offset=(40, 2), times=2)
        assert app.editing
        await pilot.press("escape")
        await pilot.click("#tabs", offset=(10, 0))
        assert app.screen_name == "compare"
        await pilot.click("#keys", offset=(2, 0))
        assert "Actions: key, name" in shown(app) or "Help" in shown(app)

    run(drive)


KEYS = (
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "ctrl+home", "ctrl+end", "tab", "shift+tab"),
    *("shift+right", "shift+down", "enter", "escape", "delete", "backspace", "question_mark"),
    *("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "shift+f6"),
    *(
        "ctrl+z",
        "ctrl+y",
        "ctrl+c",
        "ctrl+v",
        "ctrl+r",
        "ctrl+n",
        "ctrl+d",
        "ctrl+l",
        "ctrl+u",
        "ctrl+a",
        "ctrl+f",
        "ctrl+g",
    ),
    *("1", "5", "0", "x", "n", "d", "r", "plus", "minus", "equals_sign", "percent_sign", "full_stop"),
)


@pytest.mark.parametrize("seed", [1, 2])
def test_random_keys_raise_nothing_and_leave_the_model_of_a_fresh_start(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path(shutil.copy(EXAMPLE, tmp_path / "case.toml"))
    dice = random.Random(seed)

    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        for _ in range(150):
            await pilot.press(dice.choice(KEYS))
            assert app.is_running
        while len(app.screen_stack) > 1:
            await pilot.press("escape")
        await pilot.press("escape")
        assert app.desk.shown == model(app.desk.store)
        text = shown(app)
        app.paint()
        await pilot.pause()
        assert shown(app) == text

    run(drive, file, size=(100, 30))


def test_every_action_has_a_name_a_key_and_a_place_in_palette_and_help() -> None:
    from eduf.words import known
    from tui.actions import ACTIONS, FOOT

    keys = [each.key for each in ACTIONS]
    assert len(set(keys)) == len(keys)
    assert not {"f10", "f11"} & set(keys)
    for each in ACTIONS:
        assert known(f"tui.actions.{each.id}")
    assert all(known(f"tui.foot.{each}") for each in FOOT)


def test_the_driver_is_not_asleep() -> None:
    async def drive(app: Eduf, pilot: Pilot[None]) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(drive)
