"""Document in, deck out: each slide's recording is taken from the store, or made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from deck.build.deck import Deck, DeckSlide, distinct, slides_of
from deck.build.installed import environment
from deck.build.jobs import Take
from deck.build.patterns import check
from deck.build.place import Place
from deck.build.pool import do_all
from deck.build.progress import Progress
from deck.build.store import Store
from deck.build.type_sizes import common_size, is_larger
from deck.document import Document
from deck.document.outline import Job, outline
from deck.document.section import Prose
from deck.errors import DeckError, FaultList, Location, RecordingError, TrustError, in_order
from deck.process.processors import processors
from deck.recording.header import bind, header, unbind
from deck.themes import DARK

__all__ = [
    "TIMEOUT",
    "AtFault",
    "Deck",
    "DeckSlide",
    "Progress",
    "build",
    "crew",
    "films",
    "forkserver",
    "installed",
    "place",
    "progress",
    "quality",
    "store",
]

AtFault = Literal["refuse", "replace", "leave out"]

TIMEOUT, UNTRUSTED_TIMEOUT = 600.0, 60.0
"""Seconds that a section may take by default: in a trusted document, and in others."""


def build(
    document: Document,
    *,
    store: Path,
    frame_rate: int,
    trust: bool = False,
    processes: int | None = None,
    timeout: float | None = None,
    at_fault: AtFault = "refuse",
    faults: FaultList | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Deck:
    """
    Return the deck of a document; only what is not in the store yet is recorded.

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
    timeout
        For how many seconds a section may be recorded; by default 600 in a trusted document, and 60 in others.
    at_fault
        What becomes of a section that cannot be built: the whole deck is refused; a slide that says so takes its place;
        or it is left out. In the latter two cases the deck says why.
    faults
        What is already known to be wrong with the document. If there is anything, sections are only checked and not
        recorded, unless those at fault are to be left out.
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
    shelf = Store(store, Place.of(document.path))
    installed = environment()
    jobs = {job.key(installed): job for job in outline(document, frame_rate=frame_rate, trust=trust)}
    for job in jobs.values():
        with faults.collect():
            check(job)
    leaves_out = at_fault == "leave out"
    only_check = bool(faults) and not leaves_out
    made = {} if only_check else _kept(shelf, jobs)
    for key, job in jobs.items():
        progress(_done(job, made[key]) if key in made else Progress(slide=job.section.id, done=0))
    default = TIMEOUT if trust else UNTRUSTED_TIMEOUT
    recorder = _Recorder(shelf, processes=processes or processors(), timeout=timeout or default, progress=progress)
    missing = {key: job for key, job in jobs.items() if key not in made}
    made |= recorder.record(missing, only_check=only_check)
    is_given = bool(document.front.font_size)
    texts = {key: job for key, job in jobs.items() if isinstance(job.section.body, Prose) and not is_given}
    if size := common_size({key: made[key] for key in texts if key in made}):
        larger = {key: job for key, job in texts.items() if is_larger(made.get(key, ()), size)}
        smaller = {key: replace(job, type_size=size) for key, job in larger.items()}
        keys = {job.key(installed): key for key, job in smaller.items()}
        again = _kept(shelf, keys)
        again |= recorder.record({new: smaller[key] for new, key in keys.items() if new not in again})
        made |= {keys[new]: pages for new, pages in again.items()}
    if at_fault == "replace" and not faults:
        lost = {key: replace(jobs[key], failed=error.message) for key, error in recorder.failed.items()}
        made |= recorder.record(lost)
    else:
        for error in recorder.failed.values():
            faults.add(error)
    slides = [slide for key, job in jobs.items() if key in made for slide in slides_of(job, made[key], faults)]
    if not leaves_out:
        faults.raise_any()
    return Deck(
        document=document,
        slides=distinct(slides),
        theme=next((job.theme for job in jobs.values()), DARK),
        faults=faults.errors if leaves_out else in_order(recorder.failed.values()),
        lacks_latex=recorder.lacks_latex,
        damaged=tuple(job.section.id for key, job in jobs.items() if key in shelf.damaged),
    )


def _kept(shelf: Store, keys: Iterable[str]) -> dict[str, tuple[bytes, ...]]:
    """Return the recordings that are in the store, by their keys; other bytes under a key count as damaged."""
    kept = dict[str, tuple[bytes, ...]]()
    for key in keys:
        if (data := shelf.get(key)) is not None:
            try:
                kept[key] = _pages(data)
            except RecordingError:
                shelf.damaged.add(key)
    return kept


def _pages(data: bytes) -> tuple[bytes, ...]:
    pages = unbind(data)
    if not pages or not all(header(page)["reveals"] for page in pages):
        raise RecordingError("these are no recordings of slides")
    return pages


class _Recorder:
    """Records jobs that are missing in the store, and keeps them there; what took longest the last time is first."""

    def __init__(self, shelf: Store, *, processes: int, timeout: float, progress: Callable[[Progress], None]) -> None:
        self.shelf, self.processes, self.timeout, self.progress = shelf, processes, timeout, progress
        self.failed: dict[str, DeckError] = {}
        self.lacks_latex = False

    def record(self, missing: Mapping[str, Job], *, only_check: bool = False) -> dict[str, tuple[bytes, ...]]:
        """Return the recordings of all jobs that have not failed, by their keys."""
        made, took = dict[str, tuple[bytes, ...]](), dict[str, float]()

        def keep(key: str, take: Take) -> None:
            job = missing[key]
            made[key], took[_name(job)] = take.pages, take.seconds
            self.lacks_latex |= take.lacks_latex
            if take.inputs.stable and not job.failed:  # no later build may use what has changed meanwhile
                self.shelf.put(key, bind(take.pages), take.inputs.files)
            self.progress(_done(job, take.pages))

        known = self.shelf.seconds if missing else {}
        order = sorted(missing.items(), key=lambda item: -known.get(_name(item[1]), float("inf")))
        do_all(
            dict(order),
            processes=self.processes,
            seconds=self.timeout,
            keep=keep,
            fail=self.failed.__setitem__,
            progress=self.progress,
            only_check=only_check,
        )
        if took:
            self.shelf.note_seconds(took)
            self.shelf.prune()
        return made


def _done(job: Job, pages: Sequence[bytes]) -> Progress:
    reveals = sum(len(header(page)["reveals"]) for page in pages)
    return Progress(slide=job.section.id, done=reveals, total=reveals)


def _name(job: Job) -> str:
    return f"{job.path.absolute()}#{job.section.id}"


def _require_trust(document: Document, *, trust: bool) -> None:
    """Refuse a document that has Python in it and is not trusted."""
    if document.code and not trust:
        blocks = [f"{block.line}–{block.line + block.code.count(chr(10)) + 1}" for block in document.code]
        raise TrustError(
            f"the document has Python in it, which building it would run, on lines {', '.join(blocks)}",
            hint="read it; if you trust it, say so with --trust, or DECK_TRUST=1 in the environment",
            where=Location(document.path, document.code[0].line),
        )
