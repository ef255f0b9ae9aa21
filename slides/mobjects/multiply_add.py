"""A filter's arithmetic, number by number: pixels × weights = products, and their sum."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    Animation,
    AnimationGroup,
    ApplyMethod,
    FadeIn,
    LaggedStart,
    ReplacementTransform,
    Square,
    Succession,
    TransformFromCopy,
    VGroup,
    VMobject,
)

from slides import theme
from slides.mobjects.color_scale import ColorScale, FloatArray
from slides.mobjects.grid import CellGrid, Kernel, PixelGrid
from slides.mobjects.label import Label
from slides.mobjects.marks import named

CELL = 0.7
PRODUCT_CELL = 0.82  # room for a minus sign and three digits
NAMES_ABOVE = 1.41
MOST_VISIBLE_STEP = 2


class MultiplyAdd(VGroup):
    """
    Two neighbouring windows under one kernel, laid out from left to right.

    Parameters
    ----------
    windows
        The pixels under the first window and under the next one, each of shape (K, K).
    kernel
        The weights, already placed; the rest is laid out around it.
    stride
        How far apart the windows are, in pixels; windows that overlap are drawn in one patch.
    scale
        The map's colours, for its first cells.
    """

    def __init__(self, windows: Sequence[FloatArray], kernel: Kernel, *, stride: int, scale: ColorScale) -> None:
        super().__init__()
        self.kernel = kernel
        first, second = windows
        size = len(first)
        self.shared = stride <= MOST_VISIBLE_STEP
        self.patch = PixelGrid(np.hstack([first, second[:, -stride:]]) if self.shared else first, cell=CELL)
        self.second_patch = PixelGrid(second, cell=CELL)
        self.times, self.equals = Label("×"), Label("=")
        reach = ColorScale.signed(np.array(windows) * kernel.values, "these products")
        self.products = [CellGrid(pixels * kernel.values, reach, cell=PRODUCT_CELL) for pixels in windows]
        self.cells = [CellGrid(np.array([[np.sum(grid.values)]]), scale, cell=PRODUCT_CELL) for grid in self.products]
        self.lay_out()
        self.box = Square(size * CELL, **theme.mark())
        self.box.move_to(self.patch.block(0, 0, size, size)).set_z_index(1)  # above the second patch, which comes later
        self.step_right = RIGHT * CELL * (stride if self.shared else 0)

    def lay_out(self) -> None:
        """Put everything beside the kernel, names on one line above."""
        row = self.kernel.get_center()[1]
        self.times.next_to(self.kernel.squares, -RIGHT, buff=0.13)
        self.patch.next_to(self.times, -RIGHT, buff=0.13)
        self.second_patch.move_to(self.patch)
        self.equals.next_to(self.kernel.squares, RIGHT, buff=0.13)
        for grid in self.products:
            grid.next_to(self.equals, RIGHT, buff=0.13)
        self.cells[0].next_to(self.products[0], RIGHT, buff=0.25)
        self.cells[1].next_to(self.cells[0], RIGHT, buff=0)
        columns = (("pixels", self.patch), ("products", self.products[0]), ("sums", VGroup(*self.cells)))
        self.names = VGroup(*(named(thing, text, row + NAMES_ABOVE) for text, thing in columns))

    def multiply(self) -> Animation:
        """Return the pixels and weights meeting in nine products, one after the other."""
        return self._products_from_pixels(0, run_time=2.0)

    def add_up(self) -> Animation:
        """Return the products running together into the map's first cell."""
        return self._sum(0, self.names[2])

    def step(self) -> Animation:
        """Return the window's step to the right and the same arithmetic once more."""
        pixels: list[Animation] = [ApplyMethod(self.box.shift, self.step_right)]
        if not self.shared:
            pixels.append(ReplacementTransform(self.patch, self.second_patch))
        return Succession(
            AnimationGroup(*pixels, run_time=0.6),
            ReplacementTransform(self.products[0], self.products[1], run_time=0.6),
            self._sum(1),
        )

    def _products_from_pixels(self, index: int, run_time: float) -> Animation:
        grid = self.products[index]
        cells = [
            AnimationGroup(
                TransformFromCopy(self.kernel.cell(row, column), grid.cell(row, column)),
                FadeIn(grid.number(row, column)),
            )
            for row, column in np.ndindex(grid.values.shape)
        ]
        return AnimationGroup(FadeIn(self.equals, self.names[1]), LaggedStart(*cells, lag_ratio=0.4, run_time=run_time))

    def _sum(self, index: int, *names: VMobject) -> Animation:
        cell = self.cells[index]
        return AnimationGroup(
            TransformFromCopy(self.products[index].squares, cell.squares),
            FadeIn(cell.numbers, *names, shift=0.1 * DOWN),
            run_time=0.8,
        )
