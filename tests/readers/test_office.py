"""LibreOffice itself is not needed: a small program stands in for it."""

from __future__ import annotations

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from etl.readers import office, read_bytes
from etl.reading import Refused
from tests.readers.build import docx_bytes, p, paragraphs, refusal, xlsx_bytes, zipped

_RTF = b"{\\rtf1 x}"
_STAND_IN = """#!/bin/sh
while [ $# -gt 1 ]; do
  case "$1" in
    --convert-to) target="$2";;
    --outdir) out="$2";;
    -env:*) profile="$1";;
  esac
  shift
done
mkdir -p "$out"
echo "$profile" >> "{log}"
cp "{folder}/answer.$target" "$out/report.$target"
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that answers every conversion with a prepared file; gives its folder."""
    return _install(tmp_path, monkeypatch, _STAND_IN)


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    program = folder / "office"
    program.write_text(script.replace("{folder}", str(folder)).replace("{log}", f"{folder}/log"))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("GOUJI_SOFFICE", str(program))
    (folder / "answer.docx").write_bytes(docx_bytes(p("文")))
    (folder / "answer.xlsx").write_bytes(
        xlsx_bytes(lambda book: book.add_worksheet().write(0, 0, 5))
    )
    return folder


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (_RTF, "a.doc", "rtf"),
        (zipped({"content.xml": "", "META-INF/manifest.xml": ""}), "a.odt", "odf"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "a.doc", "office-xml"),
        (b"<?xml version='1.0'?><pkg:package/>", "a.xml", "office-xml"),
    ],
)
def test_texts_are_read_as_docx(stand_in: Path, data: bytes, name: str, kind: str) -> None:
    document = read_bytes(data, name)
    assert (document.format, paragraphs(document)) == (kind, [("文", "P1")])


@pytest.mark.parametrize(
    "data",
    [
        zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": "",
                "META-INF/manifest.xml": "",
            }
        ),
        b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='x'/>",
    ],
)
def test_sheets_are_read_as_xlsx(stand_in: Path, data: bytes) -> None:
    (grid,) = read_bytes(data, "a.ods").blocks
    assert grid.place == "Sheet1"


def test_each_conversion_has_a_profile_of_its_own_and_leaves_nothing(stand_in: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: read_bytes(_RTF, "a.rtf"), range(8)))
    profiles = (stand_in / "log").read_text().splitlines()
    assert len(set(profiles)) == 8
    assert not any(Path(line.partition("file://")[2]).exists() for line in profiles)


@pytest.mark.parametrize("named", ["", "no-such-program-anywhere"])
def test_without_it_files_are_refused_with_advice(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("GOUJI_SOFFICE", named)
    assert refusal(_RTF, "a.rtf") == "needs-office"
    assert office.second_document(b"", "doc") is None


def test_a_program_that_gives_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, monkeypatch, "#!/bin/sh\nexit 0\n")
    assert refusal(_RTF, "a.rtf") == "corrupt"
    assert office.second_document(b"", "doc") is None


def test_a_program_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, monkeypatch, "#!/bin/sh\nsleep 60 & echo $! > {folder}/child; wait\n")
    monkeypatch.setattr(office, "_SECONDS", 0.4)
    with pytest.raises(Refused):
        office.convert(_RTF, "rtf", "docx")
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.05)
    pytest.fail("the child is still running")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_second_reading_of_word_files_alone(stand_in: Path) -> None:
    second = office.second_document(b"", "doc")
    assert second is not None
    assert (second.format, paragraphs(second)) == ("doc", [("文", "P1")])
    assert office.second_document(b"", "xls") is None
