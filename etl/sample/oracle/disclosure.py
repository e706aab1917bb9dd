"""Section 2: what its figures can be beside one another."""

from __future__ import annotations

from collections.abc import Iterator

from etl.sample.model import Fault, SampleReport
from etl.sample.oracle.printed import DOCUMENTS, Look, fault, value

ERRORS: frozenset[str] = frozenset()
RULES = frozenset(
    {
        "in-force-too-few",
        "disclosed-more-than-made",
        "decisions-look-like-items",
        "rulemaking-power",
    }
)

_POWERS = ("licence", "other_service", "penalty", "coercion")
_SMALL = 1000
_MAKES_NO_RULES = ("县级", "乡级")


def find(look: Look) -> Iterator[Fault]:
    """The rules of each edition, and who may make rules at all."""
    report = look.report
    if report.edition == "2019":
        yield from _disclosed(report)
        yield from _decisions(report)
    else:
        yield from _in_force(report)
    printed = [
        value(report, *key) for key in report.cells if key[0] == 2 and key[1] == "regulation"
    ]
    if report.agency.level in _MAKES_NO_RULES and any(printed):
        yield fault(report, "rulemaking-power", 2, "regulation", detail=f"{printed}")


def _in_force(report: SampleReport) -> Iterator[Fault]:
    for item in DOCUMENTS:
        issued, repealed, now = (
            value(report, 2, item, party) for party in ("issued", "repealed", "in_force")
        )
        if issued is None or repealed is None or now is None:
            continue
        if now < issued - repealed:
            detail = f"{now:g} {issued - repealed:g}"
            yield fault(report, "in-force-too-few", 2, item, "in_force", detail=detail)


def _disclosed(report: SampleReport) -> Iterator[Fault]:
    for item in DOCUMENTS:
        made, disclosed, whole = (
            value(report, 2, item, party) for party in ("made", "disclosed", "disclosed_total")
        )
        limits = [limit for limit in (made, whole) if limit is not None]
        if disclosed is not None and any(disclosed > limit for limit in limits):
            detail = f"{disclosed:g} {limits}"
            yield fault(report, "disclosed-more-than-made", 2, item, "disclosed", detail=detail)


def _decisions(report: SampleReport) -> Iterator[Fault]:
    """Without any decision there is nothing to mistake for items."""
    for item in _POWERS:
        previous, change, decisions = (
            value(report, 2, item, party) for party in ("previous", "change", "decisions")
        )
        if not decisions or previous is None or change is None or decisions > _SMALL:
            continue
        if decisions == previous + change:
            place = (2, item, "decisions")
            yield fault(report, "decisions-look-like-items", *place, detail=f"{decisions:g}")
