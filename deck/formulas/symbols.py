"""The symbols of TeX: the character that each command stands for, and how it behaves between others."""

# ruff: noqa: RUF001 - typographical characters are meant as they are

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deck.adapters.ziamath import SYMBOLS, SYMBOLS_FILE, MathVariant, styledchr
from deck.formulas.aliases import NAMES

__all__ = ["ACCENTS", "FONTS", "FUNCTIONS", "LIMITED", "WIDE", "Symbol", "struck", "styled", "symbol"]

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
    r"\ddddot": "\u20dc",
    r"\vec": "\u20d7",
}
WIDE = {
    r"\widehat": ("mover", "\u0302"),
    r"\widetilde": ("mover", "\u0303"),
    r"\widecheck": ("mover", "\u030c"),
    r"\overline": ("mover", "―"),
    r"\overrightarrow": ("mover", "→"),
    r"\overleftarrow": ("mover", "←"),
    r"\overleftrightarrow": ("mover", "↔"),
    r"\Overrightarrow": ("mover", "⇒"),
    r"\overrightharpoon": ("mover", "⇀"),
    r"\overleftharpoon": ("mover", "↼"),
    r"\overparen": ("mover", "⏜"),
    r"\wideparen": ("mover", "⏜"),
    r"\overgroup": ("mover", "⏠"),
    r"\overbracket": ("mover", "⎴"),
    r"\overbrace": ("mover", "⏞"),
    r"\underbrace": ("munder", "⏟"),
    r"\underbracket": ("munder", "⎵"),
    r"\underparen": ("munder", "⏝"),
    r"\undergroup": ("munder", "⏡"),
    r"\underrightarrow": ("munder", "→"),
    r"\underleftarrow": ("munder", "←"),
    r"\underleftrightarrow": ("munder", "↔"),
}

ITALIC = MathVariant(italic=True)
FONTS = {
    r"\mathrm": MathVariant(),
    r"\mathup": MathVariant(),
    r"\symrm": MathVariant(),
    r"\symup": MathVariant(),
    r"\mathnormal": ITALIC,
    r"\symit": ITALIC,
    r"\mathit": ITALIC,
    r"\mathbf": MathVariant(bold=True),
    r"\bold": MathVariant(bold=True),
    r"\mathbfup": MathVariant(bold=True),
    r"\symbfup": MathVariant(bold=True),
    r"\mathbfit": MathVariant(bold=True, italic=True),
    r"\symbf": MathVariant(bold=True, italic=True),
    r"\symbfit": MathVariant(bold=True, italic=True),
    r"\boldsymbol": MathVariant(bold=True, italic=True),
    r"\bm": MathVariant(bold=True, italic=True),
    r"\pmb": MathVariant(bold=True, italic=True),
    r"\mathbb": MathVariant(style="double"),
    r"\Bbb": MathVariant(style="double"),
    r"\mathds": MathVariant(style="double"),
    r"\mathbbm": MathVariant(style="double"),
    r"\mathbfcal": MathVariant(style="script", bold=True),
    r"\mathbfscr": MathVariant(style="script", bold=True),
    r"\mathbffrak": MathVariant(style="fraktur", bold=True),
    r"\mathbfsf": MathVariant(style="sans", bold=True),
    r"\mathsfit": MathVariant(style="sans", italic=True),
    r"\frak": MathVariant(style="fraktur"),
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
    character = NAMES.get(text) or (chr(int(code, 16)) if code else "")
    return Symbol(character, kinds.get(character, "ord")) if character else None


def styled(character: str, font: MathVariant | None) -> str:
    """Return a character in a font; without one, letters are italic, but for capital Greek ones."""
    if font is None:
        font = ITALIC if _slants(character) else MathVariant()
    elif font.italic and not _slants(character):
        font = MathVariant(style=font.style, bold=font.bold)
    return str(styledchr(character, font))


def struck(character: str) -> str:
    """Return a symbol with a stroke through it; nothing if there is none."""
    made = unicodedata.normalize("NFC", f"{character}\u0338")
    return made if len(made) == 1 else ""


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
