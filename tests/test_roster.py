"""The roster file: what it may look like, and what its errors say."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import UsageError
from etl.roster import read_roster


def _write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_everyday_spreadsheets(tmp_path: Path, encoding: str) -> None:
    text = "agency,aliases,reports_from,parent\n青石镇人民政府,青石镇;青石,2021,\n"
    (entry,) = read_roster(_write(tmp_path, text, encoding))
    assert entry.agency == "青石镇人民政府"
    assert entry.aliases == ("青石镇", "青石")
    assert (entry.reports_from, entry.reports_to, entry.parent) == (2021, None, None)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name\n青石镇\n", "agency"),
        ("", "agency"),
        ("agency\n青石镇\n青石镇\n", "twice"),
        ("agency,aliases\n青石镇,白河\n白河,\n", "twice"),
        ("agency,parent\n青石镇,云泽县\n", "parent"),
        ("agency,parent\n青石镇,青石镇\n", "青石镇 → 青石镇"),
        ("agency,parent\n甲县,乙市\n乙市,丙省\n丙省,乙市\n", "own parent: 乙市 → 丙省 → 乙市"),
        ("agency,reports_from\n青石镇,21\n", ":2:"),
        ("agency,level\n,乡级\n", ":2:"),
        ("agency,level\n青石镇,街道级\n", "level"),
        ("agency,alias\n青石镇,青石\n", "aliases"),
        ("agency,reports_from,reports_to\n青石镇,2023,2021\n", ":2:"),
    ],
)
def test_errors_say_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        read_roster(_write(tmp_path, text))


def test_aliases_may_be_split_by_a_full_width_semicolon_and_other_columns_kept(
    tmp_path: Path,
) -> None:
    (entry,) = read_roster(_write(tmp_path, 'agency,aliases,备注\n青石镇,甲；乙,"两\n行"\n'))
    assert entry.aliases == ("甲", "乙")


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="open"):
        read_roster(tmp_path / "none.csv")
