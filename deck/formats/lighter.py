"""Which slides are lighter as video: a large surface that turns has more outlines than pixels worth keeping."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deck.build import Deck, DeckSlide
    from deck.build.films import Film, Studio

__all__ = ["lightened"]

HEAVY_BYTES = 3_000_000
"""For a recording of fewer bytes a film is not worth the time that it takes to make."""


def lightened(deck: Deck, studio: Studio) -> Deck:
    """Return the deck with those slides marked as ``filmed`` whose clips weigh less than their recordings."""
    heavy = [slide for slide in deck.slides if not slide.filmed and len(slide.data) >= HEAVY_BYTES]
    films = studio.films(heavy)
    known = {slide.id: _lightened(slide, film) for slide, film in zip(heavy, films, strict=True)}
    return replace(deck, slides=tuple(known.get(slide.id, slide) for slide in deck.slides))


def _lightened(slide: DeckSlide, film: Film) -> DeckSlide:
    weight = sum(clip.stat().st_size for clip in film.clips)
    if weight >= len(slide.data):
        return slide
    reason = f"its recording would weigh {len(slide.data) / 1e6:.1f} MB, its film weighs {weight / 1e6:.1f} MB"
    return replace(slide, filmed=reason)
