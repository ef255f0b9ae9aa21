"""
One filter over one image, as a convolution layer does it.

Layers cross-correlate: the kernel lies on the image the way it is written, never flipped.
"""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from slides.network.errors import ShapeError

Number = TypeVar("Number", bound=np.generic)
Padding: TypeAlias = int | tuple[int, int]
"""Cells of zeros around the image: the same on every side, or (above and left, below and right)."""

LUMINANCE = np.array([19595, 38470, 7471])
"""Rec. 601's 0.299, 0.587 and 0.114 in units of 1/65536, as Pillow's mode "L" rounds them."""


def correlate(
    image: NDArray[Any], kernel: NDArray[Any], *, bias: float = 0, stride: int = 1, padding: Padding = 0
) -> NDArray[Any]:
    """
    Slide a kernel over an image and sum the products at each position.

    Parameters
    ----------
    image
        (H, W) or (H, W, C), any unit.
    kernel
        (K, K), or (K, K, C) for an image with channels: one filter spans them all.
    bias
        Added to every sum.
    stride, padding
        In cells, on both axes.

    Returns
    -------
    ndarray
        (H_out, W_out); exact int64 if image, kernel and bias are integers, float64 otherwise.

    Raises
    ------
    ShapeError
        If the kernel is not square, lacks the image's channels, or does not fit into the padded image.

    Notes
    -----
    A strict convolution flips the kernel on both axes; layers learn their kernels and leave that out. See Dumoulin and
    Visin, "A guide to convolution arithmetic for deep learning", 2016.
    """
    _check(image, kernel)
    exact = all(np.issubdtype(np.asarray(array).dtype, np.integer) for array in (image, kernel, bias))
    number = np.int64 if exact else np.float64
    windows = _windows(image, len(kernel), stride, padding).astype(number)
    # sliding_window_view puts the window's axes last, after the channels
    kernel = kernel if kernel.ndim == 2 else np.moveaxis(kernel, -1, 0)
    axes = tuple(range(2, 2 + kernel.ndim))
    return np.asarray(np.tensordot(windows, kernel.astype(number), axes=(axes, tuple(range(kernel.ndim)))) + bias)


def window(
    image: NDArray[Any], row: int, column: int, *, kernel: int, stride: int = 1, padding: Padding = 0
) -> NDArray[Any]:
    """
    Return the pixels behind one output cell.

    Parameters
    ----------
    image
        (H, W) or (H, W, C).
    row, column
        The output cell, from 0.
    kernel, stride, padding
        Size of the kernel, and the rest as for `correlate`.

    Returns
    -------
    ndarray
        (K, K) or (K, K, C), zeros where the window lies on padding.

    Raises
    ------
    ShapeError
        If the kernel does not fit into the padded image or there is no such cell.
    """
    windows = _windows(image, kernel, stride, padding)
    rows, columns = windows.shape[:2]
    if not (0 <= row < rows and 0 <= column < columns):
        hint = f"it has {rows} rows and {columns} columns, counted from 0"
        raise ShapeError(f"the map has no cell ({row}, {column})", hint=hint)
    pixels = windows[row, column]
    return pixels if image.ndim == 2 else np.moveaxis(pixels, 0, -1)


def relu(values: NDArray[Number]) -> NDArray[Number]:
    """Return the values with negative ones set to 0, in their own dtype."""
    return np.asarray(np.maximum(values, 0))


def relu6(values: NDArray[Number]) -> NDArray[Number]:
    """Return the values clipped to 0..6, in their own dtype; the rectifier of EfficientNet-Lite and MobileNet."""
    return np.asarray(np.clip(values, 0, 6))


def luminance(photo: NDArray[np.uint8]) -> NDArray[np.int64]:
    """
    Return a photo's brightness by Rec. 601: 0.299 R + 0.587 G + 0.114 B, rounded.

    Parameters
    ----------
    photo
        (H, W, 3), 0 to 255.

    Returns
    -------
    ndarray
        (H, W), integers 0 to 255 in int64, so that sums and differences do not wrap. Equal to Pillow's mode "L".
    """
    return np.asarray((photo.astype(np.int64) @ LUMINANCE + 2**15) >> 16)


def _check(image: NDArray[Any], kernel: NDArray[Any]) -> None:
    if kernel.ndim not in (2, 3) or kernel.shape[0] != kernel.shape[1]:
        raise ShapeError(f"a kernel of shape {kernel.shape} is not square", hint="pass (K, K) or (K, K, C)")
    if image.ndim != kernel.ndim or image.shape[2:] != kernel.shape[2:]:
        raise ShapeError(
            f"a kernel of shape {kernel.shape} does not span an image of shape {image.shape}",
            hint="both have the same channels, or none",
        )


def _windows(image: NDArray[Any], kernel: int, stride: int, padding: Padding) -> NDArray[Any]:
    before, after = (padding, padding) if isinstance(padding, int) else padding
    if min(before, after) < 0 or stride < 1:
        message = f"stride {stride} with padding {padding} is too small"
        raise ShapeError(message, hint="a stride is at least 1, padding at least 0")
    padded = np.pad(image, [(before, after)] * 2 + [(0, 0)] * (image.ndim - 2))
    if not 1 <= kernel <= min(padded.shape[:2]):
        raise ShapeError(
            f"a kernel of {kernel} does not fit into {padded.shape[0]}×{padded.shape[1]} cells, padding included",
            hint=f"use a kernel of 1 to {min(padded.shape[:2])}",
        )
    return sliding_window_view(padded, (kernel, kernel), axis=(0, 1))[::stride, ::stride]
