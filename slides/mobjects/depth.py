"""One filter through all input channels: slice by slice, then one sum."""

from __future__ import annotations

import numpy as np
from manim import DOWN, UP, Line, VGroup

from slides import theme
from slides.mobjects.color_scale import ColorScale, FloatArray
from slides.mobjects.grid import MINUS, CellGrid
from slides.mobjects.label import Label, SizeLabel
from slides.mobjects.marks import named, on_baseline
from slides.network.arithmetic import Shape

CHANNELS = ("red", "green", "blue")
CELL, ROWS = 0.5, (1.5, -0.15, -1.8)
NAMES, WINDOW, TIMES, FILTER, EQUALS, PARTS, SUM = -6.0, -4.3, -3.1, -1.9, -0.7, 0.3, 2.6
NUMBER_CELL = 1.05
NAME_LINE = 2.5


def decimal(value: float) -> str:
    """Write a number with two decimals."""
    return f"{value:z.2f}".replace("-", MINUS)


class DepthSum(VGroup):
    """
    The window and the filter, each channel's slice on a line of its own, and what they add up to.

    Parameters
    ----------
    pixels
        The window as the eye sees it, shape (K, K, 3), 0 to 255.
    inputs
        The same window as the network takes it, shape (K, K, 3).
    weights
        One filter, shape (K, K, 3).
    bias
        Added once, after the channels.
    scale
        The output map's colours, for its cell.
    """

    def __init__(
        self, pixels: FloatArray, inputs: FloatArray, weights: FloatArray, bias: float, scale: ColorScale
    ) -> None:
        super().__init__()
        size = len(weights)
        self.parts = [float(np.sum(inputs[..., channel] * weights[..., channel])) for channel in range(len(CHANNELS))]
        self.total = sum(self.parts) + bias
        reach = ColorScale.signed(weights, "this filter")
        sums = ColorScale.signed(np.array([*self.parts, self.total]), "these sums")
        self.names = VGroup(
            *(
                on_baseline(Label(name, color="quiet"), y - 0.12).set_x(NAMES)
                for name, y in zip(CHANNELS, ROWS, strict=True)
            )
        )
        self.windows = self._slices(pixels, ColorScale.brightness(), WINDOW)
        self.filters = self._slices(weights, reach, FILTER)
        self.signs = VGroup(
            *(Label(sign).move_to((x, y, 0)) for y in ROWS for sign, x in (("×", TIMES), ("=", EQUALS)))
        )
        self.sums = VGroup(
            *(
                CellGrid(np.array([[part]]), sums, cell=NUMBER_CELL, write=decimal).move_to((PARTS, y, 0))
                for part, y in zip(self.parts, ROWS, strict=True)
            )
        )
        self.cell = CellGrid(np.array([[self.total]]), scale, cell=NUMBER_CELL, write=decimal).move_to(
            (SUM, ROWS[1], 0)
        )
        self.joins = VGroup(
            *(
                Line(part.get_right(), self.cell.get_left(), color=theme.color("line"), stroke_width=2, buff=0.08)
                for part in self.sums
            )
        )
        self.bias = Label(f"+ bias {decimal(bias)}", color="quiet").next_to(self.cell, UP, buff=theme.GAP)
        shape = Shape(size, size, len(CHANNELS))
        self.window_about = VGroup(
            named(self.windows, "one window", NAME_LINE), SizeLabel(shape).next_to(self.windows, DOWN, buff=theme.GAP)
        )
        self.filter_about = VGroup(
            named(self.filters, "one filter", NAME_LINE), SizeLabel(shape).next_to(self.filters, DOWN, buff=theme.GAP)
        )
        self.add(self.names, self.windows, self.filters, self.signs, self.sums, self.cell, self.joins, self.bias)
        self.add(self.window_about, self.filter_about)

    @staticmethod
    def _slices(values: FloatArray, scale: ColorScale, x: float) -> VGroup:
        return VGroup(
            *(
                CellGrid(values[..., channel], scale, cell=CELL, write=None).move_to((x, y, 0))
                for channel, y in enumerate(ROWS)
            )
        )
