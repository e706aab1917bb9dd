"""gouji's pipeline: annual reports in, a checked warehouse out.

The way of the data, one package a stage::

    readers     file           → Document      (paragraphs and grids, each with its place)
    recognise   Document       → ReportReading (agency, year, edition, cells, claims, doubts)
    warehouse   ReportReading… → one DuckDB file, published by an atomic rename
    checks      warehouse      → check_result and finding

``form`` holds the statutory form as data, and every stage draws on it.
"""

__version__ = "0.1.0"
