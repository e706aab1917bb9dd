"""Scans, drawn here and read with the ``ocr`` extra; skipped where it isn't installed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from etl.document import Grid, Paragraph
from etl.readers import read_bytes
from etl.reading import Refused
from tests.readers.build import refusal

cv2 = pytest.importorskip("cv2", reason="the ocr extra isn't installed")
pytest.importorskip("rapidocr", reason="the ocr extra isn't installed")

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from etl.readers.ocr.segment import segment  # noqa: E402

_LEFT, _TOP, _WIDE, _HIGH = 200, 300, 180, 60
_FACE, _SIZE, _THICK = cv2.FONT_HERSHEY_SIMPLEX, 1.0, 2


def ruled(rows: Sequence[Sequence[str]], angle: float = 0.0) -> Image.Image:
    """A page with one ruled table of Latin text, turned by an angle in degrees."""
    page = np.full((2200, 1700), 250, np.uint8)
    bottom, right = _TOP + _HIGH * len(rows), _LEFT + _WIDE * len(rows[0])
    for line in range(len(rows) + 1):
        y = _TOP + line * _HIGH
        cv2.line(page, (_LEFT, y), (right, y), 40, 2)
    for line in range(len(rows[0]) + 1):
        x = _LEFT + line * _WIDE
        cv2.line(page, (x, _TOP), (x, bottom), 40, 2)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            at = (_LEFT + column * _WIDE + 20, _TOP + row * _HIGH + 44)
            cv2.putText(page, text, at, _FACE, _SIZE, 30, _THICK, cv2.LINE_AA)
    return Image.fromarray(page).rotate(angle, Image.Resampling.BICUBIC, fillcolor=250)


def packed(*pages: Image.Image, form: str = "PNG") -> bytes:
    file = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(file, form, **more)
    return file.getvalue()


def printed(data: bytes) -> list[list[list[str]]]:
    blocks = read_bytes(data, "scan.png").blocks
    grids = [block for block in blocks if isinstance(block, Grid)]
    return [[[slot.text for slot in row] for row in grid.rows] for grid in grids]


TABLE = [["A", "B", "Total"], ["12", "0", "12"], ["1", "407", "408"], ["-", "", "35.6"]]


@pytest.mark.parametrize("angle", [0.0, 0.7, -1.6])
def test_reads_a_table_however_askew(angle: float) -> None:
    assert printed(packed(ruled(TABLE, angle))) == [TABLE]


@pytest.mark.parametrize("quarters", [90, 180, 270])
def test_turns_a_page_upright(quarters: int) -> None:
    words = [["Request", "Litigate"], ["Upheld", "Correct"], ["2741", "4096"]]
    page = ruled(words).rotate(quarters, expand=True)
    assert printed(packed(page)) == [words]


def test_reads_every_page_of_a_tiff() -> None:
    pages = [ruled(TABLE), ruled([["C", "D"], ["7", "8"]])]
    assert [cell for grid in printed(packed(*pages, form="TIFF")) for row in grid for cell in row][
        -4:
    ] == ["C", "D", "7", "8"]


def test_ink_that_is_not_read_is_no_blank() -> None:
    page = ruled(TABLE)
    pixels = np.asarray(page).copy()
    x, y = _LEFT + _WIDE + 30, _TOP + 3 * _HIGH + 15
    noise = np.random.default_rng(5).integers(0, 2, (36, 60)) * 220
    pixels[y : y + 36, x : x + 60] = noise
    text = printed(packed(Image.fromarray(pixels)))[0][3][1]
    assert "\ufffd" in text


def test_a_dash_is_no_ruled_line() -> None:
    assert printed(packed(ruled(TABLE)))[0][3][0] in "-—–一"


def test_red_ink_covers_nothing() -> None:
    page = ruled(TABLE).convert("RGB")
    pixels = np.asarray(page).copy()
    centre = (_LEFT + 2 * _WIDE, _TOP + 2 * _HIGH)
    cv2.circle(pixels, centre, 90, (255, 0, 0), 8)
    assert printed(packed(Image.fromarray(np.minimum(pixels, np.asarray(page) | [255, 0, 0])
                                          .astype(np.uint8))))  # fmt: skip


def test_segments_no_text_on_an_empty_page() -> None:
    assert segment(np.full((2200, 1700), 250, np.uint8)).runs == ()


def test_refuses_an_empty_page() -> None:
    assert refusal(packed(Image.new("L", (1700, 2200), 250)), "scan.png") == "scan"


def test_refuses_half_a_picture() -> None:
    data = packed(ruled(TABLE))
    assert refusal(data[: len(data) // 2], "scan.png") in ("truncated", "corrupt")


def test_text_beside_tables_stays_text() -> None:
    page = ruled(TABLE)
    pixels = np.asarray(page).copy()
    cv2.putText(pixels, "Annual report 2023", (200, 200), _FACE, 1.2, 30, 2, cv2.LINE_AA)
    blocks = read_bytes(packed(Image.fromarray(pixels)), "scan.png").blocks
    texts = [block.text.replace(" ", "") for block in blocks if isinstance(block, Paragraph)]
    assert texts == ["Annualreport2023"]


def test_says_what_is_missing_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.readers.ocr.installed", lambda: False)
    with pytest.raises(Refused, match="scan"):
        read_bytes(packed(ruled(TABLE)), "scan.png")
