"""Boxes and lines on the frame, in pixels of a grid 1920 wide, from its centre, x to the right and y down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deck.recording.timeline import UNITS, Image, Outline

__all__ = ["Box", "Lines", "around", "lines_of", "points_of"]

Lines = NDArray[np.float64]
"""(N, 4): x and y of each start, x and y of each end."""

STEPS = np.linspace(0, 1, 9)[:, None, None]
"""Where a curve is cut into straight lines."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """Its middle, x and y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """Return it with a margin added all around, or taken away if that is negative."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: Box) -> bool:
        """Return whether another box lies inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def meets(self, other: Box) -> bool:
        """Return whether they overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def gap(self, other: Box) -> float:
        """Return how far apart they are along the axis on which they are farther; 0 or less if they meet."""
        across = max(self.left - other.right, other.left - self.right)
        return max(across, self.top - other.bottom, other.top - self.bottom)

    def crossed_by(self, lines: Lines) -> bool:
        """Return whether any line has a point inside (Liang and Barsky, 1984)."""
        start, step = lines[:, :2], lines[:, 2:] - lines[:, :2]
        low, high = np.array([self.left, self.top]), np.array([self.right, self.bottom])
        with np.errstate(divide="ignore", invalid="ignore"):
            times = np.sort(np.stack([(low - start) / step, (high - start) / step]), axis=0)
        outside = (step == 0) & ((start <= low) | (start >= high))
        enter = np.where(step == 0, 0, times[0]).max(axis=1)
        leave = np.where(step == 0, 1, times[1]).min(axis=1)
        return bool(np.any(~outside.any(axis=1) & (np.maximum(enter, 0) < np.minimum(leave, 1))))


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of the given ones, at least one."""
    sides = np.array([(box.left, box.top, box.right, box.bottom) for box in boxes])
    return Box(*sides[:, :2].min(axis=0).tolist(), *sides[:, 2:].max(axis=0).tolist())


def points_of(shape: Outline | Image) -> NDArray[np.float64]:
    """Return all points of a shape, (N, 2), relative to the place of its item."""
    if isinstance(shape, Image):
        return shape.units / UNITS
    scaled: NDArray[np.float64] = shape.points.astype(np.float64) * 2.0**shape.exponent / UNITS
    return scaled


def lines_of(shape: Outline | Image, *, closed: bool) -> Lines:
    """
    Return a shape's outline as straight lines, relative to the place of its item.

    Parameters
    ----------
    shape
        Curves are cut into eight lines each.
    closed
        Whether to close the subpaths that are open too, as filling does.
    """
    points = points_of(shape)
    if isinstance(shape, Image):
        corners = points[[0, 1, 3, 2]]
        return np.hstack([corners, np.roll(corners, -1, axis=0)])
    found = [np.empty((0, 4))]
    first = 0
    for subpath in shape.subpaths.tolist():
        own = points[first : first + 3 * (subpath >> 1) + 1]
        first += len(own)
        corners = _corners(own)
        found.append(np.hstack([corners[:-1], corners[1:]]))
        if closed or subpath & 1:
            found.append(np.hstack([corners[-1:], corners[:1]]))
    return np.vstack(found)


def _corners(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points along the curves of one subpath, (N, 2)."""
    start, leave, arrive, end = (points[nth : len(points) - 3 + nth : 3] for nth in range(4))
    along = (1 - STEPS) ** 3 * start + 3 * (1 - STEPS) ** 2 * STEPS * leave
    along = along + 3 * (1 - STEPS) * STEPS**2 * arrive + STEPS**3 * end
    joined: NDArray[np.float64] = np.swapaxes(along, 0, 1)[:, :-1].reshape(-1, 2)
    return np.vstack([joined, points[-1:]])
