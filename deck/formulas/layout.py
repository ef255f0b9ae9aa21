"""Formulas and texts laid out: lines below lines, columns beside columns, as TeX's environments have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, pairwise
from xml.etree import ElementTree as ET

from deck.formulas import commands, prose, structures  # noqa: F401 - they make the commands known
from deck.formulas.atoms import EM, row
from deck.formulas.drawing import Box, Mark, Placed, box
from deck.formulas.lengths import ems
from deck.formulas.maths import Context, Reader
from deck.formulas.source import Token
from deck.formulas.stream import Macros
from deck.formulas.tables import rows
from deck.formulas.words import Break, Display, Gap, Look, Piece, Word, words

__all__ = ["INLINE", "block"]

LINE = 1.2
"""From one baseline to the next, in ems: 12 points where type has 10."""
TIGHT = 0.1
"""Between lines that are too high for that."""
JOT = 0.3
"""How much more there is between lines of maths."""
PAIRS = 2.0
"""Between pairs of aligned columns."""
MEASURE = 34.5
"""How long lines get: 345 points, LaTeX's own."""

INLINE = "math"
"""The environment of maths in a line of text."""
ALIGNED = {"align", "alignat", "flalign", "aligned", "split", "eqnarray"}
ALONE = {"gather", "equation", "multline", "displaymath", INLINE}
ALIGNS = {"center": "center", "flushright": "right"}


@dataclass(slots=True)
class Line:
    """Boxes side by side, from the line's own left edge."""

    align: str
    indent: float = 0.0
    down: float = 0.0
    more: float = 0.0
    boxes: list[tuple[float, Box]] = field(default_factory=list)
    width: float = 0.0

    def add(self, made: Box, gap: float) -> None:
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


def block(tokens: Iterable[Token], environment: str | None, macros: Macros) -> Placed:
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
    if name in ALIGNED or name in ALONE:
        return _stacked(_equations(list(tokens), macros, name))
    measure = ems(environment.rsplit("{", 1)[-1]) if environment and name == "minipage" else 0.0
    pieces = words(list(tokens), macros, Look())
    return _stacked(_lines(pieces, ALIGNS.get(name, "left"), (measure or MEASURE) * EM, macros))


def _equations(tokens: list[Token], macros: Macros, name: str) -> list[Line]:
    """Return the lines of equations, their columns below each other."""
    style = 1 if name == INLINE else 0
    found = rows(tokens) if name in ALIGNED else [[list(chain(*line))] for line in rows(tokens)]
    grid = [[_cell(cell, macros, place, style) for place, cell in enumerate(line)] for line in found]
    widths = [0.0] * max(len(line) for line in grid)
    for line in grid:
        for place, made in enumerate(line):
            widths[place] = max(widths[place], made.width)
    return [_aligned(cells, widths) for cells in grid]


def _aligned(cells: list[Box], widths: list[float]) -> Line:
    line = Line("left" if len(widths) > 1 else "center", more=JOT * EM)
    left = 0.0
    for place, made in enumerate(cells):
        shift = widths[place] - made.width if place % 2 == 0 and len(widths) > 1 else 0.0
        line.boxes.append((left + shift, made))
        line.width = left + shift + made.width
        left += widths[place] + (PAIRS * EM if place % 2 else 0.0)
    return line


def _cell(tokens: list[Token], macros: Macros, place: int, style: int) -> Box:
    atoms = Reader.of(tokens, macros, Context(style)).line()
    return box(row(atoms, style, leading=place % 2 == 1 and bool(atoms)))


def _lines(pieces: list[Piece], align: str, measure: float, macros: Macros) -> list[Line]:
    """Return text as lines, broken where they get too long."""
    current = Line(align)
    lines = [current]
    gap = 0.0
    for piece in pieces:
        if isinstance(piece, Gap):
            gap += piece.width * EM if current.boxes else 0.0
        elif isinstance(piece, Word):
            made = box(_joined(piece), piece.size)
            if current.boxes and gap and current.width + gap + made.width > measure:
                current = Line(current.align, current.indent)
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


def _next(piece: Break | Display, current: Line, align: str) -> Line:
    if isinstance(piece, Display):
        return Line(align)
    keeps = not current.boxes and not piece.align
    return Line(
        piece.align or (current.align if keeps else align),
        piece.indent * EM,
        down=piece.down * EM + (LINE * EM if keeps else 0.0),
    )


def _shown(display: Display, macros: Macros) -> list[Line]:
    name = display.environment.rstrip("*")
    lines = _equations(list(display.tokens), macros, name)
    for line in lines:
        line.align = "center"
    return lines


def _stacked(lines: list[Line]) -> Placed:
    """Put lines below each other."""
    if not lines:
        return Placed((), 0.0, 0.0, 0.0)
    width = max(line.indent + line.width for line in lines)
    baselines = [0.0]
    for upper, lower in pairwise(lines):
        needed = upper.descent + lower.ascent + TIGHT * EM
        baselines.append(baselines[-1] + max(LINE * EM, needed) + lower.down + lower.more)
    marks: list[Mark] = []
    order = 0
    for line, y in zip(lines, baselines, strict=True):
        free = width - line.width
        left = {"center": free / 2, "right": free}.get(line.align, line.indent)
        for x, made in line.boxes:
            marks += made.marks(left + x, y, order)
            order += 1
    return Placed(tuple(marks), width, lines[0].ascent, baselines[-1] + lines[-1].descent)
