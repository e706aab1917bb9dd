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

Findings have one cause, and the first of them alone counts (``carried_by`` names it in the others,
which keep ``REMAINDER`` of their own), where

- one suspect fault explains them;
- claims (``CLAIMS``) of one report are held against the same cells;
- the years of a ledger break: for carry-over all applicants of a report; and a year that the next
  takes back comes before that next year;
- they are without figures, of one report: what is all zeros (``BARE_ZEROS``) comes after
  ``TELLING_ZERO``, which says what speaks against it.

One that a fault explains brings the others of its cause to that fault.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from etl.checks.catalogue import rules
from etl.checks.labels import Row
from etl.checks.ledgers import LEDGERS
from etl.checks.scratch import keep_rows, script

SEVERITY = {"error": 1.0, "query": 0.4, "note": 0.1}
ATTRIBUTION = {"report": 1.0, "reading": 1.0, "unclear": 0.8}
"""A doubtful reading is as likely to be wrong; the office can settle it by itself."""

ABOUT = {"figures": 1.0, "rates": 1.0, "form": 0.1}
"""By what a rule's failure throws doubt on (``Rule.about``)."""

CLAIMS = ("claim-cases", "claim-contradiction", "claim-outcome", "claim-received")
BARE_ZEROS = ("all-zero", "disclosure-all-zero", "requests-all-zero", "zero-streak")
TELLING_ZERO = "zero-against-evidence"

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
        figures=ABOUT["figures"], claims=CLAIMS, ledgers=LEDGERS, bare_zeros=BARE_ZEROS,
        telling_zero=TELLING_ZERO, remainder=REMAINDER, prominence=PROMINENCE,
    )  # fmt: skip
    connection.execute(text)
