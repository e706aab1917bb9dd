"""Examples of the rules on roll-ups."""

from __future__ import annotations

from tests.checks.examples.model import Example

EXAMPLES: tuple[Example, ...] = ()
