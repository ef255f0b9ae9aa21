"""A drawing in SVG as outlines, each with its paints."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import svgelements  # type: ignore[import-untyped]
from numpy.typing import NDArray

from deck.images import ImageError
from deck.recording.paths import Path, Pen
from deck.typesetting.svg import harmless

__all__ = ["Drawing", "Shape", "drawing"]

FARTHEST = 1e9
"""What a drawing may measure, in its own units."""
DARK, SHARE = 0.2, 0.02
"""Lightness below which something cannot be told from a dark ground, and the share of such things that is too much."""
BLACK = "#000000"
JOINS, CAPS = ("miter", "round", "bevel"), ("butt", "round", "square")


Point = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """An outline, in a drawing's own units; a paint is ``#RRGGBB`` and an opacity up to 1, or nothing."""

    path: Path
    fill: tuple[str, float] | None
    stroke: tuple[str, float] | None
    width: float
    join: str = "miter"
    cap: str = "butt"


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """What is drawn from where on, how large it is, and whether it is too dark for a dark ground."""

    shapes: tuple[Shape, ...]
    left: float
    top: float
    width: float
    height: float
    is_dark: bool


def drawing(data: bytes) -> Drawing:
    """
    Return the drawing in a file, which may be compressed.

    Raises
    ------
    ImageError
        If there is none, or it takes too much.
    """
    clean = harmless(data)
    try:
        svg = svgelements.SVG.parse(io.BytesIO(clean), reify=True)
        shapes = tuple(_shapes(svg))
    except MemoryError:
        raise
    except Exception as error:  # whatever the parser stumbles over
        raise ImageError("cannot be read") from error
    seen = [shape.path.points for shape in shapes]
    points = np.concatenate(seen) if seen else np.zeros((0, 2))
    if not np.isfinite(points).all():
        raise ImageError("cannot be read: its shapes reach beyond any measure")
    (left, top), (right, bottom) = (points.min(axis=0), points.max(axis=0)) if len(points) else ((0, 0), (0, 0))
    if not (right > left and bottom > top):
        raise ImageError("cannot be read: there are no shapes in it")
    if max(right - left, bottom - top) > FARTHEST:
        raise ImageError("cannot be read: its shapes reach beyond any measure")
    return Drawing(shapes, float(left), float(top), float(right - left), float(bottom - top), _is_dark(shapes))


def _shapes(group: Any, opacity: float = 1.0) -> Iterator[Shape]:
    """Yield what is drawn in a group of an opacity, back to front."""
    for element in group:
        own = opacity * _opacity(element)
        if isinstance(element, svgelements.Group | svgelements.Use):
            yield from _shapes(element, own)
        elif isinstance(element, svgelements.Shape) and element.values.get("visibility") != "hidden":
            yield from _shape(element, own)


def _shape(element: Any, opacity: float) -> Iterator[Shape]:
    """Yield an element's shape, if it can be seen."""
    fill, stroke = _paint(element.fill, opacity, default=BLACK), _paint(element.stroke, opacity)
    path = _path(svgelements.Path(element))
    if len(path.points) and (fill or stroke):
        join, cap = (str(element.values.get(name, "")) for name in ("stroke-linejoin", "stroke-linecap"))
        yield Shape(
            path,
            fill,
            stroke,
            float(element.implicit_stroke_width or 0.0) if stroke else 0.0,
            join if join in JOINS else JOINS[0],
            cap if cap in CAPS else CAPS[0],
        )


def _opacity(element: Any) -> float:
    """Return an element's own opacity, which its parser leaves alone: that of a group is that of all in it."""
    written = str((getattr(element, "values", {}).get("attributes") or {}).get("opacity", "1"))
    try:
        share = float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
    except ValueError:
        return 1.0
    return min(max(share, 0.0), 1.0)


def _paint(color: Any, opacity: float, default: str = "") -> tuple[str, float] | None:
    """Return a colour as `Shape` has it."""
    if color is None or color.value is None:
        is_given = color is not None
        return None if is_given or not default else (default, opacity)
    return str(color.hexrgb).upper(), float(color.opacity) * opacity


def _path(path: Any) -> Path:
    path.approximate_arcs_with_cubics()
    pen = Pen()
    for segment in path:
        _draw(pen, segment)
    return pen.path()


def _draw(pen: Pen, segment: Any) -> None:
    """Draw a segment of a path; one without an end draws nothing."""
    if segment.end is None:
        return
    end = _point(segment.end)
    match segment:
        case svgelements.Move():
            pen.move(end)
        case svgelements.Close():
            pen.close()
        case svgelements.CubicBezier():
            pen.cubic(_point(segment.control1), _point(segment.control2), end)
        case svgelements.QuadraticBezier():
            pen.quadratic(_point(segment.control), end)
        case _:
            pen.line(end)


def _point(point: Any) -> Point:
    return float(point.x), float(point.y)


def _is_dark(shapes: tuple[Shape, ...]) -> bool:
    """Return whether shapes cannot be told from a dark ground, unless something light is behind all of them."""
    extents = [_area(shape.path.points) for shape in shapes]
    whole = _area(np.concatenate([shape.path.points for shape in shapes]))
    for shape, extent in zip(shapes, extents, strict=True):
        if shape.fill and shape.fill[1] > 1 / 2 and extent > 0.9 * whole:
            return _lightness(shape.fill[0]) < DARK and len(shapes) == 1
    dark = [
        paint
        for shape in shapes
        for paint in (shape.fill, shape.stroke)
        if paint and paint[1] > SHARE and _lightness(paint[0]) < DARK
    ]
    return len(dark) > SHARE * len(shapes)


def _area(points: NDArray[np.float64]) -> float:
    across, along = np.ptp(points, axis=0) + 1e-9
    return float(across * along)


def _lightness(color: str) -> float:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
