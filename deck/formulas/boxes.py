"""Boxes of text, in formulas and in text itself: with a frame, a ground, at another height or without room."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from deck.formulas.atoms import EM, Atom, element
from deck.formulas.colors import color
from deck.formulas.lengths import ems
from deck.formulas.maths import MathsReader, command
from deck.formulas.source import Token
from deck.formulas.stream import Stream
from deck.formulas.words import TextLook, Writer, on_a_line, words, written

__all__: list[str] = []

PAD, LINE = 0.3, 0.05
"""Between a frame and what stands in it, and how thick it is, in ems."""
SIDES = {"l": "0", "r": "1"}
LAPS = {r"\rlap": "0", r"\llap": "1", r"\clap": "0.5"}
"""How much of what is left of its room is to the left of a box."""

Box = Callable[[Stream, TextLook, Token], ET.Element]
BOXES: dict[str, Box] = {}


def _box(*names: str) -> Callable[[Box], Box]:
    """Return a decorator for what reads a box, of which the command is taken already."""

    def known(read: Box) -> Box:
        BOXES.update(dict.fromkeys(names, read))
        return read

    return known


def _content(stream: Stream, look: TextLook, token: Token) -> ET.Element:
    """Take text, and return it on a line."""
    return element("mrow", *on_a_line(words(stream.argument(), stream.macros, look)), group=token.group)


def _plain(tokens: list[Token] | None) -> str:
    return "".join(token.text for token in tokens or []).strip()


def _named(stream: Stream) -> str:
    """Take a colour, after its model if there is any."""
    model = _plain(stream.optional())
    return color(stream.word(), model)


def _moved(made: ET.Element, token: Token, **how: str) -> ET.Element:
    return element("mmove", made, group=token.group, **how)


def _framed(made: ET.Element, token: Token, edge: str, pad: float = PAD) -> ET.Element:
    return element("mframe", made, group=token.group, edge=edge, pad=f"{pad * EM}", line=f"{LINE * EM}")


def _filled(made: ET.Element, token: Token, fill: str) -> ET.Element:
    return element("mfill", made, group=token.group, fill=fill, pad=f"{PAD * EM}")


@_box(r"\fbox", r"\framebox", r"\makebox")
def _boxed(stream: Stream, look: TextLook, token: Token) -> ET.Element:
    """Read a box, which may say how wide it is, and where its text stands in it."""
    width, side = _plain(stream.optional()), _plain(stream.optional())
    made = _content(stream, look, token)
    if width:
        made = _moved(made, token, width=f"{ems(width) * EM:.3f}", lap=SIDES.get(side, "0.5"))
    return made if token.text == r"\makebox" else _framed(made, token, look.color)


@_box(r"\colorbox")
def _grounded(stream: Stream, look: TextLook, token: Token) -> ET.Element:
    fill = _named(stream)
    return _filled(_content(stream, look, token), token, fill)


@_box(r"\fcolorbox")
def _both(stream: Stream, look: TextLook, token: Token) -> ET.Element:
    edge, fill = _named(stream), _named(stream)
    return _framed(_filled(_content(stream, look, token), token, fill), token, edge, pad=0.0)


@_box(r"\raisebox")
def _raised(stream: Stream, look: TextLook, token: Token) -> ET.Element:
    up = ems(stream.word())
    stream.optional()
    stream.optional()
    return _moved(_content(stream, look, token), token, up=f"{up * EM:.3f}")


@_box(*LAPS)
def _lapped(stream: Stream, look: TextLook, token: Token) -> ET.Element:
    return _moved(_content(stream, look, token), token, width="0", lap=LAPS[token.text])


@_box(r"\rule")
def _rule(stream: Stream, look: TextLook, token: Token) -> ET.Element:
    """Read how high a filled rectangle stands, how wide and how high it is."""
    up = ems(_plain(stream.optional()))
    width, height = ems(stream.word()), ems(stream.word())
    sizes = {"width": width, "height": height + up, "depth": -up}
    how = {name: f"{size * EM:.3f}" for name, size in sizes.items()}
    return element("mrule", group=token.group, color=look.color, **how)


@_box(r"\strut")
def _strut(_stream: Stream, _look: TextLook, token: Token) -> ET.Element:
    return element("mrule", group=token.group, height=f"{0.84 * EM}", depth=f"{0.36 * EM}")


@command(*BOXES)
def _in_maths(reader: MathsReader, token: Token) -> Atom:
    return Atom("ord", BOXES[token.text](reader.stream, TextLook(color=reader.context.color), token))


@written(*BOXES)
def _in_text(writer: Writer, token: Token) -> None:
    writer.word.append(BOXES[token.text](writer.stream, writer.look, token))


@command(r"\boxed")
def _formula(reader: MathsReader, _token: Token) -> Atom:
    inside = reader.argument()
    return Atom("ord", _framed(inside, reader.stream.end, reader.context.color))
