"""
Slide blocks: a kind of slide and its options.

Kinds are found by entry point, in the group ``deck.slides``; only those that a document names are loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deck import plugins
from deck.sections.options import check
from deck.slide import Slide, bind

if TYPE_CHECKING:
    from deck.document import SlideBlock
    from deck.document.outline import Job

__all__ = ["block_slide"]


def block_slide(job: Job, block: SlideBlock) -> type[Slide]:
    """Return the class of a slide block: its kind with title, notes and checked options, in the deck's theme."""
    kind = _load(block.kind)
    options = check(kind.Options, block, job.front, job.path, trust=job.trust)
    notes = {reveal: note.text for reveal, note in job.section.notes.items()}
    title, theme = job.section.title, job.theme
    return bind(kind, name=job.class_name, title=title, options=options, notes=notes, theme=theme)


def _load(name: str) -> type[Slide]:
    """Return the class of a kind of slide, which any installed package may offer."""
    kind = plugins.load(plugins.KINDS, name, what="slide kind")
    if not (isinstance(kind, type) and issubclass(kind, Slide)):
        raise plugins.refused(plugins.KINDS, name, what="slide kind", wanted="subclass of deck.slide.Slide")
    return kind
