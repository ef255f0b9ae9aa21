"""The commands of tables: matrices, cases, arrays with lines, aligned equations inside of a formula."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from deck.formulas.arrays import Wrap, table
from deck.formulas.atoms import Atom
from deck.formulas.cells import columns, rows
from deck.formulas.forms import FORMS, Form, form_of
from deck.formulas.maths import MathsReader, command
from deck.formulas.source import Token, UnsetError
from deck.formulas.stream import Stream

__all__ = ["STACKS", "TABULARS", "tabular"]

FENCE = {"stretchy": "true", "fence": "true"}
TABULARS = {"tabular", "tabular*", "tabularx"}
"""Tables of text; all but the first say how wide they are to be before they say what their columns are."""
STACKS = {r"\shortstack", r"\makecell"}
"""Text in several lines, one below the other."""
COLUMN = [Token(part) for part in "{@{}c@{}}"]
PLAIN = {r"\matrix": "matrix", r"\pmatrix": "pmatrix", r"\cases": "cases"}
"""Commands that were there before the environments."""


def tabular(reader: MathsReader, name: str, tokens: list[Token], token: Token) -> ET.Element:
    """Return a table of text: an environment's or, with one column of which nothing is said, a command's."""
    if name in STACKS:
        tokens = [*COLUMN, *tokens]
    elif name != "tabular":
        stream = Stream(tokens, reader.stream.macros)
        stream.argument()
        tokens = stream.rest()
    return _array(reader, tokens, token, lambda cell, _: _text(cell))


def _array(reader: MathsReader, tokens: list[Token], token: Token, wrap: Wrap | None = None) -> ET.Element:
    """Return an array: ``tokens`` are what it says of its columns, and its rows; ``wrap`` makes maths of its cells."""
    anchor, tokens = _option(tokens, "tcb")
    inner = MathsReader.of(tokens, reader.stream.macros, reader.context)
    said = columns(inner.stream.argument(), inner.stream.macros)
    found = rows(inner.stream.rest(), inner.stream.macros)
    return table(found, FORMS["array"], inner, token, columns=said, anchor=anchor, wrap=wrap)


@command(r"\begin")
def _environment(reader: MathsReader, token: Token) -> Atom:
    r"""Read an environment, of which ``\begin`` is taken already."""
    name = reader.stream.word()
    if name in TABULARS:
        return Atom("ord", tabular(reader, name, reader.stream.environment(name), token))
    form = form_of(name)
    if form is None:
        raise UnsetError(rf"\begin{{{name}}} is unknown")
    tokens = reader.stream.environment(name)
    end = reader.stream.end
    if name == "array":
        return Atom("ord", _array(reader, tokens, token))
    matrix = "matrix" in name
    option, tokens = _option(tokens, "lcr" if matrix else "tcb")
    if option and matrix:
        form = replace(form, align=option)
    inner = MathsReader.of(tokens, reader.stream.macros, reader.context)
    if form.takes:
        said = columns(inner.stream.argument(), inner.stream.macros).align
        form = replace(form, align=said or "c") if form.takes == "columns" else form
    found = rows(inner.stream.rest(), inner.stream.macros)
    wrap = _worded if "cases" in name and name.endswith("*") else None
    made = table(found, form, inner, token, anchor="" if matrix else option, wrap=wrap)
    return Atom("inner" if form.left or form.right else "ord", _between(reader, form, made, token, end))


def _option(tokens: list[Token], letters: str) -> tuple[str, list[Token]]:
    """Return the letter in brackets that tokens start with, if it is one of these, and what follows."""
    start = next((place for place, token in enumerate(tokens) if token.text != " "), 0)
    texts = [token.text for token in tokens[start : start + 3]]
    if len(texts) == 3 and texts[0] == "[" and texts[1] in letters and texts[2] == "]":
        return texts[1], tokens[start + 3 :]
    return "", tokens


def _worded(tokens: list[Token], place: int) -> list[Token]:
    """Make text of what stands in the second column."""
    return _text(tokens) if place else tokens


def _text(tokens: list[Token]) -> list[Token]:
    """Return text without the spaces around it as maths."""
    ends = [place for place, token in enumerate(tokens) if token.text != " "]
    trimmed = tokens[ends[0] : ends[-1] + 1] if ends else []
    return [Token(r"\text"), Token("{"), *trimmed, Token("}")]


def _between(reader: MathsReader, form: Form, made: ET.Element, token: Token, end: Token) -> ET.Element:
    if not (form.left or form.right):
        return made
    fenced = ET.Element("mrow")
    if form.left:
        fenced.append(reader.operator(form.left, token, **FENCE))
    fenced.append(made)
    if form.right:
        fenced.append(reader.operator(form.right, end, **FENCE))
    return fenced


@command(r"\substack")
def _substack(reader: MathsReader, token: Token) -> Atom:
    """Read lines that are set one below the other, as under a sum."""
    inner = MathsReader.of([], reader.stream.macros, reader.context)
    found = rows(reader.stream.argument(), inner.stream.macros)
    return Atom("ord", table(found, Form(style=max(reader.context.style, 2)), inner, token))


@command(*STACKS)
def _stack(reader: MathsReader, token: Token) -> Atom:
    reader.stream.optional()
    return Atom("ord", tabular(reader, token.text, reader.stream.argument(), token))


@command(*PLAIN)
def _plain(reader: MathsReader, token: Token) -> Atom:
    form = FORMS[PLAIN[token.text]]
    found = rows(reader.stream.argument(), reader.stream.macros)
    made = table(found, form, reader, token)
    return Atom("inner", _between(reader, form, made, token, reader.stream.end))


@command(r"\hline", r"\cline", r"\multicolumn")
def _outside(_reader: MathsReader, token: Token) -> Atom:
    raise UnsetError(f"'{token.text}' stands outside of a table, or after the start of a row")
