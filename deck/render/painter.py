"""One item after the other, painted with cairo as manim would."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

import cairo
import numpy as np

from deck.recording.timeline import FULL, GRID_WIDTH, OPAQUE, UNITS, Image, Outline, Paint, Recording, Style
from deck.render.extents import MITER_LIMIT, Rect
from deck.render.stretching import Stretcher

__all__ = ["Painter"]

JOINS = {"miter": cairo.LineJoin.MITER, "round": cairo.LineJoin.ROUND, "bevel": cairo.LineJoin.BEVEL}
CAPS = {"butt": cairo.LineCap.BUTT, "round": cairo.LineCap.ROUND, "square": cairo.LineCap.SQUARE}
PATHS_KEPT = 4096


class Painter:
    """
    Paints items of a recording on a surface.

    Parameters
    ----------
    recording
        Whose shapes and styles the items name.
    surface
        What to paint on, as wide as the frame.
    """

    def __init__(self, recording: Recording, surface: cairo.ImageSurface) -> None:
        self.recording = recording
        self.context = cairo.Context(surface)
        self.context.set_miter_limit(MITER_LIMIT)
        self.scale = surface.get_width() / (GRID_WIDTH * UNITS)
        self.center = np.array((surface.get_width() / 2, surface.get_height() / 2))
        self._grid = cairo.Matrix(self.scale, 0, 0, self.scale, *self.center.tolist())
        self._stretcher = Stretcher(recording.pictures)
        self._path = lru_cache(maxsize=PATHS_KEPT)(partial(_path, self.context, recording))
        self._gradient = lru_cache(maxsize=PATHS_KEPT)(gradient)

    def paint(self, item: Sequence[int], rect: Rect) -> None:
        """
        Paint one item, given by its values for `deck.recording.timeline.COLUMNS`.

        Of a picture only what is in ``rect`` is painted; the pixels there are the same as if all of it were painted.
        """
        shape, style, x, y, fill, stroke = item
        what = self.recording.shapes[shape]
        if isinstance(what, Image):
            if fill:
                self._paint_image(what, (x, y), fill, rect)
            return
        look = self.recording.styles[style]
        if look.clip == "end":
            self.context.restore()
        elif look.clip == "start":
            self.context.save()
            self._place(shape, x, y)
            self.context.clip()
        elif fill or stroke or look.behind:
            self._place(shape, x, y)
            self._paint_outline(look, fill, stroke)

    def _place(self, shape: int, x: int, y: int) -> None:
        """Make a shape at a place the current path."""
        path = self._path(shape)
        context = self.context
        context.set_matrix(self._grid)
        context.translate(x, y)
        context.new_path()
        context.append_path(path)

    def _paint_outline(self, look: Style, fill: int, stroke: int) -> None:
        context = self.context
        context.set_line_join(JOINS[look.join])
        context.set_line_cap(CAPS[look.cap])
        if look.behind and look.behind_width:
            self._use(look.behind, FULL)
            context.set_line_width(look.behind_width)
            context.stroke_preserve()
        if look.fill and fill:
            self._use(look.fill, fill)
            context.fill_preserve()
        if look.stroke and stroke:
            self._use(look.stroke, stroke)
            context.set_line_width(look.width)
            context.stroke_preserve()

    def _use(self, paint: Paint, opacity: int) -> None:
        if paint.line:
            self.context.set_source(self._gradient(paint))
            return
        red, green, blue, alpha = paint.colors[0]
        share = opacity / FULL if alpha == OPAQUE else alpha / OPAQUE
        self.context.set_source_rgba(red / 255, green / 255, blue / 255, share)

    def _paint_image(self, image: Image, place: tuple[int, int], opacity: int, rect: Rect) -> None:
        corners = (image.units + place) * self.scale + self.center
        first = np.floor(corners.min(axis=0))
        surface = self._stretcher.stretched(image, corners - first)
        if surface is None:
            return
        context = self.context
        context.save()
        context.identity_matrix()
        context.new_path()
        context.rectangle(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)
        context.clip()
        context.set_source_surface(surface, *first.tolist())
        context.paint_with_alpha(opacity / FULL)
        context.restore()


def _path(context: cairo.Context[Any], recording: Recording, shape: int) -> cairo.Path:
    """Return a shape's path. If this were a method, its cache would keep the painter and all its pixels in memory."""
    outline = recording.shapes[shape]
    assert isinstance(outline, Outline)
    context.identity_matrix()  # cairo rounds a path to 1/256 pixel: whole units stay what they are
    context.new_path()
    trace(context, outline)
    return context.copy_path()


def gradient(paint: Paint) -> cairo.LinearGradient:
    """Return colours evenly spaced along a line."""
    assert paint.line
    pattern = cairo.LinearGradient(*paint.line)
    for position, color in zip(np.linspace(0, 1, len(paint.colors)).tolist(), paint.colors, strict=True):
        red, green, blue, alpha = (level / 255 for level in color)
        pattern.add_color_stop_rgba(position, red, green, blue, alpha)
    return pattern


def trace(context: cairo.Context[Any], outline: Outline) -> None:
    """Add an outline's curves to a context's path."""
    points = (outline.points.astype(np.int64) * 2**outline.exponent).tolist()
    at = 0
    for length in outline.subpaths.tolist():
        context.new_sub_path()
        context.move_to(*points[at])
        curves = length >> 1
        for i in range(at + 1, at + 3 * curves, 3):
            context.curve_to(*points[i], *points[i + 1], *points[i + 2])
        at += 3 * curves + 1
        if length & 1:
            context.close_path()
