"""Examples of the rules on repeated and copied reports."""

from __future__ import annotations

from tests.checks.examples.model import Example

EXAMPLES: tuple[Example, ...] = ()
