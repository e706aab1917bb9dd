"""Scans: pages drawn as images, a little askew and grey, as copiers send them."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from etl.sample.model import SampleReport
from etl.sample.paper import Page, Style, set_pages

_FONTS = (
    *("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "simsun.ttc", "msyh.ttc"),
    *("wqy-microhei.ttc", "wqy-zenhei.ttc", "uming.ttc", "STHeiti Light.ttc"),
)
_DPI = 150
_SKEW = 0.3
"""Degrees."""
_PAPER, _INK, _LEVELS = 250, 30, 6


def render(report: SampleReport, dialect: str) -> bytes:
    """One PNG image with all pages below one another; ``dialect`` ``borderless`` draws no rules.

    Raises ValueError where no font with Chinese characters is installed.
    """
    pages = [draw_page(page) for page in set_pages(report, Style(ruled=dialect != "borderless"))]
    whole = Image.new("L", (pages[0].width, sum(page.height for page in pages)), _PAPER)
    y = 0
    for page in pages:
        whole.paste(page, (0, y))
        y += page.height
    packed = io.BytesIO()
    whole.save(packed, "PNG", optimize=True, dpi=(_DPI, _DPI))
    return packed.getvalue()


def draw_page(page: Page) -> Image.Image:
    """A page as a grey image at 150 dpi, slightly turned and blurred."""
    scale = _DPI / 72
    image = Image.new("L", (round(page.width * scale), round(page.height * scale)), _PAPER)
    pen = ImageDraw.Draw(image)
    for x0, y0, x1, y1 in sorted(page.rules):
        pen.line([(x0 * scale, y0 * scale), (x1 * scale, y1 * scale)], fill=_INK, width=2)
    for line in page.lines:
        font = _font(round(line.size * scale))
        pen.text((line.x * scale, line.y * scale), line.text, font=font, fill=_INK, anchor="ls")
    turned = image.rotate(_SKEW, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    blurred = turned.filter(ImageFilter.GaussianBlur(0.6))
    step = 256 // _LEVELS
    return blurred.point([value // step * step + step // 2 for value in range(256)])


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    raise ValueError("no font with Chinese characters is installed, so no scan can be drawn")
