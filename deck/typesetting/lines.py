"""Lines: words side by side up to a width, and their drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from deck import theme
from deck.errors import Location, SlideError
from deck.typesetting.blocks import Break, Inline, Maths, Span, plain
from deck.typesetting.formulas import Formula, formula
from deck.typesetting.palette import ASCENT, DESCENT, EM, unit
from deck.typesetting.setup import Setup
from deck.typesetting.words import Word, advances, split, words

__all__ = ["Line", "LinePart", "balanced", "break_lines", "pretty", "set_formula"]

BREAKABLE = "/-_.,:;?&=+"
"""Signs after which a word that is too long is broken, if there is one."""
SHORT, NARROWER = 0.25, (0.95, 0.9, 0.85, 0.8, 0.75)
"""Share of a line that the last one is to take, and shares of the width that are tried for it."""
TALLEST = 4.0
"""How high a formula in a line may be, in manim's units."""
SEARCHED = 0.6
"""Share of a line from which on such a sign is good enough."""


@dataclass(frozen=True, slots=True)
class LinePart:
    """A run of text, or a formula, and where in its line it starts; ``scale`` is less than 1 to make it fit."""

    content: tuple[Span, ...] | Maths
    x: float
    width: float
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, its lengths in manim's units."""

    parts: tuple[LinePart, ...]
    width: float
    ascent: float
    descent: float
    size: float

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(
            plain([part.content] if isinstance(part.content, Maths) else part.content) for part in self.parts
        )


@lru_cache(maxsize=512)
def _formula(tex: str, color: str, display: bool) -> Formula:  # noqa: FBT001 - it is part of the key
    return formula(tex, font_size=EM, color=color, display=display)


def set_formula(tex: str, setup: Setup, line: int, *, display: bool = False) -> Formula:
    """
    Return a formula at the size where an em is one of manim's units.

    Raises
    ------
    SlideError
        If it cannot be set; it says the line.
    """
    try:
        return _formula(tex, theme.TEXT, display)
    except SlideError as error:
        raise SlideError(error.message, hint=error.hint, where=Location(setup.path, line)) from error


def break_lines(
    inlines: Sequence[Inline], setup: Setup, width: float, *, size: float | None = None, whole: bool = False
) -> list[Line]:
    """
    Return the lines of a text.

    Parameters
    ----------
    width
        What no line is wider than: a word that is, is broken.
    size
        In points; the setup's, unless it is given.
    whole
        Let words stay whole, be they too wide.
    """
    size = size or setup.size
    found = words(inlines)
    advances([part for word in found if isinstance(word, Word) for part in word.parts if isinstance(part, Span)], size)
    lines: list[list[Word]] = [[]]
    filled = 0.0
    for word in found:
        if isinstance(word, Break):
            lines.append([])
            filled = 0.0
            continue
        for piece in [word] if whole else _fitting(word, setup, width, size):
            wide = _width(piece, setup, size)
            space = _space(lines[-1][-1], piece, size) if lines[-1] and lines[-1][-1].glue else 0.0
            if lines[-1] and filled + space + wide > width:
                lines.append([])
                filled = space = 0.0
            lines[-1].append(piece)
            filled += space + wide
    return [_line(line, setup, math.inf if whole else width, size) for line in lines]


def balanced(inlines: Sequence[Inline], setup: Setup, width: float, *, size: float) -> list[Line]:
    """Return as many lines as have to be, as long as each other as may be: for titles."""
    lines = break_lines(inlines, setup, width, size=size)
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        narrow = break_lines(inlines, setup, width * share, size=size)
        if len(narrow) == len(lines) and max(line.width for line in narrow) <= width * share:
            return narrow
    return lines


def pretty(inlines: Sequence[Inline], setup: Setup, width: float) -> list[Line]:
    """Return the lines of a paragraph; the last is not a mere word, if the others can be shorter for it."""
    lines = break_lines(inlines, setup, width)
    for share in NARROWER if len(lines) > 1 and lines[-1].width < SHORT * width else ():
        narrow = break_lines(inlines, setup, width * share)
        if len(narrow) == len(lines) and narrow[-1].width >= SHORT * width:
            return narrow
    return lines


def _space(before: Word, after: Word, size: float) -> float:
    return advances([_between(before, after)], size)[0]


def _width(word: Word, setup: Setup, size: float) -> float:
    return sum(_part_width(part, setup, size) for part in word.parts)


def _part_width(part: Span | Maths, setup: Setup, size: float) -> float:
    if isinstance(part, Maths):
        return set_formula(part.tex, setup, part.line).width * unit(size)
    return advances([part], size)[0]


def _fitting(word: Word, setup: Setup, width: float, size: float) -> Iterator[Word]:
    """Yield a word, broken where it is wider than a line."""
    if _width(word, setup, size) <= width:
        yield word
        return
    signs: list[Span | Maths] = []
    for part in word.parts:
        signs += [part] if isinstance(part, Maths) else [Span(sign, part.style) for sign in split(part.text)]
    advances([sign for sign in signs if isinstance(sign, Span)], size)
    while signs:
        count, filled = 0, 0.0
        while count < len(signs) and (not count or filled + _part_width(signs[count], setup, size) <= width):
            filled += _part_width(signs[count], setup, size)
            count += 1
        while count > 1 and _width(Word(_joined(signs[:count])), setup, size) > width:
            count -= 1  # together they may take a little more than one by one
        if count < len(signs):
            count = _good_end(signs, count)
        yield Word(_joined(signs[:count]), glue=word.glue and count == len(signs))
        signs = signs[count:]


def _good_end(signs: Sequence[Span | Maths], count: int) -> int:
    for end in range(count, int(count * SEARCHED), -1):
        sign = signs[end - 1]
        if isinstance(sign, Span) and sign.text in BREAKABLE:
            return end
    return count


def _joined(parts: Sequence[Span | Maths]) -> tuple[Span | Maths, ...]:
    """Return parts, neighbours in one style made one."""
    joined: list[Span | Maths] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Span) and isinstance(last, Span) and part.style == last.style:
            joined[-1] = Span(last.text + part.text, last.style)
        else:
            joined.append(part)
    return tuple(joined)


def _line(line: Sequence[Word], setup: Setup, width: float, size: float) -> Line:
    """Return words as a line: a run of text is set in one go, so that it may go from right to left."""
    placed: list[LinePart] = []
    run: list[Span] = []
    x = start = 0.0
    ascent, descent = ASCENT * unit(size), DESCENT * unit(size)

    def end_run() -> None:
        if run:
            placed.append(LinePart(tuple(run), start, x - start))
            run.clear()

    for part in _with_spaces(line):
        wide = _part_width(part, setup, size)
        if isinstance(part, Span):
            start = start if run else x
            run.append(part)
        else:
            end_run()
            drawn = set_formula(part.tex, setup, part.line)
            high = (drawn.ascent + drawn.descent) * unit(size)
            scale = min(1.0, width / wide if wide else 1.0, TALLEST / high if high else 1.0)
            wide *= scale
            placed.append(LinePart(part, x, wide, scale))
            ascent = max(ascent, drawn.ascent * unit(size) * scale)
            descent = max(descent, drawn.descent * unit(size) * scale)
        x += wide
    end_run()
    return Line(tuple(placed), x, ascent, descent, size)


def _with_spaces(line: Sequence[Word]) -> Iterator[Span | Maths]:
    """Yield the parts of words, and the spaces between them; a line through the words goes on through these."""
    for nth, word in enumerate(line):
        yield from word.parts
        if word.glue and nth < len(line) - 1:
            yield _between(word, line[nth + 1])


def _between(before: Word, after: Word) -> Span:
    last, first = before.parts[-1], after.parts[0]
    is_one_run = isinstance(last, Span) and isinstance(first, Span) and last.style == first.style
    return Span(" ", last.style) if is_one_run and isinstance(last, Span) and not last.style.code else Span(" ")
