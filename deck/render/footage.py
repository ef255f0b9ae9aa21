"""Frames of a film: the pixels of a slide that only manim itself can draw."""

from __future__ import annotations

import io
from collections.abc import Iterator

import av
import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from deck.errors import RecordingError

__all__ = ["Footage"]

NEAR = 30
"""A frame less than so many ticks ahead is reached by reading on, any other by seeking."""

MICROSECONDS = 1_000_000


class Footage:
    """
    The frames of an MP4 file, which begins at 0, in any order; those that follow each other are read in one go.

    Parameters
    ----------
    film
        The file's bytes.
    width, height
        What its frames are scaled to.
    frame_rate
        How many ticks a second has; frames are asked for by their tick.
    """

    def __init__(self, film: bytes, width: int, height: int, frame_rate: float) -> None:
        self.size = width, height
        self.frame_rate = frame_rate
        try:
            self._file = av.open(io.BytesIO(film), "r")
            self._stream = self._file.streams.video[0]
        except (av.FFmpegError, IndexError) as error:
            raise _damaged() from error
        self._frames: Iterator[VideoFrame] = iter(())
        self._shown: VideoFrame | None = None
        self._ahead: VideoFrame | None = None

    def frame(self, index: int) -> NDArray[np.uint8]:
        """
        Return a frame's pixels: (H, W, 3), red, green, blue.

        Raises
        ------
        RecordingError
            If the film cannot be read.
        """
        try:
            found = self._find(index)
        except av.FFmpegError as error:
            raise _damaged() from error
        width, height = self.size
        picture = found.reformat(width, height, "rgb24", interpolation="BICUBIC", threads=1)
        return np.asarray(picture.to_ndarray(), np.uint8)

    def _find(self, index: int) -> VideoFrame:
        """Return the frame shown at a tick: the last that begins no later, since one may be shown for several ticks."""
        if self._shown is None or not self._tick(self._shown) <= index < self._tick(self._shown) + NEAR:
            self._seek(index)
        while self._ahead is not None and self._tick(self._ahead) <= index:
            self._shown, self._ahead = self._ahead, next(self._frames, None)
        if self._shown is None:
            raise _damaged()
        return self._shown

    def _seek(self, index: int) -> None:
        """Go to the last key frame that is no later than a tick."""
        self._file.seek(int(index / self.frame_rate * MICROSECONDS))
        self._frames = self._file.decode(self._stream)
        self._shown, self._ahead = None, next(self._frames, None)

    def _tick(self, frame: VideoFrame) -> int:
        return round(frame.time * self.frame_rate)


def _damaged() -> RecordingError:
    return RecordingError("the film in the recording is damaged", hint="build the deck again")
