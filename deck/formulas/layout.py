"""Formulas and texts laid out: lines below lines, columns beside columns, as TeX's environments have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, pairwise
from xml.etree import ElementTree as ET

from deck.formulas import (  # noqa: F401 - they make the commands known
    arrows,
    boxes,
    commands,
    fractions,
    letters,
    physics,
    prose,
    scripts,
    structures,
)
from deck.formulas.atoms import EM, row
from deck.formulas.cells import bounded_columns, rows
from deck.formulas.drawing import FilledPath, FormulaBox, SetFormula, box
from deck.formulas.forms import MULTLINE, Form, form_of
from deck.formulas.lengths import ems
from deck.formulas.maths import Context, MathsReader
from deck.formulas.source import Token
from deck.formulas.stream import Macros, Stream
from deck.formulas.words import Display, Gap, LineEnd, Piece, TextLook, Word, words

__all__ = ["INLINE", "block"]

LINE = 1.2
"""From one baseline to the next, in ems: 12 points where type has 10."""
TIGHT = 0.1
"""Between lines that are too high for that."""
JOT = 0.3
"""How much more there is between lines of maths."""
SHOVED = 2.0
"""How far the last line of a long formula ends to the right of the longest."""
MEASURE = 34.5
"""How long lines get: 345 points, LaTeX's own."""

INLINE = "math"
"""The environment of maths in a line of text."""
ONE = Form()
"""A formula without columns."""
ALIGNS = {"center": "center", "flushright": "right"}


@dataclass(slots=True)
class FormulaLine:
    """Boxes side by side, from the line's own left edge."""

    align: str
    indent: float = 0.0
    down: float = 0.0
    more: float = 0.0
    boxes: list[tuple[float, FormulaBox]] = field(default_factory=list)
    width: float = 0.0

    def add(self, made: FormulaBox, gap: float) -> None:
        """Add a box after a gap."""
        self.boxes.append((self.width + gap, made))
        self.width += gap + made.width

    @property
    def ascent(self) -> float:
        """How far it reaches up."""
        return max((made.ascent for _, made in self.boxes), default=0.0)

    @property
    def descent(self) -> float:
        """How far it reaches down."""
        return max((made.descent for _, made in self.boxes), default=0.0)


def block(tokens: Iterable[Token], environment: str | None, macros: Macros) -> SetFormula:
    r"""
    Set what stands in an environment.

    Parameters
    ----------
    environment
        What stands behind ``\begin``, as in ``align*`` or ``minipage}{10em``; none for text in a paragraph.
    macros
        Those that are known.

    Raises
    ------
    UnsetError
        If that is more than can be set.
    """
    name = re.split(r"[}\[{]", (environment or "").removeprefix("\\begin").lstrip("{"), maxsplit=1)[0].rstrip("*")
    if name == INLINE or form_of(name):
        return _stacked(_equations(list(tokens), macros, name))
    measure = ems(environment.rsplit("{", 1)[-1]) if environment and name == "minipage" else 0.0
    pieces = words(list(tokens), macros, TextLook())
    return _stacked(_lines(pieces, ALIGNS.get(name, "left"), (measure or MEASURE) * EM, macros))


def _equations(tokens: list[Token], macros: Macros, name: str) -> list[FormulaLine]:
    """Return the lines of equations, their columns below each other."""
    form = form_of(name) or ONE
    if form.takes:
        stream = Stream(tokens, macros)
        stream.argument()
        tokens = stream.rest()
    found = rows(tokens, macros)
    if len(form.align) == 1:
        for line in found:
            line.cells = [list(chain(*line.cells))]
    bounded_columns(max(len(line.cells) for line in found))
    style = 1 if name == INLINE else 0
    grid = [[_cell(cell, macros, form, place, style) for place, cell in enumerate(line.cells)] for line in found]
    widths = [0.0] * max(map(len, grid))
    for cells in grid:
        for place, made in enumerate(cells):
            widths[place] = max(widths[place], made.width)
    lines = [_aligned(cells, widths, form) for cells in grid]
    for upper, lower in pairwise(range(len(lines))):
        lines[lower].down = found[upper].after * EM
    if form.align == MULTLINE and len(lines) > 1:
        _shove(lines, widths[0] + SHOVED * EM)
    return lines


def _aligned(cells: list[FormulaBox], widths: list[float], form: Form) -> FormulaLine:
    """Return a line whose boxes stand in columns; all that have several columns are equally wide."""
    line = FormulaLine("left" if len(widths) > 1 else "center", more=JOT * EM)
    left = 0.0
    for place, made in enumerate(cells):
        free = widths[place] - made.width if len(widths) > 1 else 0.0
        shift = {"r": free, "c": free / 2}.get(form.align[place % len(form.align)], 0.0)
        line.boxes.append((left + shift, made))
        line.width = left + shift + made.width
        left += widths[place] + form.gaps[place % len(form.gaps)] * EM
    return line


def _shove(lines: list[FormulaLine], width: float) -> None:
    """Let the first line of a long formula start on the left, and the last one end on the right."""
    for line in lines:
        line.align, line.indent = "left", (width - line.width) / 2
    lines[0].indent, lines[-1].indent = 0.0, width - lines[-1].width


def _cell(tokens: list[Token], macros: Macros, form: Form, place: int, style: int) -> FormulaBox:
    atoms = MathsReader.of(tokens, macros, Context(style)).line()
    leading = form.align == "rl" and place % 2 == 1 and bool(atoms)
    return box(row(atoms, style, leading=leading))


def _lines(pieces: list[Piece], align: str, measure: float, macros: Macros) -> list[FormulaLine]:
    """Return text as lines, broken where they get too long."""
    current = FormulaLine(align)
    lines = [current]
    gap = 0.0
    for piece in pieces:
        if isinstance(piece, Gap):
            gap += piece.width * EM if current.boxes else 0.0
        elif isinstance(piece, Word):
            made = box(_joined(piece), piece.size)
            if current.boxes and gap and current.width + gap + made.width > measure:
                current = FormulaLine(current.align, current.indent)
                lines.append(current)
                gap = 0.0
            current.add(made, gap)
            gap = 0.0
        else:
            gap = 0.0
            if isinstance(piece, Display):
                lines += _shown(piece, macros)
            current = _next(piece, current, align)
            lines.append(current)
    return [line for line in lines if line.boxes]


def _joined(word: Word) -> ET.Element:
    made = ET.Element("mrow")
    made.extend(word.elements)
    return made


def _next(piece: LineEnd | Display, current: FormulaLine, align: str) -> FormulaLine:
    if isinstance(piece, Display):
        return FormulaLine(align)
    keeps = not current.boxes and not piece.align
    return FormulaLine(
        piece.align or (current.align if keeps else align),
        piece.indent * EM,
        down=piece.down * EM + (LINE * EM if keeps else 0.0),
    )


def _shown(display: Display, macros: Macros) -> list[FormulaLine]:
    lines = _equations(list(display.tokens), macros, display.environment.rstrip("*"))
    width = max(line.indent + line.width for line in lines)
    for line in lines:
        if line.align == "left":  # they move together
            line.boxes = [(line.indent + x, made) for x, made in line.boxes]
            line.indent, line.width = 0.0, width
        line.align = "center"
    return lines


def _stacked(lines: list[FormulaLine]) -> SetFormula:
    """Put lines below each other."""
    if not lines:
        return SetFormula((), 0.0, 0.0, 0.0)
    width = max(line.indent + line.width for line in lines)
    baselines = [0.0]
    for upper, lower in pairwise(lines):
        needed = upper.descent + lower.ascent + TIGHT * EM
        baselines.append(baselines[-1] + max(LINE * EM, needed) + lower.down + lower.more)
    marks: list[FilledPath] = []
    order = 0
    for line, y in zip(lines, baselines, strict=True):
        free = width - line.width
        left = {"center": free / 2, "right": free}.get(line.align, line.indent)
        for x, made in line.boxes:
            marks += made.marks(left + x, y, order)
            order += 1
    return SetFormula(tuple(marks), width, lines[0].ascent, baselines[-1] + lines[-1].descent)
