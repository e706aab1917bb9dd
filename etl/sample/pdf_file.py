"""PDF files: ruled and borderless tables, page breaks, wrapped labels, scans without any text."""

from __future__ import annotations

import io

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from etl.sample.model import SampleReport
from etl.sample.paper import Line, Page, Style, set_pages, text_width
from etl.sample.scan import draw_page

_FONT = "STSong-Light"
_RULE = 0.5
_PASSWORD = "0000"


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes; ``dialect`` is any of the following words, joined by slashes.

    ``borderless``; ``landscape``; ``heads`` repeats the heads overleaf; ``open`` leaves a table
    without its last rule at a page's end; ``first`` and ``last`` put figures on that line of a
    wrapped label; ``double`` prints headings twice for bold; ``fills`` draws rules as thin filled
    boxes; ``characters`` places every character by itself; ``scan`` holds images alone;
    ``locked`` asks for a password.
    """
    words = set(dialect.split("/"))
    style = Style(
        landscape="landscape" in words,
        ruled="borderless" not in words,
        repeat_heads="heads" in words,
        open_ends="open" in words,
        figures_on="first" if "first" in words else "last" if "last" in words else "middle",
    )
    pages = set_pages(report, style)
    packed = io.BytesIO()
    lock = StandardEncryption(_PASSWORD) if "locked" in words else None
    canvas = Canvas(packed, invariant=1, pageCompression=1, encrypt=lock)
    canvas.setTitle("" if "scan" in words else report.title)
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        if "scan" in words:
            canvas.drawImage(ImageReader(draw_page(page)), 0, 0, page.width, page.height)
        else:
            _draw(canvas, page, words)
        canvas.showPage()
    canvas.save()
    return packed.getvalue()


def _draw(canvas: Canvas, page: Page, words: set[str]) -> None:
    canvas.setLineWidth(_RULE)
    for x0, y0, x1, y1 in sorted(page.rules):
        if "fills" in words:
            canvas.rect(x0, page.height - y1, x1 - x0 or _RULE, y1 - y0 or _RULE, stroke=0, fill=1)
        else:
            canvas.line(x0, page.height - y0, x1, page.height - y1)
    for line in page.lines:
        canvas.setFont(_FONT, line.size)
        for x, text in _pieces(line) if "characters" in words else ((line.x, line.text),):
            canvas.drawString(x, page.height - line.y, text)
            if line.bold and "double" in words:
                canvas.drawString(x + 0.3, page.height - line.y, text)


def _pieces(line: Line) -> list[tuple[float, str]]:
    return [
        (line.x + text_width(line.text[:n], line.size), character)
        for n, character in enumerate(line.text)
    ]
