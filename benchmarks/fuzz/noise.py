"""Damage to bytes, blind to what they mean."""

from __future__ import annotations

from random import Random


def flip_bits(data: bytes, rng: Random) -> bytes:
    """One to eight bits turned over."""
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def set_bytes(data: bytes, rng: Random) -> bytes:
    """One to eight bytes replaced by any others."""
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def truncate(data: bytes, rng: Random) -> bytes:
    """The end is missing."""
    return data[: rng.randrange(len(data))]


def cut(data: bytes, rng: Random) -> bytes:
    """A piece in the middle is missing."""
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def duplicate(data: bytes, rng: Random) -> bytes:
    """A piece stands there twice."""
    start, end = _span(data, rng)
    return data[:end] + data[start:]


def blank_out(data: bytes, rng: Random) -> bytes:
    """A piece holds zero bytes, as after a broken download."""
    start, end = _span(data, rng)
    return data[:start] + bytes(end - start) + data[end:]


def _span(data: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(data))
    return start, min(len(data), start + rng.randint(1, max(2, len(data) // rng.choice((4, 64)))))
