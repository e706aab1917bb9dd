"""How far the reading of a file got, stage by stage, and where it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from etl.document import Grid
from etl.explain.explanation import Explanation
from etl.explain.trace import Trace
from etl.explain.words import Words, words
from etl.form import section_headings

StageName = Literal["file", "document", "report", "identity", "cells", "claims", "checks"]
Progress = Literal["done", "partly", "stopped", "ahead"]
"""``partly``: it went on, with something left unread or not found."""

STAGES: tuple[StageName, ...] = get_args(StageName)
_ABOUT_IDENTITY = ("no-agency", "no-year", "year-before-form")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage with what came of it."""

    name: StageName
    progress: Progress
    detail: Words


def stages(explanation: Explanation, trace: Trace | None) -> tuple[Stage, ...]:
    """Every stage in order; ``trace`` is None where the document could not be read."""
    facts = _facts(explanation, trace)
    stop = _stopped_at(explanation)
    reached = STAGES.index(stop) if stop else len(STAGES)
    short = _fell_short(explanation)
    return tuple(
        Stage(name, "partly" if name in short else "done", words(f"stage.{name}.done", **facts))
        if number < reached
        else Stage(name, "stopped", words("stage.stopped"))
        if number == reached
        else Stage(name, "ahead", words("stage.ahead"))
        for number, name in enumerate(STAGES)
    )


def _stopped_at(explanation: Explanation) -> StageName | None:
    if explanation.refused is None:
        return None
    if explanation.document is None:
        return "document" if explanation.bytes else "file"
    return "identity" if explanation.refused.code in _ABOUT_IDENTITY else "report"


def _fell_short(explanation: Explanation) -> set[StageName]:
    """The stages that left sections or cells without a reading."""
    reading = explanation.reading
    if reading is None:
        return set()
    found: set[StageName] = set()
    if len(reading.sections) < len(section_headings()):
        found.add("report")
    if any(cell.state in ("absent", "unreadable") for cell in reading.cells):
        found.add("cells")
    return found


def _facts(explanation: Explanation, trace: Trace | None) -> dict[str, object]:
    facts: dict[str, object] = {"format": explanation.format.upper() or "?"}
    facts["bytes"] = f"{explanation.bytes:,}"
    if explanation.document is not None:
        grids = sum(isinstance(block, Grid) for block in explanation.document.blocks)
        facts |= {"tables": grids, "paragraphs": len(explanation.document.blocks) - grids}
    if trace is not None:
        facts["sections"] = len(trace.headings())
    reading = explanation.reading
    if reading is not None:
        cells = reading.cells
        facts |= {"agency": reading.agency, "year": reading.year, "cells": len(cells)}
        facts["read"] = sum(cell.state not in ("absent", "unreadable") for cell in cells)
        facts |= {"sections": len(reading.sections), "claims": len(reading.claims)}
        facts["findings"] = len(explanation.findings)
    return facts
