"""From a document's recordings to the slides of a deck, with their notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deck.document import Document, Section, SlideBlock
from deck.document.outline import Job
from deck.errors import DeckError, DocumentError, FaultList, Location
from deck.identifiers import nearest, numbered, unique, unique_class
from deck.recording.header import header
from deck.reveal import Reveal, notes_of
from deck.themes import DARK, Theme

if TYPE_CHECKING:
    from deck.recording.timeline import Recording

__all__ = ["Deck", "DeckSlide", "distinct", "slides_of"]


@dataclass(frozen=True, kw_only=True)
class DeckSlide:
    """
    A slide, recorded.

    Attributes
    ----------
    id, title
        The section's; those of its second slide and of later ones have a number.
    class_name
        The name of the slide's class, which no other slide of the deck has.
    reveals
        What it shows, in order, with the document's notes.
    data
        Its recording, as `deck.recording.codec` has it.
    filmed
        Why the HTML page shows it as a film; empty for slides that the page draws.
    page
        Which of its section's slides it is, from 1.
    """

    id: str
    title: str
    class_name: str
    reveals: tuple[Reveal, ...]
    data: bytes
    filmed: str = ""
    page: int = 1

    @property
    def recording(self) -> Recording:
        """The recording, read anew each time: all those of a deck together would take gigabytes."""
        from deck.recording.codec import decode

        return decode(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """
    The whole: a document and its slides, in order.

    Attributes
    ----------
    theme
        The colours of what deck and the lecture draw themselves, and of what stands around the slides.
    faults
        Why some sections could not be built; they are left out, or a slide in their place says so.
    lacks_latex
        Whether this build has set formulas without LaTeX because it is not installed.
    damaged
        The sections that were made anew because what was kept of them was damaged.
    """

    document: Document
    slides: tuple[DeckSlide, ...]
    theme: Theme = DARK
    faults: tuple[DeckError, ...] = ()
    lacks_latex: bool = False
    damaged: tuple[str, ...] = ()


def slides_of(job: Job, pages: Sequence[bytes], faults: FaultList) -> Iterator[DeckSlide]:
    """Yield a job's slides, all named like its section, with the notes that the document has for their reveals."""
    section = job.section
    notes = {reveal: note.text for reveal, note in section.notes.items()}
    recorded = [_reveals(page) for page in pages]
    ids = [reveal["id"] for page in recorded for reveal in page]
    lost = [reveal for reveal in notes if reveal and reveal not in ids]
    if isinstance(section.body, SlideBlock) and not job.failed:
        for fault in _lost_notes(job.path, section, lost, ids):
            faults.add(fault)
    else:  # a note's heading has to name a reveal in slide blocks only
        notes[""] = "\n\n".join(filter(None, (notes.get(name, "") for name in ("", *lost))))
    for number, (page, reveals) in enumerate(zip(pages, recorded, strict=True), start=1):
        has_film = any(name == "film" and count for name, _, count in header(page)["blocks"])
        yield DeckSlide(
            id=section.id,
            title=section.title if number == 1 else f"{section.title} ({number})",
            class_name=job.class_name,
            page=number,
            reveals=tuple(_reveal(reveal, notes, first=number == 1 and not nth) for nth, reveal in enumerate(reveals)),
            data=page,
            filmed="manim alone can draw what it shows" if has_film else "",
        )


def _reveal(recorded: Mapping[str, Any], notes: Mapping[str, str], *, first: bool) -> Reveal:
    """Return a reveal with its notes, which begin with what the slide's own code says of it."""
    written = notes_of(notes, recorded["id"], first=first)
    return Reveal(**recorded, notes="\n\n".join(filter(None, (recorded["comment"], written))))


def _reveals(data: bytes) -> list[dict[str, Any]]:
    """Return what a recording says of its reveals."""
    keys = ("id", "title", "description", "loop", "comment")
    return [{key: reveal[key] for key in keys} for reveal in header(data)["reveals"]]


def distinct(slides: Iterable[DeckSlide]) -> tuple[DeckSlide, ...]:
    """
    Return slides with distinct ids and class names.

    A section's first slide keeps the section's id, because links name it. Only the slides after it get other ones.
    """
    all_slides = tuple(slides)
    ids = {slide.id for slide in all_slides}
    classes = {slide.class_name.casefold() for slide in all_slides}
    named = []
    for slide in all_slides:
        if slide.page == 1:
            named.append(slide)
            continue
        own = unique(numbered(slide.id, slide.page), ids)
        class_name = unique_class(f"{slide.class_name}Page{slide.page}", classes)
        ids.add(own)
        classes.add(class_name.casefold())
        named.append(replace(slide, id=own, class_name=class_name))
    return tuple(named)


def _lost_notes(path: Path, section: Section, lost: Iterable[str], ids: Sequence[str]) -> Iterator[DocumentError]:
    """Yield a fault for each heading that names no reveal of the slide."""
    for reveal in lost:
        close = nearest(reveal, ids, what="its reveals")
        hint = close if close.startswith("its") else f"{close} its reveals: {', '.join(ids)}"
        message = f"slide '{section.title}' has no reveal '{reveal}'"
        yield DocumentError(message, hint=hint, where=Location(path, section.notes[reveal].line))
