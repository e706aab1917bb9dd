"""Examples of the rules on the disclosure table's arithmetic."""

from __future__ import annotations

from tests.checks.examples.model import Example

EXAMPLES: tuple[Example, ...] = ()
