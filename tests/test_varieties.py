"""Every variety of print, from its frozen document: identity, and every cell as printed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from etl.form import load_form
from etl.read_report import read_reports
from etl.readers import expand
from etl.reading import CellReading, Refused, ReportReading
from tests.fixtures.write import (
    CELLS,
    MANIFEST,
    REFUSABLE,
    REFUSABLE_MANIFEST,
    VARIETIES,
    by_name,
)

Row = dict[str, Any]
Key = tuple[int, str, str]

MOST_BYTES = 3 * 1024**2
INVISIBLE = str.maketrans("", "", "\u200b\ufeff\xad")


def _rows(manifest: Path) -> list[Row]:
    with manifest.open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


MANIFEST_ROWS = _rows(MANIFEST)
REFUSABLE_ROWS = _rows(REFUSABLE_MANIFEST)
FILES = {row["file"]: row for row in MANIFEST_ROWS}


@cache
def _expected() -> dict[tuple[str, str, int], dict[Key, Row]]:
    found: dict[tuple[str, str, int], dict[Key, Row]] = {}
    for row in pq.read_table(CELLS).to_pylist():
        cells = found.setdefault((row["file"], row["agency"], row["year"]), {})
        cells[row["section"], row["item"], row["party"]] = row
    return found


def _read(file: Path, path: str) -> Iterator[ReportReading]:
    """The reports in a document, under the path that its manifest gives it."""
    if file.suffix == ".zip":
        for name, load in expand(file):
            yield from read_reports(load(), name).reports
    else:
        yield from read_reports(file.read_bytes(), path).reports


def _plain(text: str) -> str:
    return "".join(text.translate(INVISIBLE).split())


def _differs(printed: Row, read: CellReading, exact: bool) -> bool:
    if not exact and read.state in ("absent", "unreadable"):
        return False
    same = read.state == printed["state"] and read.value == printed["value"]
    kept = printed["state"] == "absent" or _plain(read.raw) == _plain(printed["raw"])
    return not (same and kept)


def _wrong_cells(row: Row, reading: ReportReading) -> list[tuple[Key, str, str]]:
    """The cells read otherwise than printed: (key, as printed, as read)."""
    expected = _expected()[row["file"], row["agency"], int(row["year"])]
    cells = zip(load_form(reading.edition).cells, reading.cells, strict=True)
    read = {(cell.section, cell.item, cell.party): found for cell, found in cells}
    exact = row["outcome"] == "exact"
    return [
        (key, f"{printed['state']} {printed['raw']}", f"{read[key].state} {read[key].raw}")
        for key, printed in expected.items()
        if _differs(printed, read[key], exact)
    ]


@pytest.mark.parametrize("row", MANIFEST_ROWS, ids=lambda row: f"{row['file']}-{row['year']}")
def test_a_variety_is_read_as_printed(row: Row) -> None:
    try:
        readings = list(_read(VARIETIES / row["file"], row["path"]))
    except Refused:
        if row["outcome"] == "exact":
            raise
        return
    mine = [
        r for r in readings if r.agency in row["names"].split(";") and r.year == int(row["year"])
    ]
    assert mine, [(reading.agency, reading.year) for reading in readings]
    reading = mine[0]
    assert (reading.scope, reading.edition) == (row["scope"], row["edition"])
    assert _wrong_cells(row, reading) == []
    if row["published_on"]:
        assert str(reading.published_on) == row["published_on"]


@pytest.mark.parametrize("row", REFUSABLE_ROWS, ids=lambda row: row["file"])
def test_a_file_without_a_report_is_refused_for_its_reason(row: Row) -> None:
    with pytest.raises(Refused) as refused:
        list(_read(REFUSABLE / row["file"], row["path"]))
    assert refused.value.code == row["reason"]


def test_every_variety_has_its_document() -> None:
    names = {row["variety"] for row in MANIFEST_ROWS}
    assert names == set(by_name())
    assert {*FILES, MANIFEST.name, CELLS.name} == {path.name for path in VARIETIES.iterdir()}


def test_the_fixtures_stay_small() -> None:
    files = [*VARIETIES.iterdir(), *REFUSABLE.iterdir()]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


def test_the_manifest_says_what_each_document_shows() -> None:
    for row in MANIFEST_ROWS:
        assert row["description"]
        assert row["origin"]
        assert row["outcome"] in ("exact", "exact_or_refused")
        assert Path(row["file"]).stem == row["variety"]
