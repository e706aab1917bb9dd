"""From a file's bytes to the reports in it: what builds and ``gouji explain`` do alike."""

from __future__ import annotations

from dataclasses import dataclass

from etl.document import Document
from etl.readers import read_bytes
from etl.reading import ReportReading
from etl.recognise import recognise_reports
from etl.second_reading import better_reading


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file as read and the reports recognised in it, at least one, in printed order."""

    document: Document
    reports: tuple[ReportReading, ...]


def read_reports(data: bytes, name: str) -> FileReading:
    """Read one file; ``name`` is its path, a last resort for agency and year.

    Raises ``Refused``, and nothing else, for a file that no report can be read from.
    """
    document = read_bytes(data, name)
    reports = recognise_reports(document, name)
    return FileReading(*better_reading(document, reports, data, name))
