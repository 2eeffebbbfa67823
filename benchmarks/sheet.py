"""What reading a large sheet costs beside openpyxl's read-only mode: 200,000 rows of 8 cells, times and memory.

    python benchmarks/sheet.py [--rounds N] [--rows N]

Each round reads the same file in a process of its own with either, in turn; the ratio is the median of the rounds.
The memory is the largest of the process and its child together.
"""

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

READERS = {
    "openpyxl": "from openpyxl import load_workbook\n"
    "read = lambda path: load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)",
    "eduf": "from pathlib import Path\nfrom eduf.files.rows import rows\nread = lambda path: rows(Path(path))",
}
MEASURED = """
import json, resource, sys, time
began = time.perf_counter()
count = sum(1 for _ in read(sys.argv[1]))
used = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([count, time.perf_counter() - began, used / 1024]))
"""
MOST_RATIO, MOST_MEGABYTES = "1/5", 600


def ledger(path: Path, count: int) -> None:
    """A voucher ledger of so many rows."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet, chance = book.create_sheet("凭证"), random.Random(1)
    sheet.append(["date", "voucher", "account", "text", "debit", "credit", "cost_center", "front_line"])
    for n in range(count):
        amount = chance.randrange(1, 10**9) / 100
        sides = (amount, None) if n % 2 else (None, amount)
        day = f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        line = "是" if n % 3 else "否"
        sheet.append([day, f"记-{n:06d}", "2211.05", f"职工教育经费 {n % 997}", *sides, f"车间{n % 7}", line])
    book.save(path)


def sample(reader: str, path: Path, count: int) -> tuple[float, float]:
    """Seconds and megabytes of one reading."""
    command = [sys.executable, "-c", READERS[reader] + MEASURED, str(path)]
    found, seconds, used = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    if found != count + 1:
        raise SystemExit(f"{reader} read {found} rows of {count + 1}")
    return seconds, used


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Reading a large sheet, beside openpyxl's read-only mode.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=200_000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        ledger(path, options.rows)
        rounds = [{name: sample(name, path, options.rows) for name in READERS} for _ in range(options.rounds)]
    for name in READERS:
        seconds, used = (median(each[name][n] for each in rounds) for n in (0, 1))
        print(f"{name:10}{seconds:8.2f} s{used:8.0f} MB")
    ratio = median(each["eduf"][0] / each["openpyxl"][0] for each in rounds)
    print(f"eduf / openpyxl {ratio:.3f} (bound {MOST_RATIO}); memory bound {MOST_MEGABYTES} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
