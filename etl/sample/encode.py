"""Text to bytes, as the programs of agencies save it."""

from __future__ import annotations

import codecs

_MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def encode(text: str, encoding: str) -> bytes:
    """The text's bytes; UTF-16 starts with a byte order mark, UTF-8 only as ``utf-8-sig``."""
    return _MARKS.get(encoding, b"") + text.encode(encoding)


def split_dialect(dialect: str, *defaults: str) -> tuple[str, ...]:
    """The parts of a dialect, which stand between slashes; those left empty by their default."""
    parts = dialect.split("/")
    parts += [""] * (len(defaults) - len(parts))
    return tuple(part or default for part, default in zip(parts, defaults, strict=True))
