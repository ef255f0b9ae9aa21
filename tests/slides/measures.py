"""How large and how clear a text is, measured from what is drawn."""

from __future__ import annotations

from functools import cache

from manim import Mobject, Text

from slides import theme
from slides.mobjects.label import Label
from tests.slides.stage import Box


def smallest(text: Mobject) -> float:
    """
    Return the size of a text's smallest glyph in points.

    Inter's glyphs are measured by the same letter, a formula's by the height of an x: dots and dashes are no letters.
    """
    if isinstance(text, Text):
        pairs = zip(text, text.text, strict=True)
        return theme.LABEL_SIZE * min(extent(glyph) / reference(letter, text.weight) for glyph, letter in pairs)
    boxes = [Box.of(glyph) for glyph in text]
    letters = [box.height for box in boxes if box.width < 2 * box.height and box.height > reference("x") / 3]
    return theme.LABEL_SIZE * min(letters) / reference("x")


def extent(glyph: Mobject) -> float:
    """Return the larger of a glyph's two sides: a minus has no height to speak of, an i no width."""
    box = Box.of(glyph)
    return max(box.width, box.height)


@cache
def reference(letter: str, weight: str = "NORMAL") -> float:
    return extent(Label(letter, weight=weight)[0])


def contrast(one: str, other: str) -> float:
    """Return two colours' contrast ratio, 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted(luminance(color) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    shares = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
