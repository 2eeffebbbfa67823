"""What may be typed into a cell, and what it means; what may not, and what is said."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduf import cell
from eduf.money import Unreadable
from eduf.sums import worked


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1234.5", "1234.50"),
        ("1,234.56", "1234.56"),
        ("１２３", "123.00"),
        ("１，２３４．５６", "1234.56"),
        ("12万", "120000.00"),
        ("(500.00)", "-500.00"),
        ("=1000*1.05", "1050.00"),
        ("=1000×1.05", "1050.00"),
        ("＝１０００×１．０５", "1050.00"),
        ("=12万+3,500.00", "123500.00"),
        ("=(480000-20000)*110%", "506000.00"),
        ("=2-3*4", "-10.00"),
        ("=2--3", "5.00"),
        ("=0.005", "0.01"),
        ("=-0.005", "-0.01"),
        ("=0.0049", "0.00"),
        ("=0.333*0.01+0.333*0.01", "0.01"),  # 0.00666, rounded once
        ("=1,000 - 1", "999.00"),
        ("+5%", "210.00"),
        ("-2.5%", "195.00"),
        ("－5％", "190.00"),
    ],
)
def test_an_amount(typed: str, expected: str) -> None:
    assert str(cell.value("income", typed, Decimal("200.00"))) == expected


@pytest.mark.parametrize(
    ("fact", "typed", "code"),
    [
        ("spent", "", "amount_unreadable"),
        ("spent", "abc", "amount_unreadable"),
        ("spent", "1e5", "amount_unreadable"),
        ("spent", "1.234", "amount_decimals"),
        ("spent", "-5", "change_out_of_range"),
        ("spent", "=1-2", "change_out_of_range"),
        ("spent", "=", "sum_unreadable"),
        ("spent", "=1+", "sum_unreadable"),
        ("spent", "=(1", "sum_unreadable"),
        ("spent", "=1)", "sum_unreadable"),
        ("spent", "=1 2", "sum_unreadable"),
        ("spent", "=1/3", "sum_unreadable"),
        ("spent", "=1**2", "sum_unreadable"),
        ("spent", "=__import__('os')", "sum_unreadable"),
        ("spent", "=" + "(" * 50 + "1" + ")" * 50, "sum_unreadable"),
        ("spent", "=" + "9" * 300, "sum_unreadable"),
        ("spent", "=" + "*".join(["999999999999"] * 9), "sum_unreadable"),
        ("spent", "=1000000亿", "amount_over_limit"),
        ("spent", "+0.05%", "factor_step"),
        ("spent", "-500%", "factor_range"),
        ("cap_rate", "8", "rate_without_percent"),
        ("staff", "1.5", "not_a_whole_number"),
        ("staff", "999999999", "change_out_of_range"),
        ("qualifications", "rocket", "choice_unknown"),
        ("monthly_wages", "1", "change_fact"),
    ],
)
def test_what_is_no_value_says_why(fact: str, typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        cell.value(fact, typed, Decimal("200.00"))
    assert error.value.code == code


def test_per_cent_of_nothing_is_refused() -> None:
    with pytest.raises(Unreadable) as error:
        cell.value("income", "+5%", None)
    assert error.value.code == "cell_empty"


@pytest.mark.parametrize(
    ("fact", "typed", "expected"),
    [
        ("cap_rate", "８％", Decimal("0.080")),
        ("staff", "1,260", 1260),
        ("qualifications", "高新技术企业、software", ("high_tech", "software")),
        ("qualifications", "none", ()),
        ("collection", "核定征收", "deemed"),
        ("restricted_industry", "true", True),
        ("cap_rate_because", " 中关村试点 ", "中关村试点"),
    ],
)
def test_what_is_no_amount(fact: str, typed: str, expected: object) -> None:
    assert cell.value(fact, typed) == expected
    difference = cell.difference(fact, 2026, expected)
    assert (difference.fact, difference.years) == (fact, "2026")
    again = cell.plain(fact, expected)
    assert cell.value(fact, ", ".join(again) if again else "none") == expected if isinstance(again, list) else True


numbers = st.decimals("0", "99999", places=3).map(str)
sums = st.recursive(
    numbers,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map("".join), inner.map(lambda each: f"({each})")
    ),
    max_leaves=6,
)


@given(sums)
def test_a_sum_is_what_exact_fractions_give_rounded_once(typed: str) -> None:
    import re

    exact = eval(re.sub(r"[0-9.]+", lambda number: f"Fraction('{number[0]}')", typed), {"Fraction": Fraction})
    fen = (abs(exact) * 100 + Fraction(1, 2)).__floor__()
    if fen > 10**14:
        with pytest.raises(Unreadable):
            worked(typed)
    else:
        assert worked(typed) == Decimal(-fen if exact < 0 else fen).scaleb(-2)
