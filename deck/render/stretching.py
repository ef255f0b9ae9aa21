"""Pictures stretched over quadrilaterals."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import cairo
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL.Image import Resampling

from deck.recording.timeline import Image, Kernel

__all__ = ["Stretcher", "stretch"]

ROOM = 64 * 2**20
"""Bytes of stretched pictures that are kept for the next frames."""

STEPS = 4096
"""In how many steps corners are placed between two pixels."""

SMALL = 64 * 64
"""Only in a picture of at most so many pixels can one see how it is enlarged; others are enlarged in a faster way."""

LARGEST = 32767
"""Pixels that a side of cairo's surfaces has at the most."""

Key = tuple[int | str, ...]


class Stretcher:
    """
    Stretches a recording's pictures, and keeps the results for frames in which the corners are the same.

    Parameters
    ----------
    pictures
        Each (H, W, 4) uint8.
    """

    def __init__(self, pictures: tuple[NDArray[np.uint8], ...]) -> None:
        self._pictures = pictures
        self._kept: OrderedDict[Key, cairo.ImageSurface | None] = OrderedDict()
        self._bytes = 0

    def stretched(self, image: Image, corners: NDArray[np.float64]) -> cairo.ImageSurface | None:
        """
        Return an image's surface; None if it is too small to be seen, or too large for cairo.

        Parameters
        ----------
        corners
            (4, 2), in pixels of the surface.
        """
        steps = np.rint(corners * STEPS)
        key = (image.picture, image.kernel, *steps.astype(int).ravel().tolist())
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        surface = stretch(self._pictures[image.picture], steps / STEPS, image.kernel)
        self._keep(key, surface)
        return surface

    def _keep(self, key: Key, surface: cairo.ImageSurface | None) -> None:
        self._kept[key] = surface
        self._bytes += _size(surface)
        while self._bytes > ROOM and len(self._kept) > 1:
            self._bytes -= _size(self._kept.popitem(last=False)[1])


def stretch(pixels: NDArray[np.uint8], corners: NDArray[np.float64], kernel: Kernel) -> cairo.ImageSurface | None:
    """Return pixels stretched over a quadrilateral as manim does, by Pillow's transforms; None if it is impossible."""
    width, height = corners.astype(np.int64).max(axis=0).tolist()
    if width < 1 or height < 1 or max(width, height) > LARGEST:
        return None
    how = {"box": Resampling.NEAREST, "linear": Resampling.BILINEAR, "cubic": Resampling.BICUBIC}[kernel]
    if kernel != "box" and pixels.shape[0] * pixels.shape[1] > SMALL and _is_enlarged(corners, pixels):
        moved = _enlarged(pixels, corners, (width, height), how)
    else:
        transform = _transform(corners, pixels.shape[1], pixels.shape[0])
        if transform is None:
            return None
        picture = Pillow.fromarray(pixels).convert("RGBa")
        moved = np.asarray(picture.transform((width, height), *transform, resample=how))
    surface = cairo.ImageSurface(cairo.Format.ARGB32, width, height)
    data = np.frombuffer(surface.get_data(), np.uint8).reshape(height, -1, 4)[:, :width]
    data[..., :3] = moved[..., 2::-1]
    data[..., 3] = moved[..., 3]
    surface.mark_dirty()
    return surface


def _is_enlarged(corners: NDArray[np.float64], pixels: NDArray[np.uint8]) -> bool:
    """Return whether a picture stands upright, no smaller than its own pixels."""
    left, top = corners[0]
    right, bottom = corners[3]
    upright = np.array_equal(corners, [(left, top), (right, top), (left, bottom), (right, bottom)])
    return bool(upright and right - left >= pixels.shape[1] and bottom - top >= pixels.shape[0])


def _enlarged(
    pixels: NDArray[np.uint8], corners: NDArray[np.float64], size: tuple[int, int], how: Resampling
) -> NDArray[np.uint8]:
    """
    Return a picture enlarged, (height, width, 4), in a quarter of the time that a transform takes.

    Pixels whose middle is outside of the corners stay empty, as manim has it.
    """
    width, height = size
    (left, top), (right, bottom) = corners[0], corners[3]
    first, last = np.ceil(corners[[0, 3]] - 0.5).astype(int)
    (from_x, from_y), (to_x, to_y) = np.maximum(first, 0).tolist(), np.minimum(last, (width, height)).tolist()
    across, along = pixels.shape[1] / (right - left), pixels.shape[0] / (bottom - top)
    # A pixel more on each side, for half a pixel of the result may lie there.
    padded = Pillow.fromarray(np.pad(pixels, ((1, 1), (1, 1), (0, 0)), mode="edge")).convert("RGBa")
    box = (
        (from_x - left) * across + 1, (from_y - top) * along + 1,
        (to_x - left) * across + 1, (to_y - top) * along + 1,
    )  # fmt: skip
    moved = np.zeros((height, width, 4), np.uint8)
    moved[from_y:to_y, from_x:to_x] = np.asarray(padded.resize((to_x - from_x, to_y - from_y), how, box))
    return moved


def _transform(
    corners: NDArray[np.float64], width: int, height: int
) -> tuple[Pillow.Transform, Sequence[float]] | None:
    """Return the transform of Pillow's that takes corners to those of a picture, and its numbers; None if none does."""
    own = np.array([(0, 0), (width, 0), (0, height), (width, height)], float)
    try:
        if np.array_equal(corners[1] - corners[0], corners[3] - corners[2]):
            system = np.column_stack((corners[:3], np.ones(3)))
            return Pillow.Transform.AFFINE, np.linalg.solve(system, own[:3]).T.ravel().tolist()
        rows = []
        for (x, y), (u, v) in zip(corners, own, strict=True):
            rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        return Pillow.Transform.PERSPECTIVE, np.linalg.solve(np.array(rows), own.ravel()).tolist()
    except np.linalg.LinAlgError:
        return None


def _size(surface: cairo.ImageSurface | None) -> int:
    return surface.get_stride() * surface.get_height() if surface else 0
