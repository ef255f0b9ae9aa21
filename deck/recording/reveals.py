"""A reveal's place in the timeline, and the texts that can be read when it rests."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RecordedReveal", "TextBox"]


@dataclass(frozen=True, slots=True)
class TextBox:
    """
    A text on the stage.

    Attributes
    ----------
    text
        What it reads.
    box
        Left, top, right, bottom.
    size
        Of its type as it is shown, in points, of which manim's default font has 48; 0 if it is not known.
    missing_font
        The typeface that it asks for in vain; empty if there is none.
    """

    text: str
    box: tuple[int, int, int, int]
    size: float = 0.0
    missing_font: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedReveal:
    """
    A reveal's place in the timeline: it starts with frame ``first`` and rests on frame ``last``.

    Notes are the document's and travel with it, not here; ``comment`` is what the slide's own code says.
    """

    id: str
    title: str
    description: str
    first: int
    last: int
    loop: bool = False
    comment: str = ""
    texts: tuple[TextBox, ...] = ()
