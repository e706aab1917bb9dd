from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.readers import archive, expand
from etl.reading import Refused
from tests.readers.build import docx_bytes, p, zipped


def _opened(path: Path) -> dict[str, bytes | str]:
    """Name → bytes, or the code of the refusal."""

    def opened(load: Callable[[], bytes]) -> bytes | str:
        try:
            return load()
        except Refused as refused:
            return refused.code

    return {name: opened(load) for name, load in expand(path)}


def _file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_members_of_archives_within_archives(tmp_path: Path) -> None:
    inner = zipped({"报告.html": "乙"})
    data = zipped({"a/甲.txt": "甲", "b.zip": inner, "a/": "", "__MACOSX/a/._甲.txt": "x"})
    assert _opened(_file(tmp_path, "o.zip", data)) == {
        "o.zip!/a/甲.txt": "甲".encode(),
        "o.zip!/b.zip!/报告.html": "乙".encode(),
    }


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_the_utf8_flag(tmp_path: Path, encoding: str) -> None:
    name = "城郊街道\\年报.txt"
    stand_in = "x" * len(name.encode(encoding))
    data = zipped({stand_in: "文"}).replace(stand_in.encode(), name.encode(encoding))
    assert list(_opened(_file(tmp_path, "o.zip", data))) == ["o.zip!/城郊街道/年报.txt"]


def test_a_plain_file_is_its_own_only_member(tmp_path: Path) -> None:
    data = docx_bytes(p("文"))
    assert _opened(_file(tmp_path, "a.docx", data)) == {"a.docx": data}
    assert _opened(_file(tmp_path, "a.txt", b"x")) == {"a.txt": b"x"}


def test_archives_nested_too_deep_do_not_stop_the_others(tmp_path: Path) -> None:
    data = zipped({"a.txt": "文"})
    for _ in range(3):
        data = zipped({"z.zip": data, "b.txt": "文"})
    opened = _opened(_file(tmp_path, "o.zip", data))
    assert opened["o.zip!/z.zip!/z.zip!/z.zip"] == "archive-too-deep"
    assert opened["o.zip!/z.zip!/z.zip!/b.txt"] == "文".encode()


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path, "o.zip", zipped({f"{n}.txt": "x" * 100 for n in range(5)}))
    monkeypatch.setattr(archive, "MAX_ARCHIVE_BYTES", 250)
    assert list(_opened(path).values())[2:] == ["archive-too-large"] * 3
    monkeypatch.setattr(archive, "MAX_BYTES", 50)
    assert set(_opened(path).values()) == {"too-large"}
    monkeypatch.setattr(archive, "MAX_ARCHIVE_MEMBERS", 3)
    assert _opened(path)["o.zip"] == "archive-too-large"


def test_damaged_and_encrypted_members_do_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "o.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("damaged.txt", b"A" * 50)
        file.writestr("fine.txt", b"B" * 50)
        file.writestr("locked.txt", b"C" * 50)
    data = bytearray(path.read_bytes().replace(b"AAA", b"AXA", 1))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(signature) + offset] |= 1
    path.write_bytes(data)
    assert _opened(path) == {
        "o.zip!/damaged.txt": "corrupt",
        "o.zip!/fine.txt": b"B" * 50,
        "o.zip!/locked.txt": "encrypted",
    }
