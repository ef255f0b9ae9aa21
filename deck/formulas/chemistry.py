r"""Chemical formulas and reactions, as ``\ce`` of the package mhchem writes them."""

from __future__ import annotations

import re
from collections.abc import Callable

from deck.formulas.atoms import Atom
from deck.formulas.expansion import made
from deck.formulas.maths import Reader, command
from deck.formulas.source import Token

__all__: list[str] = []

ARROWS = {
    "->": r"\xrightarrow",
    "<-": r"\xleftarrow",
    "<->": r"\xleftrightarrow",
    "<=>": r"\xrightleftharpoons",
    "<=>>": r"\xrightleftharpoons",
    "<<=>": r"\xrightleftharpoons",
    "-->": r"\xrightarrow",
}
BONDS = {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}
START, INSIDE = "start", "inside"
"""Where something stands: a number says how many there are of what it stands before, or of the atom that it follows."""
SCRIPTS = {"number", "braced", "up", "lower", "down"}
PART = re.compile(
    r"""
    (?P<arrow><=>>|<<=>|<=>|<->|-->|->|<-)\s*(?:\[(?P<above>[^]]*)\])?(?:\[(?P<below>[^]]*)\])?
    | (?P<space>\s+)
    | (?P<maths>\$[^$]*\$)
    | (?P<gas>\^(?=\s|$))
    | (?P<solid>(?<!\S)v(?=\s|$))
    | \^(?:\{(?P<braced>[^}]*)\}|(?P<up>[\d.+-]+|[a-z*]))
    | _(?:\{(?P<lower>[^}]*)\}|(?P<down>\d+|[a-z]))
    | (?P<number>\d+(?:[./]\d+)?)
    | (?P<charge>[+-](?=\s|$|[])]))
    | (?P<bond>[-=\#])
    | (?P<dot>[*.])
    | (?P<command>\\[a-zA-Z]+\s*)
    | (?P<letters>[A-Za-z]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@command(r"\ce")
def _formula(reader: Reader, token: Token) -> Atom:
    text = "".join(
        f"{part.text} " if part.text.startswith("\\") and part.text[1:].isalpha() else part.text
        for part in reader.stream.argument()
    )
    return made(reader, token, _written(text), kind="ord")


def _written(text: str) -> str:
    """Return a reaction as TeX's maths."""
    written = ""
    place = START
    for found in PART.finditer(text):
        kind = "arrow" if found["arrow"] else found.lastgroup or ""
        written += WRITERS[kind](found, place)
        if kind not in SCRIPTS:
            place = START if kind in STARTS else INSIDE
    return written


def _arrow(found: re.Match[str], _place: str) -> str:
    below = f"[{_written(found['below'])}]" if found["below"] else ""
    return rf"\;{ARROWS[found['arrow']]}{below}{{{_written(found['above'] or '')}}}\;"


def _number(found: re.Match[str], place: str) -> str:
    """Return how many there are of something, or of an atom in it."""
    number = found["number"]
    if place != START:
        return f"_{{{number}}}"
    above, _, below = number.partition("/")
    return rf"\tfrac{{{above}}}{{{below}}}\," if below else rf"{number}\,"


def _script(found: re.Match[str], place: str) -> str:
    """Return a script, which is on the left of what it comes before."""
    kind = found.lastgroup or ""
    sign = "^" if kind in {"braced", "up"} else "_"
    base = "{}" if place == START and sign == "^" else ""
    script = found[kind].replace("$", "")
    if len(script) > 1 and script.isalpha():
        script = rf"\mathrm{{{script}}}"
    return f"{base}{sign}{{{script}}}"


def _as_it_is(found: re.Match[str], _place: str) -> str:
    return found[0]


WRITERS: dict[str, Callable[[re.Match[str], str], str]] = {
    "arrow": _arrow,
    "space": lambda _found, _place: "",
    "maths": lambda found, _place: found[0].strip("$"),
    "gas": lambda _found, _place: r"\uparrow ",
    "solid": lambda _found, _place: r"\downarrow ",
    **dict.fromkeys(SCRIPTS, _script),
    "number": _number,
    "charge": lambda found, place: found[0] if place == START else f"^{{{found[0]}}}",
    "bond": lambda found, _place: BONDS[found[0]],
    "dot": lambda _found, _place: r"\cdot ",
    "command": _as_it_is,
    "letters": lambda found, _place: rf"\mathrm{{{found[0]}}}",
    "other": _as_it_is,
}
STARTS = {"space", "dot", "arrow", "charge"}
"""What something new comes after."""
