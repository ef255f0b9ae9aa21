"""Lists: bullets, numbers and boxes to tick, in the accent's colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from manim import Circle, Mobject, VGroup, VMobject

from deck import theme
from deck.typesetting.blocks import Block, Item, Items, Span, SpanStyle
from deck.typesetting.ink import draw_line, rectangle
from deck.typesetting.lines import break_lines
from deck.typesetting.pieces import Piece, PiecePart, Step, begun, empty_line, with_gap
from deck.typesetting.setup import Setup

__all__ = ["pieces"]

INDENT, MARKER_GAP = 1.0, 0.5
MARKER_X = 0.1
TIGHT, LOOSE, NESTED = 0.55, 0.75, 0.36
LETTERS = 0.36
"""Half the height of capitals: how far above the baseline bullets stand. All in ems."""
LEAST_WIDTH = 5.0
"""What is left for text, in manim's units: lists that stand deeper in lists are no further to the right."""

Flow = Callable[[Sequence[Block], float, float], list[Piece]]


def pieces(block: Items, setup: Setup, column: tuple[float, float, int], flow: Flow) -> list[Piece]:
    """
    Return the pieces of a list; with each item a reveal begins, unless the setup says otherwise.

    Parameters
    ----------
    column
        Where it stands, how wide it may be, and in how many lists it stands.
    flow
        Sets blocks at a place, up to a width.
    """
    x, width, depth = column
    markers = [_marker(item, setup, depth) for item in block.items]
    widest = max((size for _, size in markers), default=0.0)
    indent = max(INDENT * setup.em, MARKER_X * setup.em + widest + MARKER_GAP * setup.em)
    if width - indent < LEAST_WIDTH and x >= indent:
        x, width = x - indent, width + indent
    gap = NESTED if depth else LOOSE if block.loose else TIGHT
    found: list[Piece] = []
    for item, (make, size) in zip(block.items, markers, strict=True):
        inner = flow(item.blocks, x + indent, width - indent) or [empty_line(setup)]
        right = x + MARKER_X * setup.em + widest - size
        head = replace(
            inner[0], parts=(PiecePart(x=right, depth=_baseline(inner[0], setup), make=make), *inner[0].parts)
        )
        if number := item.number:
            head = replace(head, says=f"{number}. {head.says}")
        made = [head, *inner[1:]]
        made = with_gap(made, gap * setup.em if found else 0.0, airy=True)
        found += begun(made, Step()) if setup.incremental else made
    return found


def _baseline(piece: Piece, setup: Setup) -> float:
    return piece.baseline or empty_line(setup).baseline


def _marker(item: Item, setup: Setup, depth: int) -> tuple[Callable[[], Mobject], float]:
    """Return what draws an item's marker, and how wide it is."""
    em = setup.em
    if item.done is not None:
        return lambda: _box(em, done=item.done is True), 0.62 * em
    if item.number is None:
        return lambda: _bullet(em, depth), 0.3 * em
    style = SpanStyle(bold=True, tone=theme.ACCENT)
    [line] = break_lines((Span(f"{item.number}.", style),), setup, 100 * em)
    return lambda: draw_line(line, setup), line.width


def _bullet(em: float, depth: int) -> Mobject:
    """Return a disc, in a list in a list a ring, and then a dash."""
    middle = np.array([0.15 * em, LETTERS * em, 0])
    if depth > 1:
        return rectangle(0.36 * em, 0.07 * em, theme.ACCENT).shift((-0.03 * em, (LETTERS + 0.035) * em, 0))
    radius = (0.13 if depth else 0.145) * em
    disc = Circle(radius=radius, fill_color=theme.ACCENT, fill_opacity=1, stroke_width=0)
    if depth:
        disc.points = np.concatenate([disc.points, (disc.points * 0.55)[::-1]])
    return disc.shift(middle)


def _box(em: float, *, done: bool) -> Mobject:
    """Return a box, ticked if its task is done."""
    side, thick = 0.62 * em, 0.07 * em
    frame = rectangle(side, side, theme.ACCENT)
    hole = rectangle(side - 2 * thick, side - 2 * thick, theme.ACCENT).shift((thick, -thick, 0))
    frame.points = np.concatenate([frame.points, hole.points[::-1]])
    frame.shift((0, (LETTERS + 0.31) * em, 0))
    if not done:
        return frame
    tick = VMobject(stroke_color=theme.ACCENT, stroke_width=100 * thick)
    corners = np.array([(0.15, 0.34, 0), (0.27, 0.2, 0), (0.48, 0.52, 0)]) * em
    return VGroup(frame, tick.set_points_as_corners(corners))
