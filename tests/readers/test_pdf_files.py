"""PDFs of other programs, read the whole way: every cell as the report's own truth has it."""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from functools import cache
from pathlib import Path

import pytest

from etl.form import load_form
from etl.read_report import read_reports
from etl.readers import read_bytes
from etl.readers.text_tools import UNREADABLE
from tests.readers.build import grids, paragraphs, refusal

FILES = Path(__file__).parent / "files" / "pdf"
LIBREOFFICE = "libreoffice-short-pages"
UNTOLD = {("chromium-borderless", 2, "licence", "decisions")}
"""Cells whose head stands alone at the foot of the page before."""


def _bytes(name: str) -> bytes:
    zipped = FILES / f"{name}.pdf.gz"
    return gzip.decompress(zipped.read_bytes()) if zipped.exists() else _plain(name)


def _plain(name: str) -> bytes:
    return (FILES / f"{name}.pdf").read_bytes()


@cache
def _expected(name: str) -> dict[tuple[int, str, str], tuple[str, float | None]]:
    with (FILES / "cells.csv").open(encoding="utf-8") as file:
        return {
            (int(row["section"]), row["item"], row["party"]): (
                row["state"],
                float(row["value"]) if row["value"] else None,
            )
            for row in csv.DictReader(file)
            if row["file"] == name
        }


@pytest.mark.parametrize("name", [LIBREOFFICE, "chromium-ruled", "chromium-borderless"])
def test_every_cell_is_read(name: str) -> None:
    (report,) = read_reports(_bytes(name), f"{name}.pdf").reports
    cells = zip(load_form(report.edition).cells, report.cells, strict=True)
    read = {(c.section, c.item, c.party): (r.state, r.value) for c, r in cells}
    expected = _expected(name)
    assert len(expected) > 190
    wrong = {key: read.get(key) for key in expected if read.get(key) != expected[key]}
    untold = {key for key in wrong if (name, *key) in UNTOLD}
    assert set(wrong) == untold
    assert all(found and found[0] in ("unreadable", "absent") for found in wrong.values())


def test_places_name_page_table_row_and_column() -> None:
    document = read_bytes(_bytes(LIBREOFFICE), "a.pdf")
    places = [slot.place for grid in grids(document) for row in grid.rows for slot in row]
    assert all(re.fullmatch(r"p\d+ T\d+ R\d+ C\d+", place) for place in places)
    assert len(set(places)) == len(places)
    pages = [int(place.split(" ")[0][1:]) for place in places]
    assert pages == sorted(pages)
    assert pages[-1] > 6


def test_running_heads_and_page_numbers_stand_in_no_text_but_once_at_the_top() -> None:
    document = read_bytes(_bytes(LIBREOFFICE), "a.pdf")
    texts = [text for text, _ in paragraphs(document)]
    assert texts[0] == "云泽县政府信息公开年报汇编"
    assert sum("年报汇编" in text for text in texts) == 1
    assert not any(re.fullmatch(r"[—\s\d]+", text) for text in texts)


def _without_characters(data: bytes, signs: str) -> bytes:
    """The file with fonts that no longer tell the characters of some glyphs."""

    def rewritten(stream: re.Match[bytes]) -> bytes:
        try:
            plain = zlib.decompress(stream[2])
        except zlib.error:
            return stream[0]
        lines = plain.split(b"\n")
        pairs = [line for line in lines if re.fullmatch(rb"<\w\w> <\w{4}>", line)]
        lost = {line for line in pairs if chr(int(line[-5:-1], 16)) in signs}
        if b"begincmap" not in plain or not lost:
            return stream[0]
        kept = next(line for line in pairs if line not in lost)
        packed = zlib.compress(b"\n".join(kept if n in lost else n for n in lines), 9)
        return stream[1] + packed.ljust(len(stream[2])) + stream[3]

    return re.sub(rb"(stream\r?\n)(.*?)(endstream)", rewritten, data, flags=re.DOTALL)


def test_a_font_without_characters_is_named() -> None:
    data = _bytes(LIBREOFFICE)
    assert refusal(data.replace(b"/ToUnicode", b"/ToUnicodX"), "a.pdf") == "unreadable-font"
    assert refusal(_without_characters(data, "0123456789"), "a.pdf") == "unreadable-font"


def test_a_figure_with_one_unknown_digit_is_unreadable_and_never_shorter() -> None:
    name = LIBREOFFICE
    (report,) = read_reports(_without_characters(_bytes(name), "8"), f"{name}.pdf").reports
    cells = zip(load_form(report.edition).cells, report.cells, strict=True)
    hit = 0
    for cell, read in cells:
        state, value = _expected(name)[cell.section, cell.item, cell.party]
        if state == "number" and "8" in f"{value:g}":
            assert (read.state, UNREADABLE in read.raw) == ("unreadable", True)
            hit += 1
        elif cell.item != "other":  # the page number on its page is unreadable too
            assert (read.state, read.value) == (state, value)
    assert hit
