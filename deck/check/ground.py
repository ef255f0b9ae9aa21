"""What is behind the texts of a slide, as pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from deck.check.geometry import Box
from deck.check.stage import Stage
from deck.recording.timeline import GRID_WIDTH, Recording, Segment
from deck.render.raster import Raster

__all__ = ["Ground"]

WIDTH = 960
SCALE = WIDTH / GRID_WIDTH
NO_TRACKS = np.zeros((6, 0, 1), np.int32)


class Ground:
    """
    The pauses of a slide as they would be without texts, drawn when they are asked for; the last one is kept.

    Parameters
    ----------
    recording
        Of the slide.
    stages
        Its pauses.
    """

    def __init__(self, recording: Recording, stages: Sequence[Stage]) -> None:
        kept = (np.delete(stage.items, sorted(stage.glyphs), axis=1) for stage in stages)
        segments = tuple(Segment(1, items, np.zeros(0, np.uint32), NO_TRACKS) for items in kept)
        self._raster = Raster(replace(recording, segments=segments, film=b""), WIDTH)
        self._drawn: dict[int, NDArray[np.uint8]] = {}

    def behind(self, pause: int, box: Box) -> NDArray[np.float64]:
        """
        Return the colours of the pixels in a box, (N, 3) from 0 to 255; none if no part of the box is on the frame.

        Where all pixels have one colour, as behind nearly every text, it is returned once.

        Parameters
        ----------
        pause
            Its number, from 0.
        box
            Where.
        """
        if pause not in self._drawn:
            self._drawn = {pause: self._raster.frame(pause)}
        pixels = self._drawn[pause]
        height, width, _ = pixels.shape
        left, right = (int(side * SCALE + width / 2) for side in (box.left, box.right))
        top, bottom = (int(side * SCALE + height / 2) for side in (box.top, box.bottom))
        found = pixels[max(top, 0) : max(bottom + 1, 0), max(left, 0) : max(right + 1, 0)]
        colors = found.reshape(-1, 3)
        is_plain = bool((colors == colors[:1]).all())
        return (colors[:1] if is_plain else colors).astype(np.float64)
