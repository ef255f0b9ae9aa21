"""Several channels of one layer, one behind the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, UP, Group

from slides import theme
from slides.mobjects.color_scale import ColorScale, FloatArray
from slides.mobjects.label import Label, SizeLabel
from slides.mobjects.picture import FeatureMap
from slides.network.arithmetic import Shape

OFFSET = 0.13


class ChannelStack(Group):
    """
    Chosen channels of a layer, stacked with a slight offset; the first stands in front.

    Parameters
    ----------
    channels
        The chosen maps, in order, each of shape (H, W).
    total
        How many channels the layer has; "6 of 32" is said wherever not all are shown.
    signed
        Whether values may be negative; each channel is coloured over its own range.
    share
        The part of each channel's values that its colours span, see `ColorScale`.
    side, offset
        A slice's height and the step from slice to slice, in frame units.
    """

    def __init__(
        self,
        channels: Sequence[FloatArray],
        *,
        total: int,
        signed: bool,
        side: float,
        offset: float = OFFSET,
        share: float = 1.0,
    ) -> None:
        super().__init__()
        self.total = total
        scale = ColorScale.signed if signed else ColorScale.rectified
        self.maps = [
            FeatureMap(values, scale(values, "each channel", share=share), side=side, sized=False)
            for values in channels
        ]
        self.slices = Group(*self.maps)
        for depth, slice_ in enumerate(self.maps):
            slice_.shift((RIGHT + UP) * offset * depth)
        self.slices.center()
        height, width = np.shape(channels[0])
        self.size_label = SizeLabel(Shape(height, width, total)).next_to(self.slices, DOWN, buff=theme.GAP)
        # The slices' own list runs front to back, the drawing order back to front.
        self.add(*reversed(self.maps), self.size_label)
        self.count: Label | None = None
        if len(self.maps) < total:
            self.count = Label(f"{len(self.maps)} of {total}", color="quiet").next_to(self.size_label, DOWN, buff=0.12)
            self.add(self.count)

    @property
    def front(self) -> FeatureMap:
        """Return the slice nearest to the audience."""
        return self.maps[0]
