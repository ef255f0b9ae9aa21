"""
Clips: one reveal of a recording as a film, made piece by piece in other processes.

Processes take and return plain data only, and import nothing of manim, so that they start at once and stay small.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from deck.recording.codec import decode
from deck.render.raster import Raster
from deck.render.video import VERSION, encode

__all__ = ["Clip", "film", "pieces"]

LONGEST = 240
"""Frames in one piece. It does not depend on the number of processes: equal recordings make equal films."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """
    Some frames of a recording, to be filmed.

    Attributes
    ----------
    data
        The recording, as `deck.recording.codec` has it.
    first, last
        The frames; if the last comes before the first, the film runs backwards.
    width
        In pixels.
    frame_rate
        Frames a second, at most the recording's.
    """

    data: bytes
    first: int
    last: int
    width: int
    frame_rate: int

    @property
    def key(self) -> str:
        """A name for all that the film depends on."""
        facts = (VERSION, LONGEST, self.first, self.last, self.width, self.frame_rate)
        return hashlib.sha256(b" ".join([*(str(fact).encode() for fact in facts), self.data])).hexdigest()


def pieces(clip: Clip) -> Iterator[tuple[Clip, int, int]]:
    """Yield what `film` is to be called with, piece by piece of a clip."""
    count = len(_frames(clip, decode(clip.data).frame_rate))
    for start in range(0, count, LONGEST):
        yield clip, start, min(start + LONGEST, count)


def film(clip: Clip, start: int, stop: int) -> bytes:
    """Return one piece of a clip as an MP4 file: from frame ``start`` of the clip up to, and without, ``stop``."""
    raster = _raster(clip.data, clip.width)
    frames = _frames(clip, raster.recording.frame_rate)[start:stop]
    return encode(raster, frames, frame_rate=clip.frame_rate)


@lru_cache(maxsize=1)
def _raster(data: bytes, width: int) -> Raster:
    """Return what draws a recording: a process often films one piece after the other of the same."""
    return Raster(decode(data), width)


def _frames(clip: Clip, frame_rate: float) -> list[int]:
    """Return which frames of the recording a clip shows; it ends on its last."""
    count = abs(clip.last - clip.first)
    step = max(1.0, frame_rate / clip.frame_rate)
    toward = 1 if clip.last >= clip.first else -1
    back = [round(nth * step) for nth in range(int(count / step) + 1)]
    return [clip.last - toward * frames for frames in reversed(back)]
