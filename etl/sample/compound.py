"""Compound files, the container of old Office formats, as simple as they may be."""

from __future__ import annotations

import struct
from itertools import pairwise

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 512
_SMALLEST = 4096
"""A shorter stream would belong into a container of its own, so that each is filled up to this."""

_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STREAM, _ROOT = 2, 5
_IN_HEADER = 109
_PER_SECTOR = _SECTOR // 4


def pack_streams(streams: dict[str, bytes]) -> bytes:
    """A compound file of these streams; their sizes together must stay under 6 MB."""
    filled = {name: data.ljust(_SMALLEST, b"\0") for name, data in streams.items()}
    contents = [_padded(data) for data in filled.values()]
    counts = [len(content) // _SECTOR for content in contents]
    entries = -(-(len(streams) + 1) // 4)
    tables = 1
    while tables * _PER_SECTOR < tables + entries + sum(counts):
        tables += 1
    assert tables <= _IN_HEADER
    # The allocation table first, then the directory, then the streams.
    chain = [_TABLE] * tables
    chain += _chain(tables, entries)
    starts = []
    for count in counts:
        starts.append(len(chain))
        chain += _chain(len(chain), count)
    chain += [_FREE] * (tables * _PER_SECTOR - len(chain))
    sizes = map(len, filled.values())
    directory = _directory(list(zip(streams, starts, sizes, strict=True)), entries)
    table = struct.pack(f"<{len(chain)}I", *chain)
    return b"".join((_header(tables), table, directory, *contents))


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _SECTOR)


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END]


def _header(tables: int) -> bytes:
    listed = [*range(tables), *[_FREE] * (_IN_HEADER - tables)]
    return struct.pack(
        f"<8s16xHHHHH6xIIIIIIIII{_IN_HEADER}I",
        _SIGNATURE,
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, tables, 0, _SMALLEST),
        *(_END, 0, _END, 0),
        *listed,
    )


def _directory(streams: list[tuple[str, int, int]], sectors: int) -> bytes:
    """The root and its streams, each with the next in the order of names to its right."""
    order = sorted(
        range(len(streams)), key=lambda at: (len(streams[at][0]), streams[at][0].upper())
    )
    right = dict(pairwise(order))
    entries = [_entry("Root Entry", _ROOT, _NONE, order[0] + 1, _END, 0)]
    for at, (name, start, size) in enumerate(streams):
        following = right[at] + 1 if at in right else _NONE
        entries.append(_entry(name, _STREAM, following, _NONE, start, size))
    unused = struct.pack("<66xHIII48x", 0, _NONE, _NONE, _NONE)[:128]
    entries += [unused] * (sectors * 4 - len(entries))
    return b"".join(entries)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    black = 1
    return struct.pack(
        "<64sHBBIII16xI16xIII",
        coded,
        len(coded) + 2,
        *(kind, black),
        *(_NONE, right, child),
        0,
        *(start, size, 0),
    )
