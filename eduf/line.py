"""What a line is: a rule with its law, and the settings in which it applies."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

Number = Any  # Decimal, Symbol or, in the proofs, a Z3 integer


BOOKS = ("books",)
DEEMED = ("deemed",)


class Setting(NamedTuple):
    """What decides which lines a year has.

    How tax is collected; the edition of A105050; the vintage order; what deferred tax is recognised on; whether the tax
    is one rate of income or that of a small low-profit enterprise. CHOICES has what each may be.
    """

    collection: str = "books"
    edition: int | None = 2018
    order: str = "current_first"
    deferred: str = "carry_forward"
    tax: str = "rate"


CHOICES: Mapping[str, tuple[str | int | None, ...]] = {
    "collection": (*BOOKS, *DEEMED),
    "edition": (None, 2014, 2017, 2018),
    "order": ("current_first", "oldest_first"),
    "deferred": ("none", "carry_forward", "with_fund"),
    "tax": ("rate", "small"),
}


@dataclass(frozen=True)
class Line:
    """A rule with its law. `then`: from the second year on, last year's line of that name instead; `stated`: a fact
    of this name replaces the rule; `only`: the settings in which it applies."""

    name: str
    rule: Callable[..., Number]
    law: tuple[str, ...]
    then: str | None = None
    stated: bool = False
    only: Mapping[str, tuple[object, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The names of the figures that the rule takes, in order."""
        return tuple(inspect.signature(self.rule).parameters)

    def __call__(self, *figures: Number) -> Number:
        """The rule on whatever stands for a number."""
        return self.rule(*figures)

    def applies(self, setting: Setting) -> bool:
        """Whether a year of this setting has the line."""
        return all(getattr(setting, key) in allowed for key, allowed in self.only.items())


def line(
    *law: str, name: str = "", then: str | None = None, stated: bool = False, **only: tuple[object, ...]
) -> Callable[[Callable[..., Number]], Line]:
    """Make a function a Line; `law` are the matters of eduf/law that say so, `only` the settings where it applies."""
    return lambda rule: Line(name or rule.__name__, rule, law, then, stated, MappingProxyType(only))
