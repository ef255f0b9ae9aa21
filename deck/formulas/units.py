"""Numbers with their units, as the package siunitx writes them."""

from __future__ import annotations

import re

from deck.formulas.atoms import Atom
from deck.formulas.expansion import made
from deck.formulas.maths import Reader, command
from deck.formulas.source import Token
from deck.formulas.stream import Stream

__all__: list[str] = []


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


PREFIXES = _pairs(
    r"yocto=y zepto=z atto=a femto=f pico=p nano=n micro=\mu{} milli=m centi=c deci=d deca=da hecto=h kilo=k mega=M "
    r"giga=G tera=T peta=P exa=E zetta=Z yotta=Y kibi=Ki mebi=Mi gibi=Gi"
)
UNITS = _pairs(
    r"ampere=A candela=cd kelvin=K kilogram=kg metre=m meter=m mole=mol second=s becquerel=Bq coulomb=C farad=F gram=g "
    r"gray=Gy henry=H hertz=Hz joule=J lumen=lm lux=lx newton=N ohm=\Omega pascal=Pa radian=rad siemens=S sievert=Sv "
    r"steradian=sr tesla=T volt=V watt=W weber=Wb celsius={}^\circ{}C degreeCelsius={}^\circ{}C degree={}^\circ "
    r"arcminute={}' arcsecond={}'' percent=\% electronvolt=eV bar=bar minute=min hour=h day=d litre=L liter=L tonne=t "
    r"hectare=ha bel=B decibel=dB bit=bit byte=B angstrom=\text{Å} dalton=Da astronomicalunit=au atmosphere=atm"
)
AFTER = {r"\squared": 2, r"\cubed": 3}
BEFORE = {r"\square": 2, r"\cubic": 3}
NUMBER = re.compile(r"\s*([-+±.,\d\s]*?)\s*(?:[eEdD]([+-]?\d+))?\s*")


@command(r"\SI")
def _quantity(reader: Reader, token: Token) -> Atom:
    reader.stream.optional()
    number = _number(reader.stream.argument())
    unit = _unit(reader.stream.argument())
    between = "" if unit.startswith((r"{}^\circ", "{}'")) and "C" not in unit else r"\,"
    return made(reader, token, rf"{number}{between}\mathrm{{{unit}}}", kind="ord")


@command(r"\si", r"\unit")
def _alone(reader: Reader, token: Token) -> Atom:
    reader.stream.optional()
    return made(reader, token, rf"\mathrm{{{_unit(reader.stream.argument())}}}", kind="ord")


@command(r"\num")
def _plain(reader: Reader, token: Token) -> Atom:
    reader.stream.optional()
    return made(reader, token, _number(reader.stream.argument()), kind="ord")


@command(r"\ang")
def _angle(reader: Reader, token: Token) -> Atom:
    parts = zip(reader.stream.word().split(";"), (r"^\circ", "'", "''"), strict=False)
    return made(reader, token, "".join(part + sign for part, sign in parts if part), kind="ord")


def _number(tokens: list[Token]) -> str:
    """Return a number as TeX: what stands after an e is a power of ten."""
    text = "".join(token.text for token in tokens).replace(r"\pm", "±").replace("+-", "±")
    found = NUMBER.fullmatch(text)
    if found is None:
        return text
    digits, power = found[1].replace(",", "{,}"), found[2]
    tens = "" if power is None else f"10^{{{int(power)}}}"
    return rf"{digits}\times {tens}" if tens and digits.strip("+-") else digits + tens


def _unit(tokens: list[Token]) -> str:
    r"""Return a unit as TeX: its names as what they are short for, and what comes after ``\per`` to the power of -1."""
    parts: list[tuple[str, int]] = []
    prefix, power = "", 1
    stream = Stream(tokens, {})
    while stream.peek() is not None:
        text = stream.next().text
        name = text.removeprefix("\\")
        if text == r"\per":
            power = -1
        elif text in BEFORE:
            power *= BEFORE[text]
        elif name != text and name in PREFIXES:
            prefix += PREFIXES[name]
        elif name != text and name in UNITS:
            parts.append((prefix + UNITS[name], power))
            prefix, power = "", 1
        elif parts and (times := AFTER.get(text) or _times(text, stream)):
            parts[-1] = parts[-1][0], parts[-1][1] * times
        else:
            return _letters(tokens)
    return r"\,".join(unit if power == 1 else f"{unit}^{{{power}}}" for unit, power in parts)


def _times(text: str, stream: Stream) -> int:
    r"""Return the power that stands after ``\tothe``; 0 if it is not that."""
    written = stream.word() if text == r"\tothe" else ""
    return int(written) if written.lstrip("-").isdecimal() else 0


def _letters(tokens: list[Token]) -> str:
    """Return a unit that is written with its letters."""
    between = {".": r"\,", "~": r"\,"}
    return "".join(between.get(token.text, f"{token.text} " if len(token.text) > 1 else token.text) for token in tokens)
