"""Cells with their numbers: kernels, windows of pixels, products."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from manim import Square, VGroup

from slides import theme
from slides.mobjects.color_scale import ColorScale, FloatArray
from slides.mobjects.label import Label

MINUS = "\N{MINUS SIGN}"


def signed(value: float) -> str:
    """Write a number with a true minus sign, and no sign on zero."""
    return f"{value:zg}".replace("-", MINUS)


def in_words(matrix: FloatArray) -> str:
    """Write a matrix in one line, row by row."""
    return "; ".join(", ".join(signed(value) for value in row) for row in matrix)


def tenths(value: float) -> str:
    """Write a number with one decimal."""
    return f"{value:z.1f}".replace("-", MINUS)


def four(value: float) -> str:
    """Write a number in at most four characters: one decimal, or none where the sign takes its place."""
    written = tenths(value)
    return written if len(written) <= 4 else signed(round(value))


def compact(count: int) -> str:
    """Write a count with at most three digits: 896, 15 k, 3.4 M."""
    for unit, size in (("M", 1_000_000), ("k", 1000)):
        if count >= size:
            return f"{count / size:.{1 if count < 10 * size else 0}f} {unit}"
    return str(count)


class CellGrid(VGroup):
    """
    A matrix drawn as coloured cells.

    Parameters
    ----------
    values
        Shape (rows, columns).
    scale
        The cells' colours.
    cell
        A cell's side, in frame units.
    write
        How a number is written; None leaves the cells without numbers.
    """

    def __init__(
        self,
        values: FloatArray,
        scale: ColorScale,
        *,
        cell: float,
        write: Callable[[float], str] | None = signed,
        size: float = theme.LABEL_SIZE,
    ) -> None:
        super().__init__()
        self.values = np.asarray(values)
        self.color_scale = scale
        self.rows, self.columns = self.values.shape
        self.squares = VGroup()
        self.numbers = VGroup()
        for (row, column), value in np.ndenumerate(self.values):
            square = Square(
                cell,
                fill_color=scale.hex(value),
                fill_opacity=1.0,
                stroke_color=theme.color("line"),
                stroke_width=theme.FRAME_STROKE,
            ).move_to(((column - (self.columns - 1) / 2) * cell, ((self.rows - 1) / 2 - row) * cell, 0))
            self.squares.add(square)
            if write is not None:
                self.numbers.add(Label(write(float(value)), size=size, color=scale.ink(value)).move_to(square))
        self.add(self.squares, self.numbers)

    def cell(self, row: int, column: int) -> Square:
        """Return the square of one cell."""
        return cast(Square, self.squares[row * self.columns + column])

    def number(self, row: int, column: int) -> Label:
        """Return the number written in one cell."""
        return cast(Label, self.numbers[row * self.columns + column])

    def block(self, row: int, column: int, height: int, width: int) -> VGroup:
        """Return the squares and numbers of a block of cells, as a group of its own."""
        places = [(r, c) for r in range(row, row + height) for c in range(column, column + width)]
        return VGroup(
            *(self.cell(r, c) for r, c in places), *(self.number(r, c) for r, c in places if len(self.numbers))
        )


class Kernel(CellGrid):
    """A filter's weights, coloured symmetrically about zero; never flipped: networks cross-correlate."""

    def __init__(self, weights: FloatArray, *, side: float, write: Callable[[float], str] | None = signed) -> None:
        scale = ColorScale.signed(weights, "this filter")
        super().__init__(weights, scale, cell=side / len(weights), write=write)


class PixelGrid(CellGrid):
    """Grey pixels, 0 to 255, with their numbers."""

    def __init__(self, pixels: FloatArray, *, cell: float) -> None:
        super().__init__(pixels, ColorScale.brightness(), cell=cell)
