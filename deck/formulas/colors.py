"""Colours as LaTeX names them."""

from __future__ import annotations

from collections.abc import Callable

from deck.formulas.source import UnsetError

__all__ = ["color"]

NAMED = {
    "black": "#000001",  # manim takes pure black for no colour at all
    "blue": "#0000FF",
    "brown": "#BF8040",
    "cyan": "#00FFFF",
    "darkgray": "#404040",
    "gray": "#808080",
    "green": "#00FF00",
    "lightgray": "#BFBFBF",
    "lime": "#BFFF00",
    "magenta": "#FF00FF",
    "olive": "#808000",
    "orange": "#FF8000",
    "pink": "#FFBFBF",
    "purple": "#BF0040",
    "red": "#FF0000",
    "teal": "#008080",
    "violet": "#800080",
    "white": "#FFFFFF",
    "yellow": "#FFFF00",
}
"""As the package xcolor has them."""


def _hexadecimal(value: str) -> str:
    int(value, 16)
    return f"#{value.upper().zfill(6)}"


def _levels(value: str, *, most: float) -> str:
    levels = [round(float(level) * 255 / most) for level in value.split(",")]
    red, green, blue = (min(max(level, 0), 255) for level in levels)
    return f"#{red:02X}{green:02X}{blue:02X}"


MODELS: dict[str, Callable[[str], str]] = {
    "HTML": _hexadecimal,
    "rgb": lambda value: _levels(value, most=1),
    "RGB": lambda value: _levels(value, most=255),
    "gray": lambda value: _levels(",".join([value] * 3), most=1),
}


def color(value: str, model: str = "") -> str:
    """
    Return a colour as ``#RRGGBB``.

    Parameters
    ----------
    value
        A name or, with a model, its numbers; ``#RRGGBB`` will do as well.
    model
        ``HTML``, ``rgb``, ``RGB``, ``gray`` or none.
    """
    try:
        if model:
            return MODELS[model](value)
        return _hexadecimal(value[1:]) if value.startswith("#") else NAMED[value.lower()]
    except (KeyError, ValueError):
        raise UnsetError(f"the colour '{value}' is unknown") from None
