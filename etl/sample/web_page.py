"""Web pages: a clean one, one saved from Word, an article on a portal, and worse ones."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from html import escape
from string import Template

from etl.sample.blocks import Block, TableBlock, blocks_of
from etl.sample.encode import encode, split_dialect
from etl.sample.layout import Box
from etl.sample.model import SampleReport
from etl.sample.tables import read_toml

_ENCODINGS = {"word": "gb18030"}
_CHARSETS = {"gb18030": "gb2312", "utf-8-sig": "utf-8", "utf-16-le": "utf-16"}


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes; ``dialect`` is ``frame/encoding/charset``.

    ``frame`` is one of ``pages.toml`` (by default ``clean``), ``charset`` what the page declares:
    usually its true encoding, but ``none`` for nothing and otherwise what it claims wrongly.
    """
    frame, encoding, charset = split_dialect(dialect, "clean", "", "")
    encoding = encoding or _ENCODINGS.get(frame, "utf-8")
    charset = charset or _CHARSETS.get(encoding, encoding)
    make = _word_block if frame == "word" else _clean_block
    blocks = [block for block in blocks_of(report) if not _page_title(block, frame)]
    body = "\n".join(make(block) for block in blocks)
    if frame == "script":
        body = (
            body.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "").replace("</", "<\\/")
        )
    page = Template(read_toml("pages.toml")[frame]).substitute(
        body=body,
        charset=_declaration(frame, charset),
        title=escape(report.title),
        title_lines="<br>".join(escape(line) for line in report.title_lines),
        agency=escape(report.agency.agency),
        county=escape(report.agency.region),
        year=report.year,
        previous=report.year - 1,
        date=report.published_on.isoformat(),
        index=f"{page_number(report.title):09d}",
    )
    return encode(page, encoding)


def _declaration(frame: str, charset: str) -> str:
    if charset == "none":
        return ""
    if frame == "word":
        return f'<meta http-equiv=Content-Type content="text/html; charset={charset}">'
    return f'<meta charset="{charset}">'


def page_number(text: str) -> int:
    """A number of up to nine digits that depends on the text alone, as pages are filed under."""
    return zlib.crc32(text.encode()) % 10**9


def _page_title(block: Block, frame: str) -> bool:
    """Whether the page's own frame prints this block already."""
    return frame == "portal" and not isinstance(block, TableBlock) and block.kind == "title"


def _clean_block(block: Block) -> str:
    if isinstance(block, TableBlock):
        rows = "\n".join(_row(row, _clean_cell) for row in block.table)
        return f'<table border="1">\n{rows}\n</table>'
    tag = {"title": "h1", "heading": "h2", "paragraph": "p"}[block.kind]
    return f"<{tag}>{escape(block.text)}</{tag}>"


def _row(row: tuple[Box, ...], cell: Callable[[Box], str]) -> str:
    return "<tr>" + "".join(cell(box) for box in row) + "</tr>"


def _clean_cell(box: Box) -> str:
    return f"<td{_spans(box)}>{_broken(box.text)}</td>"


def _word_cell(box: Box) -> str:
    text = _word_runs(box.text) if box.text else "<span>&nbsp;</span>"
    return f"<td{_spans(box)} valign=center><p class=MsoNormal align=center>{text}</p></td>"


def _word_block(block: Block) -> str:
    if isinstance(block, TableBlock):
        rows = "\n".join(_row(row, _word_cell) for row in block.table)
        return f"<table class=MsoTableGrid border=1 cellspacing=0>\n{rows}\n</table>"
    indent = "" if block.kind == "title" else "<span>&nbsp;&nbsp;&nbsp;&nbsp;</span>"
    strong = ("<b>", "</b>") if block.kind != "paragraph" else ("", "")
    return f"<p class=MsoNormal>{indent}{strong[0]}{_word_runs(block.text)}{strong[1]}</p>"


def _word_runs(text: str) -> str:
    """Word puts digits and signs into spans of their own, in the middle of a sentence."""
    runs = re.findall(r"[0-9.,]+|[^0-9.,]+", text)
    return "".join(
        f"<span lang=EN-US>{run}</span>" if run[0].isdigit() else f"<span>{_broken(run)}</span>"
        for run in runs
    )


def _spans(box: Box) -> str:
    rows = f' rowspan="{box.row_span}"' if box.row_span > 1 else ""
    columns = f' colspan="{box.column_span}"' if box.column_span > 1 else ""
    return rows + columns


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")
