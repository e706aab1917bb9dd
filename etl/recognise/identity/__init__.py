"""Finds out which agency reports, on which year, for whom and since when: title first, folder last.

``evidence`` gathers what the document states, ``choice`` decides between statements; the others
each know one kind of source: titles, labelled facts, sentences, days, the file's path.
"""

from __future__ import annotations

from etl.recognise.identity.choice import Identity, identify
from etl.recognise.identity.evidence import Evidence, gather
from etl.recognise.identity.names import agency_in_title
from etl.recognise.identity.titles import LONGEST_TITLE, TITLE_LINES
from etl.recognise.identity.years import find_year

__all__ = [
    "LONGEST_TITLE",
    "TITLE_LINES",
    "Evidence",
    "Identity",
    "agency_in_title",
    "find_year",
    "gather",
    "identify",
]
