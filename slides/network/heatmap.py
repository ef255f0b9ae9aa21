"""
Class activation maps: where on the photo the network sees a class.

References
----------
B. Zhou, A. Khosla, A. Lapedriza, A. Oliva and A. Torralba, "Learning deep features for discriminative localization",
CVPR 2016.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from slides.network.efficientnet import Activations
from slides.network.errors import ShapeError
from slides.network.graph import INPUT
from slides.network.labels import class_index

GRID = 7
"""Cells of the head's maps along one axis."""


def class_activation(activations: Activations, class_name: int | str) -> NDArray[np.float64]:
    """
    Return how much each cell of the head's maps speaks for a class.

    Parameters
    ----------
    activations
        Of one photo.
    class_name
        An index, 0 to 999, or a name of ImageNet's.

    Returns
    -------
    ndarray
        (7, 7), signed, in units of the logit: its mean plus the class's bias is the class's logit.

    Raises
    ------
    UnknownNameError
        If there is no such class.
    """
    row = activations.network.class_weights[:, class_index(class_name)]
    return np.asarray(activations["head"].astype(np.float64) @ row)


def hottest(heatmap: NDArray[Any]) -> tuple[int, int]:
    """Return the row and column of the largest value, the first in reading order if there are several."""
    row, column = np.unravel_index(np.argmax(heatmap), heatmap.shape)
    return int(row), int(column)


def pixels(row: int, column: int, *, grid: int = GRID, size: int = INPUT.height) -> tuple[range, range]:
    """
    Return the photo's rows and columns that a cell of a heatmap lies over: 32×32 pixels for 7×7 cells on 224×224.

    This is where the cell is drawn. What it has seen is larger: see `slides.network.graph.Layer.seen`.

    Raises
    ------
    ShapeError
        If there is no such cell.
    """
    if not (0 <= row < grid and 0 <= column < grid):
        hint = f"rows and columns run from 0 to {grid - 1}"
        raise ShapeError(f"the heatmap has no cell ({row}, {column})", hint=hint)
    edges = [size * edge // grid for edge in range(grid + 1)]
    return range(edges[row], edges[row + 1]), range(edges[column], edges[column + 1])


def cell(row: int, column: int, *, grid: int = GRID, size: int = INPUT.height) -> tuple[int, int]:
    """
    Return the cell of a heatmap that lies over a pixel; the inverse of `pixels`.

    Raises
    ------
    ShapeError
        If there is no such pixel.
    """
    if not (0 <= row < size and 0 <= column < size):
        hint = f"rows and columns run from 0 to {size - 1}"
        raise ShapeError(f"the photo has no pixel ({row}, {column})", hint=hint)
    return ((row + 1) * grid - 1) // size, ((column + 1) * grid - 1) // size
