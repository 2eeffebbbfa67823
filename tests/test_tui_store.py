"""The store of the screen: what is undone is as it was, what is redone as it became, and a draft brings it back."""

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eduf
from eduf import cell
from eduf.case import Difference
from eduf.problems import Refused
from tui.differences import longer, shorter
from tui.drafts import Journal, draft, journal_of
from tui.model import Model, model
from tui.store import Change, Snapshot, Store, opened, renamed, touching, with_scenario, without_scenario

EXAMPLE = Path(__file__).parent.parent / "examples" / "machinery.toml"
CASE = eduf.read(EXAMPLE)
WHEN = "2026-03-01T14:02:09"
FACTS = ("spent", "total_wages", "deductible_wages", "extracted", "income", "staff")

edits = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from(FACTS), st.integers(2016, 2030), st.integers(0, 10**8)),
        st.tuples(st.just("clear"), st.sampled_from(FACTS), st.integers(2016, 2030)),
        st.tuples(st.just("show"), st.integers(0, 5)),
        st.tuples(st.just("remove")),
        st.tuples(st.just("rename"), st.integers(0, 99)),
        st.tuples(st.just("longer")),
        st.tuples(st.just("shorter")),
    ),
    max_size=12,
)


def after(store: Store, edit: tuple[object, ...]) -> Store:
    """The store after an edit; the same where it cannot be made."""
    name = "Fresh" + "*" * len(store.now.scenarios)
    scenario = store.now.scenario()
    match edit:
        case ("show", int(n)):
            names = ["", *(each.name for each in store.now.scenarios)]
            return store.shown(names[n % len(names)])
        case ("remove",) if scenario:
            return store.edited("scenario_removed", scenario.name, without_scenario(store.now), WHEN)
        case ("rename", n) if scenario:
            return store.edited("scenario_renamed", scenario.name, renamed(store.now, f"{name} {n}"), WHEN)
    try:
        shown = model(store)
    except Refused:
        return store.undone()
    last = shown.history.years[-1].year
    match edit:
        case ("longer",) if scenario and last < 2040:
            changed = scenario.model_copy(update={"set": longer(scenario.set, last)})
            return store.edited("year_added", scenario.name, with_scenario(store.now, changed), WHEN)
        case ("shorter",) if scenario:
            changed = scenario.model_copy(update={"set": shorter(scenario.set, last - 1)})
            return store.edited("year_removed", scenario.name, with_scenario(store.now, changed), WHEN)
        case ("set", str(fact), int(year), int(amount)) if year <= last:
            value = amount % 1000 if fact == "staff" else Decimal(amount).scaleb(-2)
            return touching(store, "set", [Change(fact, year, "typed", value)], shown.case, WHEN, name)
        case ("clear", str(fact), int(year)) if year <= last:
            return touching(store, "cleared", [Change(fact, year, "", None)], shown.case, WHEN, name)
    return store


@given(edits)
def test_undoing_all_gives_the_start_and_redoing_all_the_end(made: list[tuple[object, ...]]) -> None:
    start = store = opened(CASE)
    for edit in made:
        store = after(store, edit)
    end, scenarios = store.now.scenarios, [store.now.scenarios]
    while store.done:
        store = store.undone()
        scenarios.append(store.now.scenarios)
    assert store.now.scenarios == start.now.scenarios
    for expected in reversed(scenarios[:-1]):
        store = store.redone()
        assert store.now.scenarios == expected
    assert store.now.scenarios == end
    assert store.redone() == store


@given(edits)
@settings(max_examples=30)
def test_a_draft_gives_back_the_edits_and_what_was_undone(made: list[tuple[object, ...]]) -> None:
    store = opened(CASE)
    journal = Journal(EXAMPLE, store)
    for edit in made:
        new = after(store, edit)
        journal.went(store, new)
        store = new
    found = draft(EXAMPLE, CASE)
    journal.close()
    if not store.unsaved:
        assert found is None
    else:
        assert found is not None
        given_back, same = found
        assert same
        assert given_back.now.scenarios == store.now.scenarios
        assert [(each.kind, each.name, each.touched) for each in given_back.log] == [
            (each.kind, each.name, each.touched) for each in store.log
        ]


@pytest.fixture(autouse=True, scope="module")
def _state(tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("EDUF_STATE", str(tmp_path_factory.mktemp("state")))


def spent(store: Store, year: int, amount: str, fresh: str = "A") -> Store:
    shown = model(store)
    change = Change("spent", year, amount, cell.value("spent", amount))
    return touching(store, "set", [change], shown.case, WHEN, fresh)


def figure(shown: Model, name: str, year: int) -> str:
    return str(shown.value(name, year))


def test_editing_the_baseline_makes_a_scenario_and_leaves_the_years_alone() -> None:
    store = spent(opened(CASE), 2026, "90万")
    assert store.now.active == "A"
    assert store.case.years is CASE.years
    shown = model(store)
    assert figure(shown, "spent", 2026) == "900000.00"
    assert str(shown.baseline.years[-2].values["spent"]) == "1480000.00"
    assert shown.is_changed("spent", 2026)
    assert not shown.is_changed("spent", 2027)
    assert shown.differs("carried_forward", 2026)
    assert store.last_touched("spent", 2026) == (WHEN, ("spent", 2026, "90万", "1480000", "900000"))


def test_a_cell_set_twice_is_one_difference() -> None:
    store = spent(spent(opened(CASE), 2026, "1"), 2026, "2")
    scenario = store.now.scenario()
    assert scenario is not None
    assert [each.to for each in scenario.set] == ["2"]


def test_a_cell_inside_a_range_cuts_it_in_two() -> None:
    store = spent(opened(CASE).shown("B 多培训"), 2029, "5")
    assert figure(model(store), "spent", 2029) == "5.00"
    scenario = store.now.scenario()
    assert scenario is not None
    assert [each.years for each in scenario.set if each.fact == "spent"] == ["2027-2028", "2030", "2029"]


def test_growth_goes_on_from_the_cell_that_was_set() -> None:
    store = opened(CASE).shown("D 订单下滑")
    change = Change("total_wages", 2026, "1000", Decimal("1000.00"))
    store = touching(store, "set", [change], model(store).case, WHEN, "")
    assert figure(model(store), "total_wages", 2027) == "920.00"  # 1000 - 8 %


def test_what_goes_back_to_the_baseline_never_takes_a_year_with_it() -> None:
    store = opened(CASE)
    scenario = eduf.case.Scenario(name="Long", set=longer((), 2027))
    store = store.edited("year_added", "Long", with_scenario(store.now, scenario), WHEN)
    assert model(store).history.years[-1].year == 2028
    store = touching(store, "cleared", [Change("spent", 2028, "", None)], model(store).case, WHEN, "")
    shown = model(store)
    assert shown.history.years[-1].year == 2028
    assert figure(shown, "spent", 2028) == "430000.00"
    shortened = scenario.model_copy(update={"set": shorter(store.now.scenarios[-1].set, 2027)})
    store = store.edited("year_removed", "Long", with_scenario(store.now, shortened), WHEN)
    assert model(store).history.years[-1].year == 2027


def test_the_only_difference_in_the_last_year_of_the_baseline_can_be_taken_back() -> None:
    store = spent(opened(CASE), 2027, "5")
    store = touching(store, "cleared", [Change("spent", 2027, "", None)], model(store).case, WHEN, "")
    assert figure(model(store), "spent", 2027) == "430000.00"


def test_one_more_year_does_not_stop_what_grows_to_the_end() -> None:
    grows = Difference.model_validate({"fact": "spent", "years": "2027-", "grow": "10%"})
    scenario = eduf.case.Scenario(name="G", set=longer((grows,), 2027))
    store = opened(CASE)
    store = store.edited("year_added", "G", with_scenario(store.now, scenario), WHEN)
    assert figure(model(store), "spent", 2028) == "1790800.00"  # 1,480,000 x 1.1 x 1.1


def test_saved_is_not_unsaved_until_the_next_edit_and_undoing_it_is_an_edit_again() -> None:
    store = spent(opened(CASE), 2026, "1").kept()
    assert not store.unsaved
    assert store.undone().unsaved
    assert not store.undone().redone().unsaved


def test_a_journal_that_was_cut_off_gives_all_but_the_unfinished_edit() -> None:
    first = spent(opened(CASE), 2026, "1")
    second = spent(first, 2027, "2")
    journal = Journal(EXAMPLE, opened(CASE))
    journal.went(opened(CASE), first)
    journal.went(first, second)
    whole = journal.path.read_bytes()
    end = whole.rstrip(b"\n").rindex(b"\n") + 1
    for cut in (end, end + 1, len(whole) - 20, len(whole) - 2):
        journal.path.write_bytes(whole[:cut])
        found = draft(EXAMPLE, CASE)
        assert found is not None
        assert found[0].now == first.now
    journal.path.write_bytes(whole)
    found = draft(EXAMPLE, CASE)
    assert found is not None
    assert found[0].now == second.now


@pytest.mark.parametrize("content", ["", "[]\n", "nonsense", '{"format": 9}\n', '{"format": 1}\n', '"x"\n', "\0\n"])
def test_a_journal_that_makes_no_sense_is_no_draft(content: str) -> None:
    path = journal_of(EXAMPLE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    assert draft(EXAMPLE, CASE) is None


def test_a_draft_says_when_the_file_is_another_one_now(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_bytes(EXAMPLE.read_bytes())
    case = eduf.read(file)
    store = spent(opened(case), 2026, "1")
    Journal(file, opened(case)).went(opened(case), store)
    file.write_bytes(EXAMPLE.read_bytes().replace(b"430_000.00", b"440_000.00"))
    found = draft(file, eduf.read(file))
    assert found is not None
    assert found[1] is False
    assert figure(model(found[0]), "spent", 2027) == "440000.00"


def test_a_journal_that_cannot_be_written_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("EDUF_STATE", str(tmp_path / "file"))
    assert Journal(EXAMPLE, opened(CASE)).works is False


def test_what_is_saved_and_resumed_is_no_draft() -> None:
    store = spent(opened(CASE), 2026, "1")
    journal = Journal(EXAMPLE, opened(CASE))
    journal.went(opened(CASE), store)
    journal.saved("abc")
    lines = [json.loads(each) for each in journal.path.read_text(encoding="utf-8").splitlines()]
    assert [set(each) & {"head", "touched", "saved"} for each in lines] == [set(), {"touched"}, {"saved"}]
    assert Snapshot(store.now.scenarios).active == ""
    journal.close()


def test_the_model_after_random_edits_is_that_of_a_fresh_start() -> None:
    dice = random.Random(5)
    store, shown = opened(CASE), model(opened(CASE))
    for n in range(60):
        year = dice.choice([each.year for each in shown.history.years])
        fact = dice.choice(FACTS[:5])
        change = Change(fact, year, "", Decimal(dice.randrange(10**9)).scaleb(-2))
        new = touching(store, "set", [change], shown.case, WHEN, f"S{n}")
        try:
            shown = model(new, shown)
        except Refused:
            continue
        store = new if n % 7 else store.undone()
        shown = model(store, shown)
        assert shown == model(store)
