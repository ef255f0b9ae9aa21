"""Commands that stand for some TeX, which depends on more than a macro can say."""

from __future__ import annotations

from deck.formulas.atoms import Atom, row
from deck.formulas.maths import MathsReader
from deck.formulas.source import Token, read
from deck.formulas.stream import Macro, Stream

__all__ = ["made", "more"]

MADE = r"\deck made"
"""Nobody can write it."""


def made(reader: MathsReader, token: Token, tex: str, *arguments: list[Token], kind: str = "inner") -> Atom:
    """Return what TeX with ``#1`` and so on for arguments stands for."""
    macros = {**reader.stream.macros, MADE: Macro(len(arguments), None, read(tex).tokens)}
    braced = [part for argument in arguments for part in (Token("{"), *argument, Token("}"))]
    stream = Stream([Token(MADE, token.group), *braced], macros)
    return Atom(kind, row(MathsReader(stream, reader.context).line(), reader.context.style))


def more(reader: MathsReader) -> list[Token] | None:
    """Take an argument if there is one more, in braces."""
    reader.stream.skip_spaces()
    following = reader.stream.peek()
    return reader.stream.argument() if following and following.text == "{" else None
