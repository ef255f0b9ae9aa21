"""Pages: pieces stacked one below the other, as many as a slide has room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from deck import limits
from deck.errors import SlideError
from deck.typesetting import measures
from deck.typesetting.compiler import SetText
from deck.typesetting.pieces import Lane, Panel, Piece

__all__ = ["Layout", "Page", "PlacedPanel", "Spot", "bounded", "lay_out", "paginate", "stack"]

SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.45)
"""How much of a page's height images may take; less is tried before type gets smaller."""
FILLED = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
"""How full pages may be, so that the last is not nearly empty."""
LOOSER = 0.5
"""By how much the space between pieces may grow, in ems, and how much of what is left over goes there."""
TORN = 100
"""Strained pieces that are as bad as a block torn apart."""
BACK = 0.5
"""Share of what is on a page of something torn apart that may go on the next page for a better end."""
HAIR = 1e-3


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
class Layout:
    """A text in one size of type: its pages, whether each of its parts fits on one, and how bad it is to look at."""

    pages: tuple[Page, ...]
    is_one_each: bool
    strained: int

    @property
    def is_fine(self) -> bool:
        """Whether nothing could be better in smaller type."""
        return self.is_one_each and not self.strained


def lay_out(
    parts: Sequence[Sequence[Piece]], texts: Mapping[str, SetText], height: float, em: float, full: float
) -> Layout:
    """
    Return the pages of a text that is set.

    Images are the largest with which each part is on one page, if there is such a size.

    Parameters
    ----------
    parts
        The pieces between the text's own page breaks.
    texts
        What is drawn of them.
    height
        Of a page.
    em
        Of the text's type.
    full
        The height of a page with a title of one line.

    Raises
    ------
    SlideError
        If there are more pages than anybody turns.
    """
    has_rows = any(piece.row for part in parts for piece in part)
    best: Layout | None = None
    for share in SHARES if has_rows else SHARES[:1]:
        sized = [[_sized(piece, texts, share * full) for piece in part] for part in parts]
        bounded(max(len(sized), sum(piece.height for part in sized for piece in part) / height))
        pages = [page for part in sized for page in _even(part, height)]
        bounded(len(pages))
        fits = all(_fits(page, height) for page in pages)
        strained = sum(_is_strained(piece, texts) for part in sized for piece in part) + TORN * _torn(pages)
        made = Layout(tuple(_airy(page, height, em) for page in pages), fits and len(pages) == len(parts), strained)
        if made.is_one_each:
            return made
        if best is None or len(made.pages) < len(best.pages):
            best = made
    assert best is not None
    return best


def _sized(piece: Piece, texts: Mapping[str, SetText], most: float) -> Piece:
    """Return a piece with its height; pictures with what is below them take ``most`` of it."""
    again = tuple(_sized(each, texts, most) for each in piece.again)
    if piece.row:
        below = piece.row.below(lambda name: texts[name].height)
        image = max(min(piece.row.most, most - below), piece.row.least)
        return replace(piece, height=image + below, again=again)
    return replace(piece, height=texts[piece.id].height, again=again) if piece.id else piece


def _is_strained(piece: Piece, texts: Mapping[str, SetText]) -> bool:
    if not piece.id or not piece.height:
        return piece.is_cramped
    em = measures.em(piece.size)
    return piece.is_cramped or texts[piece.id].height > piece.lines * (measures.LINE_HEIGHT + measures.LEADING) * em


def bounded(pages: float) -> None:
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


def _airy(pieces: Sequence[Piece], height: float, em: float) -> Page:
    """Return a page with some more space between its pieces, where there is some left."""
    spare = height - stack(pieces).height
    count = sum(piece.airy for piece in pieces[1:])
    extra = min(LOOSER * em, LOOSER * max(spare, 0.0) / count) if count else 0.0
    return stack(pieces, extra)


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
    pile = _Pile(extra)
    for piece in pieces:
        pile.put(piece)
    return pile.page()


class _Pile:
    """Pieces that are put one below the other, columns beside each other, and panels behind them."""

    def __init__(self, extra: float) -> None:
        self._extra = extra
        self._spots: list[Spot] = []
        self._marks: list[PlacedPanel] = []
        self._panel: Panel | None = None
        self._lane: Lane | None = None
        self._y = self._start = 0.0
        self._first = 0
        self._top = self._bottom = 0.0
        """Of the columns: where all begin, and where the longest ends so far."""

    def put(self, piece: Piece) -> None:
        """Put one more piece down."""
        gap = piece.gap + (self._extra if piece.airy else 0.0) if self._spots else 0.0
        begins = (piece.lane, piece.panel) != (self._lane, self._panel) and self._begins_column(piece, gap)
        if piece.panel is not self._panel or begins:
            self._close()
        self._y += 0.0 if begins else gap
        if piece.panel and piece.panel is not self._panel:
            self._start, self._first = self._y, len(self._spots)
            self._y += piece.panel.padding
        self._panel = piece.panel
        self._spots.append(Spot(piece, self._y))
        self._y += piece.height

    def page(self) -> Page:
        """Return what is there."""
        self._close()
        return Page(tuple(self._spots), tuple(self._marks), max(self._y, self._bottom))

    def _begins_column(self, piece: Piece, gap: float) -> bool:
        """Go to the top of the columns where a piece begins one, and below them after the last; say if it does."""
        before, self._lane = self._lane, piece.lane
        if before == piece.lane:
            return False
        self._close()
        self._bottom = max(self._bottom, self._y)
        if piece.lane is None:
            self._y = self._bottom
            return False
        if before is None or before.group is not piece.lane.group:
            self._y = self._top = self._bottom + gap
        else:
            self._y = self._top
        return True

    def _close(self) -> None:
        if self._panel:
            self._y += self._panel.padding
            self._marks.append(PlacedPanel(self._panel, self._start, self._y, self._first))
        self._panel = None
