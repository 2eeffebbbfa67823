"""How fast the screen is: from the start to the first picture, and from a key to the last byte that it changes.

    python benchmarks/screen.py [--keys N] [--check]

The screen runs in a pseudo-terminal of 120 x 40, on the example (12 years) and on a made case of 93 years (2008-2100).
A key's picture is over when nothing more comes for 80 ms. Bounds: first picture 1 s at ten years; a key 100 ms
(median); memory 120 MB.
"""

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import termios
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

EXAMPLE = Path(__file__).parent.parent / "examples" / "machinery.toml"
FIRST_PICTURE, KEY, MEMORY = 1.0, 0.1, 120  # seconds, seconds, MB
QUIET = 0.08
KEYS = (b"7", b"3", b"\r", b"\x1b[A", b"\x1b[D", b"\x1b[C", b"\x1a", b"\x19", b"\x1a", b"\x1b[B", b"\x1b[A")
YEAR = """
[[year]]
year = {year}
status = "{status}"
total_wages = {wages}
deductible_wages = {wages}
extracted = 300000
spent = {spent}
"""


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self.begun = perf_counter()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execvpe(command[0], list(command), environment)

    def until_quiet(self, least: float = 0.0, quiet: float = QUIET) -> tuple[float, bytes]:
        """When the last byte came, and all that came, once nothing more comes; `least`: seconds for the first byte."""
        last, found = perf_counter(), b""
        while select.select([self.handle], [], [], quiet if found else max(quiet, least))[0]:
            try:
                found += os.read(self.handle, 1 << 20)
            except OSError:
                break
            last = perf_counter()
        return last, found

    def first_picture(self) -> float:
        """Seconds until the figures stand there."""
        found = b""
        while b"00.00" not in found:
            when, more = self.until_quiet(10, 0.03)
            found += more
            if not more:
                raise SystemExit(found.decode(errors="replace"))
        return when - self.begun

    def press(self, key: bytes) -> float:
        """Seconds from a key to the last byte that it changes."""
        begun = perf_counter()
        os.write(self.handle, key)
        return self.until_quiet(1)[0] - begun

    def memory(self) -> int:
        """The most memory that it held, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024

    def end(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)


def long_case(folder: Path) -> Path:
    """A case of 93 years."""
    file = folder / "long.toml"
    head = 'format = 1\n[enterprise]\nname = "Long"\nextraction_rate = "2.5%"\n[opening]\nfund_balance = 0\n'
    years = (
        YEAR.format(
            year=2008 + n, status="plan" if n > 17 else "actual", wages=9_000_000 + n * 1000, spent=200_000 + n * 9000
        )
        for n in range(93)
    )
    file.write_text(f"{head}carried_forward = []\n{''.join(years)}", encoding="utf-8")
    return file


def measured(file: Path, folder: Path, keys: int) -> Iterator[tuple[str, float, float]]:
    """What was measured on a case, with its bound."""
    script = shutil.which("eduf", path=str(Path(sys.executable).parent)) or "eduf"
    environment = {**os.environ, "EDUF_LANG": "zh", "EDUF_STATE": str(folder / "state"), "TERM": "xterm-256color"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    (folder / "state").mkdir(exist_ok=True)
    (folder / "state" / "settings.toml").write_text('tour = "done"\n', encoding="utf-8")
    starts = []
    for _ in range(3):
        terminal = Terminal([script, "tui", str(file)], environment)
        starts.append(terminal.first_picture())
        terminal.until_quiet(0.5)
        if len(starts) < 3:
            terminal.end()
    times = [terminal.press(KEYS[n % len(KEYS)]) for n in range(keys)]
    memory = terminal.memory()
    terminal.end()
    yield "first picture, s", median(starts), FIRST_PICTURE
    yield "key to last byte, s (median)", median(times), KEY
    yield "key to last byte, s (slowest of 20)", sorted(times)[-1 - len(times) // 20], float("inf")
    yield "memory, MB", memory, MEMORY


def main() -> int:
    """Measure, print, and say whether the bounds hold."""
    parser = argparse.ArgumentParser(description="How fast the screen is.")
    parser.add_argument("--keys", type=int, default=66, metavar="N", help="keys to press (66)")
    parser.add_argument("--check", action="store_true", help="exit 1 where a bound is broken")
    options = parser.parse_args()
    held = True
    with TemporaryDirectory() as name:
        folder = Path(name)
        short = Path(shutil.copy(EXAMPLE, folder / "example.toml"))
        for title, file in (("12 years", short), ("93 years", long_case(folder))):
            for what, value, bound in measured(file, folder, options.keys):
                held &= value <= bound
                print(f"{title}  {what:38} {value:8.3f}  {'' if bound == float('inf') else f'bound {bound}'}")
    return int(options.check and not held)


if __name__ == "__main__":
    sys.exit(main())
