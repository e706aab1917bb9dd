"""Measures: formulas, the worked values of a real report, and how rates are written."""

from __future__ import annotations

import math
from pathlib import Path

import duckdb
import pytest

from dashboard.filters import Filters
from dashboard.measures import format_rate, item_label, measure, measures, party_label
from dashboard.queries.rates import pool
from dashboard.warehouse import Warehouse
from etl.export.comparison import figures, query_of
from etl.form import EDITIONS, load_form
from etl.measures import cell_measures, named_measures
from tests.dashboard.printed import SUQIAN, build_printed, read_suqian

WORKED = [
    # measure, year, numerator, denominator, per cent (two decimals)
    ("completion_rate", 2023, 3486, 3607, 96.65),
    ("disclosure_rate", 2023, 1519, 3486, 43.57),
    ("disclosure_rate", 2024, 1902, 3521, 54.02),
    ("disclosure_rate_handled", 2023, 1519, 3607, 42.11),
    ("merits_disclosure_rate", 2023, 1519, 2739, 55.46),
    ("disclosure_rate_without_other", 2023, 1519, 3145, 48.30),
    ("full_grant_rate", 2023, 1191, 3486, 34.17),
    ("full_grant_rate", 2024, 1431, 3521, 40.64),
    ("refusal_rate", 2023, 142, 3486, 4.07),
    ("refusal_rate", 2024, 92, 3521, 2.61),
    ("unable_rate", 2023, 1078, 3486, 30.92),
    ("rejection_rate", 2023, 406, 3486, 11.65),
    ("other_rate", 2023, 341, 3486, 9.78),
    ("natural_person_share", 2023, 3402, 3511, 96.90),
    ("reconsideration_correction_rate", 2023, 17, 414, 4.11),
    ("reconsideration_correction_rate", 2024, 18, 134, 13.43),
    ("reconsideration_correction_of_total", 2023, 17, 440, 3.86),
    ("litigation_loss_rate", 2023, 1, 98, 1.02),
    ("litigation_loss_rate", 2024, 0, 57, 0.0),
    ("dispute_ratio", 2023, 464, 3511, 13.22),
    ("dispute_ratio", 2024, 195, 3525, 5.53),
]


@pytest.fixture(scope="module")
def suqian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = {(SUQIAN, year): printed for year, printed in read_suqian().items()}
    return build_printed(tmp_path_factory.mktemp("suqian") / "warehouse.duckdb", reports)


@pytest.mark.parametrize(("code", "year", "above", "below", "value"), WORKED)
def test_worked_values_of_a_real_report(
    suqian: Path, code: str, year: int, above: float, below: float, value: float
) -> None:
    with duckdb.connect(str(suqian), read_only=True) as connection:
        long = figures(query_of(connection), [measure(code)])
    row = long.set_index("year").loc[year]
    assert (row["numerator"], row["denominator"], row["state"]) == (above, below, "number")
    assert round(row["value"], 2) == value
    pooled = pool(Warehouse(suqian), Filters((year, year)), measure(code)).iloc[0]
    assert (pooled["numerator"], pooled["denominator"]) == (above, below)
    assert (pooled["known"], pooled["reports"]) == (1, 1)


def test_groups_take_every_line_of_the_edition() -> None:
    lines = {
        code: [len(measure(code).numerator.terms(edition) or ()) for edition in EDITIONS]
        for code in ("refused", "unable", "rejected", "other_handling")
    }
    assert lines == {
        "refused": [8, 8],
        "unable": [3, 3],
        "rejected": [5, 5],
        "other_handling": [1, 3],
    }


def test_every_named_measure_has_words_and_cells_that_exist() -> None:
    for code, named in named_measures().items():
        assert all(named.labels), code
        assert all(named.definitions), code
        assert bool(named.pitfalls[0]) == bool(named.pitfalls[1]), code
        assert named.has("2021"), code
        assert named.unit_label("en"), code


def test_every_cell_that_is_compared_has_a_measure() -> None:
    for edition in EDITIONS:
        for cell in load_form(edition).cells:
            if cell.section != 3 or cell.party == "total":
                code = cell.item if cell.section == 3 else f"{cell.item}.{cell.party}"
                assert code in cell_measures()
                assert code in measures()


@pytest.mark.parametrize(
    ("code", "breaks"),
    [
        ("disclosure_rate", False),
        ("received", False),
        ("corrected.reconsideration", False),
        ("other_rate", True),
        ("disclosure_rate_without_other", True),
        ("licence.decisions", True),
        ("regulation.issued", True),
    ],
)
def test_series_break_where_the_form_changed(code: str, breaks: bool) -> None:
    assert measure(code).breaks is breaks


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [
        (1519, 3486, "43.6%"),
        (3, 7, "3/7"),
        (0, 9, "0/9"),
        (1, 10, "10.0%"),
        (0, 0, "不适用"),
        (1, math.nan, "–"),
        (math.nan, 20, "–"),
    ],
)
def test_rates_are_never_written_on_small_or_missing_denominators(
    above: float, below: float, shown: str
) -> None:
    assert format_rate(measure("disclosure_rate"), above, below, "zh") == shown


def test_labels_come_from_the_form_without_their_numerals() -> None:
    assert item_label("refused_secret", "zh") == "属于国家秘密"
    assert item_label("partial", "en") == "Granted in part"
    assert item_label("refused", "zh") == "不予公开"
    assert party_label(2, "fee", "amount", "zh") == "本年收费金额（单位：万元）"
    with pytest.raises(KeyError):
        item_label("nothing", "zh")
