"""Text in the lecture's typeface."""

from __future__ import annotations

from typing import Any

from manim import LEFT, Text

from slides import theme
from slides.network.arithmetic import Shape

LAYOUT_SIZE = 96.0
"""Pango rounds letter spacing to whole pixels; laid out large and scaled down, no gap is visibly off."""


class Label(Text):
    """
    A line of text.

    Parameters
    ----------
    text
        What it says.
    size
        In points at 1080p; nothing on a slide is smaller than ``theme.LABEL_SIZE``.
    color, weight
        A role of the theme or a colour, see `theme.color`, and Pango's weight.
    """

    def __init__(
        self,
        text: str,
        *,
        size: float = theme.LABEL_SIZE,
        color: str = "text",
        weight: str = "NORMAL",
        **kwargs: Any,
    ) -> None:
        kwargs |= {"font": theme.font(), "color": theme.color(color), "weight": weight}
        super().__init__(text, font_size=LAYOUT_SIZE, **kwargs)
        self.size = size
        self.scale(size / LAYOUT_SIZE)


class Title(Label):
    """A slide's title, top left."""

    def __init__(self, text: str) -> None:
        super().__init__(text, size=theme.TITLE_SIZE, weight="SEMIBOLD")
        # Placed by the cap height of its first letter, so that a 'g' further on does not lift the line.
        self.shift(LEFT * (self.get_left()[0] - theme.LEFT_EDGE))
        self.shift((0, theme.TITLE_TOP - self[0].get_top()[1], 0))


class SizeLabel(Label):
    """A map's height × width × channels; it stands with every map, always."""

    def __init__(self, shape: Shape, **kwargs: Any) -> None:
        super().__init__(str(shape), **kwargs)
        self.shape = shape
