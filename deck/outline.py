"""
The outline: each section of a document resolved to a slide class, its options checked, its reveals known.

Kinds of slide are found by entry point, in the group ``deck.slides``; only those that a document names are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from deck.document import Document, Section, gather, read_text
from deck.errors import DeckError, DocumentError, FaultList, Faults, Location, SlideError
from deck.names import class_names, nearest
from deck.options import check

if TYPE_CHECKING:
    from deck.slide import Reveal, Slide

__all__ = ["Outline", "OutlineSlide", "read", "rehearse", "resolve"]

GROUP = "deck.slides"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineSlide:
    """
    A section and what shows it.

    Attributes
    ----------
    kind
        The class that the section names.
    slide_class
        A subclass of it, with the section's title, options and notes; its name is its own in the deck.
    reveals
        What it shows, in order.
    """

    section: Section
    kind: type[Slide]
    slide_class: type[Slide]
    reveals: tuple[Reveal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document and its slides, in order."""

    document: Document
    slides: tuple[OutlineSlide, ...]


def read(path: Path) -> Outline:
    """
    Read a document from its file and resolve it.

    Raises
    ------
    DocumentError
        If there is no reading the file.
    Faults
        With everything that is wrong, in the text and in the slides.
    """
    faults = _FaultsOnce()
    return _resolved(gather(read_text(path), path, faults), faults)


def resolve(document: Document) -> Outline:
    """
    Find each section's kind of slide, check its options, rehearse it, and check that its notes have their reveals.

    Raises
    ------
    Faults
        With everything that is wrong in any section.
    """
    return _resolved(document, _FaultsOnce())


def rehearse(
    slide_class: type[Slide], *, at_pause: Callable[[Slide, Reveal], None] | None = None
) -> tuple[Reveal, ...]:
    """Run a slide to the end of every animation and return its reveals; see `deck.rehearsal`."""
    from deck import rehearsal

    return rehearsal.rehearse(slide_class, at_pause=at_pause)


class _FaultsOnce(FaultList):
    """Keeps one of several equal faults: sections share the values of the front matter."""

    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()

    def add(self, error: DeckError) -> None:
        for fault in Faults([error]).errors:
            if str(fault) not in self._told:
                self._told.add(str(fault))
                super().add(fault)


def _resolved(document: Document, faults: FaultList) -> Outline:
    names = class_names(section.id for section in document.sections)
    slides = []
    for section, name in zip(document.sections, names, strict=True):
        with faults.collect(), _located(Location(document.path, section.body.lines["kind",])):
            slides.append(_slide(document, section, name, faults))
    faults.raise_any()
    return Outline(document=document, slides=tuple(slides))


def _slide(document: Document, section: Section, name: str, faults: FaultList) -> OutlineSlide:
    from deck.slide import bind

    kind = _load(section.body.kind)
    notes = {reveal: note.text for reveal, note in section.notes.items()}
    options = check(kind.Options, document, section.body)
    slide_class = bind(kind, name=name, title=section.title, options=options, notes=notes)
    reveals = rehearse(slide_class)
    for fault in _lost_notes(document.path, section, reveals):
        faults.add(fault)
    return OutlineSlide(section=section, kind=kind, slide_class=slide_class, reveals=reveals)


def _load(kind: str) -> type[Slide]:
    """Return the class of a kind of slide, which any installed package may offer."""
    from deck.slide import Slide

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


def _lost_notes(path: Path, section: Section, reveals: Sequence[Reveal]) -> Iterator[DocumentError]:
    """Yield a fault for each heading that names no reveal of the slide."""
    ids = [reveal.id for reveal in reveals]
    for reveal, note in section.notes.items():
        if reveal and reveal not in ids:
            close = nearest(reveal, ids, what="its reveals")
            hint = close if close.startswith("its") else f"{close} its reveals: {', '.join(ids)}"
            message = f"slide '{section.title}' has no reveal '{reveal}'"
            yield DocumentError(message, hint=hint, where=Location(path, note.line))


@contextmanager
def _located(where: Location) -> Iterator[None]:
    """Give an error that knows no place the section it comes from."""
    try:
        yield
    except DeckError as error:
        error.where = error.where or where
        raise
