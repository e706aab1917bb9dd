"""Word files with truly merged cells, byte for byte the same on every run."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.layout import Box, Placed, Table, place, width_of
from etl.sample.model import SampleReport

FIXED_DATE = (2019, 1, 1, 0, 0, 0)
"""What archives say of their members' age, so that equal content makes equal bytes."""

_PAGE_WIDTH = 9000
_SECOND_STYLES = "/stylesWithEffects"
_USED_TABLE_STYLES = ("Normal Table", "Table Grid")
_TABLE_HEAD = '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes.

    ``dialect``: ``headings`` for Word's heading styles, ``runs`` for text in runs of two
    characters, ``revised`` for figures corrected with tracked changes, ``controls`` for figures in
    content controls, ``framed`` for a table around each table; anything else is plain.
    """
    document = Document(io.BytesIO(_template()))
    document.core_properties.title = report.title
    document.core_properties.author = report.agency.agency
    document.core_properties.created = datetime(*FIXED_DATE)
    document.core_properties.modified = datetime(*FIXED_DATE)
    for block in blocks_of(report):
        if isinstance(block, TableBlock):
            body = document.element.body
            body.insert(len(body) - 1, parse_xml(_table_xml(block.table, dialect)))
        elif block.kind == "paragraph" or dialect != "headings":
            paragraph = document.add_paragraph(block.text)
            if block.kind == "title":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            document.add_heading(block.text, 0 if block.kind == "title" else 1)
    raw = io.BytesIO()
    document.save(raw)
    return _with_fixed_dates(raw)


@cache
def _template() -> bytes:
    """The library's empty document without the styles that make up two thirds of its size."""
    document = Document()
    for rel_id, rel in list(document.part.rels.items()):
        if rel.reltype.endswith(_SECOND_STYLES):
            del document.part.rels[rel_id]
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _USED_TABLE_STYLES:
            style.delete()
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


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


def _table_xml(table: Table, dialect: str) -> str:
    columns = width_of(table)
    width = _PAGE_WIDTH // columns
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    rows = "".join(
        f"<w:tr>{''.join(_cell_xml(cell, width, dialect) for cell in row)}</w:tr>"
        for row in place(table)
    )
    made = f"{_TABLE_HEAD}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    if dialect == "framed":
        frame = f'<w:tblGrid><w:gridCol w:w="{_PAGE_WIDTH}"/></w:tblGrid><w:tr><w:tc>'
        made = f"{_TABLE_HEAD}{frame}{made}<w:p/></w:tc></w:tr></w:tbl>"
    return made.replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1)


def _cell_xml(cell: Placed, width: int, dialect: str) -> str:
    box = cell.box
    span = f'<w:gridSpan w:val="{box.column_span}"/>' if box.column_span > 1 else ""
    merge = ""
    if box.row_span > 1:
        merge = '<w:vMerge w:val="restart"/>' if cell.starts else "<w:vMerge/>"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width * box.column_span}" w:type="dxa"/>{span}{merge}'
        f"</w:tcPr><w:p>{_content_xml(box, dialect) if cell.starts else ''}</w:p></w:tc>"
    )


def _content_xml(box: Box, dialect: str) -> str:
    if not box.text:
        return ""
    if dialect == "runs":
        pieces = [box.text[start : start + 2] for start in range(0, len(box.text), 2)]
        return "".join(map(_run_xml, pieces))
    if dialect == "revised" and box.key:
        by = 'w:id="1" w:author="a" w:date="2019-01-01T00:00:00Z"'
        gone = f"<w:del {by}><w:r><w:delText>{escape(box.text)}7</w:delText></w:r></w:del>"
        return f"{gone}<w:ins {by}>{_run_xml(box.text)}</w:ins>"
    if dialect == "controls" and box.key:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{_run_xml(box.text)}</w:sdtContent></w:sdt>"
    return _run_xml(box.text)


def _run_xml(text: str) -> str:
    broken = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{broken}</w:t></w:r>'
