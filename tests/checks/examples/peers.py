"""Agencies that are peers of each other, for the rules that compare with peers."""

from __future__ import annotations

from collections.abc import Mapping

from tests.checks.examples.model import RECEIVED
from tests.checks.warehouses import Agency, Position, Report

PEERS = tuple(Agency(agency_id) for agency_id in range(1, 25))
LAST = PEERS[-1].agency_id
"""The agency that is judged."""

ROUTES = ("reconsideration", "litigation_direct", "litigation_after")


def one_year(odd: Mapping[Position, float] | None = None) -> tuple[Report, ...]:
    """A report of each with cases enough for every rate; the last one with ``odd`` cells."""
    usual: dict[Position, float] = {}
    for route in ROUTES:
        usual |= {(4, "case_total", route): 20.0, (4, "corrected", route): 2.0}
    return tuple(
        Report(
            agency_id=peer.agency_id,
            cells=usual | dict(odd or {} if peer.agency_id == LAST else {}),
        )
        for peer in PEERS
    )


def two_years(now: float) -> tuple[Report, ...]:
    """Reports of 100 requests received in both years; the last one has ``now`` in the second."""
    return tuple(
        Report(year, peer.agency_id, cells={RECEIVED: received})
        for peer in PEERS
        for year, received in ((2022, 100.0), (2023, now if peer.agency_id == LAST else 100.0))
    )
