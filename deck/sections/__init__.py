"""The kinds of section, and how each becomes slide classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deck.document.section import SceneCode, SlideBlock

if TYPE_CHECKING:
    from deck.document.outline import Job
    from deck.slide import Slide

__all__ = [
    "latex",
    "module",
    "slide_classes",
    "text",
]


def slide_classes(job: Job) -> list[type[Slide]]:
    """
    Return the slide classes of a job's section: one, or as many as its text needs.

    Raises
    ------
    DeckError
        If there is none to be had; what else the code of a kind or of the document raises passes through.
    """
    body = job.section.body
    if job.is_text:
        from deck.sections.text import text_slides

        return text_slides(job)
    if isinstance(body, SceneCode):
        from deck.sections.scenes import scene_slide

        return [scene_slide(job, body)]
    assert isinstance(body, SlideBlock)
    from deck.sections.blocks import block_slide

    return [block_slide(job, body)]
