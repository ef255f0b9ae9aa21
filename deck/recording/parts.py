"""The parts of a recording that need no numpy: its constants, paints, styles, texts and reveals."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FINER", "FULL", "GRID_WIDTH", "OPAQUE", "ROLES", "UNITS", "Paint", "RecordedReveal", "Style", "TextBox"]

GRID_WIDTH = 1920
UNITS = 16
"""Units of length in a pixel of the grid."""
FINER = 256
"""How many parts a unit has in the corners of images, which are finer."""
OPAQUE = 255
"""The alpha of a colour that hides what is behind it."""
FULL = 16 * OPAQUE
"""The opacity of an item that does."""
ROLES = ("", "title", "heading", "paragraph", "item", "quote", "cell", "code", "formula", "caption")
"""What a text may be on a slide."""


@dataclass(frozen=True, slots=True)
class Paint:
    """
    One colour, or several along a line.

    Attributes
    ----------
    colors
        Red, green, blue and alpha of each stop, 0 to 255, evenly spaced. If a fill or a stroke has one colour, its
        alpha is 255, and the item has the opacity.
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
        ``start``: nothing is painted, and the items that follow are seen only inside of the outline; ``end``: from here
        on items are seen everywhere again. Clips are not nested. Empty for all else.
    """

    fill: Paint | None = None
    stroke: Paint | None = None
    behind: Paint | None = None
    width: int = 0
    behind_width: int = 0
    join: str = "miter"
    cap: str = "butt"
    clip: str = ""


@dataclass(frozen=True, slots=True)
class TextBox:
    """
    A text on the stage.

    Attributes
    ----------
    text
        Its words, or the source of a formula.
    box
        Left, top, right, bottom.
    size
        Of its type as it is shown, in points, of which manim's default font has 48 on a wide frame; on an upright one,
        of what would be read as well on a wide one. 0 if it is not known.
    missing_font
        The typeface that it asks for in vain; empty if there is none.
    role
        What it is on the slide: one of `ROLES`; empty if that is not known.
    link
        The address that it leads to; empty if there is none.
    """

    text: str
    box: tuple[int, int, int, int]
    size: float = 0.0
    missing_font: str = ""
    role: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedReveal:
    """
    A reveal's place in the timeline: it starts with frame ``first`` and rests on frame ``last``.

    Notes belong to the document and are not kept here; ``comment`` is what the slide's own code says.
    """

    id: str
    title: str
    description: str
    first: int
    last: int
    loop: bool = False
    comment: str = ""
    texts: tuple[TextBox, ...] = ()
