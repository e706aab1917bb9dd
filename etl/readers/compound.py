"""OLE compound files, the container of old Office formats: their streams, within bounds."""

from __future__ import annotations

import struct
from contextlib import suppress

import olefile

from etl.readers.limits import MAX_PART_BYTES
from etl.readers.property_set import texts
from etl.reading import Refused

_SUMMARY = "\x05SummaryInformation"
_DOCUMENT_SUMMARY = "\x05DocumentSummaryInformation"
_TITLE, _COMPANY = 2, 15
_TABLES_IN_HEAD = 109


class Compound:
    """The streams of a compound file by name; Refused ``corrupt`` when there is no such file."""

    def __init__(self, data: bytes) -> None:
        self._size = len(data)
        _check_head(data)
        try:
            self._file = olefile.OleFileIO(data)
        except Exception as error:
            raise Refused("corrupt", detail=str(error)) from error

    def has(self, name: str) -> bool:
        """Whether the file has a stream of this name outside any embedded object."""
        return bool(self._file.exists(name))

    def read(self, name: str) -> bytes:
        """The bytes of a stream, none when there is no such stream.

        Refused ``too-large``, ``truncated`` when the file ends before the stream, ``corrupt``.
        """
        if not self.has(name):
            return b""
        try:
            size = int(self._file.get_size(name))
            self._check_size(name, size)
            data: bytes = self._file.openstream(name).read()
        except Refused:
            raise
        except Exception as error:
            raise Refused("corrupt", name, str(error)) from error
        if len(data) < size:
            raise Refused("truncated", name, f"{len(data)} of {size} bytes")
        return data

    def _check_size(self, name: str, size: int) -> None:
        if size > MAX_PART_BYTES:
            raise Refused("too-large", name, f"{size} bytes")
        if size > self._size:
            raise Refused("truncated", name, f"{size} bytes in a file of {self._size}")

    def properties(self) -> dict[str, str]:
        """What the file says of itself: ``title`` and ``company`` where they are given."""
        found = {}
        wanted = (("title", _SUMMARY, _TITLE), ("company", _DOCUMENT_SUMMARY, _COMPANY))
        for name, stream, number in wanted:
            with suppress(Exception):  # properties only hint; a broken set has nothing to say
                found[name] = texts(self.read(stream)).get(number, "")
        return found


def _check_head(data: bytes) -> None:
    """Refuses a file that ends before its tables, and a head that claims more than the file has."""
    if len(data) < olefile.MINIMAL_OLEFILE_SIZE:
        raise Refused("truncated", detail=f"{len(data)} bytes")
    (shift,) = struct.unpack_from("<H", data, 30)
    tables, directory, _, _, _, small_tables, _, lists = struct.unpack_from("<8I", data, 44)
    if shift not in (9, 12) or max(tables, small_tables, lists) > len(data) >> shift:
        raise Refused("corrupt", detail="head of the compound file")
    places = struct.unpack_from(f"<{min(tables, _TABLES_IN_HEAD)}I", data, 76)
    farthest = max((*places, directory)) + 1 << shift
    if farthest >= len(data):
        raise Refused("truncated", detail=f"{len(data)} bytes, tables at {farthest}")
