"""An explanation as plain values: the shape that ``gouji explain --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from etl.explain.explanation import Explanation
from etl.explain.identity import statements
from etl.explain.join import trace
from etl.explain.labels import Likeness
from etl.explain.stages import stages
from etl.explain.trace import Trace, TracedSlot
from etl.explain.words import doubt_words
from etl.form import load_form
from etl.reading import Doubt, Refused, ReportReading
from etl.refusals import refusal_text


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """The explanation in the types of JSON; a refused file has ``refused`` instead of figures."""
    found = trace(explanation.document, explanation.reading) if explanation.document else None
    record: dict[str, Any] = {
        "path": explanation.path,
        "format": explanation.format,
        "part": explanation.part,
        "parts": explanation.parts,
        "stages": [
            {"stage": stage.name, "progress": stage.progress, "zh": stage.detail.zh}
            for stage in stages(explanation, found)
        ],
        "stated": [asdict(statement) for statement in statements(explanation, found)],
    }
    if found is not None:
        record |= {"headings": found.headings(), "tables": _tables(found)}
        record["labels"] = [_label(traced, section) for traced, section in found.labels()]
    if explanation.refused is not None:
        return record | {"refused": _refused(explanation.refused)}
    assert explanation.reading is not None
    findings = [asdict(finding) for finding in explanation.findings]
    return record | _reading(explanation.reading) | {"findings": findings}


def _reading(reading: ReportReading) -> dict[str, Any]:
    cells = zip(load_form(reading.edition).cells, reading.cells, strict=True)
    return {
        "agency": reading.agency,
        "year": reading.year,
        "form": reading.edition,
        "scope": reading.scope,
        "title": reading.title,
        "named_by_path": reading.named_by_path,
        "published_on": reading.published_on.isoformat() if reading.published_on else None,
        "sections": list(reading.sections),
        "cells": [
            {
                "section": cell.section,
                "item": cell.item,
                "party": cell.party,
                "value": printed.value,
                "state": printed.state,
                "raw": printed.raw,
                "place": printed.place,
            }
            for cell, printed in cells
        ],
        "claims": [asdict(claim) for claim in reading.claims],
        "doubts": [_doubt(doubt) for doubt in reading.doubts],
    }


def _tables(found: Trace) -> list[dict[str, Any]]:
    """Each table with the sections it was read as and the rows of which nothing was taken."""
    return [
        {
            "place": table.place,
            "sections": [section for section in table.sections if section],
            "rows": len(table.rows),
            "unread_rows": [row.place for row in table.rows if row.unread],
        }
        for table in found.tables()
    ]


def _label(traced: TracedSlot, section: int) -> dict[str, Any]:
    label = traced.label
    assert label is not None
    return {
        "section": section,
        "text": traced.slot.text,
        "place": traced.slot.place,
        "axis": label.axis,
        "code": label.code or None,
        "exact": label.exact,
        "nearest": _likeness(label.best),
        "next": _likeness(label.next),
    }


def _likeness(likeness: Likeness | None) -> dict[str, Any] | None:
    return None if likeness is None else asdict(likeness)


def _doubt(doubt: Doubt) -> dict[str, Any]:
    zh, en = doubt_words(doubt.code)
    return asdict(doubt) | {"zh": zh, "en": en}


def _refused(refused: Refused) -> dict[str, Any]:
    zh, en = refusal_text(refused)
    return {
        "code": refused.code,
        "place": refused.place,
        "detail": refused.detail,
        "zh": zh,
        "en": en,
    }
