"""Outline in, deck out: each slide is taken from the store, or filmed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deck.cache import Store, key
from deck.document import Document
from deck.errors import Location
from deck.files import replacing
from deck.filming import Progress, Task, film
from deck.outline import Outline, OutlineSlide
from deck.rendering import Job, Quality, Rendering, picture_name

if TYPE_CHECKING:
    from deck.slide import Reveal

__all__ = ["Deck", "Progress", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """The whole: a document and its slides as they were filmed, in order."""

    document: Document
    slides: tuple[Rendering, ...]


def build(
    outline: Outline,
    *,
    quality: Quality,
    store: Path,
    reversed: bool = False,
    jobs: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Deck:
    """
    Film what is not in the store yet.

    Parameters
    ----------
    outline
        What to build.
    quality
        Pixels and frames per second.
    store
        The folder that finished slides are kept in from build to build; the deck's files are there.
    reversed
        Whether to make a reversed clip of each reveal: the Qt window plays them.
    jobs
        How many slides to film at once; by default as many as there are processors.
    progress
        Called in this thread, for each slide at the start and at each of its pauses.

    Raises
    ------
    SlideError
        If a slide cannot be drawn.
    OutputError
        If the store cannot be written.
    """
    shelf = Store(store)
    document = outline.document
    tasks = [_task(document, slide, quality=quality, reversed=reversed) for slide in outline.slides]
    found = {task.key: shelf.find(task.key) for task in tasks}
    missing = [task for task in tasks if found[task.key] is None]
    for task in tasks:
        progress(task.progress(0 if task in missing else len(task.job.reveals)))
    made = film(missing, shelf, jobs=jobs or os.cpu_count() or 1, progress=progress) if missing else {}
    entries = [found[task.key] or made[task.key] for task in tasks]
    shelf.prune(document.path, f"{quality.name} {reversed}", [entry.name for entry in entries])
    return Deck(document=document, slides=tuple(map(_rendering, outline.slides, entries)))


def _task(document: Document, slide: OutlineSlide, *, quality: Quality, reversed: bool) -> Task:
    job = Job(
        kind=f"{slide.kind.__module__}:{slide.kind.__qualname__}",
        name=slide.slide_class.__name__,
        title=slide.slide_class.title,
        options=slide.slide_class.options.model_dump_json(by_alias=True),
        reveals=tuple(reveal.id for reveal in slide.reveals),
        quality=quality,
        reversed=reversed,
        folder=str(document.path.parent.absolute()),
    )
    where = Location(document.path, slide.section.body.lines["kind",])
    return Task(slide=slide.section.id, where=where, job=job, key=key(job))


def _rendering(slide: OutlineSlide, entry: Path) -> Rendering:
    name = slide.slide_class.__name__
    pictures = (picture_name(index, reveal.id) for index, reveal in enumerate(slide.reveals))
    return Rendering(
        id=slide.section.id,
        title=slide.section.title,
        class_name=name,
        reveals=slide.reveals,
        pictures=tuple(entry / "pictures" / picture for picture in pictures),
        presentation=_presentation(entry / "slides" / f"{name}.json", slide.reveals),
    )


def _presentation(made: Path, reveals: Sequence[Reveal]) -> Path:
    """Write manim-slides' JSON with today's notes beside the one that was made, and return its path."""
    presentation = json.loads(made.read_text(encoding="utf-8"))
    for clip, reveal in zip(presentation["slides"], reveals, strict=True):
        clip["notes"] = reveal.notes
    text = json.dumps(presentation, indent=2)
    path = made.with_name(f"{made.stem}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.json")
    if not path.is_file():
        with replacing(path) as new:
            new.write_text(text, encoding="utf-8")
    return path
