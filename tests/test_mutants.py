"""Small things that many tests pass by: the last fen, the last character, and what may not change."""

from collections.abc import Iterable
from dataclasses import FrozenInstanceError, fields, replace
from types import MappingProxyType

import pytest
from making import computed

from eduf import lines, money
from eduf.line import Line
from eduf.problems import Refused
from eduf.vintages import Movement

SHOWN: list[tuple[object, str]] = [
    ("5元", "5元"),
    ("x" * 40, "x" * 40),
    ("x" * 41, "x" * 39 + "…"),
    (5, "5"),
    (True, "true"),
    (False, "false"),
    (10**40, "1" + "0" * 38 + "…"),
    (10**5000, "…"),
    ([5], "[…]"),
    ({"amount": 5}, "{…}"),
    ("1\t2\r\n3", "1 2  3"),
    ("\x1b[2J", "�[2J"),
    ("\ud800", "�"),
]
NOT_IN_ORDER: dict[str, Iterable[Line]] = {
    "a line twice": (*lines.LINES, lines.cap),
    "a line before what it reads": lines.LINES[::-1],
    "a line that reads what is not there": [line for line in lines.LINES if line is not lines.available],
}
EVERY_CHOICE = [
    ("collection", "books"),
    ("collection", "deemed"),
    ("edition", None),
    ("edition", 2014),
    ("edition", 2017),
    ("edition", 2018),
    ("order", "current_first"),
    ("order", "oldest_first"),
    ("deferred", "none"),
    ("deferred", "carry_forward"),
    ("deferred", "with_fund"),
    ("tax", "rate"),
    ("tax", "small"),
]


@pytest.mark.parametrize("typed", ["(55", "55)"])
def test_one_bracket_alone_is_not_taken_off_with_a_digit(typed: str) -> None:
    with pytest.raises(money.Unreadable) as refused:
        money.amount(typed)
    assert refused.value.code == "amount_unreadable"


@pytest.mark.parametrize("decimals", [19, 20, 21, 70])
def test_an_amount_finer_than_a_fen_is_refused_however_fine_it_is(decimals: int) -> None:
    with pytest.raises(money.Unreadable) as refused:
        money.amount("0." + "1" * decimals)
    assert refused.value.code == "amount_decimals"


@pytest.mark.parametrize(("typed", "shown"), SHOWN, ids=[shown for _, shown in SHOWN])
def test_what_was_typed_is_shown_on_one_line_of_forty_characters_at_most(typed: object, shown: str) -> None:
    assert money.shown(typed) == shown


def test_not_one_fen_more_is_given_up_than_was_carried_forward() -> None:
    year = {"year": 2020, "transferred": "-400.01", "transferred_because": "分立"}
    with pytest.raises(Refused) as refused:
        computed(year, opening={"carried_forward": [{"amount": 400}]})
    (problem,) = refused.value.problems
    assert problem.code == "transferred_over"
    assert problem.values == {"year": 2020, "found": "400.01", "there": "400.00"}
    assert problem.where.path == ("year", 0, "transferred")


@pytest.mark.parametrize("accounting", ["small_business", "government"])
def test_without_deferred_tax_there_is_no_rate_of_it_either(accounting: str) -> None:
    year = computed({"year": 2019, "tax_rate": "25%"}, accounting=accounting).years[0]
    assert year.lines()["deferred_rate"] is None
    assert year.figures["deferred_rate"].origin == "no_deferred_tax"


def test_what_was_computed_cannot_be_changed() -> None:
    history = computed({"year": 2021})
    year = history.years[0]
    movement = Movement(2021, money.ZERO, money.ZERO)
    for record in (history, year, year.figures["spent"], movement, lines.cap):
        for field in fields(record):
            with pytest.raises(FrozenInstanceError):
                setattr(record, field.name, None)


@pytest.mark.parametrize("wrong", NOT_IN_ORDER.values(), ids=NOT_IN_ORDER)
def test_lines_that_cannot_be_computed_one_after_the_other_are_refused(
    wrong: Iterable[Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TypeError, match="stands twice or reads what is not known"):
        check(wrong, monkeypatch)


@pytest.mark.parametrize(("key", "value"), EVERY_CHOICE)
def test_lines_are_checked_in_every_setting_there_is(key: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    twice_only_there = replace(lines.extraction_due, only=MappingProxyType({key: (value,)}))
    with pytest.raises(TypeError, match="extraction_due stands twice"):
        check([*lines.LINES, twice_only_there], monkeypatch)


def check(wrong: Iterable[Line], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "of", lambda setting: [line for line in wrong if line.applies(setting)])
    lines._check()
