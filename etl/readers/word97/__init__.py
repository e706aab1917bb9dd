"""Word's binary format of 1997 to 2003, in which .doc and the .wps of WPS Writer are written.

Read from the streams themselves: the piece table gives the text, the paragraphs' formatting says
which of them are cells, and each row's cell edges give the columns.
"""

from __future__ import annotations

from etl.document import Document
from etl.readers import office
from etl.readers.blocks import BlockStream
from etl.readers.compound import Compound
from etl.readers.page import describe
from etl.readers.text_tools import clean
from etl.readers.word97.header import is_older
from etl.readers.word97.parts import Parts
from etl.readers.word97.tables import add_content

__all__ = ["read"]


def read(data: bytes, name: str) -> Document:
    """The document of a Word file, places ``P12`` and ``T3 R5 C2``.

    Deleted and hidden text is left out; notes, comments, headers and footers are no part of it.
    Refused ``corrupt``, ``encrypted``, ``needs-office``, ``too-large``, ``truncated``.
    """
    file = Compound(data)
    main = file.read("WordDocument")
    if is_older(main):
        return office.reader("doc")(data, name)
    stream = BlockStream()
    add_content(Parts(file, main).body(), stream)
    properties = {key: clean(text) for key, text in file.properties().items()}
    publisher = {"publisher": properties.get("company", "")}
    return describe("doc", stream.blocks, publisher, properties.get("title", ""))
