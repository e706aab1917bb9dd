"""Limits of rates and jumps: calibrated without a signal, one definition for plot and finding."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from etl.checks import run_checks
from etl.checks.unusual.limits import EXACT, fit, limits, steps
from tests.checks.examples.hierarchy import NOTHING
from tests.checks.examples.model import RECEIVED
from tests.checks.examples.peers import LAST, PEERS, one_year
from tests.checks.warehouses import Agency, Report, build

ONE, NONE = np.array([0.3]), np.array([0.0])


@pytest.mark.parametrize("spread", [0.0, 0.05])
@pytest.mark.parametrize("size", [15, 60, 1000])
def test_alarms_without_a_signal_are_near_the_nominal_rate(size: int, spread: float) -> None:
    draw = np.random.default_rng(size)
    peers = 4000
    rates = np.full(peers, 0.3)
    if spread:
        weight = (1 - spread) / spread
        rates = draw.beta(0.3 * weight, 0.7 * weight, peers)
    cases = np.full(peers, float(size))
    hits = draw.binomial(size, rates).astype(float)
    target, found = fit(cases, hits)
    assert target == pytest.approx(0.3, abs=0.02)
    assert found == pytest.approx(spread, abs=0.015)
    low, inner_low, inner_high, high = limits(np.array([target]), np.array([found]), size)[0]
    rate = hits / cases
    assert ((rate < low) | (rate > high)).mean() < 0.006
    assert 0.02 < ((rate < inner_low) | (rate > inner_high)).mean() < 0.08


def test_an_odd_few_hardly_widen_the_limits() -> None:
    draw = np.random.default_rng(3)
    cases = np.full(200, 100.0)
    hits = draw.binomial(100, 0.3, 200).astype(float)
    hits[:4] = 95.0
    assert fit(cases, hits)[1] < 0.02


def test_limits_are_those_of_the_binomial_distribution() -> None:
    low, inner_low, inner_high, high = limits(np.array([0.5]), NONE, 10)[0] * 10
    # Of ten even throws 0 and 10 have a mid-p of 0.0005, 1 and 9 of 0.0059, 2 and 8 of 0.033.
    assert 0 < low < 1 < inner_low < 2
    assert high == pytest.approx(10 - low)
    assert inner_high == pytest.approx(10 - inner_low)


def test_limits_narrow_without_a_step_where_they_are_no_longer_added_up() -> None:
    for spread in (NONE, np.array([0.05])):
        at, beyond, far = (limits(ONE, spread, n)[0] for n in (EXACT, EXACT + 1, 100 * EXACT))
        assert beyond == pytest.approx(at, abs=1e-4)
        assert at[0] <= far[0] < far[1] < 0.3 < far[2] < far[3] <= at[3]


def test_too_few_cases_pass_no_limit() -> None:
    assert limits(np.array([0.05]), NONE, 10)[0][0] == 0.0
    assert np.isfinite(limits(np.array([0.0, 1.0]), np.array([0.0, 0.0]), 5000)).all()


def test_steps_are_fine_where_cases_are_few() -> None:
    kept = steps(10, 1000)
    assert kept[:51] == list(range(10, 61))
    assert kept == sorted(set(kept))
    assert all(after <= before * 1.04 for before, after in pairwise(kept[50:]))


def test_the_kept_limits_are_those_of_the_finding() -> None:
    connection = build(one_year({(3, "unable_not_held", "total"): 9.0}), PEERS)
    run_checks(connection, only=["peer-outlier"])
    outside = connection.execute(
        "select agency_id, measure, numerator, denominator, z > 3 from funnel_report "
        "join report using (report_id) where not rate between lower_998 and upper_998"
    ).fetchall()
    assert outside == [(LAST, "unable_rate", 9.0, 24.0, True)]
    found = connection.execute(
        "select evidence->>'numerator', evidence->>'peers' from finding"
    ).fetchall()
    assert found == [("9.0", "24")]


def test_few_of_a_kind_are_ranked_within_their_level() -> None:
    agencies = [*PEERS[:-3], *(Agency(peer.agency_id, kind="管委会") for peer in PEERS[-3:])]
    connection = build(one_year(), agencies)
    run_checks(connection, only=["peer-outlier"])
    groups = connection.execute("select distinct body, peers from funnel order by peers").fetchall()
    assert groups == [("department", 21), (None, 24)]
    assert connection.execute(
        "select distinct peer_body from funnel_report join report using (report_id) "
        "where agency_id = ?", [LAST]
    ).fetchall() == [(None,)]  # fmt: skip


def test_a_unit_counts_with_its_own_roll_up() -> None:
    city = (
        Agency(1, name="甲市人民政府", kind="政府"),
        Agency(2, name="乙县人民政府", kind="政府", parent_id=1),
        Agency(3, name="乙县财政局", parent_id=2),
    )
    reports = [
        Report(cells=NOTHING),
        Report(agency_id=2, cells=NOTHING | {RECEIVED: 2.0}),
        Report(agency_id=3, cells=NOTHING | {RECEIVED: 3.0}),
        Report(scope="rollup", cells=NOTHING | {RECEIVED: 5.0}),
    ]
    whole = Report(agency_id=2, scope="rollup", cells=NOTHING | {RECEIVED: 5.0})
    for county, outcome in (([whole], "pass"), ([], "undecided")):
        connection = build([*reports, *county], city)
        run_checks(connection, only=["rollup"])
        assert connection.execute(
            "select outcome from check_result join report using (report_id) "
            "where report.agency_id = 1 and scope = 'rollup'"
        ).fetchall() == [(outcome,)]
