"""Pictures in a row, with captions, as large as there is room for; frames for those on the web."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deck.typesetting import measures
from deck.typesetting.addresses import is_remote, name_of
from deck.typesetting.blocks import Figures, Inline, Picture, Span, plain, restyled
from deck.typesetting.galley import Galley
from deck.typesetting.images import WIDEST, load
from deck.typesetting.pieces import DrawnPicture, Piece, Row
from deck.typesetting.setup import Setup

__all__ = ["pieces"]

BETWEEN, CAPTION_GAP = 54.0, 24.0
LARGEST = 2.5
"""By what a picture of pixels is enlarged at most; a drawing is as sharp at any size."""
LEAST_SHARE = 0.45
"""Share of a page's height that a row of pictures takes, or of its own height, before text is set smaller for it."""
SMALL = 0.8
"""The size of what stands below a picture or in a frame, compared to that of the text around it."""
FRAME_WIDTH, FRAME_HEIGHT, WIDEST_FRAME, MARGIN = 459.0, 230.0, 810.0, 47.0
"""Of the frames that stand for pictures: the least width and height, the most width, what is left free within."""
LETTER = 0.56
"""About how wide a letter is, in ems."""
IN_A_ROW = 4
"""How many pictures stand side by side where one of them is a frame, whose words need room."""
LONGEST = 100
FINER, LEAST_WIDE = 2, 480
"""How many pixels pictures in a row keep for each that they have room for, and how many in any case."""


def pieces(block: Figures, setup: Setup, galley: Galley, x: float, width: float) -> list[Piece]:
    """
    Return images side by side, equally high, and as large as there is room for; their captions are a piece below.

    A frame with its description stands for an image that is on the web: a deck never needs a network.

    Raises
    ------
    SlideError
        If one is not there, is no image, or stands where it may not be read from.
    """
    is_framed = any(is_remote(picture.source) for picture in block.pictures)
    count = IN_A_ROW if is_framed else len(block.pictures)
    rows = (block.pictures[start : start + count] for start in range(0, len(block.pictures), count))
    return [replace(_row(row, setup, galley, x, width), gap=BETWEEN if nth else 0.0) for nth, row in enumerate(rows)]


def _row(pictures: Sequence[Picture], setup: Setup, galley: Galley, x: float, width: float) -> Piece:
    free = width - BETWEEN * (len(pictures) - 1)
    widest = min(WIDEST, max(LEAST_WIDE, FINER * WIDEST // len(pictures)))
    things = [_thing(picture, setup, galley, free / len(pictures), widest) for picture in pictures]
    framed = sum(thing.width for thing in things)
    shapes = sum(thing.shape for thing in things)
    highest = [each.height * LARGEST for thing in things if (each := thing.loaded) and not each.drawing]
    if shapes:
        highest.append((free - framed) / shapes)
    wished = [(picture.share * width, thing.shape) for picture, thing in zip(pictures, things, strict=True)]
    highest += [wide / shape for wide, shape in wished if wide and shape]
    least = FRAME_HEIGHT if framed else 0.0
    most = min(max(min(highest, default=least), least), setup.measures.height)
    row = Row(
        pictures=tuple(
            replace(thing, caption=_caption(picture, setup, galley, width / len(pictures)))
            for thing, picture in zip(things, pictures, strict=True)
        ),
        most=most,
        least=max(LEAST_SHARE * most, least),
        between=BETWEEN,
        gap=CAPTION_GAP,
        x=x,
        width=width,
    )
    says = " ".join(f"{_words(picture)} {plain(picture.below) or picture.caption}" for picture in pictures).strip()
    return Piece(row=row, says=says, role="figure", size=_small(setup))


def _words(picture: Picture) -> str:
    """Return what a picture says to those who cannot see it, as a sentence."""
    text = name_of(picture) if is_remote(picture.source) else picture.alt or "An image"
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _thing(picture: Picture, setup: Setup, galley: Galley, width: float, widest: int) -> DrawnPicture:
    """Return a picture with a number of pixels at most, or a frame up to a width that stands for it."""
    alt = _words(picture)
    if not is_remote(picture.source):
        loaded = load(picture, setup, widest=widest)
        return DrawnPicture(loaded, alt, shape=loaded.width / loaded.height)
    name = name_of(picture)
    name = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
    own = len(name) * LETTER * measures.em(_small(setup)) + 2 * MARGIN
    wide = min(max(own, FRAME_WIDTH), WIDEST_FRAME, width)
    return DrawnPicture(None, alt, width=wide, name=_centred((Span(name),), setup, galley, wide - 2 * MARGIN))


def _caption(picture: Picture, setup: Setup, galley: Galley, width: float) -> str:
    """Add what stands below a picture, and return its name; nothing for nothing."""
    text = picture.caption.strip()
    inlines = picture.below or ((Span(text),) if text else ())
    return _centred(inlines, setup, galley, width - BETWEEN) if inlines else ""


def _centred(inlines: Sequence[Inline], setup: Setup, galley: Galley, width: float) -> str:
    quiet = restyled(inlines, tone="quiet")
    return galley.text(quiet, setup, x=0.0, width=width, size=_small(setup), align="center")


def _small(setup: Setup) -> float:
    return max(measures.SMALLEST, setup.size * SMALL)
