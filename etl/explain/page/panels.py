"""What stands around the tables of the page: identity, stages, findings, claims, labels, legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from etl.explain.explanation import Explanation
from etl.explain.figures import MOST_NOTES, SHORT_SUM, format_value
from etl.explain.findings import Finding
from etl.explain.identity import disagrees
from etl.explain.page.anchors import Anchors, finding_cells
from etl.explain.page.form import BLANK
from etl.explain.page.markup import both, element, escape
from etl.explain.stages import Stage
from etl.explain.trace import Band, TracedParagraph, TracedSlot
from etl.explain.words import (
    Words,
    code_words,
    doubt_words,
    heading_words,
    label_words,
    likeness_words,
    words,
)
from etl.form import load_form
from etl.reading import STATES, Claim, Doubt, Refused, ReportReading, Statement
from etl.refusals import refusal_text

_SAMPLES = {"number": "12", "blank": BLANK, "dash": "—", "unreadable": "0/0", "absent": "&nbsp;"}


def masthead(explanation: Explanation) -> str:
    """The report's name and what is known of it as a whole."""
    reading = explanation.reading
    part = f" ({explanation.part}/{explanation.parts})" if explanation.parts > 1 else ""
    path = element("p", escape(explanation.path) + part, class_="path")
    if reading is None:
        name = explanation.path.replace("\\", "/").rsplit("/", 1)[-1]
        return element("h1", escape(name)) + path
    facts = [
        (words("page.edition"), Words(reading.edition, "")),
        (words("page.scope"), words(f"scope.{reading.scope}")),
        (words("page.published"), Words(str(reading.published_on or "—"), "")),
    ]
    told = "".join(f"<div><dt>{both(n)}</dt><dd>{both(v)}</dd></div>" for n, v in facts)
    name = f"{escape(reading.agency)} <span>{reading.year}</span>"
    return element("h1", name) + path + element("dl", told, class_="facts")


def refusal(refused: Refused) -> str:
    """Why a file was refused, where, and what to do."""
    zh, en = refusal_text(refused)
    place = f" @ {escape(refused.place)}" if refused.place else ""
    head = element("h2", f"{both(words('page.refused'))} <code>{refused.code}</code>{place}")
    return element(
        "section", f"{head}<p>{escape(zh)}</p><p class='en' lang='en'>{escape(en)}</p>",
        class_="refusal", role="alert",
    )  # fmt: skip


def stage_strip(reached: Iterable[Stage]) -> str:
    """How far the reading got, from left to right."""
    marks = {"done": "✓", "partly": "!", "stopped": "✗", "ahead": "·"}
    items = (
        f'<li class="{stage.progress}"><b>{marks[stage.progress]} '
        f"{both(words(f'stage.{stage.name}'))}</b>{both(stage.detail)}</li>"
        for stage in reached
    )
    return element("ol", "".join(items), class_="stages")


def finding_list(explanation: Explanation, anchors: Anchors) -> str:
    """What doesn't tie out, each with both sides and links to its cells."""
    head = element("h2", both(words("page.findings")))
    if not explanation.findings:
        return element("section", head + element("p", both(words("page.no_findings"))))
    items = ""
    for number, finding in enumerate(explanation.findings, start=1):
        grade = words(f"severity.{finding.severity}")
        whose = words(f"attribution.{finding.attribution}")
        body = (
            f'<span class="grade {finding.severity}">{both(grade)}</span> '
            f"<code>{escape(finding.rule)}</code> {both(whose)}"
            f"<p>{both(Words(finding.message_zh, finding.message_en))}</p>"
        )
        if finding.left or finding.right:
            left, right = (_side(finding, side, explanation, anchors) for side in ("left", "right"))
            body += f'<p class="sides">{left} <b>≠</b> {right}</p>'
        names = [anchors.cell(cell.number) for cell in finding_cells(finding, explanation)]
        if names:
            body += element("a", "→", href=f"#{names[0]}", class_="go", title=words("page.flag").en)
        items += element("li", body, id=anchors.finding(number), data_twin=" ".join(names))
    return element("section", head + f'<ol class="findings">{items}</ol>')


def _side(
    finding: Finding, side: Literal["left", "right"], explanation: Explanation, anchors: Anchors
) -> str:
    """One side of a sum, each term a link to its cell; a long sum without its zeros.

    Terms are named by what they differ in: applicants of one item, or items of one applicant.
    """
    left = side == "left"
    terms = finding.left if left else finding.right
    total = format_value(finding.left_value if left else finding.right_value)
    if explanation.reading is None or not terms:
        return escape(total)
    form = load_form(explanation.reading.edition)
    by_party = len({term.item for term in (*finding.left, *finding.right)}) == 1
    told = [t for t in terms if len(terms) <= SHORT_SUM or t.value != 0]
    parts = ""
    for term in told:
        name = code_words(
            "party" if by_party else "item", term.section, term.party if by_party else term.item
        )
        worded = f"{escape(name.zh)} {format_value(term.value)}"
        if form.has(term.section, term.item, term.party):
            number = form.cell(term.section, term.item, term.party).number
            worded = element("a", worded, href=f"#{anchors.cell(number)}")
        parts += (" − " if term.weight < 0 else " + " if parts else "") + worded
    if rest := len(terms) - len(told):
        parts += (" + " if parts else "") + escape(words("page.zeros", count=rest).zh)
    return parts if len(terms) == 1 else f"{parts} = {escape(total)}"


def identity_panel(said: Sequence[Statement], explanation: Explanation, anchors: Anchors) -> str:
    """What is stated of agency, year and the rest, by whom, and whether the report goes by it."""
    rows = ""
    for one in said:
        differs = disagrees(one, said)
        mark = words("page.differs" if differs else "page.used")
        quote = escape(one.quote)
        if name := anchors.find(one.place):
            quote = element("a", quote or escape(one.place), href=f"#{name}")
        rows += (
            f'<tr class="{"differs" if differs else "agrees"}">'
            f"<th>{both(words(f'stated.{one.what}'))}</th><td>{escape(one.value)}</td>"
            f"<td>{both(words(f'told.{one.told_by}'))}</td><td>{quote}</td>"
            f"<td>{both(mark) if differs or one.used else ''}</td></tr>"
        )
    head = element("h3", both(words("page.told")))
    note = ""
    if explanation.reading is not None and explanation.reading.named_by_path:
        note = element("p", f"<b>!</b> {both(words('source.none'))}", class_="why")
    return head + note + element("table", rows, class_="told")


def heading_panel(section: int, band: Band, reading: ReportReading | None) -> str:
    """The section that the band was recognised as, and how its heading told so."""
    for piece in band.pieces:
        labels = (
            [(piece.heading, piece.text, piece.place)]
            if isinstance(piece, TracedParagraph)
            else [(s.label, s.slot.text, s.slot.place) for row in piece.rows for s in row.slots]
        )
        for label, text, place in labels:
            if label is not None and label.axis == "section" and label.code == str(section):
                how = words("page.exact") if label.exact else likeness_words(label, text)
                told = f"{both(how)} {escape(place)}"
                return _heading(section, told)
    if reading is not None and section not in reading.sections:
        return missing_heading(section)
    return _heading(section, both(words("page.no_heading")))


def missing_heading(section: int) -> str:
    """The name of a section of which nothing was found."""
    return _heading(section, "")


def _heading(section: int, told: str) -> str:
    title = element("h2", both(heading_words(section)))
    return title + (element("p", told, class_="note") if told else "")


def claim_list(claims: Sequence[Claim], anchors: Anchors) -> str:
    """The figures that sentences of a band state."""
    if not claims:
        return element("p", both(words("page.no_claims")), class_="note")
    rows = ""
    for claim in claims:
        notes = [words("page.approximate")] if claim.approximate else []
        notes += [words("page.derived")] if claim.derived else []
        channel = f"（{escape(claim.channel)}）" if claim.channel else ""
        value = element("a", f"{claim.value:g}", href=f"#{anchors.quote(claim)}")
        cells = (
            f"<th>{both(words(f'measure.{claim.measure}'))}{channel}</th><td>{value}</td>"
            f"<td>{' '.join(both(note) for note in notes)}</td>"
            f'<td class="place">{escape(claim.place)}</td>'
        )
        rows += element(
            "tr", cells, id=anchors.claim(claim), data_twin=anchors.quote(claim), title=claim.quote
        )
    table = element("table", rows, class_="told claims")
    return element("h3", both(words("page.claims"))) + table


def label_list(labels: Sequence[tuple[TracedSlot, int]], anchors: Anchors) -> str:
    """The labels of a band that aren't the form's to the letter, with what they were taken for."""
    rows = ""
    told = [
        (one, one.label, section)
        for one, section in labels
        if one.label and not one.label.exact and one.label.axis != "section"
    ]
    for traced, label, section in told[:MOST_NOTES]:
        link = escape(traced.slot.text)
        if name := anchors.find(traced.slot.place):
            link = element("a", link, href=f"#{name}")
        taken = both(label_words(label, section)) if label.code else both(words("label.unmatched"))
        alike = both(likeness_words(label, traced.slot.text))
        rows += f"<tr><td>{link}</td><td>{taken}</td><td>{alike}</td></tr>"
    if not rows:
        return ""
    table = element("table", rows, class_="told")
    return element("h3", both(words("page.labels"))) + table + _rest(told)


def doubt_list(doubts: Sequence[Doubt], anchors: Anchors) -> str:
    """Why something was left unread, or read with reserve."""
    items = ""
    for doubt in doubts[:MOST_NOTES]:
        place = escape(doubt.place)
        if name := anchors.find(doubt.place):
            place = element("a", place, href=f"#{name}")
        item = ""
        if doubt.section and doubt.item:
            item = element("b", escape(code_words("item", doubt.section, doubt.item).zh)) + "："
        detail = element("q", escape(doubt.detail)) if doubt.detail else ""
        other = _alternative(doubt)
        items += element("li", f"{place} {item}{both(doubt_words(doubt.code))} {detail}{other}")
    if not items:
        return ""
    return (
        element("h3", both(words("page.doubts")))
        + f'<ul class="doubts">{items}</ul>'
        + _rest(doubts)
    )


def _rest(told: Sequence[object]) -> str:
    """How many of a long list aren't listed."""
    rest = len(told) - MOST_NOTES
    return element("p", both(words("page.more", count=rest)), class_="note") if rest > 0 else ""


def _alternative(doubt: Doubt) -> str:
    """The figures that the place may have meant, which stand in no cell."""
    if not doubt.alternative or doubt.section is None:
        return ""
    section = doubt.section
    parts = (
        f"{escape(code_words('party', section, party).zh)} {format_value(value)}"
        for party, value in doubt.alternative
    )
    return element("q", f"{both(words('page.alternative'))}：{'，'.join(parts)}")


def legend() -> str:
    """How each state of a cell and each mark looks."""
    keys = [
        (element("span", sample, class_=f"key {state}"), words(f"state.{state}"))
        for state, sample in ((state, _SAMPLES[state]) for state in STATES)
    ]
    flag = '<span class="key number flagged">12<a class="flag">1</a></span>'
    keys += [
        (flag, words("page.flag")),
        ('<span class="key figure">7</span>', words("role.left")),
        ('<span class="key fuzzy">≈</span>', words("page.alike")),
        ("<mark>…</mark>", words("page.claim")),
    ]
    items = "".join(f"<li>{sample} {both(text)}</li>" for sample, text in keys)
    return element("ul", items, class_="legend")
