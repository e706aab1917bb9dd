"""How one report spells the form: mostly as prescribed, now and then as agencies really do."""

from __future__ import annotations

import re
from random import Random

from etl.form import Form, groups, label_variants, section_headings
from etl.sample.model import Wordings
from etl.sample.tables import read_toml

_ODD_LABEL = 0.025
_ODD_NUMBERING = 0.08
_PREFIX = re.compile(r"^(?:（.）|[一二三四]、|\d\.)")
_HALF_WIDTH = str.maketrans("（），", "(),")


def spell_form(form: Form, rng: Random, broken_heads: bool) -> Wordings:
    """The labels of one report; ``broken_heads`` lets long column heads wrap within their cell."""
    lines = {
        (line.section, line.group, line.item): _respell("line", line.item, line.label, rng)
        for line in form.lines
    }
    heads = {
        (head.section, head.group, head.party): _respell("head", head.party, head.label, rng)
        for head in form.heads
    }
    group_labels = {code: group.label for code, group in groups().items()}
    numerals = read_toml("wording.toml")["numerals"]
    sections = {
        number: f"{numerals[number - 1]}、{_respell('section', str(number), heading, rng)}"
        for number, (heading, _) in section_headings().items()
    }
    if broken_heads:
        breaks = dict(read_toml("wording.toml")["broken_heads"])
        heads = {key: breaks.get(label, label) for key, label in heads.items()}
    words = Wordings(lines, heads, group_labels, sections)
    return _renumber(words, rng) if rng.random() < _ODD_NUMBERING else words


def _respell(axis: str, code: str, label: str, rng: Random) -> str:
    """The label, or at a low rate another wording of it behind the same numbering."""
    if rng.random() >= _ODD_LABEL:
        return label
    prefix = _PREFIX.match(label)
    start = prefix.group() if prefix else ""
    others = [v for v in _variants(axis, code) if _same_head(v, label, axis) and v != label]
    return start + rng.choice(others) if others else label


def _variants(axis: str, code: str) -> tuple[str, ...]:
    if axis == "line":
        return label_variants("line").get(code, ())
    return label_variants("head" if axis == "head" else "section").get(code, ())


def _same_head(variant: str, label: str, axis: str) -> bool:
    """One code may head two columns (amounts): only a variant that starts alike fits this one."""
    return axis != "head" or variant[:2] == label[:2]


def _renumber(words: Wordings, rng: Random) -> Wordings:
    """Another way to number the rows: half-width brackets, or 1、 and 1． for 1."""
    style = rng.choice(("brackets", "、", "．"))
    return Wordings(
        {key: _restyle(label, style) for key, label in words.lines.items()},
        words.heads,
        {code: _restyle(label, style) for code, label in words.groups.items()},
        words.sections,
    )


def _restyle(label: str, style: str) -> str:
    if style == "brackets":
        return label.translate(_HALF_WIDTH)
    return re.sub(r"^(\d)\.", rf"\1{style}", label)
