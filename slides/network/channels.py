"""Which of a layer's channels to show: few, lively and unlike each other."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from slides.network.arithmetic import Shape
from slides.network.errors import ShapeError

ALIKE = 0.7
"""Absolute correlation from which two channels look like one."""


def choose(maps: NDArray[Any], count: int, *, alike: float = ALIKE) -> tuple[int, ...]:
    """
    Return representative channels: those of the largest variance, near-duplicates passed over.

    Parameters
    ----------
    maps
        (H, W, C).
    count
        How many to return. Flat channels are never among them, so there may be fewer; near-duplicates are only among
        them if there are too few others.
    alike
        Absolute correlation, 0 to 1, from which a channel counts as a near-duplicate of one that is already chosen.

    Returns
    -------
    tuple of int
        Channels in the order of choice, the liveliest first; of equal ones the lower index.

    Raises
    ------
    ShapeError
        If ``count`` is below 1 or above C.
    """
    shape = Shape.of(maps)
    if not 1 <= count <= shape.channels:
        raise ShapeError(f"cannot show {count} of {shape.channels} channels", hint=f"choose 1 to {shape.channels}")
    values = maps.reshape(-1, shape.channels).astype(np.float64)
    values = values - values.mean(axis=0)
    norms = np.sqrt((values**2).sum(axis=0))
    lively = [int(channel) for channel in np.argsort(-norms, kind="stable") if norms[channel] > 0]
    directions = values[:, lively] / norms[lively]

    chosen: list[int] = []
    passed_over: list[int] = []
    for place in range(len(lively)):
        likeness = np.abs(directions[:, chosen].T @ directions[:, place])
        (passed_over if (likeness >= alike).any() else chosen).append(place)
        if len(chosen) == count:
            break
    return tuple(lively[place] for place in (chosen + passed_over)[:count])


def from_afar(maps: NDArray[Any], cells: int = 28) -> NDArray[np.float64]:
    """
    Return maps averaged down to about ``cells`` a side, as the eye does with small pictures.

    Chosen by these, channels are lively in what can be seen, not in noise from cell to cell.

    Parameters
    ----------
    maps
        (H, W, C); a row or column left over at the end is dropped.
    """
    height, width, channels = maps.shape
    step = max(1, min(height, width) // cells)
    rows, columns = height // step, width // step
    blocks = maps[: rows * step, : columns * step].reshape(rows, step, columns, step, channels)
    return np.asarray(blocks.mean(axis=(1, 3), dtype=np.float64))


def even(weights: NDArray[Any], biases: NDArray[Any]) -> int:
    """
    Return the filter that draws most evenly on all its input channels, the first of equals.

    Parameters
    ----------
    weights
        (K, K, C_in, C_out).
    biases
        (C_out,). A filter is passed over if for some input channel its bias is more than a quarter of the sum of its
        absolute weights: then the channel adds little beside the bias.
    """
    shares = np.abs(weights).sum(axis=(0, 1))
    evenness = shares.min(axis=0) / shares.sum(axis=0)
    return int(np.argmax(np.where(4 * np.abs(biases) <= shares.min(axis=0), evenness, 0)))


def strongest_region(values: NDArray[Any], size: int) -> tuple[int, int]:
    """
    Return the top left cell of the square whose values add up to most.

    Parameters
    ----------
    values
        (H, W). If they are signed, fine stripes cancel out, and one long edge does not.
    size
        Cells along the square's side; at most the map's.
    """
    size = min(size, *values.shape)
    sums = sliding_window_view(values, (size, size)).sum(axis=(2, 3))
    row, column = np.unravel_index(np.argmax(sums), sums.shape)
    return int(row), int(column)
