"""From a recording to pixels, at any size, with cairo."""

from __future__ import annotations

import cairo
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from deck.recording.timeline import Recording
from deck.render.extents import Extents, Rect
from deck.render.footage import Footage
from deck.render.painter import Painter

__all__ = ["Raster", "Rect"]


class Raster:
    """
    Draws a recording's frames on one surface; from frame to frame it draws only what changes.

    Parameters
    ----------
    recording
        What to draw.
    width
        Of the frame, in pixels; the height follows.

    Attributes
    ----------
    pixels
        (H, W, 4) uint8: blue, green, red and a byte without meaning, of the frame drawn last; reused for the next.
    """

    def __init__(self, recording: Recording, width: int) -> None:
        self.recording = recording
        self.width = width
        self.height = round(width * recording.height / recording.width)
        self._sheet = cairo.ImageSurface(cairo.Format.RGB24, self.width, self.height)
        self._drawn = np.frombuffer(self._sheet.get_data(), np.uint32).reshape(self.height, -1)[:, :width]
        self._shown = np.zeros((self.height, width), np.uint32)
        self.pixels: NDArray[np.uint8] = self._shown.view(np.uint8).reshape(self.height, width, 4)
        self._background = int(recording.background[1:], 16)
        self._painter = Painter(recording, self._sheet)
        self._extents = Extents(recording, self.width, self.height)
        self._items: NDArray[np.int32] | None = None
        self._boxes = np.zeros((0, 4))
        film = recording.film
        self._film = Footage(film, self.width, self.height, recording.frame_rate) if film else None

    def frame(self, index: int) -> NDArray[np.uint8]:
        """
        Return a frame's pixels: (H, W, 3), red, green, blue.

        Raises
        ------
        IndexError
            If there is no such frame.
        """
        self.draw(index)
        return np.array(Pillow.frombuffer("RGB", (self.width, self.height), self.pixels, "raw", "BGRX", 0, 1))

    def draw(self, index: int) -> tuple[Rect, ...]:
        """
        Draw a frame over the one drawn before.

        Returns
        -------
        tuple of Rect
            Where pixels have changed, apart from each other; nothing if the frames look the same.

        Raises
        ------
        IndexError
            If there is no such frame.
        """
        items = self.recording.items(index)
        whole = self._extents.whole
        if self._film:
            return self._show(self._film.frame(index))
        old, self._items = self._items, items
        if old is None:
            self._boxes = self._extents.boxes(items)
            self._repaint(items, self._boxes, whole)
            return (whole,)
        suspects, self._boxes = self._extents.changes(old, self._boxes, items)
        painted = [self._repaint(items, self._boxes, suspect) for suspect in suspects]
        return tuple(rect for rect in painted if rect)

    def _show(self, picture: NDArray[np.uint8]) -> tuple[Rect, ...]:
        """Show a frame of the film."""
        if self._items is not None and np.array_equal(picture, self.pixels[..., 2::-1]):
            return ()
        self._items = np.zeros((6, 0), np.int32)
        self.pixels[..., 2::-1] = picture
        return (self._extents.whole,)

    def _repaint(self, items: NDArray[np.int32], boxes: NDArray[np.float64], rect: Rect) -> Rect | None:
        """
        Paint one rectangle of the frame and return what of it differs from before.

        It is painted on a sheet of its own, since outlines go beyond the rectangle: they are not clipped to it, because
        cairo rounds the edges of what is clipped.
        """
        left, top, right, bottom = rect
        meets = (boxes[:, :2] < (right, bottom)).all(axis=1) & (boxes[:, 2:] > (left, top)).all(axis=1)
        self._sheet.flush()
        self._drawn[top:bottom, left:right] = self._background
        self._sheet.mark_dirty()
        for item in items[:, meets | self._extents.clips(items)].T.tolist():
            self._painter.paint(item, rect)
        self._sheet.flush()
        return self._take_over(rect)

    def _take_over(self, suspect: Rect) -> Rect | None:
        """Show what was painted in a rectangle, and return the least one that holds all differing pixels."""
        left, top, right, bottom = suspect
        drawn, shown = (pixels[top:bottom, left:right] for pixels in (self._drawn, self._shown))
        differs = drawn != shown
        rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
        if not len(rows):
            return None
        shown[:] = drawn
        first, last = rows[[0, -1]].tolist(), columns[[0, -1]].tolist()
        return Rect(left + last[0], top + first[0], left + last[1] + 1, top + first[1] + 1)
