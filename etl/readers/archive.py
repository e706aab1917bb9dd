"""Archives: their members one at a time, archives within archives included."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from etl.readers.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_DEPTH,
    MAX_ARCHIVE_MEMBERS,
    MAX_BYTES,
)
from etl.readers.sniff import ending, kind_of_members
from etl.reading import Refused

Load = Callable[[], bytes]

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_JOINT = "!/"
_LITTER = frozenset((".ds_store", "thumbs.db", "desktop.ini"))


def expand(path: Path) -> Iterator[tuple[str, Load]]:
    """(name, load) of every file in ``path``: an archive's members, or a plain file itself.

    Names read ``2024.zip!/inner/report.html``, from the file's own name on, and ``load()`` gives
    the bytes. Nothing is raised here: what can't be had raises Refused from its ``load``
    (``encrypted``, ``corrupt``, ``truncated``, ``too-large``, ``archive-too-deep``,
    ``archive-too-large``), so that the other members are read all the same.
    """
    if not zipfile.is_zipfile(path) or _is_document(path):
        yield path.name, lambda: _read_file(path)
        return
    yield from _Budget().members(path, path.name, depth=1)


def _read_file(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Refused("too-large", detail=f"{size} bytes")
    return path.read_bytes()


def _is_document(source: Path | IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(source) as container:
            return kind_of_members(set(container.namelist())) != "zip"
    except Exception:
        return False


class _Budget:
    """What an archive may still inflate to, over all archives within it."""

    def __init__(self) -> None:
        self.members_left = MAX_ARCHIVE_MEMBERS
        self.bytes_left = MAX_ARCHIVE_BYTES

    def members(
        self, source: Path | IO[bytes], name: str, depth: int
    ) -> Iterator[tuple[str, Load]]:
        """The members of one archive, in its own order."""
        if depth > MAX_ARCHIVE_DEPTH:
            yield name, _refusing("archive-too-deep", name)
            return
        try:
            archive = zipfile.ZipFile(source)
        except Exception as error:
            yield name, _refusing("corrupt", name, str(error))
            return
        for info in archive.infolist():
            inner = _member_name(info)
            if info.is_dir() or _is_litter(inner):
                continue
            self.members_left -= 1
            if self.members_left < 0:
                yield name, _refusing("archive-too-large", name, "too many members")
                return
            yield from self._member(archive, info, f"{name}{_JOINT}{inner}", depth)

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int
    ) -> Iterator[tuple[str, Load]]:
        def load() -> bytes:
            return self.inflate(archive, info, name)

        if ending(name) != "zip":
            yield name, load
            return
        try:
            data = load()
        except Refused as refused:
            yield name, _refusing(refused.code, refused.place, refused.detail)
            return
        yield from self.members(io.BytesIO(data), name, depth + 1)

    def inflate(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
        """The bytes of one member, taken off the budget."""
        if info.flag_bits & _ENCRYPTED:
            raise Refused("encrypted")
        limit = min(MAX_BYTES, self.bytes_left)
        try:
            with archive.open(info) as member:
                data = member.read(limit + 1)
        except Exception as error:
            raise Refused("corrupt", detail=str(error)) from error
        if len(data) > limit:
            code = "too-large" if limit == MAX_BYTES else "archive-too-large"
            raise Refused(code, detail=f"more than {limit} bytes")
        self.bytes_left -= len(data)
        return data


def _refusing(code: str, place: str, detail: str = "") -> Load:
    def load() -> bytes:
        raise Refused(code, place, detail)

    return load


def _member_name(info: zipfile.ZipInfo) -> str:
    """The member's name; Windows programs in China write GBK and leave the UTF-8 flag off."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    return name.replace("\\", "/").lstrip("/")


def _is_litter(name: str) -> bool:
    """Whether a member is what an operating system or an office program left behind."""
    path = PurePosixPath(name.lower())
    return "__macosx" in path.parts or path.name in _LITTER or path.name.startswith(("~$", "._"))
