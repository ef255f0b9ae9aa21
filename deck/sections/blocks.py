"""
Slide blocks: a kind of slide and its options.

Kinds are found by entry point, in the group ``deck.slides``; only those that a document names are loaded.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from deck.errors import SlideError
from deck.identifiers import nearest
from deck.sections.options import check
from deck.slide import Slide, bind

if TYPE_CHECKING:
    from deck.document import SlideBlock
    from deck.document.outline import Job

__all__ = ["block_slide"]

GROUP = "deck.slides"


def block_slide(job: Job, block: SlideBlock) -> type[Slide]:
    """Return the class of a slide block: its kind with the section's title, checked options and notes."""
    kind = _load(block.kind)
    options = check(kind.Options, block, job.front, job.path, trust=job.trust)
    notes = {reveal: note.text for reveal, note in job.section.notes.items()}
    return bind(kind, name=job.class_name, title=job.section.title, options=options, notes=notes)


def _load(kind: str) -> type[Slide]:
    """Return the class of a kind of slide, which any installed package may offer."""
    found = entry_points(group=GROUP)
    offers = list(found.select(name=kind))
    if not offers:
        raise SlideError(f"no slide kind '{kind}'", hint=nearest(kind, found.names, what="kinds"))
    packages = sorted({_package(offer) for offer in offers})
    if len(packages) > 1:
        raise SlideError(
            f"the slide kind '{kind}' is in more than one package: {', '.join(packages)}",
            hint=f"uninstall {' or '.join(packages)}",
        )
    try:
        loaded = offers[0].load()
    except Exception as error:  # another package's code may raise anything
        raise SlideError(
            f"package {packages[0]} cannot load its slide kind '{kind}': {type(error).__name__}: {error}",
            hint=f"reinstall {packages[0]}, or tell its authors",
        ) from error
    if not (isinstance(loaded, type) and issubclass(loaded, Slide)):
        raise SlideError(
            f"package {packages[0]} offers '{offers[0].value}' as slide kind '{kind}', which is no slide class",
            hint="an entry point in the group deck.slides names a subclass of deck.slide.Slide",
        )
    return loaded


def _package(offer: EntryPoint) -> str:
    return offer.dist.name if offer.dist else offer.module
