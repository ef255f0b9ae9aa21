"""The kinds of section, and how each becomes a slide class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deck.document import SceneCode

if TYPE_CHECKING:
    from deck.outline import Job
    from deck.slide import Slide

__all__ = ["slide_class"]


def slide_class(job: Job) -> type[Slide]:
    """
    Return the slide class of a job's section.

    Raises
    ------
    DeckError
        If there is none to be had; what else the code of a kind or of the document raises passes through.
    """
    if isinstance(job.section.body, SceneCode):
        from deck.sections.scenes import scene_slide

        return scene_slide(job, job.section.body)
    from deck.sections.blocks import block_slide

    return block_slide(job, job.section.body)
