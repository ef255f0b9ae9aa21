"""The kinds of section, and how each becomes slide classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deck.document.section import Prose, SceneCode, TitlePage

if TYPE_CHECKING:
    from deck.document.outline import Job
    from deck.slide import Slide

__all__ = [
    "latex",
    "module",
    "slide_classes",
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
    if job.failed:
        from deck.sections.text import failed_slide

        return [failed_slide(job, job.failed)]
    if isinstance(body, SceneCode):
        from deck.sections.scenes import scene_slide

        return [scene_slide(job, body)]
    if isinstance(body, Prose):
        from deck.sections.text import text_slides

        return text_slides(job, body)
    if isinstance(body, TitlePage):
        from deck.sections.title import title_slide

        return [title_slide(job, body)]
    from deck.sections.blocks import block_slide

    return [block_slide(job, body)]
