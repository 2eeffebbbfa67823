"""Makes the vouchers and the payroll of 2025 that stand behind examples/machinery.toml: always the same files.

    python examples/make_ledger.py [FOLDER]

The fund's account comes to the case's facts of that year: what was extracted, spent, and spent on front-line staff.
Beside them stands what a real ledger holds: other accounts, vouchers of other periods, reversals, refunds, a union fee
booked to the wrong account, and what may not be charged to the fund.
"""

import csv
import random
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
YEAR = 2025
FUND, BANK = "2211.05", "1002.01"
HEADINGS = ["日期", "凭证号", "科目", "摘要", "借方", "贷方", "成本中心", "受益人", "一线职工"]
PAYROLL_HEADINGS = ["日期", "工资项目", "金额", "部门"]
CENTERS = (("一车间", "5001.01", 55), ("研发中心", "5301.02", 20), ("行政", "6602.09", 25))


class Kind(NamedTuple):
    """Training of one kind: its share of the year's spending in fen, how many vouchers, and what they say."""

    fen: int
    count: int
    front: str
    center: str
    texts: tuple[str, ...]


KINDS = (
    Kind(3_120_000, 34, "是", "一车间", ("特种作业人员复训费", "焊工操作证培训", "叉车工培训费", "行车工复审培训")),
    Kind(6_450_000, 52, "是", "一车间", ("数控车工技能培训费", "高技能人才研修费", "钳工技师培训费", "岗位培训课时费")),
    Kind(1_530_000, 18, "是", "一车间", ("新员工上岗培训费", "转岗职工培训费")),
    Kind(5_500_000, 40, "是", "一车间", ("新机床操作培训费", "岗位适应性培训费", "安全培训费")),
    Kind(2_880_000, 30, "否", "研发中心", ("专业技术人员继续教育费", "工程师继续教育学时费", "职称评审前继续教育")),
    Kind(2_765_000, 22, "否", "研发中心", ("外送培训费 有限元分析", "参加培训班 精益生产", "外出培训 会计准则")),
    Kind(1_146_500, 20, "否", "行政", ("职业技能鉴定费", "职业资格认证费")),
    Kind(1_600_000, 4, "否", "行政", ("购置实训设备", "购教学设备 投影机")),
    Kind(300_000, 4, "否", "行政", ("岗位自学成才奖励",)),
    Kind(1_040_000, 16, "否", "行政", ("培训教材款", "培训场地费", "内训讲师费")),
    Kind(500_000, 9, "否", "行政", ("内部培训茶歇及资料", "线上培训平台年费", "补付2024年线上培训平台年费")),
)
TWICE = 30_000  # an award that stands in two vouchers
OTHERS = (
    ("1403.01", "2202.01", "购入钢材"),
    ("6602.03", BANK, "差旅费报销"),
    (BANK, "1122.01", "收回货款"),
    ("2202.01", BANK, "支付货款"),
    ("5101.04", BANK, "车间水电费"),
    ("6601.02", BANK, "运输费"),
    ("6602.05", BANK, "办公用品"),
)
NAMES = ("王建国", "李红霞", "张伟", "刘洋", "陈静", "杨帆", "赵磊", "黄敏", "周涛", "吴倩")


class Voucher(NamedTuple):
    """A voucher: its day and its lines of account, text, debit and credit in fen, centre, beneficiary, front-line."""

    day: date
    lines: tuple[tuple[str, str, int, int, str, str, str], ...]


def facts() -> dict[str, Decimal]:
    """The case's facts of the year."""
    text = (HERE / "machinery.toml").read_text(encoding="utf-8")
    years = tomllib.loads(text, parse_float=lambda typed: Decimal(typed.replace("_", "")))["year"]
    found: dict[str, Decimal] = next(each for each in years if each["year"] == YEAR)
    return found


def parts(fen: int, count: int, chance: random.Random) -> list[int]:
    """So many amounts that sum to it, most of them round."""
    rest, found = fen, []
    for left in range(count, 1, -1):
        part = max(rest * chance.randint(60, 140) // (100 * left) // 500 * 500, 1_000)
        found.append(part)
        rest -= part
    return [*found, rest]


def day(chance: random.Random) -> date:
    """A day of the year."""
    return date(YEAR, 1, 1) + timedelta(days=chance.randrange(365))


def spending(on: date, text: str, fen: int, center: str, who: str, front: str) -> Voucher:
    """Spending paid by bank."""
    return Voucher(on, ((FUND, text, fen, 0, center, who, front), (BANK, text, 0, fen, "", "", "")))


def training(chance: random.Random) -> Iterator[Voucher]:
    """The year's spending by kind; what is refunded or reversed is paid on top of it."""
    for kind in KINDS:
        for fen in parts(kind.fen, kind.count, chance):
            yield spending(day(chance), chance.choice(kind.texts), fen, kind.center, chance.choice(NAMES), kind.front)
    for _ in range(2):
        yield spending(date(YEAR, 11, 20), "岗位自学成才奖励", TWICE, "行政", "杨帆", "否")
    yield spending(date(YEAR, 4, 8), "外送培训费 六西格玛", 480_000, "研发中心", "张伟", "否")
    yield Voucher(
        date(YEAR, 4, 29),
        (
            (FUND, "退外送培训费 六西格玛未开班", 0, 480_000, "研发中心", "张伟", "否"),
            (BANK, "退外送培训费 六西格玛未开班", 480_000, 0, "", "", ""),
        ),
    )
    yield spending(date(YEAR, 6, 5), "数控车工技能培训费 二期", 1_260_000, "一车间", "刘洋", "是")
    text = "红冲 数控车工技能培训费 二期重复入账"
    yield Voucher(
        date(YEAR, 6, 18),
        ((FUND, text, -1_260_000, 0, "一车间", "刘洋", "是"), (BANK, text, 0, -1_260_000, "", "", "")),
    )


def extraction(wages: list[Decimal], extracted: Decimal) -> Iterator[Voucher]:
    """Twelve months of extraction at 2.5 % over the cost centres, December with what is then missing."""
    total, before = int(extracted * 100), 0
    for month, amount in enumerate(wages, 1):
        fen = (int(amount * 100) * 25 + 500) // 1000 if month < 12 else total - before
        before += fen
        text = f"计提{month}月职工教育经费"
        shares = [fen * share // 100 for _, _, share in CENTERS[1:]]
        lines = [
            (account, text, part, 0, name, "", "")
            for (name, account, _), part in zip(CENTERS, [fen - sum(shares), *shares], strict=True)
        ]
        last = date(YEAR + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        yield Voucher(last, (*lines, (FUND, text, 0, fen, "", "", "")))


def oddities() -> Iterator[Voucher]:
    """What stands in the fund's account and is not the year's spending."""
    yield spending(date(YEAR, 3, 20), "工会活动费", 320_000, "行政", "", "")
    yield spending(date(YEAR, 5, 12), "总经理境外考察培训", 4_860_000, "行政", "孙总", "否")
    yield spending(date(YEAR, 9, 10), "MBA学费报销", 2_400_000, "行政", "钱经理", "否")
    text = "重分类 福利费误记教育经费"
    yield Voucher(date(YEAR, 7, 31), (("2211.02", text, 150_000, 0, "", "", ""), (FUND, text, 0, 150_000, "", "", "")))
    yield spending(date(YEAR - 1, 12, 30), "焊工操作证培训", 86_000, "一车间", "周涛", "是")
    yield spending(date(YEAR + 1, 1, 6), "职业技能鉴定费", 54_000, "行政", "吴倩", "否")


def ordinary(chance: random.Random) -> Iterator[Voucher]:
    """Vouchers that do not touch the fund."""
    for _ in range(1_150):
        debit, credit, text = chance.choice(OTHERS)
        fen = chance.randint(2_000, 9_000_000)
        yield Voucher(day(chance), ((debit, text, fen, 0, "", "", ""), (credit, text, 0, fen, "", "", "")))


def vouchers() -> list[Voucher]:
    """All vouchers by their days."""
    chance, stated = random.Random(YEAR), facts()
    assert sum(each.fen for each in KINDS) + 2 * TWICE == stated["spent"] * 100
    assert sum(each.fen for each in KINDS if each.front == "是") == stated["front_line_spent"] * 100
    months: list[Decimal] = stated["monthly_wages"]  # type: ignore[assignment]
    found = [*training(chance), *extraction(months, stated["extracted"]), *oddities(), *ordinary(chance)]
    return sorted(found, key=lambda each: each.day)


def yuan(fen: int) -> str:
    """An amount of the file; nothing for 0."""
    return f"{Decimal(fen).scaleb(-2):.2f}" if fen else ""


def write(path: Path, rows: list[list[str]]) -> None:
    """A CSV file in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def ledger() -> list[list[str]]:
    """The rows of the ledger; vouchers are numbered in the order of their days."""
    rows = [HEADINGS]
    for number, each in enumerate(vouchers(), 1):
        for account, text, debit, credit, center, who, front in each.lines:
            head = [each.day.isoformat(), f"记-{number:04d}", account, text]
            rows.append([*head, yuan(debit), yuan(credit), center, who, front])
    return rows


def payroll() -> list[list[str]]:
    """The rows of the payroll, by month, department and item; a bonus set aside and not paid is not deductible."""
    stated, rows = facts(), [PAYROLL_HEADINGS]
    months: list[Decimal] = stated["monthly_wages"]  # type: ignore[assignment]
    unpaid = int((stated["total_wages"] - stated["deductible_wages"]) * 100)
    for month, amount in enumerate(months, 1):
        fen = int(amount * 100) - (unpaid if month == 12 else 0)
        on = f"{YEAR}-{month:02d}-15"
        for name, _, share in CENTERS[1:]:
            rows.append([on, "基本工资", yuan(fen * share // 100), name])
        rest = fen - sum(fen * share // 100 for _, _, share in CENTERS[1:])
        rows += [
            [on, "基本工资", yuan(rest * 7 // 10), "一车间"],
            [on, "加班工资", yuan(rest - rest * 7 // 10), "一车间"],
        ]
    rows.append([f"{YEAR}-12-31", "已提未付奖金", yuan(unpaid), "行政"])
    return rows


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    write(folder / "ledger.csv", ledger())
    write(folder / "payroll.csv", payroll())
