"""For each rule a passing, a failing and an undecided example, in a module for each group."""

from __future__ import annotations

from tests.checks.examples import (
    copies,
    disclosure,
    hierarchy,
    proceedings,
    prose,
    requests,
    series,
    shape,
    unusual,
    zeros,
)
from tests.checks.examples.model import Example

_GROUPS = (
    shape, requests, proceedings, disclosure, series, prose, zeros, copies, unusual, hierarchy,
)  # fmt: skip
EXAMPLES: tuple[Example, ...] = tuple(example for group in _GROUPS for example in group.EXAMPLES)

__all__ = ["EXAMPLES", "Example"]
