"""Small files made in code, and what a document says of its tables."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter

from etl.document import Document, Grid, Paragraph
from etl.readers import read_bytes
from etl.reading import Refused

_WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def paragraphs(document: Document) -> list[tuple[str, str]]:
    return [(b.text, b.place) for b in document.blocks if isinstance(b, Paragraph)]


def texts(grid: Grid) -> list[list[str]]:
    return [[slot.text for slot in row] for row in grid.rows]


def spans(grid: Grid) -> dict[tuple[int, int], tuple[str, int, int]]:
    """(row, column) → (text, row span, column span)."""
    return {
        (s.row, s.column): (s.text, s.row_span, s.column_span) for row in grid.rows for s in row
    }


def from_html(body: str, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_bytes(page.encode(), "page.html")


def one_grid(body: str) -> Grid:
    (grid,) = grids(from_html(body))
    return grid


def from_text(text: str, name: str = "report.txt") -> Document:
    return read_bytes(text.encode(), name)


def docx_bytes(body: str, main: str = "word/document.xml") -> bytes:
    """A DOCX file around the XML of a body, with as few parts as Word needs."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": (
                "<Relationships><Relationship Id='r1' Type='http://x/officeDocument' "
                f"Target='{main}'/></Relationships>"
            ),
            main: f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        }
    )


def from_docx(body: str) -> Document:
    return read_bytes(docx_bytes(body), "report.docx")


def p(*runs: str) -> str:
    """A Word paragraph of runs; what isn't markup becomes a run of text."""
    inner = "".join(
        run if run.startswith("<") else f"<w:r><w:t xml:space='preserve'>{run}</w:t></w:r>"
        for run in runs
    )
    return f"<w:p>{inner}</w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text) if text else p()}</w:tc>"


def xlsx_bytes(fill: object) -> bytes:
    """An XLSX file that ``fill(workbook)`` writes."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    assert callable(fill)
    fill(workbook)
    workbook.close()
    return buffer.getvalue()


def zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(data: bytes, name: str) -> str:
    """The code with which a file is refused, or "" when it is read."""
    try:
        read_bytes(data, name)
    except Refused as refused:
        return refused.code
    return ""
