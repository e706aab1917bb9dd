"""What a correct check must find in the made-up corpus, worked out report by report.

Written from the wording of the rules with plain loops over what is printed and said. It shares
no code with the checks or with the form's list of identities, so that an error there shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from etl.form import load_form
from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.layout import Box
from etl.sample.model import Agency, Fault, PrintedCell, SampleReport

ERROR_RULES = frozenset(
    {
        "report-missing",
        "table-missing",
        "unreadable-cell",
        "not-a-count",
        "balance",
        "applicant-total",
        "outcome-total",
        "case-total",
        "carry-over",
        "all-blank",
    }
)
ORACLE_RULES = ERROR_RULES | {
    "year-gap",
    "blank-cells",
    "year-mismatch",
    "period",
    "other-agency",
    "section-missing",
    "heading-mismatch",
    "old-edition",
    "in-force-ledger",
    "claim-received",
    "claim-contradiction",
    "all-zero",
    "disclosure-all-zero",
    "requests-all-zero",
}
"""The rules whose findings ``find_faults`` lists completely."""

_TABLES = (2, 3, 4)
_PROSE_SECTIONS = {1, 5, 6}
_FIRST_YEAR_OF_NEW_FORM = 2021
_NOT_OUTCOMES = ("received", "carried_in", "concluded", "carried_out")
_CASE_RESULTS = ("upheld", "corrected", "other_result", "pending")


def find_faults(agencies: Sequence[Agency], reports: Sequence[SampleReport]) -> list[Fault]:
    """Every finding of the rules the corpus plants, those that merely follow included."""
    found: list[Fault] = []
    reported = {(report.agency.agency, report.year) for report in reports}
    for agency in agencies:
        for year in range(agency.reports_from, agency.reports_to + 1):
            if (agency.agency, year) not in reported:
                found.append(Fault(agency.agency, year, agency.scope, "report-missing"))
    series: dict[str, dict[int, SampleReport]] = {}
    for report in reports:
        series.setdefault(report.agency.titled, {})[report.year] = report
    for own in series.values():
        found += _one_series(own)
    return found


def _one_series(own: Mapping[int, SampleReport]) -> Iterator[Fault]:
    """The reports of one agency in one scope, by year."""
    agency = next(iter(own.values())).agency
    for year in range(min(own), max(own) + 1):
        if year not in own:
            yield Fault(agency.agency, year, agency.scope, "year-gap")
            continue
        yield from _one_report(own[year])
        if year - 1 in own:
            yield from _two_years(own[year - 1], own[year])


def _one_report(report: SampleReport) -> Iterator[Fault]:
    yield from _told_of_itself(report)
    yield from _layout(report)
    yield from _shape(report)
    yield from _zeros(report)
    yield from _request_sums(report)
    yield from _case_sums(report)
    yield from _said_received(report)
    yield from _said_otherwise(report)


def _told_of_itself(report: SampleReport) -> Iterator[Fault]:
    """Title and folder are always of the report's year, and the title of its agency."""
    first, last = report.telling.period
    years = [report.file_year or report.year]
    years += [first.year] if first.year == last.year else []
    wrong = sorted({year for year in years if year != report.year})
    if wrong:
        yield _fault(report, "year-mismatch", detail=" ".join(map(str, wrong)))
    if (first, last) != (date(report.year, 1, 1), date(report.year, 12, 31)):
        yield _fault(report, "period", detail=f"{first} {last}")
    others = [name for name in report.telling.authors if not _may_be(report.agency, name)]
    if others:
        yield _fault(report, "other-agency", detail=" ".join(others))


def _may_be(agency: Agency, name: str) -> bool:
    """Whether a name is the agency's own or short for it, or of a government and its office."""
    if name in (agency.agency, agency.short_name, *agency.aliases):
        return True
    return f"{agency.agency}办公室" == name or agency.agency == f"{name}办公室"


def _layout(report: SampleReport) -> Iterator[Fault]:
    """Headings, rows and columns as they are printed, and which form it is."""
    blocks = list(blocks_of(report))
    headed = {b.section for b in blocks if not isinstance(b, TableBlock) and b.kind == "heading"}
    there = headed | set(report.printed_sections)
    for section in range(1, 7):
        if section not in there and headed & _PROSE_SECTIONS:
            yield _fault(report, "section-missing", section)
    for section in _TABLES:
        states = [cell.state for key, cell in report.cells.items() if key[0] == section]
        lacking = states.count("absent")
        tables = (b.table for b in blocks if isinstance(b, TableBlock) and b.section == section)
        extra = sum(_figures_beside(row) for table in tables for row in table)
        if lacking < len(states) and (lacking or extra):
            yield _fault(report, "heading-mismatch", section, detail=f"{lacking} {extra}")
    due = "2021" if report.year >= _FIRST_YEAR_OF_NEW_FORM else "2019"
    if report.edition != due and report.printed_sections & {2, 3}:
        yield _fault(report, "old-edition", detail=report.edition)


def _figures_beside(row: Sequence[Box]) -> int:
    """Figures of a row that are no cell of the form's; one written out over columns is the same."""
    found, last = 0, ""
    for box in row:
        if box.key:
            last = box.text
        elif box.text.strip().isdigit() and box.text != last:
            found += 1
    return found


def _shape(report: SampleReport) -> Iterator[Fault]:
    for section in _TABLES:
        if section not in report.printed_sections:
            yield _fault(report, "table-missing", section)
    empty = [cell for cell in report.cells.values() if cell.state in ("blank", "dash")]
    if empty:
        yield _fault(report, "blank-cells", detail=str(len(empty)))
    for cell in load_form(report.edition).cells:
        printed = report.cells[cell.section, cell.item, cell.party]
        if printed.state == "unreadable":
            place = (cell.section, cell.item, cell.party)
            yield _fault(report, "unreadable-cell", *place, detail=printed.raw)
        value = printed.value
        if value is None:
            continue
        not_whole = cell.head.kind != "amount" and value != int(value)
        negative = cell.head.kind != "change" and value < 0
        if not_whole or negative:
            place = (cell.section, cell.item, cell.party)
            yield _fault(report, "not-a-count", *place, detail=printed.raw)


def _zeros(report: SampleReport) -> Iterator[Fault]:
    numbers = {section: _numbers(report, section) for section in _TABLES}
    every = [value for values in numbers.values() for value in values]
    if every and not any(every):
        yield _fault(report, "all-zero")
    if not every and any(cell.state != "absent" for cell in report.cells.values()):
        yield _fault(report, "all-blank")
    if numbers[2] and not any(numbers[2]):
        yield _fault(report, "disclosure-all-zero", 2)
    if numbers[3] and not any(numbers[3]):
        yield _fault(report, "requests-all-zero", 3)


def _request_sums(report: SampleReport) -> Iterator[Fault]:
    form = load_form(report.edition)
    parties = [head.party for head in form.heads if head.section == 3]
    items = [line.item for line in form.lines if line.section == 3]
    outcomes = [item for item in items if item not in _NOT_OUTCOMES]
    for party in parties:
        load = _total(report, 3, ("received", "carried_in"), (party,))
        done = _total(report, 3, ("concluded", "carried_out"), (party,))
        if _differ(load, done):
            yield _fault(report, "balance", 3, party=party, detail=f"{load:g} {done:g}")
        parts = _total(report, 3, outcomes, (party,))
        whole = _total(report, 3, ("concluded",), (party,))
        if _differ(parts, whole):
            yield _fault(report, "outcome-total", 3, party=party, detail=f"{parts:g} {whole:g}")
    for item in items:
        parts = _total(report, 3, (item,), [party for party in parties if party != "total"])
        whole = _total(report, 3, (item,), ("total",))
        if _differ(parts, whole):
            yield _fault(report, "applicant-total", 3, item=item, detail=f"{parts:g} {whole:g}")


def _case_sums(report: SampleReport) -> Iterator[Fault]:
    for head in load_form(report.edition).section_heads(4):
        parts = _total(report, 4, _CASE_RESULTS, (head.party,))
        whole = _total(report, 4, ("case_total",), (head.party,))
        if _differ(parts, whole):
            yield _fault(report, "case-total", 4, party=head.party, detail=f"{parts:g} {whole:g}")


def _two_years(before: SampleReport, report: SampleReport) -> Iterator[Fault]:
    for head in load_form(report.edition).section_heads(3):
        last = _value(before, 3, "carried_out", head.party)
        this = _value(report, 3, "carried_in", head.party)
        if _differ(this, last):
            detail = f"{this:g} {last:g}"
            yield _fault(report, "carry-over", 3, "carried_in", head.party, detail=detail)
    if before.edition != "2021" or report.edition != "2021":
        return
    for item in ("regulation", "normative_document"):
        last = _value(before, 2, item, "in_force")
        issued, repealed, now = (
            _value(report, 2, item, party) for party in ("issued", "repealed", "in_force")
        )
        if last is None or issued is None or repealed is None:
            continue
        due = last + issued - repealed
        if _differ(now, due):
            detail = f"{now:g} {due:g}"
            yield _fault(report, "in-force-ledger", 2, item, "in_force", detail=detail)


def _said_received(report: SampleReport) -> Iterator[Fault]:
    said = _said(report, "requests_received")
    received = _value(report, 3, "received", "total")
    carried_in = _value(report, 3, "carried_in", "total")
    concluded = _value(report, 3, "concluded", "total")
    if said is None or received is None or carried_in is None or concluded is None:
        return
    if said not in (received, received + carried_in, concluded):
        detail = f"{said:g} {received:g}"
        yield _fault(report, "claim-received", 3, "received", "total", detail=detail)


def _said_otherwise(report: SampleReport) -> Iterator[Fault]:
    """Claims that the tables deny outright, each under the cell that denies it."""
    sued = _total(report, 4, ("case_total",), ("litigation_direct", "litigation_after"))
    denials: list[tuple[bool, float | None, tuple[int, str, str | None]]] = [
        (
            _said(report, "requests_received") == 0,
            _value(report, 3, "received", "total"),
            (3, "received", "total"),
        ),
        (
            report.telling.all_handled,
            _value(report, 3, "carried_out", "total"),
            (3, "carried_out", "total"),
        ),
        (
            _said(report, "reconsideration_cases") == 0,
            _value(report, 4, "case_total", "reconsideration"),
            (4, "case_total", "reconsideration"),
        ),
        (_said(report, "litigation_cases") == 0, sued, (4, "case_total", None)),
    ]
    for denied, printed, (section, item, party) in denials:
        if denied and printed:
            yield _fault(
                report, "claim-contradiction", section, item, party, detail=f"0 {printed:g}"
            )


def _said(report: SampleReport, measure: str) -> float | None:
    for claim in report.telling.claims:
        if claim.measure == measure and claim.channel is None:
            return claim.value
    return None


def _value(report: SampleReport, section: int, item: str, party: str) -> float | None:
    cell: PrintedCell = report.cells[section, item, party]
    return cell.value if cell.state == "number" else None


def _total(
    report: SampleReport, section: int, items: Iterable[str], parties: Sequence[str]
) -> float | None:
    """The sum over items and parties; None when any of the cells isn't a number."""
    total = 0.0
    for item in items:
        for party in parties:
            value = _value(report, section, item, party)
            if value is None:
                return None
            total += value
    return total


def _differ(left: float | None, right: float | None) -> bool:
    return left is not None and right is not None and left != right


def _numbers(report: SampleReport, section: int) -> list[float]:
    return [
        cell.value
        for (number, _, _), cell in report.cells.items()
        if number == section and cell.value is not None
    ]


def _fault(
    report: SampleReport,
    rule: str,
    section: int | None = None,
    item: str | None = None,
    party: str | None = None,
    *,
    detail: str = "",
) -> Fault:
    agency = report.agency
    return Fault(agency.agency, report.year, agency.scope, rule, section, item, party, detail)
