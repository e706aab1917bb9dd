"""Files to read, and what came of reading one: the work that a build hands to its processes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.errors import UsageError
from etl.readers import SUFFIXES, expand, read_bytes
from etl.reading import Refused
from etl.recognise import recognise
from etl.warehouse.readings import PackedReading, pack

_READING_PACKAGES = ("form", "readers", "recognise")


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file: a reading, a refusal, or nothing new (``known``)."""

    source_id: str
    path: str
    format: str
    bytes: int
    reading: PackedReading | None = None
    refused: Refused | None = None
    known: bool = False


def find_files(sources: Sequence[Path]) -> list[Path]:
    """The report files under the sources, each once, in a stable order.

    A folder gives the files in it whose ending gouji reads; a file named outright is always taken.
    Raises UsageError for a source that doesn't exist, or when there is nothing to read.
    """
    found: dict[Path, None] = {}
    for source in sources:
        path = source.absolute()
        if path.is_dir():
            found |= dict.fromkeys(sorted(p for p in path.rglob("*") if _is_report_file(p, path)))
        elif path.is_file():
            found[path] = None
        else:
            raise UsageError(f"{source}: 没有这个文件或文件夹 / no such file or folder")
    if not found:
        raise UsageError(
            "没有找到报告文件，支持的类型 / no report files found; endings read: "
            + " ".join(sorted(SUFFIXES))
        )
    return list(found)


def read_file(path: Path, known: frozenset[str] = frozenset()) -> list[FileResult]:
    """What comes of a file, or of each member of an archive; a known content isn't read again.

    ``known`` holds the sha256 of contents already in the warehouse. Never raises for a bad file:
    its result carries the refusal.
    """
    return [_read_member(str(path.parent / name), load, known) for name, load in expand(path)]


@cache
def reading_version() -> str:
    """A digest of the code and data that decide how a file is read.

    Contents read under another version are read again by the next build.
    """
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for package in _READING_PACKAGES:
        for file in sorted((root / package).rglob("*")):
            if file.suffix in (".py", ".csv", ".toml"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _is_report_file(path: Path, root: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
    return path.is_file() and path.suffix.lower() in SUFFIXES and not hidden


def _read_member(name: str, load: Callable[[], bytes], known: frozenset[str]) -> FileResult:
    try:
        data = load()
    except (Refused, OSError) as error:
        refused = error if isinstance(error, Refused) else _unreadable(error)
        return FileResult(_digest(name.encode()), name, "", 0, refused=refused)
    source_id = _digest(data)
    if source_id in known:
        return FileResult(source_id, name, "", len(data), known=True)
    form = ""
    try:
        document = read_bytes(data, name)
        form = document.format
        reading = pack(recognise(document, name), source_id)
    except Refused as refused:
        return FileResult(source_id, name, form, len(data), refused=refused)
    return FileResult(source_id, name, form, len(data), reading=reading)


def _unreadable(error: OSError) -> Refused:
    return Refused("unreadable-file", detail=error.strerror or type(error).__name__)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
