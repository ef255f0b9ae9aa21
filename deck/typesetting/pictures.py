"""Pictures in a row, with captions, scaled to the room there is; frames for those on the web."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from manim import Mobject

from deck import theme
from deck.typesetting.addresses import is_remote, name_of
from deck.typesetting.blocks import Figures, Picture, Span, SpanStyle
from deck.typesetting.images import WIDEST, Loaded, drawn, load
from deck.typesetting.ink import draw_line, rectangle
from deck.typesetting.lines import Line, break_lines
from deck.typesetting.palette import LEADING, PANEL
from deck.typesetting.pieces import Piece, PiecePart
from deck.typesetting.setup import Setup

__all__ = ["pieces"]

BETWEEN, CAPTION_GAP = 0.4, 0.18
LARGEST = 2.5
"""By what a picture is enlarged at most."""
LEAST_HEIGHT = 0.8
SMALL = 0.8
"""The size of what stands below a picture or in a frame, compared to that of the text around it."""
FRAME_WIDTH, FRAME_HEIGHT, WIDEST_FRAME, MARGIN = 3.4, 1.7, 6.0, 0.35
"""Of the frames that stand for pictures: the least width and height, the most width, what is left free within."""
IN_A_ROW = 4
"""How many pictures stand side by side where one of them is a frame, whose words need room."""
LONGEST = 100
FINER, LEAST_WIDE = 2, 480
"""How many pixels pictures in a row keep for each that they have room for, and how many in any case."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What stands in the place of a picture that a network would be needed for: its lines, and how large it is."""

    lines: Sequence[Line]
    width: float
    height: float


def pieces(block: Figures, setup: Setup, x: float, width: float) -> list[Piece]:
    """
    Return images side by side, as one piece, equally high, and as large as there is room for.

    A frame with its description stands for an image that is on the web: a deck never needs a network.

    Raises
    ------
    SlideError
        If one is not there, is no image, or stands where it may not be read from.
    """
    is_framed = any(is_remote(picture.source) for picture in block.pictures)
    count = IN_A_ROW if is_framed else len(block.pictures)
    rows = (block.pictures[start : start + count] for start in range(0, len(block.pictures), count))
    return [replace(_row(row, setup, x, width), gap=BETWEEN if nth else 0.0) for nth, row in enumerate(rows)]


def _row(pictures: Sequence[Picture], setup: Setup, x: float, width: float) -> Piece:
    free = width - BETWEEN * (len(pictures) - 1)
    widest = min(WIDEST, max(LEAST_WIDE, FINER * WIDEST // len(pictures)))
    things = [_thing(picture, setup, free / len(pictures), widest) for picture in pictures]
    captions = [_caption(picture, setup, width / len(pictures)) for picture in pictures]
    below = max((_height(lines) for lines in captions), default=0.0)
    room = setup.share * (theme.CONTENT_TOP - theme.CONTENT_BOTTOM) - below
    frames = [each for each in things if isinstance(each, Frame)]
    loaded = [each for each in things if isinstance(each, Loaded)]
    heights = [each.height * LARGEST for each in loaded]
    if loaded:
        shapes = sum(each.width / each.height for each in loaded)
        heights += [max(room, LEAST_HEIGHT), (free - sum(frame.width for frame in frames)) / shapes]
    image = min(heights, default=0.0)
    tall = max([image, *(frame.height for frame in frames)])
    wide = [each.width if isinstance(each, Frame) else each.width / each.height * image for each in things]
    left = x + (0.0 if x else (free - sum(wide)) / 2)
    parts: list[PiecePart] = []
    for each, lines, own in zip(things, captions, wide, strict=True):
        if isinstance(each, Frame):
            parts += _framed(each, setup, left, tall)
        else:
            parts.append(PiecePart(x=left, depth=0.0, make=partial(drawn, each, own, image)))
        parts += _lines(lines, setup, left + own / 2, tall + CAPTION_GAP)
        left += own + BETWEEN
    says = " ".join(f"{_words(picture)} {picture.caption}" for picture in pictures)
    return Piece(height=tall + below, baseline=0.0, parts=tuple(parts), says=says.strip())


def _words(picture: Picture) -> str:
    """Return what a picture says to those who cannot see it, as a sentence."""
    text = name_of(picture) if is_remote(picture.source) else picture.alt or "An image"
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _thing(picture: Picture, setup: Setup, width: float, widest: int) -> Loaded | Frame:
    """Return a picture with a number of pixels at most, or a frame up to a width that stands for it."""
    if not is_remote(picture.source):
        return load(picture, setup, widest=widest)
    name = name_of(picture)
    name = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
    free = min(width, WIDEST_FRAME) - 2 * MARGIN
    lines = break_lines((Span(name, SpanStyle(tone=theme.QUIET)),), setup, free, size=_small(setup))
    own = max((line.width for line in lines), default=0.0) + 2 * MARGIN
    return Frame(lines, min(max(own, FRAME_WIDTH), width), max(_stacked(lines) + 2 * MARGIN, FRAME_HEIGHT))


def _framed(frame: Frame, setup: Setup, left: float, height: float) -> Iterator[PiecePart]:
    """Yield a frame that is made as high as its row, its words in the middle."""
    yield PiecePart(x=left, depth=0.0, make=partial(_panel, frame.width, height))
    yield from _lines(frame.lines, setup, left + frame.width / 2, (height - _stacked(frame.lines)) / 2)


def _panel(width: float, height: float) -> Mobject:
    return rectangle(width, height, PANEL).set_stroke(theme.LINE, width=2)


def _caption(picture: Picture, setup: Setup, width: float) -> list[Line]:
    span = Span(picture.caption, SpanStyle(tone=theme.QUIET))
    return break_lines((span,), setup, width - BETWEEN, size=_small(setup)) if picture.caption.strip() else []


def _small(setup: Setup) -> float:
    return max(theme.SMALLEST_SIZE, setup.size * SMALL)


def _height(lines: Sequence[Line]) -> float:
    return CAPTION_GAP + _stacked(lines) if lines else 0.0


def _stacked(lines: Sequence[Line]) -> float:
    return sum(line.ascent + line.descent + LEADING * line.size / 72 for line in lines)


def _lines(lines: Sequence[Line], setup: Setup, middle: float, depth: float) -> list[PiecePart]:
    """Return lines one below the other, each in the middle."""
    parts = []
    for line in lines:
        x = middle - line.width / 2
        parts.append(PiecePart(x=x, depth=depth + line.ascent, make=partial(draw_line, line, setup)))
        depth += line.ascent + line.descent + LEADING * line.size / 72
    return parts
