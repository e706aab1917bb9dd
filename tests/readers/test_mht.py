from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from etl.document import Document
from etl.readers import read_bytes
from etl.readers.limits import MAX_MARKUP_BYTES
from etl.sample import mail_page, web_page
from etl.sample.specimen import make_specimen
from tests.readers.build import grids, paragraphs, refusal, texts

_PAGE = "<html><head><title>公</title></head><body><p>{}</p></body></html>"


def _part(
    body: str | bytes, kind: str = "text/html; charset=utf-8", head: str = "", coding: str = "8bit"
) -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    lines = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n{head}\r\n"
    return lines.encode() + raw


def _mht(*parts: bytes, kind: str = "multipart/related", more: str = "", end: str = "--") -> bytes:
    head = f'MIME-Version: 1.0\r\nContent-Type: {kind}; boundary="=_b"{more}\r\n\r\n'
    body = b"".join(b"--=_b\r\n" + part + b"\r\n" for part in parts)
    return head.encode() + body + f"--=_b{end}\r\n".encode() if end else head.encode() + body


def _lines(document: Document) -> list[str]:
    return [text for text, _ in paragraphs(document)]


def _read(*parts: bytes, more: str = "", end: str = "--") -> list[str]:
    return _lines(read_bytes(_mht(*parts, more=more, end=end), "a.mht"))


@pytest.mark.parametrize(("dialect", "frame"), [("", "clean"), ("word", "word")])
def test_a_report_reads_as_its_page_does(dialect: str, frame: str) -> None:
    report = make_specimen(11, 2023)
    ours = read_bytes(mail_page.render(report, dialect), "a.mht")
    theirs = read_bytes(web_page.render(report, frame), "a.html")
    assert ours == replace(theirs, format="mht")
    assert len(grids(ours)) == 3


@pytest.mark.parametrize("name", ["a.mht", "a.doc", "a.xls"])
def test_the_bytes_decide(name: str) -> None:
    assert read_bytes(_mht(_part(_PAGE.format("文"))), name).format == "mht"


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        ('text/html; charset="gb2312"', "gb18030"),
        ("text/html; charset=utf-8", "utf-8"),
        ('text/html; charset="unicode"', "utf-16"),
        ("text/html; charset=big5", "big5"),
        ("text/html", "gb18030"),
    ],
)
@pytest.mark.parametrize("coding", ["8bit", "base64"])
def test_encodings(kind: str, encoding: str, coding: str) -> None:
    raw = _PAGE.format("政府資訊公開").encode(encoding)
    body = base64.encodebytes(raw) if coding == "base64" else raw
    if encoding == "utf-16" and coding == "8bit":
        return  # zero bytes don't travel as they are
    assert _read(_part(body, kind, coding=coding)) == ["政府資訊公開"]


def test_quoted_figures_are_put_together() -> None:
    body = "<table><tr><td>=E7=94=B2<td>1=\r\n2<tr><td>a<td>=3D</table>"
    document = read_bytes(_mht(_part(body, coding="quoted-printable")), "a.mht")
    assert texts(grids(document)[0]) == [["甲", "12"], ["a", "="]]


def test_the_main_page_is_the_root_or_the_first() -> None:
    first = _part(_PAGE.format("广告"), head="Content-ID: <a@x>\r\n")
    second = _part(_PAGE.format("正文"), head="Content-ID: <b@x>\r\n")
    assert _read(first, second) == ["广告"]
    assert _read(first, second, more='; start="<b@x>"') == ["正文"]


def test_frames_of_a_page_follow_it() -> None:
    main = _PAGE.format("页首<iframe src='cid:in@x'></iframe><iframe src=b/inner.html></iframe>")
    inner = _part(_PAGE.format("内"), head="Content-ID: <in@x>\r\n")
    other = _part(_PAGE.format("又"), head="Content-Location: http://x.cn/b/inner.html\r\n")
    unused = _part(_PAGE.format("无关"), head="Content-Location: http://x.cn/c.html\r\n")
    assert _read(_part(main), unused, other, inner) == ["页首", "内", "又"]


def test_every_visible_sheet_of_a_workbook() -> None:
    def sheet(number: int, text: str, more: str = "") -> bytes:
        table = f"{more}<table><tr><td>{text}<td>1<tr><td>b<td>2</table>"
        return _part(table, head=f"Content-Location: file:///C:/a.files/sheet00{number}.htm\r\n")

    frames = "<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>"
    strip = _part(
        "<table><tr><td>Sheet1<td>Sheet2</table>", head="Content-Location: tabstrip.htm\r\n"
    )
    hidden = "<xml><x:Visible>SheetHidden</x:Visible></xml>"
    document = read_bytes(
        _mht(_part(frames), strip, sheet(1, "甲"), sheet(2, "藏", hidden), sheet(3, "丙")), "a.mht"
    )
    assert [(grid.place, texts(grid)[0][0]) for grid in grids(document)] == [
        ("T1", "甲"),
        ("T2", "丙"),
    ]


def test_a_page_among_alternatives() -> None:
    inner = _mht(
        _part("纯文本", "text/plain"), _part(_PAGE.format("文")), kind="multipart/alternative"
    )
    inner = inner.replace(b"=_b", b"=_i").removeprefix(b"MIME-Version: 1.0\r\n")
    assert _read(inner) == ["文"]


def test_a_message_that_is_the_page() -> None:
    data = b"MIME-Version: 1.0\r\n" + _part(_PAGE.format("文"))
    assert _lines(read_bytes(data, "a.mht")) == ["文"]


def test_a_missing_end_counts_only_where_the_page_is_cut() -> None:
    picture = _part("xx", "image/gif")
    assert _read(_part(_PAGE.format("文")), picture, end="") == ["文"]
    assert _read(_part(_PAGE.format("文")), end="") == ["文"]
    assert refusal(_mht(_part("<html><body><p>文"), end=""), "a.mht") == "truncated"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_mht(_part("xx", "image/gif")), "corrupt"),
        (_mht(), "corrupt"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "truncated"),
        (_mht(_part("=", coding="base64")), "empty"),
        (_mht(_part("a", coding="base64")), "corrupt"),
        (_mht(_part(" " * MAX_MARKUP_BYTES)), "too-large"),
        (_mht(*[_part("x")] * 2100), "too-large"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    assert refusal(data, "a.mht") == code


def test_parts_nested_without_end_are_refused() -> None:
    data = _part(_PAGE.format("文"))
    for depth in range(12):
        head = f"Content-Type: multipart/mixed; boundary=d{depth}\r\n\r\n--d{depth}\r\n".encode()
        data = head + data + f"\r\n--d{depth}--\r\n".encode()
    assert refusal(b"MIME-Version: 1.0\r\n" + data, "a.mht") == "too-large"
