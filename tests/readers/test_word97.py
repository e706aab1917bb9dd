from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.document import Document, Grid, Paragraph
from etl.readers import docx, read_bytes, word97
from etl.readers.text_tools import PICTURE
from etl.reading import Refused
from etl.sample import word97_file, word_file
from etl.sample.compound import pack_streams
from etl.sample.specimen import make_specimen
from etl.sample.word97_file import Paragraph as Made
from etl.sample.word97_file import Span, document
from tests.readers.build import grids, paragraphs, refusal, spans, texts

FILES = Path(__file__).parent / "files"
_IN_TABLE, _ROW_END = bytes.fromhex("162401"), bytes.fromhex("172401")
_DELETED, _INSERTED, _HIDDEN = (bytes.fromhex(code) for code in ("000801", "010801", "3c0801"))
_RAISED, _STRUCK, _SIGN = (bytes.fromhex(c) for c in ("482a01", "370801", "096a00002128"))


def _from_doc(*made: Made, scattered: bool = False) -> Document:
    return read_bytes(document([*made, Made(())], "", scattered=scattered), "a.doc")


def _text(text: str) -> Made:
    return Made((Span(text),))


def _cell(*made: Span | str) -> Made:
    shown = tuple(span if isinstance(span, Span) else Span(span) for span in made)
    return Made(shown, "\x07", _IN_TABLE)


def _row(edges: list[int], merges: list[int] | None = None, more: bytes = b"") -> Made:
    """The end of a row with these cell edges; ``merges`` are the flags of its cells."""
    cells = b"".join(struct.pack("<H18x", flags) for flags in merges or [])
    operand = struct.pack(f"<B{len(edges)}h", len(edges) - 1, *edges) + cells
    shape = struct.pack("<HH", 0xD608, len(operand) + 1) + operand
    return Made((), "\x07", _IN_TABLE + _ROW_END + shape + more)


def _one_cell(*made: Span | str) -> str:
    (grid,) = grids(
        _from_doc(
            _cell(*made), _cell("尾"), _row([0, 9, 99]), _cell("a"), _cell("b"), _row([0, 9, 99])
        )
    )
    return grid.rows[0][0].text


@pytest.mark.parametrize(
    ("dialect", "other"),
    [
        ("", ""),
        ("pieces", ""),
        ("revised", ""),
        ("fields", ""),
        ("askew", ""),
        ("framed", "framed"),
    ],
)
def test_a_report_reads_as_its_docx_does(dialect: str, other: str) -> None:
    report = make_specimen(11, 2023)
    ours = read_bytes(word97_file.render(report, dialect), "a.doc")
    theirs = docx.read(word_file.render(report, other), "a.docx")
    assert ours == replace(theirs, format="doc", hints=ours.hints)
    assert len(grids(ours)) == 3


def test_modifiers_of_tables_may_stand_in_the_data_stream() -> None:
    made = word97_file.render(make_specimen(11, 2023), "")
    elsewhere = made.replace(b"\x46\x66", b"\x6b\x64")
    assert made != elsewhere
    assert read_bytes(made, "a.doc") == read_bytes(elsewhere, "a.doc")


def test_files_are_the_same_each_time() -> None:
    report = make_specimen(3, 2021)
    assert word97_file.render(report, "pieces") == word97_file.render(report, "pieces")


def test_a_file_of_libreoffice() -> None:
    document = read_bytes((FILES / "libreoffice.doc").read_bytes(), "a.docx")
    assert document.title == "某某县档案局年报"
    assert [text for text, _ in paragraphs(document)] == [
        *("前", "框甲", "框甲二行", "中", "后", "框乙", "框乙二行"),
        "5̲ 𠮷 尾",
    ]
    (grid,) = grids(document)
    assert spans(grid) == {
        (0, 0): ("并", 2, 1),
        (0, 1): ("横", 1, 2),
        (1, 1): ("11行", 1, 1),
        (1, 2): ("12第二段", 1, 1),
        (2, 0): ("20", 1, 1),
        (2, 1): ("21 5", 1, 1),
        (2, 2): ("22", 1, 1),
    }


def test_a_table_around_a_table_only_lays_out_the_page() -> None:
    document = word97.read((FILES / "nested.doc").read_bytes(), "a.doc")
    assert [text for text, _ in paragraphs(document)] == ["前", "左", "上", "右", "后"]
    (grid,) = grids(document)
    assert texts(grid) == [["甲", "1"], ["乙", "2"]]


def test_columns_are_the_edges_of_all_rows() -> None:
    (grid,) = grids(
        _from_doc(
            *(_cell("甲"), _cell("乙"), _row([0, 1000, 3000], [0x60, 0])),
            *(_cell(""), _cell("1"), _cell("2"), _row([7, 1010, 2000, 2990], [0x20, 0, 0])),
            *(_cell("丙"), _row([1000, 3000])),
        )
    )
    assert grid.aligned
    assert spans(grid) == {
        (0, 0): ("甲", 2, 1),
        (0, 1): ("乙", 1, 2),
        (1, 1): ("1", 1, 1),
        (1, 2): ("2", 1, 1),
        (2, 1): ("丙", 1, 2),
    }
    assert grid.rows[1][1].place == "T1 R2 C3"


@pytest.mark.parametrize("merges", [[1, 2, 2, 0], [2, 1, 1, 0], [3, 1, 1, 0]])
def test_cells_merged_across_in_the_old_way(merges: list[int]) -> None:
    edges = [0, 500, 1000, 1500, 2000]
    rows = (_cell("甲"), _cell(""), _cell(""), _cell("1"), _row(edges, merges))
    (grid,) = grids(_from_doc(*rows, *map(_cell, "abcd"), _row(edges)))
    assert spans(grid)[0, 0] == ("甲", 1, 3)
    assert spans(grid)[0, 3] == ("1", 1, 1)


def test_merges_told_beside_the_shape() -> None:
    edges = [0, 500, 1000, 1500]
    down = struct.pack("<HBBB", 0xD62B, 2, 0, 3)
    goes_on = struct.pack("<HBBB", 0xD62B, 2, 0, 1)
    across = struct.pack("<HBB", 0x5624, 1, 3)
    (grid,) = grids(
        _from_doc(
            *(*map(_cell, ("甲", "乙", "")), _row(edges, more=down + across)),
            *(*map(_cell, ("", "1", "2")), _row(edges, more=goes_on)),
        )
    )
    assert spans(grid)[0, 0] == ("甲", 2, 1)
    assert spans(grid)[0, 1] == ("乙", 1, 2)


def test_a_merge_that_continues_nothing_is_a_cell_of_its_own() -> None:
    edges = [0, 500, 1000]
    (grid,) = grids(
        _from_doc(
            _cell("甲"), _cell("1"), _row(edges), _cell("乙"), _cell("2"), _row(edges, [0x20, 0])
        )
    )
    assert spans(grid)[1, 0] == ("乙", 1, 1)


@pytest.mark.parametrize(
    "end",
    [
        _row([0, 500]),
        _row([0, 1000, 500]),
        Made((), "\x07", _IN_TABLE + _ROW_END),
        _row([0, 500, 1000], more=struct.pack("<HI", 0x7621, 0)),
    ],
)
def test_a_row_of_unknown_shape_leaves_the_table_without_columns(end: Made) -> None:
    whole = (_cell("甲"), _cell("1"), _row([0, 500, 1000]))
    (grid,) = grids(_from_doc(*whole, _cell("乙"), _cell("2"), end))
    assert not grid.aligned
    assert texts(grid) == [["甲", "1"], ["乙", "2"]]
    assert [slot.column for slot in grid.rows[1]] == [0, 1]


def test_deleted_and_hidden_rows_are_not_there() -> None:
    edges = [0, 500, 1000]
    marked = [
        *(_cell("甲"), _cell("1"), _row(edges)),
        *(_cell(Span("乙", _DELETED)), _cell(Span("2", _DELETED)), _marked_row(edges)),
        *(_cell("丙"), _cell("3"), _row(edges)),
    ]
    (grid,) = grids(_from_doc(*marked))
    assert texts(grid) == [["甲", "1"], ["丙", "3"]]


def test_a_row_that_prints_text_is_there_though_its_end_is_deleted() -> None:
    # LibreOffice gives the end of a row the format of a deleted figure behind it.
    edges = [0, 500, 1000]
    made = [
        *(_cell("甲"), _cell("乙"), _marked_row(edges)),
        *(_cell(Span("77", _DELETED), "0"), _cell("3"), _row(edges)),
    ]
    (grid,) = grids(_from_doc(*made))
    assert texts(grid) == [["甲", "乙"], ["0", "3"]]


def _marked_row(edges: list[int]) -> Made:
    """The end of a row that was deleted with changes tracked: its mark carries the deletion."""
    row = _row(edges)
    return Made((Span("\x07", _DELETED),), "", row.modifiers)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (("1", "2"), "12"),
        (("1\v2",), "1 2"),
        (("商业\v企业",), "商业企业"),
        (("1", Span("2", _DELETED)), "1"),
        ((Span("1", _INSERTED),), "1"),
        ((Span("1", _HIDDEN), "2"), "2"),
        ((Span("1", bytes.fromhex("3c0800")), "2"), "12"),
        ((Span("1", _STRUCK), "2"), "1 2"),
        (("5", Span("1", _RAISED)), "5 1"),
        (("\x13 =SUM(LEFT) \x143\x15",), "3"),
        (("\x13 IF \x13 PAGE \x141\x15 = 1 \x14是\x15",), "是"),
        (("\x13 EQ \\o(1,2) \x15",), PICTURE),
        (('3\x13 XE "数" \x15',), "3"),
        (("\x13 没有结束",), ""),
        (("\x1e5",), "-5"),
        (("1\x1f2",), "12"),
        (("\x01",), PICTURE),
        (("\x08", "5"), "5"),
        ((Span("(", _SIGN),), PICTURE),
        (("5\x02",), "5"),
        (("\u3000 0\u00a0",), "0"),
        (("𠮷5",), "𠮷5"),
    ],
)
def test_text_of_a_cell(made: tuple[Span | str, ...], text: str) -> None:
    assert _one_cell(*made) == text


def test_a_deleted_paragraph_mark_joins_what_it_parted() -> None:
    document = _from_doc(Made((Span("1"), Span("\r", _DELETED)), ""), _text("2"), _text("三"))
    assert paragraphs(document) == [("12", "P1"), ("三", "P2")]


def test_pieces_out_of_order_are_put_in_order() -> None:
    lines = ["2024 abc " * 12, "甲乙" * 50, "𠮷" * 45 + "尾"]
    document = _from_doc(*map(_text, lines), scattered=True)
    assert [text for text, _ in paragraphs(document)] == [line.strip() for line in lines]


def _changed(at: int, value: bytes) -> bytes:
    """A file whose main stream has other bytes at a place."""
    made = bytearray(document([_text("文"), Made(())], ""))
    start = made.index(struct.pack("<HH", 0xA5EC, 0xC1))
    made[start + at : start + at + len(value)] = value
    return bytes(made)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_changed(0x0A, b"\x00\x13"), "encrypted"),
        (_changed(0, b"\xdc\xa5\x68\x00"), "needs-office"),
        (_changed(0, b"\x00\x00"), "corrupt"),
        (_changed(0x4C, b"\xff\xff\xff\x7f"), "too-large"),
        (_changed(0x4C, b"\xff\xff\x00\x00"), "corrupt"),
        (_changed(0x1A6, b"\xff\xff\x00\x00"), "truncated"),
        (_changed(0, b"")[:3000], "truncated"),
        ((FILES / "nested.doc").read_bytes()[:9000], "truncated"),
        (pack_streams({"CONTENTS": b"CHNKWKS"}), "unsupported"),
        (pack_streams({"PowerPoint Document": b""}), "unsupported"),
        (pack_streams({"WordDocument": b"\0"}), "corrupt"),
    ],
)
def test_refusals(data: bytes, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_SOFFICE", "")
    assert refusal(data, "a.wps") == code


def test_the_main_stream_decides_and_not_one_of_an_embedded_file() -> None:
    made = _changed(0, b"") + "Workbook".encode("utf-16-le") + bytes(514)
    assert read_bytes(made, "a.xls").format == "doc"


_REPORT = word97_file.render(make_specimen(5, 2023), "pieces")


@settings(max_examples=120)
@given(
    st.lists(
        st.tuples(st.integers(0, len(_REPORT) - 1), st.binary(min_size=1, max_size=6)), max_size=12
    ),
    st.integers(0, len(_REPORT)),
)
def test_damaged_files_give_a_document_or_a_refusal(
    changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = bytearray(_REPORT)
    for at, value in changes:
        data[at : at + len(value)] = value
    if cut % 4 == 0:
        del data[cut:]
    try:
        found = read_bytes(bytes(data), "a.doc")
    except Refused:
        return
    assert all(isinstance(block, Grid | Paragraph) and block.place for block in found.blocks)
