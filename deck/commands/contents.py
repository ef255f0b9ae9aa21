"""What is in a deck, as JSON and as text."""

from __future__ import annotations

from textwrap import indent

from deck.build import Deck
from deck.printable import json_of, line, printable

__all__ = ["as_json", "as_text"]

REVEAL = ("id", "title", "notes", "description", "loop")


def as_json(deck: Deck) -> str:
    """
    Return the title and the slides: ``id``, ``title``, ``class`` and ``reveals``, these as `Reveal` has them.

    If sections are left out of the deck, ``failed`` has their ids, and ``faults`` what is wrong with them.
    """
    slides = [
        {
            "id": slide.id,
            "title": slide.title,
            "class": slide.class_name,
            "reveals": [{key: getattr(reveal, key) for key in REVEAL} for reveal in slide.reveals],
        }
        for slide in deck.slides
    ]
    facts = {"title": deck.document.title, "slides": slides, **(_missing(deck) if deck.faults else {})}
    return json_of(facts)


def _missing(deck: Deck) -> dict[str, object]:
    shown = {slide.id for slide in deck.slides}
    faults = [
        {
            "file": str(fault.where.file) if fault.where else "",
            "line": fault.where.line if fault.where else 0,
            "message": fault.message,
            "hint": fault.hint,
        }
        for fault in deck.faults
    ]
    return {"failed": [section.id for section in deck.document.sections if section.id not in shown], "faults": faults}


def as_text(deck: Deck) -> str:
    """Return the same as text for people: ids and titles, then the description, then the notes behind a bar."""
    lines = [line(deck.document.title)]
    for slide in deck.slides:
        lines += ["", line(f"{slide.id}: {slide.title}")]
        for reveal in slide.reveals:
            lines += [
                "",
                indent(line(f"{reveal.id}: {reveal.title}"), "  "),
                indent(printable(reveal.description), "    "),
            ]
            if reveal.notes:
                lines.append(indent(printable(reveal.notes), "    | ", lambda _line: True))
    return "\n".join(lines)
