"""Sections of text set together: all by one run of Typst for each size of type that is tried."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from deck import limits
from deck.document.section import TitlePage
from deck.errors import DeckError
from deck.formulas import UnsetError, set_tex
from deck.recording.timeline import Recording
from deck.typesetting import measures
from deck.typesetting.blocks import Block, Inline, Maths, Span, SpanStyle, lines, restyled
from deck.typesetting.compiler import SetText, set_galley
from deck.typesetting.flow import sheets
from deck.typesetting.galley import Galley
from deck.typesetting.pages import Layout, Page, bounded, lay_out
from deck.typesetting.pieces import DrawnFormula, Piece
from deck.typesetting.reading import read_blocks, read_title
from deck.typesetting.recordings import recorded
from deck.typesetting.references import NONE, References
from deck.typesetting.reveals import Shown, reveals
from deck.typesetting.setup import Setup
from deck.typesetting.stage import Placed, Rect, Stage
from deck.typesetting.strips import cut

__all__ = ["Text", "check_text", "set_texts"]

MANY = 8
"""A text of more pages is set in the smallest type: it is no slide."""
TITLE_SIZES = (measures.TITLE, *measures.LADDER)
CAPITALS = 0.727
"""How high capitals are, in ems."""
BELOW_TITLE = 38.0
ALONE_SIZES = (64.0, 56.0, 48.0, 40.0, 32.0, 24.0)
COVER_SIZES = ((72.0, 64.0, 56.0, 48.0, 40.0, 32.0, 24.0), (34.0, 30.0, 26.0, 24.0), (28.0, 24.0))
COVER_LINES = (3, 3)
COVER_WIDTH = 1566.0
RULE_WIDTH, RULE_HEIGHT, RULE_GAP = 148.0, 8.0, 74.0
EYE = 0.4
"""Where the middle of content stands that fills little of its page: at that share of what is free, from above."""
LITTLE = 0.55
"""Share of a page that content has to fill to stand at its top."""
NO_PAGES = Layout((), is_one_each=True, strained=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """
    A section that is to be set.

    Attributes
    ----------
    title
        Its heading.
    source
        The Markdown below it, and the document's line that it starts on.
    references, listed
        What it may refer to, and the keys of the works that it lists.
    blocks
        What else is below it; if there is nothing, the heading stands alone in the middle.
    cover
        What is on the title slide beside the title, if it is that.
    setup
        How it is set; its size is the largest that may be tried.
    background, frame_rate
        Of its recordings.
    pages
        How many there may be; what is beyond is left out.
    """

    title: str
    source: tuple[str, int] = ("", 0)
    references: References = NONE
    listed: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    cover: TitlePage | None = None
    setup: Setup
    background: str
    frame_rate: float
    pages: int = limits.PAGES


@dataclass(frozen=True, slots=True, eq=False)
class _Try:
    """A text in one size of type: its title's name, its pieces, and its pages."""

    setup: Setup
    title: str
    parts: Sequence[Sequence[Piece]]
    layout: Layout = NO_PAGES


class _Texts:
    """The texts that are set together, all on frames of one shape."""

    def __init__(self, given: Sequence[Text]) -> None:
        self.given = given
        self._frame = given[0].setup.measures
        self.failed: dict[int, DeckError] = {}
        self._galley = Galley()
        self._drawn: dict[str, SetText] = {}
        self._tries: dict[int, list[_Try]] = {nth: [] for nth in range(len(given))}
        self._blocks = [self._read(text) for text in given]

    @staticmethod
    def _read(text: Text) -> tuple[Block, ...]:
        source, line = text.source
        read = read_blocks(source, line, text.references, text.listed, language=text.setup.language)
        return (*read, *text.blocks)

    def set_all(self) -> None:
        """Set all texts, again and again in smaller type where that helps."""
        left = {nth: _sizes(text, self._blocks[nth]) for nth, text in enumerate(self.given)}
        while left:
            begun = {nth: made for nth, sizes in left.items() if (made := self._begun(nth, sizes[0]))}
            self._set()
            for nth, made in begun.items():
                self._lay_out(nth, made)
            left = {
                nth: sizes[1:]
                for nth, sizes in left.items()
                if nth not in self.failed and len(sizes) > 1 and not self._tries[nth][-1].layout.is_fine
            }

    def slides(self) -> list[list[Recording] | DeckError]:
        """Return the recordings of each text."""
        best = {nth: _best(tries) for nth, tries in self._tries.items() if nth not in self.failed}
        titles = {
            nth: [made.title, *self._further_titles(nth, made)] if made.layout.pages else [made.title]
            for nth, made in best.items()
        }
        if self._galley.sections:
            self._set()
        return [
            self.failed[nth] if nth in self.failed else self._slides(text, best[nth], titles[nth])
            for nth, text in enumerate(self.given)
        ]

    def check(self) -> None:
        """Find out whether the first text can be set."""
        self._begun(0, measures.LADDER[0])

    def _set(self) -> None:
        self._drawn |= set_galley(self._galley)
        self._galley.sections.clear()

    def _begun(self, nth: int, size: float) -> _Try | None:
        text, blocks = self.given[nth], self._blocks[nth]
        setup = replace(text.setup, size=size)
        self._galley.begin(setup)
        try:
            bounded(lines(blocks) / limits.LINES_ON_A_SLIDE)
            if text.cover is not None:
                return _Try(setup, self._cover(text, text.cover, setup), ())
            if not blocks:
                return _Try(setup, self._centred(_title(text), setup, ALONE_SIZES), ())
            title = self._galley.text(_title(text), setup, size=TITLE_SIZES, lines=self._frame.title_lines)
            return _Try(setup, title, sheets(blocks, setup, self._galley))
        except DeckError as error:
            self.failed[nth] = error
            self._galley.sections.pop()
            return None

    def _lay_out(self, nth: int, made: _Try) -> None:
        if made.parts:
            height = self._frame.bottom - self._content_top(made.title)
            parts = [cut(part, self._drawn, self._galley, height) for part in made.parts]
            try:
                made = replace(made, layout=lay_out(parts, self._drawn, height, made.setup.em, self._frame.height))
            except DeckError as error:
                self.failed[nth] = error
        self._tries[nth].append(made)

    def _further_titles(self, nth: int, made: _Try) -> list[str]:
        """Add the titles of a text's further pages, which have a number, and return their names."""
        count = len(made.layout.pages[: self.given[nth].pages])
        if count < 2:
            return []
        self._galley.begin(made.setup)
        title = _title(self.given[nth])
        tails = [Span(f" ({number})", SpanStyle(tone="quiet", bold=True)) for number in range(2, count + 1)]
        lines = self._frame.title_lines
        return [self._galley.text((*title, tail), made.setup, size=TITLE_SIZES, lines=lines) for tail in tails]

    def _centred(
        self, inlines: Sequence[Inline], setup: Setup, sizes: Sequence[float], most: int = 0, widest: float = math.inf
    ) -> str:
        """Add balanced lines in the middle, and return their name; by default as many as a title has by itself."""
        most = most or self._frame.alone_lines
        width = min(widest, self._frame.width)
        x = (self._frame.width - width) / 2
        return self._galley.text(inlines, setup, x=x, width=width, size=sizes, lines=most, align="center", balance=True)

    def _cover(self, text: Text, cover: TitlePage, setup: Setup) -> str:
        """Add what is on the title slide, and return the names of its parts."""
        byline = "  ·  ".join(fact for fact in (cover.author, cover.date) if fact)
        given: tuple[tuple[Inline, ...], ...] = (
            _title(text),
            (Span(cover.subtitle),) if cover.subtitle else (),
            (Span(byline, SpanStyle(tone="quiet")),) if byline else (),
        )
        return " ".join(
            self._centred(inlines, setup, sizes, most, COVER_WIDTH)
            for inlines, sizes, most in zip(given, COVER_SIZES, (self._frame.alone_lines, *COVER_LINES), strict=True)
            if inlines
        )

    def _title_top(self, name: str) -> float:
        """Return where a title begins so that its capitals are as far down as all titles' are."""
        heights = [word.box[3] - word.box[1] for word in self._drawn[name].words]
        em = min(heights) / measures.LINE_HEIGHT if heights else measures.em(measures.TITLE)
        return self._frame.title_top - (measures.ASCENT - CAPITALS) * em

    def _content_top(self, title: str) -> float:
        return max(self._frame.content_top, self._title_top(title) + self._drawn[title].height + BELOW_TITLE)

    def _slides(self, text: Text, best: _Try, titles: Sequence[str]) -> list[Recording]:
        if text.cover is not None:
            return [self._covered(text, text.cover, best.title.split())]
        if not best.layout.pages:
            return [self._alone(text, best.title)]
        pages = best.layout.pages[: text.pages]
        return [
            self._page(text, title, page, own) for title, page, own in zip(titles, pages, reveals(pages), strict=True)
        ]

    def _page(self, text: Text, title: str, page: Page, shown: Sequence[Shown]) -> Recording:
        stage = Stage(self._galley, self._drawn, text.setup.theme, self._frame)
        still = stage.text(title, self._frame.left, self._title_top(title), role="title")
        top = self._content_top(title)
        room = self._frame.bottom - top
        if page.height < LITTLE * room:
            top += EYE * (room - page.height) * (1 - page.height / (LITTLE * room))
        return recorded(
            stage,
            still,
            [(each, _drawn(stage, each, top)) for each in shown],
            background=text.background,
            frame_rate=text.frame_rate,
        )

    def _alone(self, text: Text, title: str) -> Recording:
        """Return the slide of a heading with nothing below it."""
        stage = Stage(self._galley, self._drawn, text.setup.theme, self._frame)
        placed = stage.text(title, self._frame.left, self._frame.middle[1] - stage.height(title) / 2, role="title")
        return _at_once(stage, placed, text, f"The title: {text.title}")

    def _covered(self, text: Text, cover: TitlePage, names: Sequence[str]) -> Recording:
        """Return the title slide, with a rule below the title."""
        stage = Stage(self._galley, self._drawn, text.setup.theme, self._frame)
        heights = [stage.height(name) for name in names]
        gaps = [0.0, 2 * RULE_GAP, RULE_GAP][: len(names)]
        middle, y = self._frame.middle
        y -= (sum(heights) + sum(gaps)) / 2
        placed = Placed()
        for nth, (name, height, gap) in enumerate(zip(names, heights, gaps, strict=True)):
            y += gap
            if nth == 1:
                rule = Rect(middle - RULE_WIDTH / 2, y - (gap + RULE_HEIGHT) / 2, RULE_WIDTH, RULE_HEIGHT)
                placed.items.append(stage.rectangle(rule, "accent"))
            placed.add(stage.text(name, self._frame.left, y, role="paragraph" if nth else "title"))
            y += height
        facts = [text.title, cover.subtitle, cover.author, cover.date]
        return _at_once(stage, placed, text, f"The title slide: {', '.join(fact for fact in facts if fact)}.")


def set_texts(given: Sequence[Text]) -> list[list[Recording] | DeckError]:
    """Return the recordings of each text's slides, or why it cannot be set."""
    if not given:
        return []
    texts = _Texts(given)
    texts.set_all()
    return texts.slides()


def check_text(text: Text) -> None:
    """
    Find out whether a text can be set.

    Raises
    ------
    DeckError
        If not; it says the line.
    """
    texts = _Texts([text])
    texts.check()
    for error in texts.failed.values():
        raise error


def _at_once(stage: Stage, placed: Placed, text: Text, description: str) -> Recording:
    shown = Shown(id="title", title=text.title or "Title", description=description, spots=(), marks=())
    return recorded(stage, Placed(), [(shown, placed)], background=text.background, frame_rate=text.frame_rate)


def _sizes(text: Text, blocks: Sequence[Block]) -> list[float]:
    """Return the sizes that are tried for a text; a very long one is set in the smallest."""
    sizes = [text.setup.size, *(size for size in measures.LADDER if size < text.setup.size)]
    if lines(blocks) > MANY * limits.LINES_ON_A_SLIDE:
        return sizes[-1:]
    return sizes


def _best(tries: Sequence[_Try]) -> _Try:
    """Return the first that is fine; else, of those with the fewest pages, the one that strains the least."""
    if tries[-1].layout.is_fine:
        return tries[-1]
    if len(tries[-1].layout.pages) > MANY:
        return tries[-1]
    fewest = min(len(each.layout.pages) for each in tries)
    able = [each for each in tries if len(each.layout.pages) == fewest]
    return min(able, key=lambda each: each.layout.strained)


def _title(text: Text) -> tuple[Inline, ...]:
    """Return a title's inlines; what looks like a formula and cannot be set as one stands there as it is written."""
    return restyled((_settable(inline) for inline in read_title(text.title, text.setup.language)), bold=True)


def _settable(inline: Inline) -> Inline:
    if isinstance(inline, Maths):
        try:
            set_tex(inline.tex, "math")
        except UnsetError:
            return Span(f"${inline.tex}$")
    return inline


def _drawn(stage: Stage, shown: Shown, top: float) -> Placed:
    """Place what appears with one key on a page that begins at ``top``."""
    placed, left = Placed(), stage.frame.left
    for mark in shown.marks:
        panel = mark.panel
        place = Rect(left + panel.x, top + mark.top, panel.width, mark.bottom - mark.top)
        placed.items.append(stage.rectangle(place, panel.color))
    for spot in shown.spots:
        for part in _parts(stage, spot.piece, top + spot.top):
            placed.add(part)
    return placed


def _parts(stage: Stage, piece: Piece, top: float) -> list[Placed]:
    edge = stage.frame.left
    found = [
        stage.formula(part, edge, top)
        if isinstance(part, DrawnFormula)
        else stage.text(part.id, edge + part.x, top + part.y, role=piece.role)
        for part in piece.parts
    ]
    if row := piece.row:
        image = piece.height - row.below(stage.height)
        for each, (left, width) in zip(row.pictures, row.places(image), strict=True):
            found.append(stage.picture(each, Rect(edge + left, top, width, image)))
            if each.caption:
                found.append(stage.centred(each.caption, edge + left + width / 2, top + image + row.gap))
    return found
