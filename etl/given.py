"""What an office gives beside the reports: who must report, thresholds, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.checks.settings import Settings, read_settings, store_settings, stored_settings
from etl.corrections import Correction, read_corrections
from etl.roster import RosterEntry, read_roster
from etl.warehouse.agencies import store_roster
from etl.warehouse.corrections import store_corrections


@dataclass(frozen=True, slots=True)
class Given:
    """What a build is given; None leaves in force what was given before."""

    roster: Sequence[RosterEntry] | None = None
    settings: Settings | None = None
    corrections: Sequence[Correction] | None = None


NOTHING_GIVEN = Given()


def read_given(
    roster: Path | None = None, settings: Path | None = None, corrections: Path | None = None
) -> Given:
    """Read the office's files; UsageError that names the file and the line that won't do."""
    return Given(
        None if roster is None else read_roster(roster),
        None if settings is None else read_settings(settings),
        None if corrections is None else read_corrections(corrections),
    )


def store_given(connection: DuckDBPyConnection, given: Given) -> None:
    """Write what is given into a warehouse that holds what was given before."""
    if given.roster is not None:
        store_roster(connection, given.roster)
    store_settings(connection, given.settings or stored_settings(connection))
    if given.corrections is not None:
        store_corrections(connection, given.corrections)
