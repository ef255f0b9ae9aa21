"""
Classic filters with the integers that a slide shows, and the check of a lecturer's own.

All sum to zero, so an even surface gives no response.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slides.network.convolution import correlate
from slides.network.errors import ShapeError, look_up

KERNEL_SIZES = (3, 5, 7)
LARGEST_WEIGHT = 1000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filter:
    """
    A named filter: ``weights / scale`` is its kernel.

    Attributes
    ----------
    name, title
        ``name`` is kebab-case and unique; ``title`` says what the filter answers to, for a slide.
    weights
        (K, K) int64, read-only, as displayed.
    scale
        What the sum of products is divided by.
    source
        Where the filter comes from.
    """

    name: str
    title: str
    weights: NDArray[np.int64]
    scale: int
    source: str

    @property
    def size(self) -> int:
        """K, the side of the kernel."""
        return len(self.weights)

    def response(self, image: NDArray[Any], *, padding: int = 0) -> NDArray[np.float64]:
        """
        Return the filter's signed map of an image (H, W): (H + 2·padding − K + 1, W + 2·padding − K + 1).

        Padding with zeros draws an edge around the photo that is not there; without padding the map is honest.
        """
        return correlate(image, self.weights, padding=padding) / self.scale


def _filter(name: str, title: str, rows: Sequence[Sequence[int]], *, scale: int, source: str) -> Filter:
    weights = np.array(rows, dtype=np.int64)
    weights.setflags(write=False)
    return Filter(name=name, title=title, weights=weights, scale=scale, source=source)


SOBEL = _filter(
    "sobel",
    "Edges",
    [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    scale=1,
    source="Sobel and Feldman, 1968: the slope from left to right, smoothed along the edge; sees vertical edges",
)
SOBEL_HORIZONTAL = _filter(
    "sobel-horizontal",
    "Horizontal edges",
    [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    scale=1,
    source="Sobel and Feldman, 1968: the slope from top to bottom, smoothed along the edge; sees horizontal edges",
)
CORNERS = _filter(
    "corners",
    "Corners",
    [[1, 0, -1], [0, 0, 0], [-1, 0, 1]],
    scale=4,
    source="the mixed second derivative ∂²/∂x∂y by central differences: zero along level and upright edges, "
    "largest where they meet",
)
GABOR = _filter(
    "gabor",
    "Textures",
    [[-2, -4, 0, 3, 1], [-5, -4, 5, 5, -1], [-5, 2, 10, 2, -5], [-1, 5, 5, -4, -5], [1, 3, 0, -4, -2]],
    scale=1,
    source="Gabor, 1946; Daugman, 1985: a cosine, 4.5 pixels from crest to crest, under a Gaussian of 1.6 pixels "
    "standard deviation, its mean taken out, times 9, rounded; sees fine stripes that lean 30° to the right of upright",
)
DIFFERENCE_OF_GAUSSIANS = _filter(
    "difference-of-gaussians",
    "Shapes",
    [[-1, -4, -6, -4, -1], [-4, 0, 8, 0, -4], [-6, 8, 28, 8, -6], [-4, 0, 8, 0, -4], [-1, -4, -6, -4, -1]],
    scale=256,
    source="Marr and Hildreth, 1980: a narrow blur less a wide one, here the binomials 1 2 1 and 1 4 6 4 1; sees blobs "
    "and outlines in every direction",
)

FILTERS: Mapping[str, Filter] = MappingProxyType(
    {known.name: known for known in (SOBEL, SOBEL_HORIZONTAL, CORNERS, GABOR, DIFFERENCE_OF_GAUSSIANS)}
)


def filter_named(name: str) -> Filter:
    """
    Return the filter of that name.

    Raises
    ------
    UnknownNameError
        If there is none; the hint gives the nearest, or all.
    """
    return look_up(FILTERS, name, kind="filter")


def responses(image: NDArray[Any], filters: Iterable[Filter]) -> NDArray[np.float64]:
    """
    Return the filters' signed maps of one image as the channels of one layer.

    Parameters
    ----------
    image
        (H, W).

    Returns
    -------
    ndarray
        (H − K + 1, W − K + 1, N) with K the largest kernel. No padding; maps of smaller kernels lose the margin where a
        larger one has no window, so one cell is the same place in every channel.
    """
    maps = [known.response(image) for known in filters]
    height, width = np.min([each.shape for each in maps], axis=0)
    return np.dstack([_middle(each, height, width) for each in maps])


def _middle(image: NDArray[np.float64], height: int, width: int) -> NDArray[np.float64]:
    top, left = (image.shape[0] - height) // 2, (image.shape[1] - width) // 2
    return image[top : top + height, left : left + width]


def checked_kernel(matrix: Sequence[Sequence[float]] | NDArray[Any]) -> NDArray[Any]:
    """
    Return a lecturer's own kernel as an array (K, K): int64 if every number is whole, float64 otherwise.

    Raises
    ------
    ShapeError
        Unless it is square, 3, 5 or 7 numbers wide, within ±1000 and not all zero.
    """
    rows = [list(row) for row in matrix]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows):
            message = f"the kernel is not square: it has {len(rows)} rows, and row {number} has {len(row)} numbers"
            raise ShapeError(message, hint="give as many rows as columns")
    if len(rows) not in KERNEL_SIZES:
        nearest = sorted(KERNEL_SIZES, key=lambda size: abs(size - len(rows)))[: 2 if len(rows) in (4, 6) else 1]
        raise ShapeError(
            f"the kernel is {len(rows)}×{len(rows)}",
            hint=f"use {' or '.join(f'{size}×{size}' for size in sorted(nearest))}",
        )
    for row, column in np.ndindex(len(rows), len(rows)):
        # asked this way round, NaN fails too
        if not -LARGEST_WEIGHT <= rows[row][column] <= LARGEST_WEIGHT:
            raise ShapeError(
                f"number {column + 1} in row {row + 1} of the kernel is out of range",
                hint=f"the numbers lie between -{LARGEST_WEIGHT} and {LARGEST_WEIGHT}",
            )
    kernel = np.array(rows, dtype=np.float64)
    if not kernel.any():
        raise ShapeError("the kernel is all zero", hint="its map would be empty; give at least one other number")
    return kernel.astype(np.int64) if (kernel == np.round(kernel)).all() else kernel
