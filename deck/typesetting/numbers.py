"""Columns of numbers: their decimal points below each other, by what is kept free behind the shorter ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from deck.typesetting.blocks import Inline, Span, SpanStyle, Table, plain

__all__ = ["aligned"]

NUMBER = re.compile(r"[-+\u2212±]?[0-9][0-9 ,.\u2009\u00a0'\u2019]*(?:[eE][-+]?[0-9]+)?\s?[%°]?")
DECIMALS = re.compile(r"[.,][0-9]+(?=\D*\Z)")
THOUSANDS = re.compile(r"[.,][0-9]{3}(?=\D*\Z)")
"""What looks like decimals and is none, if all of a column's do."""
HIDDEN = SpanStyle(hidden=True)

Cell = tuple[Inline, ...]


def aligned(table: Table) -> Table:
    """Return a table whose columns of numbers are on the right, with as many decimals, shown or not."""
    rows = [list(row) for row in table.rows]
    sides = list(table.sides)
    for at in range(len(rows[0])):
        cells = [row[at] for row in rows[1:] if at < len(row)]
        if sides[at] == "center" or not _are_numbers(cells):
            continue
        sides[at] = "right"
        most = max(map(_decimals, cells), key=len, default="")
        if all(THOUSANDS.fullmatch(found) for cell in cells if (found := _decimals(cell))):
            continue
        for row in rows[1:]:
            if at < len(row) and plain(row[at]):
                row[at] = (*row[at], *_rest(_decimals(row[at]), most))
    return replace(table, rows=tuple(tuple(row) for row in rows), sides=tuple(sides))


def _are_numbers(cells: Sequence[Cell]) -> bool:
    texts = [plain(cell) for cell in cells if plain(cell)]
    is_plain = all(isinstance(inline, Span) for cell in cells for inline in cell)
    return is_plain and len(texts) > 1 and all(NUMBER.fullmatch(text) for text in texts)


def _decimals(cell: Cell) -> str:
    """Return what stands from the decimal point on."""
    text = plain(cell)
    found = DECIMALS.search(text)
    return text[found.start() :] if found else ""


def _rest(own: str, most: str) -> tuple[Span, ...]:
    """Return what is missing behind a number, to be kept free."""
    missing = most[len(own) :] if own else most
    return (Span(missing, HIDDEN),) if missing else ()
