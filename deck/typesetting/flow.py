"""Blocks one below the other, as pieces: paragraphs, headings, lists, quotes, tables, formulas, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deck.errors import SlideError
from deck.formulas import SetFormula
from deck.identifiers import slug
from deck.typesetting import listings, measures, pictures
from deck.typesetting.blocks import (
    Block,
    Callout,
    Columns,
    Display,
    Figures,
    Heading,
    Inline,
    Item,
    Items,
    Listing,
    Maths,
    PageBreak,
    Paragraph,
    Pause,
    Quote,
    Span,
    Table,
    Terms,
    plain,
    restyled,
)
from deck.typesetting.breaking import broken
from deck.typesetting.formulas import pixels, set_formula
from deck.typesetting.galley import Galley, unbroken
from deck.typesetting.numbers import aligned
from deck.typesetting.pieces import DrawnFormula, Lane, Panel, Part, Piece, SetPart, Step, begun, with_gap
from deck.typesetting.setup import Setup

__all__ = ["sheets"]

GAPS: dict[type, float] = {Heading: 1.1, Items: 0.6, Display: 0.6}
GAP = 0.75
AFTER_HEADING = 0.45
IN_ITEM = 0.4
"""Space above blocks, in ems."""
ENDS = (".", "!", "?", ":", ";", "…")
HEADING = 1.14
BAR, QUOTED = 0.14, 1.1
"""How thick a quote's bar is, and how far its text stands from there, in ems."""
INSET, CALLOUT = 47.0, 0.5
"""How far the text of a callout is from the sides of its panel in pixels, and from the others in ems."""
COLUMN_GAP = 72.0
NARROW_QUOTE = 540.0
"""Where there is no more room than that a quote has no bar."""

INDENT, MARKER_GAP, MARKER_EDGE = 1.0, 0.5, 0.1
TIGHT, LOOSE, NESTED = 0.55, 0.75, 0.36
DIGIT, DOT = 0.66, 0.3
"""How wide a number before an item is, in ems."""
NARROW_LIST = 675.0
"""Lists that stand deeper in lists than leaves that much room are no further inside."""

PADDING, BETWEEN, CLOSE = 0.3, 1.1, 0.5
"""Above and below the text of a row of a table, between columns, and between columns that are many, in ems."""
RULE, HEAD_RULE = 1.6, 3.4
NARROWEST = 2.6
"""A column and the space beside it take at least so many ems."""
CRAMPED = 5
"""Cells of more lines would rather be set smaller."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where text runs: from ``x``, ``width`` wide; in so many lists."""

    x: float
    width: float
    depth: int = 0


def sheets(blocks: Iterable[Block], setup: Setup, galley: Galley) -> list[list[Piece]]:
    """
    Return the pieces of a text, in a list for each part between its own page breaks.

    Raises
    ------
    SlideError
        If an image may not be read or a formula not be set; it says the line.
    """
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, PageBreak):
            parts.append([])
        else:
            parts[-1].append(block)
    flow = _Flow(setup, galley)
    found = [flow.blocks(part, Column(0.0, setup.measures.width)) for part in parts]
    return [pieces for pieces in found if pieces]


class _Flow:
    """Makes pieces of blocks in one size of type."""

    def __init__(self, setup: Setup, galley: Galley) -> None:
        self._setup, self._galley = setup, galley
        self._set: dict[type, Callable[[Any, Column], list[Piece]]] = {
            Paragraph: self._paragraph,
            Heading: self._heading,
            Quote: self._quote,
            Callout: self._callout,
            Columns: self._columns,
            Terms: self._terms,
            Display: self._display,
            Listing: lambda block, column: listings.pieces(block, setup, galley, column.x, column.width),
            Table: self._tables,
            Figures: lambda block, column: pictures.pieces(block, setup, galley, column.x, column.width),
            Items: self._items,
        }

    def blocks(self, blocks: Sequence[Block], column: Column) -> list[Piece]:
        """Return the pieces of blocks that stand one below the other."""
        pieces: list[Piece] = []
        before: Block | None = None
        pause = False
        for block in blocks:
            if isinstance(block, Pause):
                pause = True
                continue
            made = self._set[type(block)](block, column) if type(block) in self._set else []
            if not made:
                continue
            made = with_gap(made, _gap(before, block, column) * self._setup.em, airy=not isinstance(before, Heading))
            after_items = isinstance(before, Items) and not column.depth and self._setup.incremental
            if pause or (after_items and not isinstance(block, Items)):
                made = begun(made, Step())
            pieces += _ended(made, block)
            before, pause = block, False
        return pieces

    def _paragraph(self, block: Paragraph, column: Column, role: str = "paragraph", **facts: Any) -> list[Piece]:
        setup = self._setup
        name = self._galley.text(block.inlines, setup, x=column.x, width=column.width, **facts)
        says = plain(block.inlines)
        return [Piece(id=name, parts=(SetPart(name),), says=says, role=role, size=setup.size)]

    def _heading(self, block: Heading, column: Column) -> list[Piece]:
        size = min(self._setup.size * HEADING, measures.TITLE)
        bold = restyled(block.inlines, bold=True)
        name = self._galley.text(bold, self._setup, x=column.x, width=column.width, size=size)
        step = Step(slug(block.id) or slug(plain(block.inlines)), is_heading=True)
        says = plain(block.inlines)
        return [Piece(id=name, parts=(SetPart(name),), says=says, role="heading", keeps=True, step=step, size=size)]

    def _quote(self, block: Quote, column: Column) -> list[Piece]:
        """Set a quote, its text quiet, with a bar beside it; all of it appears at once."""
        em = self._setup.em
        shift = QUOTED * em if column.width > NARROW_QUOTE else 0.0
        inner = _Flow(replace(self._setup, incremental=False), self._galley).blocks(
            [_quoted(each) for each in block.blocks],
            Column(column.x + shift, column.width - shift, column.depth + 1),
        )
        panel = Panel(self._start(column, 0.0, BAR * em), BAR * em, 0.0, "line")
        return [
            replace(
                piece,
                step=None,
                panel=piece.panel or (panel if shift else None),
                role="quote" if piece.role == "paragraph" else piece.role,
            )
            for piece in inner
        ]

    def _callout(self, block: Callout, column: Column) -> list[Piece]:
        """Set what is apart from the rest on a panel, its title in the accent's colour; all of it appears at once."""
        em = self._setup.em
        inner = Column(column.x + INSET, column.width - 2 * INSET, column.depth + 1)
        title = Paragraph(restyled(block.title, bold=True, tone="accent"))
        flow = _Flow(replace(self._setup, incremental=False), self._galley)
        head = [replace(piece, keeps=True) for piece in _ended(flow._paragraph(title, inner), title)]
        panel = Panel(column.x, column.width, CALLOUT * em, "surface")
        below = with_gap(flow.blocks(block.blocks, inner), AFTER_HEADING * em)
        return [replace(piece, step=None, panel=panel) for piece in (*head, *below)]

    def _columns(self, block: Columns, column: Column) -> list[Piece]:
        """Set blocks side by side, as wide as they say, or as each other."""
        group = object()
        said = sum(each.share for each in block.columns)
        unsaid = sum(not each.share for each in block.columns)
        rest = max(1.0 - said, 0.2) / unsaid if unsaid else 0.0
        shares = [each.share or rest for each in block.columns]
        free = column.width - COLUMN_GAP * (len(shares) - 1)
        x, found = column.x, list[Piece]()
        for number, (each, share) in enumerate(zip(block.columns, shares, strict=True)):
            width = free * share / max(sum(shares), 1.0)
            made = self.blocks(each.blocks, Column(x, width, column.depth))
            found += [replace(piece, lane=Lane(group, number), keeps=True) for piece in made]
            x += width + COLUMN_GAP
        return [*found[:-1], *(replace(piece, keeps=False) for piece in found[-1:])]

    def _terms(self, block: Terms, column: Column) -> list[Piece]:
        """Set each term in bold, and what it means below it, a little to the right."""
        em = self._setup.em
        found: list[Piece] = []
        for term in block.terms:
            head = Paragraph(restyled(term.inlines, bold=True))
            made = with_gap(self._paragraph(head, column), (LOOSE if found else 0.0) * em, airy=True)
            inside = Column(column.x + INDENT * em, column.width - INDENT * em, column.depth + 1)
            below = with_gap(self.blocks(term.blocks, inside), NESTED * em)
            found += [replace(made[0], keeps=bool(below)), *below]
        return found

    def _items(self, block: Items, column: Column) -> list[Piece]:
        """Return the pieces of a list; with each item a reveal begins, unless the setup says otherwise."""
        setup, em = self._setup, self._setup.em
        widest = max((_marker_width(item) for item in block.items), default=0.0)
        indent = max(INDENT, MARKER_EDGE + widest + MARKER_GAP) * em
        x, width = column.x, column.width
        if width - indent < NARROW_LIST and x >= indent:
            x, width = x - indent, width + indent
        gap = NESTED if column.depth else LOOSE if block.loose else TIGHT
        found: list[Piece] = []
        for item in block.items:
            head, rest = _head(item)
            marker = {**_marker(item, column.depth), "indent": indent, "gap": MARKER_GAP * em}
            facts: dict[str, Any] = {"marker": marker, "hang": indent}
            made = self._paragraph(head, Column(x, width), "item", **facts)
            if item.number:
                made = [replace(made[0], says=f"{item.number}. {made[0].says}")]
            inside = Column(x + indent, width - indent, column.depth + 1)
            made = [*_ended(made, head), *self._below(head, rest, inside)]
            made = with_gap(made, gap * em if found else 0.0, airy=True)
            found += begun(made, Step()) if setup.incremental else made
        return found

    def _below(self, head: Block, rest: Sequence[Block], column: Column) -> list[Piece]:
        """Return what stands in an item below its first paragraph."""
        below = self.blocks(rest, column)
        return with_gap(below, _gap(head, rest[0], column) * self._setup.em, airy=True) if below else []

    def _display(self, block: Display, column: Column) -> list[Piece]:
        """Set a formula by itself, in the middle; one that is too wide is made smaller, or goes on on further lines."""
        setup = self._setup
        formula = set_formula(block.tex, setup, block.line, display=True)
        if formula.width * pixels(measures.SMALLEST) > column.width:
            formula = self._broken(block, column.width) or formula
        scale = min(pixels(setup.size), column.width / formula.width if formula.width else pixels(setup.size))
        height = (formula.ascent + formula.descent) * scale
        scale *= min(1.0, setup.measures.height / height if height else 1.0)
        free = max(0.0, column.width - formula.width * scale)
        part = DrawnFormula(formula, block.tex, self._start(column, free / 2, formula.width * scale), scale)
        height = max((formula.ascent + formula.descent) * scale, 1.0)
        parts: tuple[Part, ...] = (part,)
        if block.number:
            number = (Span(f"({block.number})"),)
            name = self._galley.text(number, setup, x=column.x, width=column.width, align="end")
            parts = (part, SetPart(name, y=formula.ascent * scale - measures.ASCENT * setup.em))
        return [Piece(height=height, parts=parts, says=block.tex, role="formula", size=setup.size)]

    def _start(self, column: Column, inset: float, width: float) -> float:
        """Return where something begins that stands so far inside of a column."""
        x = column.x + inset
        return self._setup.measures.width - x - width if self._setup.is_rtl else x

    def _broken(self, block: Display, width: float) -> SetFormula | None:
        """Return a formula with further lines, or nothing if a part of it cannot be set by itself."""
        setup = self._setup

        def measure(tex: str) -> float:
            return set_formula(tex, setup, block.line, display=True).width

        try:
            tex = broken(block.tex, measure, width / pixels(setup.size))
            return set_formula(tex, setup, block.line, display=True)
        except SlideError:
            return None

    def _tables(self, block: Table, column: Column) -> list[Piece]:
        """
        Return the pieces of a table, one for each row; each page has the header, if it says something.

        A table of very many columns becomes several, one below the other, each with the first column.
        """
        most = max(int(column.width / (NARROWEST * self._setup.em)), 2)
        count = len(block.rows[0])
        if count <= most:
            return self._table(block, column)
        found: list[Piece] = []
        for start in range(1, count, most - 1):
            chosen = [0, *range(start, min(start + most - 1, count))]
            rows = tuple(tuple(row[at] for at in chosen if at < len(row)) for row in block.rows)
            part = Table(rows, tuple(block.sides[at] for at in chosen))
            found += with_gap(self._table(part, column), self._setup.em)
        return found

    def _table(self, block: Table, column: Column) -> list[Piece]:
        block = aligned(block)
        setup, galley = self._setup, self._galley
        count = len(block.rows[0])
        has_head = any(plain(cell) for cell in block.rows[0])
        between = (BETWEEN if count * BETWEEN * setup.em < column.width / 3 else CLOSE) * setup.em
        cells_of: list[list[Any]] = [[] for _ in range(count)]
        unbroken_of: list[dict[str, Any]] = [{} for _ in range(count)]
        rows, made, head = [], list[Piece](), list[Piece]()
        for nth, row in enumerate(block.rows):
            if not nth and not has_head:
                continue
            name = galley.part()
            cells = [restyled(cell, bold=True) if not nth else cell for cell in row[:count]]
            cells += [()] * (count - len(cells))
            is_tall = any(isinstance(inline, Maths) for cell in cells for inline in cell)
            rows.append({"id": name, "rule": RULE if nth else HEAD_RULE, "tall": is_tall})
            for nth_column, cell in enumerate(cells):
                spans = galley.spans(cell, setup, width=column.width / count, sizes=(setup.size,))
                cells_of[nth_column].append(spans)
                unbroken_of[nth_column] |= {str(run): run for run in unbroken(spans)}
            says = ", ".join(text for cell in row if (text := plain(cell))) + "."
            piece = Piece(id=name, parts=(SetPart(name),), says=says, role="cell", lines=CRAMPED, size=setup.size)
            if nth:
                made.append(replace(piece, again=tuple(head)))
            else:
                head = [replace(piece, keeps=len(block.rows) > 1)]
        left, right = column.x, setup.measures.width - column.x - column.width
        galley.add(
            {
                "left": right if setup.is_rtl else left,
                "right": left if setup.is_rtl else right,
                "size": setup.em,
                "columns": [
                    {"cells": own, "unbroken": list(runs.values())}
                    for own, runs in zip(cells_of, unbroken_of, strict=True)
                ],
                "sides": block.sides,
                "gutter": between,
                "padding": PADDING * setup.em,
                "rows": rows,
            }
        )
        return [*head, *made]


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
    if column.depth and isinstance(block, Items):
        return NESTED
    return IN_ITEM if column.depth else GAPS.get(type(block), GAP)


def _quoted(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(restyled(block.inlines, italic=True, tone="quiet"))
    return block


def _head(item: Item) -> tuple[Paragraph, tuple[Block, ...]]:
    """Return the paragraph that an item's marker stands before, which may be empty, and the rest."""
    first = item.blocks[0] if item.blocks else None
    if isinstance(first, Paragraph):
        return first, item.blocks[1:]
    empty: tuple[Inline, ...] = (Span(" "),)
    return Paragraph(empty), item.blocks


def _marker(item: Item, depth: int) -> dict[str, str]:
    if item.done is not None:
        return {"sign": "done" if item.done else "open"}
    if item.number is not None:
        return {"number": f"{item.number}."}
    return {"sign": ("disc", "ring", "dash")[min(depth, 2)]}


def _marker_width(item: Item) -> float:
    """Return how wide an item's marker is, in ems."""
    if item.number is None:
        return 0.3 if item.done is None else 0.62
    return DIGIT * len(str(item.number)) + DOT
