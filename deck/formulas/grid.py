"""
Tables as ziamath sets them here: with lines between rows and columns that meet, and cells that span columns.

An ``mtable`` says what `Table` lists, an ``mtr`` which ``bars`` it has, as ``boundary:count``, and how far ``after`` it
the next row is, and an ``mtd`` its ``columnalign`` and ``columnspan``. Lengths are in ziamath's own plain numbers.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from deck.adapters.ziamath import BBox, HLine, Mnode

__all__ = ["Rule", "Table"]


@dataclass(frozen=True, slots=True)
class Rule:
    """
    A line above a row.

    Attributes
    ----------
    first, last
        From and to which column it goes, counted from 0; as a last one, -1 is the last that there is.
    thickness, above, below
        Of the line, and of the space around it.
    trim
        How much shorter it is on either side.
    """

    first: int = 0
    last: int = -1
    thickness: float = 0.0
    above: float = 0.0
    below: float = 0.0
    trim: float = 0.0

    def written(self, row: int) -> str:
        """Return it as a table's attribute has it."""
        return " ".join(map(str, (row, *astuple(self))))


@dataclass(slots=True)
class Cell:
    """What stands in a cell, from which column on, over how many, and where in them: left, right or center."""

    node: Any
    first: int
    span: int
    align: str


@dataclass(slots=True)
class GridRow:
    """A row: its cells, how many vertical lines it has at each boundary, and where it stands, y down."""

    cells: list[Cell]
    bars: dict[int, int]
    after: float
    ascent: float
    descent: float
    top: float = 0.0
    baseline: float = 0.0
    bottom: float = 0.0


@dataclass(slots=True)
class Columns:
    """Where columns start and end, where the lines between them stand, and how wide all is."""

    left: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    bars: list[float] = field(default_factory=list)
    width: float = 0.0


class Table(Mnode, tag="mtable"):
    """
    A table.

    Its element has ``columnspacing``, between each two columns; ``pads``, on the left and on the right; ``rules``,
    each as `Rule.written` has it; ``line``, how thick vertical lines are, and ``apart``, how far double ones;
    ``strut``, how far rows reach up and down at least, and ``clear``, how much further than what stands in them; and
    ``anchor``, the row on whose baseline it stands: ``t``, ``b`` or none for the middle of all.
    """

    def __init__(self, element: ET.Element, parent: Mnode, **kwargs: Any) -> None:
        super().__init__(element, parent, **kwargs)
        self._kwargs = kwargs
        self._line, self._apart = (float(element.get(name, "0")) for name in ("line", "apart"))
        self._setup()

    def _setup(self, **_kwargs: Any) -> None:
        rows = [self._row(row) for row in self.element]
        columns = self._columns(rows)
        rules, height = _stacked(rows, self._rules(), self._apart)
        anchor = self.element.get("anchor")
        up = height / 2 + float(self.units_to_points(self.font.math.consts.axisHeight))
        if anchor:
            up = rows[0 if anchor == "t" else -1].baseline
        for row in rows:
            for cell in row.cells:
                left, right = columns.left[cell.first], columns.right[cell.first + cell.span - 1]
                free = right - left - cell.node.bbox.xmax
                shift = {"left": 0.0, "right": free}.get(cell.align, free / 2)
                self.nodes.append(cell.node)
                self.nodexy.append((left + shift, row.baseline - up))
        for rule, y in rules:
            left, right = self._reach(rule, columns)
            self._rectangle(left, y - up, right - left, rule.thickness)
        for boundary in range(len(columns.bars)):
            for top, bottom, count in _runs(rows, rules, boundary, self._line):
                for place in range(count):
                    x = columns.bars[boundary] + (place - (count - 1) / 2) * self._apart - self._line / 2
                    self._rectangle(x, top - up, self._line, bottom - top)
        self.bbox = BBox(0, columns.width, up - height, up)

    def _row(self, element: ET.Element) -> GridRow:
        cells: list[Cell] = []
        first = 0
        for child in element:
            span = int(child.get("columnspan", "1"))
            node = Mnode.fromelement(child, parent=self, **self._kwargs)
            cells.append(Cell(node, first, span, child.get("columnalign", "center")))
            first += span
        bars: dict[int, int] = {}
        for written in element.get("bars", "").split():
            boundary, count = written.split(":")
            bars[int(boundary)] = int(count)
        up, down = (float(part) for part in self.element.get("strut", "0 0").split())
        clear = float(self.element.get("clear", "0"))
        ascent = max([up, *(cell.node.bbox.ymax + clear for cell in cells)])
        descent = max([down, *(clear - cell.node.bbox.ymin for cell in cells)])
        return GridRow(cells, bars, float(element.get("after", "0")), ascent, descent)

    def _rules(self) -> dict[int, list[Rule]]:
        rules: dict[int, list[Rule]] = {}
        for written in filter(None, self.element.get("rules", "").split(";")):
            row, first, last, *lengths = written.split()
            rules.setdefault(int(row), []).append(Rule(int(first), int(last), *map(float, lengths)))
        return rules

    def _columns(self, rows: list[GridRow]) -> Columns:
        """Return the columns as wide as what stands in them."""
        count = max(cell.first + cell.span for row in rows for cell in row.cells)
        gaps = [float(gap) for gap in self.element.get("columnspacing", "").split()]
        spaces = [0.0, *gaps[: count - 1], 0.0]
        spaces += [0.0] * (count + 1 - len(spaces))
        for boundary in range(count + 1):
            most = max(row.bars.get(boundary, 0) for row in rows)
            spaces[boundary] += (most - 1) * self._apart + self._line if most else 0.0
        left, right = (float(pad) for pad in self.element.get("pads", "0 0").split())
        widths = _widths(rows, spaces)
        made = Columns(bars=[spaces[0] / 2])
        x = spaces[0] + left
        for width, space in zip(widths, spaces[1:], strict=True):
            made.left.append(x)
            made.right.append(x + width)
            x += width + space
            made.bars.append(x - space / 2)
        made.bars[-1] += right
        made.width = x + right
        return made

    def _reach(self, rule: Rule, columns: Columns) -> tuple[float, float]:
        """Return how far a line goes to the left and to the right."""
        last = len(columns.left) - 1
        end = last if rule.last < 0 else min(rule.last, last)
        left = columns.bars[min(rule.first, last)] - self._line / 2 if rule.first else 0.0
        right = columns.bars[end + 1] + self._line / 2 if end < last else columns.width
        return left + rule.trim, right - rule.trim

    def _rectangle(self, x: float, y: float, width: float, height: float) -> None:
        self.nodes.append(HLine(width, height, style=self.style, **self._kwargs))
        self.nodexy.append((x, y))


def _widths(rows: list[GridRow], spaces: list[float]) -> list[float]:
    """Return how wide the columns are; the last one of those that a cell spans has what that takes more."""
    widths = [0.0] * (len(spaces) - 1)
    for cell in sorted((cell for row in rows for cell in row.cells), key=lambda cell: cell.span):
        end = cell.first + cell.span
        has = sum(widths[cell.first : end]) + sum(spaces[cell.first + 1 : end])
        widths[end - 1] += max(cell.node.bbox.xmax - has, 0.0)
    return widths


def _stacked(rows: list[GridRow], rules: dict[int, list[Rule]], apart: float) -> tuple[list[tuple[Rule, float]], float]:
    """Place rows below each other, and return the lines with their upper edges, and how high all is."""
    placed: list[tuple[Rule, float]] = []
    y = 0.0
    for number in range(len(rows) + 1):
        beside = False
        for place, rule in enumerate(rules.get(number, ())):
            if beside and rule.last >= 0:  # parts of one line
                placed.append((rule, placed[-1][1]))
                continue
            beside = rule.last >= 0
            y += rule.above + (apart if place else 0.0)
            placed.append((rule, y))
            y += rule.thickness + rule.below
        if number < len(rows):
            row = rows[number]
            row.top = y
            row.baseline = y + row.ascent
            row.bottom = y = row.baseline + row.descent + row.after
    return placed, y


def _runs(
    rows: list[GridRow], rules: list[tuple[Rule, float]], boundary: int, line: float
) -> list[tuple[float, float, int]]:
    """Return where vertical lines start and end, and how many there are: they cross single lines, and meet others."""
    edges = [(y, y + rule.thickness) for rule, y in rules]
    runs: list[tuple[float, float, int]] = []
    for row in rows:
        count = row.bars.get(boundary, 0)
        if not count:
            continue
        top = min([row.top, *(upper for upper, lower in edges if abs(lower - row.top) < line / 10)])
        bottom = max([row.bottom, *(lower for upper, lower in edges if abs(upper - row.bottom) < line / 10)])
        if runs and runs[-1][1] >= top - line / 10 and runs[-1][2] == count:
            top = runs.pop()[0]
        runs.append((top, bottom, count))
    return runs
