"""The commands of maths that put things above, below or around others."""

# ruff: noqa: RUF001 - typographical characters are meant as they are

from __future__ import annotations

import unicodedata
from dataclasses import replace
from xml.etree import ElementTree as ET

from deck.formulas.atoms import EM, Atom, row, space
from deck.formulas.maths import UPRIGHT, Reader, command
from deck.formulas.source import Token, UnsetError
from deck.formulas.symbols import ACCENTS, WIDE, symbol

__all__: list[str] = []

SIDE = 0.12
"""Beside fractions, in ems."""
ZIAMATH_SIDE = 4 / 18
"""What ziamath leaves on a fraction's right, in ems of the fraction."""

BIG = {r"\big": 1.0, r"\Big": 1.4, r"\bigg": 1.8, r"\Bigg": 2.3}
"""Heights in ems."""

ARROWS = {r"\xrightarrow": "⟶", r"\xleftarrow": "⟵", r"\xRightarrow": "⟹", r"\xleftrightarrow": "⟷"}
BRACES = {r"\overbrace", r"\underbrace", r"\overbracket", r"\underbracket"}
FENCE = {"stretchy": "true", "fence": "true"}
DOTLESS = {"𝑖": "𝚤", "𝑗": "𝚥"}
"""An accent takes the dot's place."""


@command(r"\frac", r"\dfrac", r"\tfrac", r"\cfrac")
def _fraction(reader: Reader, token: Token) -> Atom:
    return Atom("inner", _two(reader, token.text))


def _two(reader: Reader, name: str, *, lined: bool = True) -> ET.Element:
    """Take two arguments, and set one above the other."""
    context = reader.context
    if name != r"\frac":
        context = replace(context, style=1 if name == r"\tfrac" else 0)
    parts = replace(context, style=0) if name == r"\cfrac" else context.part
    upper = reader.argument(parts)
    line = reader.stream.end  # LaTeX draws it when the numerator ends
    return _divided(reader, upper, reader.argument(parts), line, display=context.style == 0, lined=lined)


def _divided(
    reader: Reader, upper: ET.Element, lower: ET.Element, token: Token, *, display: bool, lined: bool
) -> ET.Element:
    """Return a fraction with TeX's space at its sides; what ziamath adds on the right is taken off."""
    style = reader.context.style
    made = reader.made("mfrac", upper, lower, token=token, displaystyle="true" if display else "false")
    if not lined:
        made.set("linethickness", "0")
    alone = reader.made("mrow", made, token=token)  # for beside others, it would have space on the left too
    off = space(-ZIAMATH_SIDE, 0 if display else max(style, 1) + 1)
    return reader.made("mrow", space(SIDE, style), alone, off, space(SIDE, style), token=token)


@command(r"\over", r"\atop", r"\choose")
def _over(reader: Reader, token: Token) -> Atom:
    parts = reader.context.part
    upper = row(reader.atoms, parts.style)
    reader.atoms.clear()
    lower = reader.inner(reader.stream.rest(), parts)
    lined = token.text == r"\over"
    made = _divided(reader, upper, lower, token, display=reader.context.style == 0, lined=lined)
    return Atom("inner", _fenced(reader, made, token) if token.text == r"\choose" else made)


@command(r"\binom", r"\dbinom", r"\tbinom")
def _binomial(reader: Reader, token: Token) -> Atom:
    made = _two(reader, token.text.replace("binom", "frac"), lined=False)
    return Atom("inner", _fenced(reader, made, token))


def _fenced(reader: Reader, inside: ET.Element, token: Token) -> ET.Element:
    opening = reader.operator("(", token, **FENCE)
    return reader.made("mrow", opening, inside, reader.operator(")", token, **FENCE), token=token)


@command(r"\sqrt")
def _root(reader: Reader, token: Token) -> Atom:
    degree = reader.stream.optional()
    inside = reader.argument()
    if degree is None:
        return Atom("ord", reader.made("msqrt", inside, token=token))
    small = reader.inner(degree, replace(reader.context, style=3))
    return Atom("ord", reader.made("mroot", inside, small, token=token))


@command(*ACCENTS)
def _accent(reader: Reader, token: Token) -> Atom:
    base = reader.argument()
    base = base[0] if len(base) == 1 else base
    base.text = DOTLESS.get(base.text or "", base.text)
    over = reader.letter(ACCENTS[token.text], token, UPRIGHT)  # as an operator it would grow with the letter
    if unicodedata.combining(over.text or ""):
        over.tag = "mtext"  # which leaves it where it is drawn, left of its origin
    return Atom("ord", reader.made("mover", base, over, token=token, accent="true"))


@command(*WIDE)
def _wide(reader: Reader, token: Token) -> Atom:
    tag, character = WIDE[token.text]
    flag = "accent" if tag == "mover" else "accentunder"
    more = {flag: "true"}
    base = reader.argument()
    drawn = token if tag == "mover" else reader.stream.end
    over = reader.operator(character, drawn, stretchy="true")
    atom = Atom("ord", reader.made(tag, base, over, token=drawn, **more))
    atom.limits = token.text in BRACES
    return atom


@command(r"\overset", r"\underset", r"\stackrel")
def _set_over(reader: Reader, token: Token) -> Atom:
    over = reader.argument(reader.context.smaller)
    atoms = Reader.of(reader.stream.argument(), reader.stream.macros, reader.context).line()
    kind = "rel" if token.text == r"\stackrel" else atoms[0].kind if len(atoms) == 1 else "ord"
    tag = "munder" if token.text == r"\underset" else "mover"
    return Atom(kind, reader.made(tag, row(atoms, reader.context.style), over, token=token))


@command(*ARROWS)
def _arrow(reader: Reader, token: Token) -> Atom:
    below = reader.stream.optional()
    context = reader.context.smaller
    over = reader.argument(context)
    arrow = reader.operator(ARROWS[token.text], token)
    if below is None:
        return Atom("rel", reader.made("mover", arrow, over, token=token))
    return Atom("rel", reader.made("munderover", arrow, reader.inner(below, context), over, token=token))


def _delimiter(reader: Reader) -> tuple[str, Token]:
    """Take a delimiter, and return its character; none for a dot."""
    reader.stream.skip_spaces()
    token = reader.stream.next()
    text = {"<": "⟨", ">": "⟩", ".": "", "/": "/"}.get(token.text)
    if text is None:
        found = symbol(token.text)
        if found is None:
            raise UnsetError(f"'{token.text}' is no delimiter")
        text = found.character
    return text, token


@command(*(name + side for name in BIG for side in ("", "l", "m", "r")))
def _big(reader: Reader, token: Token) -> Atom:
    name = token.text if token.text in BIG else token.text[:-1]
    kind = {"l": "open", "m": "rel", "r": "close"}[token.text[-1]] if token.text not in BIG else "ord"
    text, _ = _delimiter(reader)
    size = f"{BIG[name] * EM:.3f}"
    return Atom(kind, reader.operator(text, token, stretchy="true", minsize=size, maxsize=size))


@command(r"\left")
def _left(reader: Reader, token: Token) -> Atom:
    left, _ = _delimiter(reader)
    inside, end = reader.stream.until({r"\left"}, r"\right")
    right, _ = _delimiter(reader)
    made = reader.inner(inside)
    if left:
        made.insert(0, reader.operator(left, token, **FENCE))
    if right:
        made.append(reader.operator(right, end, **FENCE))
    return Atom("inner", made)


@command(r"\middle")
def _middle(reader: Reader, token: Token) -> Atom:
    text, _ = _delimiter(reader)
    return Atom("ord", reader.operator(text, token, stretchy="true", fence="true"))
