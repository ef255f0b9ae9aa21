"""What is in a deck, told without drawing it."""

from __future__ import annotations

import json
from textwrap import indent

from deck.build import Deck

__all__ = ["as_json", "as_text"]

REVEAL = ("id", "title", "notes", "description", "loop")


def as_json(deck: Deck) -> str:
    """Return the title and the slides: ``id``, ``title``, ``class`` and ``reveals``, these as `Reveal` has them."""
    slides = [
        {
            "id": slide.id,
            "title": slide.title,
            "class": slide.class_name,
            "reveals": [{key: getattr(reveal, key) for key in REVEAL} for reveal in slide.reveals],
        }
        for slide in deck.slides
    ]
    return json.dumps({"title": deck.document.title, "slides": slides}, indent=2, ensure_ascii=False)


def as_text(deck: Deck) -> str:
    """Return the same for the eye: ids and titles, then the description, then the notes behind a bar."""
    lines = [deck.document.title]
    for slide in deck.slides:
        lines += ["", f"{slide.id}: {slide.title}"]
        for reveal in slide.reveals:
            lines += ["", f"  {reveal.id}: {reveal.title}", indent(reveal.description, "    ")]
            if reveal.notes:
                lines.append(indent(reveal.notes, "    | ", lambda _line: True))
    return "\n".join(lines)
