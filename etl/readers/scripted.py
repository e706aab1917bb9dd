r"""Markup that a page keeps in a JavaScript string and writes out when it is opened.

Shanghai's reports for 2019 stand in their pages like this: ``var content = "<p>…<\/p>"``.
"""

from __future__ import annotations

import re

_MARKUP = re.compile(r"<(?:table|div|p|h\d)\b.*</(?:table|div|p|h\d)>", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_JOINT = re.compile(r"""(["'`])\s*\+\s*\1""")
_LETTERS = {"n": "\n", "r": "\n", "t": " ", "\n": ""}


def markup_in(script: str) -> str:
    """The markup with a table that a script holds as text, or "" when it holds none."""
    if "td" not in script:
        return ""
    found = _MARKUP.search(_ESCAPE.sub(_unescaped, _JOINT.sub("", script)))
    return found[0] if found and "<td" in found[0].lower() else ""


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    if code:
        character = chr(int(code, 16))
        return "\ufffd" if "\ud800" <= character <= "\udfff" else character
    return _LETTERS.get(escape[3], escape[3])
