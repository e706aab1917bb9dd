"""The checks: do a report's figures tie out, with each other, over the years and with its prose.

Rules are data. A group's file under ``declared/`` declares each with its words in both languages
and the thresholds that an office may set; what it compares stands in the form's own identities, in
a ``[rule.sum]`` or in one query under ``sql/``. Adding a rule takes such a declaration and a
passing, a failing and an undecided example in ``tests/checks/examples/``.

Every rule answers pass, fail or undecided, group by group. A group is undecided as soon as one
figure that it needs isn't there (blank, dash, unreadable, absent, or no report); a report fails a
rule with one failed group, and passes it only when every group was compared and held.
"""

from __future__ import annotations

from etl.checks.catalogue import Rule, RuleGroup, rule_groups, rules
from etl.checks.engine import run_checks

__all__ = ["Rule", "RuleGroup", "rule_groups", "rules", "run_checks"]
