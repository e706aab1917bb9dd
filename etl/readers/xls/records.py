"""Records of a BIFF stream: a type, a length and that many bytes, one behind the other."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from etl.readers.limits import MAX_NODES
from etl.reading import Refused

START, END, CONTINUED = 0x0809, 0x000A, 0x003C


class Record(NamedTuple):
    """One record; ``more`` is what the records that continue it hold, each on its own."""

    kind: int
    data: bytes
    more: tuple[bytes, ...] = ()


class Records:
    """The records of a stream; how many may be read is bounded over all its parts."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._left = MAX_NODES

    def part(self, start: int) -> Iterator[Record]:
        """The records from the one that opens a part to the one that ends it.

        Parts within it, such as charts, are passed over. Refused ``corrupt`` when no part opens
        there, ``truncated`` when the stream ends first, ``too-large``.
        """
        depth = 0
        for record in self._from(start):
            if record.kind == START:
                depth += 1
            elif depth == 0:
                raise Refused("corrupt", "Workbook", f"no sheet at {start}")
            if record.kind == END:
                depth -= 1
                if depth == 0:
                    return
            if depth == 1:
                yield record
        raise Refused("truncated", "Workbook", "no end of sheet")

    def _from(self, at: int) -> Iterator[Record]:
        stream = self._stream
        pending: Record | None = None
        more: list[bytes] = []
        while at + 4 <= len(stream):
            kind, size = struct.unpack_from("<HH", stream, at)
            data = stream[at + 4 : at + 4 + size]
            if len(data) < size:
                raise Refused("truncated", "Workbook", f"{len(data)} of {size} bytes")
            at += 4 + size
            self._left -= 1
            if self._left < 0:
                raise Refused("too-large", "Workbook", f"more than {MAX_NODES} records")
            if kind == CONTINUED and pending is not None:
                more.append(data)
                continue
            if pending is not None:
                yield pending._replace(more=tuple(more)) if more else pending
            pending, more = Record(kind, data), []
        if pending is not None:
            yield pending._replace(more=tuple(more))
