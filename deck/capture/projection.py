"""From manim's space to units on the grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deck.recording.timeline import UNITS

__all__ = ["FARTHEST", "Projection", "Unrecordable", "onto", "through"]

FARTHEST = 30000
"""How far an item's place may be from the frame's centre, in units; its shape may reach farther."""
SKEW = 1.02
"""How much wider than high a pixel may become before strokes would show it."""


class Unrecordable(Exception):  # noqa: N818 - no failure: such a slide is filmed
    """Something is drawn in a way that only manim itself knows."""


@dataclass(frozen=True, slots=True)
class Projection:
    """
    Where points come to lie on the grid.

    Attributes
    ----------
    x, y
        How many units to the right and down correspond to one unit of manim's to the right (``x``) and up (``y``).
    origin
        Where manim's origin comes to lie, in units.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    origin: tuple[float, float]

    @property
    def scale(self) -> float:
        """How many units a length of one becomes; the mean where that differs by direction."""
        return float(np.sqrt(abs(self.x[0] * self.y[1] - self.x[1] * self.y[0])))

    @property
    def stretched(self) -> bool:
        """Whether a circle becomes an ellipse, so that a stroke has different widths in different directions."""
        across, along = np.hypot(*self.x), np.hypot(*self.y)
        return not along / SKEW < across < along * SKEW

    def units(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points, (N, 2 or 3), in units: (N, 2), y down."""
        # Written out, because a matrix product may round otherwise on another machine.
        across, along = points[:, 0], points[:, 1]
        flat = np.empty((len(points), 2))
        flat[:, 0] = across * self.x[0] + self.origin[0]
        flat[:, 1] = along * self.y[1] + self.origin[1]
        if self.x[1] or self.y[0]:
            flat[:, 0] += along * self.y[0]
            flat[:, 1] += across * self.x[1]
        return flat


def onto(center: NDArray[np.float64], width: float, height: float, shape: tuple[int, int]) -> Projection:
    """
    Return the projection of a frame onto the whole grid.

    Parameters
    ----------
    center
        Of the frame, in manim's space.
    width, height
        Of the frame.
    shape
        Width and height of the grid, in pixels.
    """
    across, along = shape[0] * UNITS / width, shape[1] * UNITS / height
    return Projection((across, 0.0), (0.0, -along), (-across * float(center[0]), along * float(center[1])))


def through(center: NDArray[np.float64], width: float, height: float, corners: NDArray[np.float64]) -> Projection:
    """
    Return the projection of a frame onto a quadrilateral.

    Parameters
    ----------
    center, width, height
        Of the frame, in manim's space.
    corners
        (4, 2), upper left, upper right, lower left, lower right, in units.
    """
    first = corners[0]
    x, y = (corners[1] - first) / width, (first - corners[2]) / height
    origin = first - x * (center[0] - width / 2) - y * (center[1] + height / 2)
    return Projection(_pair(x), _pair(y), _pair(origin))


def _pair(values: NDArray[np.float64]) -> tuple[float, float]:
    return float(values[0]), float(values[1])
