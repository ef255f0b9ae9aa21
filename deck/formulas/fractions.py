"""The commands of maths that put one thing above another, with a line between them or without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

from deck.formulas.atoms import EM, Atom, row, space
from deck.formulas.lengths import ems
from deck.formulas.maths import MathsReader, command
from deck.formulas.source import Token, UnsetError
from deck.formulas.symbols import symbol

__all__: list[str] = []

SIDE = 0.12
"""Beside fractions, in ems."""
ZIAMATH_SIDE = 4 / 18
"""What ziamath leaves on a fraction's right, in ems of the fraction."""
FENCE = {"stretchy": "true", "fence": "true"}
SLASH = "\u2044"
OVER = {r"\over": "", r"\above": "", r"\atop": "", r"\choose": "()", r"\brace": "{}", r"\brack": "[]"}
"""What stands between a numerator and a denominator, and the delimiters around them."""


@command(r"\frac", r"\dfrac", r"\tfrac", r"\cfrac")
def _fraction(reader: MathsReader, token: Token) -> Atom:
    if token.text == r"\cfrac":
        reader.stream.optional()  # where its numerator stands
    return Atom("inner", _two(reader, token.text))


@command(r"\binom", r"\dbinom", r"\tbinom")
def _binomial(reader: MathsReader, token: Token) -> Atom:
    made = _two(reader, token.text.replace("binom", "frac"), thickness=0.0)
    return Atom("inner", _fenced(reader, made, token, "()"))


@command(r"\genfrac")
def _general(reader: MathsReader, token: Token) -> Atom:
    """Read a fraction of which delimiters, line and style are given."""
    fences = [_fence(reader.stream.argument()) for _ in range(2)]
    written, style = reader.stream.word(), reader.stream.word()
    name = {"": r"\frac", "0": r"\dfrac"}.get(style, r"\tfrac")
    made = _two(reader, name, thickness=ems(written) if written else None)
    return Atom("inner", _fenced(reader, made, token, fences))


@command(*OVER)
def _over(reader: MathsReader, token: Token) -> Atom:
    thickness = ems(reader.stream.length()) if token.text == r"\above" else None if token.text == r"\over" else 0.0
    parts = reader.context.part
    upper = row(reader.atoms, parts.style)
    reader.atoms.clear()
    lower = reader.inner(reader.stream.rest(), parts)
    made = _divided(reader, upper, lower, token, display=reader.context.style == 0, thickness=thickness)
    return Atom("inner", _fenced(reader, made, token, OVER[token.text]))


@command(r"\sfrac", r"\nicefrac")
def _slanted(reader: MathsReader, token: Token) -> Atom:
    """Read a fraction for a line of text: a superscript, a slash and a subscript."""
    upper, lower = (reader.argument(reader.context.smaller) for _ in range(2))
    slash = reader.letter(SLASH, token)
    above = reader.made("msup", space(0), upper, token=token)
    return Atom("ord", reader.made("mrow", above, reader.made("msub", slash, lower, token=token), token=token))


def _two(reader: MathsReader, name: str, *, thickness: float | None = None) -> ET.Element:
    """Take two arguments, and set one above the other."""
    context = reader.context
    if name != r"\frac":
        context = replace(context, style=1 if name == r"\tfrac" else 0)
    parts = replace(context, style=0) if name == r"\cfrac" else context.part
    upper = reader.argument(parts)
    line = reader.stream.end  # LaTeX draws it when the numerator ends
    return _divided(reader, upper, reader.argument(parts), line, display=context.style == 0, thickness=thickness)


def _divided(
    reader: MathsReader, upper: ET.Element, lower: ET.Element, token: Token, *, display: bool, thickness: float | None
) -> ET.Element:
    """Return a fraction with TeX's space at its sides; what ziamath adds on the right is taken off."""
    style = reader.context.style
    made = reader.made("mfrac", upper, lower, token=token, displaystyle="true" if display else "false")
    if thickness is not None:
        made.set("linethickness", f"{thickness * EM:g}")
    alone = reader.made("mrow", made, token=token)  # for beside others, it would have space on the left too
    off = space(-ZIAMATH_SIDE, 0 if display else max(style, 1) + 1)
    return reader.made("mrow", space(SIDE, style), alone, off, space(SIDE, style), token=token)


def _fence(tokens: list[Token]) -> str:
    """Return a delimiter's character; none for nothing, or a dot."""
    text = "".join(token.text for token in tokens).strip()
    if text in {"", "."}:
        return ""
    found = symbol({"<": r"\langle", ">": r"\rangle"}.get(text, text))
    if found is None:
        raise UnsetError(f"'{text}' is no delimiter")
    return found.character


def _fenced(reader: MathsReader, inside: ET.Element, token: Token, fences: Sequence[str]) -> ET.Element:
    """Return something between delimiters, of which there are two or none."""
    left, right = fences or ("", "")
    made = reader.made("mrow", inside, token=token)
    if left:
        made.insert(0, reader.operator(left, token, **FENCE))
    if right:
        made.append(reader.operator(right, token, **FENCE))
    return made
