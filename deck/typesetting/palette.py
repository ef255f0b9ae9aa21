"""Colours and measures that are of the text's own; the rest of the look is in `deck.theme`."""

from __future__ import annotations

from deck import theme

__all__ = ["ASCENT", "CODE", "DESCENT", "EM", "LADDER", "LEADING", "PANEL", "SEMIBOLD", "least", "unit"]

LADDER = (36.0, 34.0, 32.0, 30.0, 28.0, 26.0, theme.SMALLEST_SIZE)
"""The sizes that text is set in, in points."""

EM = 72.0
"""At so many points an em is one of manim's units."""
ASCENT, DESCENT = 0.97, 0.25
"""Of a line of text, in ems: more than its letters take, so that no two lines touch."""
LEADING = 0.17
"""What is between two lines of a paragraph, in ems."""

CODE = "#A9D1FF"  # 11.9 : 1 on the background
PANEL = "#1A2029"
SEMIBOLD = 600


def unit(size: float) -> float:
    """Return how long an em is, in manim's units."""
    return size / EM


def least(share: float, size: float) -> float:
    """Return by what to scale type that is to be a share of a size, so that it stays large enough to be read."""
    return min(1.0, max(share, theme.SMALLEST_SIZE / size))
