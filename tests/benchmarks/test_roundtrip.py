from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from benchmarks.roundtrip import browser, office, run
from benchmarks.roundtrip.routes import Route, routes
from benchmarks.score.corpus import Faults
from benchmarks.score.truth import Case, specimen_cases
from etl.sample.varieties import find_variety


def cases(*names: str) -> list[Case]:
    return list(specimen_cases(5, chosen=[find_variety("html", name) for name in names]))


def travel(
    monkeypatch: pytest.MonkeyPatch, chosen: list[Case], changed: Mapping[str, bytes]
) -> tuple[run.Trip, Faults]:
    def only(_: object) -> Iterator[Route]:
        yield Route("html", "a program", "html", lambda files: dict(changed))

    monkeypatch.setattr(run, "routes", only)
    faults = Faults()
    (trip,) = run.travel(chosen, faults)
    return trip, faults


def test_a_trip_that_changes_nothing_brings_all_cells_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = cases("plain", "form-2019")
    trip, faults = travel(monkeypatch, chosen, {"0": chosen[0].data, "1": chosen[1].data})
    assert (trip.documents, trip.lost) == (2, 0)
    assert trip.tally.cells_right == trip.tally.cells == 200 + 198
    assert not faults.counts
    _, reached = run.trip_tables([trip], faults)
    assert reached


def test_a_document_that_is_not_written_or_comes_back_empty_is_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trip, faults = travel(monkeypatch, cases("plain", "form-2019"), {"0": b""})
    assert (trip.lost, trip.tally.refused, trip.tally.cells_right) == (1, 1, 0)
    assert [kind.rpartition(": ")[2] for kind in faults.counts] == ["empty"]
    tables, reached = run.trip_tables([trip], faults)
    assert not reached
    assert tables[0].rows[0][1:5] == ("2", "1", "1", "200")


def test_only_documents_read_exactly_and_named_after_their_format_travel() -> None:
    plain, *_ = cases("plain")
    damaged = replace(plain, data=plain.data[: len(plain.data) // 2])
    assert run.choose([plain, damaged]) == [plain]
    assert len(run.choose(cases("plain", "portal", "form-2019"), most=2)) == 3


def test_without_the_programs_there_is_no_route_and_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    monkeypatch.setattr(browser, "available", lambda: False)
    with office.Office() as programs:
        assert not list(routes(programs))
        with pytest.raises(FileNotFoundError):
            programs.convert({"a": b""}, "docx", [office.Saving("pdf", "writer_pdf_Export")])
    tables, _ = run.trip_tables([], Faults())
    assert "LibreOffice, Chromium" in tables[0].note


@pytest.mark.skipif(not office.program() and not browser.available(), reason="no such program")
def test_every_route_has_a_name_of_its_own() -> None:
    with office.Office() as programs:
        names = [(route.source, route.program, route.target) for route in routes(programs)]
    assert len(names) == len(set(names))
