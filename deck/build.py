"""Document in, deck out: each slide's recording is taken from the store, or made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deck.cache import Store
from deck.document import Document, SceneCode, Section
from deck.errors import DocumentError, FaultList, Location, TrustError
from deck.inputs import environment
from deck.names import nearest
from deck.outline import Job, outline
from deck.pool import do_all
from deck.progress import Progress
from deck.recording.envelope import header
from deck.reveal import Reveal, notes_of
from deck.take import Take

if TYPE_CHECKING:
    from deck.recording.timeline import Recording

__all__ = ["Deck", "DeckSlide", "Progress", "build"]


@dataclass(frozen=True, kw_only=True)
class DeckSlide:
    """
    A slide, recorded.

    Attributes
    ----------
    id, title
        The section's.
    class_name
        The slide class's, which is its own in the deck.
    reveals
        What it shows, in order, with the document's notes.
    data
        Its recording, as `deck.recording.codec` has it.
    filmed
        Why it travels as video within a page of drawings; empty for all that need not.
    """

    id: str
    title: str
    class_name: str
    reveals: tuple[Reveal, ...]
    data: bytes
    filmed: str = ""

    @cached_property
    def recording(self) -> Recording:
        """The recording, read."""
        from deck.recording.codec import decode

        return decode(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """The whole: a document and its slides, in order."""

    document: Document
    slides: tuple[DeckSlide, ...]


def build(
    document: Document,
    *,
    store: Path,
    frame_rate: int,
    trust: bool = False,
    processes: int | None = None,
    faults: FaultList | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Deck:
    """
    Record what is not in the store yet.

    Parameters
    ----------
    document
        What to build.
    store
        The folder that finished recordings are kept in from build to build.
    frame_rate
        Frames a second.
    trust
        Whether to run Python that stands in the document.
    processes
        How many slides to record at once; by default as many as there are processors.
    faults
        What is known to be wrong with the document; with anything in it, the slides are only checked.
    progress
        Called in this thread, for each slide at the start and at each of its pauses.

    Raises
    ------
    Faults
        With everything that is wrong, in the document and in its slides.
    TrustError
        If the document has Python in it and is not trusted.
    OutputError
        If the store cannot be written.
    """
    faults = FaultList() if faults is None else faults
    _require_trust(document, trust=trust)
    shelf = Store(store)
    jobs = {job.key(environment()): job for job in outline(document, frame_rate=frame_rate)}
    made = {key: data for key in jobs if not faults and (data := shelf.get(key)) is not None}
    for key, job in jobs.items():
        progress(_done(job, made[key]) if key in made else Progress(slide=job.section.id, done=0))
    missing = {key: job for key, job in jobs.items() if key not in made}
    made |= _record(missing, shelf, processes=processes or os.cpu_count() or 1, faults=faults, progress=progress)
    slides = [_slide(job, made[key], faults) for key, job in jobs.items() if key in made]
    faults.raise_any()
    return Deck(document=document, slides=tuple(slides))


def _record(
    missing: Mapping[str, Job],
    shelf: Store,
    *,
    processes: int,
    faults: FaultList,
    progress: Callable[[Progress], None],
) -> dict[str, bytes]:
    """Record what is missing, those that took longest the last time first, and keep it by its keys."""
    made, took = dict[str, bytes](), dict[str, float]()

    def keep(key: str, take: Take) -> None:
        made[key], took[_name(missing[key])] = take.data, take.seconds
        if take.inputs.stable:  # what was edited meanwhile serves this build, and no later one
            shelf.put(key, take.data, take.inputs.files)
        progress(_done(missing[key], take.data))

    known = shelf.seconds if missing else {}
    order = sorted(missing.items(), key=lambda item: -known.get(_name(item[1]), float("inf")))
    do_all(dict(order), processes=processes, faults=faults, keep=keep, progress=progress)
    if took:
        shelf.note_seconds(took)
        shelf.prune()
    return made


def _done(job: Job, data: bytes) -> Progress:
    reveals = len(header(data)["reveals"])
    return Progress(slide=job.section.id, done=reveals, total=reveals)


def _name(job: Job) -> str:
    return f"{job.path.absolute()}#{job.section.id}"


def _slide(job: Job, data: bytes, faults: FaultList) -> DeckSlide:
    """Return a job's slide; headings of the document that name none of its reveals are faults."""
    section = job.section
    notes = {reveal: note.text for reveal, note in section.notes.items()}
    told = [reveal | {"notes": notes_of(notes, reveal["id"], first=not nth)} for nth, reveal in enumerate(_told(data))]
    for fault in _lost_notes(job.path, section, [reveal["id"] for reveal in told]):
        faults.add(fault)
    has_film = any(name == "film" and count for name, _, count in header(data)["blocks"])
    return DeckSlide(
        id=section.id,
        title=section.title,
        class_name=job.class_name,
        reveals=tuple(Reveal(**reveal) for reveal in told),
        data=data,
        filmed="its camera draws in a way of its own" if has_film else "",
    )


def _told(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield what a recording tells of its reveals."""
    for reveal in header(data)["reveals"]:
        yield {key: reveal[key] for key in ("id", "title", "description", "loop")}


def _lost_notes(path: Path, section: Section, ids: Sequence[str]) -> Iterator[DocumentError]:
    """Yield a fault for each heading that names no reveal of the slide."""
    for reveal, note in section.notes.items():
        if reveal and reveal not in ids:
            close = nearest(reveal, ids, what="its reveals")
            hint = close if close.startswith("its") else f"{close} its reveals: {', '.join(ids)}"
            message = f"slide '{section.title}' has no reveal '{reveal}'"
            yield DocumentError(message, hint=hint, where=Location(path, note.line))


def _require_trust(document: Document, *, trust: bool) -> None:
    scenes = [section.body for section in document.sections if isinstance(section.body, SceneCode)]
    if scenes and not trust:
        names = ", ".join(f"{scene.name} (line {scene.line})" for scene in scenes)
        raise TrustError(
            f"the document has Python in it, which building it would run: {names}",
            hint="read it; if you trust it, say so with --trust",
            where=Location(document.path, scenes[0].line),
        )
