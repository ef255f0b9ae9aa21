"""One video frame, kept in step with a raster by converting only what changes."""

from __future__ import annotations

from collections.abc import Iterable

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation, VideoReformatter
from numpy.typing import NDArray

from deck.render.extents import Rect

__all__ = ["Canvas"]


class Canvas:
    """
    A frame in YUV with half the chroma in both directions, by ITU-R BT.601's matrix and in its limited range.

    Primaries and curve are sRGB's, and all of it is marked. BT.601 is what Qt takes every film for where there is no
    graphics card, whatever the marks say; all other players go by the marks.

    Parameters
    ----------
    pixels
        (H, W, 4) uint8, blue, green, red and a byte without meaning: the source. Of odd sizes the last row or column
        is left out.

    Attributes
    ----------
    frame
        To be given to an encoder; it is reused.
    planes
        Its bytes, in place: Y of (H, W), U and V of half as many rows and columns.
    """

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self.height, self.width = (size & ~1 for size in pixels.shape[:2])
        self._pixels = pixels
        self._reformatter = VideoReformatter()
        self.frame = av.VideoFrame(self.width, self.height, "yuv420p")
        self.frame.colorspace = Colorspace.ITU601
        self.frame.color_range = ColorRange.MPEG
        self.frame.color_primaries = ColorPrimaries.BT709
        self.frame.color_trc = ColorTrc.IEC61966_2_1
        self.planes = [_array(plane) for plane in self.frame.planes]

    def update(self, rects: Iterable[Rect]) -> None:
        """Convert what has changed."""
        for rect in rects:
            left, top = rect.left & ~1, rect.top & ~1
            right, bottom = min(rect.right + 1 & ~1, self.width), min(rect.bottom + 1 & ~1, self.height)
            if left < right and top < bottom:
                self._convert(Rect(left, top, right, bottom))

    def _convert(self, rect: Rect) -> None:
        part = self._pixels[rect.top : rect.bottom, rect.left : rect.right]
        converted = self._reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(part, format="bgra"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU601,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA,  # looks at no pixel outside of a square of four
            threads=1,
        )
        for own, plane, shift in zip(self.planes, converted.planes, (0, 1, 1), strict=True):
            left, top, right, bottom = (edge >> shift for edge in rect)
            own[top:bottom, left:right] = _array(plane)


def _array(plane: av.video.plane.VideoPlane) -> NDArray[np.uint8]:
    """Return a plane's bytes, (H, W), in place."""
    flat = np.frombuffer(memoryview(plane), np.uint8)
    return np.asarray(flat.reshape(plane.height, plane.line_size)[:, : plane.width])
