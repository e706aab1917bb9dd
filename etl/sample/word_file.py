"""Word files with truly merged cells, byte for byte the same on every run."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.layout import Placed, Table, place, width_of
from etl.sample.model import SampleReport

FIXED_DATE = (2019, 1, 1, 0, 0, 0)
"""What archives say of their members' age, so that equal content makes equal bytes."""

_PAGE_WIDTH = 9000


def render(report: SampleReport, variety: str) -> bytes:
    """The file's bytes; with ``variety`` ``headings`` titles use Word's heading styles."""
    document = Document()
    document.core_properties.title = report.title
    document.core_properties.author = report.agency.agency
    document.core_properties.created = datetime(*FIXED_DATE)
    document.core_properties.modified = datetime(*FIXED_DATE)
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            body = document.element.body
            body.insert(len(body) - 1, parse_xml(_table_xml(block.table)))
        elif block.kind == "paragraph" or variety != "headings":
            paragraph = document.add_paragraph(block.text)
            if block.kind == "title":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            document.add_heading(block.text, 0 if block.kind == "title" else 1)
    raw = io.BytesIO()
    document.save(raw)
    return _with_fixed_dates(raw)


def pack(members: dict[str, bytes]) -> bytes:
    """A zip archive of the members, dated ``FIXED_DATE``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return packed.getvalue()


def _with_fixed_dates(raw: io.BytesIO) -> bytes:
    with zipfile.ZipFile(raw) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})


def _table_xml(table: Table) -> str:
    columns = width_of(table)
    width = _PAGE_WIDTH // columns
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    rows = "".join(
        f"<w:tr>{''.join(_cell_xml(cell, width) for cell in row)}</w:tr>" for row in place(table)
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell_xml(cell: Placed, width: int) -> str:
    box = cell.box
    span = f'<w:gridSpan w:val="{box.column_span}"/>' if box.column_span > 1 else ""
    merge = ""
    if box.row_span > 1:
        merge = '<w:vMerge w:val="restart"/>' if cell.starts else "<w:vMerge/>"
    text = escape(box.text if cell.starts else "").replace("\n", "</w:t><w:br/><w:t>")
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width * box.column_span}" w:type="dxa"/>{span}{merge}'
        f"</w:tcPr><w:p>{run}</w:p></w:tc>"
    )
