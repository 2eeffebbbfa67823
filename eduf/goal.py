"""Goal seek: the stated amount of a year, or the rate at which it grows, for which a line is as it should be.

Amounts are searched in whole fen, piece by piece of the straight pieces that the line is made of, so that no plateau
and no cliff is missed; rates of growth in steps of 0.1 %, one after the other. What is found is proved by computing
the whole case with it and with its neighbours.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from eduf.behind import behind
from eduf.case import Case, Scenario
from eduf.change import AMOUNTS, SIGNED, named, times
from eduf.facts import Figure
from eduf.history import History, again, compute
from eduf.law import Law
from eduf.line import Number
from eduf.money import FEN, LIMIT, PER_MILLE, ZERO, exactly
from eduf.problems import Problem, Refused
from eduf.scenario import applied
from eduf.search import Search, holds
from eduf.solution import Ends, Proof, Side, Solution, difference_to
from eduf.typed import Unknown, Wanted, unknown, wanted

GROWTH = (Decimal("-0.200"), Decimal("0.200"))
_MOST_GROWTH = (Decimal(-1), Decimal(9))


def solve(
    case: Case, change: str, so_that: str, between: Ends | None = None, which: Side = "largest", by: Law | None = None
) -> Solution:
    """The largest or smallest value of `change` between the ends (yuan, or rates of growth) for which `so_that` holds.

    `change`: `spent@2026`, `spent@2026-2028` (one amount for all these years) or `spent@2026- grow`; `so_that`:
    `carried_forward@2028=0`, also with <= and >=. Left out, the ends are 0 and the limit of an amount, or −20 % and
    20 %. Raises Refused for what cannot be read and for what the line does not depend on.

    >>> from eduf import read, solve
    >>> found = solve(read("examples/machinery.toml"), "spent@2026", "carried_forward@2027=0")
    >>> found.answer
    Decimal('2306000.00')
    >>> [str(each.result) for each in found.proof]
    ['0.00', '0.00', '0.01']
    """
    looked_for, goal = unknown(change), wanted(so_that)
    history = compute(case, by)
    _check(history, looked_for, goal)
    ends = between or _ends(looked_for)
    with exactly():
        answer, nearest = (_growth if looked_for.grows else _amount)(history, looked_for, goal, ends, which)
    if answer is None:
        points: Iterable[Decimal] = dict.fromkeys((ends[0], nearest, ends[1]))
    else:
        points = _neighbours(looked_for, answer)
    proof = tuple(_proofs(history, looked_for, goal, points, answer))
    return Solution(looked_for, goal, ends, which, answer, proof)


def _ends(looked_for: Unknown) -> Ends:
    if looked_for.grows:
        return GROWTH
    return _least(looked_for), LIMIT


def _least(looked_for: Unknown) -> Decimal:
    """The least amount that the fact may be."""
    return -LIMIT if looked_for.fact in SIGNED else ZERO


def _check(history: History, looked_for: Unknown, goal: Wanted) -> None:
    """The years are there, the line is known, and it depends on the fact. Raises Refused."""
    first, last = history.years[0].year, history.years[-1].year
    years = _years(history, looked_for)
    for year in (*years, goal.year):
        if history.year(year) is None:
            values: dict[str, object] = {"found": year, "first": first, "last": last}
            raise Refused([Problem("year_unknown", "error", values=values)])
    names = {"line": named(goal.line), "fact": named(looked_for.fact), "year": goal.year}
    if looked_for.fact not in (*AMOUNTS, *SIGNED) or looked_for.fact == "assets":
        raise Refused([Problem("solve_fact", "error", values=names)])
    if looked_for.fact not in behind(goal.line) or goal.year < years[0]:
        raise Refused([Problem("solve_no_effect", "error", values=names)])
    computed = history.year(goal.year)
    if computed is None or computed.values[goal.line] is None:
        raise Refused([Problem("solve_unknown", "error", values=names)])
    if looked_for.grows:
        applied(history.case, Scenario(name=looked_for.fact, set=(difference_to(looked_for, ZERO),)))


def _years(history: History, looked_for: Unknown) -> range:
    begin, dash, end = looked_for.years.partition("-")
    return range(int(begin), int(end or (history.years[-1].year if dash else begin)) + 1)


def _amount(
    history: History, looked_for: Unknown, goal: Wanted, ends: Ends, which: Side
) -> tuple[Decimal | None, Decimal]:
    """The answer in whole fen, and the amount that comes nearest."""
    years = _years(history, looked_for)

    def figure(amount: Number) -> Number:
        put_in = {looked_for.fact: Figure(amount, "stated")}
        return again(history, dict.fromkeys(years, put_in), goal.line, goal.year)

    low, high = (int(each.scaleb(2)) for each in ends)
    search = Search(figure, goal.relation, goal.target, low, high)
    found = search.first(downwards=which == "largest")
    if found is not None:
        return Decimal(found).scaleb(-2), ZERO
    return None, Decimal(search.nearest()).scaleb(-2)


def _growth(
    history: History, looked_for: Unknown, goal: Wanted, ends: Ends, which: Side
) -> tuple[Decimal | None, Decimal]:
    """The answer in steps of 0.1 %, and the rate that comes nearest."""
    low, high = (int(each.scaleb(3)) for each in ends)
    rates = [Decimal(each).scaleb(-3) for each in range(low, high + 1)]
    results: dict[Decimal, Decimal] = {}
    for rate in reversed(rates) if which == "largest" else rates:
        if not _stays_within(history, looked_for, rate):
            continue
        results[rate] = again(history, _grown(history, looked_for, rate), goal.line, goal.year)
        if holds(results[rate], goal.relation, goal.target):
            return rate, ZERO
    return None, min(results, key=lambda rate: abs(results[rate] - goal.target), default=ZERO)


def _stays_within(history: History, looked_for: Unknown, rate: Decimal) -> bool:
    """Whether no amount that grows so leaves what an amount may be."""
    grown = _grown(history, looked_for, rate).values()
    return all(abs(each[looked_for.fact].value or ZERO) <= LIMIT for each in grown)


def _grown(history: History, looked_for: Unknown, rate: Decimal) -> dict[int, dict[str, Figure]]:
    """The amounts of the years, each grown on the one before."""
    years = _years(history, looked_for)
    before = next(each for each in history.case.years if each.year == years[0] - 1)
    amount, found = getattr(before, looked_for.fact), {}
    for year in years:
        amount = times(amount, 1 + rate)
        found[year] = {looked_for.fact: Figure(amount, "stated")}
    return found


def _neighbours(looked_for: Unknown, answer: Decimal) -> list[Decimal]:
    """The answer, and a step less and more as far as such a value can be stated."""
    step, (least, most) = (PER_MILLE, _MOST_GROWTH) if looked_for.grows else (FEN, (_least(looked_for), LIMIT))
    return [each for each in (answer - step, answer, answer + step) if least <= each <= most]


def _proofs(
    history: History, looked_for: Unknown, goal: Wanted, points: Iterable[Decimal], answer: Decimal | None
) -> Iterator[Proof]:
    """What the whole case gives at these points; a neighbour for which it cannot be computed is left out."""
    for value in points:
        scenario = Scenario(name=looked_for.fact, set=(difference_to(looked_for, value),))
        try:
            computed = compute(applied(history.case, scenario), history.law, since=history).year(goal.year)
        except Refused:
            if value == answer:
                raise
            continue
        result = computed.values[goal.line] if computed else None
        if result is not None:
            yield Proof(value, result, holds(result, goal.relation, goal.target))
