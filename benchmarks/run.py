"""What eduf costs: its start beside pydantic's, its computing beside a plain loop.

    python benchmarks/run.py [--rounds N] [--check]

Every round takes one sample of everything, in a new order, so that noise hits all alike. A ratio is the median over
the rounds of a sample by its peer's sample of the same round; between machines only ratios compare.
Commands run through the console script, with compiled bytecode as after an installation (in a temporary folder).
"""

import argparse
import math
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from core import ROOT, core
from measuring import Measure, heading, result, row, sampled

EXAMPLE = "examples/machinery.toml"
PEER = "from pydantic import BaseModel\nclass M(BaseModel):\n    x: int\n"
TOLERANCE = 1.25  # how far beyond a bound --check lets a noisy machine go
NOT_INSTALLED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")  # would make a command slower than an installed one


def starts(folder: Path, script: str) -> list[Measure]:
    """Whole processes, in a folder with the example and the peer in it."""
    (folder / "examples").mkdir()
    shutil.copy(ROOT / EXAMPLE, folder / EXAMPLE)
    (folder / "peer.py").write_text(PEER, encoding="utf-8")

    def process(*command: str) -> Callable[[], float]:
        return lambda: one_process(folder, command)

    def eduf(*typed: str, times: float | None = None, seconds: float | None = None) -> Measure:
        return Measure(" ".join(("eduf", *typed)), process(script, *typed), "pydantic", times, seconds)

    return [
        Measure("python -c pass", process(sys.executable, "-c", "pass")),
        Measure("pydantic", process(sys.executable, "peer.py"), "python -c pass"),
        Measure("python -c 'import eduf'", process(sys.executable, "-c", "import eduf"), "python -c pass"),
        eduf("--help", times=1.5),
        eduf("calc", EXAMPLE, times=2),
        eduf("explain", EXAMPLE, "2025", "carried_forward"),
        eduf("law", "cap"),
        eduf("report", EXAMPLE, "--force", seconds=1),
    ]


def one_process(folder: Path, command: Sequence[str]) -> float:
    """The seconds of one process, from its start to its end."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INSTALLED}
    chosen = {"EDUF_LANG": "en", "NO_COLOR": "1", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    begun = perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=kept | chosen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return math.nan if done.returncode else perf_counter() - begun


def main() -> int:
    """Measure, print the table and give the exit status."""
    parser = argparse.ArgumentParser(description="What eduf costs, beside its peers.")
    parser.add_argument("--rounds", type=int, default=21, metavar="N", help="samples of everything (21)")
    parser.add_argument("--check", action="store_true", help="exit 1 where a bound is broken by more than 25 %%")
    options = parser.parse_args()
    script = shutil.which("eduf", path=str(Path(sys.executable).parent))
    if script is None:
        parser.error("eduf is not installed beside this python")
    if options.rounds < 1:
        parser.error("N is at least 1")
    with TemporaryDirectory() as folder:
        measures = [*starts(Path(folder), script), *core(Path(folder))]
        samples = sampled(measures, options.rounds)
    results = [result(each, samples) for each in measures]
    versions = f"eduf {version('eduf')}, pydantic {version('pydantic')}, Python {platform.python_version()}"
    print(f"{versions}, {options.rounds} rounds; pydantic: importing it and making a model of one field\n")
    print("\n".join((heading(), *map(row, results))))
    return int(options.check and not all(each.within(TOLERANCE) for each in results))


if __name__ == "__main__":
    sys.exit(main())
