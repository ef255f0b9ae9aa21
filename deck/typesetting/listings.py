"""Code on a panel, its words in colours by what they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise

from pygments import lex
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

from deck import limits, theme
from deck.typesetting.blocks import Listing, Span, SpanStyle
from deck.typesetting.lines import Line, LinePart
from deck.typesetting.palette import ASCENT, DESCENT, PANEL, unit
from deck.typesetting.pieces import Panel, Piece, line_pieces
from deck.typesetting.setup import Setup
from deck.typesetting.words import clean

__all__ = ["colored", "pieces"]

SHARE = 0.8
"""The size of code, compared to that of the text around it."""
LEADING = 0.1
COLUMN = 0.6
"""How wide a letter of JetBrains Mono is, in ems."""
PADDING, INSET = 0.3, 0.35
"""Around code on its panel, in manim's units: above and below, left and right."""
WRAPPED = "↪ "
BREAKABLE = " ,;(["
LEAST_COLUMNS = 8
TAB = 4
PLAIN_END, DEDENT_END, BLANK_END = 1, 2, 3
"""How well a page may end below a line."""
OPENING, CLOSING = (":", "{", "(", "[", "\\"), ("}", ")", "]")

COLORS: dict[_TokenType, str] = {
    Token.Comment: theme.QUIET,
    Token.Keyword: "#8CC8FF",
    Token.Name.Builtin: "#7FDBD4",
    Token.Name.Class: "#E3C2FF",
    Token.Name.Decorator: "#E3C2FF",
    Token.Name.Function: "#E3C2FF",
    Token.Name.Tag: "#8CC8FF",
    Token.Name.Attribute: "#7FDBD4",
    Token.Literal.Number: "#FFC857",
    Token.Literal.String: "#A9DC8F",
    Token.Operator: "#C3CCD8",
    Token.Punctuation: "#C3CCD8",
    Token.Generic.Deleted: "#FF9DA4",
    Token.Generic.Inserted: "#A9DC8F",
    Token.Generic.Heading: "#8CC8FF",
    Token.Generic.Prompt: theme.QUIET,
    Token.Generic.Output: theme.QUIET,
}


def pieces(block: Listing, setup: Setup, x: float, width: float) -> list[Piece]:
    """
    Return the pieces of a listing, one for each of its lines; they stay together if a page has room for them.

    A line that is too long goes on below, with a mark.
    """
    size = max(setup.size * SHARE, theme.SMALLEST_SIZE)
    columns = max(int((width - 2 * INSET) / (COLUMN * unit(size))), LEAST_COLUMNS)
    panel = Panel("panel", x, width, PADDING, PANEL)
    made: list[Piece] = []
    lines_of_code = colored(block)
    for line, ends in zip(lines_of_code, _ends(lines_of_code), strict=True):
        rows = list(_wrapped(line, columns))
        lines = [_line(row, size) for row in rows]
        fresh = line_pieces(lines, replace(setup, size=size), x + INSET, leading=LEADING)
        blank = not any(span.text.strip() for span in line)
        made += [
            replace(piece, strained=nth > 0, blank=blank, ends=ends if nth == len(fresh) - 1 else 0)
            for nth, piece in enumerate(fresh)
        ]
    gap = LEADING * unit(size)
    return [
        replace(piece, panel=panel, gap=gap if nth else 0.0, keeps=nth < len(made) - 1)
        for nth, piece in enumerate(made)
    ]


def _ends(lines: Sequence[Sequence[Span]]) -> list[int]:
    """Return how well a page may end below each line: best before a blank one, well before one further to the left."""
    texts = ["".join(span.text for span in line) for line in lines]
    indents = [len(text) - len(text.lstrip()) for text in texts]
    found = [PLAIN_END] * len(texts)
    following, next_indents = 0, [0] * len(texts)
    for at in reversed(range(len(texts))):
        next_indents[at] = following = indents[at] if texts[at].strip() else following
    for at, (text, below) in enumerate(pairwise(texts)):
        if not text.strip() or text.rstrip().endswith(OPENING) or text.lstrip().startswith("@"):
            found[at] = 0
        elif not below.strip():
            found[at] = BLANK_END + (not next_indents[at + 1])
        elif indents[at + 1] < indents[at] and not below.lstrip().startswith(CLOSING):
            found[at] = DEDENT_END
    return found


@lru_cache(maxsize=64)
def colored(block: Listing) -> tuple[tuple[Span, ...], ...]:
    """Return the lines of a listing in their colours."""
    lines: list[list[Span]] = [[]]
    language = block.language if len(block.text) <= limits.COLORED else ""
    for kind, text in lex(block.text.expandtabs(TAB), _lexer(language)):
        style = SpanStyle(code=True, tone=_color(kind), italic=kind in Token.Comment)  # type: ignore[comparison-overlap]  # types that hold types
        for nth, part in enumerate(text.split("\n")):
            if nth:
                lines.append([])
            if part:
                lines[-1].append(Span(clean(part), style))
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    return tuple(tuple(line) for line in lines)


def _lexer(language: str) -> Lexer:
    options = {"stripnl": False}
    try:
        return get_lexer_by_name(language, **options)
    except ClassNotFound:
        return TextLexer(**options)


def _color(kind: _TokenType) -> str:
    while kind is not Token and kind not in COLORS and kind.parent:
        kind = kind.parent
    return COLORS.get(kind, theme.TEXT)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _wrapped(line: Sequence[Span], columns: int) -> Iterator[list[Span]]:
    """Yield a line in as many rows as it takes; further ones begin with a mark, as far to the right as the first."""
    signs = [(sign, span.style) for span in line for sign in span.text]
    text = "".join(span.text for span in line)
    indent = " " * min(len(text) - len(text.lstrip()), columns // 2)
    mark = Span(indent + WRAPPED, SpanStyle(code=True, tone=theme.QUIET))
    start: list[Span] = []
    at = 0
    while True:
        room = columns - sum(_columns(span.text) for span in start)
        end = at + _good_end([sign for sign, _ in signs[at : at + room + 1]], room)
        yield [*start, *(Span(sign, style) for sign, style in signs[at:end])]
        at, start = end, [mark]
        if at >= len(signs):
            return


def _good_end(signs: Sequence[str], room: int) -> int:
    """Return how many signs go into a row: up to a space or a comma, if there is one far enough to the right."""
    count = filled = 0
    while count < len(signs) and filled + _columns(signs[count]) <= room:
        filled += _columns(signs[count])
        count += 1
    if count == len(signs):
        return count
    good = (end for end in range(count, count // 2, -1) if signs[end - 1] in BREAKABLE)
    return next(good, max(count, 1))


def _line(row: Sequence[Span], size: float) -> Line:
    spans = tuple(
        Span("".join(span.text for span in same), style) for style, same in groupby(row, key=lambda span: span.style)
    )
    width = _columns("".join(span.text for span in spans)) * COLUMN * unit(size)
    parts = (LinePart(spans, 0.0, width),) if any(span.text.strip() for span in spans) else ()
    return Line(parts, width, ASCENT * unit(size), DESCENT * unit(size), size)
