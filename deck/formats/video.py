"""MP4: the whole deck in one film, which rests at every pause and has a chapter for each reveal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from deck.files.writing import replacing
from deck.render.video import FilmPart, join

if TYPE_CHECKING:
    from deck.build import Deck
    from deck.build.films import Studio

__all__ = ["write"]

PAUSE_SECONDS = 2.0


def write(deck: Deck, path: Path, studio: Studio) -> None:
    """
    Write the deck as a film.

    Parameters
    ----------
    deck
        What to show.
    path
        Where to.
    studio
        Makes the clips, which are put one behind the other as they are.

    Raises
    ------
    SlideError
        If the clips cannot be made.
    OutputError
        If the file cannot be written; what was there before is untouched.
    """
    front = deck.document.front
    facts = {"title": deck.document.title, "artist": front.author, "date": front.date, "comment": front.description}
    parts = list(_parts(deck, studio))
    with replacing(path) as beside:
        join(parts, beside, metadata={name: fact for name, fact in facts.items() if fact})


def _parts(deck: Deck, studio: Studio) -> Iterator[FilmPart]:
    for slide, film in zip(deck.slides, studio.films(deck.slides), strict=True):
        for reveal, clip in zip(slide.reveals, film.clips, strict=True):
            yield FilmPart(film=clip, chapter=f"{slide.title}: {reveal.title}", hold=PAUSE_SECONDS)
