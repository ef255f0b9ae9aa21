"""Pages: pieces stacked one below the other, in the largest type at which they fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from deck import limits
from deck.errors import SlideError
from deck.typesetting.blocks import Block, Figures, Items, Quote, lines
from deck.typesetting.flow import sheets
from deck.typesetting.palette import LADDER
from deck.typesetting.pieces import Panel, Piece
from deck.typesetting.setup import Setup

__all__ = ["Page", "PlacedPanel", "Spot", "fit", "paginate", "stack"]

SHARES = (1.0, 0.8, 0.6, 0.45)
"""How much of a page's height images may take; less is tried before type gets smaller."""
FILLED = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
"""How full pages may be, so that the last is not nearly empty."""
LOOSER = 0.5
"""By how much the space between pieces may grow, in ems, and how much of what is left over goes there."""
MANY = 8
TORN = 100
"""Strained pieces that are as bad as a block torn apart."""
BACK = 0.5
"""Share of what is on a page of something torn apart that may go on the next page for a better end."""
HAIR = 1e-6


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece, and how far below the page's upper edge its own is."""

    piece: Piece
    top: float


@dataclass(frozen=True, slots=True)
class PlacedPanel:
    """A panel: from where to where it goes, and the first of the spots on it."""

    panel: Panel
    top: float
    bottom: float
    first: int


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page."""

    spots: tuple[Spot, ...]
    marks: tuple[PlacedPanel, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Try:
    """A text in one size of type and of images: the pieces of each page, and how many of them are strained."""

    setup: Setup
    pages: list[list[Piece]]
    is_one_each: bool
    strained: int


def fit(blocks: Sequence[Block], setup: Setup, width: float, height: float) -> list[Page]:
    """
    Return a text's pages.

    The type is the largest at which all is on one page, or on one between any two of the text's own page breaks; else
    the largest that needs no more pages than the smallest does, and strains the fewest pieces. A text of very many
    pages is set in the smallest: it is no slide, and takes its time.

    Raises
    ------
    SlideError
        If there are more pages than anybody turns.
    """
    _bounded(lines(blocks) / limits.LINES_ON_A_SLIDE)
    tries = [_try(blocks, replace(setup, size=LADDER[-1], share=SHARES[-1]), width, height)]
    if len(tries[0].pages) > MANY:
        return _airy(tries[0], height)
    tries = []
    for size in LADDER:
        for share in SHARES if _has_figures(blocks) else SHARES[:1]:
            tries.append(_try(blocks, replace(setup, size=size, share=share), width, height))
            if tries[-1].is_one_each and not tries[-1].strained:
                return _airy(tries[-1], height)
    fewest = min(len(each.pages) for each in tries)
    able = [each for each in tries if len(each.pages) == fewest]
    return _airy(min(able, key=lambda each: each.strained), height)


def _has_figures(blocks: Iterable[Block]) -> bool:
    return any(
        isinstance(block, Figures)
        or (isinstance(block, Quote) and _has_figures(block.blocks))
        or (isinstance(block, Items) and any(_has_figures(item.blocks) for item in block.items))
        for block in blocks
    )


def _try(blocks: Sequence[Block], setup: Setup, width: float, height: float) -> _Try:
    parts = sheets(blocks, setup, width)
    _bounded(max(len(parts), sum(piece.height for part in parts for piece in part) / height))
    pages = [page for part in parts for page in _even(part, height)]
    _bounded(len(pages))
    strained = sum(piece.strained for part in parts for piece in part)
    strained += TORN * _torn(pages)
    return _Try(setup, pages, len(pages) == len(parts), strained)


def _bounded(pages: float) -> None:
    """Refuse a text of too many pages, be it before they are made."""
    if pages > limits.PAGES:
        raise SlideError(
            f"this section's text fills more than {limits.PAGES} slides",
            hint="divide it by headings of the level that slides begin with, or leave out what nobody reads",
        )


def _even(pieces: Sequence[Piece], height: float) -> list[list[Piece]]:
    """Return pages, all about as full."""
    pages = paginate(pieces, height)
    for share in FILLED if len(pages) > 1 else ():
        more = paginate(pieces, height * share)
        fits = all(stack(page).height <= height + HAIR for page in more)
        if fits and len(more) == len(pages) and _harm(more) <= _harm(pages):
            return more
    return pages


def _torn(pages: Iterable[Sequence[Piece]]) -> int:
    """Return how many pages end where something goes on that belongs together."""
    return sum(page[-1].keeps for page in pages)


def _harm(pages: Sequence[Sequence[Piece]]) -> tuple[int, int]:
    """Return how bad the ends of pages are: how many are torn, and at what."""
    return _torn(pages), -sum(page[-1].ends for page in pages if page[-1].keeps)


def _airy(found: _Try, height: float) -> list[Page]:
    """Return pages with some more space between pieces, where there is some left."""
    pages = []
    for pieces in found.pages:
        spare = height - stack(pieces).height
        count = sum(piece.airy for piece in pieces[1:])
        extra = min(LOOSER * found.setup.em, LOOSER * max(spare, 0.0) / count) if count else 0.0
        pages.append(stack(pieces, extra))
    return pages


def paginate(pieces: Sequence[Piece], height: float) -> list[list[Piece]]:
    """Return pieces page by page; what belongs together is torn apart only if it is higher than a page."""
    pages: list[list[Piece]] = [[]]
    for group in _groups(pieces):
        if _fits(group, height):
            _add(pages, group, height)
        else:
            _tear(pages, group, height)
    return [page for page in pages if page]


def _fits(pieces: Sequence[Piece], height: float) -> bool:
    return stack(pieces).height <= height + HAIR


def _add(pages: list[list[Piece]], more: Sequence[Piece], height: float) -> None:
    """Put pieces on the last page, or on one more if it has no room for them."""
    if pages[-1] and not _fits([*pages[-1], *more], height):
        pages.append([])
    again = more[0].again if not pages[-1] and len(pages) > 1 else ()
    pages[-1] += [*(again if _fits([*again, *more], height) else ()), *more]


def _tear(pages: list[list[Piece]], group: Sequence[Piece], height: float) -> None:
    """Put pieces on as many pages as they need, each of which ends well, if it can."""
    start = len(pages[-1])
    for piece in group:
        if pages[-1] and not _fits([*pages[-1], piece], height):
            pages.append(_taken_back(pages[-1], start))
            start = 0
        if pages[-1] or not piece.blank:
            _add(pages, [piece], height)


def _taken_back(page: list[Piece], start: int) -> list[Piece]:
    """Take from a page the pieces that the next is to begin with; what is torn apart begins at ``start``."""
    last = len(page) - 1
    first = min(last - int(BACK * (len(page) - start)), last)
    best = max(range(first, last + 1), key=lambda at: (page[at].ends, at))
    taken = page[best + 1 :]
    del page[best + 1 :]
    return list(dropwhile(lambda piece: piece.blank, taken))


def _groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keeps:
            yield group
            group = []
    if group:
        yield group


def stack(pieces: Sequence[Piece], extra: float = 0.0) -> Page:
    """Return pieces one below the other, with so much more between those that may be further apart."""
    spots: list[Spot] = []
    marks: list[PlacedPanel] = []
    panel: Panel | None = None
    y = start = 0.0
    first = 0
    for nth, piece in enumerate(pieces):
        gap = piece.gap + (extra if piece.airy else 0.0) if nth else 0.0
        if piece.panel is not panel and panel:
            y += panel.padding
            marks.append(PlacedPanel(panel, start, y, first))
        y += gap
        if piece.panel is not panel and piece.panel:
            start, first = y, nth
            y += piece.panel.padding
        panel = piece.panel
        spots.append(Spot(piece, y))
        y += piece.height
    if panel:
        y += panel.padding
        marks.append(PlacedPanel(panel, start, y, first))
    return Page(tuple(spots), tuple(marks), y)
