"""WordprocessingML as a person reads it: changes accepted, nothing hidden, text boxes in line."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from etl.readers.limits import MAX_NODES
from etl.readers.package import Element
from etl.readers.text_tools import PICTURE
from etl.reading import Refused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return _W + name


PARAGRAPH, TABLE, ROW, CELL = w("p"), w("tbl"), w("tr"), w("tc")
CONTAINERS = frozenset(map(w, ("sdt", "sdtContent", "customXml", "ins", "moveTo", "txbxContent")))
"""Elements that only hold others: paragraphs, rows and cells in them count as their parent's."""

_RUN, _RUN_PROPERTIES, _TEXT = w("r"), w("rPr"), w("t")
_TEXT_BOX, _ROW_PROPERTIES = w("txbxContent"), w("trPr")
_DELETED, _MOVED_AWAY = w("del"), w("moveFrom")
_HIDDEN, _HIDDEN_ROW, _DELETED_CELL = w("vanish"), w("hidden"), w("cellDel")
_SET_APART = frozenset(map(w, ("vertAlign", "strike", "dstrike")))
_READING, _EMBEDDED = w("rt"), w("altChunk")
_FALLBACK, _CHOICE = _MC + "Fallback", _MC + "Choice"
_PLACEHOLDER = w("showingPlcHdr")
_TO_SETTLE = (
    _DELETED,
    _MOVED_AWAY,
    _HIDDEN,
    _HIDDEN_ROW,
    _DELETED_CELL,
    _FALLBACK,
    _PLACEHOLDER,
    _TEXT_BOX,
    *_SET_APART,
    _READING,
    _EMBEDDED,
)

_PRINTED = {
    w("tab"): " ",
    w("ptab"): " ",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("drawing"): PICTURE,
    w("pict"): PICTURE,
    w("object"): PICTURE,
    w("sym"): PICTURE,
}
_TEXTS = frozenset((_TEXT, _M + "t"))
_POSITION = w("pos")
_TAB = w("tab")
_RUNS_ON = "runs-on"
_VALUE = w("val")
_SPANS: dict[str, str] = {w(name): name for name in ("gridSpan", "hMerge", "vMerge", "gridBefore")}
_GATHERED = (PARAGRAPH, *_TEXTS, *_PRINTED, *_SPANS)


def settle(root: Element) -> None:
    """Takes out of the tree what isn't printed and marks what must not close up with other text.

    Insertions stay, deletions and what was moved away go. Refused ``unsupported`` for text that
    is embedded as another file.
    """
    for node in list(root.iter(*_TO_SETTLE)):
        parent = node.getparent()
        if parent is not None:
            _settle(node, parent)


def _settle(node: Element, parent: Element) -> None:
    if node.tag in (_DELETED, _MOVED_AWAY):
        _settle_deletion(node, parent)
    elif node.tag == _TEXT_BOX:
        _move_behind_paragraph(node)
    elif node.tag == _PLACEHOLDER:
        _empty_placeholder(parent)
    elif node.tag == _EMBEDDED:
        raise Refused("unsupported", "word/document.xml", "text embedded as another file")
    elif node.tag == _READING or (node.tag == _FALLBACK and parent.find(_CHOICE) is not None):
        parent.remove(node)
    elif switched_on(node):
        _settle_property(node, parent)


def _settle_deletion(node: Element, parent: Element) -> None:
    if parent.tag == _ROW_PROPERTIES:
        _remove(parent.getparent())
    elif parent.tag == _RUN_PROPERTIES:
        # A deleted paragraph mark: the next paragraph goes on where this one ends.
        properties = parent.getparent()
        paragraph = properties.getparent() if properties is not None else None
        if paragraph is not None and paragraph.tag == PARAGRAPH:
            paragraph.set(_RUNS_ON, "1")
    else:
        parent.remove(node)


def _settle_property(node: Element, properties: Element) -> None:
    owner = properties.getparent()
    if owner is None:
        return
    if node.tag in (_HIDDEN_ROW, _DELETED_CELL):
        if owner.tag in (ROW, CELL):
            _remove(owner)
    elif owner.tag == _RUN:
        if node.tag == _HIDDEN:
            _remove(owner)
        elif node.get(_VALUE) != "baseline":
            for text in owner.iterchildren(*_TEXTS):
                text.text = f" {text.text or ''} "


def _move_behind_paragraph(box: Element) -> None:
    """Sets a text box behind the paragraph it hangs on, as a container of paragraphs."""
    anchor = next(box.iterancestors(PARAGRAPH), None)
    parent = anchor.getparent() if anchor is not None else None
    if anchor is not None and parent is not None:
        parent.insert(parent.index(anchor) + 1, box)


def _empty_placeholder(properties: Element) -> None:
    holder = properties.getparent()
    content = holder.find(w("sdtContent")) if holder is not None else None
    if content is not None:
        for text in content.iter(_TEXT):
            text.text = ""


def _remove(node: Element | None) -> None:
    parent = node.getparent() if node is not None else None
    if node is not None and parent is not None:
        parent.remove(node)


def switched_on(node: Element | None) -> bool:
    """Whether a switch such as ``<w:vanish/>`` is there and not set to off."""
    return node is not None and node.get(_VALUE) not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Printed:
    """What one pass over a settled body gathers; asking every element for it takes far longer.

    ``texts`` are those of paragraphs, with a line feed at each line break, and at the end unless
    the next paragraph goes on with it. ``spans`` are a cell's ``gridSpan``, ``hMerge`` and
    ``vMerge`` (a merge without value continues) and a row's ``gridBefore``.
    """

    texts: dict[Element, str]
    spans: dict[Element, dict[str, str]]


def gather(body: Element) -> Printed:
    """The texts and spans of a settled body; Refused ``too-large`` beyond ``MAX_NODES``.

    A paragraph within another, which no program writes, is text of the outer one.
    """
    printed = Printed({}, {})
    pieces: list[str] = []
    depth = 0
    for event, node in etree.iterwalk(body, events=("start", "end"), tag=_GATHERED):
        tag = str(node.tag)
        if event == "end":
            depth -= tag == PARAGRAPH
            if tag == PARAGRAPH and not depth:
                printed.texts[node] = "".join(pieces) + ("" if _runs_on(node) else "\n")
                _check_size(printed)
                pieces.clear()
        elif tag == PARAGRAPH:
            depth += 1
        elif tag in _SPANS:
            _note_span(node, printed.spans)
        elif depth:
            pieces.append((node.text or "") if tag in _TEXTS else _sign(node, tag))
    return printed


def _check_size(printed: Printed) -> None:
    if len(printed.texts) > MAX_NODES:
        raise Refused("too-large", "word/document.xml", f"more than {MAX_NODES} paragraphs")


def _runs_on(paragraph: Element) -> bool:
    """Whether the mark at the end of a paragraph is deleted, so that the next goes on with it."""
    return paragraph.get(_RUNS_ON) is not None


def _note_span(node: Element, spans: dict[Element, dict[str, str]]) -> None:
    properties = node.getparent()
    owner = properties.getparent() if properties is not None else None
    if owner is not None and owner.tag in (CELL, ROW):
        spans.setdefault(owner, {})[_SPANS[str(node.tag)]] = node.get(_VALUE, "continue")


def _sign(node: Element, tag: str) -> str:
    # <w:tab> also declares tab stops among a paragraph's properties.
    return "" if tag == _TAB and node.get(_POSITION) is not None else _PRINTED[tag]
