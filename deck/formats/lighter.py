"""Which slides are lighter as video: a large surface that turns has more outlines than pixels worth keeping."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deck.build import Deck, DeckSlide
    from deck.build.films import Studio

__all__ = ["lightened"]

HEAVY_BYTES = 3_000_000
"""A recording of less is not worth the time that its film takes to make."""


def lightened(deck: Deck, studio: Studio) -> Deck:
    """Return the deck with those slides marked as ``filmed`` whose clips weigh less than their recordings."""
    return replace(deck, slides=tuple(_lightened(slide, studio) for slide in deck.slides))


def _lightened(slide: DeckSlide, studio: Studio) -> DeckSlide:
    if slide.filmed or len(slide.data) < HEAVY_BYTES:
        return slide
    (film,) = studio.films([slide])
    weight = sum(clip.stat().st_size for clip in film.clips)
    if weight >= len(slide.data):
        return slide
    reason = f"its recording would weigh {len(slide.data) / 1e6:.1f} MB, its film weighs {weight / 1e6:.1f} MB"
    return replace(slide, filmed=reason)
