"""Ledgers over the years: where they first break, which side moved, what is understood."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from duckdb import DuckDBPyConnection

from etl.checks import run_checks
from etl.checks.ledgers import LEDGERS
from tests.checks.warehouses import Position, Report, build

IN, OUT = (3, "carried_in", "natural_person"), (3, "carried_out", "natural_person")
RECEIVED, CONCLUDED = (3, "received", "natural_person"), (3, "concluded", "natural_person")
IN_FORCE: Position = (2, "normative_document", "in_force")
PENDING, CASES = (4, "pending", "reconsideration"), (4, "case_total", "reconsideration")
Row = tuple[str, str | None, str | None, bool]


def _checked(reports: Iterable[Report]) -> DuckDBPyConnection:
    connection = build(reports)
    run_checks(connection, only=LEDGERS)
    return connection


def _ledger(
    connection: DuckDBPyConnection, rule: str = "carry-over", party: str = "natural_person"
) -> dict[int, Row]:
    """Year → status, side, told_by, first_break."""
    rows = connection.execute(
        "select year, status, side, told_by, first_break from ledger "
        "where ledger = ? and party = ? order by year",
        [rule, party],
    ).fetchall()
    return {year: (status, side, told_by, first) for year, status, side, told_by, first in rows}


def _plain(status: str) -> Row:
    return status, None, None, False


def test_a_ledger_that_holds_starts_and_goes_on() -> None:
    connection = _checked(Report(year) for year in (2021, 2022, 2023))
    for rule, party in (
        ("carry-over", "total"),
        ("in-force-ledger", "normative_document"),
        ("pending-cases", "litigation_after"),
    ):
        assert _ledger(connection, rule, party) == {
            2021: _plain("start"), 2022: _plain("holds"), 2023: _plain("holds"),
        }  # fmt: skip


def test_a_ledger_of_zeros_is_not_kept() -> None:
    connection = _checked([Report(2021), Report(2022)])
    assert _ledger(connection, "in-force-ledger", "regulation") == {}
    assert _ledger(connection, "carry-over", "business") != {}


def test_the_figures_are_those_of_the_finding() -> None:
    connection = _checked([Report(2021), Report(2022, cells={IN_FORCE: 13.0}), Report(2023)])
    rows = connection.execute(
        "select ledger.gap, finding.delta, expected, opening, added, removed, closing "
        "from ledger join finding "
        "on finding.report_id = ledger.report_id and finding.rule = ledger.ledger "
        "and finding.item = ledger.party order by ledger.year"
    ).fetchall()
    assert rows == [
        (3.0, 3.0, 10.0, 13.0, 2.0, 2.0, 13.0),
        (-3.0, -3.0, 13.0, 10.0, 2.0, 2.0, 10.0),
    ]


def test_a_missing_year_or_figure_leaves_it_undecided() -> None:
    blank = Report(2023, cells={OUT: "blank"})
    connection = _checked([Report(2020), Report(2022), blank, Report(2024)])
    assert [row[0] for row in _ledger(connection).values()] == [
        "start", "undecided", "holds", "undecided",
    ]  # fmt: skip


def test_an_opening_that_unbalances_its_own_year_moved() -> None:
    connection = _checked([Report(2021), Report(2022, cells={IN: 6.0}), Report(2023)])
    assert _ledger(connection)[2022] == ("breaks", "opening", None, True)
    assert _ledger(connection)[2023] == _plain("holds")


def test_a_closing_that_its_own_year_and_the_next_contradict_is_understood() -> None:
    connection = _checked([Report(2021, cells={OUT: 6.0}), Report(2022)])
    assert _ledger(connection)[2022] == ("restated", "closing", "balance", False)


def test_an_earlier_year_out_of_balance_by_something_else_moved() -> None:
    connection = _checked([Report(2021, cells={OUT: 6.0, RECEIVED: 20.0}), Report(2022)])
    assert _ledger(connection)[2022] == ("breaks", "closing", None, True)


def test_two_years_out_of_balance_leave_the_side_open() -> None:
    connection = _checked(
        [Report(2021, cells={OUT: 6.0, RECEIVED: 20.0}), Report(2022, cells={CONCLUDED: 8.0})]
    )
    assert _ledger(connection)[2022] == ("breaks", "unclear", None, True)


def test_two_years_that_each_tie_out_leave_the_side_open() -> None:
    moved = Report(2022, cells={IN: 6.0, CONCLUDED: 9.0})
    connection = _checked([Report(2021), moved, Report(2023)])
    assert _ledger(connection)[2022] == ("breaks", "unclear", None, True)
    ((zh, en),) = connection.execute(
        "select message_zh, message_en from finding where party = 'natural_person'"
    ).fetchall()
    assert zh.endswith("两年各自相符，无法判断是哪一年变动。")
    assert en.endswith("Both years tie out in themselves; which one moved can't be told.")


def test_an_unbalanced_year_after_an_unbalanced_one_is_not_said_to_follow_a_sound_one() -> None:
    earlier = Report(2021, cells={RECEIVED: 20.0})
    connection = _checked([earlier, Report(2022, cells={IN: 6.0})])
    assert _ledger(connection)[2022] == ("breaks", "unclear", None, True)


def test_a_gap_taken_back_in_the_next_year_is_one_years_own() -> None:
    odd = Report(2022, cells={IN: 6.0, OUT: 6.0})
    connection = _checked([Report(2021), odd, Report(2023)])
    assert _ledger(connection) == {
        2021: _plain("start"),
        2022: ("restated", "opening", "returned", False),
        2023: ("restated", "closing", "returned", False),
    }


def test_documents_that_expired_break_once_and_stay_there() -> None:
    later = [Report(year, cells={IN_FORCE: 7.0}) for year in (2023, 2024)]
    connection = _checked([Report(2021), Report(2022), *later])
    ledger = _ledger(connection, "in-force-ledger", "normative_document")
    assert ledger[2023] == ("breaks", "opening", None, True)
    assert ledger[2024] == _plain("holds")
    ((told,),) = connection.execute("select message_en from finding").fetchall()
    assert told.endswith("The year before follows from its own: this year moved.")


def test_another_file_for_the_year_before_tells_that_it_was_restated() -> None:
    other = Report(2021, cells={OUT: 3.0, CONCLUDED: 2.0}, published_on=date(2022, 1, 5))
    connection = _checked(
        [Report(2021, copies=(other,)), Report(2022, cells={IN: 3.0, CONCLUDED: 6.0})]
    )
    assert _ledger(connection)[2022] == ("restated", "closing", "copy", False)


def test_a_recorded_correction_closes_the_gap() -> None:
    connection = build([Report(2021), Report(2022, cells={IN: 6.0})])
    connection.execute(
        "insert into correction values (2, 'a', 2022, 'agency', 3, 'carried_in', 'natural_person',"
        " 1, null, 'a misprint', 'somebody', date '2026-01-01', 200)"
    )
    run_checks(connection, only=LEDGERS)
    assert _ledger(connection)[2022] == ("restated", "opening", "correction", False)


def test_pending_cases_may_be_fewer_than_the_total_but_not_more() -> None:
    connection = _checked([Report(2021), Report(2022, cells={CASES: 0.0}), Report(2023)])
    ledger = _ledger(connection, "pending-cases", "reconsideration")
    assert ledger[2022] == ("breaks", "opening", None, True)
    assert ledger[2023] == _plain("holds")
    ((gap,),) = connection.execute("select gap from ledger where status = 'breaks'").fetchall()
    assert gap == -1.0


def test_items_are_followed_in_their_edition_alone() -> None:
    connection = _checked([Report(2019), Report(2020), Report(2021)])
    assert _ledger(connection, "items-ledger", "fee") == {
        2019: _plain("start"), 2020: _plain("holds"),
    }  # fmt: skip


def test_findings_are_told_what_the_other_years_show() -> None:
    reports = [Report(2021), Report(2022, cells={IN: 6.0}), Report(2023, cells={IN: 9.0})]
    connection = _checked(reports)
    rows = connection.execute(
        "select evidence, message_zh, message_en from finding where rule = 'carry-over' "
        "order by year"
    ).fetchall()
    first, second = (json.loads(evidence) for evidence, _, _ in rows)
    assert first["ledger"] == {
        "status": "breaks", "side": "opening", "first_break": True, "first_break_year": 2022,
    }  # fmt: skip
    assert first["left"][0]["value"] == 6.0
    assert second["ledger"]["first_break"] is False
    assert "首次不衔接在2022年" not in rows[0][1]
    assert rows[1][1].endswith("首次不衔接在2022年。")
    assert rows[1][2].endswith("It first broke in 2022.")


def test_other_rules_leave_the_ledgers_alone() -> None:
    connection = _checked([Report(2021), Report(2022)])
    before = connection.execute("select count(*) from ledger").fetchone()
    run_checks(connection, only=["balance"])
    assert connection.execute("select count(*) from ledger").fetchone() == before != (0,)
