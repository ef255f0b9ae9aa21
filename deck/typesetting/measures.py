"""
Measures of text; lengths are in pixels of the frame, sizes of type in points, as manim counts them on a wide one.

The frame is 1920 pixels wide, or as many fewer as type has to be larger on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from deck.frames import Frame
from deck.recording.timeline import GRID_WIDTH

__all__ = [
    "ASCENT",
    "DESCENT",
    "LADDER",
    "LEADING",
    "LINE_HEIGHT",
    "SMALLEST",
    "TITLE",
    "WIDTH",
    "Measures",
    "em",
    "least",
    "measures_on",
    "points",
]

PIXELS, EM = 135.0, 72.0
"""Of manim's units: pixels in one, and the size of type whose em is one."""

TITLE, SMALLEST = 40.0, 24.0
"""The sizes of titles and of the smallest type: the back row has to read it."""

WIDTH = 1782.0
"""Of text on a wide frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """
    Where text stands on a frame.

    Attributes
    ----------
    across, down
        The frame's width and height.
    zoom
        How many pixels of the recording's grid each of these pixels takes in both directions.
    left
        How far the text is from both sides.
    title_top
        Where the capitals of titles begin.
    below
        What is left free at the lower edge.
    title_lines, alone_lines
        How many lines a title may have above a text, and by itself.
    """

    across: float
    down: float
    zoom: float = 1.0
    left: float
    title_top: float = 51.3
    below: float = 74.25
    title_lines: int = 2
    alone_lines: int = 2

    @property
    def width(self) -> float:
        """Of text."""
        return self.across - 2 * self.left

    @property
    def middle(self) -> tuple[float, float]:
        """The frame's."""
        return self.across / 2, self.down / 2

    @property
    def most_pixels(self) -> int:
        """How many pixels of a picture, from top to bottom, can be seen at the most."""
        return min(GRID_WIDTH, round(self.down * self.zoom))

    @property
    def content_top(self) -> float:
        """Where what is below a title of one line begins."""
        return self.title_top + TITLE_ROOM

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.down - self.below

    @property
    def height(self) -> float:
        """Of what is below a title of one line."""
        return self.bottom - self.content_top


TITLE_ROOM = 121.5
"""From where the capitals of a title of one line begin to where the text below it does."""


@cache
def measures_on(frame: Frame) -> Measures:
    """
    Return the measures of text on a frame.

    An upright one is seen on a phone, in a hand: it is narrow, titles have more lines, and the phone's own
    signs may lie over its upper and lower edge.
    """
    across, down = GRID_WIDTH / frame.zoom, frame.height / frame.zoom
    if frame.is_upright:
        edges = {"left": 54.0, "title_top": 112.0, "below": 108.0}
        return Measures(across=across, down=down, zoom=frame.zoom, **edges, title_lines=3, alone_lines=4)
    return Measures(across=across, down=down, zoom=frame.zoom, left=(across - WIDTH) / 2)


LADDER = (36.0, 34.0, 32.0, 30.0, 28.0, 26.0, SMALLEST)
"""The sizes that text is set in."""

ASCENT, DESCENT, LEADING = 0.97, 0.25, 0.17
"""Of a line of text, in ems: more than its letters take, so that no two lines touch; and what is between two lines."""
LINE_HEIGHT = ASCENT + DESCENT


def em(size: float) -> float:
    """Return how long an em is at a size of type."""
    return size / EM * PIXELS


def points(em: float) -> float:
    """Return the size of type that has an em so long."""
    return em / PIXELS * EM


def least(share: float, size: float) -> float:
    """Return by what to scale type that is to be a share of a size, so that it stays large enough to be read."""
    return min(1.0, max(share, SMALLEST / size))
