"""Pieces: what a page is stacked from, each with its height; none of them may be torn apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from manim import Mobject

from deck.typesetting.ink import draw_line
from deck.typesetting.lines import Line
from deck.typesetting.palette import ASCENT, DESCENT, LEADING
from deck.typesetting.setup import Setup

__all__ = ["Panel", "Piece", "PiecePart", "Step", "begun", "line_pieces", "with_gap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecePart:
    """
    Something in a piece.

    Attributes
    ----------
    x
        From the page's left edge.
    depth
        Below the piece's upper edge.
    make
        Returns a mobject whose origin is to come to that place.
    """

    x: float
    depth: float
    make: Callable[[], Mobject]


@dataclass(frozen=True, slots=True)
class Step:
    """The beginning of a reveal; a heading's has an id, given with it or made of it."""

    id: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """What stands behind pieces, or beside them: one mark for all that have the same panel."""

    kind: str
    x: float
    width: float
    padding: float
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    A strip of a page, all lengths in manim's units.

    Attributes
    ----------
    height
        How high it is.
    gap
        What is between it and the piece above, if there is one.
    baseline
        Of its first line, below its upper edge.
    parts
        What is in it.
    keeps
        Whether the next piece is to stand on the same page.
    airy
        Whether the gap may grow where there is room.
    strained
        Whether it would rather be set smaller.
    step
        Whether a reveal begins with it.
    panel
        What it stands on.
    says
        What can be read in it.
    again
        What is repeated above it where it is the first on a further page.
    ends
        How well a page may end below it, if it has to end among pieces that are to stay together; more is better.
    blank
        Whether it is left out where it is the first on a further page.
    """

    height: float
    gap: float = 0.0
    baseline: float = 0.0
    parts: tuple[PiecePart, ...] = ()
    keeps: bool = False
    airy: bool = False
    strained: bool = False
    step: Step | None = None
    panel: Panel | None = None
    says: str = ""
    again: tuple[Piece, ...] = ()
    ends: int = 0
    blank: bool = False


def line_pieces(lines: Sequence[Line], setup: Setup, x: float = 0.0, *, leading: float = LEADING) -> list[Piece]:
    """Return a piece for each line of a paragraph; its first two lines stay together, and so do its last two."""
    count = len(lines)
    pieces = []
    for nth, line in enumerate(lines):
        keeps = nth < count - 1 and (count <= 3 or nth in {0, count - 2})
        part = PiecePart(x=x, depth=line.ascent, make=partial(draw_line, line, setup))
        pieces.append(
            Piece(
                height=line.ascent + line.descent,
                gap=leading * setup.em if nth else 0.0,
                baseline=line.ascent,
                parts=(part,) if line.parts else (),
                keeps=keeps,
                says=line.text,
            )
        )
    return pieces


def empty_line(setup: Setup) -> Piece:
    """Return a line with nothing in it."""
    return Piece(height=(ASCENT + DESCENT) * setup.em, baseline=ASCENT * setup.em)


def with_gap(pieces: Sequence[Piece], gap: float, *, airy: bool = False) -> list[Piece]:
    """Return pieces with so much space above."""
    return [replace(pieces[0], gap=gap, airy=airy), *pieces[1:]] if pieces else []


def begun(pieces: Sequence[Piece], step: Step) -> list[Piece]:
    """Return pieces of which the first begins a reveal, if it does not yet."""
    return [replace(pieces[0], step=pieces[0].step or step), *pieces[1:]] if pieces else []
