"""What the prose says, against the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.form import load_form
from etl.sample.blocks import TableBlock, TextBlock, blocks_of
from etl.sample.model import Fault, SampleReport, StatedFigure
from etl.sample.oracle.printed import Look, fault, stated, total, value
from etl.sample.tables import read_toml

ERRORS: frozenset[str] = frozenset()
RULES = frozenset(
    {
        "claim-received",
        "claim-outcome",
        "claim-cases",
        "claim-contradiction",
        "problems-empty",
        "fee-unexplained",
    }
)

_OUTCOMES = {"requests_concluded": "concluded"} | {
    item: item for item in ("carried_in", "carried_out", "granted", "partial")
}
_SUITS = ("litigation_direct", "litigation_after")
_TENTH = 0.1


def find(look: Look) -> Iterator[Fault]:
    """Figures that the tables don't have, denials that they belie, and what isn't said."""
    report = look.report
    yield from _received(report)
    yield from _outcomes(report)
    yield from _cases(report)
    yield from _denials(report)
    yield from _silence(report)


def _received(report: SampleReport) -> Iterator[Fault]:
    received, carried_in, concluded = (
        value(report, 3, item, "total") for item in ("received", "carried_in", "concluded")
    )
    if received is None or carried_in is None or concluded is None:
        return
    readings = (received, received + carried_in, concluded)
    wrong = [c for c in stated(report, "requests_received") if not _fits(c, readings)]
    if wrong:
        detail = f"{wrong[0].value:g} {received:g}"
        yield fault(report, "claim-received", 3, "received", "total", detail=detail)


def _outcomes(report: SampleReport) -> Iterator[Fault]:
    refusals = [
        line.item
        for line in load_form(report.edition).section_lines(3)
        if line.item.startswith("refused_")
    ]
    figures: dict[str, tuple[str | None, float | None]] = {
        measure: (item, value(report, 3, item, "total")) for measure, item in _OUTCOMES.items()
    }
    figures["refused"] = (None, total(report, 3, refusals, ("total",)))
    for measure, (item, figure) in figures.items():
        if figure is None:
            continue
        wrong = [c for c in stated(report, measure) if not _fits(c, (figure,))]
        if wrong:
            detail = f"{measure} {wrong[0].value:g} {figure:g}"
            yield fault(report, "claim-outcome", 3, item, "total", detail=detail)


def _cases(report: SampleReport) -> Iterator[Fault]:
    routes = {"reconsideration_cases": ("reconsideration",), "litigation_cases": _SUITS}
    for measure, parties in routes.items():
        whole = total(report, 4, ("case_total",), parties)
        pending = total(report, 4, ("pending",), parties)
        if whole is None or pending is None:
            continue
        readings = (whole, whole - pending)
        wrong = [c for c in stated(report, measure) if not _fits(c, readings)]
        if wrong:
            place = (4, "case_total", parties[0] if len(parties) == 1 else None)
            yield fault(report, "claim-cases", *place, detail=f"{wrong[0].value:g} {readings}")


def _fits(claim: StatedFigure, readings: Sequence[float]) -> bool:
    """Whether a claim is one of the figures, or about one of them."""
    return any(
        abs(claim.value - figure) < _margin(claim.value, figure)
        if claim.approximate
        else claim.value == figure
        for figure in readings
    )


def _margin(said: float, figure: float) -> float:
    """One unit of the last digit that isn't 0, and no more than a tenth (of ten at least)."""
    unit = 1
    while said and said % (unit * 10) == 0:
        unit *= 10
    return min(unit, max(10, figure) * _TENTH + 1e-9)


def _denials(report: SampleReport) -> Iterator[Fault]:
    """Claims that the tables deny outright, each under the cell that denies it."""
    sued = total(report, 4, ("case_total",), _SUITS)
    places: list[tuple[bool, float | None, tuple[int, str, str | None]]] = [
        (_none(report, "requests_received"), _of(report, 3, "received"), (3, "received", "total")),
        (report.telling.all_handled, _of(report, 3, "carried_out"), (3, "carried_out", "total")),
        (
            _none(report, "reconsideration_cases"),
            value(report, 4, "case_total", "reconsideration"),
            (4, "case_total", "reconsideration"),
        ),
        (_none(report, "litigation_cases"), sued, (4, "case_total", None)),
    ]
    for denied, printed, place in places:
        if denied and printed:
            yield fault(report, "claim-contradiction", *place, detail=f"0 {printed:g}")


def _none(report: SampleReport, measure: str) -> bool:
    return any(claim.value == 0 for claim in stated(report, measure))


def _of(report: SampleReport, section: int, item: str) -> float | None:
    return value(report, section, item, "total")


def _silence(report: SampleReport) -> Iterator[Fault]:
    """Sections 5 and 6 that leave out what they are for; nothing is known of unprinted ones."""
    problems, other = _texts(report, 5), _texts(report, 6)
    nothing = set(read_toml("prose.toml")["problems"]["none"])
    if problems is not None and set(problems) <= nothing:
        yield fault(report, "problems-empty", 5, detail="".join(problems))
    parties = [head.party for head in load_form(report.edition).section_heads(3)]
    unpaid = [value(report, 3, "other_unpaid", party) for party in parties]
    words = ("收费", "费用", "处理费")
    if any(unpaid) and other is not None and not any(w in "".join(other) for w in words):
        yield fault(report, "fee-unexplained", 6, detail=f"{unpaid[-1]}")


def _texts(report: SampleReport, section: int) -> list[str] | None:
    """The paragraphs printed under a section's heading; None without the heading."""
    there = [b for b in _text_blocks(report) if b.section == section]
    if not any(block.kind == "heading" for block in there):
        return None
    return [block.text for block in there if block.kind == "paragraph"]


def _text_blocks(report: SampleReport) -> Iterator[TextBlock]:
    for block in blocks_of(report):
        if not isinstance(block, TableBlock):
            yield block
