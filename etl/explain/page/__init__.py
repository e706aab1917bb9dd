"""An explanation as one self-contained web page: the file as printed beside what was recognised.

The page needs no network and works without its few lines of script; whatever comes from a file
is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources

from etl.explain.explanation import Explanation
from etl.explain.identity import statements
from etl.explain.join import trace
from etl.explain.page import panels
from etl.explain.page.anchors import Anchors
from etl.explain.page.form import FormSide
from etl.explain.page.markup import both, element, escape
from etl.explain.page.source import SourceSide
from etl.explain.stages import stages
from etl.explain.trace import Band, Trace, TracedParagraph, TracedTable
from etl.explain.words import words
from etl.form import TABLE_SECTIONS, section_headings
from etl.reading import Claim, Doubt

_SCRIPT = """
const marked = [];
const names = node => (node.dataset.twin || "").split(" ").filter(Boolean);
function mark(node) {
  while (marked.length) marked.pop().classList.remove("twin");
  for (const one of node ? [node, ...names(node).map(n => document.getElementById(n))] : [])
    if (one) { one.classList.add("twin"); marked.push(one); }
}
for (const event of ["pointerover", "focusin"])
  document.addEventListener(event, e => mark(e.target.closest("[data-twin]")));
document.addEventListener("click", e => {
  const link = e.target.closest("[data-twin] a[href^='#']");
  if (!link || link.classList.contains("flag")) return;
  const twin = document.getElementById(link.getAttribute("href").slice(1));
  if (!twin) return;
  e.preventDefault();
  history.replaceState(null, "", link.getAttribute("href"));
  twin.scrollIntoView({block: "nearest", inline: "nearest"});
  mark(link.closest("[data-twin]"));
});
"""


def render_page(explanations: Sequence[Explanation]) -> str:
    """The whole page, one part for each report or archive member of a file."""
    style = resources.files(__package__).joinpath("page.css").read_text("utf-8")
    title = explanations[0].path.rsplit("/", 1)[-1] if explanations else ""
    parts = "".join(_part(one, f"e{n}") for n, one in enumerate(explanations, start=1))
    contents = _contents(explanations) if len(explanations) > 1 else ""
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)} · 勾稽</title><style>{style}</style></head>"
        f"<body>{contents}<main>{parts}</main><script>{_SCRIPT}</script></body></html>\n"
    )


def _contents(explanations: Sequence[Explanation]) -> str:
    items = "".join(
        f'<li><a href="#e{n}">{escape(_name(one))}</a></li>'
        for n, one in enumerate(explanations, start=1)
    )
    return element("nav", f"<ol>{items}</ol>", class_="contents")


def _name(explanation: Explanation) -> str:
    if explanation.reading is not None:
        return f"{explanation.reading.agency} {explanation.reading.year}"
    return f"✗ {explanation.path.rsplit('/', 1)[-1]}"


def _part(explanation: Explanation, name: str) -> str:
    document = explanation.document
    found = trace(document, explanation.reading) if document is not None else None
    parts = [panels.masthead(explanation)]
    if explanation.refused is not None:
        parts.append(panels.refusal(explanation.refused))
    parts.append(panels.stage_strip(stages(explanation, found)))
    if found is not None:
        parts.append("".join(_body(explanation, found, name)))
    return element("article", "".join(parts), id=name)


def _body(explanation: Explanation, found: Trace, name: str) -> Iterator[str]:
    anchors = Anchors(name, explanation, found)
    if explanation.reading is not None:
        yield panels.finding_list(explanation, anchors)
        yield panels.doubt_list(found.loose, anchors)
        yield panels.legend()
    yield (
        f'<div class="band heads"><h2>{both(words("page.printed"))}</h2>'
        f"<h2>{both(words('page.recognised'))}</h2></div>"
    )
    yield from _Bands(explanation, found, anchors).draw()


class _Bands:
    """The rows of the page: a band of the file and, beside it, what was recognised in it."""

    def __init__(self, explanation: Explanation, found: Trace, anchors: Anchors) -> None:
        self._explanation = explanation
        self._found = found
        self._anchors = anchors
        self._source = SourceSide(anchors, explanation)
        reading = explanation.reading
        self._form = FormSide(anchors, explanation, reading) if reading else None
        self._homes = {section: _home(found, section) for section in TABLE_SECTIONS}

    def draw(self) -> Iterator[str]:
        yield from (
            self._pair(self._source.band(band), self._recognised(number, band))
            for number, band in enumerate(self._found.bands)
        )
        if self._form is None:
            return
        shown = {section for band in self._found.bands for section in band.sections}
        for section in section_headings():
            if section not in shown:
                absent = element("p", both(words("page.absent")), class_="why")
                table = self._form.table(section) if section in TABLE_SECTIONS else ""
                yield self._pair(absent, panels.missing_heading(section) + table)

    @staticmethod
    def _pair(left: str, right: str) -> str:
        sides = element("div", left, class_="left") + element("div", right, class_="right")
        return element("div", sides, class_="band")

    def _recognised(self, number: int, band: Band) -> str:
        reading = self._explanation.reading
        parts: list[str] = []
        if number == 0:
            said = statements(self._explanation, self._found)
            parts.append(panels.identity_panel(said, self._explanation, self._anchors))
        for section in filter(None, band.sections):
            parts.append(panels.heading_panel(section, band, reading))
            if self._form and self._homes.get(section) == number:
                parts.append(self._form.table(section))
        parts.append(panels.doubt_list(_doubts(band), self._anchors))
        labels = [
            (one, row.section)
            for piece in band.pieces
            if isinstance(piece, TracedTable)
            for row in piece.rows
            for one in row.slots
        ]
        parts.append(panels.label_list(labels, self._anchors))
        claims = _claims(band)
        if reading is not None and (claims or not set(band.sections) & {0, *TABLE_SECTIONS}):
            parts.append(panels.claim_list(claims, self._anchors))
        return "".join(parts)


def _home(found: Trace, section: int) -> int | None:
    """The band beside which a section's table is drawn: the first with cells of it, or its own."""
    own = [n for n, band in enumerate(found.bands) if section in band.sections]
    filled = (n for n in own if any(_has_cells(p, section) for p in found.bands[n].pieces))
    return next(filled, own[0] if own else None)


def _has_cells(piece: TracedParagraph | TracedTable, section: int) -> bool:
    if isinstance(piece, TracedParagraph):
        return bool(piece.cells) and piece.section == section
    rows = (row for row in piece.rows if row.section == section)
    return any(row.refused or any(one.cells for one in row.slots) for row in rows)


def _doubts(band: Band) -> list[Doubt]:
    found: list[Doubt] = []
    for piece in band.pieces:
        if isinstance(piece, TracedParagraph):
            found += piece.doubts
        else:
            found += (doubt for row in piece.rows for doubt in row.doubts)
    return found


def _claims(band: Band) -> list[Claim]:
    found: list[Claim] = []
    for piece in band.pieces:
        if isinstance(piece, TracedParagraph):
            found += piece.claims
        else:
            found += (claim for row in piece.rows for one in row.slots for claim in one.claims)
    return found
