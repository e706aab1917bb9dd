"""Parts of an Office file (a ZIP container of XML), inflated and parsed within bounds."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from etl.readers.limits import MAX_INFLATED_BYTES, MAX_PART_BYTES
from etl.reading import Refused

Element = etree._Element
"""An element of a part."""

_MAIN_PART = "/officeDocument"

# ISO 29500 Strict has namespaces of its own for the same elements.
_STRICT_NAMESPACES = tuple(
    (f"http://purl.oclc.org/ooxml/{kind}".encode(), transitional.encode())
    for kind, transitional in (
        ("wordprocessingml/main", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("spreadsheetml/main", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    )
)


class Package:
    """The parts of an Office file by name."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:
            raise Refused("corrupt", detail=str(error)) from error
        self._names = {info.filename.lower(): info for info in self._zip.infolist()}
        total = sum(info.file_size for info in self._zip.infolist())
        if total > MAX_INFLATED_BYTES:
            raise Refused("too-large", detail=f"{total} bytes inflated")

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, None when there is no such part; part names ignore case.

        Refused ``too-large``, ``encrypted``, ``corrupt``.
        """
        info = self._names.get(part.lstrip("/").lower())
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise Refused("encrypted", detail=part)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART_BYTES + 1)
        except Exception as error:
            raise Refused("corrupt", part, str(error)) from error
        if len(data) > MAX_PART_BYTES:
            raise Refused("too-large", part, f"more than {MAX_PART_BYTES} bytes")
        return data

    def parse(self, part: str) -> Element | None:
        """The root element of a part, None when there is no such part.

        Entities are not expanded and nothing is fetched. Refused ``corrupt`` when it is no XML.
        """
        data = self.read(part)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        for strict, transitional in _STRICT_NAMESPACES:
            data = data.replace(strict, transitional)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused("corrupt", part, str(error)) from error

    def main_part(self, usual: str) -> str:
        """The name of the document's main part, which some programs call ``document2.xml``."""
        if usual.lower() in self._names:
            return usual
        for kind, target in self.relations("").values():
            if kind.endswith(_MAIN_PART):
                return target
        raise Refused("corrupt", detail=f"no {usual}")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (type, part) of what a part refers to; "" is the whole file."""
        folder, base = posixpath.split(part)
        root = self.parse(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", ""),
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip(
                    "/"
                ),
            )
            for relation in root.iter("{*}Relationship")
        }

    def properties(self) -> dict[str, str]:
        """What the file says of itself: ``title``, ``creator``, ``Company`` and the like."""
        found: dict[str, str] = {}
        for part in ("docProps/core.xml", "docProps/app.xml"):
            try:
                root = self.parse(part)
            except Refused:
                continue
            for node in root if root is not None else ():
                if isinstance(node.tag, str) and node.text and len(node) == 0:
                    found.setdefault(etree.QName(node).localname, node.text)
        return found
