"""Decks of which some slides are filmed, or play again and again; and where films are made for the tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from deck.build import Deck
from deck.build.films import Studio
from deck.build.quality import QUALITIES
from deck.recording.codec import encode

__all__ = ["filmed", "looped", "studio"]


def studio(folder: Path, player: Literal["canvas", "video"] = "canvas") -> Studio:
    """Return a studio that keeps small films in a folder."""
    return Studio(store=folder, quality=QUALITIES["draft"], player=player)


def filmed(deck: Deck, *ids: str) -> Deck:
    """Return a deck in which the slides of these names travel as clips."""
    why = "so that it can be tested"
    return replace(deck, slides=tuple(replace(slide, filmed=why if slide.id in ids else "") for slide in deck.slides))


def looped(deck: Deck, *ids: str) -> Deck:
    """Return a deck in which the reveals of these names play again and again."""
    slides = []
    for slide in deck.slides:
        reveals = tuple(replace(reveal, loop=reveal.id in ids) for reveal in slide.recording.reveals)
        slides.append(replace(slide, data=encode(replace(slide.recording, reveals=reveals))))
    return replace(deck, slides=tuple(slides))
