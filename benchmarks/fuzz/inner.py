"""The text inside a file that damage is done to, and the file made anew around it."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from random import Random

TEXT_FORMATS = frozenset(("txt", "md", "csv"))
PACKAGES = {"docx": "word/document.xml", "xlsx": "xl/worksheets/"}


@dataclass(frozen=True, slots=True)
class Inner:
    """A text within a file, and what puts another text in its stead."""

    text: str
    pack: Callable[[str], bytes]


def open_inner(data: bytes, kind: str, rng: Random) -> Inner | None:
    """The text, markup or XML part in a file; None for formats that hold none."""
    if kind in TEXT_FORMATS or kind in ("html", "htm"):
        return _open_text(data)
    if kind in PACKAGES:
        return _open_package(data, PACKAGES[kind], rng)
    if kind in ("mht", "mhtml"):
        return _open_mail(data)
    return None


def _open_text(data: bytes) -> Inner:
    encoding = next(name for name in ("utf-8", "gb18030", "latin-1") if _holds(data, name))
    return Inner(data.decode(encoding), lambda new: new.encode(encoding, "replace"))


def _holds(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _open_package(data: bytes, wanted: str, rng: Random) -> Inner | None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {info.filename: (info, package.read(info)) for info in package.infolist()}
    parts = [name for name in members if name.startswith(wanted) and name.endswith(".xml")]
    if not parts:
        return None
    part = rng.choice(parts)

    def pack(new: str) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, (info, content) in members.items():  # with its date: equal bytes
                package.writestr(info, new.encode() if name == part else content)
        return packed.getvalue()

    return Inner(members[part][1].decode(), pack)


def _open_mail(data: bytes) -> Inner | None:
    message = email.message_from_bytes(data, policy=email.policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if not isinstance(page, EmailMessage):
        return None

    def pack(new: str) -> bytes:
        page.set_content(new, subtype="html", charset="utf-8", cte="base64")
        return message.as_bytes()

    return Inner(page.get_content(), pack)
