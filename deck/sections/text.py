"""Text: a section's Markdown, set as one slide or as many as it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from manim import UP, FadeIn, Mobject

from deck import theme
from deck.slide import Slide
from deck.typesetting.blocks import Paragraph, Span, SpanStyle
from deck.typesetting.drawing import CONTENT_WIDTH, CenteredLines, centered, draw, set_centered, title, title_inlines
from deck.typesetting.pages import Page, fit
from deck.typesetting.reading import read_blocks
from deck.typesetting.reveals import Shown, reveals
from deck.typesetting.setup import Setup

if TYPE_CHECKING:
    from deck.document.outline import Job
    from deck.document.section import Prose

__all__ = ["TextSlide", "failed_slide", "text_slides"]

SECONDS = 0.4
RISE = 0.08
LARGE = (64.0, 56.0, 48.0, 40.0, 32.0, 24.0)
FAILED = "This section could not be built"
REASON_LINES = 8


class TextSlide(Slide):
    """
    A page of text.

    Attributes
    ----------
    setup_of_text
        How it is set.
    heading
        What stands above it.
    number
        Of the page, among those of its section.
    shown
        Its reveals; if there is none, the heading stands alone in the middle.
    """

    setup_of_text: Setup
    heading: str
    number: int
    shown: Sequence[Shown]

    def construct(self) -> None:
        """Show the title, and one after the other what is below it."""
        if not self.shown:
            self._stand_alone()
            return
        above = title(self.heading, self.setup_of_text, self.number)
        self.add(*above.mobjects)
        for each in self.shown:
            with self.reveal(each.id, title=each.title, description=each.description or each.title):
                self._appear(draw(each.spots, each.marks, above.content_top))

    def _stand_alone(self) -> None:
        lines = set_centered(title_inlines(self.heading, self.setup_of_text), self.setup_of_text, LARGE, most=2)
        with self.reveal("title", title=self.heading or "Title", description=f"The title: {self.heading}"):
            self._appear([part for block in centered([CenteredLines(lines)], self.setup_of_text) for part in block])

    def _appear(self, mobjects: Sequence[Mobject]) -> None:
        if mobjects:
            self.play(FadeIn(*mobjects, shift=RISE * UP), run_time=SECONDS)


def text_slides(job: Job, prose: Prose) -> list[type[Slide]]:
    """
    Return a slide class for each page of a section's text.

    Raises
    ------
    SlideError
        If an image may not be read or a formula not be set; it says the line.
    """
    setup = Setup(path=job.path, trust=job.trust, incremental=job.section.settings.incremental)
    blocks = read_blocks(prose.text, prose.line)
    height = title(job.section.title, setup, 2).content_top - theme.CONTENT_BOTTOM
    pages = fit(blocks, setup, CONTENT_WIDTH, height)
    return _classes(job, setup, pages)


def failed_slide(job: Job, reason: str) -> type[Slide]:
    """Return a slide that stands in the place of one that could not be built, and says why."""
    setup = Setup(path=job.path)
    blocks = (
        Paragraph((Span(FAILED),)),
        *(
            Paragraph((Span(line, SpanStyle(tone=theme.QUIET)),))
            for line in reason.splitlines()[:REASON_LINES]
            if line.strip()
        ),
    )
    height = title(job.section.title, setup).content_top - theme.CONTENT_BOTTOM
    return _classes(job, setup, fit(blocks, setup, CONTENT_WIDTH, height)[:1])[0]


def _classes(job: Job, setup: Setup, pages: Sequence[Page]) -> list[type[Slide]]:
    shown = reveals(pages) or [[]]
    notes = _notes(job, shown)
    return [
        type(
            f"{job.class_name}Page{number}" if number > 1 else job.class_name,
            (TextSlide,),
            {
                "title": f"{job.section.title} ({number})" if number > 1 else job.section.title,
                "background": job.background,
                "notes": notes[number - 1],
                "setup_of_text": setup,
                "heading": job.section.title,
                "number": number,
                "shown": tuple(own),
                "__module__": TextSlide.__module__,
                "__doc__": TextSlide.__doc__,
            },
        )
        for number, own in enumerate(shown, start=1)
    ]


def _notes(job: Job, shown: Sequence[Sequence[Shown]]) -> list[Mapping[str, str]]:
    """Return each page's notes; those that no reveal has asked for are the first one's, so that none is lost."""
    notes = {name: note.text for name, note in job.section.notes.items()}
    ids = [{each.id for each in page} for page in shown]
    known = {name for page in ids for name in page}
    found: list[dict[str, Any]] = [{name: notes[name] for name in page if name in notes} for page in ids]
    rest = [text for name, text in notes.items() if name not in known and text]
    if rest:
        found[0][""] = "\n\n".join(rest)
    return list(found)
