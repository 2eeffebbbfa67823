"""Calls of eduf in this process, and the plain loop beside which they are measured."""

import re
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from measuring import Measure

from eduf import explain, report
from eduf.case import Scenario
from eduf.comparison import compare
from eduf.files import read
from eduf.goal import solve
from eduf.history import History, Year, compute
from eduf.typed import scenario

ROOT = Path(__file__).resolve().parent.parent
COMPUTE = "compute, 10 years"
SOUGHT, GOAL = "deductible_wages@2017-", "carried_forward@2025=1000"
EXAMPLE = ROOT / "examples" / "machinery.toml"


def core(folder: Path) -> list[Measure]:
    """Calls in this process, when everything is imported and the law is read."""
    ten, twenty = folder / "ten.toml", folder / "twenty.toml"
    ten.write_text(case_of(10), encoding="utf-8")
    twenty.write_text(case_of(20), encoding="utf-8")
    case = read(ten)
    history, long = compute(case), compute(read(twenty))
    last = history.years[-1].year
    thousand = [planned(n, last) for n in range(1000)]

    def explained() -> str:
        return "\n".join(explain.text(explain.explain(history, last, "carried_forward"), "en"))

    return [
        Measure("integer loop", calls(plain_loop(history), 100)),
        Measure(COMPUTE, calls(lambda: compute(case), 10), "integer loop", seconds=0.002),
        Measure("read, 10 years", calls(lambda: read(ten), 3), COMPUTE),
        Measure(f"explain carried_forward {last}", calls(explained, 3), COMPUTE),
        Measure("compare, 1,000 scenarios of 10 years", calls(lambda: compare(case, thousand), 1), COMPUTE, seconds=2),
        Measure("solve, 10 years", calls(lambda: solve(case, SOUGHT, GOAL), 3), COMPUTE, seconds=0.1),
        Measure("workbook, 20 years", calls(lambda: report.workbook(long, "en"), 1), COMPUTE),
    ]


def planned(n: int, last: int) -> Scenario:
    """A plan of the last two years, each a little other than the one before."""
    typed = (f"total_wages@{last - 1}-=grow {n % 50 / 10}%", f"spent@{last - 1}={300_000 + n}", f"spent@{last}*=110%")
    return scenario(typed, f"{n}")


def calls(call: Callable[[], object], count: int) -> Callable[[], float]:
    """The seconds of one call, the mean of a few."""

    def sample() -> float:
        begun = perf_counter()
        for _ in range(count):
            call()
        return (perf_counter() - begun) / count

    return sample


def case_of(count: int) -> str:
    """The example with its first ten years, all of them actual, or with these over again in later years."""
    head, *years = EXAMPLE.read_text(encoding="utf-8").split("[[year]]")
    numbered = (re.sub(r"(?m)^year = \d+", f"year = {2016 + n}", years[n % 10]) for n in range(count))
    return "[[year]]".join((head, *numbered))


def plain_loop(history: History) -> Callable[[], object]:
    """The same lines as the judge of the tests computes them, from integers, without origin or place of any figure."""
    sys.path.insert(0, str(ROOT / "tests"))
    from judge import judge
    from making import in_yuan, lines_of

    opening = history.case.opening
    facts = {
        "order": history.case.enterprise.vintage_order,
        "deferred": history.years[0].setting.deferred,
        "opening": {
            "fund_balance": whole(opening.fund_balance, 2) or 0,
            "before_2008_balance": whole(opening.before_2008_balance, 2) or 0,
            "carried_forward": [(each.arose, whole(each.amount, 2)) for each in opening.carried_forward or ()],
            "losses": [(each.arose, whole(each.amount, 2)) for each in opening.losses or ()],
        },
        "years": [facts_of(history, year) for year in history.years],
    }
    if in_yuan(judge(facts)) != lines_of(history):
        raise SystemExit("The integer loop does not compute what eduf computes: no peer.")
    return lambda: judge(facts)


def facts_of(history: History, year: Year) -> dict[str, Any]:
    """The facts of a year as the judge takes them."""
    stated = history.case.years[year.position]
    amounts = ("total_wages", "deductible_wages", "extracted", "spent", "booked_in_full", "income", "assets")
    return {
        "year": year.year,
        "collection": stated.collection,
        "qualifications": history.case.qualifications(stated),
        "staff": stated.staff,
        "restricted_industry": stated.restricted_industry,
        "tax_rate": whole(stated.tax_rate, 3),
        **{name: whole(getattr(stated, name), 2) for name in amounts},
        **{name: whole(getattr(stated, name), 2) or 0 for name in ("spent_in_full", "transferred")},
        **{name: whole(year.figures[name].value, 3) for name in ("extraction_rate", "cap_rate", "deferred_rate")},
    }


def whole(number: Decimal | None, places: int) -> int | None:
    """Yuan in fen, a rate in tenths of a per cent."""
    return None if number is None else int(number.scaleb(places))
