"""Small warehouses for the checks: reports that tie out, with chosen cells changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import duckdb
from duckdb import DuckDBPyConnection

from etl.form import Edition, FormCell, edition_for_year, load_form
from etl.reading import Claim, Doubt, Measure, Scope, State, Stated, ToldBy
from etl.warehouse.schema import create_schema
from etl.warehouse.star import fill_star_tables

Position = tuple[int, str, str]

_SECTION_2 = {
    "in_force": 10.0, "issued": 2.0, "repealed": 2.0, "decisions": 7.0, "amount": 1.25,
    "made": 1.0, "disclosed": 1.0, "disclosed_total": 4.0,
    "previous": 5.0, "change": -2.0, "projects": 3.0,
}  # fmt: skip
_SECTION_3 = {
    "received": 4.0, "carried_in": 1.0, "granted": 3.0, "partial": 1.0,
    "concluded": 4.0, "carried_out": 1.0,
}  # fmt: skip
_SECTION_4 = {
    "upheld": 1.0,
    "corrected": 0.0,
    "other_result": 2.0,
    "pending": 1.0,
    "case_total": 4.0,
}
_APPLICANTS = 6


@dataclass(frozen=True)
class Told:
    """What a report states of itself; ``of`` is the agency that is named, where it is known."""

    what: Stated
    value: str
    told_by: ToldBy
    of: int | None = None


@dataclass(frozen=True)
class Report:
    """A clean report, but for ``cells``: a number, or the state of a cell without one."""

    year: int = 2023
    agency_id: int = 1
    scope: Scope = "agency"
    cells: Mapping[Position, float | State] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    edition: Edition | None = None
    sections: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    stated: tuple[Told, ...] = ()
    printed: Mapping[Position, tuple[str, str]] = field(default_factory=dict)
    """What cells print and where, for those of which it matters."""
    published_on: date | None = None
    prose: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Paragraphs by section."""
    copies: tuple[Report, ...] = ()
    """Other readings for the same agency, year and scope, passed over for this one."""

    @property
    def form(self) -> Edition:
        return self.edition or edition_for_year(self.year)


@dataclass(frozen=True)
class Agency:
    agency_id: int = 1
    on_roster: bool = True
    reports_from: int | None = None
    reports_to: int | None = None
    name: str | None = None
    level: str | None = "县级"
    kind: str | None = "部门"
    region: str | None = "某县"
    parent_id: int | None = None

    @property
    def agency(self) -> str:
        return self.name or f"第{self.agency_id}局"


def every_cell(
    value: float | State, edition: Edition = "2021", sections: Iterable[int] = (2, 3, 4)
) -> dict[Position, float | State]:
    """Every cell of these sections with the same figure or state."""
    cells = (cell for cell in load_form(edition).cells if cell.section in tuple(sections))
    return {(cell.section, cell.item, cell.party): value for cell in cells}


def claim(
    measure: Measure, value: float, *, approximate: bool = False, channel: str | None = None
) -> Claim:
    return Claim(measure, value, "quote", "paragraph 1", channel, approximate)


def build(
    reports: Iterable[Report], agencies: Iterable[Agency] = (Agency(),)
) -> DuckDBPyConnection:
    """An in-memory warehouse with these reports, its star tables filled, not yet checked."""
    connection = duckdb.connect()
    create_schema(connection)
    names: dict[int, str] = {}
    for agency in agencies:
        connection.execute(
            "insert into agency values (?, ?, null, ?, ?, ?, null, ?, ?, ?, ?)",
            [
                agency.agency_id, agency.agency, agency.level, agency.kind, agency.region,
                agency.parent_id, agency.on_roster, agency.reports_from, agency.reports_to,
            ],
        )  # fmt: skip
        names[agency.agency_id] = agency.agency
    every = tuple(reports)
    for number, report in enumerate(every, start=1):
        _insert(connection, number, report, names.get(report.agency_id, f"第{report.agency_id}局"))
    passed_over = [(n, copy) for n, report in enumerate(every, start=1) for copy in report.copies]
    for number, (of, copy) in enumerate(passed_over, start=len(every) + 1):
        _insert_copy(connection, number, of, copy)
    fill_star_tables(connection)
    return connection


def _insert_reading(connection: DuckDBPyConnection, number: int, report: Report, name: str) -> None:
    form = load_form(report.form)
    unknown = [position for position in report.cells if not form.has(*position)]
    assert not unknown, f"edition {report.form} has no such cell: {unknown}"
    cells = [_cell(report, cell) for cell in form.cells]
    printed = [
        report.printed.get((cell.section, cell.item, cell.party), (str(value), f"cell {n}"))
        for n, (cell, (value, _)) in enumerate(zip(form.cells, cells, strict=True))
    ]
    connection.execute(
        "insert into reading values (?, ?, 1, ?, ?, ?, ?, 'title', ?, ?, ?, ?, ?, ?, ?)",
        [
            number, f"source-{number}", name, report.year, report.form, report.scope,
            report.published_on, list(report.sections),
            [value for value, _ in cells], [state for _, state in cells],
            [raw for raw, _ in printed], [place for _, place in printed],
            f"source-{number}",
        ],
    )  # fmt: skip


def _insert_copy(connection: DuckDBPyConnection, number: int, of: int, copy: Report) -> None:
    _insert_reading(connection, number, copy, "")
    connection.execute(
        "insert into passed_over values (?, ?, ?, ?)",
        [of * 100, number, f"copy-{number}.html", copy.published_on],
    )


def _insert(connection: DuckDBPyConnection, number: int, report: Report, name: str) -> None:
    _insert_reading(connection, number, report, name)
    connection.execute(
        "insert into report values (?, ?, ?, ?, ?, ?, 'title', ?, ?, ?)",
        [
            number * 100, report.agency_id, name, report.year, report.form, report.scope,
            report.published_on, f"source-{number}", number,
        ],
    )  # fmt: skip
    paragraphs = [(section, text) for section in report.prose for text in report.prose[section]]
    for ordinal, (section, text) in enumerate(paragraphs, start=1):
        connection.execute(
            "insert into prose values (?, ?, ?, ?, ?)",
            [number, ordinal, section, text, f"P{ordinal}"],
        )
    for said in report.claims:
        connection.execute(
            "insert into reading_claim values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                number, said.measure, said.channel, said.value,
                said.approximate, said.derived, said.quote, said.place,
            ],
        )  # fmt: skip
    for told in report.stated:
        connection.execute(
            "insert into stated values (?, ?, ?, ?, 'quote', 'P1', false, ?)",
            [number * 100, told.what, told.value, told.told_by, told.of],
        )
    for doubt in report.doubts:
        alternative = [{"party": party, "value": value} for party, value in doubt.alternative]
        connection.execute(
            "insert into doubt values (?, ?, ?, ?, ?, ?, ?)",
            [
                number, doubt.code, doubt.section, doubt.item, doubt.place, doubt.detail,
                alternative,
            ],
        )  # fmt: skip


def _cell(report: Report, cell: FormCell) -> tuple[float | None, State]:
    changed = report.cells.get((cell.section, cell.item, cell.party))
    if isinstance(changed, str):
        return None, changed
    return (_clean(cell, report.year) if changed is None else changed), "number"


def _clean(cell: FormCell, year: int) -> float:
    if cell.item == "regulation":
        return 0.0
    if cell.party == "previous":
        return max(_SECTION_2["previous"] + (year - 2019) * _SECTION_2["change"], 0.0)
    if cell.section == 2:
        return _SECTION_2[cell.party]
    if cell.section == 4:
        return _SECTION_4[cell.item]
    return _SECTION_3.get(cell.item, 0.0) * (_APPLICANTS if cell.party == "total" else 1)
