from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pytest

import etl
from etl.document import Document, Grid
from etl.readers import READERS, SUFFIXES, read_bytes
from etl.readers.limits import MAX_BYTES, MAX_PART_BYTES
from etl.reading import Refused
from tests.readers.build import docx_bytes, p, refusal, tc, xlsx_bytes, zipped

_PACKAGE = Path(etl.__file__).parent
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _stream(name: str) -> bytes:
    return _OLE + name.encode("utf-16-le") + b"\0\0"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\0", "a.html", "empty"),
        (b"<html><body> </body></html>", "a.html", "empty"),
        (docx_bytes(p()), "a.docx", "empty"),
        (b"%PDF-1.7\n", "a.pdf", "truncated"),
        (b"%PDF-1.7\n", "a.docx", "truncated"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.mht", "truncated"),
        (_stream("WordDocument"), "a.doc", "truncated"),
        (_stream("Workbook"), "a.xls", "truncated"),
        (_stream("CONTENTS"), "a.wps", "truncated"),
        (_stream("EncryptedPackage"), "a.docx", "encrypted"),
        (zipped({"a.txt": "文"}), "a.zip", "unsupported"),
        (docx_bytes(p("文"))[:-40], "a.docx", "truncated"),
        (docx_bytes("</x>"), "a.docx", "corrupt"),
        (bytes(MAX_BYTES + 1), "a.txt", "too-large"),
        (docx_bytes(" " * (MAX_PART_BYTES + 1)), "a.docx", "too-large"),
    ],
)
def test_refusals(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name) == code


@pytest.mark.parametrize("head", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\0"])
def test_pictures_need_the_ocr_extra(monkeypatch: pytest.MonkeyPatch, head: bytes) -> None:
    monkeypatch.setattr("etl.readers.ocr.installed", lambda: False)
    assert refusal(head, "a.jpg") == "scan"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (docx_bytes(p("文")), "a.doc", "docx"),
        (docx_bytes(p("文")), "a.zip", "docx"),
        (b"<html><body>1</body></html>", "a.doc", "html"),
        (b"<table><tr><td>1<td>2</table>", "a.xls", "html"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>1", "a.txt", "html"),
        (b"<?xml version='1.0'?><html><body>1</body></html>", "a.htm", "html"),
        ("文".encode(), "a.html", "txt"),
        ("文".encode(), "a.md", "md"),
        (b"a,b", "a.csv", "csv"),
        (b"a,b", "a", "txt"),
    ],
)
def test_bytes_decide_the_format(data: bytes, name: str, kind: str) -> None:
    assert read_bytes(data, name).format == kind


def test_every_code_raised_is_declared_in_both_languages() -> None:
    with (_PACKAGE / "refusals.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    declared = {row["code"] for row in rows}
    assert len(declared) == len(rows)
    assert all(all(row.values()) for row in rows)
    sources = "".join(path.read_text("utf-8") for path in (_PACKAGE / "readers").glob("*.py"))
    raised = set(re.findall(r'(?:Refused|_refusing)\(\s*"([a-z-]+)"', sources))
    assert raised
    assert raised <= declared


def test_suffixes_cover_the_readers() -> None:
    named_otherwise = {".image", ".odf", ".office-xml"}
    assert {f".{kind}" for kind in READERS} - named_otherwise <= SUFFIXES


def _seeds() -> dict[str, bytes]:
    table = f"<w:tbl><w:tr>{tc('甲')}{tc('1')}</w:tr><w:tr>{tc('乙')}{tc('2')}</w:tr></w:tbl>"
    return {
        "a.docx": docx_bytes(p("一、总体") + table),
        "a.xlsx": xlsx_bytes(lambda book: book.add_worksheet("A").write_row(0, 0, ["甲", 1])),
        "a.html": "<html><body><p>文</p><table><tr><td rowspan=2>甲<td>1<tr><td>2</table>".encode(),
        "a.txt": "文\n\t甲\n\t本年新\n制作\n\n\t乙\n\t0\n\n甲 | 1 | 2 |\n|\n乙\n".encode(),
        "a.md": "# 题\n\n| 甲 | 1 |\n|---|---|\n<table><tr><td>1<td>2</table>\n".encode(),
        "a.csv": '甲,乙\n"1,2","a\nb"\n'.encode("gb18030"),
    }


_ODDITIES = (b"<table>", b"</td>", b"|", b"\t", b"\n\n", b"\0", b"\xff\xfe", b'"', b"\xb9", b"&#0;")


def _mutated(data: bytes, choose: random.Random) -> bytes:
    mutated = bytearray(data)
    for _ in range(choose.choice((1, 2, 8))):
        at = choose.randrange(len(mutated) + 1)
        match choose.randrange(4):
            case 0:
                mutated[at : at + 1] = bytes([choose.randrange(256)])
            case 1:
                del mutated[at : at + choose.randrange(1, 200)]
            case 2:
                mutated[at:at] = choose.choice(_ODDITIES)
            case _:
                mutated[at:at] = mutated[at : at + choose.randrange(1, 500)]
    return bytes(mutated)


def _check_shape(document: Document) -> None:
    assert document.blocks
    for block in document.blocks:
        assert block.place
        for at, row in enumerate(block.rows if isinstance(block, Grid) else ()):
            assert [slot.row for slot in row] == [at] * len(row)
            columns = [slot.column for slot in row]
            assert columns == sorted(set(columns))
            assert all(slot.row_span >= 1 and slot.column_span >= 1 for slot in row)
            assert all(slot.text == slot.text.strip() and slot.place for slot in row)


@pytest.mark.parametrize("name", sorted(_seeds()))
def test_damaged_files_give_a_document_or_a_refusal(name: str) -> None:
    choose = random.Random(name)
    data = _seeds()[name]
    read = 0
    for _ in range(150):
        try:
            _check_shape(read_bytes(_mutated(data, choose), name))
        except Refused:
            continue
        read += 1
    assert read
