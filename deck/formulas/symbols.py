"""The symbols of TeX: the character that each command stands for, and how it behaves between others."""

# ruff: noqa: RUF001 - typographical characters are meant as they are

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from latex2mathml.symbols_parser import SYMBOLS, SYMBOLS_FILE
from ziamath.styles import MathVariant, styledchr

from deck.formulas.source import UnsetError

__all__ = ["ACCENTS", "FONTS", "FUNCTIONS", "LIMITED", "WIDE", "Symbol", "negated", "styled", "symbol"]

KINDS = {
    "mathbin": "bin",
    "mathrel": "rel",
    "mathop": "op",
    "mathopen": "open",
    "mathclose": "close",
    "mathpunct": "punct",
}

CHARACTERS = {
    "+": ("+", "bin"),
    "-": ("−", "bin"),
    "*": ("∗", "bin"),
    "/": ("/", "ord"),
    "=": ("=", "rel"),
    "<": ("<", "rel"),
    ">": (">", "rel"),
    ":": (":", "rel"),
    ",": (",", "punct"),
    ";": (";", "punct"),
    "(": ("(", "open"),
    "[": ("[", "open"),
    ")": (")", "close"),
    "]": ("]", "close"),
    "!": ("!", "close"),
    "?": ("?", "close"),
    "|": ("|", "ord"),
}

COMMANDS = {
    r"\backslash": ("\\", "ord"),
    r"\square": ("□", "ord"),
    r"\Box": ("□", "ord"),
    r"\blacksquare": ("■", "ord"),
    r"\triangle": ("△", "ord"),
    r"\colon": (":", "punct"),
    r"\ddots": ("⋱", "inner"),
    r"\vdots": ("⋮", "ord"),
    r"\emptyset": ("∅", "ord"),
    r"\setminus": ("\\", "bin"),
    r"\therefore": ("∴", "rel"),
    r"\because": ("∵", "rel"),
    r"\neg": ("¬", "ord"),
    r"\lnot": ("¬", "ord"),
    r"\bot": ("⊥", "ord"),
    r"\dag": ("†", "ord"),
    r"\ddag": ("‡", "ord"),
    r"\P": ("¶", "ord"),
    r"\copyright": ("©", "ord"),
    r"\euro": ("€", "ord"),
    r"\degree": ("°", "ord"),
    r"\imath": ("𝚤", "ord"),
    r"\jmath": ("𝚥", "ord"),
    r"\lbrace": ("{", "open"),
    r"\rbrace": ("}", "close"),
    r"\{": ("{", "open"),
    r"\}": ("}", "close"),
    r"\|": ("‖", "ord"),
    r"\vert": ("|", "ord"),
    r"\Vert": ("‖", "ord"),
    r"\lvert": ("|", "open"),
    r"\rvert": ("|", "close"),
    r"\lVert": ("‖", "open"),
    r"\rVert": ("‖", "close"),
    r"\_": ("_", "ord"),
    r"\#": ("#", "ord"),
    r"\$": ("$", "ord"),
    r"\%": ("%", "ord"),
    r"\&": ("&", "ord"),
}

FUNCTIONS = frozenset(
    "arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh".split()
)
LIMITED = {name: name for name in "det gcd inf lim max min Pr sup".split()} | {
    "liminf": "lim inf",
    "limsup": "lim sup",
    "injlim": "inj lim",
    "projlim": "proj lim",
}
"""Functions whose subscript stands below them."""

ACCENTS = {
    r"\hat": "ˆ",
    r"\check": "ˇ",
    r"\tilde": "~",
    r"\acute": "´",
    r"\grave": "`",
    r"\dot": "˙",
    r"\ddot": "¨",
    r"\dddot": "\u20db",
    r"\breve": "˘",
    r"\bar": "¯",
    r"\mathring": "˚",
    r"\vec": "\u20d7",
}
WIDE = {
    r"\widehat": ("mover", "\u0302"),
    r"\widetilde": ("mover", "\u0303"),
    r"\overline": ("mover", "―"),
    r"\overrightarrow": ("mover", "→"),
    r"\overleftarrow": ("mover", "←"),
    r"\overleftrightarrow": ("mover", "↔"),
    r"\overbrace": ("mover", "⏞"),
    r"\overbracket": ("mover", "⎴"),
    r"\underbrace": ("munder", "⏟"),
    r"\underbracket": ("munder", "⎵"),
    r"\underrightarrow": ("munder", "→"),
}

ITALIC = MathVariant(italic=True)
FONTS = {
    r"\mathrm": MathVariant(),
    r"\mathnormal": ITALIC,
    r"\mathit": ITALIC,
    r"\mathbf": MathVariant(bold=True),
    r"\boldsymbol": MathVariant(bold=True, italic=True),
    r"\bm": MathVariant(bold=True, italic=True),
    r"\pmb": MathVariant(bold=True, italic=True),
    r"\mathbb": MathVariant(style="double"),
    r"\Bbb": MathVariant(style="double"),
    r"\mathcal": MathVariant(style="script"),
    r"\mathscr": MathVariant(style="script"),
    r"\mathfrak": MathVariant(style="fraktur"),
    r"\mathsf": MathVariant(style="sans"),
    r"\mathtt": MathVariant(style="mono"),
    r"\rm": MathVariant(),
    r"\bf": MathVariant(bold=True),
    r"\it": ITALIC,
    r"\cal": MathVariant(style="script"),
    r"\tt": MathVariant(style="mono"),
    r"\sf": MathVariant(style="sans"),
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A character, and its kind: ord, op, bin, rel, open, close, punct or inner."""

    character: str
    kind: str


def symbol(text: str) -> Symbol | None:
    """Return the symbol of a command or a character, if there is one."""
    if known := COMMANDS.get(text) or CHARACTERS.get(text):
        return Symbol(*known)
    kinds = _kinds()
    if not text.startswith("\\"):
        return Symbol(text, kinds.get(text, "ord"))
    code = SYMBOLS.get(text)
    character = chr(int(code, 16)) if code else ""
    return Symbol(character, kinds.get(character, "ord")) if character else None


def styled(character: str, font: MathVariant | None) -> str:
    """Return a character in a font; without one, letters are italic, but for capital Greek ones."""
    if font is None:
        font = ITALIC if _slants(character) else MathVariant()
    elif font.italic and not _slants(character):
        font = MathVariant(style=font.style, bold=font.bold)
    return str(styledchr(character, font))


def negated(character: str) -> str:
    """Return a symbol with a stroke through it."""
    struck = unicodedata.normalize("NFC", f"{character}\u0338")
    if len(struck) > 1:
        raise UnsetError(f"'{character}' cannot be struck out")
    return struck


def _slants(character: str) -> bool:
    latin = character.isascii() and character.isalpha()
    return latin or "α" <= character <= "ω" or character in "∂ϵϑϰϕϱϖ"


@cache
def _kinds() -> dict[str, str]:
    """Return the kinds of characters, from the table of Unicode's mathematical symbols."""
    kinds: dict[str, str] = {}
    for line in Path(SYMBOLS_FILE).read_text("utf-8").splitlines():
        code, *columns = line.split("^")
        if not line.startswith("#") and columns[4] in KINDS:
            kinds.setdefault(chr(int(code, 16)), KINDS[columns[4]])
    return kinds
