"""Sections of text: their recordings, which need no manim, and their slide classes, which do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deck.document.section import Prose, TitlePage
from deck.errors import DeckError, Location, SlideError
from deck.typesetting.blocks import Paragraph, Span, SpanStyle
from deck.typesetting.references import References, Work, bibliography
from deck.typesetting.setting import Text, check_text, set_texts
from deck.typesetting.setup import Setup

if TYPE_CHECKING:
    from deck.document.outline import Job
    from deck.recording.timeline import Recording
    from deck.slide import Slide

__all__ = ["check_job", "record_texts", "text_slides"]

FAILED = "This section could not be built"
REASON_LINES = 8


def record_texts(jobs: Sequence[Job]) -> list[tuple[list[Recording] | DeckError, list[Path]]]:
    """Return the recordings of each job's slides, or why there are none; and the pictures that were read for it."""
    keys = frozenset(key for job in jobs for key in (*job.cited, *job.listed))
    texts = [_text(job, keys) for job in jobs]
    made = [text if isinstance(text, DeckError) else None for text in texts]
    found = iter(set_texts([text for text in texts if isinstance(text, Text)]))
    return [
        (error or next(found), [] if isinstance(text, DeckError) else [*text.setup.files, *_bibliography(job)])
        for job, text, error in zip(jobs, texts, made, strict=True)
    ]


def check_job(job: Job) -> None:
    """
    Find out whether a job's text can be set.

    Raises
    ------
    DeckError
        If not; it says the line.
    """
    text = _text(job, frozenset((*job.cited, *job.listed)))
    if isinstance(text, DeckError):
        raise text
    check_text(text)


def text_slides(job: Job) -> list[type[Slide]]:
    """
    Return a slide class for each of a job's slides, which shows what its recording does.

    Raises
    ------
    DeckError
        If the text cannot be set; it says the line.
    """
    from deck.sections.drawn import drawn_slide

    [(found, _)] = record_texts([job])
    if isinstance(found, DeckError):
        raise found
    notes = _notes(job, found)
    return [
        drawn_slide(
            recording,
            name=f"{job.class_name}Page{number}" if number > 1 else job.class_name,
            title=f"{job.section.title} ({number})" if number > 1 else job.section.title,
            notes=notes[number - 1],
        )
        for number, recording in enumerate(found, start=1)
    ]


def _text(job: Job, keys: frozenset[str]) -> Text | DeckError:
    """Return what is to be set for a job, all of whose fellows cite works by some keys; or what is wrong with these."""
    body = job.section.body
    setup = Setup(
        path=job.path,
        trust=job.trust,
        incremental=job.section.settings.incremental,
        language=job.front.lang,
        theme=job.theme,
        frame=job.frame,
    )
    if job.type_size:
        setup = replace(setup, size=job.type_size)
    text = Text(title=job.section.title, setup=setup, background=job.background, frame_rate=job.frame_rate)
    if job.failed:
        return replace(text, blocks=_failure(job.failed), pages=1)
    if isinstance(body, TitlePage):
        return replace(text, cover=body)
    assert isinstance(body, Prose)
    try:
        works = _works(job, keys)
    except DeckError as error:
        return error
    references = References(works, job.numbers)
    return replace(text, source=(body.text, body.line), references=references, listed=job.listed)


def _bibliography(job: Job) -> list[Path]:
    """Return the file of the works, if the job needs it."""
    return [(job.path.parent / job.front.bibliography).resolve()] if job.cited or job.listed else []


def _works(job: Job, keys: frozenset[str]) -> Mapping[str, Work]:
    """Return the works that are cited by some keys, as far as they are in the bibliography."""
    where = Location(job.path, job.front.lines.get("bibliography", 1))
    for path in _bibliography(job):
        if not job.trust and not path.is_relative_to(job.path.parent.resolve()):
            hint = "move it there, or build with --trust"
            name = job.front.bibliography
            raise SlideError(f"the bibliography '{name}' is outside of the document's folder", hint=hint, where=where)
        try:
            return bibliography(path, keys)
        except SlideError as error:
            error.where = where
            raise
    return {}


def _failure(reason: str) -> tuple[Paragraph, ...]:
    """Return what stands in the place of a section that could not be built."""
    quiet = SpanStyle(tone="quiet")
    reasons = (line for line in reason.splitlines()[:REASON_LINES] if line.strip())
    return (Paragraph((Span(FAILED),)), *(Paragraph((Span(line, quiet),)) for line in reasons))


def _notes(job: Job, pages: Sequence[Recording]) -> list[Mapping[str, str]]:
    """Return each page's notes; those that no reveal has asked for are the first one's, so that none is lost."""
    notes = {name: note.text for name, note in job.section.notes.items()}
    ids = [{reveal.id for reveal in page.reveals} for page in pages]
    known = {name for page in ids for name in page}
    found: list[dict[str, Any]] = [{name: notes[name] for name in page if name in notes} for page in ids]
    rest = [text for name, text in notes.items() if name not in known and text]
    if rest:
        found[0][""] = "\n\n".join(rest)
    return list(found)
