"""Tables: columns as wide as they need, thin lines between rows, text wrapped in its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from deck import theme
from deck.typesetting.blocks import Inline, Table, plain
from deck.typesetting.ink import draw_line, rectangle
from deck.typesetting.lines import Line, break_lines
from deck.typesetting.palette import LEADING
from deck.typesetting.pieces import Piece, PiecePart, with_gap
from deck.typesetting.setup import Setup
from deck.typesetting.words import restyled

__all__ = ["pieces", "shares"]

PADDING, BETWEEN, CLOSE = 0.3, 1.1, 0.5
"""Above and below a row's text, between columns, and between columns that are many, in ems."""
RULE, HEAD_RULE = 0.012, 0.025
NARROWEST = 2.6
"""A column and the space beside it take at least so many ems."""
HALVINGS = 40
CRAMPED = 5
"""Cells of more lines would rather be set smaller."""
FULL = 0.62
"""A table that takes at least this share of the width takes all of it."""

Cells = Sequence[Sequence[Inline]]


def pieces(block: Table, setup: Setup, x: float, width: float) -> list[Piece]:
    """
    Return the pieces of a table: one for each row, or more where a row is high; each page has the header, if it says
    something.

    A table of very many columns becomes several, one below the other, each with the first column.
    """
    most = max(int(width / (NARROWEST * setup.em)), 2)
    count = len(block.rows[0])
    if count <= most:
        return _table(block, setup, x, width)
    found: list[Piece] = []
    for start in range(1, count, most - 1):
        chosen = [0, *range(start, min(start + most - 1, count))]
        rows = tuple(tuple(row[at] for at in chosen if at < len(row)) for row in block.rows)
        part = Table(rows, tuple(block.sides[at] for at in chosen))
        found += with_gap(_table(part, setup, x, width), setup.em)
    return found


def _table(block: Table, setup: Setup, x: float, width: float) -> list[Piece]:
    rows = [tuple(restyled(cell, bold=True) for cell in block.rows[0]), *block.rows[1:]]
    count = len(rows[0])
    between, free = _between(rows, setup, width)
    natural = [_widest(rows, at, lambda cell: _natural(cell, setup)) for at in range(count)]
    least = [_least(rows, setup, at, free) for at in range(count)]
    columns = shares(natural, least, free)
    lefts = [x + sum(columns[:at]) + between * at for at in range(count)]
    total = sum(columns) + between * (count - 1)
    head: list[Piece] = []
    made: list[Piece] = []
    for nth, row in enumerate(rows):
        cells = [break_lines(cell, setup, columns[at]) for at, cell in enumerate(row[:count])]
        slices = _row(cells, setup, (lefts, columns, block.sides), rule=(x, total, RULE if nth else HEAD_RULE))
        strained = sum(least) > free or len(slices) > CRAMPED
        slices = [replace(piece, strained=strained, again=tuple(head)) for piece in slices]
        if nth:
            made += slices
        elif any(plain(cell) for cell in row):
            head = [replace(piece, keeps=True, again=()) for piece in slices]
    return [*head, *made] if made else [replace(piece, keeps=False) for piece in head]


def _between(rows: Sequence[Cells], setup: Setup, width: float) -> tuple[float, float]:
    """Return the space between columns, which is less where words need it, and what is left for columns."""
    count = len(rows[0])
    for share in (BETWEEN, CLOSE):
        between = share * setup.em
        free = width - between * (count - 1)
        if sum(_least(rows, setup, at, free) for at in range(count)) <= free:
            break
    return between, free


def shares(natural: Sequence[float], least: Sequence[float], free: float) -> list[float]:
    """
    Return how wide columns are: so that the longest texts take about as many lines, where they need more than one.

    Parameters
    ----------
    natural
        What each needs for its longest text on one line.
    least
        What each needs for its longest word.
    free
        What there is for all.
    """
    wanted = sum(natural)
    if wanted <= free:
        grown = free if wanted >= FULL * free else wanted
        return [each + (grown - wanted) / len(natural) for each in natural]
    if sum(least) >= free:
        even = free / len(least)
        spare = sum(max(even - each, 0.0) for each in least)
        excess = sum(max(each - even, 0.0) for each in least)
        return [each if each <= even else even + (each - even) * spare / excess for each in least]
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        share = (low + high) / 2
        fits = sum(max(small, large * share) for small, large in zip(least, natural, strict=True)) <= free
        low, high = (share, high) if fits else (low, share)
    return [max(small, large * low) for small, large in zip(least, natural, strict=True)]


def _widest(rows: Sequence[Cells], at: int, measure: Callable[[Sequence[Inline]], float]) -> float:
    return max((measure(row[at]) for row in rows if at < len(row)), default=0.0)


def _least(rows: Sequence[Cells], setup: Setup, at: int, free: float) -> float:
    return _widest(rows, at, lambda cell: _longest(cell, setup, free))


def _natural(cell: Sequence[Inline], setup: Setup) -> float:
    return max((line.width for line in break_lines(cell, setup, 1e6)), default=0.0) + 0.01


def _longest(cell: Sequence[Inline], setup: Setup, free: float) -> float:
    """Return the width of a cell's longest word, as it is where each word has a line of its own."""
    return min(max((line.width for line in break_lines(cell, setup, 0.0, whole=True)), default=0.0) + 0.01, free)


def _row(
    cells: Sequence[Sequence[Line]],
    setup: Setup,
    columns: tuple[Sequence[float], Sequence[float], Sequence[str]],
    rule: tuple[float, float, float],
) -> list[Piece]:
    """Return a row's pieces, one for each line of its highest cell, with a rule below the last."""
    em = setup.em
    count = max(len(lines) for lines in cells)
    made: list[Piece] = []
    for nth in range(count):
        level = [(at, lines[nth]) for at, lines in enumerate(cells) if nth < len(lines)]
        above = (PADDING if not nth else LEADING) * em
        ascent, descent = max(line.ascent for _, line in level), max(line.descent for _, line in level)
        parts = [_cell(line, setup, above + ascent, at, columns) for at, line in level if line.parts]
        height = above + ascent + descent
        if nth == count - 1:
            height += PADDING * em
            x, width, thick = rule
            parts.append(PiecePart(x=x, depth=height, make=partial(rectangle, width, thick, theme.LINE)))
            height += thick
        says = ", ".join(line.text for _, line in level if line.parts) + ("." if nth == count - 1 else "")
        made.append(Piece(height=height, baseline=above + ascent, parts=tuple(parts), keeps=nth < count - 1, says=says))
    return made


def _cell(
    line: Line, setup: Setup, depth: float, at: int, columns: tuple[Sequence[float], Sequence[float], Sequence[str]]
) -> PiecePart:
    lefts, widths, sides = columns
    free = max(widths[at] - line.width, 0.0)
    shift = {"right": free, "center": free / 2}.get(sides[at] if at < len(sides) else "left", 0.0)
    return PiecePart(x=lefts[at] + shift, depth=depth, make=lambda: draw_line(line, setup))
