"""The commands of maths that change what follows, leave space or change an argument."""

from __future__ import annotations

from dataclasses import replace

from deck.formulas.atoms import Atom, row, space
from deck.formulas.colors import color
from deck.formulas.lengths import ems
from deck.formulas.maths import MathsReader, command
from deck.formulas.source import Token
from deck.formulas.stream import DEFINITIONS
from deck.formulas.symbols import FONTS, symbol

__all__: list[str] = []

STYLES = (r"\displaystyle", r"\textstyle", r"\scriptstyle", r"\scriptscriptstyle")
SWITCHED_FONTS = (r"\rm", r"\bf", r"\it", r"\cal", r"\tt", r"\sf")
SPACES = {
    r"\,": 3 / 18,
    r"\thinspace": 3 / 18,
    r"\:": 4 / 18,
    r"\>": 4 / 18,
    r"\medspace": 4 / 18,
    r"\;": 5 / 18,
    r"\thickspace": 5 / 18,
    r"\!": -3 / 18,
    r"\negthinspace": -3 / 18,
    r"\negmedspace": -4 / 18,
    r"\negthickspace": -5 / 18,
    r"\enspace": 0.5,
    r"\quad": 1.0,
    r"\qquad": 2.0,
    "\\ ": 0.25,
    "\\\n": 0.25,
    r"\space": 0.25,
    r"\nobreakspace": 0.25,
    "~": 0.25,
}
DOTS = dict.fromkeys((r"\ldots", r"\dotsc", r"\dotso", r"\hdots"), ".") | dict.fromkeys(
    (r"\cdots", r"\dotsb", r"\dotsm", r"\dotsi"), "⋅"
)
KINDS = {
    r"\mathord": "ord",
    r"\mathop": "op",
    r"\mathbin": "bin",
    r"\mathrel": "rel",
    r"\mathopen": "open",
    r"\mathclose": "close",
    r"\mathpunct": "punct",
    r"\mathinner": "inner",
}
ENCLOSED = {
    r"\underline": "bottom",
    r"\underbar": "bottom",
    r"\sout": "horizontalstrike",
    r"\cancel": "updiagonalstrike",
    r"\bcancel": "downdiagonalstrike",
    r"\xcancel": "updiagonalstrike downdiagonalstrike",
}
NOTHING = {
    f"\\{name}"
    for name in (
        "nonumber notag allowbreak nobreak break newline par relax noindent centering null begingroup endgroup bgroup "
        "egroup global limits nolimits displaylimits nonscript hfill hfil boldmath unboldmath / @ "
        "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge"
    ).split()
}
"""What means nothing here, or nothing in maths; LaTeX too leaves it at a warning for the sizes of text."""
UNSEEN = {
    r"\label",
    r"\tag",
    r"\phantomsection",
    r"\leftroot",
    r"\uproot",
    r"\vspace",
    r"\mathversion",
    r"\hypertarget",
    r"\require",
}
"""What takes an argument of which nothing is seen."""


@command(*NOTHING)
def _nothing(_reader: MathsReader, _token: Token) -> None:
    return None


@command(*UNSEEN)
def _unseen(reader: MathsReader, _token: Token) -> None:
    reader.stream.take("*")
    reader.stream.argument()


@command(*DEFINITIONS)
def _define(reader: MathsReader, token: Token) -> None:
    reader.stream.define(token.text)


@command(*SPACES)
def _space(reader: MathsReader, token: Token) -> Atom:
    return Atom("space", space(SPACES[token.text], reader.context.style))


@command(r"\hspace", r"\hskip", r"\kern", r"\mkern", r"\mskip", r"\mspace")
def _length(reader: MathsReader, token: Token) -> Atom:
    reader.stream.take("*")
    following = reader.stream.peek()
    if token.text == r"\hspace" or (following and following.text == "{"):
        return Atom("space", space(ems(reader.stream.word())))
    return Atom("space", space(ems(reader.stream.length())))


@command(*STYLES)
def _style(reader: MathsReader, token: Token) -> None:
    reader.context = replace(reader.context, style=STYLES.index(token.text))


@command(*SWITCHED_FONTS)
def _switched(reader: MathsReader, token: Token) -> None:
    reader.context = replace(reader.context, font=FONTS[token.text])


@command(*(set(FONTS) - set(SWITCHED_FONTS)))
def _font(reader: MathsReader, token: Token) -> Atom:
    return Atom("ord", reader.argument(replace(reader.context, font=FONTS[token.text])))


@command(r"\color", r"\textcolor")
def _color(reader: MathsReader, token: Token) -> Atom | None:
    model = reader.stream.optional() or []
    named = color(reader.stream.word(), "".join(part.text for part in model))
    context = replace(reader.context, color=named)
    if token.text == r"\textcolor":
        return Atom("ord", reader.argument(context))
    reader.context = context
    return None


@command(*KINDS)
def _kind(reader: MathsReader, token: Token) -> Atom:
    kind = KINDS[token.text]
    return Atom(kind, reader.argument(), limits=kind == "op" and reader.context.style == 0)


@command(r"\operatorname")
def _named(reader: MathsReader, _token: Token) -> Atom:
    limits = reader.stream.take("*") and reader.context.style == 0
    return Atom("op", reader.argument(replace(reader.context, font=FONTS[r"\mathrm"])), limits=limits)


@command(*ENCLOSED)
def _enclosed(reader: MathsReader, token: Token) -> Atom:
    inside = reader.argument()
    return Atom("ord", reader.made("menclose", inside, token=reader.stream.end, notation=ENCLOSED[token.text]))


@command(r"\phantom", r"\hphantom", r"\vphantom")
def _phantom(reader: MathsReader, token: Token) -> Atom:
    made = reader.made("mphantom", reader.argument(), token=token)
    if token.text == r"\vphantom":
        made = reader.made("mpadded", made, token=token, width="0")
    return Atom("ord", made)


@command(*DOTS, r"\dots")
def _dots(reader: MathsReader, token: Token) -> Atom:
    """Write three dots, each a glyph of its own, as LaTeX does."""
    reader.stream.skip_spaces()
    following = reader.stream.peek()
    found = symbol(following.text) if following else None
    between = "⋅" if found and found.kind in {"bin", "rel"} else "."
    dots = [Atom("punct", reader.letter(DOTS.get(token.text, between), token)) for _ in range(3)]
    return Atom("inner", row(dots, min(reader.context.style, 1)))
