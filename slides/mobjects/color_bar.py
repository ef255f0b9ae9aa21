"""The legend of a map's colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import DOWN, DR, LEFT, ORIGIN, RIGHT, UP, Group, ImageMobject, Line, Rectangle, VGroup
from manim.constants import RESAMPLING_ALGORITHMS

from slides import theme
from slides.mobjects.color_scale import ColorScale
from slides.mobjects.grid import signed, tenths
from slides.mobjects.label import Label

STEPS = 256
TICK = 0.12
PITCH = 0.4
"""From one label's middle to the next one's, at least."""


class ColorBar(Group):
    """
    A scale's colours with its smallest and largest value and what they are normalised over.

    Parameters
    ----------
    scale
        What it explains.
    length
        Along the bar, in frame units.
    vertical
        Low end at the bottom; otherwise low end at the left.
    decimals
        Decimals of the end values.
    span
        The smallest and the largest value there are; marked on a vertical bar where the scale goes on beyond them.
    """

    THICKNESS = 0.26

    def __init__(
        self,
        scale: ColorScale,
        *,
        length: float,
        vertical: bool = False,
        decimals: int = 0,
        span: tuple[float, float] | None = None,
    ) -> None:
        super().__init__()
        self.color_scale = scale
        ramp = scale(np.linspace(scale.low, scale.high, STEPS))
        pixels = ramp[::-1, None] if vertical else ramp[None, :]
        width, height = (self.THICKNESS, length) if vertical else (length, self.THICKNESS)
        self.image = ImageMobject(np.ascontiguousarray(pixels))
        self.image.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        self.image.stretch_to_fit_width(width).stretch_to_fit_height(height)
        self.frame = Rectangle(
            width=width, height=height, stroke_color=theme.color("line"), stroke_width=theme.FRAME_STROKE
        )
        low, high = (Label(text) for text in self.ends(decimals))
        scope = Label(scale.scope, color="quiet")
        if vertical:
            for label, edge in ((low, DOWN), (scope, ORIGIN), (high, UP)):
                label.next_to(self.frame, RIGHT, buff=theme.GAP).align_to(self.frame, edge)
        else:
            low.next_to(self.frame, DOWN, buff=0.12).align_to(self.frame, LEFT)
            high.next_to(self.frame, DOWN, buff=0.12).align_to(self.frame, RIGHT)
            scope.next_to(VGroup(low, high), DOWN, buff=0.12).match_x(self.frame)
        self.low, self.high, self.scope = low, high, scope
        self.add(self.image, self.frame, low, high, scope)
        if vertical and span is not None:
            self.add(self.marks({"min": span[0], "max": span[1]}))

    def marks(self, values: Mapping[str, float]) -> VGroup:
        """Return ticks beside a vertical bar with what they stand for, and make room between its other labels."""
        scale = self.color_scale
        inside = {name: value for name, value in values.items() if scale.low < value < scale.high}
        points = [
            self.frame.get_corner(DR) + UP * (value - scale.low) / (scale.high - scale.low) * self.frame.height
            for value in inside.values()
        ]
        labels = [
            Label(f"{name} {tenths(value)}").next_to(point + RIGHT * TICK, RIGHT, buff=0.08)
            for (name, value), point in zip(inside.items(), points, strict=True)
        ]
        between = sorted([*labels, self.scope], key=lambda label: float(label.get_y()))
        column = [self.low, *between, self.high]
        for label, height in zip(column, spread([label.get_y() for label in column], PITCH), strict=True):
            label.set_y(height)
        ticks = [
            Line(point, (point[0] + TICK, label.get_y(), 0), color=theme.color("text"), stroke_width=2)
            for point, label in zip(points, labels, strict=True)
        ]
        return VGroup(*ticks, *labels)

    def ends(self, decimals: int) -> tuple[str, str]:
        """Return what is written at both ends; a clipped scale says that values go on beyond it."""
        low, high = (signed(round(value, decimals)) for value in (self.color_scale.low, self.color_scale.high))
        if not self.color_scale.clipped:
            return low, high
        return f"≤{low}" if self.color_scale.low else low, f"≥{high}"


def spread(heights: Sequence[float], pitch: float) -> list[float]:
    """Return ascending heights moved at least a pitch apart, the first and the last left where they are."""
    moved = list(heights)
    for place in range(1, len(moved) - 1):
        moved[place] = max(moved[place], moved[place - 1] + pitch)
    for place in range(len(moved) - 2, 0, -1):
        moved[place] = min(moved[place], moved[place + 1] - pitch)
    return moved
