"""Ledgers: what a year hands on to the next, followed over all years of an agency and scope.

===================  ============================  ==================  =================
``ledger`` (a rule)  ``opening`` of a year         ``added, removed``  ``closing``
===================  ============================  ==================  =================
carry-over           carried_in                    received, concluded  carried_out
in-force-ledger      in_force − issued + repealed  issued, repealed    in_force
items-ledger         previous                      change, nothing     previous + change
pending-cases        case_total                    nothing, decided    pending
===================  ============================  ==================  =================

``expected`` is the closing of the year before and ``gap`` the opening less that, which is also the
finding's delta; of pending cases the total may be larger, and only what it falls short is a gap.
"""

from __future__ import annotations

from importlib import resources

from duckdb import DuckDBPyConnection

LEDGERS = ("carry-over", "in-force-ledger", "items-ledger", "pending-cases")
"""The rules whose figures are followed; a ledger goes by its rule's name."""

_SCRIPTS = ("accounts.sql", "breaks.sql", "words.sql")


def follow_ledgers(connection: DuckDBPyConnection, slugs: list[str]) -> None:
    """Fill ``ledger_break``, from which the view ``ledger`` draws, and tell the findings of it.

    Only the years that break are kept: a million reports have ten million years of ledgers, and the
    view works those of one agency out at once. ``status`` is ``start`` (the first year), ``holds``,
    ``breaks``, ``undecided`` (a figure or the year before is missing) or ``restated``: a break that
    is understood, by what ``told_by`` names.

    ==============  ===============================================================
    ``correction``  with what the office has put right the years follow
    ``copy``        another file for the year before closes with this year's opening
    ``balance``     with this year's opening the year before balances, as it is it doesn't
    ``returned``    the gap is undone in the next year: one year differs from both beside it
    ==============  ===============================================================

    ``side`` says whose figure moved: ``opening`` (this year's), ``closing`` (the earlier year's)
    or ``unclear``. Where a year has a balance of its own, that of the one must fail and that of
    the other tie out.
    """
    followed = [rule for rule in LEDGERS if rule in slugs]
    if not followed:
        return
    for name in _SCRIPTS:
        script = resources.files(__package__).joinpath(name).read_text("utf-8")
        for statement in connection.extract_statements(script):
            connection.execute(statement, [followed] if statement.named_parameters else None)
