"""How an outline is painted: what the shapes of a timeline are drawn with."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Paint", "Style"]


@dataclass(frozen=True, slots=True)
class Paint:
    """
    One colour, or several along a line.

    Attributes
    ----------
    colors
        Red, green, blue and alpha of each stop, 0 to 255, evenly spaced. One colour's alpha is 255: the item has it.
    line
        x and y of the gradient's start and end, relative to the item's place; empty for one colour.
    """

    colors: tuple[tuple[int, int, int, int], ...]
    line: tuple[int, int, int, int] | tuple[()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """
    How an outline is drawn: the wide stroke behind it, its inside, its stroke.

    Attributes
    ----------
    fill, stroke, behind
        None where nothing is to be drawn.
    width, behind_width
        Of the strokes, in units of length.
    join, cap
        ``miter``, ``round`` or ``bevel``; ``butt``, ``round`` or ``square``.
    clip
        ``start``: nothing is painted, and what follows is seen only inside of the outline; ``end``: no longer. One
        does not stand inside another. Empty for all else.
    """

    fill: Paint | None = None
    stroke: Paint | None = None
    behind: Paint | None = None
    width: int = 0
    behind_width: int = 0
    join: str = "miter"
    cap: str = "butt"
    clip: str = ""
