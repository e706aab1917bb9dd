"""One writer a format: a report and a dialect of the format to the file's bytes.

A writer is a module with ``render(report, dialect) -> bytes`` that prints ``blocks_of(report)``;
the empty dialect is the format's plainest. Equal arguments give equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable

from etl.sample import (
    comma_list,
    flat_text,
    mail_page,
    old_workbook,
    pdf_file,
    pipe_table,
    scan,
    web_page,
    word97_file,
    word_file,
    workbook,
)
from etl.sample.model import SampleReport

Writer = Callable[[SampleReport, str], bytes]


def _packed(report: SampleReport, dialect: str) -> bytes:
    """An archive with the report as ``dialect`` says: folders and formats from the outside in."""
    *folders, kind = dialect.split("/")
    content = WRITERS[kind](report, "")
    name = f"{report.title}.{kind}"
    for folder in reversed(folders):
        if folder == "zip":
            content, name = word_file.pack({name: content}), f"{report.agency.agency}.zip"
        else:
            name = f"{folder}/{name}"
    return word_file.pack({name: content})


WRITERS: dict[str, Writer] = {
    "txt": flat_text.render,
    "md": pipe_table.render,
    "html": web_page.render,
    "mht": mail_page.render,
    "docx": word_file.render,
    "doc": word97_file.render,
    "pdf": pdf_file.render,
    "xlsx": workbook.render,
    "xls": old_workbook.render,
    "csv": comma_list.render,
    "png": scan.render,
    "zip": _packed,
}
"""Format, as its bytes are → its writer."""
