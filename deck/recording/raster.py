"""From a recording to pixels, at any size, with cairo."""

from __future__ import annotations

from typing import Any

import cairo
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from deck.recording.timeline import GRID_WIDTH, OPAQUE, UNITS, Image, Outline, Paint, Recording

__all__ = ["Raster"]

JOINS = {"miter": cairo.LineJoin.MITER, "round": cairo.LineJoin.ROUND, "bevel": cairo.LineJoin.BEVEL}
CAPS = {"butt": cairo.LineCap.BUTT, "round": cairo.LineCap.ROUND, "square": cairo.LineCap.SQUARE}


class Raster:
    """
    Draws a recording's frames.

    Parameters
    ----------
    recording
        What to draw.
    width
        Of the frame, in pixels; the height follows.
    """

    def __init__(self, recording: Recording, width: int) -> None:
        self.recording = recording
        self.width = width
        self.height = round(width * recording.height / recording.width)
        self.scale = width / (GRID_WIDTH * UNITS)
        self._surface = cairo.ImageSurface(cairo.Format.RGB24, self.width, self.height)
        self._context = cairo.Context(self._surface)
        self._paths: dict[int, cairo.Path] = {}
        self._placed: dict[tuple[int, ...], Any] = {}

    def frame(self, index: int) -> NDArray[np.uint8]:
        """Return a frame's pixels: (H, W, 3), red, green, blue."""
        context = self._context
        context.identity_matrix()
        context.set_source_rgb(*_rgb(self.recording.background))
        context.paint()
        for item in self.recording.items(index).T.tolist():
            self._draw(*item)
        self._surface.flush()
        data = np.frombuffer(self._surface.get_data(), np.uint8).reshape(self.height, -1, 4)
        return data[:, : self.width, 2::-1].copy()

    def _draw(self, *item: int) -> None:
        shape, style, x, y, fill, stroke = item
        what = self.recording.shapes[shape]
        context = self._context
        context.identity_matrix()
        if isinstance(what, Image):
            self._draw_image(what, x, y, fill)
            return
        context.translate(self.width / 2, self.height / 2)
        context.scale(self.scale, self.scale)
        context.translate(x, y)
        context.new_path()
        context.append_path(self._path(shape, what))
        look = self.recording.styles[style]
        context.set_line_join(JOINS[look.join])
        context.set_line_cap(CAPS[look.cap])
        if look.behind and look.behind_width:
            self._use(look.behind, OPAQUE)
            context.set_line_width(look.behind_width)
            context.stroke_preserve()
        if look.fill and fill:
            self._use(look.fill, fill)
            context.fill_preserve()
        if look.stroke and stroke:
            self._use(look.stroke, stroke)
            context.set_line_width(look.width)
            context.stroke_preserve()

    def _path(self, place: int, outline: Outline) -> cairo.Path:
        if place not in self._paths:
            self._context.new_path()
            trace(self._context, outline)
            self._paths[place] = self._context.copy_path()
            self._context.new_path()
        return self._paths[place]

    def _use(self, paint: Paint, opacity: int) -> None:
        if not paint.line:
            red, green, blue, _ = paint.colors[0]
            alpha = opacity if len(paint.colors) == 1 and paint.colors[0][3] == OPAQUE else paint.colors[0][3]
            self._context.set_source_rgba(red / 255, green / 255, blue / 255, alpha / 255)
            return
        gradient = cairo.LinearGradient(*paint.line)
        for position, (red, green, blue, alpha) in zip(np.linspace(0, 1, len(paint.colors)), paint.colors, strict=True):
            gradient.add_color_stop_rgba(position, red / 255, green / 255, blue / 255, alpha / 255)
        self._context.set_source(gradient)

    def _draw_image(self, image: Image, x: int, y: int, opacity: int) -> None:
        pixels = self.recording.pictures[image.picture]
        corners = (image.corners.astype(np.float64) * 2.0**image.exponent + (x, y)) * self.scale
        corners += (self.width / 2, self.height / 2)
        first = np.floor(corners.min(axis=0)).astype(int)
        placed = self._stretched(pixels, corners - first, image)
        if placed is None:
            return
        self._context.set_source_surface(placed, *first)
        self._context.paint_with_alpha(opacity / 255)

    def _stretched(self, pixels: NDArray[np.uint8], corners: NDArray[np.float64], image: Image) -> Any:
        key = (image.picture, image.smooth, *np.rint(corners * 16).astype(int).ravel().tolist())
        if key not in self._placed:
            self._placed[key] = stretch(pixels, corners, smooth=image.smooth)
        return self._placed[key]


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


def stretch(pixels: NDArray[np.uint8], corners: NDArray[np.float64], *, smooth: bool) -> cairo.ImageSurface | None:
    """Return pixels stretched over a quadrilateral as manim does, by Pillow's perspective transform, or None."""
    height, width = pixels.shape[:2]
    target = corners.astype(np.int64).max(axis=0)
    if (target < 1).any():
        return None
    own = [(0, 0), (width, 0), (0, height), (width, height)]
    rows = []
    for (x, y), (u, v) in zip(corners, own, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    try:
        coefficients = np.linalg.solve(np.array(rows), np.array(own, float).ravel())
    except np.linalg.LinAlgError:
        return None
    how = Pillow.Resampling.BICUBIC if smooth else Pillow.Resampling.NEAREST
    size = int(target[0]), int(target[1])
    moved = np.asarray(
        Pillow.fromarray(pixels).transform(size, Pillow.Transform.PERSPECTIVE, coefficients.tolist(), resample=how)
    )
    alpha = moved[..., 3:].astype(np.uint16)
    premultiplied = ((moved[..., :3].astype(np.uint16) * alpha + 127) // 255).astype(np.uint8)
    surface = cairo.ImageSurface(cairo.Format.ARGB32, *size)
    data = np.frombuffer(surface.get_data(), np.uint8).reshape(size[1], -1, 4)
    data[:, : size[0], :3] = premultiplied[..., ::-1]
    data[:, : size[0], 3:] = moved[..., 3:]
    surface.mark_dirty()
    return surface


def _rgb(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue
