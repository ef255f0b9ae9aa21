"""The title slide: the document's title, and who says it when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manim import UP, FadeIn, Mobject

from deck import theme
from deck.slide import Slide
from deck.typesetting.blocks import Inline, Span, SpanStyle
from deck.typesetting.drawing import CenteredLines, centered, set_centered, title_inlines
from deck.typesetting.ink import rectangle
from deck.typesetting.setup import Setup

if TYPE_CHECKING:
    from deck.document.outline import Job
    from deck.document.section import TitlePage

__all__ = ["TitleSlide", "title_slide"]

TITLE_SIZES = (72.0, 64.0, 56.0, 48.0, 40.0, 32.0, 24.0)
SUBTITLE_SIZES = (34.0, 30.0, 26.0, 24.0)
SMALL_SIZES = (28.0, 24.0)
WIDTH = 11.6
RULE_WIDTH, RULE_HEIGHT = 1.1, 0.06
GAP = 0.55
SECONDS = 0.6


class TitleSlide(Slide):
    """The first slide, with the title in the middle and a rule below it."""

    page: TitlePage
    setup_of_text: Setup

    def construct(self) -> None:
        """Show all of it at once."""
        facts = [self.title, self.page.subtitle, self.page.author, self.page.date]
        description = f"The title slide: {', '.join(fact for fact in facts if fact)}."
        with self.reveal("title", title=self.title or "Title", description=description):
            self.play(FadeIn(*self._drawn(), shift=0.08 * UP), run_time=SECONDS)

    def _drawn(self) -> list[Mobject]:
        setup, page = self.setup_of_text, self.page
        quiet = SpanStyle(tone=theme.QUIET)
        byline = "  ·  ".join(fact for fact in (page.author, page.date) if fact)
        blocks = [
            CenteredLines(set_centered(title_inlines(self.title, setup), setup, TITLE_SIZES, most=2, width=WIDTH))
        ]
        for text, style, sizes, gap in (
            (page.subtitle, SpanStyle(), SUBTITLE_SIZES, 2 * GAP),
            (byline, quiet, SMALL_SIZES, GAP if page.subtitle else 2 * GAP),
        ):
            inlines: tuple[Inline, ...] = (Span(text, style),)
            if text:
                blocks.append(CenteredLines(set_centered(inlines, setup, sizes, most=3, width=WIDTH), gap))
        drawn = centered(blocks, setup)
        parts = [part for block in drawn for part in block]
        if len(drawn) > 1:
            parts.append(self._rule(blocks))
        return parts

    @staticmethod
    def _rule(blocks: list[CenteredLines]) -> Mobject:
        """Return the rule between the title and what is below it."""
        height = sum(block.height for block in blocks) + sum(block.gap for block in blocks[1:])
        y = height / 2 - blocks[0].height - blocks[1].gap / 2
        return rectangle(RULE_WIDTH, RULE_HEIGHT, theme.ACCENT).shift((-RULE_WIDTH / 2, y + RULE_HEIGHT / 2, 0))


def title_slide(job: Job, page: TitlePage) -> type[Slide]:
    """Return the class of the title slide."""
    facts = {
        "title": job.section.title,
        "background": job.background,
        "notes": {name: note.text for name, note in job.section.notes.items()},
        "page": page,
        "setup_of_text": Setup(path=job.path),
        "__module__": TitleSlide.__module__,
        "__doc__": TitleSlide.__doc__,
    }
    return type(job.class_name, (TitleSlide,), facts)
