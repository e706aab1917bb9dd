"""How one report spells the form: mostly as prescribed, now and then as agencies really do."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from etl.form import Form, groups, label_variants, section_headings
from etl.sample.model import Wordings
from etl.sample.tables import read_toml

_ODD_LABEL = 0.025
_ODD_NUMBERING = 0.08
_NUMERAL = len("一、")
NUMBERINGS = ("brackets", "、", "．")
_PREFIX = re.compile(r"^(?:（.）|[一二三四]、|\d\.)")
_HALF_WIDTH = str.maketrans("（），", "(),")


def prescribed_form(form: Form) -> Wordings:
    """Every label as the form prints it."""
    numerals = read_toml("wording.toml")["numerals"]
    return Wordings(
        lines={(line.section, line.group, line.item): line.label for line in form.lines},
        heads={(head.section, head.group, head.party): head.label for head in form.heads},
        groups={code: group.label for code, group in groups().items()},
        sections={n: f"{numerals[n - 1]}、{zh}" for n, (zh, _) in section_headings().items()},
    )


def spell_form(form: Form, rng: Random, broken_heads: bool) -> Wordings:
    """The labels of one report; ``broken_heads`` lets long column heads wrap within their cell."""
    words = other_wordings(prescribed_form(form), rng, _ODD_LABEL)
    if broken_heads:
        breaks = dict(read_toml("wording.toml")["broken_heads"])
        heads = {key: breaks.get(label, label) for key, label in words.heads.items()}
        words = replace(words, heads=heads)
    return renumber(words, rng.choice(NUMBERINGS)) if rng.random() < _ODD_NUMBERING else words


def other_wordings(words: Wordings, rng: Random, rate: float) -> Wordings:
    """Each label, at this rate, in another wording that agencies print."""
    return replace(
        words,
        lines={k: _respell("line", k[2], label, rng, rate) for k, label in words.lines.items()},
        heads={k: _respell("head", k[2], label, rng, rate) for k, label in words.heads.items()},
        sections={
            number: label[:_NUMERAL] + _respell("section", str(number), label[_NUMERAL:], rng, rate)
            for number, label in words.sections.items()
        },
    )


def _respell(axis: str, code: str, label: str, rng: Random, rate: float) -> str:
    """The label, or at this rate another wording of it behind the same numbering."""
    if rng.random() >= rate:
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


def renumber(words: Wordings, style: str) -> Wordings:
    """Another way to number the rows: ``brackets`` in half width, or 1、 and 1． for 1."""
    return replace(
        words,
        lines={key: _restyle(label, style) for key, label in words.lines.items()},
        groups={code: _restyle(label, style) for code, label in words.groups.items()},
    )


def _restyle(label: str, style: str) -> str:
    if style == "brackets":
        return label.translate(_HALF_WIDTH)
    return re.sub(r"^(\d)\.", rf"\1{style}", label)
