"""Drawn pages as a document: their tables and paragraphs in reading order.

It serves whatever makes words and lines with boxes: the text of a PDF, or a scan that was read.
Geometry alone decides; what a report prints is not known here.

``lattice`` finds ruled tables, ``fills`` those ruled by colours, ``borderless`` the others;
``whole_table`` puts the parts of a table on several pages together; ``furniture`` knows running
heads and page numbers, ``paragraphs`` which lines run on; ``pages`` brings all in order.
"""

from __future__ import annotations

from etl.readers.drawn.pages import lay_out_pages

__all__ = ["lay_out_pages"]
