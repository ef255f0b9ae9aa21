r"""The commands of TeX's text: fonts, sizes, colours, breaks, lists, and ``\text`` in a formula."""

from __future__ import annotations

from dataclasses import replace

from deck.formulas.atoms import Atom, element, space
from deck.formulas.colors import color
from deck.formulas.lengths import ems
from deck.formulas.maths import Context, MathsReader, command
from deck.formulas.source import Token, UnsetError
from deck.formulas.stream import DEFINITIONS
from deck.formulas.tables import STACKS, TABULARS, tabular
from deck.formulas.words import Display, LineEnd, TextLook, Writer, on_a_line, words, written

__all__: list[str] = []

SIZES = {
    r"\tiny": 0.5,
    r"\scriptsize": 0.7,
    r"\footnotesize": 0.8,
    r"\small": 0.9,
    r"\normalsize": 1.0,
    r"\large": 1.2,
    r"\Large": 1.44,
    r"\LARGE": 1.728,
    r"\huge": 2.074,
    r"\Huge": 2.488,
}
FONTS: dict[str, dict[str, bool | str]] = {
    r"\textbf": {"bold": True},
    r"\textit": {"italic": True},
    r"\textsl": {"italic": True},
    r"\emph": {"italic": True},
    r"\texttt": {"style": "mono"},
    r"\textsf": {"style": "sans"},
    r"\textrm": {"style": "serif"},
    r"\textnormal": {"style": "serif", "bold": False, "italic": False},
    r"\textup": {"italic": False},
    r"\textmd": {"bold": False},
    r"\textsc": {},
    r"\text": {},
    r"\mbox": {},
    r"\hbox": {},
}
SWITCHES: dict[str, dict[str, bool | str]] = {
    r"\bf": {"bold": True},
    r"\bfseries": {"bold": True},
    r"\it": {"italic": True},
    r"\itshape": {"italic": True},
    r"\em": {"italic": True},
    r"\tt": {"style": "mono"},
    r"\ttfamily": {"style": "mono"},
    r"\sf": {"style": "sans"},
    r"\sffamily": {"style": "sans"},
    r"\rm": {"style": "serif", "bold": False, "italic": False},
    r"\rmfamily": {"style": "serif"},
}
LINES = {r"\underline": "bottom", r"\uline": "bottom", r"\sout": "horizontalstrike"}
DISPLAYED = set("align alignat displaymath eqnarray equation flalign gather multline xalignat".split())
ALIGNS = {"center": "center", "flushleft": "left", "flushright": "right"}
NOTHING = {
    f"\\{name}" for name in "noindent indent relax null selectfont smallskip medskip bigskip hfill hfil / -".split()
}


@written(*NOTHING)
def _nothing(_writer: Writer, _token: Token) -> None:
    return None


def _changed(look: TextLook, change: dict[str, bool | str]) -> TextLook:
    variant = replace(look.variant, **change)  # type: ignore[arg-type]
    return replace(look, variant=variant)


@written(*FONTS)
def _font(writer: Writer, token: Token) -> None:
    writer.nested(writer.stream.argument(), _changed(writer.look, FONTS[token.text]))


@written(*SWITCHES)
def _switch(writer: Writer, token: Token) -> None:
    writer.look = _changed(writer.look, SWITCHES[token.text])


@written(*SIZES)
def _size(writer: Writer, token: Token) -> None:
    writer.end_word()
    writer.look = replace(writer.look, size=SIZES[token.text])


@written(r"\color", r"\textcolor")
def _color(writer: Writer, token: Token) -> None:
    model = writer.stream.optional() or []
    look = replace(writer.look, color=color(writer.stream.word(), "".join(part.text for part in model)))
    if token.text == r"\textcolor":
        writer.nested(writer.stream.argument(), look)
    else:
        writer.look = look


@written(*DEFINITIONS)
def _define(writer: Writer, token: Token) -> None:
    writer.stream.define(token.text)


@written(r"\hspace", r"\vspace")
def _length(writer: Writer, token: Token) -> None:
    writer.stream.take("*")
    length = ems(writer.stream.word())
    if token.text == r"\hspace":
        writer.word.append(space(length))


@written(r"\\", r"\newline", r"\par")
def _end_line(writer: Writer, _token: Token) -> None:
    writer.stream.take("*")
    down = writer.stream.optional() or []
    writer.add(LineEnd(ems("".join(token.text for token in down))))


@written(r"\centering", r"\raggedright", r"\raggedleft")
def _align(writer: Writer, token: Token) -> None:
    align = {r"\centering": "center", r"\raggedright": "left", r"\raggedleft": "right"}[token.text]
    writer.add(LineEnd(align=align))


@written(*LINES)
def _underline(writer: Writer, token: Token) -> None:
    inside = words(writer.stream.argument(), writer.stream.macros, writer.look)
    base = element("mrow", *on_a_line(inside), group=token.group)
    end = writer.stream.end
    writer.word.append(element("menclose", base, group=end.group, color=writer.look.color, notation=LINES[token.text]))


@written(r"\begin")
def _environment(writer: Writer, token: Token) -> None:
    name = writer.stream.word()
    inside = writer.stream.environment(name)
    if name in {"itemize", "enumerate"}:
        _items(writer, inside, token, numbered=name == "enumerate")
    elif name in TABULARS:
        _table(writer, name, inside, token)
    elif name in ALIGNS:
        writer.add(LineEnd(align=ALIGNS[name]))
        writer.nested(inside, writer.look)
        writer.add(LineEnd())
    elif name.rstrip("*") in DISPLAYED:
        writer.add(Display(name, tuple(inside)))
    else:
        raise UnsetError(rf"\begin{{{name}}} is unknown")


def _table(writer: Writer, name: str, tokens: list[Token], token: Token) -> None:
    """Read a table of texts, as an array is read."""
    reader = MathsReader.of([], writer.stream.macros, Context(1, color=writer.look.color))
    writer.word.append(tabular(reader, name, tokens, token))


def _trimmed(tokens: list[Token]) -> list[Token]:
    ends = [place for place, token in enumerate(tokens) if token.text != " "]
    return tokens[ends[0] : ends[-1] + 1] if ends else []


def _items(writer: Writer, tokens: list[Token], token: Token, *, numbered: bool) -> None:
    """Read a list; each item starts a line."""
    items: list[list[Token]] = []
    depth = 0
    for part in tokens:
        depth += {r"\begin": 1, r"\end": -1}.get(part.text, 0)
        if part.text == r"\item" and not depth:
            items.append([])
        elif items:
            items[-1].append(part)
    for number, item in enumerate(items, 1):
        writer.add(LineEnd(align="left", indent=2.0))
        writer.write(f"{number}." if numbered else "•", item[0] if item else token)
        writer.word.append(space(0.5))
        writer.nested(_trimmed(item), writer.look)
    writer.add(LineEnd())


@written(*STACKS)
def _stack(writer: Writer, token: Token) -> None:
    """Read lines of text that are set one below the other, as in a cell of a table."""
    writer.stream.optional()
    _table(writer, token.text, writer.stream.argument(), token)


@command(*FONTS)
def _text(reader: MathsReader, token: Token) -> Atom:
    r"""Read ``\text`` and its like in a formula."""
    look = _changed(TextLook(color=reader.context.color), FONTS[token.text])
    pieces = words(reader.stream.argument(), reader.stream.macros, look)
    return Atom("ord", element("mrow", *on_a_line(pieces), group=token.group))
