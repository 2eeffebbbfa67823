"""Amounts and rates: every form that is read, everything that is refused and why, and the only rounding there is."""

from collections.abc import Callable
from decimal import (
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Rounded,
    Subnormal,
    localcontext,
)
from enum import IntEnum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduf import money
from eduf.money import Typed
from eduf.problems import Problem

MOST = 10**14  # fen


class Text(str):
    """What numpy's texts are: a text of another class."""

    __slots__ = ()


class Coin(IntEnum):
    FIVE = 5


class Scalar:
    """What numpy's numbers are: no int, no Decimal, but ready to become either."""

    def __float__(self) -> float:
        return 8.5

    def __int__(self) -> int:
        return 8

    def __index__(self) -> int:
        return 8

    def __str__(self) -> str:
        return "8.5"


AMOUNTS: list[tuple[object, str]] = [
    # numbers
    (0, "0.00"),
    (5, "5.00"),
    (-5, "-5.00"),
    (10**12, "1000000000000.00"),
    (-(10**12), "-1000000000000.00"),
    (Coin.FIVE, "5.00"),
    (Decimal("1234.5"), "1234.50"),
    (Decimal("-0.00"), "0.00"),
    (Decimal("1.10000"), "1.10"),
    (Decimal("-1000000000000.00"), "-1000000000000.00"),
    # digits
    ("0", "0.00"),
    ("007", "7.00"),
    ("1234.5", "1234.50"),
    ("1234.50", "1234.50"),
    ("0.01", "0.01"),
    ("0.010", "0.01"),
    ("0" * 300 + "5." + "0" * 300, "5.00"),
    ("999999999999.99", "999999999999.99"),
    ("1000000000000.00", "1000000000000.00"),
    (Text("12.50"), "12.50"),
    (Typed("1_234.5"), "1234.50"),
    # signs
    ("-5", "-5.00"),
    ("- 5", "-5.00"),
    ("+5", "5.00"),
    ("－5", "-5.00"),
    ("−5", "-5.00"),
    ("–5", "-5.00"),
    ("—5", "-5.00"),
    ("＋5", "5.00"),
    ("-0", "0.00"),
    ("-0.00", "0.00"),
    ("(500.00)", "-500.00"),
    ("（500.00）", "-500.00"),
    ("( 500 )", "-500.00"),
    ("(0)", "0.00"),
    ("(1,234.50)", "-1234.50"),
    ("(12.3万元)", "-123000.00"),
    # thousands
    ("1,234.50", "1234.50"),
    ("12,345,678.9", "12345678.90"),
    ("1，234．50", "1234.50"),
    ("1 234", "1234.00"),
    ("1 234 567.89", "1234567.89"),
    ("1\u00a0234", "1234.00"),
    ("1\u202f234", "1234.00"),
    ("1\u3000234.5", "1234.50"),
    # currency and full-width characters
    ("¥1,234.50", "1234.50"),
    ("￥1,234.50", "1234.50"),
    ("¥ 5", "5.00"),
    ("-¥5", "-5.00"),
    ("(¥5)", "-5.00"),
    ("１２３４．５元", "1234.50"),
    ("１２３４.５", "1234.50"),
    ("5 元", "5.00"),
    # units
    ("12.3万元", "123000.00"),
    ("12.3万", "123000.00"),
    ("12.3 万元", "123000.00"),
    ("1.234567万", "12345.67"),
    ("1.2345670万", "12345.67"),
    ("-1,234.5万元", "-12345000.00"),
    ("5亿", "500000000.00"),
    ("0.00000001亿元", "1.00"),
    ("10000亿元", "1000000000000.00"),
    # blanks around
    (" 5 ", "5.00"),
    ("\t5\r\n", "5.00"),
    ("\u3000５\u3000", "5.00"),
]

NO_AMOUNTS: list[tuple[object, str]] = [
    # what is no exact number
    (1.5, "not_a_number"),
    (0.0, "not_a_number"),
    (float("nan"), "not_a_number"),
    (True, "not_a_number"),
    (False, "not_a_number"),
    (None, "not_a_number"),
    (b"5", "not_a_number"),
    ([5], "not_a_number"),
    ({"amount": 5}, "not_a_number"),
    (5 + 0j, "not_a_number"),
    (Fraction(5), "not_a_number"),
    (Scalar(), "not_a_number"),
    # what is written in no form of an amount
    ("", "amount_unreadable"),
    (" ", "amount_unreadable"),
    ("元", "amount_unreadable"),
    ("万", "amount_unreadable"),
    ("-", "amount_unreadable"),
    ("—", "amount_unreadable"),
    ("()", "amount_unreadable"),
    ("¥", "amount_unreadable"),
    (".", "amount_unreadable"),
    (".5", "amount_unreadable"),
    ("5.", "amount_unreadable"),
    ("1.2.3", "amount_unreadable"),
    ("nan", "amount_unreadable"),
    ("NaN", "amount_unreadable"),
    ("inf", "amount_unreadable"),
    ("-Infinity", "amount_unreadable"),
    ("1e5", "amount_unreadable"),
    ("1E+5", "amount_unreadable"),
    ("0x10", "amount_unreadable"),
    ("1_000", "amount_unreadable"),
    ("1/2", "amount_unreadable"),
    ("5%", "amount_unreadable"),
    ("=5", "amount_unreadable"),
    ("五百", "amount_unreadable"),
    ("伍佰元整", "amount_unreadable"),
    ("²", "amount_unreadable"),
    ("5²", "amount_unreadable"),
    ("½", "amount_unreadable"),
    ("①", "amount_unreadable"),
    ("٣", "amount_unreadable"),
    ("१२", "amount_unreadable"),
    ("𝟓", "amount_unreadable"),
    ("5\u200b", "amount_unreadable"),
    ("\ufeff5", "amount_unreadable"),
    ("5\0", "amount_unreadable"),
    ("\ud800", "amount_unreadable"),
    ("--5", "amount_unreadable"),
    ("+-5", "amount_unreadable"),
    ("5-", "amount_unreadable"),
    ("¥-5", "amount_unreadable"),
    ("(-5)", "amount_unreadable"),
    ("-(5)", "amount_unreadable"),
    ("((5))", "amount_unreadable"),
    ("(5", "amount_unreadable"),
    ("5)", "amount_unreadable"),
    ("¥¥5", "amount_unreadable"),
    ("$5", "amount_unreadable"),
    ("RMB 5", "amount_unreadable"),
    ("5元5角", "amount_unreadable"),
    ("5千元", "amount_unreadable"),
    ("5万万元", "amount_unreadable"),
    ("5万 元", "amount_unreadable"),
    ("5元万", "amount_unreadable"),
    ("1,23", "amount_unreadable"),
    ("12,34,567", "amount_unreadable"),
    ("1234,567", "amount_unreadable"),
    ("1,234,5", "amount_unreadable"),
    (",234", "amount_unreadable"),
    ("1,,234", "amount_unreadable"),
    ("1,234 567", "amount_unreadable"),
    ("1.234,50", "amount_unreadable"),
    ("1,234.567,8", "amount_unreadable"),
    ("1 2345", "amount_unreadable"),
    ("1'234", "amount_unreadable"),
    ("1、234", "amount_unreadable"),
    (Decimal("1E+5"), "amount_unreadable"),
    (Decimal("0E-7"), "amount_unreadable"),
    (Decimal("NaN"), "amount_unreadable"),
    (Decimal("sNaN"), "amount_unreadable"),
    (Decimal("Infinity"), "amount_unreadable"),
    # what is finer than a fen
    ("0.001", "amount_decimals"),
    ("1234.505", "amount_decimals"),
    ("-0.001", "amount_decimals"),
    ("0.0000000000000000000000000000000000001", "amount_decimals"),
    ("0." + "1" * 300, "amount_decimals"),
    ("1.2345678万", "amount_decimals"),
    ("0.00000000001亿", "amount_decimals"),
    (Decimal("0.005"), "amount_decimals"),
    # what is too much
    ("1000000000000.01", "amount_over_limit"),
    ("-1000000000000.01", "amount_over_limit"),
    ("(1,000,000,000,000.01)", "amount_over_limit"),
    ("1000000000000.001", "amount_over_limit"),
    ("10000.00000001亿", "amount_over_limit"),
    ("9" * 40, "amount_over_limit"),
    ("1" * 41, "amount_over_limit"),
    ("9" * 5000, "amount_over_limit"),
    ("-" + "9" * 50 + "." + "1" * 19, "amount_over_limit"),
    (10**12 + 1, "amount_over_limit"),
    (-(10**12) - 1, "amount_over_limit"),
    (10**39, "amount_over_limit"),
    (10**300, "amount_over_limit"),
    (-(10**300), "amount_over_limit"),
]

RATES: list[tuple[object, str]] = [
    ("8%", "0.080"),
    ("8.0%", "0.080"),
    ("8.00%", "0.080"),
    ("08%", "0.080"),
    ("8 %", "0.080"),
    (" 8% ", "0.080"),
    ("８％", "0.080"),
    ("２．５％", "0.025"),
    ("2.5%", "0.025"),
    ("0.1%", "0.001"),
    ("0%", "0.000"),
    ("100%", "1.000"),
    ("100.0%", "1.000"),
    ("0", "0.000"),
    ("0.08", "0.080"),
    ("0.080", "0.080"),
    ("0.0800", "0.080"),
    ("0.08" + "0" * 300, "0.080"),
    ("0" * 300 + "8." + "0" * 300 + "%", "0.080"),
    ("0.025", "0.025"),
    ("0.999", "0.999"),
    (0, "0.000"),
    (Decimal("0.08"), "0.080"),
    (Decimal("8E-2"), "0.080"),
    (Text("8%"), "0.080"),
    (Typed("0.0_8"), "0.080"),
]

NO_RATES: list[tuple[object, str]] = [
    (0.08, "not_a_number"),
    (True, "not_a_number"),
    (False, "not_a_number"),
    (None, "not_a_number"),
    (b"8%", "not_a_number"),
    (Scalar(), "not_a_number"),
    ("", "rate_unreadable"),
    ("%", "rate_unreadable"),
    ("8%%", "rate_unreadable"),
    ("8 % %", "rate_unreadable"),
    ("%8", "rate_unreadable"),
    (".5%", "rate_unreadable"),
    ("8.%", "rate_unreadable"),
    ("-8%", "rate_unreadable"),
    ("+8%", "rate_unreadable"),
    ("(8%)", "rate_unreadable"),
    ("1,5%", "rate_unreadable"),
    ("8e-2", "rate_unreadable"),
    ("nan", "rate_unreadable"),
    ("inf%", "rate_unreadable"),
    ("8‰", "rate_unreadable"),
    ("８℅", "rate_unreadable"),
    ("٨%", "rate_unreadable"),
    ("8²%", "rate_unreadable"),
    ("百分之八", "rate_unreadable"),
    ("1/12", "rate_unreadable"),
    ("8%左右", "rate_unreadable"),
    (-1, "rate_unreadable"),
    (Decimal("-0.08"), "rate_unreadable"),
    (Decimal("1E-7"), "rate_unreadable"),
    (Decimal("NaN"), "rate_unreadable"),
    (1, "rate_without_percent"),
    ("1", "rate_without_percent"),
    ("1.00", "rate_without_percent"),
    ("2.5", "rate_without_percent"),
    (25, "rate_without_percent"),
    ("9" * 300, "rate_without_percent"),
    (10**300, "rate_without_percent"),
    (Decimal("2.5"), "rate_without_percent"),
    ("100.1%", "rate_over_100"),
    ("100.05%", "rate_over_100"),
    ("250%", "rate_over_100"),
    ("9" * 39 + "%", "rate_over_100"),
    ("9" * 300 + "%", "rate_over_100"),
    ("100." + "0" * 300 + "1%", "rate_over_100"),
    ("1.75%", "rate_step"),
    ("0.0001%", "rate_step"),
    ("99.99%", "rate_step"),
    ("0.0175", "rate_step"),
    ("0.9999", "rate_step"),
    ("0." + "1" * 40, "rate_step"),
    ("0." + "0" * 300 + "1", "rate_step"),
    ("8." + "0" * 300 + "1%", "rate_step"),
    (Decimal("0.0175"), "rate_step"),
]

WRITTEN = {
    "0.00": "0.00",
    "0.01": "0.01",
    "999.99": "999.99",
    "1234.50": "1,234.50",
    "-1234.50": "-1,234.50",
    "1000000000000.00": "1,000,000,000,000.00",
}
PERCENT = {
    "0.000": "0%",
    "0.001": "0.1%",
    "0.025": "2.5%",
    "0.080": "8%",
    "0.100": "10%",
    "1.000": "100%",
    "1.099": "109.9%",  # a sum of shares
}

CONTEXTS = {
    "three digits": Context(prec=3),
    "one digit, rounded up": Context(prec=1, rounding=ROUND_UP),
    "no exponents": Context(prec=3, Emin=0, Emax=0, clamp=1),
    "nothing inexact": Context(prec=3, traps=[Inexact, InvalidOperation, FloatOperation]),
    "every signal a trap": Context(
        prec=3, traps=[Inexact, Rounded, Clamped, Subnormal, InvalidOperation, FloatOperation]
    ),
    "no traps at all": Context(prec=3, traps=[]),
}

in_any_context = pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)


def refusal(read: Callable[[object], Decimal], typed: object) -> money.Unreadable:
    with pytest.raises(money.Unreadable) as raised:
        read(typed)
    return raised.value


# Reading


@pytest.mark.parametrize(("typed", "amount"), AMOUNTS, ids=repr)
def test_an_amount_is_read_as_a_person_means_it(typed: object, amount: str) -> None:
    assert str(money.amount(typed)) == amount


@pytest.mark.parametrize(("typed", "code"), NO_AMOUNTS, ids=repr)
def test_what_is_no_amount_is_refused_with_its_reason(typed: object, code: str) -> None:
    assert refusal(money.amount, typed).code == code


@pytest.mark.parametrize(("typed", "rate"), RATES, ids=repr)
def test_a_rate_is_read_as_a_person_means_it(typed: object, rate: str) -> None:
    assert str(money.rate(typed)) == rate


@pytest.mark.parametrize(("typed", "code"), NO_RATES, ids=repr)
def test_what_is_no_rate_is_refused_with_its_reason(typed: object, code: str) -> None:
    assert refusal(money.rate, typed).code == code


@pytest.mark.parametrize("typed", [10**40, -(10**40), 2**201, "9" * 50], ids=repr)
def test_an_amount_is_over_the_limit_however_long_it_is(typed: object) -> None:
    assert refusal(money.amount, typed).code == "amount_over_limit"


SHOWN = {
    "True": "true",
    "False": "false",
    "[5]": "[…]",
    "{'amount': 5}": "{…}",
    "'5\\x00'": "5�",
    "'\\ud800'": "�",
}


@pytest.mark.parametrize(("typed", "code"), NO_AMOUNTS, ids=repr)
def test_a_refusal_shows_what_was_typed_in_forty_characters_at_most(typed: object, code: str) -> None:
    refused = refusal(money.amount, typed)
    found = refused.values["found"]
    assert len(found) <= 40
    assert found == SHOWN.get(repr(typed), str(typed)) or found.endswith("…")
    assert all(Problem(code, "error", values=refused.values).text(lang) for lang in ("en", "zh"))


def test_a_number_too_long_to_be_written_is_refused_like_any_other() -> None:
    for number in (10**5000, -(10**5000)):
        assert refusal(money.amount, number).code == "amount_over_limit"
        assert refusal(money.amount, number).values["found"] == "…"
    assert refusal(money.rate, 10**5000).code == "rate_without_percent"
    assert refusal(money.rate, 10**5000).values == {"found": "…"}


CHARACTERS = "0123456789.,¥￥ 万亿元()（）-+－−%％\u00a0\u3000０１２９．，eE²٣"


@given(st.text() | st.text(CHARACTERS, max_size=20))
def test_any_text_is_an_amount_to_the_fen_within_the_limit_or_unreadable(text: str) -> None:
    match read_or_code(money.amount, text):
        case Decimal() as amount:
            assert amount.as_tuple().exponent == -2
            assert -money.LIMIT <= amount <= money.LIMIT
            assert amount or not amount.is_signed()
        case code:
            assert code in {code for _, code in NO_AMOUNTS}


@given(st.text() | st.text(CHARACTERS, max_size=10))
def test_any_text_is_a_multiple_of_a_tenth_percent_up_to_all_or_unreadable(text: str) -> None:
    match read_or_code(money.rate, text):
        case Decimal() as rate:
            assert rate.as_tuple().exponent == -3
            assert 0 <= rate <= 1
            assert not rate.is_signed()
        case code:
            assert code in {code for _, code in NO_RATES}


@given(st.integers() | st.decimals())
def test_any_whole_or_decimal_number_is_that_amount_or_unreadable(number: int | Decimal) -> None:
    match read_or_code(money.amount, number):
        case Decimal() as amount:
            assert amount == number
        case code:
            assert code in {code for _, code in NO_AMOUNTS}


def read_or_code(read: Callable[[object], Decimal], typed: object) -> Decimal | str:
    """What was read, or the code of the refusal; anything else that is raised fails the test."""
    try:
        return read(typed)
    except money.Unreadable as refused:
        return refused.code


@given(st.floats() | st.booleans() | st.none() | st.binary() | st.complex_numbers() | st.fractions() | st.dates())
def test_what_is_neither_text_nor_an_exact_number_is_refused(typed: object) -> None:
    assert refusal(money.amount, typed).code == "not_a_number"
    assert refusal(money.rate, typed).code == "not_a_number"


# Writing


@pytest.mark.parametrize(("amount", "text"), WRITTEN.items())
def test_an_amount_is_written_with_thousands_and_two_decimals(amount: str, text: str) -> None:
    assert money.written(Decimal(amount)) == text


@pytest.mark.parametrize(("rate", "text"), PERCENT.items())
def test_a_rate_is_written_in_percent_without_needless_zeros(rate: str, text: str) -> None:
    assert money.percent(Decimal(rate)) == text


@given(st.integers(-MOST, MOST))
def test_an_amount_that_was_written_is_read_as_itself(fen: int) -> None:
    amount = Decimal(fen).scaleb(-2)
    assert str(money.amount(money.written(amount))) == str(amount)


@given(st.integers(-MOST, MOST))
def test_an_amount_in_brackets_or_in_ten_thousands_is_the_same_amount(fen: int) -> None:
    amount = Decimal(fen).scaleb(-2)
    assert money.amount(f"({money.written(abs(amount))})") == -abs(amount)
    assert money.amount(f"{amount.scaleb(-4):f}万元") == amount
    assert money.amount(f"{amount.scaleb(-8):f}亿元") == amount


def test_every_rate_that_was_written_is_read_as_itself() -> None:
    rates = [Decimal(per_mille).scaleb(-3) for per_mille in range(1001)]
    assert [str(money.rate(money.percent(rate))) for rate in rates] == [str(rate) for rate in rates]


# The user's decimal context


@in_any_context
def test_the_users_decimal_context_does_not_change_what_is_read(context: Context) -> None:
    with localcontext(context):
        amounts = [str(money.amount(typed)) for typed, amount in AMOUNTS if not amount.startswith("-")]
        rates = [str(money.rate(typed)) for typed, _ in RATES]
    assert amounts == [amount for _, amount in AMOUNTS if not amount.startswith("-")]
    assert rates == [rate for _, rate in RATES]


@in_any_context
def test_the_users_decimal_context_does_not_change_negative_amounts(context: Context) -> None:
    with localcontext(context):
        amounts = [str(money.amount(typed)) for typed, amount in AMOUNTS if amount.startswith("-")]
    assert amounts == [amount for _, amount in AMOUNTS if amount.startswith("-")]


@in_any_context
def test_the_users_decimal_context_does_not_change_what_is_refused(context: Context) -> None:
    with localcontext(context):
        codes = [refusal(money.amount, typed).code for typed, _ in NO_AMOUNTS]
        codes += [refusal(money.rate, typed).code for typed, _ in NO_RATES]
    assert codes == [code for _, code in (*NO_AMOUNTS, *NO_RATES)]


@in_any_context
def test_the_users_decimal_context_does_not_change_an_amount_that_is_written(context: Context) -> None:
    with localcontext(context):
        assert [money.written(Decimal(amount)) for amount in WRITTEN] == list(WRITTEN.values())


@in_any_context
def test_the_users_decimal_context_does_not_change_a_rate_that_is_written(context: Context) -> None:
    with localcontext(context):
        assert [money.percent(Decimal(rate)) for rate in PERCENT] == list(PERCENT.values())


@in_any_context
def test_the_users_decimal_context_does_not_change_a_share(context: Context) -> None:
    with localcontext(context):
        assert str(money.share(Decimal("1234567890.10"), Decimal("0.025"))) == "30864197.25"  # 30,864,197.2525


@in_any_context
def test_sums_are_exact_in_any_context_of_the_user(context: Context) -> None:
    with localcontext(context):
        with money.exactly():
            total = sum([Decimal("0.01")] * 3, money.LIMIT)
        assert str(total) == "1000000000000.03"


def test_an_inexact_result_or_a_float_raises_where_sums_are_exact() -> None:
    with money.exactly(), pytest.raises(Inexact):
        Decimal(1) / 3
    with money.exactly(), pytest.raises(FloatOperation):
        Decimal(float("0.5"))


# Shares

SHARES = {
    ("0.05", "0.100"): "0.01",  # 0.005: half a fen goes up
    ("0.04", "0.100"): "0.00",  # 0.004
    ("0.15", "0.100"): "0.02",  # 0.015: up to an even fen
    ("0.25", "0.100"): "0.03",  # 0.025: up to an odd fen
    ("30000000.00", "0.080"): "2400000.00",
    ("1234567.89", "0.025"): "30864.20",  # 30,864.19725
    ("1000000000000.00", "1.000"): "1000000000000.00",
    ("999999999999.99", "0.999"): "998999999999.99",  # 998,999,999,999.99001
    ("0.00", "0.080"): "0.00",
    ("100.00", "0.000"): "0.00",
}


@pytest.mark.parametrize(("factors", "result"), SHARES.items(), ids=str)
def test_a_share_is_rounded_to_the_fen_half_up(factors: tuple[str, str], result: str) -> None:
    amount, rate = map(Decimal, factors)
    assert str(money.share(amount, rate)) == result


@given(st.integers(0, MOST), st.integers(0, 1000))
def test_a_share_is_what_whole_fen_and_tenths_of_a_percent_give(fen: int, per_mille: int) -> None:
    share = money.share(Decimal(fen).scaleb(-2), Decimal(per_mille).scaleb(-3))
    assert str(share) == str(Decimal((fen * per_mille + 500) // 1000).scaleb(-2))


@pytest.mark.parametrize(("amount", "rate"), [("-0.01", "0.080"), ("100.00", "-0.001"), ("-1.00", "-1.000")])
def test_a_share_of_or_by_less_than_nothing_is_refused(amount: str, rate: str) -> None:
    with pytest.raises(ValueError, match="below zero"):
        money.share(Decimal(amount), Decimal(rate))


@pytest.mark.parametrize("amount", [100.0, 100, True, "100.00", None, Fraction(100), Scalar()], ids=repr)
def test_a_share_of_anything_but_a_decimal_is_refused(amount: Any) -> None:
    with pytest.raises(TypeError, match=f"share takes Decimal, not {type(amount).__name__}"):
        money.share(amount, Decimal("0.080"))


@pytest.mark.parametrize("rate", [0.08, "8%", None, Fraction(8, 100), Scalar()], ids=repr)
def test_a_share_by_anything_but_a_number_is_refused(rate: Any) -> None:
    with pytest.raises(TypeError):
        money.share(Decimal("100.00"), rate)


@pytest.mark.parametrize("rate", [1, True], ids=repr)
def test_a_share_by_anything_but_a_decimal_is_refused(rate: Any) -> None:
    with pytest.raises(TypeError):
        money.share(Decimal("100.00"), rate)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity"])
def test_a_share_of_or_by_no_finite_number_is_refused(number: str) -> None:
    with pytest.raises(InvalidOperation):
        money.share(Decimal(number), Decimal("0.080"))
    with pytest.raises(InvalidOperation):
        money.share(Decimal("100.00"), Decimal(number))


@given(st.integers(-MOST, MOST), st.integers(-MOST, MOST))
def test_the_lesser_and_the_greater_of_two_amounts_are_amounts(one: int, other: int) -> None:
    a, b = Decimal(one).scaleb(-2), Decimal(other).scaleb(-2)
    assert (money.least(a, b), money.greatest(a, b)) == (min(a, b), max(a, b))
    assert str(money.greatest(a, 0)) == str(max(a, money.ZERO))
