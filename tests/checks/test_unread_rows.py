"""A row or a table that was left unread is one finding, a cell that prints words another."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from etl.checks import run_checks
from etl.form import load_form
from etl.reading import Doubt
from tests.checks.warehouses import Agency, Position, Report, build

ROW = "26 | 20 | 3"


def _cells(section: int, items: Iterable[str] | None = None) -> list[Position]:
    wanted = None if items is None else set(items)
    return [
        (cell.section, cell.item, cell.party)
        for cell in load_form("2021").section_cells(section)
        if wanted is None or cell.item in wanted
    ]


def _unread(section: int, items: Iterable[str] | None = None, code: str = "cell-count") -> Report:
    """A report in which these rows, or all of a section, were refused."""
    cells = _cells(section, items)
    rows = dict.fromkeys(item for _, item, _ in cells)
    places = {item: f"T2 R{number} C2" for number, item in enumerate(rows, start=3)}
    return Report(
        cells=dict.fromkeys(cells, "unreadable"),
        printed={cell: (ROW, places[cell[1]]) for cell in cells},
        doubts=tuple(Doubt(code, places[item], ROW, section, item) for item in rows),
    )


def _found(*reports: Report) -> list[dict[str, Any]]:
    connection = build(reports, [Agency()])
    run_checks(connection)
    found = connection.execute(
        "select finding_id, section, item, party, attribution, message_zh, message_en, evidence "
        "from finding where rule = 'unreadable-cell' order by item nulls first, party nulls first"
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _outcome(report: Report) -> tuple[str, int]:
    connection = build([report], [Agency()])
    run_checks(connection)
    (outcome,) = connection.execute(
        "select outcome, compared from check_result where rule = 'unreadable-cell'"
    ).fetchall()
    return outcome


def test_a_refused_row_is_one_finding_that_says_why() -> None:
    (found,) = _found(_unread(3, ["partial"]))
    assert (found["section"], found["item"], found["party"]) == (3, "partial", None)
    assert found["attribution"] == "reading"
    assert found["message_zh"].startswith("第三部分“")
    assert "”整行未读取（印作“" in found["message_zh"]
    assert "数字个数与表式不符" in found["message_zh"]
    assert "不是数字" not in found["message_zh"]
    assert "left unread" in found["message_en"]
    evidence = json.loads(found["evidence"])
    assert (evidence["raw"], evidence["cells"], evidence["doubts"]) == (ROW, 7, ["cell-count"])


def test_each_refused_row_is_a_finding_of_its_own() -> None:
    found = _found(_unread(3, ["granted", "partial"]))
    assert [finding["item"] for finding in found] == ["granted", "partial"]
    assert len({finding["finding_id"] for finding in found}) == 2


@pytest.mark.parametrize("section", [2, 3, 4])
def test_a_refused_table_is_one_finding(section: int) -> None:
    (found,) = _found(_unread(section))
    assert (found["section"], found["item"], found["party"]) == (section, None, None)
    assert "整张表未读取" in found["message_zh"]
    assert json.loads(found["evidence"])["cells"] == len(_cells(section))


def test_a_table_with_its_heads_in_another_order_quotes_them_in_its_doubt() -> None:
    cells = _cells(4)
    (found,) = _found(
        Report(
            cells=dict.fromkeys(cells, "unreadable"),
            printed=dict.fromkeys(cells, (ROW, "T3 R4 C1")),
            doubts=(Doubt("head-order", "T3 R4 C1", "行政诉讼 | 行政复议", 4),),
        )
    )
    assert found["item"] is None
    assert "表头顺序与表式不符" in found["message_zh"]


def test_every_cell_of_a_refused_row_counts_as_failed() -> None:
    cells = len(load_form("2021").cells)
    assert _outcome(_unread(3, ["partial"])) == ("fail", cells)
    assert _outcome(_unread(3)) == ("fail", cells)


def test_cells_of_a_line_that_print_the_same_words_stay_apart() -> None:
    cells: list[Position] = [(3, "partial", "total"), (3, "partial", "business")]
    found = _found(
        Report(
            cells=dict.fromkeys(cells, "unreadable"),
            printed=dict.fromkeys(cells, ("若干", "第 9 行")),
            doubts=(Doubt("by-count", "第 9 行", "若干 | 若干", 3, "partial"),),
        )
    )
    assert [finding["party"] for finding in found] == ["business", "total"]
    assert all("印作“若干”，不是数字" in finding["message_zh"] for finding in found)


def test_what_a_refused_row_may_mean_is_offered_once() -> None:
    report = _unread(3, ["partial"])
    doubt = Doubt("cell-count", "T2 R3 C2", ROW, 3, "partial", (("business", 2.0), ("total", 9.0)))
    (found,) = _found(Report(cells=report.cells, printed=report.printed, doubts=(doubt,)))
    assert found["message_zh"].count("另一种读法：") == 1
    assert found["message_zh"].endswith(" 9。")
    assert [offer["value"] for offer in json.loads(found["evidence"])["alternative"]] == [2.0, 9.0]


@pytest.mark.parametrize(
    ("raw", "attribution"),
    [
        ("24 1", "unclear"), ("110\u30001", "unclear"), ("１ ２", "unclear"),
        ("2705. 4391", "unclear"), ("约 24", "report"), ("若干", "report"), ("24件 1", "report"),
    ],
)  # fmt: skip
def test_a_figure_with_a_gap_may_be_the_readings_fault(raw: str, attribution: str) -> None:
    cell: Position = (3, "partial", "total")
    (found,) = _found(Report(cells={cell: "unreadable"}, printed={cell: (raw, "T2 R5 C9")}))
    assert found["attribution"] == attribution


@pytest.mark.parametrize(
    ("cells", "doubts", "zh", "en"),
    [
        (
            {}, (Doubt("unknown-row", "T2", "小计", 3),),
            "的表多出 1 行或列。", ", has 1 row or column besides.",
        ),
        ({(3, "partial", "total"): "absent"}, (), "的表少 1 格。", ", lacks 1 cell of the form."),
        (
            {(3, "partial", "total"): "absent"}, (Doubt("unknown-row", "T2", "小计", 3),),
            "的表少 1 格，多出 1 行或列。", "lacks 1 cell of the form and has 1 row or column",
        ),
    ],
)  # fmt: skip
def test_a_table_that_differs_is_told_without_zeros(
    cells: dict[Position, Any], doubts: tuple[Doubt, ...], zh: str, en: str
) -> None:
    connection = build([Report(cells=cells, doubts=doubts)], [Agency()])
    run_checks(connection)
    (found,) = connection.execute(
        "select message_zh, message_en from finding where rule = 'heading-mismatch'"
    ).fetchall()
    assert zh in found[0]
    assert en in found[1]
