"""Files that no report can be read from, each with the reason that must be given for it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from etl.form import FIRST_YEAR
from etl.sample import flat_text, old_workbook, pdf_file, word97_file, word_file, workbook
from etl.sample.compound import pack_streams
from etl.sample.model import SampleReport
from etl.sample.steps import STEPS
from etl.sample.tables import read_rows, read_toml

_DEEP = 8
"""Archives within archives."""
_KEPT = 0.4
"""Share of a file that a broken transfer leaves."""
_FLAGS_AT = ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8))
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Refusable:
    """A file and why it must be refused, as ``refusals.csv`` of the build calls it."""

    name: str
    """What it shows."""
    path: str
    content: bytes
    reason: str
    description: str


def refusables(report: SampleReport, corpus: bool = False) -> Iterator[Refusable]:
    """Every kind of refusable file, made from this report, in the order of ``refusable.csv``.

    With ``corpus`` only those that the default corpus holds.
    """
    for row in read_rows("refusable.csv"):
        if corpus and not row["corpus"]:
            continue
        yield Refusable(
            row["name"],
            f"{row['path'].format(agency=report.agency.agency)}.{row['ending']}",
            _MAKE[row["name"]](report),
            row["reason"],
            row["description"],
        )


def _notice(report: SampleReport) -> bytes:
    notice = read_toml("wording.toml")["notice"]
    agency = report.agency.agency
    lines = [notice["title"].format(agency=agency), *notice["paragraphs"], agency]
    return ("\n".join(lines) + "\n").encode()


def _cut(content: bytes) -> bytes:
    return content[: int(len(content) * _KEPT)]


def _before_the_form(report: SampleReport) -> bytes:
    """The same report, but on the year before the form came."""
    old, new = str(report.year), str(FIRST_YEAR - 1)
    telling = replace(
        report.telling,
        paragraphs={
            section: tuple(text.replace(old, new) for text in texts)
            for section, texts in report.telling.paragraphs.items()
        },
    )
    title = report.title.replace(old, new)
    return flat_text.render(replace(report, title=title, title_lines=(title,), telling=telling), "")


def _nobody(report: SampleReport) -> bytes:
    """A report that names its agency nowhere."""
    return flat_text.render(STEPS["agency-in-file-name"](report, Random(0)), "")


def _locked_package(report: SampleReport) -> bytes:
    """What an Office program makes of a document with a password: a package it can't see into."""
    body = word_file.render(report, "")
    info = struct.pack("<HHI", 4, 4, 0x40) + b"<encryption/>"
    scrambled = struct.pack("<Q", len(body)) + bytes(byte ^ 0x5A for byte in body)
    return pack_streams({"EncryptionInfo": info, "EncryptedPackage": scrambled})


def _locked_archive(report: SampleReport) -> bytes:
    """An archive whose member is marked as encrypted."""
    packed = bytearray(word_file.pack({f"{report.title}.txt": flat_text.render(report, "")}))
    for mark, offset in _FLAGS_AT:
        packed[packed.index(mark) + offset] |= _ENCRYPTED
    return bytes(packed)


def _deep_archive(report: SampleReport) -> bytes:
    content, name = flat_text.render(report, ""), f"{report.title}.txt"
    for level in range(_DEEP):
        content, name = word_file.pack({name: content}), f"{level}.zip"
    return content


def _noise(report: SampleReport) -> bytes:
    return Random(report.title).randbytes(3_000)


_MAKE: dict[str, Callable[[SampleReport], bytes]] = {
    "notice": _notice,
    "empty-page": lambda report: b"",
    "blank-text": lambda report: b" \n\n\t\n",
    "cut-docx": lambda report: _cut(word_file.render(report, "")),
    "cut-doc": lambda report: _cut(word97_file.render(report, "")),
    "cut-pdf": lambda report: _cut(pdf_file.render(report, "")),
    "cut-xlsx": lambda report: _cut(workbook.render(report, "")),
    "cut-xls": lambda report: _cut(old_workbook.render(report, "")),
    "locked-pdf": lambda report: pdf_file.render(report, "locked"),
    "locked-docx": _locked_package,
    "locked-zip": _locked_archive,
    "deep-zip": _deep_archive,
    "before-the-form": _before_the_form,
    "nobody": _nobody,
    "noise": _noise,
}
