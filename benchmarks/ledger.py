"""What reading a ledger costs beside DuckDB's own sum over the same file, all columns as text: time and memory.

    python benchmarks/ledger.py [--lines N] [--rounds N] [--share N]

Each round reads the same CSV file in a process of its own with either, in turn; the ratio is the median of the rounds.
Of a hundred lines `share` are of the fund's account and go through the rules, as in a general ledger; the others are
summed. The bound of time is for such a share: where most lines are the fund's, the rules cost more than the reading.
"""

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
MAP = ROOT / "eduf" / "ledger" / "map.zh.toml"
READERS = {
    "duckdb": "import duckdb\n"
    "money = ', '.join(f'sum(cast({each} as decimal(18,2)))' for each in ('借方', '贷方'))\n"
    "def read(path, _):\n"
    "    query = f\"select 科目, {money} from read_csv('{path}', all_varchar=true) group by 科目\"\n"
    "    return sum(debit + credit for _, debit, credit in duckdb.sql(query).fetchall())",
    "eduf": "from pathlib import Path\n"
    "from eduf.ledger import read as ledger\n"
    "from eduf.ledger.mapping import read as mapping\n"
    "def read(path, rules):\n"
    "    whole = ledger(Path(path), mapping(Path(rules))).file\n"
    "    return whole.debit + whole.credit",
}
MEASURED = """
import json, resource, sys, time
began = time.perf_counter()
total = str(read(*sys.argv[1:]))
print(json.dumps([total, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
MOST_TIMES, MOST_MEGABYTES = 3, 1_500
FUND = "2211.05"
ACCOUNTS = ("1002.01", "1122.01", "1403.01", "2202.01", "5001.01", "5101.04", "6001.01", "6602.03", "6602.05")
TEXTS = ("支付货款", "收回货款", "差旅费报销 张三", "购入钢材", "车间水电费", "销售商品")
TRAINING = (
    "特种作业人员复训费",
    "数控车工技能培训费",
    "计提职工教育经费",
    "职业技能鉴定费",
    "境外培训费",
    "岗位适应性培训",
)


def make(path: Path, lines: int, share: int) -> None:
    """A ledger of so many lines, always the same."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("日期,凭证号,科目,摘要,借方,贷方,成本中心,受益人,一线职工\n")
        for n in range(lines):
            file.write(_line(n, chance.random, share))


def _line(n: int, chance: Callable[[], float], share: int) -> str:
    mine = chance() * 100 < share
    account = FUND if mine else ACCOUNTS[int(chance() * len(ACCOUNTS))]
    texts = TRAINING if mine else TEXTS
    fen = int(chance() * 100_000_000) + 1
    yuan = f"{fen // 100}.{fen % 100:02d}"
    sides = f"{yuan}," if n % 2 else f",{yuan}"
    front = ("是", "否", "")[n % 3]
    day = f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
    return f"{day},记-{n // 2:08d},{account},{texts[int(chance() * len(texts))]},{sides},车间{n % 7},,{front}\n"


def sample(reader: str, path: Path) -> tuple[str, float, float]:
    """The total, seconds and megabytes of one reading."""
    command = [sys.executable, "-c", READERS[reader] + MEASURED, str(path), str(MAP)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    total, seconds, used = json.loads(printed.splitlines()[-1])  # DuckDB shows its progress above it
    return total, seconds, used


def main() -> int:
    """Measure and print; the exit status is 1 where a bound or the total does not hold."""
    parser = argparse.ArgumentParser(description="Reading a ledger, beside DuckDB's own sum of the same file.")
    parser.add_argument("--lines", type=int, default=3_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--share", type=int, default=1, help="of a hundred lines, those of the fund's account")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        make(path, options.lines, options.share)
        print(f"{options.lines:,} lines, {path.stat().st_size / 1e6:,.0f} MB, {options.share} % of them the fund's")
        rounds = [{name: sample(name, path) for name in READERS} for _ in range(options.rounds)]
    for name in READERS:
        seconds, used = median(each[name][1] for each in rounds), median(each[name][2] for each in rounds)
        print(f"{name:10}{seconds:8.2f} s{used:8.0f} MB")
    ratio = median(each["eduf"][1] / each["duckdb"][1] for each in rounds)
    memory = max(each["eduf"][2] for each in rounds)
    same = len({each[name][0] for each in rounds for name in READERS}) == 1
    print(f"eduf / duckdb {ratio:.2f} (bound {MOST_TIMES}); memory bound {MOST_MEGABYTES} MB; totals agree: {same}")
    return 0 if same and ratio <= MOST_TIMES and memory <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
