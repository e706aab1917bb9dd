from __future__ import annotations

import pytest

from etl.readers import read_bytes
from tests.readers.build import grids, texts

_ROWS = [["信息内容", "本年", ""], ["规章", "1,2", "0"], ["许可", "a b", ""]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    lines = (delimiter.join(f'"{field}"' if field else "" for field in row) for row in _ROWS)
    (grid,) = grids(read_bytes("\r\n".join(lines).encode(encoding), "a.csv"))
    assert grid.aligned
    assert texts(grid) == _ROWS
    assert grid.rows[1][2].place == "R2 C3"


def test_line_breaks_in_quoted_fields_and_blank_rows() -> None:
    data = '题,,\n\n"本年新\n制作",0,\n'.encode()
    (grid,) = grids(read_bytes(data, "a.csv"))
    assert texts(grid) == [["题", "", ""], [], ["本年新制作", "0", ""]]
    assert grid.rows[2][1].row == 2
