"""Point clouds as outlines of a recording."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from deck.adapters.manim import Camera
from deck.capture.images import Item
from deck.capture.projection import Projection
from deck.recording.shelf import Shelf, shrunk
from deck.recording.timeline import FULL, OPAQUE, Outline, Paint, Style

if TYPE_CHECKING:
    from deck.adapters.manim import PMobject

__all__ = ["cloud_items"]

MOST_COLORS = 64
"""A cloud of more colours becomes a picture."""

Cells = NDArray[np.int64]


def cloud_items(mobject: PMobject, camera: Camera, pixels: Projection, shelf: Shelf) -> Iterator[Item]:
    """
    Yield the items of a point cloud: one for each colour, or a picture if there are many.

    manim writes each point into its picture as a square of whole pixels, over what was there, whatever its opacity.

    Parameters
    ----------
    mobject
        The cloud.
    camera
        The camera, which knows in which of its own pixels points lie.
    pixels
        From those pixels, y down, to units.
    shelf
        Where shapes and styles go.
    """
    cells = np.asarray(camera.points_to_pixel_coords(mobject, mobject.points))
    nudges = np.asarray(camera.get_thickening_nudges(camera.adjusted_thickness(mobject.stroke_width)))
    if not len(nudges):
        return
    colors = (OPAQUE * mobject.rgbas).astype(np.uint8)[:, :3]
    found, which = np.unique(colors, axis=0, return_inverse=True)
    size = int(np.ptp(nudges[:, 0])) + 1
    corners, which = _near(cells + nudges[0], which.ravel(), size, camera)
    if len(found) == 1:
        yield from _squares(np.unique(corners, axis=0), size, found[0], pixels, shelf)
        return
    seen, owners = _seen(corners, which, nudges - nudges[0], camera)
    if len(found) > MOST_COLORS:
        yield from _picture(seen, found[owners], pixels, shelf)
    elif len(seen) == len(corners) * size**2:
        for nth, color in enumerate(found):
            yield from _squares(corners[which == nth], size, color, pixels, shelf)
    else:
        for nth, color in enumerate(found):
            yield from _squares(seen[owners == nth], 1, color, pixels, shelf)


def _near(corners: Cells, which: Cells, size: int, camera: Camera) -> tuple[Cells, Cells]:
    """Leave out squares that are nowhere in the frame."""
    near = (corners > -size).all(axis=1) & (corners < (camera.pixel_width, camera.pixel_height)).all(axis=1)
    return corners[near], which[near]


def _seen(corners: Cells, which: Cells, nudges: Cells, camera: Camera) -> tuple[Cells, Cells]:
    """Return the pixels that are written to, row by row, and the last colour of each: manim writes nudge by nudge."""
    cells = (corners[None] + nudges[:, None]).reshape(-1, 2)
    owners = np.tile(which, len(nudges))
    inside = (cells >= 0).all(axis=1) & (cells < (camera.pixel_width, camera.pixel_height)).all(axis=1)
    cells, owners = cells[inside][::-1], owners[inside][::-1]
    _, last = np.unique(cells[:, 1] * int(camera.pixel_width) + cells[:, 0], return_index=True)
    return cells[last], owners[last]


def _squares(corners: Cells, size: int, color: NDArray[np.uint8], pixels: Projection, shelf: Shelf) -> Iterator[Item]:
    """Yield one item of straight strokes, each as wide as the squares; squares of one pixel are joined to rows."""
    if not len(corners):
        return
    lengths = np.full(len(corners), size)
    if size == 1:
        corners, lengths = _rows(corners)
    left = corners + np.array([0.0, size / 2])
    starts, stops = pixels.units(left), pixels.units(left + np.stack([lengths, np.zeros_like(lengths)], axis=1))
    place = np.rint(starts[0])
    # The page draws a curve whose control points are at its ends as a line, and lines are exact.
    strokes = np.rint(np.stack([starts, starts, stops, stops], axis=1) - place).astype(np.int32)
    key = ("cloud", strokes.tobytes())
    shape = shelf.known(key)
    if shape is None:
        points, exponent = shrunk(strokes.reshape(-1, 2))
        shape = shelf.add(key, Outline(points, np.full(len(strokes), 2, np.uint32), exponent))
    red, green, blue = color.tolist()
    style = shelf.style(Style(stroke=Paint(((red, green, blue, OPAQUE),)), width=round(size * pixels.scale)))
    yield shape, style, int(place[0]), int(place[1]), 0, FULL


def _rows(corners: Cells) -> tuple[Cells, Cells]:
    """Join pixels, sorted row by row, to rows; return where they start and how long they are."""
    goes_on = (np.diff(corners[:, 0]) == 1) & (np.diff(corners[:, 1]) == 0)
    first = np.flatnonzero(np.concatenate([[True], ~goes_on]))
    return corners[first], np.diff(np.append(first, len(corners)))


def _picture(seen: Cells, colors: NDArray[np.uint8], pixels: Projection, shelf: Shelf) -> Iterator[Item]:
    if not len(seen):
        return
    low, high = seen.min(axis=0), seen.max(axis=0) + 1
    width, height = high - low
    image = np.zeros((height, width, 4), np.uint8)
    image[seen[:, 1] - low[1], seen[:, 0] - low[0]] = np.insert(colors, 3, OPAQUE, axis=1)
    units = pixels.units(low + np.array([(0, 0), (width, 0), (0, height), (width, height)]))
    place = np.rint(units[0])
    shape = shelf.image(shelf.picture(image), units - place, kernel="box")
    yield shape, 0, int(place[0]), int(place[1]), FULL, 0
