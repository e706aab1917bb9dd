"""Pieces of HTML: everything that isn't written here goes through ``escape``."""

from __future__ import annotations

from html import escape

from etl.explain.words import Words

__all__ = ["attributes", "both", "element", "escape", "spans"]


def element(name: str, inner: str, **given: str | None) -> str:
    """``<name …>inner</name>``; ``inner`` is markup, the attributes' values are plain text."""
    return f"<{name}{attributes(**given)}>{inner}</{name}>"


def attributes(**given: str | None) -> str:
    """Attributes that have a value; ``class_`` and ``data_twin`` in the spelling of HTML."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for name, value in given.items()
        if value
    )


def both(text: Words) -> str:
    """A text in Chinese with its English beside it, unless that is the same."""
    own = text.en and text.en != text.zh
    english = f' <span class="en" lang="en">{escape(text.en)}</span>' if own else ""
    return f"<span>{escape(text.zh)}</span>{english}"


def spans(rows: int, columns: int) -> dict[str, str | None]:
    """The attributes of a merged cell."""
    return {
        "rowspan": str(rows) if rows > 1 else None,
        "colspan": str(columns) if columns > 1 else None,
    }
