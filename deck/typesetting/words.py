"""From spans to words: what may stand at the end of a line, in Pango's markup, and how wide it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from deck import limits, theme
from deck.fonts.glyphs import POINTS, widths
from deck.fonts.typefaces import code_font, font
from deck.typesetting.blocks import Break, Inline, Maths, Span
from deck.typesetting.palette import CODE, SEMIBOLD, least

__all__ = ["Word", "advances", "clean", "markup", "restyled", "split", "words"]

SMALL, CODE_SIZE = 0.75, 0.94
"""How large indices and code in a line of text are, compared to it."""
RAISED, LOWERED = 0.32, -0.16
SPACE = " "
UNIT = 1024
"""Of Pango's sizes, in a point."""
LETTERFORMS = "@opsz=20"
"""Those that manim's own texts have, and so the lecture's: Pango takes narrower ones for type that is set large."""
CLOSING = ("Pe", "Pf", "Po")
ATTACHED = ("Mn", "Mc", "Me", "Cf")
"""Categories of signs that belong to the one before."""


@dataclass(frozen=True, slots=True)
class Word:
    """What stays together in a line; ``glue`` says whether a space comes after it."""

    parts: tuple[Span | Maths, ...]
    glue: bool = True


def clean(text: str) -> str:
    """Return a text without signs that steer terminals or printers, and with plain spaces."""
    kept = (sign if unicodedata.category(sign) not in {"Cc", "Cs", "Zl", "Zp"} else " " for sign in text)
    return "".join(kept).replace("\ufffe", " ").replace("\uffff", " ")


def restyled(inlines: Iterable[Inline], **changes: Any) -> tuple[Inline, ...]:
    """Return inlines in another style; what has a tone keeps it."""
    return tuple(_restyled(inline, changes) if isinstance(inline, Span) else inline for inline in inlines)


def _restyled(span: Span, changes: dict[str, Any]) -> Span:
    style = replace(span.style, **changes)
    return Span(span.text, replace(style, tone=span.style.tone) if span.style.tone else style)


def words(inlines: Iterable[Inline]) -> list[Word | Break]:
    """Return the words of a text, and where it says that a line ends."""
    found: list[Word | Break] = []
    parts: list[Span | Maths] = []
    for each in _cut(inlines):
        if isinstance(each, Span | Maths):
            parts.append(each)
            continue
        if parts:
            found.append(Word(tuple(parts), glue=each == SPACE))
            parts = []
        elif each == SPACE and found and isinstance(found[-1], Word):
            found[-1] = replace(found[-1], glue=True)
        if isinstance(each, Break):
            found.append(each)
    return [*found, Word(tuple(parts))] if parts else found


def _cut(inlines: Iterable[Inline]) -> Iterator[Inline | str]:
    """Yield the parts of words, spaces, and empty texts for the ends of words that no space follows."""
    for inline in inlines:
        if not isinstance(inline, Span):
            yield inline
            continue
        for piece in re.split(r"([ \t\n]+)", clean(inline.text)):
            if piece.isspace():
                yield SPACE
            for nth, atom in enumerate(_atoms(piece.strip(" \t\n"))):
                if nth:
                    yield ""
                yield Span(atom, inline.style)


def _atoms(text: str) -> Iterator[str]:
    """Yield the parts of a word between which a line may end: Chinese and Japanese are written without spaces."""
    atom = ""
    for sign in text:
        is_wide = unicodedata.east_asian_width(sign) in "WF"
        attached = unicodedata.category(sign) in (*CLOSING, *ATTACHED)
        ends = not attached and (is_wide or unicodedata.east_asian_width(atom[-1:] or " ") in "WF")
        if atom and (ends or len(atom) >= limits.WORD):
            yield atom
            atom = ""
        atom += sign
    if atom:
        yield atom


def split(text: str) -> list[str]:
    """Return a text's signs, each with the marks upon it."""
    signs: list[str] = []
    for sign in text:
        joins = signs and (unicodedata.category(sign) in ATTACHED or signs[-1].endswith("\u200d"))
        if joins:
            signs[-1] += sign
        else:
            signs.append(sign)
    return signs


def markup(span: Span, size: float) -> str:
    """Return a span in Pango's markup, with the colour that it is to have."""
    style = span.style
    color = style.tone or (theme.ACCENT if style.link else CODE if style.code else theme.TEXT)
    facts = {"foreground": color, "font_desc": f"{font()} {LETTERFORMS}"}
    scale = 1.0
    if style.bold:
        facts["weight"] = str(SEMIBOLD)
    if style.italic:
        facts["style"] = "italic"
    if style.struck:
        facts["strikethrough"] = "true"
    if style.underlined:
        facts["underline"] = "single"
    if style.code:
        facts |= {"font_desc": code_font(), "font_features": "liga=0, calt=0"}
        scale = least(CODE_SIZE, size)
    if style.rise:
        scale = least(SMALL, size)
        facts["rise"] = str(round((RAISED if style.rise > 0 else LOWERED) * POINTS * UNIT))
    if scale != 1:
        facts["size"] = str(round(scale * POINTS * UNIT))
    attributes = " ".join(f'{name}="{value}"' for name, value in facts.items())
    return f"<span {attributes}>{escape(span.text, quote=False)}</span>"


def advances(spans: Sequence[Span], size: float) -> list[float]:
    """Return how wide spans are, in manim's units; all are measured at once."""
    return [width * size / POINTS for width in widths([markup(span, size) for span in spans])]
