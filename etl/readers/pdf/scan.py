"""Pages that are pictures: told from printed ones, drawn in grey for the reader of scans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from etl.readers.page_layout import Box, Word
from etl.readers.pdf.library import Handle
from etl.reading import Refused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST_COVER = 0.5
"""Part of a page that a scan's picture covers at least."""
_MOST_TYPED = 20
"""Characters printed on a scanned page at most, a page number or a scanner's name; a title over a
picture on the cover is longer."""
_DPI = 200
_POINTS_PER_INCH = 72
_MAX_SIDE = 5000
"""Pixels of the longer side of a page drawn in grey."""


def is_scanned(words: Sequence[Word], pictures: Sequence[Box], page: Box) -> bool:
    """Whether a page is a picture with hardly anything printed beside it."""
    if sum(len(word.text) for word in words) > _MOST_TYPED:
        return False
    # The strips that some scanners cut a page into lie one below the other.
    covered = sum(_shown(picture, page) for picture in set(pictures))
    return covered >= _LEAST_COVER * page.width * page.height > 0


def _shown(picture: Box, page: Box) -> float:
    """The area of a page that a picture covers, in square points."""
    width = min(picture.x1, page.x1) - max(picture.x0, page.x0)
    height = min(picture.y1, page.y1) - max(picture.y0, page.y0)
    return max(width, 0.0) * max(height, 0.0)


def draw_grey(page: Handle) -> NDArray[np.uint8]:
    """The page as rows × columns, 0 black to 255 white; red ink, a seal's, is white too."""
    import numpy as np  # noqa: PLC0415 - takes longer to import than most files to read

    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(_DPI / _POINTS_PER_INCH, _MAX_SIDE / max(width, height, 1))
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    pixels = np.full((rows, columns, 4), 255, np.uint8)
    bitmap = pdfium.FPDFBitmap_CreateEx(
        columns, rows, pdfium.FPDFBitmap_BGRx, pixels.ctypes.data, columns * 4
    )
    if not bitmap:
        raise Refused("too-large", detail=f"{columns} × {rows}")
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_ANNOT)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return np.ascontiguousarray(pixels[:, :, 2])
