"""Letters of text: those with accents, those that have names, raised ones, and the names of TeX itself."""

from __future__ import annotations

import unicodedata

from deck.adapters.ziamath import MathVariant
from deck.formulas.atoms import Atom, element, space
from deck.formulas.expansion import made
from deck.formulas.maths import MathsReader, command
from deck.formulas.source import Token, UnsetError
from deck.formulas.stream import Stream
from deck.formulas.symbols import symbol
from deck.formulas.words import CHARACTERS, Writer, on_a_line, words, written

__all__: list[str] = []

MARKS = {
    r"\'": "\u0301",
    r"\`": "\u0300",
    r"\^": "\u0302",
    r"\"": "\u0308",
    r"\~": "\u0303",
    r"\=": "\u0304",
    r"\.": "\u0307",
    r"\c": "\u0327",
    r"\v": "\u030c",
    r"\u": "\u0306",
    r"\H": "\u030b",
    r"\r": "\u030a",
    r"\d": "\u0323",
    r"\b": "\u0331",
    r"\k": "\u0328",
}
DOTLESS = {r"\i": "i", r"\j": "j"}
"""For an accent takes the dot's place anyhow."""
LETTERS = {name for name in CHARACTERS if name[1:].isalpha() and symbol(name) is None}
"""Those of text that are no symbols of maths."""
SCRIPTS = {r"\textsuperscript": "msup", r"\textsubscript": "msub"}


@written(*MARKS)
def _accent(writer: Writer, token: Token) -> None:
    writer.write(_marked(writer.stream, token), token)


@command(*MARKS)
def _accent_in_maths(reader: MathsReader, token: Token) -> Atom:
    """Read an accent of text; LaTeX warns of it, and sets it."""
    return Atom("ord", reader.made("mtext", token=token, text=_marked(reader.stream, token), mathvariant="normal"))


@command(*LETTERS)
def _letter(reader: MathsReader, token: Token) -> Atom:
    return Atom("ord", reader.letter(CHARACTERS[token.text], token, MathVariant()))


def _marked(stream: Stream, token: Token) -> str:
    """Take a letter, and return it with an accent."""
    base = "".join(DOTLESS.get(part.text, part.text) for part in stream.argument()).strip()
    if "\\" in base:
        raise UnsetError(f"'{base}' is no letter, which an accent of text stands on")
    return unicodedata.normalize("NFC", base + MARKS[token.text])


@written(r"\LaTeX", r"\TeX")
def _latex(writer: Writer, token: Token) -> None:
    def put(text: str, *, down: float = 0.0, size: float = 1.0, kern: float = 0.0) -> None:
        made = element("mtext", group=token.group, color=writer.look.color, text=text, mathvariant="normal")
        if size != 1:
            made = element("mstyle", made, group=token.group, scriptlevel="1")
        if down:
            made = element("mpadded", made, group=token.group, voffset=f"{'-' if down > 0 else '+'}{abs(down) * 100}")
        writer.word.append(made)
        writer.word.append(space(kern * writer.look.size))

    if token.text == r"\LaTeX":
        put("L", kern=-0.3)
        put("A", down=-0.2, size=0.7, kern=-0.12)
    put("T", kern=-0.12)
    put("E", down=0.2, kern=-0.1)
    put("X")


@command(r"\LaTeX", r"\TeX")
def _latex_in_maths(reader: MathsReader, token: Token) -> Atom:
    return made(reader, token, rf"\text{{{token.text}}}", kind="ord")


@written(*SCRIPTS)
def _script(writer: Writer, token: Token) -> None:
    inside = words(writer.stream.argument(), writer.stream.macros, writer.look)
    script = element("mrow", *on_a_line(inside), group=token.group)
    writer.word.append(element(SCRIPTS[token.text], space(0), script, group=token.group))
