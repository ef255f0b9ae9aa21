"""Which pixels the items of a recording can touch, and which change from one frame to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from deck.recording.timeline import GRID_WIDTH, UNITS, Image, Outline, Recording

__all__ = ["MITER_LIMIT", "Extents", "Rect"]

MITER_LIMIT = 10
"""Cairo's: a corner whose point would reach farther than so many half widths is cut off."""

SEAM = 1.5
"""Pixels around an outline that its smooth edge, and the flattening of its curves, may tint."""

GAP = 16
MOST = 8
"""Changes with more than `GAP` pixels between them get rectangles of their own, as long as these are at most `MOST`."""

Boxes = NDArray[np.float64]
Items = NDArray[np.int32]


class Rect(NamedTuple):
    """Pixels of a frame: from ``left`` and ``top`` up to, and without, ``right`` and ``bottom``."""

    left: int
    top: int
    right: int
    bottom: int


class Extents:
    """
    The boxes of a recording's items at one size of the frame.

    Parameters
    ----------
    recording
        Whose shapes and styles the items name.
    width, height
        Of the frame, in pixels.
    """

    def __init__(self, recording: Recording, width: int, height: int) -> None:
        self.scale = width / (GRID_WIDTH * UNITS)
        self.size = np.array((width, height))
        boxes, reaches = _outlines(recording)
        self._boxes, self._reaches = boxes * self.scale, reaches
        widths = [(_half(style.fill, 0), _half(style.stroke, style.width)) for style in recording.styles]
        behind = [(style.behind_width / 2, style.behind is not None) for style in recording.styles]
        self._widths = np.array(widths, float).reshape(-1, 2) * self.scale
        self._behind = np.array(behind, float).reshape(-1, 2) * (self.scale, 1)
        self._mitered = np.array([style.join == "miter" for style in recording.styles], bool)
        self._clips = np.array([bool(style.clip) for style in recording.styles], bool)

    def boxes(self, items: Items) -> Boxes:
        """
        Return what items may touch, (N, 4): left, top, right, bottom in pixels.

        Parameters
        ----------
        items
            (6, N); those that paint nothing have a box that is nowhere.
        """
        shapes, styles, x, y, fill, stroke = items
        half, behind = self._widths[styles, 1], self._behind[styles]
        margins = np.maximum(half * (stroke > 0), behind[:, 0] * behind[:, 1])
        margins *= np.where(self._mitered[styles], self._reaches[shapes], np.sqrt(2))
        place = np.stack((x, y, x, y), axis=1) * self.scale + np.tile(self.size / 2, 2)
        boxes: Boxes = self._boxes[shapes] + place + (margins + SEAM)[:, None] * (-1, -1, 1, 1)
        seen = (fill > 0) | (stroke > 0) | (behind[:, 1] > 0) | self._clips[styles]
        boxes[~seen] = (np.inf, np.inf, -np.inf, -np.inf)
        return boxes

    def clips(self, items: Items) -> NDArray[np.bool_]:
        """Return which items start or end a clip: (N,)."""
        return np.asarray(self._clips[items[1]])

    def changes(self, old: Items, boxes: Boxes, new: Items) -> tuple[tuple[Rect, ...], Boxes]:
        """
        Return where two frames may differ, and the boxes of the new one's items.

        Items are compared by their place in the list. If the frames have different numbers of items, equal items at the
        front and at the back of the lists count as unchanged.

        Parameters
        ----------
        old, new
            (6, N), the items of the frames.
        boxes
            (N, 4), of the old ones.

        Returns
        -------
        rectangles
            Apart from each other; outside of them the frames look the same.
        boxes
            (N, 4), of the new ones.
        """
        if not np.array_equal(np.flatnonzero(self.clips(old)), np.flatnonzero(self.clips(new))):
            return (self.whole,), self.boxes(new)
        count = min(old.shape[1], new.shape[1])
        same = (old[:, :count] == new[:, :count]).all(axis=0)
        if old.shape[1] == new.shape[1]:
            differ = np.flatnonzero(~same)
            if not len(differ):
                return (), boxes
            fresh = boxes.copy()
            fresh[differ] = self.boxes(new[:, differ])
            return self.rectangles(np.concatenate((boxes[differ], fresh[differ]))), fresh
        front = count if same.all() else int(np.argmin(same))
        count -= front
        same = (old[:, ::-1][:, :count] == new[:, ::-1][:, :count]).all(axis=0)
        back = count if same.all() else int(np.argmin(same))
        fresh = self.boxes(new)
        middles = [each[front : len(each) - back] for each in (boxes, fresh)]
        return self.rectangles(np.concatenate(middles)), fresh

    @property
    def whole(self) -> Rect:
        """The frame."""
        return Rect(0, 0, int(self.size[0]), int(self.size[1]))

    def rectangles(self, boxes: Boxes) -> tuple[Rect, ...]:
        """Return few rectangles, apart from each other and inside of the frame, that cover boxes, (N, 4)."""
        corners = np.floor(np.maximum(boxes[:, :2], 0)), np.ceil(np.minimum(boxes[:, 2:], self.size))
        inside = np.concatenate(corners, axis=1)
        inside = inside[(inside[:, :2] < inside[:, 2:]).all(axis=1)]
        if not len(inside):
            return ()
        parts = [part for column in _apart(inside, 0) for part in _apart(column, 1)]
        if len(parts) > MOST:
            parts = [inside]
        return tuple(_cover(part) for part in parts)


def _apart(boxes: Boxes, axis: int) -> Sequence[Boxes]:
    """Return boxes in groups, with an empty stripe across the frame between each two of them."""
    ordered = boxes[np.argsort(boxes[:, axis])]
    reach = np.maximum.accumulate(ordered[:, axis + 2])
    return np.split(ordered, np.flatnonzero(ordered[1:, axis] > reach[:-1] + GAP) + 1)


def _cover(boxes: Boxes) -> Rect:
    left, top = boxes[:, :2].min(axis=0).astype(int).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).astype(int).tolist()
    return Rect(left, top, right, bottom)


def _half(paint: object, width: int) -> float:
    return width / 2 if paint else 0


def _outlines(recording: Recording) -> tuple[Boxes, NDArray[np.float64]]:
    """Return the boxes of all shapes in units, (S, 4), and how far the points of their corners reach, (S,)."""
    boxes = np.full((len(recording.shapes), 4), np.nan)
    reaches = np.full(len(recording.shapes), np.sqrt(2))
    places, outlines = [], []
    for place, shape in enumerate(recording.shapes):
        scaled = shape.units if isinstance(shape, Image) else shape.points.astype(np.float64) * 2.0**shape.exponent
        if len(scaled):
            boxes[place] = (*scaled.min(axis=0), *scaled.max(axis=0))
        if isinstance(shape, Outline) and len(shape.subpaths):
            places.append(place)
            outlines.append(shape)
    if outlines:
        reaches[places] = np.maximum(_reaches(outlines), np.sqrt(2))
    return boxes, reaches


def _reaches(outlines: Sequence[Outline]) -> NDArray[np.float64]:
    """Return for each outline how many half widths the corners of its stroke reach, (N,)."""
    points = np.concatenate([outline.points for outline in outlines]).astype(np.float64)
    subpaths = np.concatenate([outline.subpaths for outline in outlines]).astype(np.int64)
    curves, closed = subpaths >> 1, (subpaths & 1).astype(bool)
    starts = np.cumsum(3 * curves + 1) - (3 * curves + 1)
    firsts = np.cumsum(curves) - curves
    within = np.arange(curves.sum()) - np.repeat(firsts, curves)
    at = np.repeat(starts, curves) + 3 * within
    corners = [points[at + i] for i in range(4)]
    leaving = _direction(corners[1] - corners[0], corners[2] - corners[0], corners[3] - corners[0])
    arriving = _direction(corners[3] - corners[2], corners[3] - corners[1], corners[3] - corners[0])
    follower = np.arange(len(at)) + 1
    follower[firsts + curves - 1] = firsts
    ratios = _miters(arriving, leaving[follower])
    ratios[(firsts + curves - 1)[~closed]] = 1
    owners = np.repeat(np.arange(len(outlines)), [len(outline.subpaths) for outline in outlines])
    reaches = np.ones(len(outlines))
    np.maximum.at(reaches, np.repeat(owners, curves), ratios)
    return reaches


def _direction(*vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the first vector that is longer than zero, as a unit vector, (N, 2); zero if there is none."""
    found = np.zeros_like(vectors[0])
    for vector in reversed(vectors):
        length = np.hypot(vector[:, 0], vector[:, 1])[:, None]
        found = np.where(length > 0, vector / np.where(length > 0, length, 1), found)
    return found


def _miters(arriving: NDArray[np.float64], leaving: NDArray[np.float64]) -> NDArray[Any]:
    """Return how many half widths the corners between directions reach, (N,)."""
    still = ~(arriving.any(axis=1) & leaving.any(axis=1))
    cosine = np.clip((arriving * leaving).sum(axis=1), -1, 1)
    reach = 1 / np.sqrt(np.maximum((1 + cosine) / 2, 1e-9))
    reach = np.where(reach > MITER_LIMIT * 1.01, 1, reach)
    # Beside a curve without length, the corner's angle is unknown.
    return np.where(still, MITER_LIMIT, reach)
