"""The truth about a corpus, as Parquet: cells, reports, findings, oddities, and other files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.form import load_form
from etl.sample.model import Fault, Oddity, SampleReport
from etl.sample.oracle import ERROR_RULES

_Report = tuple[str, int, str]
"""Agency, year and scope."""
_TEXT, _YEAR, _FLAG = pa.string(), pa.int16(), pa.bool_()
_CLAIM = pa.struct(
    [
        pa.field("measure", _TEXT),
        pa.field("channel", _TEXT),
        pa.field("value", pa.float64()),
        pa.field("approximate", _FLAG),
    ]
)
_SCHEMAS: dict[str, dict[str, pa.DataType]] = {
    "cells": {
        "path": _TEXT,
        "agency": _TEXT,
        "year": _YEAR,
        "scope": _TEXT,
        "form": _TEXT,
        "section": pa.int8(),
        "item": _TEXT,
        "party": _TEXT,
        "state": _TEXT,
        "value": pa.float64(),
        "raw": _TEXT,
    },
    "reports": {
        "path": _TEXT,
        "agency": _TEXT,
        "year": _YEAR,
        "scope": _TEXT,
        "form": _TEXT,
        "format": _TEXT,
        "variety": _TEXT,
        "title": _TEXT,
        "published_on": pa.date32(),
        "claims": pa.list_(_CLAIM),
        "all_handled": _FLAG,
        "has_fault": _FLAG,
        "has_error": _FLAG,
        "text_from": _TEXT,
    },
    "faults": {
        "agency": _TEXT,
        "year": _YEAR,
        "scope": _TEXT,
        "rule": _TEXT,
        "section": pa.int8(),
        "item": _TEXT,
        "party": _TEXT,
        "detail": _TEXT,
        "planted": _FLAG,
    },
    "oddities": {"agency": _TEXT, "year": _YEAR, "rule": _TEXT, "detail": _TEXT},
    "earlier": {"path": _TEXT, "agency": _TEXT, "year": _YEAR, "published_on": pa.date32()},
    "rejected": {"path": _TEXT, "reason": _TEXT},
}


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report and the file that holds it; ``path`` is relative to the corpus, with ``/``."""

    report: SampleReport
    path: str
    format: str
    variety: str


def write_truth(
    folder: Path,
    written: Sequence[WrittenReport],
    faults: Sequence[Fault],
    oddities: Iterable[Oddity],
    earlier: Iterable[tuple[str, SampleReport]],
    rejected: Iterable[tuple[str, str]],
) -> None:
    """Write the six Parquet files into ``folder``, which is made if it isn't there."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, "cells", [row for one in written for row in _cell_rows(one)])
    by_report: dict[_Report, list[Fault]] = {}
    for fault in faults:
        by_report.setdefault((fault.agency, fault.year, fault.scope), []).append(fault)
    _write(folder, "reports", [_report_row(one, by_report) for one in written])
    _write(folder, "faults", [asdict(fault) for fault in faults])
    _write(folder, "oddities", [asdict(oddity) for oddity in oddities])
    _write(folder, "earlier", [_earlier_row(path, report) for path, report in earlier])
    _write(folder, "rejected", [{"path": path, "reason": why} for path, why in rejected])


def _write(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    schema = pa.schema(_SCHEMAS[name].items())
    table = pa.Table.from_pylist(rows, schema=schema)
    pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def _cell_rows(written: WrittenReport) -> Iterable[dict[str, Any]]:
    report = written.report
    common = _common(written)
    for cell in load_form(report.edition).cells:
        printed = report.cells[cell.section, cell.item, cell.party]
        yield {
            **common,
            "section": cell.section,
            "item": cell.item,
            "party": cell.party,
            "state": printed.state,
            "value": printed.value,
            "raw": printed.raw,
        }


def _report_row(
    written: WrittenReport, faults: Mapping[_Report, Sequence[Fault]]
) -> dict[str, Any]:
    report = written.report
    own = faults.get((report.agency.agency, report.year, report.agency.scope), ())
    return {
        **_common(written),
        "format": written.format,
        "variety": written.variety,
        "title": report.title,
        "published_on": report.dated,
        "claims": [asdict(claim) for claim in report.telling.claims],
        "all_handled": report.telling.all_handled,
        "has_fault": any(fault.planted for fault in own),
        "has_error": any(fault.rule in ERROR_RULES for fault in own),
        "text_from": report.text_from or None,
    }


def _earlier_row(path: str, report: SampleReport) -> dict[str, Any]:
    agency, day = report.agency.agency, report.dated
    return {"path": path, "agency": agency, "year": report.year, "published_on": day}


def _common(written: WrittenReport) -> dict[str, Any]:
    report = written.report
    return {
        "path": written.path,
        "agency": report.agency.agency,
        "year": report.year,
        "scope": report.agency.scope,
        "form": report.edition,
    }
