"""What one file holds: the document as read, each report recognised in it, or the refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.document import Document
from etl.explain.findings import Finding, find_within
from etl.read_report import read_reports
from etl.readers import expand, read_bytes
from etl.reading import Refused, ReportReading


@dataclass(frozen=True, slots=True)
class Explanation:
    """One report of a file, or why there is none.

    ``document`` is None where not even the text could be read. ``part`` counts the reports of one
    file from 1 to ``parts``.
    """

    path: str
    bytes: int
    document: Document | None
    reading: ReportReading | None
    findings: tuple[Finding, ...] = ()
    refused: Refused | None = None
    part: int = 1
    parts: int = 1

    @property
    def format(self) -> str:
        """The format that the bytes tell; empty where they tell none."""
        return self.document.format if self.document else ""


def explain_file(path: Path) -> list[Explanation]:
    """What is read from a file, one explanation for each report and each archive member in it.

    Only the checks that need no other report are run. A file that is refused is explained by its
    refusal; only a file that can't be opened raises (OSError).
    """
    return [one for name, load in expand(path) for one in _explain(str(path.parent / name), load)]


def _explain(name: str, load: Callable[[], bytes]) -> list[Explanation]:
    try:
        data = load()
    except Refused as refused:
        return [Explanation(name, 0, None, None, refused=refused)]
    try:
        found = read_reports(data, name)
    except Refused as refused:
        document = _document(data, name)
        return [Explanation(name, len(data), document, None, refused=refused)]
    parts = len(found.reports)
    return [
        Explanation(
            name,
            len(data),
            found.document,
            reading,
            find_within(reading, name),
            part=part,
            parts=parts,
        )
        for part, reading in enumerate(found.reports, start=1)
    ]


def _document(data: bytes, name: str) -> Document | None:
    """The text of a file in which no report was recognised, as far as it can be read."""
    try:
        return read_bytes(data, name)
    except Refused:
        return None
