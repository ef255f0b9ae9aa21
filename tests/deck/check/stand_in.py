"""Decks of slides that are drawn by a function each, recorded here and now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from inspect import isgenerator
from pathlib import Path
from typing import Any

from manim import Scene

from deck.build import Deck, DeckSlide
from deck.capture.record import record
from deck.check.rules import rules
from deck.check.talk import Finding, talk_of
from deck.document import Document, FrontMatter, Section, SlideBlock
from deck.document.section import Settings
from deck.recording.codec import encode
from deck.reveal import Reveal
from deck.slide import Slide

__all__ = ["Draw", "deck_of", "drawn", "found", "said"]

Draw = Callable[[Slide], object]
"""Draws a slide; each ``yield`` is a pause, and so is the end."""

DONE = object()


def drawn(
    draw: Draw,
    *,
    title: str = "A slide",
    notes: str = "What to say.",
    description: str = "It is drawn.",
    scene: type[Scene] = Scene,
) -> DeckSlide:
    """Return the recorded slide that a function draws, with the camera of one of manim's scenes."""

    class Drawn(Slide, scene):  # type: ignore[misc, valid-type]
        def construct(self) -> None:
            steps: Any = None
            done, nth = None, 0
            while done is not DONE:
                nth += 1
                with self.reveal(f"step-{nth}", title=f"Step {nth}", description=description):
                    steps = steps or draw(self)
                    done = next(steps, DONE) if isgenerator(steps) else DONE

    recording = record(Drawn, frame_rate=10)
    keys = ("id", "title", "description", "loop", "comment")
    told = [{key: asdict(reveal)[key] for key in keys} for reveal in recording.reveals]
    return DeckSlide(
        id=draw.__name__.replace("_", "-"),
        title=title,
        class_name="Drawn",
        reveals=tuple(Reveal(**reveal, notes=notes) for reveal in told),
        data=encode(recording),
    )


def deck_of(slides: Sequence[DeckSlide], *, ignore: Mapping[str, str] | None = None) -> Deck:
    """Return a deck of slides, of which each has a slide block of ten lines."""
    sections = tuple(
        Section(
            id=slide.id,
            title=slide.title,
            body=SlideBlock(kind="drawn", options={}, lines={("kind",): 10 * nth + 5}, line=10 * nth + 4),
            notes={},
            line=10 * nth + 2,
            settings=Settings(ignore=ignore or {}),
        )
        for nth, slide in enumerate(slides)
    )
    document = Document(path=Path("talk.md"), title="A talk", front=FrontMatter(), sections=sections)
    return Deck(document=document, slides=tuple(slides))


def found(*slides: DeckSlide, rule: str = "") -> list[Finding]:
    """Return what all rules, or one, find in a deck of slides."""
    talk = talk_of(deck_of(slides))
    return [finding for name, each in rules().items() if rule in {"", name} for finding in each.broken(talk)]


def said(draw: Draw, rule: str, **facts: Any) -> list[str]:
    """Return the sentences of a rule on one slide."""
    return [finding.sentence for finding in found(drawn(draw, **facts), rule=rule)]
