"""What belongs together on a stage: cells of a grid, slices of a stack, bars of a chart, maps in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from deck.check.geometry import Box, around
from deck.check.stage import Part

__all__ = ["Kind", "Map", "charted", "series", "stacks", "tiled"]

LEAST_SIDE = 24.0
NEXT = 0.15
"""The largest gap between cells of a grid, as a share of their side; between maps it is larger."""
IN_A_ROW = 0.3
"""The largest gap between equal grids in one row, as a share of their side."""

Kind = Literal["image", "grid", "flat"]


@dataclass(frozen=True)
class Map:
    """
    Something that may be a map, or a stack of them.

    Attributes
    ----------
    kind
        An image, a grid of coloured cells, or a rectangle of one colour.
    box
        Around all of it.
    parts
        What draws it: a grid's cells; a stack's slices.
    layers
        How many slices are seen.
    """

    kind: Kind
    box: Box
    parts: tuple[Part, ...]
    layers: int = 1


def tiled(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """Yield groups of equal rectangles that touch each other side by side, and do not lie on each other."""
    plots: dict[tuple[int, int], list[Part]] = {}
    for part in parts:
        plots.setdefault(_plot(part.extent), []).append(part)
    left = {part.nth: part for part in parts}
    while left:
        group, edge = [], [left.pop(min(left))]
        while edge:
            part = edge.pop()
            group.append(part)
            column, row = _plot(part.extent)
            around_it = (plots.get((column + across, row + along), ()) for across in (-1, 0, 1) for along in (-1, 0, 1))
            near = [other for plot in around_it for other in plot if other.nth in left]
            edge += [left.pop(other.nth) for other in near if _touches(part.extent, other.extent, NEXT)]
        yield tuple(sorted(group, key=lambda part: part.nth))


def _plot(box: Box) -> tuple[int, int]:
    """
    Return the column and the row of the plot in which the middle of a box lies.

    Plots are a little larger than the box: what touches it is in the same plot, or in one next to that.
    """
    x, y = box.center
    return int(x // ((1 + NEXT) * 1.1 * box.width)), int(y // ((1 + NEXT) * 1.1 * box.height))


def _touches(one: Box, other: Box, apart: float) -> bool:
    """Return whether two boxes of one size stand side by side, in line, less than a share of their side apart."""
    (x, y), (u, v) = one.center, other.center
    across, along = abs(x - u) / one.width, abs(y - v) / one.height
    return min(across, along) < 0.05 and 0.9 < max(across, along) < 1 + apart


def series(grids: Sequence[Map]) -> Iterator[Map]:
    """Yield equal grids that stand in a row, or in a column, as one map with a layer for each grid."""
    left = list(grids)
    while left:
        row, edge = [], [left.pop(0)]
        while edge:
            grid = edge.pop()
            row.append(grid)
            near = [
                other for other in left if _is_alike(grid.box, other.box) and _touches(grid.box, other.box, IN_A_ROW)
            ]
            left = [other for other in left if other not in near]
            edge += near
        parts = tuple(part for grid in row for part in grid.parts)
        yield Map("grid", around(grid.box for grid in row), parts, len(row))


def charted(parts: Sequence[Part]) -> set[int]:
    """Return the places of the bars of a chart: they start on one line and have one width, but several lengths."""
    found: set[int] = set()
    for start, side in (("bottom", "width"), ("top", "width"), ("left", "height"), ("right", "height")):
        rows: dict[tuple[int, int], list[Part]] = {}
        for part in parts:
            rows.setdefault((round(getattr(part.extent, start)), round(getattr(part.extent, side))), []).append(part)
        for row in rows.values():
            lengths = {round(part.extent.height if side == "width" else part.extent.width) for part in row}
            if len(row) > 2 and len(lengths) > 1:
                found |= {part.nth for part in row}
    return found


def stacks(kind: Kind, parts: Sequence[Part]) -> Iterator[Map]:
    """Yield things of one size that lie on each other, a little shifted, as one map."""
    chosen = [part for part in parts if min(part.extent.width, part.extent.height) >= LEAST_SIDE]
    stacks: list[list[Part]] = []
    for part in chosen:
        stack = next((stack for stack in stacks if _stacked(stack[-1].extent, part.extent)), None)
        if stack is None:
            stacks.append([part])
        else:
            stack.append(part)
    for stack in stacks:
        distinct = 1 + sum(one.extent.center != other.extent.center for one, other in pairwise(stack))
        yield Map(kind, around(part.extent for part in stack), tuple(stack), distinct)


def _stacked(one: Box, other: Box) -> bool:
    (x, y), (u, v) = one.center, other.center
    return _is_alike(one, other) and abs(x - u) < 0.6 * one.width and abs(y - v) < 0.6 * one.height


def _is_alike(one: Box, other: Box) -> bool:
    return abs(one.width - other.width) < 0.03 * one.width and abs(one.height - other.height) < 0.03 * one.height
