"""What to settle first: how much of the published totals is in doubt by each finding.

    impact = suspicion × effect
    suspicion = severity × attribution × about
    effect = least(1, difference / total) × √(total / top)

Suspicion is how much a finding speaks for a wrong figure (``SEVERITY``, ``ATTRIBUTION``,
``ABOUT``). ``total`` is the published total of that item and applicant or route over the reports
of the year, edition and scope (of a whole row, column or table its largest), ``top`` the largest
of the same table (in section 2, whose columns have units of their own, of that column): a figure
that makes up much of a total weighs more, and so does a total that makes up much of its table.

``difference`` is, by ``basis``:

=========  ==========================================================================
suspect    what the likeliest mending changes, summed over its cells, each against its own
           total; the mean where several are equally likely
sides      the distance of the two sides, or the figure itself where there is one
weight     nothing is printed to go by: the share in the totals (requests, cases, decisions; their
           mean) that the median of the agency's other years, else of its peers, makes expect
=========  ==========================================================================

A finding that a recorded correction settles is in doubt no longer: its impact is 0.

Findings that one suspect fault explains, and those of one report without figures, have one cause:
the first of them carries it (``carried_by`` names it in the others), each other one ``REMAINDER``
of its own.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from etl.checks.catalogue import rules
from etl.checks.labels import Row
from etl.checks.scratch import keep_rows, script

SEVERITY = {"error": 1.0, "query": 0.4, "note": 0.1}
ATTRIBUTION = {"report": 1.0, "reading": 1.0, "unclear": 0.8}
"""A doubtful reading is as likely to be wrong; the office can settle it by itself."""

ABOUT = {"figures": 1.0, "rates": 1.0, "form": 0.1}
"""By what a rule's failure throws doubt on (``Rule.about``)."""

REMAINDER = 0.05
PROMINENCE = 0.5
"""The exponent of total / top: 0 would leave tables out of account, 1 a total's own size."""


def rank_by_impact(connection: DuckDBPyConnection, _slugs: list[str]) -> None:
    """Fill ``impact`` and ``impact_reason`` of every finding, from 0 to 1; needs ``suspect``."""
    rows: list[Row] = [
        {"kind": kind, "code": code, "factor": factor}
        for kind, factors in (("severity", SEVERITY), ("attribution", ATTRIBUTION))
        for code, factor in factors.items()
    ]
    keep_rows(connection, "check_suspicion", rows)
    about = {kind: [rule.slug for rule in rules() if rule.about == kind] for kind in ABOUT}
    text = script("impact.sql").format(
        formal=about["form"], rates=about["rates"], form=ABOUT["form"],
        figures=ABOUT["figures"], remainder=REMAINDER, prominence=PROMINENCE,
    )  # fmt: skip
    connection.execute(text)
