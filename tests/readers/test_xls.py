from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.document import Document
from etl.readers import read_bytes
from etl.readers.compound import Compound
from etl.reading import Refused
from etl.sample import old_workbook, workbook
from etl.sample.compound import pack_streams
from etl.sample.specimen import make_specimen
from tests.readers.build import grids, refusal, spans, texts

FILES = Path(__file__).parent / "files"


def _xls(fill: Callable[[xlwt.Workbook], None]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    fill(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _one_sheet(**cells: object) -> bytes:
    """A workbook with one sheet; ``A1=value``, for columns up to Z."""

    def fill(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("甲")
        for name, value in cells.items():
            sheet.write(int(name[1:]) - 1, ord(name[0]) - 65, value)

    return _xls(fill)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _book(*records: bytes, version: int = 0x0600, head: bytes = b"") -> Document:
    """A workbook with one sheet of these records, and these among the workbook's own."""
    sheet_start = _record(0x0809, struct.pack("<HH12x", version, 0x10))
    first = _record(0x0809, struct.pack("<HH12x", version, 0x05)) + head
    name = b"A" if version == 0x0500 else b"\0A"
    start = len(first) + 4 + 7 + len(name) + 4
    first += _record(0x85, struct.pack("<IBBB", start, 0, 0, 1) + name) + _record(0x0A, b"")
    stream = first + sheet_start + b"".join(records) + _record(0x0A, b"")
    # Zeros behind the end are read as no more than that.
    return read_bytes(pack_streams({"Workbook": stream}), "a.xls")


def _number(row: int, column: int, value: float) -> bytes:
    return _record(0x0203, struct.pack("<3Hd", row, column, 0, value))


def _formula(row: int, column: int, result: bytes, flags: int = 0) -> bytes:
    return _record(0x06, struct.pack("<3H8sHIH", row, column, 0, result, flags, 0, 0))


@pytest.mark.parametrize(
    ("dialect", "other"), [("", "one-sheet"), ("sheets", "sheets"), ("", "texts")]
)
def test_a_report_reads_as_its_xlsx_does(dialect: str, other: str) -> None:
    report = make_specimen(11, 2023)
    ours = read_bytes(old_workbook.render(report, dialect), "a.xls")
    theirs = read_bytes(workbook.render(report, other), "a.xlsx")
    assert ours == replace(theirs, format="xls", title="")


def test_a_file_of_libreoffice() -> None:
    first, last = grids(read_bytes((FILES / "libreoffice.xls").read_bytes(), "a.xlsx"))
    assert texts(first)[:3] == [
        ["2024-01-31", "2024-01-31T08:30:00", "0.5", "1234567"],
        ["59237.2449", "-253", "0.3", "3"],
        ["#DIV/0!", "TRUE", "-506", "本年新制作"],
    ]
    assert spans(first)[3, 0] == ("并", 2, 2)
    assert first.rows[3][1].text == "长" * 4500 + "尾"
    assert first.rows[4][1].text == "红字5"
    assert texts(first)[5] == [f"串{n}" * 8 for n in range(4)]
    assert texts(first)[30] == ["12.5", "100000000000", "0.001", "10:05:00"]
    assert last.place == "末"
    assert [(slot.text, slot.place) for slot in last.rows[1]] == [("", "末!A2"), ("0", "末!B2")]
    assert len(last.rows) == 3


def test_errors_and_formulas_without_result_are_not_blank() -> None:
    document = _book(
        _formula(0, 0, b"\x02\0\x07\0\0\0\xff\xff"),
        _formula(0, 1, b"\x03\0\0\0\0\0\xff\xff", flags=2),
        _formula(0, 2, b"\x03\0\0\0\0\0\xff\xff"),
        _formula(0, 3, b"\x00\0\0\0\0\0\xff\xff"),
        _record(0x0207, b"\x01\0\x01" + "文".encode("utf-16-le")),
        _formula(0, 4, b"\x00\0\0\0\0\0\xff\xff"),
        _formula(0, 5, struct.pack("<d", -2.5)),
        _formula(0, 6, b"\x01\0\x01\0\0\0\xff\xff"),
        _record(0x0205, struct.pack("<3HBB", 0, 7, 0, 0x2A, 1)),
        _record(0x0205, struct.pack("<3HBB", 0, 8, 0, 0, 0)),
    )
    (grid,) = grids(document)
    assert texts(grid) == [["#DIV/0!", "=…", "", "文", "=…", "-2.5", "TRUE", "#N/A", "FALSE"]]


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        (struct.unpack("<Q", struct.pack("<d", 5.0))[0] >> 32, "5"),
        (7 << 2 | 2, "7"),
        (712 << 2 | 3, "7.12"),
        ((-253 & 0x3FFFFFFF) << 2 | 2, "-253"),
    ],
)
def test_numbers_packed_into_four_bytes(packed: int, text: str) -> None:
    short = _record(0x027E, struct.pack("<3HI", 0, 0, 0, packed))
    several = struct.pack("<2HHIHIH", 0, 1, 0, packed, 0, packed, 2)
    (grid,) = grids(_book(short, _record(0xBD, several)))
    assert texts(grid) == [[text, text, text]]


def test_what_a_chart_remembers_is_no_cell() -> None:
    chart = _record(0x0809, struct.pack("<HH12x", 0x0600, 0x20))
    document = _book(
        _number(0, 0, 5), chart, _number(0, 0, 9), _record(0x0A, b""), _number(0, 1, 6)
    )
    assert texts(grids(document)[0]) == [["5", "6"]]


def test_excel_5_in_its_own_encoding() -> None:
    label = _record(0x0204, struct.pack("<3HH", 0, 0, 0, 4) + "县局".encode("gbk"))
    page = _record(0x42, struct.pack("<H", 936))
    document = _book(label, _number(0, 1, 3), version=0x0500, head=page)
    assert texts(grids(document)[0]) == [["县局", "3"]]


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("yyyy-mm-dd", "2024-01-02"),
        ('yyyy"年"m"月"', "2024-01-02"),
        ("0.00", "45293"),
        ('0"day"', "45293"),
        ("[Red]0", "45293"),
        ("General", "45293"),
    ],
)
def test_dates_by_their_format(shown: str, text: str) -> None:
    def fill(book: xlwt.Workbook) -> None:
        style = xlwt.XFStyle()
        style.num_format_str = shown
        value = datetime.date(2024, 1, 2) if text != "45293" else 45293
        book.add_sheet("甲").write(0, 0, value, style)

    assert texts(grids(read_bytes(_xls(fill), "a.xls"))[0]) == [[text]]


def test_calendar_from_1904() -> None:
    formats = _record(0xE0, struct.pack("<HH16x", 0, 14))
    document = _book(_number(0, 0, 1462), head=_record(0x22, b"\1\0") + formats)
    assert texts(grids(document)[0]) == [["1908-01-02"]]


def test_hidden_and_empty_sheets_are_left_out() -> None:
    def fill(book: xlwt.Workbook) -> None:
        book.add_sheet("空")
        book.add_sheet("见").write(0, 0, "甲")
        hidden = book.add_sheet("藏")
        hidden.write(0, 0, "乙")
        hidden.visibility = 1

    assert [grid.place for grid in grids(read_bytes(_xls(fill), "a.xls"))] == ["见"]


def test_hidden_rows_and_columns_are_left_out() -> None:
    def fill(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("甲")
        sheet.write_merge(0, 0, 0, 2, "题名")
        for row in (1, 2, 3):
            for column in range(4):
                sheet.write(row, column, 10 * row + column)
        sheet.row(2).hidden = True
        sheet.col(0).hidden = True
        sheet.col(3).hidden = True

    (grid,) = grids(read_bytes(_xls(fill), "a.xls"))
    assert texts(grid) == [["题名"], ["11", "12"], ["31", "32"]]
    assert spans(grid)[0, 0] == ("题名", 1, 2)
    assert [slot.place for slot in grid.rows[2]] == ["甲!B4", "甲!C4"]


def _with_record(data: bytes, record: bytes) -> bytes:
    """The file with another record behind the first of its workbook."""
    stream = Compound(data).read("Workbook")
    return pack_streams({"Workbook": stream[:20] + record + stream[20:]})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_with_record(_one_sheet(A1=1), _record(0x2F, bytes(54))), "encrypted"),
        (_one_sheet(A60000=1), "too-large"),
        (_one_sheet(A50000=1, Z1=2), "too-large"),
        (_one_sheet(A1=1)[:2000], "truncated"),
        (pack_streams({"Workbook": _record(0x0809, struct.pack("<HH", 0x0300, 5))}), "unsupported"),
        (pack_streams({"Workbook": b""}), "corrupt"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    assert refusal(data, "a.xls") == code


_REPORT = old_workbook.render(make_specimen(5, 2023), "sheets")


@settings(max_examples=120)
@given(
    st.lists(
        st.tuples(st.integers(0, len(_REPORT) - 1), st.binary(min_size=1, max_size=6)), max_size=12
    )
)
def test_damaged_files_give_a_document_or_a_refusal(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(_REPORT)
    for at, value in changes:
        data[at : at + len(value)] = value
    try:
        found = read_bytes(bytes(data), "a.xls")
    except Refused:
        return
    assert found.blocks
