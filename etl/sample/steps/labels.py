"""Steps on labels: other wordings, numberings, breaks, notes and lost characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from etl.form import load_form
from etl.sample.model import SampleReport, Wordings
from etl.sample.steps.edit import Step
from etl.sample.tables import read_toml
from etl.sample.wording import other_wordings, renumber

_LONG = 6
_NUMBERING = re.compile(r"^(?:（.）|[一二三四]、|\d\.)")

Respell = Callable[[str], str]


def _with(report: SampleReport, wordings: Wordings) -> SampleReport:
    assert not report.blocks, "labels are chosen before the page is laid out"
    return replace(report, wordings=wordings)


def _respell(
    report: SampleReport,
    line: Respell | None = None,
    head: Respell | None = None,
    group: Respell | None = None,
    section: Respell | None = None,
) -> SampleReport:
    words = report.wordings
    if line:
        words = replace(words, lines={key: line(label) for key, label in words.lines.items()})
    if head:
        words = replace(words, heads={key: head(label) for key, label in words.heads.items()})
    if group:
        words = replace(words, groups={key: group(label) for key, label in words.groups.items()})
    if section:
        words = replace(words, sections={n: section(label) for n, label in words.sections.items()})
    return _with(report, words)


def _other_wordings(report: SampleReport, rng: Random) -> SampleReport:
    return _with(report, other_wordings(report.wordings, rng, 0.6))


def _renumbered(report: SampleReport, rng: Random, style: str) -> SampleReport:
    return _with(report, renumber(report.wordings, style))


def _bracketed_numbers(report: SampleReport, rng: Random) -> SampleReport:
    """（1） for 1."""
    return _respell(report, line=lambda label: re.sub(r"^(\d)\.", r"（\1）", label))


def _unnumbered(report: SampleReport, rng: Random) -> SampleReport:
    bare = partial(_NUMBERING.sub, "")
    return _respell(report, line=bare, group=bare)


def _broken(label: str) -> str:
    """The label over lines of about equal length, none longer than seven characters."""
    lines = -(-len(label) // (_LONG + 1))
    size = -(-len(label) // lines)
    return "\n".join(label[start : start + size] for start in range(0, len(label), size))


def _broken_labels(report: SampleReport, rng: Random) -> SampleReport:
    return _respell(report, _broken, _broken, _broken)


def _broken_heads(report: SampleReport, rng: Random) -> SampleReport:
    return _respell(report, head=lambda label: f"{label[:2]}\n{label[2:]}" if label[2:] else label)


def _upright_heads(report: SampleReport, rng: Random) -> SampleReport:
    """Column heads of section 3, and the groups at its left, with one character a line."""
    words = report.wordings
    heads = {k: "\n".join(v) if k[0] == 3 else v for k, v in words.heads.items()}
    left = {line.group for line in load_form(report.edition).section_lines(3)}
    names = {code: "\n".join(v) if code in left else v for code, v in words.groups.items()}
    return _with(report, replace(words, heads=heads, groups=names))


def _spaced_labels(report: SampleReport, rng: Random) -> SampleReport:
    """自 然 人, and a space within longer labels at any place."""

    def spaced(label: str) -> str:
        if len(label) <= 4:
            return " ".join(label)
        cut = rng.randrange(2, len(label) - 1)
        return f"{label[:cut]} {label[cut:]}"

    return _respell(report, spaced, spaced, spaced)


def _notes(report: SampleReport, rng: Random) -> SampleReport:
    """The filling notes of the Hubei print within the labels of section 2."""
    notes = read_toml("steps.toml")["notes"]
    words = report.wordings
    lines = {k: v + (notes.get(k[2], "") if k[0] == 2 else "") for k, v in words.lines.items()}
    heads = {k: v + (notes.get(k[2], "") if k[0] == 2 else "") for k, v in words.heads.items()}
    return _with(report, replace(words, lines=lines, heads=heads))


def _lost_head_ends(report: SampleReport, rng: Random) -> SampleReport:
    """Heads cut off where their cell broke the line: 本年新 twice, 本年增/, 现行有效件."""
    kept = {"made": 3, "disclosed": 3, "change": 4, "in_force": 5}
    heads = {k: v[: kept.get(k[2])] for k, v in report.wordings.heads.items()}
    return _with(report, replace(report.wordings, heads=heads))


def _amount_head(report: SampleReport, rng: Random, ending: str) -> SampleReport:
    """A unit behind the head of the amounts, in place of the one that the form prints."""
    added = read_toml("steps.toml")["heads"][ending]
    heads = {
        key: label.partition("（")[0] + added if key[2] == "amount" else label
        for key, label in report.wordings.heads.items()
    }
    return _with(report, replace(report.wordings, heads=heads))


def _history_note(report: SampleReport, rng: Random) -> SampleReport:
    note = read_toml("steps.toml")["heads"]["history"]
    heads = {k: v + (note if k[2] == "in_force" else "") for k, v in report.wordings.heads.items()}
    return _with(report, replace(report.wordings, heads=heads))


def _no_partial_note(report: SampleReport, rng: Random) -> SampleReport:
    lines = {
        key: label[: label.rindex("（")] if key[2] == "partial" else label
        for key, label in report.wordings.lines.items()
    }
    return _with(report, replace(report.wordings, lines=lines))


def _quotes(report: SampleReport, rng: Random, pair: str) -> SampleReport:
    table = str.maketrans("“”", pair)
    return _respell(report, line=lambda label: label.translate(table))


def _plain_sections(report: SampleReport, rng: Random) -> SampleReport:
    """Headings without their numeral."""
    return _respell(report, section=lambda label: label[2:])


def _dashed_section(report: SampleReport, rng: Random) -> SampleReport:
    """A dash where 一 should stand."""
    sections = {n: v.replace("一、", "—、") for n, v in report.wordings.sections.items()}
    return _with(report, replace(report.wordings, sections=sections))


STEPS: dict[str, Step] = {
    "other-wordings": _other_wordings,
    "half-width-brackets": partial(_renumbered, style="brackets"),
    "list-comma-numbers": partial(_renumbered, style="、"),
    "wide-point-numbers": partial(_renumbered, style="．"),
    "bracketed-numbers": _bracketed_numbers,
    "unnumbered": _unnumbered,
    "broken-labels": _broken_labels,
    "broken-heads": _broken_heads,
    "upright-heads": _upright_heads,
    "spaced-labels": _spaced_labels,
    "notes": _notes,
    "lost-head-ends": _lost_head_ends,
    "amount-head-decimals": partial(_amount_head, ending="four_decimals"),
    "amount-head-yuan": partial(_amount_head, ending="yuan"),
    "history-note": _history_note,
    "no-partial-note": _no_partial_note,
    "corner-quotes": partial(_quotes, pair="「」"),
    "straight-quotes": partial(_quotes, pair='""'),
    "plain-sections": _plain_sections,
    "dashed-section": _dashed_section,
}
