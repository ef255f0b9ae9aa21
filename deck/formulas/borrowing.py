"""Characters that the typeface of formulas has not, as those of Chinese: their glyphs are borrowed from Pango."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

import numpy as np

from deck.adapters.ziamath import (
    BBox,
    Cubic,
    MathFont,
    MathVariant,
    Moveto,
    Point,
    SimpleGlyph,
    fontname,
    loadedfonts,
)
from deck.fonts.glyphs import outlines

__all__ = ["FONT", "Borrowed"]

FONT = "deck"
"""Under which name ziamath finds the typeface."""


class Borrowed(SimpleGlyph):
    """A glyph that belongs to another typeface; ``width`` is how far to go on after it, in the font's units."""

    def __init__(self, operators: list[Any], box: BBox, width: float, font: MathFont) -> None:
        super().__init__(0, operators, box, font)
        self.width = width

    def advance(self, nextchr: SimpleGlyph | None = None) -> int:
        """Return how far to go on, in the font's units."""
        del nextchr  # nothing is known of how the two would stand together
        return round(self.width)


class Font(MathFont):
    """ziamath's own typeface, and whatever else Pango has."""

    def findglyph(self, char: str, variant: MathVariant) -> SimpleGlyph:
        """Return a character's glyph; that of index 0 if no typeface has it."""
        glyph: SimpleGlyph = super().findglyph(char, variant)
        return glyph if glyph.index else _borrowed(char, self) or glyph


@lru_cache(maxsize=1024)
def _borrowed(char: str, font: Font) -> Borrowed | None:
    setting = outlines(f'<span foreground="#000000">{escape(char)}</span>')
    if not (setting.inks and setting.complete):
        return None
    em = float(font.info.layout.unitsperem)
    curves = np.concatenate([ink.points for ink in setting.inks]).reshape(-1, 4, 2) * em
    operators: list[Any] = []
    end = None
    for curve in curves:
        start, *rest = [Point(float(x), float(y)) for x, y in curve]  # type: ignore[no-untyped-call]
        if end is None or not np.array_equal(curve[0], end):
            operators.append(Moveto(start))
        operators.append(Cubic(*rest))
        end = curve[3]
    low, high = curves.min(axis=(0, 1)).tolist(), curves.max(axis=(0, 1)).tolist()
    return Borrowed(operators, BBox(low[0], high[0], low[1], high[1]), setting.width * em, font)


loadedfonts[FONT] = Font(fontname, loadedfonts["default"].basesize)
