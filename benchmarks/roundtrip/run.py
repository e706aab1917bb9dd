"""Sends reports along every route and holds what is read afterwards against the truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measure import Table
from benchmarks.roundtrip import browser, office
from benchmarks.roundtrip.routes import Route, routes
from benchmarks.score.corpus import Faults, judge_case, read_case
from benchmarks.score.tables import faults_table
from benchmarks.score.tally import Tally
from benchmarks.score.truth import Case


@dataclass
class Trip:
    """What came of one route; ``lost`` documents were not written by the program."""

    route: Route
    documents: int
    lost: int
    tally: Tally


def choose(cases: Iterable[Case], most: int = 0) -> list[Case]:
    """The cases that hold one report which must be read, and is read exactly before any trip.

    With ``most`` only so many of each format, spread over its varieties.
    """
    by_format: dict[str, list[Case]] = {}
    for case in cases:
        if len(case.truth) == 1 and not case.truth[0].may_refuse and _is_exact(case):
            by_format.setdefault(case.format, []).append(case)
    return [
        case
        for same in by_format.values()
        for case in same[:: max(1, len(same) // most) if most else 1]
    ]


def travel(cases: Sequence[Case], faults: Faults) -> Iterator[Trip]:
    """Every route in turn that starts from a format among the cases."""
    with office.Office() as programs:
        for route in routes(programs):
            starting = {str(n): c for n, c in enumerate(cases) if route.takes(c)}
            if starting:
                yield _travel(route, starting, faults)


def trip_tables(trips: Iterable[Trip], faults: Faults) -> tuple[list[Table], bool]:
    """One row a route; and whether all cells came through."""
    trips = list(trips)
    rows = [
        (f"{t.route.source} → {t.route.program} → {t.route.target}", str(t.documents), str(t.lost),
         str(t.tally.refused), str(t.tally.cells), str(t.tally.cells_right),
         str(t.tally.cells - t.tally.cells_right - t.tally.silent), str(t.tally.silent))
        for t in trips
    ]  # fmt: skip
    missing = [name for name, there in _programs().items() if not there]
    note = f"Not installed here, so not measured: {', '.join(missing)}." if missing else ""
    head = ("route", "documents", "not written", "refused", "cells", "equal", "differing", "silent")
    tables = [Table("Cells after a trip", head, rows, note)]
    if faults.counts:
        tables.append(faults_table("What changed on the way", faults))
    return tables, all(t.tally.cells_right == t.tally.cells for t in trips)


def _programs() -> dict[str, bool]:
    return {"LibreOffice": office.program() is not None, "Chromium": browser.available()}


def _travel(route: Route, starting: dict[str, Case], faults: Faults) -> Trip:
    arrived = route.convert({name: case.data for name, case in starting.items()})
    trip = Trip(route, len(starting), len(starting) - len(arrived), Tally())
    for number, data in arrived.items():
        case = starting[number]
        name = str(Path(case.name).with_suffix(f".{route.ending}"))
        after = replace(case, data=data, name=name)
        for tally, found in judge_case(after, read_case(after)):
            trip.tally.add(tally)
            for fault in found:
                if not fault.kind.startswith(("claim", "identity: published")):
                    kind = f"{route.source} {case.variety} → {route.program} → {route.target}"
                    detail = f"{fault.where} {fault.detail}"
                    faults.note(f"{kind}: {fault.kind}", after, detail)
    return trip


def _is_exact(case: Case) -> bool:
    return all(tally.cells_right == tally.cells for tally, _ in judge_case(case, read_case(case)))
