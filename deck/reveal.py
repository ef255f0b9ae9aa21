"""What one key press shows, as a slide's author names it and a document speaks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Reveal", "notes_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """
    What one key press shows: the animation between two pauses.

    ``title`` names it for a table of contents, ``notes`` are the speaker's (Markdown), ``description`` is one sentence
    for those who cannot see the slide. One with ``loop`` is played again and again until the next key. ``comment`` is
    what the slide's own code says of it, which comes before the notes.
    """

    id: str
    title: str
    notes: str
    description: str
    loop: bool = False
    comment: str = ""


def notes_of(notes: Mapping[str, str], reveal: str, *, first: bool) -> str:
    """Return a reveal's notes; the first also has those under "", which stand below no heading in the document."""
    keys = ("", reveal) if first else (reveal,)
    return "\n\n".join(notes[key] for key in keys if notes.get(key))
