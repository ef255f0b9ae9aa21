"""What the Qt window shows of a deck: its films, as manim-slides' player wants them, and pictures of its pauses."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from deck.adapters.player import PresentationConfig, SlideConfig
from deck.render.raster import Raster

if TYPE_CHECKING:
    from deck.build import Deck, DeckSlide
    from deck.build.films import Film

__all__ = ["Pictures", "presentation"]

SLIDES_AT_HAND = 3
"""How many slides are kept ready to be drawn, since a step back must not wait."""


def presentation(slide: DeckSlide, film: Film, width: int) -> PresentationConfig:
    """Return a slide as manim-slides' player wants it."""
    recording = slide.recording
    height = round(width * recording.height / recording.width)
    backs = film.reversed or film.clips
    clips = [
        SlideConfig(file=clip, rev_file=back, notes=reveal.notes, dedent_notes=False, loop=reveal.loop)
        for reveal, clip, back in zip(slide.reveals, film.clips, backs, strict=True)
    ]
    facts = {"slides": clips, "resolution": (width, height), "background_color": recording.background}
    return PresentationConfig.model_validate(facts)


class Pictures:
    """The pauses of a deck as pictures of some width, in pixels, drawn when they are asked for."""

    def __init__(self, deck: Deck, width: int) -> None:
        self._deck = deck
        self._raster = lru_cache(maxsize=SLIDES_AT_HAND)(lambda nth: Raster(deck.slides[nth].recording, width))

    def of(self, slide: int, reveal: int) -> QImage:
        """Return the end of a reveal; both are counted from 0."""
        raster = self._raster(slide)
        pixels = raster.frame(raster.recording.reveals[reveal].last)
        image = QImage(pixels.data, raster.width, raster.height, pixels.strides[0], QImage.Format.Format_RGB888)
        return image.copy()  # without a copy it would point to pixels that are freed
