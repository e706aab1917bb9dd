"""Image files: PNG, JPEG and TIFF, every page of them, as a document."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from etl.document import Document
from etl.readers.drawn import lay_out_pages
from etl.readers.limits import MAX_PAGES, MAX_PIXELS
from etl.readers.ocr import read_page
from etl.readers.ocr.segment import Picture
from etl.reading import Refused


def read_picture(data: bytes) -> Document:
    """The document of an image file; see ``etl.readers.ocr.read``."""
    pages = [read_page(picture, number) for number, picture in enumerate(_pictures(data), 1)]
    if not any(page.words for page in pages):
        raise Refused("scan", detail="no text found")
    scanned = tuple(page.number for page in pages)
    return Document("image", lay_out_pages(pages), scanned=scanned)


def _pictures(data: bytes) -> Iterator[Picture]:
    """Each page in grey. Red ink, a seal's, is white there: what it covers stays legible."""
    Image.MAX_IMAGE_PIXELS = None  # the limit below is the one that is told
    try:
        with Image.open(io.BytesIO(data)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                _require_room(frame, number)
                upright = ImageOps.exif_transpose(frame)
                yield np.asarray(upright.convert("RGB").getchannel("R"), np.uint8)
    except UnidentifiedImageError as error:
        raise Refused("corrupt", detail="no picture") from error
    except OSError as error:
        raise Refused("truncated", detail=str(error)) from error


def _require_room(frame: Image.Image, number: int) -> None:
    if number > MAX_PAGES or frame.width * frame.height > MAX_PIXELS:
        raise Refused("too-large", f"p{number}", f"{frame.width} × {frame.height}")
