"""What is behind all mobjects: the camera's background."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from deck.adapters.manim import Camera
from deck.capture.images import Item
from deck.capture.outlines import polygon
from deck.recording.shelf import Shelf
from deck.recording.timeline import FULL, OPAQUE, UNITS, Paint, Style

__all__ = ["Backdrop"]


class Backdrop:
    """
    The background of a camera, which may change.

    Its opacity makes no difference: a frame has nothing behind it, and films show its colour all the same.

    Attributes
    ----------
    color
        What the recording has as its background, ``#RRGGBB``; set when the first frame is taken.
    """

    def __init__(self, camera: Camera, shelf: Shelf) -> None:
        self.camera = camera
        self.shelf = shelf
        self.color = ""
        self._seen: object = None
        self._items: list[Item] = []

    def items(self) -> list[Item]:
        """Return what is to be drawn behind all else now: nothing, as long as the background is as it was at first."""
        pixels = self.camera.background
        if pixels is not self._seen:  # whatever changes the background makes new pixels
            self._seen = pixels
            self._items = self._look(np.asarray(pixels))
        return self._items

    def _look(self, pixels: NDArray[np.uint8]) -> list[Item]:
        first = pixels[0, 0, :3]
        if not _uniform(pixels):
            self.color = self.color or "#000000"
            return [self._picture(pixels)]
        red, green, blue = first.tolist()
        color = f"#{red:02X}{green:02X}{blue:02X}"
        self.color = self.color or color
        if color == self.color:
            return []
        shape, x, y = polygon(_corners(pixels)[[0, 1, 3, 2]], self.shelf)
        return [(shape, self.shelf.style(Style(fill=Paint(((red, green, blue, OPAQUE),)))), x, y, FULL, 0)]

    def _picture(self, pixels: NDArray[np.uint8]) -> Item:
        opaque = pixels.copy()
        opaque[..., 3] = OPAQUE
        picture = self.shelf.picture(opaque)
        corners = _corners(pixels)
        shape = self.shelf.image(picture, corners - corners[0], kernel="box")
        return shape, 0, int(corners[0, 0]), int(corners[0, 1]), FULL, 0


def _uniform(pixels: NDArray[np.uint8]) -> bool:
    whole = np.ascontiguousarray(pixels).view(np.uint32)
    return bool((whole == whole[0, 0]).all())


def _corners(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the corners of a frame of pixels: (4, 2), in units."""
    height, width = pixels.shape[:2]
    x, y = width * UNITS / 2, height * UNITS / 2
    return np.array([(-x, -y), (x, -y), (-x, y), (x, y)])
