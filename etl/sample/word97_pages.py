"""The parts of a Word 97 file that say how text is formatted: pages of runs, styles, fonts."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

PAGE = 512
_PARAGRAPH_ENTRY, _CHARACTER_ENTRY = 13, 1
_FIXED_STYLES = 15
_FONT = "宋体"


class Run(NamedTuple):
    """Bytes ``start`` to ``end`` of the main stream and the modifiers that format them."""

    start: int
    end: int
    modifiers: bytes


def paragraph_pages(runs: Sequence[Run]) -> list[tuple[Run, bytes]]:
    """(first run, page) of the pages that list these paragraphs."""
    return _pages(runs, _PARAGRAPH_ENTRY, _paragraph_entry)


def character_pages(runs: Sequence[Run]) -> list[tuple[Run, bytes]]:
    """(first run, page) of the pages that list these stretches of characters."""
    return _pages(runs, _CHARACTER_ENTRY, _character_entry)


def _paragraph_entry(modifiers: bytes) -> bytes:
    body = b"\0\0" + modifiers  # the number of the style, then what differs from it
    if len(body) % 2:
        return bytes([(len(body) + 1) // 2]) + body
    return bytes([0, len(body) // 2]) + body


def _character_entry(modifiers: bytes) -> bytes:
    return bytes([len(modifiers)]) + modifiers if modifiers else b""


def _pages(
    runs: Sequence[Run], entry_size: int, coded: Callable[[bytes], bytes]
) -> list[tuple[Run, bytes]]:
    pages: list[tuple[Run, bytes]] = []
    first, room = 0, PAGE - 5
    for at, run in enumerate(runs):
        need = 4 + entry_size + len(coded(run.modifiers)) + 1
        if need > room:
            pages.append((runs[first], _page(runs[first:at], entry_size, coded)))
            first, room = at, PAGE - 5
        room -= need
    pages.append((runs[first], _page(runs[first:], entry_size, coded)))
    return pages


def _page(runs: Sequence[Run], entry_size: int, coded: Callable[[bytes], bytes]) -> bytes:
    """Bounds and entries from the front, what the entries point at from the back."""
    page = bytearray(PAGE)
    bounds = [*(run.start for run in runs), runs[-1].end]
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    free = PAGE - 1
    for at, run in enumerate(runs):
        entry = coded(run.modifiers)
        if entry:
            free = (free - len(entry)) // 2 * 2
            page[free : free + len(entry)] = entry
            page[4 * len(bounds) + at * entry_size] = free // 2
    page[-1] = len(runs)
    return bytes(page)


def styles() -> bytes:
    """A style sheet with the one style that every document has."""
    head = struct.pack("<9H", _FIXED_STYLES, 10, 1, 0x5B, _FIXED_STYLES, 0, 0, 0, 0)
    name = "Normal".encode("utf-16-le")
    normal = struct.pack("<5H", 0, 0xFFF1, 2, 0, 0)
    normal += struct.pack("<H", len(name) // 2) + name + b"\0\0"
    normal += struct.pack("<HHH", 2, 0, 0)
    listed = struct.pack("<H", len(normal)) + normal + bytes(2 * (_FIXED_STYLES - 1))
    return struct.pack("<H", len(head)) + head + listed


def fonts() -> bytes:
    """A list of the one font that everything is printed in."""
    name = (_FONT + "\0").encode("utf-16-le")
    font = struct.pack("<BhBB10x24x", 0x06, 400, 134, 0) + name
    return struct.pack("<HHB", 1, 0, len(font)) + font


def title_property(title: str) -> bytes:
    """A stream of document properties that gives the title."""
    coded = title.encode("gb18030") + b"\0"
    coded += bytes(-len(coded) % 4)
    values = struct.pack("<II", 2, 936) + struct.pack("<II", 30, len(coded)) + coded
    section = struct.pack("<II4I", 24 + len(values), 2, 1, 24, 2, 32) + values
    kind = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return (
        struct.pack("<HHI16xI", 0xFFFE, 0, 0x00020006, 1) + kind + struct.pack("<I", 48) + section
    )
