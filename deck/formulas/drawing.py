"""Formulas drawn: MathML set by ziamath, and taken apart into filled outlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from xml.etree import ElementTree as ET

from deck.adapters.ziamath import Box as Frame
from deck.adapters.ziamath import Diagonal, Drawable, Glyph, Math
from deck.formulas import grid, nodes, placing  # noqa: F401 - ziamath takes their classes for its own
from deck.formulas.atoms import EM
from deck.formulas.borrowing import FONT, Borrowed
from deck.formulas.source import UnsetError

__all__ = ["FilledPath", "FormulaBox", "SetFormula", "box"]

BLACK = "black"
TOO_MUCH = "something in it has no counterpart in MathML"
ORDERS = {
    "mfrac": (0, None, 1),
    "msubsup": (0, 2, 1),
    "munderover": (2, 0, 1),
    "mroot": (1, None, 0),
    "menclose": (0, None),
    "mframe": (0, None),
}
"""Whose children TeX draws in another order than MathML has them; None is what an element draws itself."""
OVER = {"mover": (None, 1, 0), "munder": (0, None, 1)}


@dataclass(frozen=True, slots=True)
class FilledPath:
    """
    A filled outline.

    Attributes
    ----------
    path
        As in SVG, y down, from a point of its own.
    x, y
        Where that point is.
    color
        ``#RRGGBB``, or empty where the formula's own colour is due.
    group
        Of the source, by number.
    place
        Where it comes in the order of drawing.
    """

    path: str
    x: float
    y: float
    color: str
    group: int
    place: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FormulaBox:
    """What is to be drawn, and how much room it takes around a point on its baseline, in a hundredth of an em."""

    node: Any
    width: float
    ascent: float
    descent: float

    def marks(self, x: float, y: float, order: int = 0) -> Iterator[FilledPath]:
        """Yield its outlines, with its point at a place."""
        for mark in _marks(self.node, x, y, 0, -1):
            yield replace(mark, place=(order, *mark.place))


@dataclass(frozen=True, slots=True)
class SetFormula:
    """A whole formula: outlines, with the baseline of the first line at y = 0, and the room that it takes."""

    marks: tuple[FilledPath, ...]
    width: float
    ascent: float
    descent: float


def box(element: ET.Element, size: float = 1.0) -> FormulaBox:
    """
    Set an element.

    Parameters
    ----------
    element
        Of MathML, with our own attributes; this marks it.
    size
        1 for ten points.

    Raises
    ------
    UnsetError
        If a character is missing, or ziamath gives up.
    """
    _number(element, count())
    root = ET.Element("math")
    root.append(element)
    try:
        node = Math(root, size=EM * size, font=FONT).node
    except RecursionError:
        raise
    except Exception as error:  # it has no errors of its own
        raise UnsetError(TOO_MUCH) from error
    bounds = node.bbox
    return FormulaBox(node, max(node.xadvance(), 0.0), bounds.ymax, -bounds.ymin)


def _number(element: ET.Element, places: Iterator[int]) -> None:
    """Number the elements in the order in which TeX draws them."""
    children = list(element)
    order = ORDERS.get(element.tag) or OVER.get(element.tag) or (None, *range(len(children)))
    for child in order:
        if child is None:
            element.set("place", str(next(places)))
        else:
            _number(children[child], places)
    if "place" not in element.attrib:
        element.set("place", str(next(places)))


def _marks(node: Any, x: float, y: float, group: int, place: int) -> Iterator[FilledPath]:
    element = getattr(node, "element", None)
    if element is not None:
        group = int(element.get("group", group))
        place = int(element.get("place", place))
    if hasattr(node, "nodexy"):
        for (right, down), child in zip(node.nodexy, node.nodes, strict=True):
            yield from _marks(child, x + right, y + down, group, place)
    elif path := _path(node):
        color = getattr(node.style, "mathcolor", BLACK)
        yield FilledPath(path, x, y, "" if color == BLACK else color, group, (place,))


def _path(drawable: Drawable) -> str:
    """Return the outline of what ziamath draws without asking others."""
    shape: Any = drawable
    if shape.phantom or getattr(shape, "lw", 1) == 0:  # as the line of a binomial
        return ""
    if isinstance(drawable, Glyph):
        return _glyph(drawable)
    if isinstance(drawable, Frame):
        return _frame(-shape.height, shape.width, shape.height, shape.lw)
    if isinstance(drawable, Diagonal):
        stroke = _stroke(-shape.height, shape.width, shape.lw)
        return f"{stroke} {_head(-shape.height, shape.width, shape.lw)}" if shape.arrow else stroke
    if hasattr(drawable, "length"):
        return _rectangle(0, shape.length, shape.lw)
    raise UnsetError(TOO_MUCH)


def _glyph(glyph: Glyph) -> str:
    if glyph.glyph.index == 0 and not isinstance(glyph.glyph, Borrowed):
        raise UnsetError(f"its typeface has no '{glyph.char}'")
    return _outline(glyph.glyph, glyph.size / glyph.glyph.DFLT_SIZE_PT)


def _outline(glyph: Any, scale: float) -> str:
    """Return a glyph's outline; it is the same for all glyphs of a number, unless they are put together of pieces."""
    box = glyph.bbox
    key = (id(glyph.font), type(glyph), glyph.index, box.xmin, box.xmax, box.ymin, box.ymax, scale)
    if key not in _outlines:
        drawn = glyph.svgpath(0, 0, scale)
        data = "" if drawn is None else " ".join(path.attrib["d"] for path in drawn.iter("path"))
        _outlines[key] = re.sub(r"M (\S+ \S+) L \1 ", r"M \1 ", data).strip()
    return _outlines[key]


_outlines: dict[tuple[object, ...], str] = {}


def _rectangle(top: float, width: float, height: float) -> str:
    return f"M 0 {top:.3f} h {width:.3f} v {height:.3f} h {-width:.3f} Z"


def _frame(top: float, width: float, height: float, line: float) -> str:
    high = height - 2 * line
    inner = f"M {line:.3f} {top + line:.3f} v {high:.3f} h {width - 2 * line:.3f} v {-high:.3f}"
    return f"{_rectangle(top, width, height)} {inner} Z"


def _stroke(top: float, right: float, line: float) -> str:
    """Return a stroke from what is above the origin, at ``top``, to what is to the right of it."""
    length = (right**2 + top**2) ** 0.5 or 1.0
    dx, dy = top / length * line / 2, right / length * line / 2
    corners = ((dx, top + dy), (right + dx, dy), (right - dx, -dy), (-dx, top - dy))
    return "M " + " L ".join(f"{x:.3f} {y:.3f}" for x, y in corners) + " Z"


def _head(top: float, right: float, line: float) -> str:
    """Return the head of an arrow to the lower end of such a stroke; it points out of it."""
    length = (right**2 + top**2) ** 0.5 or 1.0
    dx, dy = right / length * line, -top / length * line
    corners = ((right + 4 * dx, 4 * dy), (right + 1.6 * dy, -1.6 * dx), (right - 1.6 * dy, 1.6 * dx))
    return "M " + " L ".join(f"{x:.3f} {y:.3f}" for x, y in corners) + " Z"
