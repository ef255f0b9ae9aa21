"""Distinct shapes and styles, each kept once and known by its place in the list."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deck.recording.timeline import FINER, Image, Kernel, Shape, Style

__all__ = ["Shelf", "shrunk"]

LARGEST = 32767
FARTHEST = 2**30
"""How far a corner of an image may be from its place, in the finest steps."""


class Shelf:
    """
    The pictures, shapes and styles of one recording.

    Attributes
    ----------
    pictures, shapes, styles
        In the order in which they first occurred.
    """

    def __init__(self) -> None:
        self.pictures: list[NDArray[np.uint8]] = []
        self.shapes: list[Shape] = []
        self.styles: list[Style] = []
        self._picture_at: dict[tuple[int, ...], list[int]] = {}
        self._shape_at: dict[Hashable, int] = {}
        self._style_at: dict[Style, int] = {}

    def picture(self, pixels: NDArray[np.uint8]) -> int:
        """
        Return the place of a picture, (H, W, 4).

        Pictures that differ by one level are one: manim's interpolation cuts fractions off, so that a picture at rest
        and the same one as it fades differ by that much. The brighter pixel is the right one.
        """
        alike = self._picture_at.setdefault(pixels.shape, [])
        for nth, place in enumerate(alike):
            known = self.pictures[place]
            # Bytes wrap around: with 1 added, a difference of -1, 0 or 1 is 0, 1 or 2, and any other is more.
            if not ((pixels - known + 1) > 2).any():
                np.maximum(known, pixels, out=known)
                alike.insert(0, alike.pop(nth))
                return place
        alike.insert(0, len(self.pictures))
        self.pictures.append(pixels.copy())
        return alike[0]

    def known(self, key: Hashable) -> int | None:
        """Return the place of the shape that was added under a key, if one was."""
        return self._shape_at.get(key)

    def add(self, key: Hashable, shape: Shape) -> int:
        """Add a shape under a key, and return its place."""
        place = self._shape_at[key] = len(self.shapes)
        self.shapes.append(shape)
        return place

    def image(self, picture: int, corners: NDArray[np.float64], *, kernel: Kernel) -> int:
        """Return the place of a picture that is stretched over corners, (4, 2) in units from its item's place."""
        fine = np.rint(np.clip(corners * FINER, -FARTHEST, FARTHEST)).astype(np.int32)
        key = (picture, fine.tobytes(), kernel)
        place = self.known(key)
        return self.add(key, Image(picture, fine, kernel)) if place is None else place

    def style(self, style: Style) -> int:
        """Return a style's place."""
        place = self._style_at.setdefault(style, len(self.styles))
        if place == len(self.styles):
            self.styles.append(style)
        return place


def shrunk(lengths: NDArray[Any]) -> tuple[NDArray[np.int16], int]:
    """Return lengths divided by the least power of two that makes them fit 16 bits, and its exponent."""
    reach = float(np.max(np.abs(lengths), initial=0))
    exponent = max(0, int(np.ceil(np.log2(reach / LARGEST)))) if reach > LARGEST else 0
    return np.rint(lengths / 2**exponent).astype(np.int16), exponent
