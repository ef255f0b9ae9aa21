"""Colours: what they are called, and how well one is read on another."""

from __future__ import annotations

import colorsys

import numpy as np
from numpy.typing import NDArray

__all__ = ["Color", "contrast", "hue_name", "luminance"]

Color = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

HUES = (
    (15, "red"), (42, "orange"), (66, "yellow"), (160, "green"), (195, "teal"), (250, "blue"), (290, "purple"),
    (340, "pink"), (360, "red"),
)  # fmt: skip
GREY = 0.12
"""Saturation below which a colour is grey."""


def hue_name(color: Color) -> str:
    """Return the word for a colour."""
    hue, light, saturation = colorsys.rgb_to_hls(*(level / 255 for level in color))
    if light < 0.08:
        return "black"
    if saturation < GREY or light > 0.95:
        return "white" if light > 0.85 else "grey"
    return next(name for end, name in HUES if hue * 360 <= end)


def luminance(colors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the relative luminance of colours, (..., 3) from 0 to 255, as WCAG 2.2 defines it."""
    shares = colors / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the contrast ratios of colours, (..., 3), 1 to 21."""
    dark, light = np.sort(np.stack(np.broadcast_arrays(luminance(one), luminance(other))), axis=0)
    return np.asarray((light + 0.05) / (dark + 0.05))
