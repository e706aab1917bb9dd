"""Examples of the rules on unusual figures."""

from __future__ import annotations

from tests.checks.examples.model import Example

EXAMPLES: tuple[Example, ...] = ()
