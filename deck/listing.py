"""What is in a deck, told without drawing it."""

from __future__ import annotations

import json
from dataclasses import asdict
from textwrap import indent

from deck.outline import Outline

__all__ = ["as_json", "as_text"]


def as_json(outline: Outline) -> str:
    """Return the title and the slides: ``id``, ``title``, ``class`` and ``reveals``, these as `Reveal` has them."""
    slides = [
        {
            "id": slide.section.id,
            "title": slide.section.title,
            "class": slide.slide_class.__name__,
            "reveals": [asdict(reveal) for reveal in slide.reveals],
        }
        for slide in outline.slides
    ]
    return json.dumps({"title": outline.document.title, "slides": slides}, indent=2, ensure_ascii=False)


def as_text(outline: Outline) -> str:
    """Return the same for the eye: ids and titles, then the description, then the notes behind a bar."""
    lines = [outline.document.title]
    for slide in outline.slides:
        lines += ["", f"{slide.section.id}: {slide.section.title}"]
        for reveal in slide.reveals:
            lines += ["", f"  {reveal.id}: {reveal.title}", indent(reveal.description, "    ")]
            if reveal.notes:
                lines.append(indent(reveal.notes, "    | ", lambda _line: True))
    return "\n".join(lines)
