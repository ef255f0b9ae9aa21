"""Blocks one below the other: paragraphs, headings, quotes, formulas, and the space between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from manim import ORIGIN, Mobject

from deck import theme
from deck.errors import SlideError
from deck.identifiers import slug
from deck.typesetting import listings, lists, pictures, tables
from deck.typesetting.blocks import (
    Block,
    Display,
    Figures,
    Heading,
    Items,
    Listing,
    PageBreak,
    Paragraph,
    Pause,
    Quote,
    Table,
    plain,
)
from deck.typesetting.breaking import broken
from deck.typesetting.formulas import Formula
from deck.typesetting.ink import Words
from deck.typesetting.lines import break_lines, pretty, set_formula
from deck.typesetting.palette import EM, unit
from deck.typesetting.pieces import Panel, Piece, PiecePart, Step, begun, line_pieces, with_gap
from deck.typesetting.setup import Setup
from deck.typesetting.words import restyled

__all__ = ["Column", "flow", "sheets"]

GAPS: dict[type, float] = {Heading: 1.1, Items: 0.6, Display: 0.6}
GAP = 0.75
AFTER_HEADING = 0.45
IN_ITEM = 0.4
ENDS = (".", "!", "?", ":", ";", "…")
"""Space above blocks, in ems."""
HEADING = 1.14
BAR, QUOTED = 0.14, 1.1
LEAST_WIDTH = 4.0
"""A quote's bar is so thick, and its text so far to the right, in ems."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where text runs: from ``x``, ``width`` wide; in so many lists."""

    x: float
    width: float
    depth: int = 0


def sheets(blocks: Iterable[Block], setup: Setup, width: float) -> list[list[Piece]]:
    """Return the pieces of a text, in a list for each part between its own page breaks."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, PageBreak):
            parts.append([])
        else:
            parts[-1].append(block)
    found = [flow(part, setup, Column(0.0, width)) for part in parts]
    return [pieces for pieces in found if pieces]


def flow(blocks: Sequence[Block], setup: Setup, column: Column) -> list[Piece]:
    """Return the pieces of blocks that stand one below the other."""
    pieces: list[Piece] = []
    before: Block | None = None
    pause = False
    for block in blocks:
        if isinstance(block, Pause):
            pause = True
            continue
        made = SET[type(block)](block, setup, column) if type(block) in SET else []
        if not made:
            continue
        made = with_gap(made, _gap(before, block, column) * setup.em, airy=not isinstance(before, Heading))
        after_items = isinstance(before, Items) and not column.depth and setup.incremental
        if pause or (after_items and not isinstance(block, Items)):
            made = begun(made, Step())
        pieces += _ended(made, block)
        before, pause = block, False
    return pieces


def _ended(pieces: list[Piece], block: Block) -> list[Piece]:
    """Return pieces with a full stop after what they say, and the last kept with what it announces."""
    last = pieces[-1]
    is_open = isinstance(block, Listing | Heading) or not last.says or last.says.endswith(ENDS)
    announces = isinstance(block, Paragraph) and last.says.endswith(":")
    return [*pieces[:-1], replace(last, says=last.says if is_open else f"{last.says}.", keeps=last.keeps or announces)]


def _gap(before: Block | None, block: Block, column: Column) -> float:
    if before is None:
        return 0.0
    if isinstance(before, Heading):
        return AFTER_HEADING
    return IN_ITEM if column.depth else GAPS.get(type(block), GAP)


def _paragraph(block: Paragraph, setup: Setup, column: Column) -> list[Piece]:
    return line_pieces(pretty(block.inlines, setup, column.width), setup, column.x)


def _heading(block: Heading, setup: Setup, column: Column) -> list[Piece]:
    size = min(setup.size * HEADING, theme.TITLE_SIZE)
    lines = break_lines(restyled(block.inlines, bold=True), setup, column.width, size=size)
    pieces = [replace(piece, keeps=True) for piece in line_pieces(lines, setup, column.x)]
    return begun(pieces, Step(slug(block.id) or slug(plain(block.inlines)), is_heading=True))


def _quote(block: Quote, setup: Setup, column: Column) -> list[Piece]:
    """Set a quote, its text quiet, with a bar at its left; all of it appears at once."""
    shift = QUOTED * setup.em if column.width > LEAST_WIDTH else 0.0
    inner = flow(
        [_quoted(each) for each in block.blocks],
        replace(setup, incremental=False),
        Column(column.x + shift, column.width - shift, column.depth + 1),
    )
    panel = Panel("bar", column.x, BAR * setup.em, 0.0, theme.LINE)
    return [replace(piece, step=None, panel=piece.panel or (panel if shift else None)) for piece in inner]


def _quoted(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(restyled(block.inlines, italic=True, tone=theme.QUIET))
    return block


def _display(block: Display, setup: Setup, column: Column) -> list[Piece]:
    """Set a formula by itself, in the middle; one that is too wide is made smaller, or goes on on further lines."""
    formula = set_formula(block.tex, setup, block.line, display=True)
    if formula.width * unit(theme.SMALLEST_SIZE) > column.width:
        formula = _broken(block, setup, column.width) or formula
    scale = min(setup.em, column.width / formula.width if formula.width else setup.em)
    height = (formula.ascent + formula.descent) * scale
    scale *= min(1.0, setup.share * (theme.CONTENT_TOP - theme.CONTENT_BOTTOM) / height if height else 1.0)

    def make() -> Mobject:
        copy = formula.mobject.copy().scale(scale, about_point=ORIGIN)
        return Words(copy, text=block.tex, size=scale * EM)

    middle = column.x + max(0.0, column.width - formula.width * scale) / 2
    part = PiecePart(x=middle, depth=formula.ascent * scale, make=make)
    ascent, descent = formula.ascent * scale, formula.descent * scale
    return [Piece(height=max(ascent + descent, 0.01), baseline=ascent, parts=(part,), says=block.tex)]


def _broken(block: Display, setup: Setup, width: float) -> Formula | None:
    """Return a formula with further lines, or nothing if a part of it cannot be set by itself."""

    def measure(tex: str) -> float:
        return set_formula(tex, setup, block.line, display=True).width

    try:
        tex = broken(block.tex, measure, width / setup.em)
        return set_formula(tex, setup, block.line, display=True)
    except SlideError:
        return None


SET: dict[type, Callable[[Any, Setup, Any], list[Piece]]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    Quote: _quote,
    Display: _display,
    Listing: lambda block, setup, column: listings.pieces(block, setup, column.x, column.width),
    Table: lambda block, setup, column: tables.pieces(block, setup, column.x, column.width),
    Figures: lambda block, setup, column: pictures.pieces(block, setup, column.x, column.width),
    Items: lambda block, setup, column: lists.pieces(
        block,
        setup,
        (column.x, column.width, column.depth),
        lambda blocks, x, width: flow(blocks, setup, Column(x, width, column.depth + 1)),
    ),
}
