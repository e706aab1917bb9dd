"""Bounds that keep any file, however odd, from taking a worker's memory or minutes.

A real report has some 330 printed cells and stays under 2 MB without its pictures.
"""

from __future__ import annotations

MAX_BYTES = 64 * 2**20
"""Bytes of one file, archived or not."""

MAX_MARKUP_BYTES = 24 * 2**20
"""Bytes of one file of markup, which may hold its pictures."""

MAX_TEXT_BYTES = 4 * 2**20
"""Bytes of one file of plain, Markdown or delimited text."""

MAX_LINES = 100_000
"""Lines of one file of plain text."""

MAX_PART_BYTES = 48 * 2**20
"""Inflated bytes of one part of a DOCX or XLSX."""

MAX_INFLATED_BYTES = 192 * 2**20
"""Inflated bytes of all parts of a DOCX or XLSX."""

MAX_NODES = 1_000_000
"""Elements and texts of one marked-up file."""

MAX_DEPTH = 1_000
"""Elements open at a time; the HTML parser's time grows with the square of it."""

MAX_SLOTS = 200_000
"""Printed cells of one table."""

MAX_ROWS = 50_000
MAX_COLUMNS = 256

MAX_ARCHIVE_DEPTH = 3
"""Archives within archives, the outermost counted."""

MAX_ARCHIVE_MEMBERS = 200_000
MAX_ARCHIVE_BYTES = 16 * 2**30
"""Inflated bytes of all members of an archive; members are inflated one at a time."""

MAX_PAGES = 300
"""Pages of one file; a report has 4 to 40."""

MAX_PIXELS = 120_000_000
"""Pixels of one picture; a page at 600 dots an inch has 35 million."""
