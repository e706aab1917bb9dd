"""Explains one file: what is read from it, label by label, where, and where it stopped.

``explain_file`` gathers the facts, ``trace`` joins what is printed with what was recognised, and
``record``, ``text`` and ``page`` show it as JSON, on a terminal and as a web page.
"""

from __future__ import annotations

from etl.explain.explanation import Explanation, explain_file
from etl.explain.findings import Finding, Term

__all__ = ["Explanation", "Finding", "Term", "explain_file"]
