"""Message templates of the rules, turned into SQL that words a finding."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(r"{(\w+)}")
_KNOWN = {
    "agency": "agency.agency",
    "year": "placed.year::varchar",
    "section": "placed.section::varchar",
    "section_no": "substr('一二三四五六', placed.section::integer, 1)",
    "section_zh": "check_section.label_zh",
    "section_en": "check_section.label_en",
    "item_zh": "check_item.label_zh",
    "item_en": "check_item.label_en",
    "party_zh": "check_party.label_zh",
    "party_en": "check_party.label_en",
    "left": "figure_text(placed.left_value)",
    "right": "figure_text(placed.right_value)",
    "gap": "figure_text(round(abs(placed.difference), 6))",
}


def message_sql(template: str) -> str:
    """An SQL expression for the text of ``template``.

    A placeholder is one of the words known for every finding (agency, year, section, section_no
    for its Chinese numeral, the labels, left, right, gap for their distance) or a text column of
    the rule's own query. The text is null, and refused by the warehouse, where a column is.
    """
    parts = _PLACEHOLDER.split(template)
    literals = [_quoted(part) for part in parts[0::2]]
    columns = [_KNOWN.get(name, f"placed.{name}") for name in parts[1::2]]
    pieces = [literals[0]]
    for column, literal in zip(columns, literals[1:], strict=True):
        pieces += [column, literal]
    return " || ".join(pieces)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
