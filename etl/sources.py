"""Files to read, and what came of reading one: the work that a build hands to its processes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.errors import UsageError
from etl.read_report import read_reports
from etl.readers import SUFFIXES, expand, ocr, office
from etl.readers.sniff import sniff
from etl.reading import Refused
from etl.warehouse.readings import PackedReading, pack

_READING_PARTS = (
    *("form", "readers", "recognise"),
    *("document.py", "reading.py", "read_report.py", "second_reading.py", "refusals.csv"),
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: ``path`` is shown to people and starts at the folder ``root``."""

    root: Path
    path: Path

    @property
    def absolute(self) -> Path:
        return self.root / self.path


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file: the reports in it, a refusal, or nothing new (``known``).

    ``key`` says which files share their readings: those of equal bytes, unless the file's own name
    had to tell the agency or the year; then, and for a refusal, it is this file's alone.
    """

    source_id: str
    root: str
    path: str
    format: str
    bytes: int
    key: str
    readings: tuple[PackedReading, ...] = ()
    refused: Refused | None = None
    known: bool = False


def find_files(sources: Sequence[Path]) -> list[SourceFile]:
    """The report files under the sources, each once, in a stable order.

    A folder gives the files in it whose ending gouji reads; a file named outright is always taken.
    Raises UsageError for a source that doesn't exist, or when there is nothing to read.
    """
    found: dict[Path, SourceFile] = {}
    for source in sources:
        top = absolute(source)
        if top.is_dir():
            paths = sorted(path for path in top.rglob("*") if _is_report_file(path, top))
        elif top.is_file():
            paths = [top]
        else:
            raise UsageError(f"{source}: 没有这个文件或文件夹 / no such file or folder")
        for path in paths:
            found.setdefault(path, SourceFile(top.parent, path.relative_to(top.parent)))
    if not found:
        raise UsageError(
            "没有找到报告文件，支持的类型 / no report files found; endings read: "
            + " ".join(sorted(SUFFIXES))
        )
    return list(found.values())


def absolute(path: Path) -> Path:
    """The path from the root, without ``..``: one folder, one name."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps the dots


def read_file(file: SourceFile, known: frozenset[str] = frozenset()) -> list[FileResult]:
    """What comes of a file, or of each member of an archive; a known content isn't read again.

    ``known`` holds the keys of what is already in the warehouse. Never raises for a bad file: its
    result carries the refusal.
    """
    root, folder = str(file.root), file.path.parent
    members = expand(file.absolute)
    return [_read_member(root, str(folder / name), load, known) for name, load in members]


@cache
def reading_version() -> str:
    """A digest of what decides how a file is read: code, data, and the helpers installed.

    Contents read under another version are read again by the next build.
    """
    digest = hashlib.sha256()
    root = Path(__file__).parent
    files = [path for part in _READING_PARTS for path in (root / part, *(root / part).rglob("*"))]
    for file in sorted(files):
        if file.suffix in (".py", ".csv", ".toml"):
            digest.update(file.read_bytes())
    digest.update(f"{office.program()} {ocr.installed()}".encode())
    return digest.hexdigest()[:16]


def _is_report_file(path: Path, root: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
    return path.is_file() and path.suffix.lower() in SUFFIXES and not hidden


def _read_member(
    root: str, path: str, load: Callable[[], bytes], known: frozenset[str]
) -> FileResult:
    try:
        data = load()
    except (Refused, OSError) as error:
        refused = error if isinstance(error, Refused) else _unreadable(error)
        source_id = _digest(path.encode())
        return FileResult(source_id, root, path, "", 0, source_id, refused=refused)
    source_id = _digest(data)
    own_key = f"{source_id} {root}/{path}"
    for key in (source_id, own_key):
        if key in known:
            return FileResult(source_id, root, path, "", len(data), key, known=True)
    try:
        found = read_reports(data, path)
    except Refused as refused:
        form = _format(data, path)
        return FileResult(source_id, root, path, form, len(data), own_key, refused=refused)
    key = own_key if any(report.named_by_path for report in found.reports) else source_id
    packed = tuple(
        pack(report, source_id, key, part) for part, report in enumerate(found.reports, start=1)
    )
    form = found.document.format
    return FileResult(source_id, root, path, form, len(data), key, readings=packed)


def _format(data: bytes, path: str) -> str:
    """The format of a file that was refused; empty where its bytes don't tell."""
    try:
        return sniff(data, path)
    except Refused:
        return ""


def _unreadable(error: OSError) -> Refused:
    return Refused("unreadable-file", detail=error.strerror or type(error).__name__)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
