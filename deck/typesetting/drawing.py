"""Pages as manim's mobjects, and titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import Mobject

from deck import theme
from deck.errors import SlideError
from deck.typesetting.blocks import Inline, Maths, Span, SpanStyle
from deck.typesetting.ink import draw_line, rectangle
from deck.typesetting.lines import Line, balanced, break_lines, set_formula
from deck.typesetting.pages import PlacedPanel, Spot
from deck.typesetting.palette import DESCENT, EM, LADDER, LEADING
from deck.typesetting.reading import read_title
from deck.typesetting.setup import Setup
from deck.typesetting.words import restyled

__all__ = ["CONTENT_WIDTH", "CenteredLines", "Title", "centered", "draw", "set_centered", "title", "title_inlines"]

CONTENT_WIDTH = theme.RIGHT_EDGE - theme.LEFT_EDGE
CAPITALS = 0.727
"""How high capitals are, in ems."""
TITLE_SIZES = (theme.TITLE_SIZE, *LADDER)
TITLE_LINES = 2
NEARLY = 0.75
MOST_LINES = 5
BELOW_TITLE = 0.28


@dataclass(frozen=True, slots=True)
class Title:
    """A slide's title, and where what is below it may begin."""

    mobjects: tuple[Mobject, ...]
    content_top: float


@dataclass(frozen=True, slots=True)
class CenteredLines:
    """Lines that stand in the middle, one below the other."""

    lines: Sequence[Line]
    gap: float = 0.0

    @property
    def height(self) -> float:
        """From the first line's ascent to the last one's descent."""
        spaces = sum(LEADING * line.size / EM for line in self.lines[1:])
        return sum(line.ascent + line.descent for line in self.lines) + spaces


def title(text: str, setup: Setup, number: int = 1) -> Title:
    """Return a slide's title at the top left; ``number`` counts the pages of one section."""
    tail = (Span(f" ({number})", SpanStyle(tone=theme.QUIET)),) if number > 1 else ()
    inlines = (*title_inlines(text, setup), *tail)
    for size in TITLE_SIZES:
        lines = break_lines(inlines, setup, CONTENT_WIDTH, size=size)
        if len(lines) <= (1 if size > LADDER[0] else TITLE_LINES):
            break
    lines = _cut(lines)
    em = lines[0].size / EM if lines else 0.0
    baseline = theme.TITLE_TOP - CAPITALS * em
    mobjects = []
    for nth, line in enumerate(lines):
        if nth:
            baseline -= lines[nth - 1].descent + LEADING * em + line.ascent
        mobjects.append(draw_line(line, setup).shift((theme.LEFT_EDGE, baseline, 0)))
    return Title(tuple(mobjects), min(theme.CONTENT_TOP, baseline - DESCENT * em - BELOW_TITLE))


def title_inlines(text: str, setup: Setup) -> tuple[Inline, ...]:
    """Return a title's inlines; what looks like a formula and cannot be set as one stands there as it is written."""
    return restyled((_settable(inline, setup) for inline in read_title(text)), bold=True)


def _settable(inline: Inline, setup: Setup) -> Inline:
    if isinstance(inline, Maths):
        try:
            set_formula(inline.tex, setup, inline.line)
        except SlideError:
            return Span(f"${inline.tex}$")
    return inline


def _cut(lines: list[Line]) -> list[Line]:
    """Return what there is room for of a title that is as long as a text."""
    return lines[:MOST_LINES]


def draw(spots: Sequence[Spot], marks: Sequence[PlacedPanel], top: float) -> list[Mobject]:
    """Return what stands at some places of a page whose upper edge is at ``top``."""
    drawn: list[Mobject] = [
        rectangle(mark.panel.width, mark.bottom - mark.top, mark.panel.color).shift(
            (theme.LEFT_EDGE + mark.panel.x, top - mark.top, 0)
        )
        for mark in marks
    ]
    for spot in spots:
        for part in spot.piece.parts:
            place = (theme.LEFT_EDGE + part.x, top - spot.top - part.depth, 0.0)
            drawn.append(part.make().shift(place))
    return drawn


def centered(blocks: Sequence[CenteredLines], setup: Setup, middle: float = 0.0) -> list[list[Mobject]]:
    """Return the mobjects of blocks in the middle of the frame, one below the other, with their gaps above."""
    height = sum(block.height for block in blocks) + sum(block.gap for block in blocks[1:])
    y = middle + height / 2
    drawn: list[list[Mobject]] = []
    for nth, block in enumerate(blocks):
        y -= block.gap if nth else 0.0
        drawn.append([])
        for place, line in enumerate(block.lines):
            y -= line.ascent + (LEADING * line.size / EM if place else 0.0)
            drawn[-1].append(draw_line(line, setup).shift((-line.width / 2, y, 0)))
            y -= line.descent
    return drawn


def set_centered(
    inlines: Sequence[Inline], setup: Setup, sizes: Sequence[float], *, most: int, width: float = CONTENT_WIDTH
) -> list[Line]:
    """
    Return balanced lines in the largest of some sizes at which there are no more than ``most``, or in the least.

    One line is better than more, as long as it is nearly as large.
    """
    for size in sizes:
        lines = break_lines(inlines, setup, width, size=size)
        if len(lines) == 1 and size >= NEARLY * sizes[0]:
            return lines
    for size in sizes:
        lines = balanced(inlines, setup, width, size=size)
        if len(lines) <= most:
            break
    return _cut(lines)
