"""Other figures for printed ones, told by the findings they touch: never applied here.

Where a reading had to choose and kept what is printed, its doubt says what else may be meant; where
the office knows of a misprint, its correction says what is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from etl.checks.scratch import script


@dataclass(frozen=True, slots=True)
class _Offer:
    """Where the figures come from, and how a finding words them when both sides then agree or not.

    ``name`` is their key in the evidence, with ``<name>_ties`` beside it.
    """

    name: str
    offered: str
    ties_zh: str
    offer_zh: str
    ties_en: str
    offer_en: str


_FOUND = """
    select finding_id, finding.year as finding_year, finding.item as at_item,
           finding.party as at_party, finding.section, report.form, finding.evidence,
"""
_OFFERS = (
    _Offer(
        "alternative",
        f"""{_FOUND} finding.year, doubt.item, doubt.place,
               unnest(doubt.alternative, recursive := true)
        from finding
        join report using (report_id)
        join doubt on doubt.reading_id = report.reading_id and doubt.section = finding.section
        where finding.attribution = 'reading' and len(doubt.alternative) > 0
          and finding.rule in (select unnest($1::varchar[]))
        """,
        "另一种读法两边相符：",
        "另一种读法：",
        "Another reading would tie out: ",
        "Another reading: ",
    ),
    _Offer(
        "correction",
        f"""{_FOUND} correction.year, correction.item, '' as place, correction.party,
               correction.value
        from finding
        join report using (report_id)
        join report as corrected
          on corrected.agency_id = finding.agency_id and corrected.scope = finding.scope
         and corrected.year between finding.year - 1 and finding.year
        join correction
          on correction.report_id = corrected.report_id and correction.section = finding.section
        where finding.rule in (select unnest($1::varchar[]))
        """,
        "按已登记的更正，两边相符：",
        "已登记更正：",
        "With the correction on record both sides agree: ",
        "Correction on record: ",
    ),
)


def word_offers(connection: DuckDBPyConnection, slugs: list[str]) -> None:
    """Add to the findings of these rules what doubts and corrections offer for their figures."""
    for offer in _OFFERS:
        words = {name: getattr(offer, name) for name in _Offer.__slots__}
        connection.execute(script("offers.sql").format(**words), [slugs])
