"""What a page draws beside its text: ruled lines, coloured areas, and how much pictures cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium

from etl.readers.page_layout import Box
from etl.readers.pdf.dots import dotted_lines
from etl.readers.pdf.library import Handle
from etl.reading import Refused

MAX_OBJECTS = 100_000
"""Objects drawn on one page, forms seen through."""

_MAX_SEGMENTS = 4_000
"""Segments of one path; a longer one is a drawing, not a table."""
_MAX_DEPTH = 5
_THIN = 3.0
"""Points up to which a filled area is a line."""
_SHORT = 3.0
"""Points below which a line is a dot."""
_FAINT = 25
"""Opacity (of 255) below which nothing is seen."""


@dataclass
class Drawing:
    """What is drawn on a page, in the file's own coordinates with y upwards."""

    rulings: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)

    def add_line(self, box: Box) -> None:
        """Adds a thin area: a line, or a dot that may be part of one."""
        (self.rulings if max(box.width, box.height) >= _SHORT else self.dots).append(box)


class _Matrix(NamedTuple):
    """x' = a x + c y + e and y' = b x + d y + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: Box) -> Box:
        corners = [self.point(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        return _spanned(corners)

    def within(self, outer: _Matrix) -> _Matrix:
        """The matrix that does as the outer one after this one."""
        a, b = outer.point(self.a, self.b)
        c, d = outer.point(self.c, self.d)
        e, f = outer.point(self.e, self.f)
        return _Matrix(a - outer.e, b - outer.f, c - outer.e, d - outer.f, e, f)


_UNTURNED = _Matrix()
_Object = tuple[int, Handle, _Matrix]


def page_drawing(page: Handle) -> Drawing:
    """The lines, areas and pictures of a page. Refused ``too-large``."""
    drawing = Drawing()
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    bounds_of = pdfium.FPDFPageObj_GetBounds
    for number, (kind, drawn, matrix) in enumerate(_objects(page)):
        if number >= MAX_OBJECTS:
            raise Refused("too-large", detail=f"more than {MAX_OBJECTS} objects on a page")
        if kind == pdfium.FPDF_PAGEOBJ_TEXT or not bounds_of(drawn, left, bottom, right, top):
            continue
        box = Box(left.value, bottom.value, right.value, top.value)
        if matrix is not _UNTURNED:
            box = matrix.box(box)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(drawing, drawn, box, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.pictures.append(box)
    drawing.rulings.extend(dotted_lines(drawing.dots))
    return drawing


def _objects(page: Handle) -> Iterator[_Object]:
    """Everything drawn on the page, with the matrix of the form that it stands in."""
    kind_of, object_of = pdfium.FPDFPageObj_GetType, pdfium.FPDFPage_GetObject
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = object_of(page, number)
        kind = kind_of(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(drawn, _UNTURNED, 1)
        else:
            yield kind, drawn, _UNTURNED


def _form_objects(form: Handle, outer: _Matrix, depth: int) -> Iterator[_Object]:
    matrix = _matrix(form).within(outer)
    for number in range(pdfium.FPDFFormObj_CountObjects(form)):
        drawn = pdfium.FPDFFormObj_GetObject(form, number)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield kind, drawn, matrix
        elif depth < _MAX_DEPTH:
            yield from _form_objects(drawn, matrix, depth + 1)


def _matrix(drawn: Handle) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, found):
        return _UNTURNED
    return _Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _add_path(drawing: Drawing, path: Handle, box: Box, matrix: _Matrix) -> None:
    thin = box.width <= _THIN or box.height <= _THIN
    if thin:
        if any(_paint(path)):
            drawing.add_line(box)
        return
    filled, stroked = _paint(path)
    segments = pdfium.FPDFPath_CountSegments(path)
    if not (filled or stroked) or segments > _MAX_SEGMENTS:
        return
    for outline in _outlines(path, _matrix(path).within(matrix), segments):
        area = _spanned(outline)
        if filled and not stroked:
            if min(area.width, area.height) > _THIN:
                drawing.fills.append(area)
            else:
                drawing.add_line(area)
        elif stroked:
            drawing.rulings.extend(_straight(outline))


def _outlines(path: Handle, matrix: _Matrix, segments: int) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; a closed part ends where it began."""
    points: list[tuple[float, float]] = []
    x, y = c_float(), c_float()
    for number in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(matrix.point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _straight(outline: Sequence[tuple[float, float]]) -> Iterator[Box]:
    """The level and upright sides of an outline."""
    for start, end in pairwise(outline):
        side = _spanned((start, end))
        if min(side.width, side.height) < 1 and max(side.width, side.height) >= _SHORT:
            yield side


def _spanned(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _paint(path: Handle) -> tuple[bool, bool]:
    """Whether a path is filled and whether it is stroked, in a colour that is seen."""
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return (
        fill.value != pdfium.FPDF_FILLMODE_NONE and _is_seen(path, pdfium.FPDFPageObj_GetFillColor),
        bool(stroke.value) and _is_seen(path, pdfium.FPDFPageObj_GetStrokeColor),
    )


def _is_seen(path: Handle, colour_of: Handle) -> bool:
    red, green, blue, opacity = c_uint(), c_uint(), c_uint(), c_uint()
    return not colour_of(path, red, green, blue, opacity) or opacity.value >= _FAINT
