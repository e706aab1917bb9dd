"""What is printed joined with what was recognised: labels, rows left unread, sections."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Document, Grid, Paragraph, Slot
from etl.explain import Explanation
from etl.explain.join import trace
from etl.explain.labels import trace_heading, trace_item, trace_party, trace_unknown
from etl.explain.trace import Trace, TracedParagraph, TracedRow
from etl.form import load_form
from etl.reading import CellReading
from etl.recognise import recognise
from tests.explain.files import explain_one, odd_text
from tests.recognise.grids import document, grid, requests_rows


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Explanation:
    return explain_one(tmp_path_factory.mktemp("odd"), odd_text())


def _trace(explanation: Explanation) -> Trace:
    assert explanation.document is not None
    return trace(explanation.document, explanation.reading)


def _row(found: Trace, label: str) -> TracedRow:
    rows = (row for table in found.tables() for row in table.rows)
    return next(row for row in rows if any(label in one.slot.text for one in row.slots))


def test_a_slot_holds_the_cells_read_from_its_place(odd: Explanation) -> None:
    assert odd.reading is not None
    joined = [
        (one.slot.text, odd.reading.cells[number - 1])
        for table in _trace(odd).tables()
        for row in table.rows
        for one in row.slots
        for number in one.cells
    ]
    assert len(joined) == 200 - 7 - 7
    assert all(text == cell.raw for text, cell in joined)


def test_a_misspelt_label_says_how_alike_it_is_and_what_comes_next(odd: Explanation) -> None:
    label = _row(_trace(odd), "三安全一隐定").slots[0].label
    assert label is not None
    assert label.best is not None
    assert label.next is not None
    assert (label.axis, label.code, label.exact) == ("item", "refused_security", False)
    assert label.best.code == "refused_security"
    assert 80 <= label.best.similarity < 100
    assert label.next.code != label.code
    assert label.next.similarity < label.best.similarity - 8


def test_an_unknown_label_names_what_it_is_nearest_to(odd: Explanation) -> None:
    row = _row(_trace(odd), "要求出版刊物")
    label = row.slots[0].label
    assert label is not None
    assert label.best is not None
    assert (label.code, label.best.code) == ("", "rejected_publication")
    assert row.unread
    assert {one.role for one in row.slots[1:]} == {"figure"}


def test_a_row_left_unread_carries_its_cells_and_the_reason(odd: Explanation) -> None:
    row = _row(_trace(odd), "四类过程性信息")
    assert row.item == "refused_process"
    assert len(row.refused) == 7
    assert "cell-count" in {doubt.code for doubt in row.doubts}
    assert {one.role for one in row.slots[1:]} == {"refused"}


def test_a_row_too_many_is_left_out_with_its_doubt(odd: Explanation) -> None:
    row = _row(_trace(odd), "不知名的行")
    assert row.unread
    assert [doubt.code for doubt in row.doubts] == ["unknown-row"]


def test_claims_stand_in_their_paragraph(odd: Explanation) -> None:
    assert odd.reading is not None
    stated = [
        claim for piece in _trace(odd).pieces() if isinstance(piece, TracedParagraph)
        for claim in piece.claims
    ]  # fmt: skip
    assert stated == list(odd.reading.claims)
    assert len(stated) == 3


def test_headings_and_bands_follow_the_form(odd: Explanation) -> None:
    found = _trace(odd)
    assert list(found.headings()) == [1, 2, 3, 4, 5, 6]
    assert [band.sections for band in found.bands] == [(n,) for n in range(7)]


def test_a_doubt_below_a_merged_label_stands_at_its_own_row() -> None:
    rows = requests_rows("2021")
    number = next(n for n, row in enumerate(rows) if "过程性" in row[0])
    slots = [list(row) for row in grid([["", *row] for row in rows]).rows]
    first = slots[number - 2][0]
    slots[number - 2][0] = Slot("（三）不予公开", first.row, 0, first.place, row_span=3)
    del slots[number - 1][0], slots[number][0], slots[number][-1]
    table = Grid(tuple(map(tuple, slots)), "T1")
    headed = document(Paragraph("三、收到和处理政府信息公开申请情况", "P2"), table)
    reading = recognise(headed, "a.html")
    row = _row(trace(headed, reading), "过程性")
    assert row.item == "refused_process"
    assert row.doubts
    assert len(row.refused) == 7


def test_one_sheet_with_all_tables_is_divided_by_section() -> None:
    form = load_form("2021")
    rows = [
        ["三、收到和处理政府信息公开申请情况"],
        *requests_rows("2021"),
        ["五、存在的主要问题及改进情况"],
    ]
    headed = document(grid(rows))
    reading = recognise(headed, "a.xlsx")
    tables = trace(headed, reading).tables()
    assert [table.sections for table in tables] == [(3,), (5,)]
    assert sum(len(one.cells) for row in tables[0].rows for one in row.slots) == len(
        form.section_cells(3)
    )


@pytest.mark.parametrize(
    ("text", "axis", "code", "exact"),
    [
        ("（三）不予公开", None, None, None),
        ("1.属于国家秘密", "item", "refused_secret", True),
        ("7.属于行政法案卷", "item", "refused_case_file", True),
        ("7.属于行政执法案件", "item", "refused_case_file", False),
    ],
)
def test_an_item_is_what_the_recogniser_takes_it_for(
    text: str, axis: str | None, code: str | None, exact: bool | None
) -> None:
    label = trace_item(3, text)
    found = (label.axis, label.code, label.exact) if label else (None, None, None)
    assert found == (axis, code, exact)


def test_headings_and_parties_are_traced_alike() -> None:
    heading = trace_heading("三、收到和处理政府信息公开申请状况")
    assert heading is not None
    assert (heading.code, heading.exact) == ("3", False)
    party = trace_party(3, "商业企业")
    assert party is not None
    assert party.exact


@given(st.text(max_size=30))
def test_any_text_can_be_no_label(text: str) -> None:
    label = trace_unknown(3, text)
    assert label.code == ""
    if label.best and label.next:
        assert label.best.similarity >= label.next.similarity
        assert label.best.code != label.next.code


_TEXTS = st.sampled_from(
    ["", "0", "12", "/", "自然人", "总计", "一、总体情况", "（七）总计", "x" * 80]
)
_ROWS = st.lists(st.lists(_TEXTS, min_size=1, max_size=5), min_size=1, max_size=8)


@given(st.lists(st.one_of(_TEXTS, _ROWS), max_size=5), st.booleans())
def test_everything_printed_is_traced_once_and_in_order(
    blocks: list[str | list[list[str]]], aligned: bool
) -> None:
    made: list[Paragraph | Grid] = []
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            made.append(Paragraph(block, f"P{number}"))
            continue
        slots = (
            tuple(Slot(text, r, c, f"T{number} R{r} C{c}") for c, text in enumerate(row))
            for r, row in enumerate(block)
        )
        made.append(Grid(tuple(slots), f"T{number}", aligned))
    found = trace(Document("html", tuple(made)), None)
    places = [
        place
        for piece in found.pieces()
        for place in (
            [piece.place]
            if isinstance(piece, TracedParagraph)
            else [one.slot.place for row in piece.rows for one in row.slots]
        )
    ]
    expected = [
        place
        for block in made
        for place in (
            [block.place]
            if isinstance(block, Paragraph)
            else [slot.place for row in block.rows for slot in row]
        )
    ]
    assert places == expected


def test_a_cell_at_no_printed_place_is_left_alone(odd: Explanation) -> None:
    assert odd.reading is not None
    assert odd.document is not None
    lost = (CellReading("number", 1.0, "1", "nowhere"), *odd.reading.cells[1:])
    reading = replace(odd.reading, cells=lost)
    found = trace(odd.document, reading)
    numbers = {n for t in found.tables() for row in t.rows for one in row.slots for n in one.cells}
    assert 1 not in numbers
