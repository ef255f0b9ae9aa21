"""The option by which a document chooses a filter of nine weights."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator

from deck.slide import OptionError
from slides.network.filters import checked_kernel, filter_named

SIDE = 3
HEAVIEST = 4
"""With larger weights, products and sums have more digits than a cell can hold in readable type."""


def weights_of(kernel: str | list[list[int]]) -> NDArray[np.int64]:
    """
    Return the weights of a kernel option, (3, 3): those of a filter by its name, or a matrix of whole numbers.

    Raises
    ------
    ValueError
        With a hint, if there is no such filter, or the matrix is no kernel, or it is too large to be shown.
    """
    weights = filter_named(kernel).weights if isinstance(kernel, str) else checked_kernel(kernel)
    if len(weights) != SIDE:
        size = len(weights)
        raise OptionError(f"a kernel of {size}×{size} is too large for this slide", hint=f"use {SIDE}×{SIDE}")
    if np.abs(weights).max() > HEAVIEST:
        raise OptionError("the kernel's weights are too large for this slide", hint=f"use -{HEAVIEST} to {HEAVIEST}")
    return weights.astype(np.int64)


def _checked(kernel: str | list[list[int]]) -> str | list[list[int]]:
    weights_of(kernel)
    return kernel


KernelOption = Annotated[str | list[list[int]], AfterValidator(_checked)]
