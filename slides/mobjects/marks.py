"""What points at things: arrows, rings, captions."""

from __future__ import annotations

from typing import Any

from manim import DL, DOWN, DR, LEFT, RIGHT, UL, UP, UR, Arrow, Line, Mobject, VGroup

from slides import theme
from slides.mobjects.label import Label
from slides.mobjects.picture import Point


class Flow(VGroup):
    """
    An arrow from one thing to the next, ending just before it, with a word above.

    Parameters
    ----------
    start, end
        Where it leaves and what it points at; both are kept clear by ``theme.ARROW_GAP``.
    """

    def __init__(self, start: Point, end: Point, text: str = "", *, color: str = "quiet") -> None:
        super().__init__()
        self.arrow = Arrow(
            start,
            end,
            buff=theme.ARROW_GAP,
            stroke_width=3.0,
            color=theme.color(color),
            tip_length=0.16,
            max_stroke_width_to_length_ratio=99,
            max_tip_length_to_length_ratio=0.6,
        )
        self.add(self.arrow)
        if text:
            self.add(Label(text, color=color).next_to(self.arrow, UP, buff=0.1))


def flow(left: Mobject, right: Mobject, text: str = "", **style: Any) -> Flow:
    """Return an arrow from a thing's right edge to another's left, level with the first."""
    start, end = left.get_edge_center(RIGHT), right.get_edge_center(LEFT)
    end = end * [1, 0, 1] + start * [0, 1, 0]
    return Flow(start, end, text, **style)


def join(left: Mobject, right: Mobject, *, color: str) -> VGroup:
    """Return two thin lines from a box's right corners to another's left ones, to say that both show the same."""
    pairs = ((UR, UL), (DR, DL))
    look = theme.mark(color, width=1.5)
    return VGroup(*(Line(left.get_corner(a), right.get_corner(b), **look) for a, b in pairs))


def caption(thing: Mobject, text: str, *, color: str = "quiet", size: float = theme.LABEL_SIZE) -> Label:
    """Return a line of text right above a thing."""
    return named(thing, text, thing.get_top()[1] + theme.GAP, color=color, size=size)


def named(thing: Mobject, text: str, height: float, *, color: str = "quiet", size: float = theme.LABEL_SIZE) -> Label:
    """Return a line of text centred over a thing with its baseline at a height, so that neighbours' names are level."""
    return on_baseline(Label(text, size=size, color=color), height).match_x(thing)


def below(thing: Mobject, text: str, *, color: str = "quiet", size: float = theme.LABEL_SIZE) -> Label:
    """Return a line of text right below a thing."""
    return Label(text, size=size, color=color).next_to(thing, DOWN, buff=theme.GAP)


def on_baseline(label: Label, height: float) -> Label:
    """Move a label so that its baseline is at a height; descenders hang below it."""
    base = min(
        (
            glyph.get_bottom()[1]
            for glyph, letter in zip(label, _letters(label), strict=False)
            if letter not in DESCENDERS
        )
    )
    return label.shift((0, height - base, 0))


DESCENDERS = frozenset("gjpqyQ,;()[]/")


def _letters(label: Label) -> str:
    return label.text.replace(" ", "")
