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

from deck import limits
from deck.typesetting import measures
from deck.typesetting.blocks import Listing, Span, SpanStyle
from deck.typesetting.galley import Galley, clean
from deck.typesetting.pieces import Panel, Piece, SetPart
from deck.typesetting.setup import Setup

__all__ = ["colored", "pieces"]

SHARE = 0.8
"""The size of code, compared to that of the text around it."""
LEADING = 0.1
COLUMN = 0.6
"""How wide a letter of JetBrains Mono is, in ems."""
PADDING, INSET = 40.0, 47.0
"""Around code on its panel: above and below, left and right."""
WRAPPED = "↪ "
BREAKABLE = " ,;(["
LEAST_COLUMNS = 8
TAB = 4
PLAIN_END, DEDENT_END, BLANK_END = 1, 2, 3
"""How well a page may end below a line."""
OPENING, CLOSING = (":", "{", "(", "[", "\\"), ("}", ")", "]")

TONES: dict[_TokenType, str] = {
    Token.Comment: "comment",
    Token.Keyword: "keyword",
    Token.Name.Builtin: "builtin",
    Token.Name.Class: "name",
    Token.Name.Decorator: "name",
    Token.Name.Function: "name",
    Token.Name.Tag: "keyword",
    Token.Name.Attribute: "builtin",
    Token.Literal.Number: "number",
    Token.Literal.String: "string",
    Token.Operator: "sign",
    Token.Punctuation: "sign",
    Token.Generic.Deleted: "deleted",
    Token.Generic.Inserted: "string",
    Token.Generic.Heading: "keyword",
    Token.Generic.Prompt: "comment",
    Token.Generic.Output: "comment",
}
"""The roles of colours for what there is in code, each behind ``code-``."""


def pieces(block: Listing, setup: Setup, galley: Galley, x: float, width: float) -> list[Piece]:
    """
    Return the pieces of a listing, one for each of its lines; they stay together if a page has room for them.

    A line that is too long goes on below, with a mark.
    """
    size = max(setup.size * SHARE, measures.SMALLEST)
    em = measures.em(size)
    columns = max(int((width - 2 * INSET) / (COLUMN * em)), LEAST_COLUMNS)
    panel = Panel(x, width, PADDING, "surface")
    made: list[Piece] = []
    lines_of_code = [_marked(line, block, number) for number, line in enumerate(colored(block), start=1)]
    digits = len(str(block.first + len(lines_of_code) - 1)) if block.first else 0
    gutter = (digits + 2) * COLUMN * em if digits else 0.0
    columns = max(columns - (digits + 2 if digits else 0), LEAST_COLUMNS)
    for number, (line, ends) in enumerate(zip(lines_of_code, _ends(lines_of_code), strict=True)):
        rows = list(_wrapped(line, columns))
        for nth, row in enumerate(rows):
            is_last = nth == len(rows) - 1
            left = x + INSET + gutter
            name = galley.code(_joined(row), x=left, width=x + width - left, size=size)
            parts = [SetPart(name)]
            if digits and not nth:
                label = Span(str(block.first + number).rjust(digits), SpanStyle(code=True, tone="quiet"))
                aside = galley.code((label,), x=x + INSET, width=gutter, size=size)
                parts.append(SetPart(aside))
            made.append(
                Piece(
                    id=name,
                    parts=tuple(parts),
                    panel=panel,
                    gap=LEADING * em if made else 0.0,
                    keeps=True,
                    role="code",
                    is_cramped=nth > 0,
                    blank=not any(span.text.strip() for span in line),
                    ends=ends if is_last else 0,
                    says=" ".join("".join(span.text for span in row).split()),
                    size=size,
                )
            )
    return [*made[:-1], *(replace(piece, keeps=False) for piece in made[-1:])]


def _marked(line: Sequence[Span], block: Listing, number: int) -> tuple[Span, ...]:
    """Return a line of a listing, quiet if others are marked and it is not."""
    if not block.marked or number in block.marked:
        return tuple(line)
    return tuple(Span(span.text, replace(span.style, tone="quiet")) for span in line)


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
    while kind is not Token and kind not in TONES and kind.parent:
        kind = kind.parent
    return f"code-{TONES[kind]}" if kind in TONES else "text"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _wrapped(line: Sequence[Span], columns: int) -> Iterator[list[Span]]:
    """Yield a line in as many rows as it takes; further ones begin with a mark, as far to the right as the first."""
    signs = [(sign, span.style) for span in line for sign in span.text]
    text = "".join(span.text for span in line)
    indent = " " * min(len(text) - len(text.lstrip()), columns // 2)
    mark = Span(indent + WRAPPED, SpanStyle(code=True, tone="quiet"))
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


def _joined(row: Sequence[Span]) -> tuple[Span, ...]:
    """Return a row in as few spans as may be; an empty one is as high as any other."""
    spans = (
        Span("".join(span.text for span in same), style) for style, same in groupby(row, key=lambda span: span.style)
    )
    return tuple(spans) or (Span(" ", SpanStyle(code=True, tone="text")),)
