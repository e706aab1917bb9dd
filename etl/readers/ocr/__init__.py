"""Pictures of reports, read with the ``ocr`` extra: image files, and PDFs whose pages are scans.

Needs ``gouji[ocr]``; ``installed`` says whether it is there. Nothing is imported before a picture
has to be read.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from etl.document import Document
from etl.readers.page_layout import PageLayout
from etl.reading import Refused

if TYPE_CHECKING:
    from etl.readers.ocr.segment import Picture

_NEEDED = ("rapidocr", "onnxruntime", "cv2")


def installed() -> bool:
    """Whether what reading pictures needs is installed."""
    return all(find_spec(name) for name in _NEEDED)


def read_page(picture: Picture, number: int) -> PageLayout:
    """The layout of a grey page (rows × columns, 0 black to 255 white); ``number`` is from 1."""
    from etl.readers.ocr.page import lay_out_picture  # noqa: PLC0415

    return lay_out_picture(picture, number)


def read(data: bytes, name: str) -> Document:
    """The document of an image file, PNG, JPEG or TIFF of one page or several.

    Refused ``scan`` where the ``ocr`` extra isn't installed or no text is found, ``corrupt`` for a
    file that is no picture, ``too-large`` beyond the limits.
    """
    if not installed():
        raise Refused("scan", detail=name.rpartition("/")[2])
    from etl.readers.ocr.picture import read_picture  # noqa: PLC0415

    return read_picture(data)
