"""Pango, by way of manimpango: what typefaces there are, and texts set as drawings."""

from __future__ import annotations

from collections.abc import Mapping
from ctypes import CDLL
from ctypes.util import find_library
from pathlib import Path

from manimpango import MarkupUtils, list_fonts, register_font

__all__ = ["HREF", "SVG", "draw", "forget_typefaces", "list_fonts", "register_font"]

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
DISABLE_LIGATURES = False

LIBRARY = "pangocairo-1.0"
START_ANEW = "pango_cairo_font_map_set_default"

USED: Mapping[str, str] = {
    "MarkupUtils": "text2svg",
}

SAID: Mapping[str, tuple[str, ...]] = {
    "manimpango.MarkupUtils.written": (f'<svg xmlns="{SVG[1:-1]}"', "<defs>", "<path", '<use xlink:href="#', "rgb("),
}

IN_C: Mapping[str, str] = {
    LIBRARY: START_ANEW,
}


def draw(markup: str, font: str, points: float, file: Path, *, side: int) -> None:
    """
    Set a text as SVG.

    Its ``defs`` have a ``path`` for each glyph. Its ``g`` has a ``use`` for each place where a glyph stands, and a
    ``path`` for whatever else is drawn: lines, backgrounds, the box in place of a character that no typeface has.

    Parameters
    ----------
    markup
        In Pango's language; it wraps nowhere.
    font
        Names of typefaces, where the markup has none.
    points
        The size of type.
    file
        Where to write it.
    side
        Of the paper, in pixels.
    """
    MarkupUtils.text2svg(
        markup, font, "NORMAL", "NORMAL", points, 0, DISABLE_LIGATURES, str(file), 0, 0, side, side,
        justify=False, pango_width=-1,
    )  # fmt: skip


def forget_typefaces() -> None:
    """Make Pango look for typefaces again: it looks once, when the first text is set, maybe by another package."""
    if library := find_library(LIBRARY):
        getattr(CDLL(library), START_ANEW)(None)
