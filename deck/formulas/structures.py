"""The commands of maths that put things above, below or around others."""

# ruff: noqa: RUF001 - typographical characters are meant as they are

from __future__ import annotations

import unicodedata
from dataclasses import replace

from deck.formulas.atoms import EM, Atom
from deck.formulas.maths import UPRIGHT, MathsReader, command
from deck.formulas.source import Token, UnsetError
from deck.formulas.stream import PAIRED
from deck.formulas.symbols import ACCENTS, WIDE, symbol

__all__: list[str] = []

BIG = {r"\big": 1.0, r"\Big": 1.4, r"\bigg": 1.8, r"\Bigg": 2.3}
"""Heights in ems."""

BRACES = {r"\overbrace", r"\underbrace", r"\overbracket", r"\underbracket"}
FENCE = {"stretchy": "true", "fence": "true"}
DOTLESS = {"𝑖": "𝚤", "𝑗": "𝚥"}
"""An accent takes the dot's place."""


@command(r"\sqrt")
def _root(reader: MathsReader, token: Token) -> Atom:
    degree = reader.stream.optional()
    inside = reader.argument()
    if degree is None:
        return Atom("ord", reader.made("msqrt", inside, token=token))
    small = reader.inner(degree, replace(reader.context, style=3))
    return Atom("ord", reader.made("mroot", inside, small, token=token))


@command(*ACCENTS)
def _accent(reader: MathsReader, token: Token) -> Atom:
    base = reader.argument()
    base = base[0] if len(base) == 1 else base
    base.text = DOTLESS.get(base.text or "", base.text)
    over = reader.letter(ACCENTS[token.text], token, UPRIGHT)  # as an operator it would grow with the letter
    if unicodedata.combining(over.text or ""):
        over.tag = "mtext"  # which leaves it where it is drawn, left of its origin
    return Atom("ord", reader.made("mover", base, over, token=token, accent="true"))


@command(*WIDE)
def _wide(reader: MathsReader, token: Token) -> Atom:
    tag, character = WIDE[token.text]
    flag = "accent" if tag == "mover" else "accentunder"
    more = {flag: "true"}
    base = reader.argument()
    drawn = token if tag == "mover" else reader.stream.end
    over = reader.operator(character, drawn, stretchy="true")
    atom = Atom("ord", reader.made(tag, base, over, token=drawn, **more))
    atom.limits = token.text in BRACES
    return atom


def _delimiter(reader: MathsReader) -> tuple[str, Token]:
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
def _big(reader: MathsReader, token: Token) -> Atom:
    name = token.text if token.text in BIG else token.text[:-1]
    kind = {"l": "open", "m": "rel", "r": "close"}[token.text[-1]] if token.text not in BIG else "ord"
    text, _ = _delimiter(reader)
    size = f"{BIG[name] * EM:.3f}"
    return Atom(kind, reader.operator(text, token, stretchy="true", minsize=size, maxsize=size))


@command(r"\left")
def _left(reader: MathsReader, token: Token) -> Atom:
    left, _ = _delimiter(reader)
    inside, end = reader.stream.until({r"\left"}, r"\right")
    right, _ = _delimiter(reader)
    made = reader.inner(inside)
    if left:
        made.insert(0, reader.operator(left, token, **FENCE))
    if right:
        made.append(reader.operator(right, end, **FENCE))
    return Atom("inner", made)


@command(PAIRED)
def _paired(reader: MathsReader, token: Token) -> Atom:
    """Read what stands between delimiters: they grow with it if there is a star, or have the size that is given."""
    grows = reader.stream.take("*")
    left, right = reader.stream.argument(), reader.stream.argument()
    grows = grows != reader.stream.take("*")
    size = reader.stream.optional() or []
    inside = reader.stream.argument()
    opening, closing = (r"\left", r"\right") if grows else (r"\mathopen", r"\mathclose")
    if size:
        if size[0].text not in BIG:
            raise UnsetError(f"'{size[0].text}' is no size of a delimiter")
        opening, closing = f"{size[0].text}l", f"{size[0].text}r"
    ends = [Token(opening, token.group), *left], [Token(closing, token.group), *right]
    if not (grows or size):
        ends = [ends[0][0], Token("{"), *left, Token("}")], [ends[1][0], Token("{"), *right, Token("}")]
    return Atom("inner" if grows else "ord", reader.inner([*ends[0], *inside, *ends[1]]))


@command(r"\middle")
def _middle(reader: MathsReader, token: Token) -> Atom:
    text, _ = _delimiter(reader)
    return Atom("ord", reader.operator(text, token, stretchy="true", fence="true"))
