"""The lecture's slides, gone through without drawing a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any

from deck import document
from deck.build import DeckSlide
from deck.capture.record import record
from deck.document import SlideBlock
from deck.recording.codec import encode
from deck.reveal import Reveal
from deck.sections import options
from deck.slide import Slide, SlideOptions, bind
from tests.slides.rehearsal import rehearse
from tests.slides.stage import Stage

DOCUMENT = Path(str(files("slides") / "feature_maps.md"))

PAUSES: Mapping[str, tuple[str, ...]] = {
    "single-feature-map": ("input", "kernel", "conv", "sweep", "map", "labels"),
    "multiple-feature-maps": (
        *("input", "filters", "maps", "corners", "textures", "shapes", "stack", "labels", "depth"),
    ),
    "feature-map-progression": (
        *("input", "stem", "block-2", "block-4", "block-8", "head", "halve", "field", "labels"),
    ),
    "activation-heatmap": ("input", "maps", "bar", "spot", "overlay"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """A slide that was gone through once: its reveals, and the stage at the end of each."""

    reveals: tuple[Reveal, ...]
    stages: Mapping[str, Stage]

    def description(self, reveal: str) -> str:
        return next(shown.description for shown in self.reveals if shown.id == reveal)


def kind(name: str) -> type[Slide]:
    """Return a kind of slide as a document would name it."""
    (offer,) = entry_points(group="deck.slides", name=name)
    found: type[Slide] = offer.load()
    return found


def perform(name: str, checked: SlideOptions) -> Performance:
    """Go through a slide of a kind."""
    of_kind, stages = kind(name), {}

    def keep(slide: Slide, reveal: Reveal) -> None:
        stages[reveal.id] = Stage(slide.mobjects)

    reveals = rehearse(bind(of_kind, name="Shown", title=of_kind.title, options=checked, notes={}), at_pause=keep)
    return Performance(reveals=reveals, stages=stages)


def perform_with(name: str, **given: Any) -> Performance:
    """Go through a slide of a kind with some options of its own."""
    return perform(name, kind(name).Options(**given))


def recorded(name: str, **given: Any) -> DeckSlide:
    """Record a slide of a kind with some options of its own; what is asked of it stands still at its pauses."""
    of_kind = kind(name)
    shown = bind(of_kind, name="Shown", title=of_kind.title, options=of_kind.Options(**given), notes={})
    recording = record(shown, frame_rate=1)
    reveals = [
        Reveal(id=each.id, title=each.title, description=each.description, notes="-") for each in recording.reveals
    ]
    return DeckSlide(id=name, title=of_kind.title, class_name="Shown", reveals=tuple(reveals), data=encode(recording))


def perform_section(name: str) -> Performance:
    """Go through the slide that the built-in lecture has of a kind."""
    lecture = document.read(DOCUMENT)
    bodies = [section.body for section in lecture.sections if isinstance(section.body, SlideBlock)]
    (body,) = (body for body in bodies if body.kind == name)
    return perform(name, options.check(kind(name).Options, body, lecture.front, lecture.path, trust=False))
