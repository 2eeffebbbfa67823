"""eduf: the employee education fund (职工教育经费) of Chinese enterprises, exact and explained.

history = compute(read("case.toml"))
history.year(2021).values["carried_forward"]
"""

from typing import TYPE_CHECKING, Any

from eduf.version import __version__

if TYPE_CHECKING:
    from eduf.budget import Budget, plan
    from eduf.case import Case
    from eduf.comparison import Comparison, compare
    from eduf.explain import Explanation
    from eduf.files import read
    from eduf.goal import solve
    from eduf.history import History, compute
    from eduf.problems import Problem, Refused
    from eduf.scenario import applied
    from eduf.solution import Solution

__all__ = [
    "Budget",
    "Case",
    "Comparison",
    "Explanation",
    "History",
    "Problem",
    "Refused",
    "Solution",
    "__version__",
    "applied",
    "compare",
    "compute",
    "plan",
    "read",
    "solve",
]

_HOMES = {
    "Budget": "eduf.budget",
    "Case": "eduf.case",
    "Comparison": "eduf.comparison",
    "Explanation": "eduf.explain",
    "History": "eduf.history",
    "Problem": "eduf.problems",
    "Refused": "eduf.problems",
    "Solution": "eduf.solution",
    "applied": "eduf.scenario",
    "compare": "eduf.comparison",
    "compute": "eduf.history",
    "plan": "eduf.budget",
    "read": "eduf.files",
    "solve": "eduf.goal",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that `eduf --help` waits for nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'eduf' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
