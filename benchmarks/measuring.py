"""What is measured, how its samples are taken, and what they say."""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import truediv
from statistics import median

Samples = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Measure:
    """Something to measure: `sample` gives seconds, NaN where it failed; at most `times` the peer, or `seconds`."""

    name: str
    sample: Callable[[], float]
    peer: str = ""
    times: float | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Result:
    """The medians of a measure, and its value by its bound (None: it has none)."""

    measure: Measure
    seconds: float
    ratio: float | None
    share: float | None

    def within(self, bound: float) -> bool:
        """Whether the value is at most so many times its bound; what failed is not."""
        return self.share is None or self.share <= bound


def sampled(measures: Sequence[Measure], rounds: int) -> Samples:
    """The samples of every measure, one a round; a round to warm up is thrown away."""
    found: dict[str, list[float]] = {each.name: [] for each in measures}
    order = random.Random(0)
    for _ in range(rounds + 1):
        for each in order.sample(measures, len(measures)):
            found[each.name].append(each.sample())
    return {name: samples[1:] for name, samples in found.items()}


def result(measure: Measure, samples: Samples) -> Result:
    """The medians of a measure, and whether they keep its bound."""
    own = samples[measure.name]
    seconds = middle(own)
    ratio = middle(list(map(truediv, own, samples[measure.peer]))) if measure.peer else None
    share = None
    if measure.seconds is not None:
        share = seconds / measure.seconds
    elif measure.times is not None and ratio is not None:
        share = ratio / measure.times
    return Result(measure, seconds, ratio, share)


def middle(numbers: Sequence[float]) -> float:
    """The median; NaN where one of them is."""
    return math.nan if any(map(math.isnan, numbers)) else median(numbers)


def heading() -> str:
    """The head of the table."""
    return f"{'':58}{'median':>10}  {'ratio to its peer':26}{'bound':>8}  holds"


def row(found: Result) -> str:
    """A line of the table."""
    measure = found.measure
    took = "failed" if math.isnan(found.seconds) else f"{found.seconds * 1000:.2f} ms"
    ratio = "" if found.ratio is None or math.isnan(found.ratio) else f"{found.ratio:.2f} × {measure.peer}"
    bound = f"{measure.seconds * 1000:g} ms" if measure.seconds is not None else ""
    bound = f"{measure.times:g} ×" if measure.times is not None else bound
    holds = "" if found.share is None else "yes" if found.within(1) else "no"
    return f"{measure.name:58}{took:>10}  {ratio:26}{bound:>8}  {holds}".rstrip()
