"""Colours as LaTeX names them."""

from __future__ import annotations

from collections.abc import Callable

from deck.adapters.manim import DVIPSNAMES, SVGNAMES
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
        A name, or several mixed as ``red!50!blue``, or, with a model, its numbers; ``#RRGGBB`` will do as well.
    model
        ``HTML``, ``rgb``, ``RGB``, ``gray`` or none.
    """
    try:
        if model:
            return MODELS[model](value)
        first, *mixed = value.split("!")
        made = _known(first)
        for part, other in zip(mixed[::2], [*mixed[1::2], "white"], strict=False):
            made = _mixed(made, _known(other), float(part) / 100)
    except (KeyError, OverflowError, ValueError):
        raise UnsetError(f"the colour '{value}' is unknown") from None
    return made


def _known(name: str) -> str:
    """Return the colour of a name, as xcolor or, if it has none, as SVG has it, or with capitals dvips."""
    if name.startswith("#"):
        digits = name[1:]
        return _hexadecimal("".join(2 * digit for digit in digits) if len(digits) == 3 else digits)
    if known := NAMED.get(name.lower()):
        return known
    for names in (SVGNAMES, DVIPSNAMES) if name.islower() else (DVIPSNAMES, SVGNAMES):
        if found := getattr(names, name.upper(), None):
            return str(found.to_hex())
    raise KeyError(name)


def _mixed(first: str, second: str, share: float) -> str:
    """Return a colour of which a share is the first one."""
    pairs = ((int(first[place : place + 2], 16), int(second[place : place + 2], 16)) for place in (1, 3, 5))
    return _levels(",".join(str(share * one + (1 - share) * other) for one, other in pairs), most=255)
