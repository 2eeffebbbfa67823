"""eduf: the employee education fund (职工教育经费) of Chinese enterprises, exact and explained.

>>> from eduf import compare, compute, plan, read, solve
>>> case = read("examples/machinery.toml")
>>> str(compute(case).year(2021).values["cap"])
'1084950.40'
>>> [each.name for each in compare(case).outcomes]
['', 'B 多培训', 'C 项目分两年', 'D 订单下滑']
>>> str(plan(case, "2026").years[0].left)
'-136000.00'
>>> str(solve(case, "spent@2026", "carried_forward@2027=0").answer)
'2306000.00'

`rows()` of what these give are flat, as for `pandas.DataFrame(rows)`. What is wrong with an input is raised as Refused.
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
