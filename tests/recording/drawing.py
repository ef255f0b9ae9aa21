"""What manim, as it is installed, draws of a slide, and how much two pictures differ."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import config
from manim.renderer.cairo_renderer import CairoRenderer
from numpy.typing import NDArray
from skimage.metrics import structural_similarity

from deck.capture.record import stage
from deck.slide import Slide

__all__ = ["Difference", "difference", "drawn"]

Pixels = NDArray[np.uint8]
MARGIN = 4


class Drawn(CairoRenderer):
    """manim's own renderer, with its frames kept."""

    kept: list[Pixels]

    def add_frame(self, frame: NDArray[Any], num_frames: int = 1) -> None:
        if not self.skip_animations:
            self.time += num_frames / self.camera.frame_rate
            self.kept += [frame[..., :3].copy()] * num_frames


def drawn(slide_class: type[Slide], frame_rate: float) -> list[Pixels]:
    """Return every frame of a slide, (1080, 1920, 3), as manim draws it without our shortcuts."""
    with stage(frame_rate) as folder:
        slide = slide_class(output_folder=folder)
        config.dry_run = True
        renderer: Any = slide.renderer
        renderer.__class__ = Drawn
        renderer.kept = []
        slide.setup()
        slide.construct()
        slide.tear_down()
        kept: list[Pixels] = renderer.kept
        return kept


class Difference:
    """
    How one picture differs from another.

    Attributes
    ----------
    alike
        Their structural similarity, where either of them has anything drawn.
    whole
        The same for the whole frame, most of which is background in both.
    levels
        The mean difference of a pixel's level, where anything is drawn.
    """

    def __init__(self, alike: float, share: float, levels: float) -> None:
        self.alike = alike
        self.whole = 1 - (1 - alike) * share
        self.levels = levels


def difference(one: Pixels, other: Pixels) -> Difference:
    """Compare two pictures, (H, W, 3), on the box of what is drawn."""
    ground = other[0, 0]
    shown = ((one != ground) | (other != ground)).any(axis=2)
    if not shown.any():
        return Difference(1, 0, 0)
    rows, columns = (np.flatnonzero(shown.any(axis=axis)) for axis in (1, 0))
    box = tuple(slice(max(0, each[0] - MARGIN), each[-1] + MARGIN + 1) for each in (rows, columns))
    one, other = one[box], other[box]
    alike = structural_similarity(one, other, channel_axis=2)  # type: ignore[no-untyped-call]
    levels = float(np.abs(one.astype(np.int16) - other).mean())
    return Difference(float(alike), one[..., 0].size / shown.size, levels)
