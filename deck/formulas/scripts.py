"""Scripts on the left, and things laid over others, without room, or moved up and down."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from deck.formulas.atoms import EM, Atom, row, space
from deck.formulas.lengths import ems
from deck.formulas.maths import MathsReader, command
from deck.formulas.source import Token, UnsetError
from deck.formulas.symbols import struck, symbol

__all__: list[str] = []

LAPS = {r"\mathrlap": "0", r"\mathllap": "1", r"\mathclap": "0.5"}
"""How much of what takes no room is on the left."""


@command(*LAPS)
def _lapped(reader: MathsReader, token: Token) -> Atom:
    made = reader.made("mmove", reader.argument(), token=token, width="0", lap=LAPS[token.text])
    return Atom("ord", made)


@command(r"\smash", r"\mathsmash")
def _smashed(reader: MathsReader, token: Token) -> Atom:
    side = "".join(part.text for part in reader.stream.optional() or [])
    return Atom("ord", reader.made("mmove", reader.argument(), token=token, flat=side or "tb"))


@command(r"\vcenter")
def _centred(reader: MathsReader, token: Token) -> Atom:
    return Atom("ord", reader.made("mmove", reader.argument(), token=token, axis="true"))


@command(r"\raise", r"\lower")
def _raised(reader: MathsReader, token: Token) -> Atom:
    up = ems(reader.stream.length()) * (1 if token.text == r"\raise" else -1)
    reader.stream.skip_spaces()
    atom = reader.nucleus(reader.stream.next())
    return Atom("ord", reader.made("mmove", row([atom] if atom else [], 1), token=token, up=f"{up * EM:.3f}"))


@command(r"\mathstrut")
def _strut(reader: MathsReader, token: Token) -> Atom:
    """Make room as high as a bracket."""
    inside = reader.made("mphantom", reader.letter("(", token), token=token)
    return Atom("space", reader.made("mmove", inside, token=token, width="0"))


@command(r"\not")
def _negated(reader: MathsReader, _token: Token) -> Atom:
    reader.stream.skip_spaces()
    argument = [part for part in reader.stream.argument() if part.text != " "]
    found = symbol(argument[0].text) if len(argument) == 1 else None
    if found is not None and (character := struck(found.character)):
        return Atom("rel", reader.operator(character, argument[0]))
    kind = found.kind if found else "ord"
    return Atom(kind, _slashed(reader, reader.inner(argument), reader.stream.end))


@command(r"\slashed")
def _slash(reader: MathsReader, token: Token) -> Atom:
    return Atom("ord", _slashed(reader, reader.argument(), token))


def _slashed(reader: MathsReader, base: ET.Element, token: Token) -> ET.Element:
    """Return something with a stroke laid over it."""
    return reader.made("mlay", base, reader.letter("/", token), token=token)


@command(r"\prescript")
def _prescript(reader: MathsReader, token: Token) -> Atom:
    context = reader.context.smaller
    above, below = reader.argument(context), reader.argument(context)
    return Atom("ord", reader.made("mbefore", reader.argument(), below, above, token=token))


@command(r"\sideset")
def _sides(reader: MathsReader, token: Token) -> Atom:
    """Read scripts on the left, on the right, and the large operator that they belong to."""
    left, right = (_pair(reader, reader.stream.argument()) for _ in range(2))
    reader.stream.skip_spaces()
    atom = reader.nucleus(reader.stream.next())
    if atom is None:
        raise UnsetError(r"after '\sideset' an operator has to follow")
    scripted = reader.made("msubsup", atom.element, *right, token=token)
    return Atom("op", reader.made("mbefore", scripted, *left, token=token), limits=reader.context.style == 0)


def _pair(reader: MathsReader, tokens: list[Token]) -> tuple[ET.Element, ET.Element]:
    """Return what stands after ``_`` and after ``^``."""
    inner = MathsReader.of(tokens, reader.stream.macros, reader.context.smaller)
    found = {"_": space(0), "^": space(0)}
    while inner.stream.peek() is not None:
        inner.stream.skip_spaces()
        mark = inner.stream.next()
        if mark.text == "'":
            found["^"] = inner.inner([Token(r"\prime", mark.group)])
        elif mark.text in found:
            found[mark.text] = inner.argument()
        else:
            raise UnsetError(f"'{mark.text}' is no script")
    return found["_"], found["^"]


@command(r"\cancelto")
def _cancelled(reader: MathsReader, token: Token) -> Atom:
    """Read what is left of something, and what it is that an arrow is drawn through."""
    left = reader.argument(reader.context.smaller)
    arrow = reader.made("menclose", reader.argument(), token=token, notation="updiagonalarrow")
    return Atom("ord", reader.made("msup", arrow, left, token=token))


@command(r"\mathchoice")
def _choice(reader: MathsReader, _token: Token) -> Atom:
    choices = [reader.stream.argument() for _ in range(4)]
    return Atom("ord", reader.inner(choices[reader.context.style]))
