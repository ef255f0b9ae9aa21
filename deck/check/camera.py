"""Whether the camera has moved: what it cuts off then is cut off on purpose."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from deck.check.geometry import points_of
from deck.recording.timeline import UNITS, Recording

__all__ = ["at_rest"]

MOST = 0.8
"""The smallest share of all items that moves with the camera; a few may be fixed to the frame, or move alone."""
NEAR = 4.0
"""Pixels that items may stray from where the camera's movement puts them."""
ZOOMED = 0.02
FEWEST = 2
"""The fewest items that can show a movement of the camera: one alone may have moved by itself."""

Boxes = NDArray[np.float64]


def at_rest(recording: Recording) -> Iterator[bool]:
    """
    Yield for each reveal whether the camera stands at its end where it stood when the slide began.

    A recording does not say so; if nearly all that is on the frame grows and moves as one, that was the camera.
    """
    boxes = _boxes(recording)
    scale, shift, frame = 1.0, np.zeros(2), 0
    before: Boxes = np.zeros((0, 4))
    segments = iter(recording.segments)
    for reveal in recording.reveals:
        while frame <= reveal.last and (segment := next(segments, None)):
            frame += segment.frames
            for nth in sorted({0, segment.frames - 1}):
                after = _places(boxes, segment.frame(nth))
                grown, moved = _movement(before, after)
                scale, shift, before = scale * grown, shift * grown + moved, after
        yield abs(scale - 1) < ZOOMED and float(np.abs(shift).max()) < 2 * NEAR


def _boxes(recording: Recording) -> Boxes:
    """Return the middle and the size of each shape, (S, 4)."""
    found = np.zeros((len(recording.shapes), 4))
    for nth, shape in enumerate(recording.shapes):
        points = points_of(shape)
        if len(points):
            low, high = points.min(axis=0), points.max(axis=0)
            found[nth] = (*(low + high) / 2, *(high - low))
    return found


def _places(boxes: Boxes, items: NDArray[np.int32]) -> Boxes:
    own: Boxes = boxes[items[0]].copy()
    own[:, :2] += items[2:4].T / UNITS
    return own


def _movement(first: Boxes, last: Boxes) -> tuple[float, NDArray[np.float64]]:
    """Return by how much nearly all items have grown, and then moved; 1 and 0 if they have not moved as one."""
    if len(first) != len(last) or len(first) < FEWEST:
        return 1.0, np.zeros(2)
    sizes = np.hypot(first[:, 2], first[:, 3])
    sized = sizes > 1
    grown = float(np.median(np.hypot(last[sized, 2], last[sized, 3]) / sizes[sized])) if sized.any() else 1.0
    shifts = last[:, :2] - first[:, :2] * grown
    shift = np.median(shifts, axis=0)
    follows = np.abs(shifts - shift).max(axis=1) < NEAR * max(grown, 1)
    return (grown, shift) if follows.mean() >= MOST else (1.0, np.zeros(2))
