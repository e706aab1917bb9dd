"""Which cells are suspected in whole warehouses, and what is left alone."""

from __future__ import annotations

import pytest
from duckdb import DuckDBPyConnection

from etl.checks import run_checks
from etl.checks.suspects import judged_rules
from etl.checks.suspects.slips import slip_kind
from etl.reading import Claim, Doubt, State
from tests.checks.warehouses import Agency, Position, Report, build, claim

Cells = dict[Position, float | State]

COLUMNS = "year, rank, item, party, printed, proposed"


def _checked(*reports: Report) -> DuckDBPyConnection:
    connection = build(reports, [Agency(n) for n in {report.agency_id for report in reports}])
    run_checks(connection, only=judged_rules())
    return connection


def _suspects(connection: DuckDBPyConnection, columns: str = COLUMNS) -> list[tuple[object, ...]]:
    return connection.execute(
        f"select {columns} from suspect join report using (report_id) "
        "order by year, fault, rank, solution, suspect.item, party"
    ).fetchall()


@pytest.mark.parametrize(
    ("position", "printed"),
    [
        ((3, "received", "natural_person"), 44.0),
        ((3, "granted", "total"), 81.0),
        ((3, "concluded", "business"), 0.0),
        ((3, "carried_in", "total"), 60.0),
        ((3, "carried_out", "research"), 7.0),
        ((3, "refused_law", "other_org"), 3.0),
        ((3, "received", "total"), -24.0),
    ],
)
def test_one_slip_is_found_with_the_figure_meant(position: Position, printed: float) -> None:
    true = build([Report(2022)])
    value = true.execute(
        "select value from cell where (section, item, party) = ($1, $2, $3)", [*position]
    ).fetchall()
    connection = _checked(Report(2021), Report(2022, cells={position: printed}), Report(2023))
    found = _suspects(connection, f"{COLUMNS}, determined")
    assert found == [(2022, 1, position[1], position[2], printed, value[0][0], True)]


def test_a_clean_warehouse_has_no_suspects() -> None:
    assert _suspects(_checked(Report(2022), Report(2023))) == []


def test_two_slips_are_two_faults() -> None:
    cells: Cells = {(3, "granted", "business"): 33.0, (3, "partial", "research"): 9.0}
    found = _suspects(_checked(Report(cells=cells)), f"{COLUMNS}, fault, determined")
    assert sorted(row[1:] for row in found) == [
        (1, "granted", "business", 33.0, 3.0, found[0][6], True),
        (1, "partial", "research", 9.0, 1.0, found[1][6], True),
    ]
    assert {row[6] for row in found} == {1, 2}


def test_equally_likely_cells_share_a_rank() -> None:
    cells: Cells = {(4, "case_total", "reconsideration"): 5.0}
    found = _suspects(_checked(Report(cells=cells)), "rank, suspect.item, ties, determined")
    assert {row[0] for row in found} == {1}
    assert {row[1] for row in found} >= {"case_total", "upheld", "pending"}
    assert {row[2:] for row in found} == {(len(found), False)}


@pytest.mark.parametrize(("value", "first"), [(4.0, "case_total"), (None, "")])
def test_the_prose_breaks_a_tie(value: float | None, first: str) -> None:
    said: tuple[Claim, ...] = (claim("reconsideration_cases", value),) if value else ()
    cells: Cells = {(4, "case_total", "reconsideration"): 5.0}
    found = _suspects(_checked(Report(cells=cells, claims=said)), "rank, suspect.item")
    alone = [item for rank, item in found if rank == 1]
    assert alone == [first] if value else len(alone) > 1


def test_what_the_reader_offers_breaks_a_tie() -> None:
    doubt = Doubt("x", "T3", "", 4, "upheld", (("reconsideration", 2.0),))
    cells: Cells = {(4, "case_total", "reconsideration"): 5.0}
    found = _suspects(_checked(Report(cells=cells, doubts=(doubt,))), COLUMNS)
    assert found[0] == (2023, 1, "upheld", "reconsideration", 1.0, 2.0)
    assert all(rank == 2 for _, rank, *_ in found[1:])


def test_the_year_before_decides_where_the_columns_are_blank() -> None:
    blank: Cells = {
        (3, item, party): "blank"
        for item in ("received", "carried_in", "concluded", "carried_out")
        for party in ("natural_person", "business")
    }
    slip: Cells = {**blank, (3, "carried_in", "total"): 7.0}
    found = _suspects(_checked(Report(2022), Report(2023, cells=slip)), COLUMNS)
    found = [row for row in found if row[4] is not None]
    assert found[0] == (2023, 1, "carried_in", "total", 7.0, 6.0)


def test_a_figure_carried_wrongly_into_the_next_year_is_mended_in_both() -> None:
    ends = (("carried_out", 2022), ("carried_in", 2023))
    reports = [Report(y, cells={(3, item, "business"): 10.0}) for item, y in ends]
    found = _suspects(_checked(*reports), COLUMNS)
    assert found == [(y, 1, item, "business", 10.0, 1.0) for item, y in ends]


def test_a_restated_year_accuses_no_cell() -> None:
    restated: Cells = {
        (3, item, party): figure
        for party, by in (("business", 1.0), ("total", 1.0))
        for item, figure in (("carried_in", by + (6 if party == "total" else 1)),
                             ("received", (24 if party == "total" else 4) - by))
    }  # fmt: skip
    connection = _checked(Report(2022), Report(2023, cells=restated))
    rules = connection.execute("select distinct rule from finding").fetchall()
    assert rules == [("carry-over",)]
    assert _suspects(connection) == []


def test_a_slip_beside_a_restated_year_is_still_found() -> None:
    cells: Cells = {
        (3, "carried_in", "business"): 2.0, (3, "carried_in", "total"): 7.0,
        (3, "received", "business"): 3.0, (3, "received", "total"): 23.0,
        (3, "granted", "research"): 13.0,
    }  # fmt: skip
    found = _suspects(_checked(Report(2022), Report(2023, cells=cells)), COLUMNS)
    assert found == [(2023, 1, "granted", "research", 13.0, 3.0)]


def test_a_blank_total_is_proposed_unless_it_can_only_mean_nought() -> None:
    cells: Cells = {(3, "granted", "total"): "blank", (3, "other_unpaid", "business"): "dash"}
    found = _suspects(_checked(Report(cells=cells)), f"{COLUMNS}, slip, explains")
    assert found == [(2023, 1, "granted", "total", None, 18.0, "blank", 0)]


def test_suspects_are_made_anew_and_only_with_their_rules() -> None:
    connection = _checked(Report(cells={(3, "received", "business"): 9.0}))
    before = connection.execute("from suspect").fetchall()
    assert before
    run_checks(connection, only=["carry-over"])
    assert connection.execute("from suspect").fetchall() == before
    run_checks(connection, only=["period"])
    assert connection.execute("from suspect").fetchall() == before


@pytest.mark.parametrize(
    ("printed", "meant", "kind"),
    [
        (321, 312, "swapped"), (312, 321, "swapped"), (31, 312, "lost"), (3312, 312, "doubled"),
        (3912, 312, "added"), (912, 312, "replaced"), (20, 19, "off-by-one"), (-5, 5, "sign"),
        (-5, 7, "other"), (17, 93, "other"), (0.5, 5, "other"), (5, 12, "neighbour"),
    ],
)  # fmt: skip
def test_kinds_of_slip(printed: float, meant: float, kind: str) -> None:
    assert slip_kind(printed, meant, neighbours=(5.0, 1.0)) == kind


def test_nought_for_a_sum_is_a_kind_of_its_own() -> None:
    assert slip_kind(0, 40, is_total=True) == "empty-total"
    assert slip_kind(0, 41) == "other"
