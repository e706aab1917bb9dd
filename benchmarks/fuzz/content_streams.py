"""Damage to what a PDF draws: texts and lines that are missing, doubled or moved."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable
from random import Random

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.S)
_SHOW = re.compile(rb"[^\n]*T[jJ][^\n]*\n?")
_DRAW = re.compile(rb"[^\n]*\b(?:re|l)\b[^\n]*\n?")
_MOVE = re.compile(rb"(?<![\d.])(\d+(?:\.\d+)?) (\d+(?:\.\d+)?) (?=Td|TD|Tm|cm)")


def drop_text(content: bytes, rng: Random) -> bytes | None:
    return _edit(content, _SHOW, rng, lambda line: b"")


def double_text(content: bytes, rng: Random) -> bytes | None:
    return _edit(content, _SHOW, rng, lambda line: line + line)


def drop_rule(content: bytes, rng: Random) -> bytes | None:
    """A ruled line, or a few in a row, is missing, so that cells run together."""
    return _edit(content, _DRAW, rng, lambda line: b"")


def move_text(content: bytes, rng: Random) -> bytes | None:
    """A text stands a little beside its place, though still in its cell."""

    def move(old: bytes) -> bytes:
        x, y = (float(number) + rng.uniform(-4, 4) for number in old.split())
        return f"{max(0, x):.1f} {max(0, y):.1f} ".encode()

    return _edit(content, _MOVE, rng, move)


STREAM_DAMAGE: tuple[Callable[[bytes, Random], bytes | None], ...] = (
    drop_text, double_text, drop_rule, move_text,
)  # fmt: skip


def damage_stream(
    data: bytes, rng: Random, damage: Callable[[bytes, Random], bytes | None]
) -> bytes | None:
    """The PDF with one page's drawing damaged; None when it holds nothing to damage.

    The stream keeps its length, so that no offset in the file moves.
    """
    streams = list(_STREAM.finditer(data))
    rng.shuffle(streams)
    for stream in streams:
        old = stream[1]
        content, encode = _decode(old)
        if b"BT" not in content or (new := damage(content, rng)) is None:
            continue
        packed = encode(new)
        if len(packed) <= len(old):
            return data[: stream.start(1)] + _fill(packed, len(old)) + data[stream.end(1) :]
    return None


def _decode(stream: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    try:
        if stream.rstrip().endswith(b"~>"):
            packed = base64.a85decode(stream.strip().removesuffix(b"~>"))
            return zlib.decompress(packed), _encode_ascii
        return zlib.decompress(stream), lambda new: zlib.compress(new, 9)
    except (ValueError, zlib.error):
        return stream, lambda new: new


def _encode_ascii(content: bytes) -> bytes:
    return base64.a85encode(zlib.compress(content, 9)) + b"~>"


def _fill(packed: bytes, length: int) -> bytes:
    """Bytes behind the end that every decoder overlooks, up to the length that the file says."""
    return packed + b"\n" * (length - len(packed))


def _edit(
    content: bytes, pattern: re.Pattern[bytes], rng: Random, edit: Callable[[bytes], bytes]
) -> bytes | None:
    found = list(pattern.finditer(content))
    if not found:
        return None
    match = rng.choice(found)
    return content[: match.start()] + edit(match[0]) + content[match.end() :]
