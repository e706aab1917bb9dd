"""Characters that a page's font doesn't hold: gone from print, never from a figure in silence."""

from __future__ import annotations

import pytest

from etl.document import Paragraph
from etl.readers.pdf import read
from etl.readers.text_tools import UNREADABLE

UNDRAWN = 1
"""A code that is meant as 2 and that the font neither draws nor gives a width."""
_UNICODE = b"""begincmap
1 begincodespacerange <00> <ff> endcodespacerange
1 beginbfchar <01> <0032> endbfchar
1 beginbfrange <20> <7e> <0020> endbfrange
endcmap"""


def _pdf(line: bytes) -> bytes:
    """A page with one line of type, its font drawing codes from 32 on alone."""
    widths = b" ".join([b"0"] * 31 + [b"556"] * 95)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        _stream(b"BT /F 12 Tf 50 100 Td (" + line + b") Tj ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 1 /LastChar 126 "
        b"/Widths [" + widths + b"] /ToUnicode 6 0 R >>",
        _stream(_UNICODE),
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"


def _text(line: bytes) -> str:
    document = read(_pdf(line), "page.pdf")
    return "".join(block.text for block in document.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    "line", [b"6%c3", b"%c63", b"63%c", b"6%c%c"], ids=["within", "before", "after", "twice"]
)
def test_a_figure_that_lost_a_digit_is_no_smaller_figure(line: bytes) -> None:
    shown = _text(line.replace(b"%c", bytes([UNDRAWN])))
    assert UNREADABLE in shown


def test_elsewhere_what_is_not_drawn_is_not_read() -> None:
    assert _text(b"cases%c closed" % UNDRAWN) == "cases closed"
    assert _text(b"63 cases") == "63 cases"
