"""Colours as LaTeX names them."""

from __future__ import annotations

from collections.abc import Callable

from PIL import ImageColor

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

DVIPS = {
    "apricot": "#FBB982",
    "aquamarine": "#00B5BE",
    "bittersweet": "#C04F17",
    "black": "#221E1F",
    "blue": "#2D2F92",
    "bluegreen": "#00B3B8",
    "blueviolet": "#473992",
    "brickred": "#B6321C",
    "brown": "#792500",
    "burntorange": "#F7921D",
    "cadetblue": "#74729A",
    "carnationpink": "#F282B4",
    "cerulean": "#00A2E3",
    "cornflowerblue": "#41B0E4",
    "cyan": "#00AEEF",
    "dandelion": "#FDBC42",
    "darkorchid": "#A4538A",
    "emerald": "#00A99D",
    "forestgreen": "#009B55",
    "fuchsia": "#8C368C",
    "goldenrod": "#FFDF42",
    "gray": "#949698",
    "green": "#00A64F",
    "greenyellow": "#DFE674",
    "junglegreen": "#00A99A",
    "lavender": "#F49EC4",
    "limegreen": "#8DC73E",
    "magenta": "#EC008C",
    "mahogany": "#A9341F",
    "maroon": "#AF3235",
    "melon": "#F89E7B",
    "midnightblue": "#006795",
    "mulberry": "#A93C93",
    "navyblue": "#006EB8",
    "olivegreen": "#3C8031",
    "orange": "#F58137",
    "orangered": "#ED135A",
    "orchid": "#AF72B0",
    "peach": "#F7965A",
    "periwinkle": "#7977B8",
    "pinegreen": "#008B72",
    "plum": "#92268F",
    "processblue": "#00B0F0",
    "purple": "#99479B",
    "rawsienna": "#974006",
    "red": "#ED1B23",
    "redorange": "#F26035",
    "redviolet": "#A1246B",
    "rhodamine": "#EF559F",
    "royalblue": "#0071BC",
    "royalpurple": "#613F99",
    "rubinered": "#ED017D",
    "salmon": "#F69289",
    "seagreen": "#3FBC9D",
    "sepia": "#671800",
    "skyblue": "#46C5DD",
    "springgreen": "#C6DC67",
    "tan": "#DA9D76",
    "tealblue": "#00AEB3",
    "thistle": "#D883B7",
    "turquoise": "#00B4CE",
    "violet": "#58429B",
    "violetred": "#EF58A0",
    "white": "#FFFFFF",
    "wildstrawberry": "#EE2967",
    "yellow": "#FFF200",
    "yellowgreen": "#98CC70",
    "yelloworange": "#FAA21A",
}
"""
The 68 names of the package color's ``dvipsnam.def``, by small letters.

They are written with capitals, and in shares of printing inks; these are what a screen shows of them (manim's values).
"""


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
    web = {key: str(value).upper() for key, value in ImageColor.colormap.items()}
    for names in (web, DVIPS) if name.islower() else (DVIPS, web):
        if found := names.get(name.lower()):
            return found
    raise KeyError(name)


def _mixed(first: str, second: str, share: float) -> str:
    """Return a colour of which a share is the first one."""
    pairs = ((int(first[place : place + 2], 16), int(second[place : place + 2], 16)) for place in (1, 3, 5))
    return _levels(",".join(str(share * one + (1 - share) * other) for one, other in pairs), most=255)
