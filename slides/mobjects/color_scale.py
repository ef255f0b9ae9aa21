"""From values to colours, and what the colours mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from cmap import Colormap
from numpy.typing import NDArray

from slides import theme

FloatArray = NDArray[Any]
Pixels = NDArray[np.uint8]


class FlatMapError(ValueError):
    """All values are equal: one colour for a map would show nothing."""


@dataclass(frozen=True, slots=True)
class ColorScale:
    """
    A perceptually uniform colour map over a range of values.

    ``scope`` says over what the range was taken ("this map", "this layer"): a colour means nothing without it. A
    ``clipped`` scale leaves a few values beyond its ends, so that the rest is not lost in the dark.
    """

    name: str
    low: float
    high: float
    scope: str
    clipped: bool = False

    @classmethod
    def rectified(cls, values: FloatArray, scope: str, *, share: float = 1.0) -> ColorScale:
        """
        Return a sequential scale from zero up; ``values`` are at least zero.

        Parameters
        ----------
        values
            What is to be coloured, any shape.
        scope
            See the class.
        share
            The part of the non-zero values that the scale spans, 0 to 1; the strongest are left beyond its end.

        Raises
        ------
        FlatMapError
            If all values are zero.
        """
        return cls(theme.rectified(), 0.0, _reach(values, share), scope, clipped=share < 1)

    @classmethod
    def signed(cls, values: FloatArray, scope: str, *, share: float = 1.0) -> ColorScale:
        """Return a diverging scale, symmetric about zero; parameters and errors as for `rectified`."""
        reach = _reach(np.abs(values), share)
        return cls(theme.signed(), -reach, reach, scope, clipped=share < 1)

    @classmethod
    def brightness(cls) -> ColorScale:
        """Return the grey scale of pixels, 0 to 255."""
        return cls(theme.GREY, 0.0, 255.0, "pixel values")

    def __call__(self, values: FloatArray) -> Pixels:
        """Return the colours of values, shape (..., 3), 0 to 255; what lies beyond an end takes the end's colour."""
        position = (np.asarray(values, dtype=np.float64) - self.low) / (self.high - self.low)
        return np.asarray(_table(self.name)[np.rint(np.clip(position, 0, 1) * 255).astype(int)])

    def hex(self, value: float) -> str:
        """Return one value's colour."""
        red, green, blue = self(np.array(value))
        return f"#{red:02X}{green:02X}{blue:02X}"

    def ink(self, value: float) -> str:
        """Return black or white, whichever reads better on a value's colour (WCAG 2 contrast)."""
        luminance = relative_luminance(self.hex(value))
        return "#FFFFFF" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#000000"


def relative_luminance(color: str) -> float:
    """Return a ``#RRGGBB`` colour's relative luminance, 0 to 1, as WCAG 2.2 defines it."""
    channels = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def check_spread(values: FloatArray) -> None:
    """Raise ``FlatMapError`` if all values are equal."""
    if np.ptp(values) == 0:
        raise FlatMapError(f"every value is {np.ravel(values)[0]:g}: a flat map shows nothing")


def _reach(magnitudes: FloatArray, share: float) -> float:
    if not np.any(magnitudes):
        check_spread(magnitudes)
    return float(np.quantile(magnitudes[magnitudes > 0], share, method="nearest"))


@cache
def _table(name: str) -> Pixels:
    """Return the colour map's 256 colours; shape (256, 3)."""
    return np.rint(Colormap(name)(np.linspace(0, 1, 256))[:, :3] * 255).astype(np.uint8)
