"""LibreOffice, where it is installed: reads what gouji has no reader for, and reads twice.

``GOUJI_SOFFICE`` names the program, or forbids it when it is empty; else it is looked for on the
path.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from etl.document import Document
from etl.readers import docx, xlsx
from etl.readers.package import Package
from etl.reading import Refused

_SECONDS = 90
_SPREADSHEET = re.compile(rb"<Workbook\s|progid=.Excel")
_HEAD = 4096

# Macros never run, and nothing that a document points at is fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
</oor:items>
"""


def program() -> str | None:
    """LibreOffice's program, None where there is none or it is not to be used."""
    named = os.environ.get("GOUJI_SOFFICE")
    if named is not None:
        return shutil.which(named) if named else None
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, kind: str, target: str) -> bytes:
    """The file as ``target`` (docx, xlsx); ``kind`` is its ending, such as ``doc`` or ``rtf``.

    Each call has a profile of its own, so that any number may run at once. Refused
    ``needs-office`` when LibreOffice isn't there, ``corrupt`` when it gives nothing.
    """
    soffice = program()
    if soffice is None:
        raise Refused("needs-office", detail=kind)
    with tempfile.TemporaryDirectory(prefix="gouji-office-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"report.{kind}"
        source.write_bytes(data)
        profile = home / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        _run(
            [
                soffice,
                f"-env:UserInstallation={profile.parent.as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                target,
                "--outdir",
                str(home / "out"),
                str(source),
            ],
            home,
        )
        made = home / "out" / f"report.{target}"
        if not made.is_file():
            raise Refused("corrupt", detail=f"LibreOffice: {kind}")
        return made.read_bytes()


def _run(command: list[str], home: Path) -> None:
    """Runs a program with all it starts; Refused ``corrupt`` when it doesn't end in time."""
    environment = {**os.environ, "HOME": str(home)}
    process = subprocess.Popen(
        command,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Refused("corrupt", detail=f"LibreOffice: {_SECONDS} s") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def reader(kind: str) -> Callable[[bytes, str], Document]:
    """The reader of a format that only LibreOffice reads; ``kind`` as ``sniff`` names it."""

    def read(data: bytes, name: str) -> Document:
        return _read_converted(data, kind, name)

    return read


def second_document(data: bytes, kind: str) -> Document | None:
    """What LibreOffice reads in a Word file; None when it isn't there or can't read it either.

    For files whose direct reading doesn't tie out; ``kind`` is the format of that reading.
    """
    if kind != "doc" or program() is None:
        return None
    try:
        return _read_converted(data, kind, "")
    except Refused:
        return None


def _read_converted(data: bytes, kind: str, name: str) -> Document:
    sheets = _holds_sheets(data, kind)
    ending = {"odf": "ods" if sheets else "odt", "office-xml": "xml"}.get(kind, kind)
    target, read = ("xlsx", xlsx.read) if sheets else ("docx", docx.read)
    return replace(read(convert(data, ending, target), name), format=kind)


def _holds_sheets(data: bytes, kind: str) -> bool:
    if kind == "odf":
        return b"spreadsheet" in (Package(data, "").read("mimetype") or b"")
    return kind == "office-xml" and bool(_SPREADSHEET.search(data[:_HEAD]))
