"""PDFs drawn in code: text anywhere, lines in several manners, pages turned and hidden text."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.document import Document
from etl.readers import read_bytes

FONT = "STSong-Light"
SIZE = 10.0
PAGE = (595.0, 842.0)


class Sheet:
    """A PDF being drawn; points from the top left corner, y downwards."""

    def __init__(self, page: tuple[float, float] = PAGE, **options: object) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=page, pageCompression=0, **options)
        self.height = page[1]
        self.canvas.setFont(FONT, SIZE)

    def text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin filled rectangle where a line would be drawn."""
        self.canvas.rect(
            x0 - 0.3, self.height - y1 - 0.3, x1 - x0 + 0.6, y1 - y0 + 0.6, stroke=0, fill=1
        )

    def table(
        self, x: float, y: float, rows: Sequence[Sequence[str]], width: float = 80, row: float = 20
    ) -> None:
        """A table with every line drawn once from end to end."""
        columns = len(rows[0])
        for n in range(len(rows) + 1):
            self.line(x, y + n * row, x + columns * width, y + n * row)
        for n in range(columns + 1):
            self.line(x + n * width, y, x + n * width, y + len(rows) * row)
        self.cells(x, y, rows, width, row)

    def cells(
        self, x: float, y: float, rows: Sequence[Sequence[str]], width: float = 80, row: float = 20
    ) -> None:
        """The texts of a table without its lines."""
        for r, texts in enumerate(rows):
            for c, text in enumerate(texts):
                if text:
                    self.text(x + c * width + 4, y + r * row + 14, text)

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        from PIL import Image

        image = ImageReader(Image.new("L", (20, 20), 200))
        self.canvas.drawImage(image, x, self.height - y - height, width, height)

    def next_page(self) -> None:
        self.canvas.showPage()
        self.canvas.setFont(FONT, SIZE)

    def bytes(self) -> bytes:
        self.canvas.save()
        return self._out.getvalue()

    def read(self) -> Document:
        return read_bytes(self.bytes(), "a.pdf")
