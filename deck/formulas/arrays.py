"""Tables set: what stands in each cell, and where the lines between them are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from deck.formulas.atoms import EM, row
from deck.formulas.cells import LINE, Columns, TableRow, bounded_columns, spanning
from deck.formulas.forms import MULTLINE, Form
from deck.formulas.maths import MathsReader
from deck.formulas.source import Token

__all__ = ["Wrap", "table"]

HEIGHT, DEPTH = 0.84, 0.36
"""Of a row at least, in ems: lines are 12 points apart where type has 10."""
APART = 0.2
"""Between two lines beside each other, in ems."""
CLEAR = 0.1
"""From what stands in cells to the edges of their rows at least, in ems."""
MOST_STRETCHED = 10.0
SHOVED = Token(r"\qquad")
"""How far the last line of a long formula is to the right of the first at least."""

Wrap = Callable[[list[Token], int], list[Token]]
"""Makes maths of a cell's tokens; it gets the column's number too."""


@dataclass(slots=True)
class Cell:
    """What stands in a cell, in which column, over how many, and where: ``l``, ``c`` or ``r``."""

    tokens: list[Token]
    place: int
    span: int
    align: str


def table(
    found: list[TableRow],
    form: Form,
    reader: MathsReader,
    token: Token,
    *,
    columns: Columns | None = None,
    anchor: str = "",
    wrap: Wrap | None = None,
) -> ET.Element:
    """
    Return a table.

    Parameters
    ----------
    form
        What its cells look like, and its columns if nothing else is said of them.
    reader
        In whose context it stands.
    token
        Whose lines it has.
    columns
        What has been said of its columns.
    anchor
        The row on whose baseline it stands: ``t``, ``b`` or none for the middle of all.
    wrap
        For cells that are no maths.
    """
    count = bounded_columns(max(_width(line, reader) for line in found))
    if columns is None:
        columns = Columns((form.align * count)[:count])
        gaps = [form.gaps[place % len(form.gaps)] for place in range(count)]
        pads = (form.pad, form.pad)
    else:
        columns.align += "c" * (count + len(columns.fixed) - len(columns.align))
        gaps = [columns.gap(boundary) for boundary in range(1, len(columns.align))]
        pads = (columns.pad(0), columns.pad(len(columns.align)))
    made = reader.made("mtable", token=token, displaystyle="true" if form.style == 0 else "false", anchor=anchor)
    made.attrib |= {"line": f"{LINE * EM}", "apart": f"{APART * EM}", "rules": _rules(found, columns)}
    made.attrib |= {"strut": _strut(reader, form.style), "clear": f"{CLEAR * EM}"}
    made.set("columnspacing", " ".join(f"{gap * EM:.3f}" for gap in gaps))
    made.set("pads", " ".join(f"{pad * EM:.3f}" for pad in pads))
    if form.style > 1:
        made.set("scriptlevel", f"{form.style - 1}")
    if len(found) > 1 and found[-1].empty:  # but for the lines below the table
        found = found[:-1]
    context = replace(reader.context, style=form.style)
    for number, line in enumerate(found):
        cells, bars = _laid(line, columns, reader)
        element = ET.SubElement(made, "mtr", {"after": f"{line.after * EM:.3f}", "bars": bars})
        for cell in cells:
            cell.align = _filled(cell)
            tokens = wrap(cell.tokens, cell.place) if wrap else cell.tokens
            if form.align == MULTLINE:
                tokens, cell.align = _shoved(tokens, number, len(found))
            leading = form.align == "rl" and cell.align == "l"
            contents = MathsReader.of(tokens, reader.stream.macros, context)
            element.append(_set(replace(cell, tokens=tokens), contents, leading=leading))
    return made


def _width(line: TableRow, reader: MathsReader) -> int:
    """Return how many columns a row takes."""
    spans = [spanning(cell, reader.stream.macros) for cell in line.cells]
    return sum(span.count if span else 1 for span in spans)


def _rules(found: list[TableRow], columns: Columns) -> str:
    """Return the lines above rows as the table's attribute; columns that stand in each row are not counted in them."""
    places = [place for place in range(len(columns.align)) if place not in columns.fixed]
    written = []
    for number, line in enumerate(found):
        for rule in line.rules:
            first, last = (places[min(place, len(places) - 1)] for place in (rule.first, max(rule.last, 0)))
            moved = replace(rule, first=first, last=last) if rule.last >= 0 else rule
            written.append(moved.written(number))
    return ";".join(written)


def _laid(line: TableRow, columns: Columns, reader: MathsReader) -> tuple[list[Cell], str]:
    """Return a row's cells in their columns, and its vertical lines as its attribute."""
    bars = dict(columns.bars)
    cells: list[Cell] = []
    given = iter(line.cells)
    place = 0
    while place < len(columns.align):
        if place in columns.fixed:
            cells.append(Cell(columns.fixed[place], place, 1, "c"))
            place += 1
            continue
        tokens = next(given, [])
        span = spanning(tokens, reader.stream.macros)
        if span is None:
            tokens = [*columns.first.get(place, ()), *tokens, *columns.last.get(place, ())]
            cells.append(Cell(tokens, place, 1, columns.align[place]))
            place += 1
            continue
        end, left = place, span.count
        while end < len(columns.align) and left:
            left -= end not in columns.fixed
            end += 1
        for boundary in range(place + bool(place), end + 1):
            bars.pop(boundary, None)
        for boundary, count in span.columns.bars.items():
            bars[end if boundary else place] = count
        cells.append(Cell(span.tokens, place, end - place, (span.columns.align or "c")[0]))
        place = end
    return cells, " ".join(f"{boundary}:{count}" for boundary, count in bars.items())


def _shoved(tokens: list[Token], number: int, count: int) -> tuple[list[Token], str]:
    """Return what stands on a line of a formula of several, and where: the first on the left, the last on the right."""
    if number == 0 and count > 1:
        return [*tokens, SHOVED], "l"
    return ([SHOVED, *tokens], "r") if number == count - 1 > 0 else (tokens, "c")


def _set(cell: Cell, reader: MathsReader, *, leading: bool) -> ET.Element:
    """Return a cell."""
    style = reader.context.style
    atoms = reader.line()
    made = ET.Element("mtd", {"columnalign": {"l": "left", "r": "right"}.get(cell.align, "center")})
    made.set("columnspan", str(cell.span))
    made.append(row(atoms, style, leading=leading and bool(atoms)))
    return made


def _filled(cell: Cell) -> str:
    r"""Return where a cell's contents stand; ``\hfill`` moves them."""
    texts = [token.text for token in cell.tokens if token.text != " "]
    left, right = (texts[place] == r"\hfill" for place in (0, -1)) if texts else (False, False)
    if left or right:
        return "c" if left and right else "r" if left else "l"
    return cell.align


def _strut(reader: MathsReader, style: int) -> str:
    r"""Return how high and how deep rows are at least, which ``\arraystretch`` changes, as the table's attribute."""
    macro = reader.stream.macros.get(r"\arraystretch")
    stretch = 0.6 if style > 1 else 1.0
    with suppress(ValueError):
        stretch *= min(max(0.0, float("".join(token.text for token in macro.body))), MOST_STRETCHED) if macro else 1.0
    extra = 0.15 if style == 0 else 0.0
    return " ".join(f"{(part + extra) * stretch * EM:.3f}" for part in (HEIGHT, DEPTH))
