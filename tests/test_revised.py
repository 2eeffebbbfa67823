"""A case file with other scenarios: what was not changed stays to the letter, and what is read back is the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import eduf
from eduf.case import Case, Difference, Scenario
from eduf.files.revised import revised

EXAMPLE = Path(__file__).parent.parent / "examples" / "machinery.toml"
CONTENT = EXAMPLE.read_bytes()
CASE = eduf.read(EXAMPLE)
NEW = Difference.model_validate({"fact": "spent", "years": "2026", "to": "900000"})


def with_scenarios(*scenarios: Scenario) -> Case:
    return CASE.model_copy(update={"scenarios": scenarios})


def same(found: Case, wanted: Case) -> bool:
    """Whether both state the same; the order of differences says nothing."""
    sets = [{each.name: sorted(map(repr, each.set)) for each in case.scenarios} for case in (found, wanted)]
    return found.years == wanted.years and found.enterprise == wanted.enterprise and sets[0] == sets[1]


def test_nothing_changed_is_the_same_bytes() -> None:
    assert revised(CONTENT, CASE, "en") == CONTENT


def test_only_the_changed_differences_are_other_lines() -> None:
    b, c, d = CASE.scenarios
    changed = c.model_copy(update={"set": (*c.set[1:], NEW)})
    before, after = (
        each.decode().splitlines() for each in (CONTENT, revised(CONTENT, with_scenarios(b, changed, d), "en"))
    )
    assert [each for each in before if each not in after] == [
        '    { fact = "spent", years = "2026", add = -520_000.00 },'
    ]
    assert [each for each in after if each not in before] == ['    {fact = "spent", years = "2026", to = 900000},']


def test_a_scenario_removed_leaves_the_others_to_the_letter() -> None:
    b, _, d = CASE.scenarios
    out = revised(CONTENT, with_scenarios(b, d), "en").decode()
    start, end = (CONTENT.decode().index(f'[[scenario]]\nname = "{name}') for name in ("C", "D"))
    assert out == CONTENT.decode()[:start] + CONTENT.decode()[end:]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'[[scenario]]\nname = "X"\nset = []\n',
        b'[[scenario]]\nname = "X" # why\nset = [{ fact = "spent", years = "2026", to = 900000 }]',
        b'[[scenario]]\nname = "X"\nset = [ # why\n  { fact = "spent", years = "2026-", grow = "5%" }, # because\n]\n',
        b'scenario = [{ name = "X", set = [] }]\n',
    ],
)
def test_whatever_way_the_file_states_its_scenarios(content: bytes, tmp_path: Path) -> None:
    head = b"format = 1\n"
    rest = CONTENT[CONTENT.index(b"[enterprise]") : CONTENT.index(b"[[scenario]]")]
    file = tmp_path / "case.toml"
    whole = head + content + b"\n" + rest if content.startswith(b"scenario") else head + rest + content
    wanted = with_scenarios(
        Scenario(name="X", set=(NEW,)), Scenario(name="Y", set=(NEW, NEW.model_copy(update={"years": "2027"})))
    )
    file.write_bytes(revised(whole, wanted, "zh"))
    assert same(eduf.read(file), wanted)
    file.write_bytes(revised(file.read_bytes(), with_scenarios(), "zh"))
    assert eduf.read(file).scenarios == ()


differences = st.sampled_from(
    [NEW, *(each for scenario in CASE.scenarios for each in scenario.set), NEW.model_copy(update={"years": "2027"})]
)
scenarios = st.lists(
    st.builds(
        lambda name, stated: Scenario(name=name, set=tuple(stated)),
        st.sampled_from([*(each.name for each in CASE.scenarios), "新", "Z"]),
        st.lists(differences, max_size=5),
    ),
    unique_by=lambda each: each.name,
    max_size=4,
)


@given(scenarios, scenarios)
def test_any_scenarios_are_read_back_as_they_are(first: list[Scenario], second: list[Scenario]) -> None:
    import tempfile

    content = CONTENT
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.toml"
        for each in (first, second):
            wanted = with_scenarios(*each)
            content = revised(content, wanted, "en")
            file.write_bytes(content)
            assert same(eduf.read(file), wanted)
