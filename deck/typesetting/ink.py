"""Drawing: lines and shapes as manim's mobjects."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import ORIGIN, Mobject, VGroup, VMobject

from deck.fonts.glyphs import SetText, outlines
from deck.typesetting.blocks import Maths
from deck.typesetting.lines import Line, LinePart, set_formula
from deck.typesetting.palette import unit
from deck.typesetting.setup import Setup
from deck.typesetting.words import markup

__all__ = ["Words", "draw_line", "rectangle"]


class Words(VGroup):
    """
    Outlines that can be read.

    Parameters
    ----------
    text, size
        What they say, and the size of their type in points: a recording knows them by these names.
    """

    def __init__(self, *parts: VMobject, text: str, size: float) -> None:
        super().__init__(*parts)
        self.deck_words = text
        self.font_size = size


def draw_line(line: Line, setup: Setup) -> Mobject:
    """Return a line of text, its baseline's start in the origin."""
    return VGroup(*(_drawn(part, line.size, setup) for part in line.parts))


def _drawn(part: LinePart, size: float, setup: Setup) -> VMobject:
    at = np.array([part.x, 0, 0])
    if isinstance(part.content, Maths):
        formula = set_formula(part.content.tex, setup, part.content.line)
        copy = formula.mobject.copy().scale(unit(size) * part.scale, about_point=ORIGIN).shift(at)
        return Words(copy, text=part.content.tex, size=size * part.scale)
    text = " ".join("".join(span.text for span in part.content).split())
    setting = outlines("".join(markup(span, size) for span in part.content))
    return Words(*_inks(setting, unit(size), part.x), text=text, size=size)


def _inks(setting: SetText, em: float, x: float) -> Iterator[VMobject]:
    for ink in setting.inks:
        mobject = VMobject(fill_color=ink.color, fill_opacity=1, stroke_width=0)
        mobject.points = np.column_stack([ink.points * em + (x, 0), np.zeros(len(ink.points))])
        yield mobject


def rectangle(width: float, height: float, color: str) -> VMobject:
    """Return a filled rectangle, its upper left corner in the origin."""
    mobject = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)
    corners = [(0, 0, 0), (width, 0, 0), (width, -height, 0), (0, -height, 0), (0, 0, 0)]
    return mobject.set_points_as_corners(np.array(corners, dtype=float))
