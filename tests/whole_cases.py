"""Generated cases in which every fact of the format may be stated, as plain tables that hold together."""

from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

from eduf.case import Qualification, Year

QUALIFICATIONS = st.lists(st.sampled_from(get_args(Qualification)), unique=True, max_size=3)
CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LIMIT = 10**12 * 100

_letters = st.characters(categories=["L", "N", "P", "S", "Zs"])
texts = st.one_of(
    st.sampled_from(
        [
            "示例",
            "合计",
            "无",
            "=1+1",
            "'x",
            "001",
            "1e5",
            "2018",
            "TRUE",
            "_x0041_",
            "a+b",
            "#N/A",
            "单位：万元",
            "12.5万元",
        ]
    ),
    st.text(_letters, min_size=1, max_size=30).map(str.strip).filter(bool),
)


def fen(least: int = 0, most: int = LIMIT) -> st.SearchStrategy[Decimal]:
    return st.one_of(st.integers(least, most), st.sampled_from([least, most])).map(
        lambda number: Decimal(number).scaleb(-2)
    )


amounts = fen()
signed = fen(-LIMIT)
rates = st.integers(0, 1000).map(lambda number: f"{Decimal(number).scaleb(-1)}%")


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """A whole case as a plain table."""
    first = draw(st.integers(2009, 2095))
    numbers = range(first, first + draw(st.integers(1, 4)))
    plans = draw(st.integers(0, len(numbers)))
    table: dict[str, Any] = {"format": 1, "enterprise": draw(enterprises(first))}
    table |= {"opening": draw(openings(first, table["enterprise"]))} if draw(st.booleans()) else {}
    entitled = "software" in table["enterprise"].get("qualifications", [])
    table["year"] = [
        draw(years(number, plan=n >= len(numbers) - plans, entitled=entitled)) for n, number in enumerate(numbers)
    ]
    if draw(st.booleans()):
        table["filed"] = [
            draw(filed(number)) for number in draw(st.lists(st.integers(2008, 2100), unique=True, max_size=3))
        ]
    if draw(st.booleans()):
        names = draw(st.lists(texts, unique_by=str.casefold, max_size=3))
        table["scenario"] = [{"name": name, "set": draw(st.lists(differences(), max_size=3))} for name in names]
    return table


def left_out(draw: st.DrawFn, facts: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """Some of these facts."""
    return {key: draw(each) for key, each in facts.items() if draw(st.booleans())}


@st.composite
def enterprises(draw: st.DrawFn, first: int) -> dict[str, Any]:
    facts: dict[str, st.SearchStrategy[Any]] = {
        "credit_code": st.text(CODE, min_size=17, max_size=17).map(with_check),
        "founded": st.integers(1800, 2008),
        "kind": st.sampled_from(["enterprise", "public_institution"]),
        "accounting": st.sampled_from(["cas", "small_business", "government"]),
        "qualifications": QUALIFICATIONS,
        "extraction_rate": rates,
        "vintage_order": st.sampled_from(["current_first", "oldest_first"]),
        "deferred_recognised": st.booleans(),
        "deferred_on_fund": st.booleans(),
        "cost_centers": st.sampled_from([("100%",), ("60%", "40%"), ("33.3%", "33.3%", "33.4%")]).flatmap(centers),
    }
    return {"name": draw(texts), **left_out(draw, facts)}


def centers(shares: tuple[str, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    each = (st.fixed_dictionaries({"name": texts, "account": texts, "share": st.just(share)}) for share in shares)
    return st.tuples(*each).map(list)


def with_check(code: str) -> str:
    total = sum(CODE.index(each) * pow(3, place, 31) for place, each in enumerate(code))
    return code + CODE[-total % 31]


@st.composite
def openings(draw: st.DrawFn, first: int, enterprise: dict[str, Any]) -> dict[str, Any]:
    vintage = st.one_of(
        st.fixed_dictionaries({"amount": amounts}),
        st.fixed_dictionaries({"from": st.integers(2008, first - 1), "amount": amounts}),
    )
    loss = st.fixed_dictionaries({"from": st.integers(1990, first - 1), "amount": amounts})
    if "founded" in enterprise:
        vintage = st.fixed_dictionaries({"from": st.integers(2008, first - 1), "amount": amounts})
        loss = st.fixed_dictionaries({"from": st.just(first - 1), "amount": amounts})
    facts: dict[str, st.SearchStrategy[Any]] = {
        "fund_balance": amounts,
        "carried_forward": st.lists(vintage, max_size=3),
        "losses": st.lists(loss, max_size=3),
    }
    found = left_out(draw, facts)
    if found.get("fund_balance") and enterprise.get("founded", 1900) < 2008 and draw(st.booleans()):
        found["before_2008_balance"] = found["fund_balance"]
    return found


@st.composite
def years(draw: st.DrawFn, number: int, *, plan: bool, entitled: bool) -> dict[str, Any]:
    facts: dict[str, st.SearchStrategy[Any]] = {
        "extracted": signed,
        "extraction_rate": rates,
        "qualifications": QUALIFICATIONS,
        "income": signed,
        "tax_rate": rates,
        "deferred_rate": rates,
        "staff": st.integers(0, 10_000_000),
        "assets": amounts,
        "restricted_industry": st.booleans(),
        "front_line_spent": fen(0, 100),
        "transferred": signed,
        "collection": st.sampled_from(["books", "deemed"]),
        "cap_rate": rates,
    }
    year = {"year": number, "status": "plan" if plan else "actual", "spent": draw(fen(100)), **left_out(draw, facts)}
    months = draw(st.lists(fen(0, LIMIT // 12), min_size=12, max_size=12))
    if draw(st.booleans()):
        year["monthly_wages"] = months
    year["total_wages"] = sum(months, Decimal())
    year["deductible_wages"] = draw(amounts)
    if year.get("collection") == "deemed":
        year.pop("cap_rate", None)
    year |= {f"{key}_because": draw(texts) for key in ("cap_rate", "transferred") if key in year}
    held = year.get("qualifications", ["software"] if entitled else [])
    if "software" in held and draw(st.booleans()):
        year |= {"spent_in_full": draw(amounts), "booked_in_full": draw(amounts)}
    return year


@st.composite
def filed(draw: st.DrawFn, number: int) -> dict[str, Any]:
    row = st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(
                ("booked", "spent", "brought_forward", "deducted", "adjustment", "carried_forward"), signed
            ),
            "rate": rates,
        },
    )
    balances = {"fund_balance": signed, "deferred_tax": signed}
    return {"year": number, **left_out(draw, {**dict.fromkeys(("row1", "row4", "row5", "row6"), row), **balances})}


@st.composite
def differences(draw: st.DrawFn) -> dict[str, Any]:
    span = st.sampled_from(["2026", "2026-2028", "2026-"])
    number = st.one_of(signed.map(str), rates, st.integers(-(10**12), 10**12), st.just("12.5万元"), st.just("-2.50%"))
    fact = draw(st.sampled_from([name for name in Year.model_fields if name not in ("year", "status")]))
    if fact == "qualifications":
        return {"fact": fact, "years": draw(span), "to": draw(QUALIFICATIONS)}
    if fact == "collection":
        return {"fact": fact, "years": draw(span), "to": "deemed"}
    return {"fact": fact, "years": draw(span), draw(st.sampled_from(["to", "grow", "times", "add"])): draw(number)}
