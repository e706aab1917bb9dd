"""Web pages saved as one file (.mht), as browsers and as Word write them."""

from __future__ import annotations

import base64
import quopri

from etl.sample import web_page
from etl.sample.model import SampleReport
from etl.sample.web_page import page_number

_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_HEAD = """From: <Saved by a browser>
Subject: =?utf-8?Q?{subject}?=
Date: Tue, 1 Jan 2019 00:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="{boundary}"

"""


def render(report: SampleReport, dialect: str) -> bytes:
    """The file's bytes; ``dialect`` ``word`` for GB2312 in Base64, else quoted UTF-8.

    The page stands behind a picture that belongs to it, so that the first part isn't the page.
    """
    boundary = f"----=_NextPart_{page_number(report.title):09d}"
    subject = quopri.encodestring(report.title.encode(), quotetabs=True).decode()
    head = _HEAD.format(subject=subject.replace("=\n", "").replace(" ", "_"), boundary=boundary)
    address = f"http://www.example.com/t{page_number(report.title)}"
    if dialect == "word":
        page, kind = web_page.render(report, "word"), 'text/html; charset="gb2312"'
        coding, coded = "base64", base64.encodebytes(page)
    else:
        page, kind = web_page.render(report, "clean"), 'text/html; charset="utf-8"'
        coding, coded = "quoted-printable", quopri.encodestring(page)
    parts = [
        (f"{address}.gif", "image/gif", "base64", base64.encodebytes(_PIXEL)),
        (f"{address}.html", kind, coding, coded),
    ]
    body = b"".join(_part(boundary, *part) for part in parts)
    whole = head.encode("ascii") + body + f"--{boundary}--\n".encode()
    return whole.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _part(boundary: str, address: str, kind: str, coding: str, coded: bytes) -> bytes:
    head = (
        f"--{boundary}\nContent-Type: {kind}\nContent-Transfer-Encoding: {coding}\n"
        f"Content-Location: {address}\n\n"
    )
    return head.encode("ascii") + coded + b"\n"
