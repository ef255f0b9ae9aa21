"""Rows and columns: matrices, cases, aligned equations inside of a formula."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from deck.formulas.atoms import EM, Atom, row, space
from deck.formulas.maths import Context, Reader, command
from deck.formulas.source import Token, UnsetError

__all__ = ["RULED", "Row", "rows"]

RULED = "it has a table with lines between rows"
HEIGHT, DEPTH = 0.84, 0.36
"""Of a row at least, in ems: lines are 12 points apart where type has 10."""

Row = list[list[Token]]


@dataclass(frozen=True, slots=True)
class Form:
    """
    What an environment's table looks like.

    Attributes
    ----------
    left, right
        Its delimiters.
    align
        A letter for each column; they come again and again.
    gaps
        In ems, after each column; they come again and again.
    style
        Of its cells.
    """

    left: str = ""
    right: str = ""
    align: str = "c"
    gaps: tuple[float, ...] = (1.0,)
    style: int = 1


ALIGNED = Form(align="rl", gaps=(0.0, 2.0), style=0)
FORMS = {
    "matrix": Form(),
    "pmatrix": Form("(", ")"),
    "bmatrix": Form("[", "]"),
    "Bmatrix": Form("{", "}"),
    "vmatrix": Form("|", "|"),
    "Vmatrix": Form("‖", "‖"),
    "smallmatrix": Form(gaps=(0.4,), style=2),
    "cases": Form("{", "", align="l"),
    "dcases": Form("{", "", align="l", style=0),
    "rcases": Form("", "}", align="l"),
    "array": Form(),
    "aligned": ALIGNED,
    "align": ALIGNED,
    "align*": ALIGNED,
    "alignat": ALIGNED,
    "split": ALIGNED,
    "eqnarray": Form(align="rcl", gaps=(0.3,), style=0),
    "gathered": Form(style=0),
    "gather": Form(style=0),
    "gather*": Form(style=0),
    "equation": Form(style=0),
    "equation*": Form(style=0),
}


def rows(tokens: list[Token]) -> list[Row]:
    """Return the cells of rows, of which ends and separators are taken away; a last empty row does not count."""
    found: list[Row] = [[[]]]
    depth = 0
    rest = iter(range(len(tokens)))
    for place in rest:
        token = tokens[place]
        depth += {"{": 1, r"\begin": 1, r"\left": 1, "}": -1, r"\end": -1, r"\right": -1}.get(token.text, 0)
        if depth == 0 and token.text in {r"\\", r"\cr", r"\newline"}:
            found.append([[]])
            for _ in range(_length(tokens[place + 1 :])):
                next(rest)
        elif depth == 0 and token.text == "&":
            found[-1].append([])
        else:
            found[-1][-1].append(token)
    if len(found) > 1 and not any(token.text.strip() for cell in found[-1] for token in cell):
        found.pop()
    return found


def _length(tokens: list[Token]) -> int:
    r"""Return how many tokens belong to the ``\\`` before them: a star, and a length in brackets."""
    count = 1 if tokens and tokens[0].text == "*" else 0
    if count < len(tokens) and tokens[count].text == "[":
        ends = [place for place, token in enumerate(tokens) if token.text == "]"]
        length = "".join(token.text for token in tokens[count + 1 : ends[0]]) if ends else ""
        if length[-2:].isalpha() and any(character.isdigit() for character in length):
            return ends[0] + 1
    return count


def _columns(cells: list[Row], reader: Reader, form: Form, token: Token, lines: tuple[int, ...] = ()) -> ET.Element:
    """
    Return a table.

    Parameters
    ----------
    cells
        Row by row, tokens.
    reader
        In whose context they stand.
    token
        Whose the lines are.
    lines
        Before which columns there are vertical lines; each is a column of its own.
    """
    context = replace(reader.context, style=form.style)
    count = max(len(line) for line in cells)
    table = ET.Element("mtable", {"rowspacing": "0", "displaystyle": "true" if form.style == 0 else "false"})
    table.set("columnspacing", " ".join(f"{gap * EM:.3f}" for gap in _gaps(form, count, lines)))
    for line in cells:
        made = ET.SubElement(table, "mtr")
        for place, cell in enumerate([*line, *([[]] * (count - len(line)))]):
            if place in lines:
                made.append(_aligned(_bar(reader, token), "c"))
            align = form.align[place % len(form.align)]
            contents = _cell(cell, reader, context, leading=align == "l" and form.align == "rl")
            made.append(_aligned(contents, align))
        if count in lines:
            made.append(_aligned(_bar(reader, token), "c"))
    return table


def _gaps(form: Form, count: int, lines: tuple[int, ...]) -> list[float]:
    """Return the space after each column, where lines are columns too."""
    gaps = []
    for place in range(count):
        gaps += [form.gaps[0] / 2] if place in lines else []
        gap = form.gaps[place % len(form.gaps)]
        gaps.append(gap / 2 if place + 1 in lines else gap)
    return gaps


def _aligned(contents: ET.Element, align: str) -> ET.Element:
    made = ET.Element("mtd")
    if align != "c":
        made.set("columnalign", "left" if align == "l" else "right")
    made.append(contents)
    return made


def _cell(tokens: list[Token], reader: Reader, context: Context, *, leading: bool) -> ET.Element:
    atoms = Reader.of(tokens, reader.stream.macros, context).line()
    made = row(atoms, context.style, leading=leading and bool(atoms))
    strut = space(0)
    extra = 0.15 if context.style == 0 else 0.0
    shrunk = 0.6 if context.style > 1 else 1.0
    strut.set("height", f"{(HEIGHT + extra) * shrunk * EM:.3f}")
    strut.set("depth", f"{(DEPTH + extra) * shrunk * EM:.3f}")
    made.append(strut)
    return made


def _bar(reader: Reader, token: Token) -> ET.Element:
    height = f"{(HEIGHT + DEPTH) * 1.1 * EM:.3f}"
    return reader.operator("|", token, stretchy="true", minsize=height, maxsize=height)


def _specification(reader: Reader) -> tuple[str, tuple[int, ...]]:
    """Take an array's columns; return their letters and before which there are lines."""
    reader.stream.optional()
    align = ""
    lines = []
    for letter in reader.stream.word():
        if letter == "|":
            lines.append(len(align))
        elif letter in "lcr":
            align += letter
    return align or "c", tuple(lines)


@command(r"\begin")
def _environment(reader: Reader, token: Token) -> Atom:
    r"""Read an environment, of which ``\begin`` is taken already."""
    name = reader.stream.word()
    form = FORMS.get(name)
    if form is None:
        raise UnsetError(rf"\begin{{{name}}} is unknown")
    lines: tuple[int, ...] = ()
    tokens = reader.stream.environment(name)
    end = reader.stream.end
    inner = Reader.of(tokens, reader.stream.macros, reader.context)
    if name in {"array", "alignat"}:
        align, lines = _specification(inner)
        form = replace(form, align=align) if name == "array" else form
    cells = rows(inner.stream.rest())
    if any(part.text in {r"\hline", r"\cline"} for line in cells for cell in line for part in cell):
        raise UnsetError(RULED)
    table = _columns(cells, inner, form, token, lines)
    return Atom("inner" if form.left or form.right else "ord", _between(reader, form, table, token, end))


def _between(reader: Reader, form: Form, table: ET.Element, token: Token, end: Token) -> ET.Element:
    if not (form.left or form.right):
        return table
    fence = {"stretchy": "true", "fence": "true"}
    made = ET.Element("mrow")
    if form.left:
        made.append(reader.operator(form.left, token, **fence))
    made.append(table)
    if form.right:
        made.append(reader.operator(form.right, end, **fence))
    return made


@command(r"\substack")
def _substack(reader: Reader, token: Token) -> Atom:
    """Read lines that are set one below the other, as under a sum."""
    inner = Reader.of([], reader.stream.macros, reader.context)
    return Atom("ord", _columns(rows(reader.stream.argument()), inner, Form(style=max(reader.context.style, 2)), token))
