"""Every dialect of a line says the same number: on Decimals, in Excel's doubles, in DuckDB's SQL, on Z3's integers.

The truth of a share is plain integer arithmetic, fen times per mille, tried at every rate on amounts that give half a
fen exactly and the least over and under. No comparison has a tolerance. Excel's formulas are evaluated under both of
the ways in which Excel may round (evaluator.py).
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import gcd
from random import Random
from typing import Any

import pytest
import z3  # type: ignore[import-untyped]
from evaluator import Round, by_fifteen_digits, by_value, excel, integer
from histories import LIMIT, amount, chance, random_history, tie_near
from hypothesis import given
from hypothesis import strategies as st

from eduf import lines, tax_lines, vintages
from eduf.line import CHOICES, Line, Setting, line
from eduf.money import exactly, greatest, least, share, when_at_most
from eduf.symbols import DIALECTS, Symbol, formula

Share = tuple[int, int]  # fen, per mille
Figures = Mapping[str, Decimal]

SETTINGS = tuple(
    dict.fromkeys(
        Setting(**{**Setting()._asdict(), **dict(zip(vary, choices, strict=True))})
        for vary in (("collection", "edition", "order"), ("collection", "deferred", "tax"))
        for choices in product(*(CHOICES[key] for key in vary))
    )
)
ROUNDS = [pytest.param(by_value, id="by value"), pytest.param(by_fifteen_digits, id="by fifteen digits")]
EACH_LINE = pytest.mark.parametrize("line", lines.LINES, ids=lambda line: line.rule.__name__)
TIMES = 60  # random figures for each line


@pytest.fixture(scope="module")
def db() -> Iterator[Any]:
    import duckdb  # not above: kept until the end by pytest, it would complain of leaks there

    with duckdb.connect() as connection:
        yield connection


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def rate_of(per_mille: int) -> Decimal:
    return Decimal(per_mille).scaleb(-3)


# A share, in every dialect


def truth(fen: int, per_mille: int) -> int:
    return (fen * per_mille + 500) // 1000


def shares(rates: Sequence[int] = range(1001)) -> list[Share]:
    """At each rate, from nothing up to the limit, what is hard to round."""
    found = []
    for rate in rates:
        for whole in (0, 1, 1_234_567_89, LIMIT // 3, LIMIT):
            found += [(fen, rate) for fen in {whole, *hard_to_round(whole, rate)} if fen <= LIMIT]
    return found


def hard_to_round(whole: int, rate: int) -> set[int]:
    """Amounts near the whole whose share is half a fen over, or as near to it as this rate allows, on either side."""
    step = gcd(rate, 1000)  # of what is over, in thousandths of a fen
    below, above = 500 // step * step, -(-500 // step) * step
    period = 1000 // step
    to_one_step = pow(rate // step, -1, period)
    start = max(whole - period, 0) // period * period
    return {start + over // step * to_one_step % period for over in (below - step, below, above, above + step)}


def in_excel(fen: int, rate: int, rounded: Round) -> float:
    written = share(Symbol("amount", DIALECTS["excel"]), Symbol("rate", DIALECTS["excel"])).text
    return excel(written, {"amount": float(yuan(fen)), "rate": float(rate_of(rate))}, rounded)


def in_sql(db: Any, tried: Sequence[Share]) -> list[Decimal]:
    written = share(Symbol("amount", DIALECTS["sql"]), Symbol("some_rate", DIALECTS["sql"])).text
    rows = [{"amount": yuan(fen), "some_rate": rate_of(rate)} for fen, rate in tried]
    return [figure for (figure,) in queried(db, rows, written)]


def queried(db: Any, rows: Sequence[Figures], columns: str) -> list[tuple[Any, ...]]:
    """One query over all rows, amounts and rates in columns of their decimal types."""
    types = {name: "decimal(4,3)" if is_rate(name) else "decimal(18,2)" for name in rows[0]}
    facts = ", ".join(f"cast(unnest(${name}) as {kind}) as {name}" for name, kind in types.items())
    given = {name: [str(row[name]) for row in rows] for name in types}
    found: list[tuple[Any, ...]] = db.execute(
        f"with facts as (select {facts}) select {columns} from facts", given
    ).fetchall()
    return found


def is_rate(name: str) -> bool:
    return name.endswith("_rate")


def test_the_shares_tried_round_at_half_a_fen_and_next_to_it_at_every_rate() -> None:
    tried = shares()
    over = {rate: {fen * each % 1000 for fen, each in tried if each == rate} for rate in (15, 25, 80, 691, 1000)}
    assert {500, 495, 505} <= over[15]
    assert {500, 475, 525} <= over[25]
    assert {480, 520} <= over[80]  # 8 % of whole fen is never half a fen over
    assert {499, 500, 501} <= over[691]
    assert over[1000] == {0}
    assert {rate for _, rate in tried} == set(range(1001))
    assert (LIMIT, 1000) in tried


def test_a_share_in_decimals_is_the_integer_arithmetic_at_every_rate() -> None:
    wrong = [each for each in shares() if share(yuan(each[0]), rate_of(each[1])) != yuan(truth(*each))]
    assert wrong == []


def test_a_share_in_sql_is_the_integer_arithmetic_at_every_rate(db: Any) -> None:
    tried = shares()
    wrong = [each for each, found in zip(tried, in_sql(db, tried), strict=True) if found != yuan(truth(*each))]
    assert wrong == []


def test_a_share_on_z3_is_the_integer_arithmetic_at_every_rate() -> None:
    tried = shares()[::5]
    wrong = [each for each in tried if integer(share(z3.IntVal(each[0]), z3.IntVal(each[1]))) != truth(*each)]
    assert wrong == []


@pytest.mark.parametrize("rounded", ROUNDS)
def test_a_share_in_excel_is_the_integer_arithmetic_at_every_rate(rounded: Round) -> None:
    wrong = [each for each in shares() if in_excel(*each, rounded) != float(yuan(truth(*each)))]
    assert wrong == []


@pytest.mark.parametrize(
    ("fen", "rate", "rounded"),
    [
        (130_354_692_470_89, 691, by_value),
        (989_846_719_394_89, 91, by_value),  # 989,846,719,394.89 × 9.1 % = 90,076,051,464.93|499
        (989_846_719_394_89, 91, by_fifteen_digits),
    ],
)
def test_a_share_in_excel_is_the_integer_arithmetic_up_to_the_limit_at_every_stated_rate(
    fen: int, rate: int, rounded: Round
) -> None:
    assert in_excel(fen, rate, rounded) == float(yuan(truth(fen, rate)))


@pytest.mark.parametrize(
    ("fen", "lost", "right"),
    [
        (1_00, 0.01, 0.02),
        (3_00, 0.04, 0.05),
        (30_000_001_00, 450_000.01, 450_000.02),
        (667_000_000_001_00, 10_005_000_000.01, 10_005_000_000.02),
    ],
)
def test_the_plain_excel_form_loses_half_a_fen_where_the_double_lies_below_it(
    fen: int, lost: float, right: float
) -> None:
    """1.5 % of 1.00 is 0.015, a double a little below: rounded by value it is 0.01. So the form multiplies wholes."""
    assert excel("ROUND(w*0.015,2)", {"w": float(yuan(fen))}, by_value) == lost
    assert in_excel(fen, 15, by_value) == in_excel(fen, 15, by_fifteen_digits) == right == float(yuan(truth(fen, 15)))


@given(st.integers(0, LIMIT), st.integers(0, 1000))
def test_a_share_of_anything_is_the_integer_arithmetic_in_decimals_in_excel_and_on_z3(fen: int, rate: int) -> None:
    assert share(yuan(fen), rate_of(rate)) == yuan(truth(fen, rate))
    assert integer(share(z3.IntVal(fen), z3.IntVal(rate))) == truth(fen, rate)
    for rounded in (by_value, by_fifteen_digits):
        assert in_excel(fen, rate, rounded) == float(yuan(truth(fen, rate)))


@given(st.lists(st.tuples(st.integers(0, LIMIT), st.integers(0, 1000)), min_size=1))
def test_a_share_of_anything_is_the_integer_arithmetic_in_sql(db: Any, tried: list[Share]) -> None:
    assert in_sql(db, tried) == [yuan(truth(*each)) for each in tried]


# Every line, in every dialect


def figures(line: Line) -> list[Figures]:
    """Random figures for a line: of either sign but where it takes a share, often equal or a fen apart."""
    rng = Random(line.rule.__name__)
    return [some_figures(rng, line) for _ in range(TIMES)]


def some_figures(rng: Random, line: Line) -> Figures:
    if any(map(is_rate, line.reads)):
        rate = rng.choice((0, 1000, 25, 80, rng.randint(1, 1000), rng.randint(1, 1000)))
        fen = tie_near(rng, min(amount(rng), LIMIT - 1000), rate)  # near: less than 1000 fen from it
        others = [rng.choice((fen, fen + rng.choice((-1, 1)) if fen else 0, amount(rng))) for _ in line.reads[1:]]
        pairs = zip(line.reads, (fen, *others), strict=True)
        return {name: rate_of(rate) if is_rate(name) else yuan(each) for name, each in pairs}
    fens = [rng.choice((1, 1, -1)) * amount(rng)]
    for _ in line.reads[1:]:
        near = sum(fens) + rng.choice((-1, 0, 1))
        fens.append(near if chance(rng, 30) and abs(near) <= LIMIT else rng.choice((1, 1, -1)) * amount(rng))
    return {name: yuan(fen) for name, fen in zip(line.reads, fens, strict=True)}


@EACH_LINE
@pytest.mark.parametrize("rounded", ROUNDS)
def test_every_line_is_the_same_in_excel_as_in_decimals(line: Line, rounded: Round) -> None:
    written = formula(line, "excel")
    for read in figures(line):
        doubles = {name: float(figure) for name, figure in read.items()}
        assert excel(written, doubles, rounded) == float(line(*read.values())), read


@EACH_LINE
def test_every_line_is_the_same_in_sql_as_in_decimals(line: Line, db: Any) -> None:
    rows = figures(line)
    written = formula(line, "sql")
    expected = [(line(*read.values()), "DECIMAL(18,2)") for read in rows]
    assert queried(db, rows, f"{written}, typeof({written})") == expected


@EACH_LINE
def test_every_line_is_the_same_on_z3_as_in_decimals(line: Line) -> None:
    for read in figures(line):
        numerals = [z3.IntVal(int(each.scaleb(3 if is_rate(name) else 2))) for name, each in read.items()]
        assert yuan(integer(line(*numerals))) == line(*read.values()), read


def years(stated: bool) -> list[Figures]:  # noqa: FBT001
    """The facts of first years, up to the limits."""
    rng = Random(2018)
    found: list[Figures] = []
    while len(found) < TIMES // 2:
        case = random_history(rng, 1, deemed=False)
        (facts,) = case["years"]
        opening = case["opening"]
        fens = {name: facts[name] or 0 for name in lines.FACTS if name != "extraction_rate"}
        fens |= {"losses_available": amount(rng), "small_first_limit": 1_000_000_00, "small_limit": 3_000_000_00}
        fens |= {f"opening_{name}": opening[name] for name in ("fund_balance", "before_2008_balance")}
        fens["opening_carried_forward"] = sum(size for _, size in opening["carried_forward"])
        rates = {"extraction_rate": facts["extraction_rate"]}
        rates |= {"cap_rate": facts["cap_rate"] or 80, "deferred_rate": facts["deferred_rate"] or 250}
        rates |= {"tax_rate": facts["tax_rate"] or 150, "small_first_rate": 25, "small_rest_rate": 100}
        year = {name: yuan(fen) for name, fen in fens.items() if stated or name not in ("extracted", "booked_in_full")}
        year |= {name: rate_of(rate) for name, rate in rates.items()}
        found.append(year)
    return found


def applied(setting: Setting, year: Figures) -> list[Line]:
    return [each for each in lines.of(setting) if each.name not in year]


def in_order(applied: Sequence[Line], year: Mapping[str, Any], value: Callable[..., Any]) -> dict[str, Any]:
    """The figures of a year, each line reading those before it."""
    known = dict(year)
    for each in applied:
        known[each.name] = value(each, {name: known[name] for name in each.reads})
    return {each.name: known[each.name] for each in applied}


def computed(setting: Setting, year: Figures) -> dict[str, Decimal]:
    with exactly():
        return in_order(applied(setting, year), year, lambda line, read: line(*read.values()))


@pytest.mark.parametrize("stated", [False, True], ids=["left out", "stated"])
@pytest.mark.parametrize("rounded", [by_value, by_fifteen_digits])
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: "-".join(map(str, setting)))
def test_a_whole_year_is_the_same_in_a_workbook(setting: Setting, rounded: Round, stated: bool) -> None:  # noqa: FBT001
    for year in years(stated):
        doubles = {name: float(figure) for name, figure in year.items()}
        cells = in_order(
            applied(setting, year), doubles, lambda line, read: excel(formula(line, "excel"), read, rounded)
        )
        assert cells == {name: float(figure) for name, figure in computed(setting, year).items()}, year


@pytest.mark.parametrize("stated", [False, True], ids=["left out", "stated"])
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: "-".join(map(str, setting)))
def test_a_whole_year_is_the_same_in_one_query(
    setting: Setting,
    stated: bool,  # noqa: FBT001
    db: Any,
) -> None:
    rows = years(stated)
    columns = ", ".join(f"{formula(each, 'sql')} as {each.name}" for each in applied(setting, rows[0]))
    expected = [tuple(computed(setting, year).values()) for year in rows]
    assert queried(db, rows, columns) == expected


MOVED = ("transferred", "deductible_spent", "deducted", "deducted_current", "deducted_earlier")
VINTAGES: dict[str, tuple[tuple[str, ...], Callable[..., Any]]] = {
    what: (MOVED, lambda *read, what=what: getattr(moved(read), what)) for what in ("arose", "used")
} | {"left": (("amount", "up_to", "used"), vintages.left)}


def moved(read: Sequence[Any]) -> vintages.Movement:
    return vintages.movement(2018, dict(zip(MOVED, read, strict=True)))


@pytest.mark.parametrize("rounded", [by_value, by_fifteen_digits])
@pytest.mark.parametrize("what", VINTAGES)
def test_vintages_are_the_same_in_a_workbook_and_in_a_query_as_in_decimals(what: str, rounded: Round, db: Any) -> None:
    reads, rule = VINTAGES[what]
    in_sql, in_excel = (rule(*symbols(dialect, reads)).text for dialect in ("sql", "excel"))
    rng = Random(what)
    rows = [{name: yuan(rng.choice((1, -1)) * amount(rng)) for name in reads} for _ in range(TIMES)]
    expected = [rule(*row.values()) for row in rows]
    assert queried(db, rows, in_sql) == [(each,) for each in expected]
    doubles = [{name: float(figure) for name, figure in row.items()} for row in rows]
    assert [excel(in_excel, row, rounded) for row in doubles] == [float(each) for each in expected]


def test_every_line_stands_in_some_setting() -> None:
    assert {id(each) for setting in SETTINGS for each in lines.of(setting)} == {id(each) for each in lines.LINES}


# A Symbol is a text and no number


BRANCHES: dict[str, Callable[[Symbol, Symbol], object]] = {
    "if a": lambda a, _: 1 if a else 2,
    "not a": lambda a, _: not a,
    "a and b": lambda a, b: a and b,
    "a == b": operator.eq,
    "a != b": operator.ne,
    "a < b": operator.lt,
    "a <= b": operator.le,
    "a > b": operator.gt,
    "a >= b": operator.ge,
    "a == 0": lambda a, _: a == 0,
    "0 < a": lambda a, _: a > 0,
    "a in (b,)": lambda a, b: a in (b,),
    "min(a, b)": min,
    "max(a, b)": max,
    "sorted": lambda a, b: sorted((a, b)),
}
NOT_MONEY: dict[str, Callable[[Symbol, Symbol], object]] = {
    "hash": lambda a, _: hash(a),
    "a key": lambda a, b: {a: b},
    "a * b": operator.mul,
    "a / b": operator.truediv,
    "a // b": operator.floordiv,
    "-a": lambda a, _: -a,  # type: ignore[operator]
    "abs(a)": lambda a, _: abs(a),  # type: ignore[arg-type]
    "round(a)": lambda a, _: round(a),  # type: ignore[call-overload]
    "float(a)": lambda a, _: float(a),  # type: ignore[arg-type]
    "sum": lambda a, b: sum((a, b)),  # type: ignore[arg-type]
}


def symbols(dialect: str, names: Sequence[str] = "abcr") -> list[Symbol]:
    return [Symbol(name, DIALECTS[dialect]) for name in names]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("branch", BRANCHES)
def test_a_symbol_cannot_branch(branch: str, dialect: str) -> None:
    a, b, *_ = symbols(dialect)
    with pytest.raises(TypeError, match=r"^a line may not branch: use least, greatest or when_at_most$"):
        BRANCHES[branch](a, b)


@pytest.mark.parametrize("operation", NOT_MONEY)
def test_a_symbol_cannot_do_what_money_may_not(operation: str) -> None:
    a, b, *_ = symbols("en")
    with pytest.raises(TypeError):
        NOT_MONEY[operation](a, b)


def test_a_line_that_branches_cannot_be_written_down() -> None:
    @line("cap")
    def deducted(available: Any, cap: Any) -> Any:
        return available if available < cap else cap

    assert deducted(Decimal("1.00"), Decimal("2.00")) == Decimal("1.00")
    with pytest.raises(TypeError, match="may not branch"):
        formula(deducted, "sql")


# What is written


@EACH_LINE
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_line_writes_every_figure_that_it_reads_in_order(line: Line, dialect: str) -> None:
    """Once, but for the share in Excel, which takes its amount apart, and for income that is taxed in two parts."""
    written = re.findall(r"<(\w+)>", formula(line, dialect, "<{}>".format))
    assert tuple(dict.fromkeys(written)) == line.reads
    twice = (dialect == "excel" and "INT(" in formula(line, dialect)) or line.name.startswith("tax_small")
    assert len(written) == len(line.reads) or twice


def test_every_dialect_has_the_same_forms() -> None:
    assert {frozenset(dialect) for dialect in DIALECTS.values()} == {frozenset(DIALECTS["en"])}


WORDS = {
    "available": "可扣除额",
    "booked": "账载金额",
    "brought_forward": "以前年度结转额",
    "cap": "扣除限额",
    "cap_rate": "扣除率",
    "deducted": "本年扣除",
    "deductible_wages": "工资薪金总额",
    "extracted": "提取额",
    "extraction_due": "应提取额",
    "fund_opening": "期初余额",
    "opening_carried_forward": "期初结转额",
    "spent": "实际发生额",
    "spent_in_full": "全额扣除发生额",
    "small_limit": "所得限额",
    "tax_ordinary": "按一般税率的税额",
    "tax_small": "按小型微利税负的税额",
    "taxable_income": "应纳税所得额",
}
WRITTEN = [
    (lines.cap, "zh", "工资薪金总额 × 扣除率，四舍五入到分"),
    (lines.deducted, "zh", "可扣除额 与 扣除限额 中较小者"),
    (lines.carried_forward, "zh", "可扣除额 － 本年扣除"),
    (lines.fund_closing, "zh", "期初余额 ＋ 提取额 － 实际发生额 － 全额扣除发生额"),
    (lines.extraction_shortfall, "zh", "(应提取额 － 提取额) 与 0 中较大者"),
    (lines.form_deducted_booked, "zh", "(账载金额 ＋ 以前年度结转额) 与 扣除限额 中较小者"),
    (lines.prior_carried_forward, "zh", "期初结转额"),
    (lines.cap, "en", "deductible_wages × cap_rate, to the fen, half up"),
    (lines.deducted, "en", "the lesser of available and cap"),
    (lines.carried_forward, "en", "available − deducted"),
    (lines.extraction_shortfall, "en", "the greater of (extraction_due − extracted) and 0"),
    (lines.fund_closing, "en", "fund_opening + extracted − spent − spent_in_full"),
    (lines.form_deducted, "en", "the lesser of (deductible_spent + brought_forward) and cap"),
    (lines.prior_carried_forward, "en", "opening_carried_forward"),
    (
        tax_lines.tax_over_cliff,
        "zh",
        "应纳税所得额 不超过 所得限额 时为 按小型微利税负的税额，否则为 按一般税率的税额",
    ),
    (
        tax_lines.tax_over_cliff,
        "en",
        "where taxable_income is at most small_limit: tax_small; else tax_ordinary",
    ),
    (tax_lines.tax_over_cliff, "excel", "IF(taxable_income<=small_limit,tax_small,tax_ordinary)"),
    (
        tax_lines.tax_over_cliff,
        "sql",
        "case when taxable_income <= small_limit then tax_small else tax_ordinary end",
    ),
    (
        tax_lines.tax_small,
        "en",
        "((the lesser of taxable_income and small_first_limit) × small_first_rate, to the fen, half up) "
        "+ ((the greater of (taxable_income − small_first_limit) and 0) × small_rest_rate, to the fen, half up)",
    ),
    (
        lines.cap,
        "excel",
        "(INT(deductible_wages/10)*ROUND(cap_rate*1000,0)"
        "+ROUND(ROUND((deductible_wages-10*INT(deductible_wages/10))*100,0)*ROUND(cap_rate*1000,0)/1000,0))/100",
    ),
    (lines.deducted, "excel", "MIN(available,cap)"),
    (lines.extraction_shortfall, "excel", "MAX(ROUND(extraction_due-extracted,2),0)"),
    (
        lines.fund_closing,
        "excel",
        "ROUND(ROUND(ROUND(fund_opening+extracted,2)-spent,2)-spent_in_full,2)",
    ),
    (lines.cap, "sql", "cast(round(cast(deductible_wages as decimal(28,2)) * cap_rate, 2) as decimal(18,2))"),
    (lines.deducted, "sql", "least(available, cap)"),
    (
        lines.extraction_shortfall,
        "sql",
        "greatest(cast(extraction_due - extracted as decimal(18,2)), cast(0 as decimal(18,2)))",
    ),
]


@pytest.mark.parametrize(
    ("line", "dialect", "text"), WRITTEN, ids=[f"{line.name}-{dialect}" for line, dialect, _ in WRITTEN]
)
def test_a_line_reads_as_a_person_would_write_it(line: Line, dialect: str, text: str) -> None:
    assert formula(line, dialect, lambda name: WORDS[name] if dialect == "zh" else name) == text


BRACKETS: list[tuple[Callable[..., Symbol], str, str, str]] = [
    (lambda a, b, c, r: a - (b + c), "a － (b ＋ c)", "a − (b + c)", "ROUND(a-ROUND(b+c,2),2)"),
    (lambda a, b, c, r: a - (b - c), "a － (b － c)", "a − (b − c)", "ROUND(a-ROUND(b-c,2),2)"),
    (lambda a, b, c, r: a + b - c, "a ＋ b － c", "a + b − c", "ROUND(ROUND(a+b,2)-c,2)"),
    (
        lambda a, b, c, r: share(a + b, r),
        "(a ＋ b) × r，四舍五入到分",
        "(a + b) × r, to the fen, half up",
        "(INT(ROUND(a+b,2)/10)*ROUND(r*1000,0)"
        "+ROUND(ROUND((ROUND(a+b,2)-10*INT(ROUND(a+b,2)/10))*100,0)*ROUND(r*1000,0)/1000,0))/100",
    ),
    (
        lambda a, b, c, r: c - share(a, r),
        "c － (a × r，四舍五入到分)",
        "c − (a × r, to the fen, half up)",
        "ROUND(c-(INT(a/10)*ROUND(r*1000,0)+ROUND(ROUND((a-10*INT(a/10))*100,0)*ROUND(r*1000,0)/1000,0))/100,2)",
    ),
    (
        lambda a, b, c, r: a - least(b, c),
        "a － (b 与 c 中较小者)",
        "a − (the lesser of b and c)",
        "ROUND(a-MIN(b,c),2)",
    ),
    (
        lambda a, b, c, r: least(a + b, c),
        "(a ＋ b) 与 c 中较小者",
        "the lesser of (a + b) and c",
        "MIN(ROUND(a+b,2),c)",
    ),
    (
        lambda a, b, c, r: greatest(a, b - c),
        "a 与 (b － c) 中较大者",
        "the greater of a and (b − c)",
        "MAX(a,ROUND(b-c,2))",
    ),
    (
        lambda a, b, c, r: share(a, r) - b + c,
        "(a × r，四舍五入到分) － b ＋ c",
        "(a × r, to the fen, half up) − b + c",
        "ROUND(ROUND((INT(a/10)*ROUND(r*1000,0)+ROUND(ROUND((a-10*INT(a/10))*100,0)*ROUND(r*1000,0)/1000,0))/100-b,2)"
        "+c,2)",
    ),
    (
        lambda a, b, c, r: a - when_at_most(b, a - c, c, a + b),
        "a － (b 不超过 (a － c) 时为 c，否则为 (a ＋ b))",
        "a − (where b is at most (a − c): c; else (a + b))",
        "ROUND(a-IF(b<=ROUND(a-c,2),c,ROUND(a+b,2)),2)",
    ),
]


@pytest.mark.parametrize("number", range(len(BRACKETS)), ids=lambda number: BRACKETS[number][2])
@pytest.mark.parametrize(("place", "dialect"), [(1, "zh"), (2, "en"), (3, "excel")])
def test_brackets_stand_where_the_meaning_needs_them(number: int, place: int, dialect: str) -> None:
    rule = BRACKETS[number][0]
    assert rule(*symbols(dialect)).text == BRACKETS[number][place]


# The evaluator


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1+2*3-4/8", 6.5),
        ("(1+2)*3", 9.0),
        ("10-4-3", 3.0),
        ("8/4/2", 1.0),
        ("ROUND(2.5,0)", 3.0),
        ("ROUND(0-2.5,0)", -3.0),
        ("ROUND(0.125,2)", 0.13),
        ("MIN(x,MAX(1,2))", 2.0),
        ("0.1+0.2", 0.30000000000000004),
        ("IF(x<=7,1,2)", 1.0),
        ("IF(7.01<=x,1,x+1)", 8.0),
        ("ROUND(0.1+0.2,2)", 0.3),
    ],
)
@pytest.mark.parametrize("rounded", [by_value, by_fifteen_digits])
def test_the_evaluator_computes_as_excel_does(text: str, value: float, rounded: Round) -> None:
    assert excel(text, {"x": 7.0}, rounded) == value


def test_the_two_ways_of_rounding_differ_where_the_double_is_not_the_decimal_number() -> None:
    assert excel("ROUND(2.675,2)", {}, by_value) == 2.67
    assert excel("ROUND(2.675,2)", {}, by_fifteen_digits) == 2.68


@pytest.mark.parametrize(
    "text",
    ["-x", "x**2", "x^2", "x%2", "x//2", "x<2", "'x'", "True", "IF(x,1,2)", "IF(x<2,1,2)", "IF(1<=x<=2,1,2)", "x.real"],
)
def test_the_evaluator_refuses_what_it_does_not_know(text: str) -> None:
    with pytest.raises(ValueError, match="not in a formula that eduf writes"):
        excel(text, {"x": 7.0}, by_value)
