"""The data that rules look at: a deck's slides, their pauses, and what stands on the frame at each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from deck.build import Deck, DeckSlide
from deck.check.ground import Ground
from deck.check.stage import Stage, stage_of
from deck.document import Prose, SceneCode, Section, SlideBlock, TitlePage
from deck.recording.timeline import Recording
from deck.reveal import Reveal
from deck.themes import DARK, Theme

__all__ = ["Finding", "Pause", "Shown", "Talk", "talk_of"]


Sight = TypeVar("Sight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    Something that a careful colleague would say before the lecture.

    Attributes
    ----------
    rule
        Its id.
    slide, reveal
        Ids; the reveal's is empty where the whole slide is meant, and the slide's where the whole deck is.
    line
        Of the document.
    sentence, hint
        What is the matter, and what to do about it.
    """

    rule: str
    slide: str
    reveal: str
    line: int
    sentence: str
    hint: str


@dataclass(frozen=True)
class Pause:
    """A reveal at its end: its number on the slide, and what stands on the frame then."""

    nth: int
    reveal: Reveal
    stage: Stage

    @cached_property
    def _seen(self) -> dict[Callable[[Stage], object], Any]:
        return {}

    def seen(self, look: Callable[[Stage], Sight]) -> Sight:
        """Return what ``look`` makes of the stage; it is called once, and its result is kept."""
        if look not in self._seen:
            self._seen[look] = look(self.stage)
        found: Sight = self._seen[look]
        return found


@dataclass(frozen=True)
class Shown:
    """A slide, and the section that it was made from."""

    slide: DeckSlide
    section: Section

    @property
    def id(self) -> str:
        """The slide's."""
        return self.slide.id

    @cached_property
    def recording(self) -> Recording:
        """The slide's."""
        return self.slide.recording

    @cached_property
    def pauses(self) -> tuple[Pause, ...]:
        """Its reveals at their ends."""
        both = zip(self.slide.reveals, self.recording.reveals, strict=True)
        return tuple(
            Pause(nth, reveal, stage_of(self.recording, recorded.last, recorded.texts))
            for nth, (reveal, recorded) in enumerate(both)
        )

    @cached_property
    def ground(self) -> Ground:
        """What is behind its texts."""
        return Ground(self.recording, [pause.stage for pause in self.pauses])

    @property
    def is_film(self) -> bool:
        """Whether it is filmed: nothing is known of it but its pixels and texts."""
        return bool(self.recording.film)

    @property
    def is_set(self) -> bool:
        """Whether deck has set it from text; otherwise somebody has drawn it."""
        return isinstance(self.section.body, Prose | TitlePage)

    @property
    def is_spatial(self) -> bool:
        """Whether it is a 3D scene in the document: its axes may reach out of the frame."""
        body = self.section.body
        return isinstance(body, SceneCode) and "ThreeD" in next((line for _, line in _lines(body)), "")

    @cached_property
    def words(self) -> str:
        """All that can be read on it, and its title."""
        texts = dict.fromkeys(text.text for pause in self.pauses for text in pause.stage.texts)
        return "\n".join([self.slide.title, *texts])

    def finding(self, rule: str, sentence: str, hint: str, *, reveal: str = "", text: str = "") -> Finding:
        """
        Return a finding about this slide, with the document's line that it belongs to.

        Parameters
        ----------
        rule
            Its id.
        sentence, hint
            What is the matter, and what to do about it.
        reveal
            The reveal's id, if it is not the whole slide that is meant.
        text
            The text that it is about, if it is about one.
        """
        line = self.line(text=text, reveal=reveal)
        return Finding(rule=rule, slide=self.id, reveal=reveal, line=line, sentence=sentence, hint=hint)

    def line(self, *, text: str = "", reveal: str = "") -> int:
        """Return the document's line that a text, or a reveal, or else the slide is from."""
        body = self.section.body
        if isinstance(body, SceneCode) and text:
            return _line_of(text, body) or body.line
        note = self.section.notes.get(reveal) if reveal else None
        if note and not isinstance(body, SceneCode):
            return note.line
        return body.lines["kind",] if isinstance(body, SlideBlock) else body.line


@dataclass(frozen=True)
class Talk:
    """The whole deck, its theme, and the line of the document that names that."""

    slides: tuple[Shown, ...]
    known: Mapping[tuple[str, str], object] = field(default_factory=dict)
    """What rules found out about slides while these were looked at, by the rule's name and the slide's id."""
    theme: Theme = DARK
    theme_line: int = 1

    @property
    def drawn(self) -> Iterator[tuple[Shown, Pause]]:
        """Every pause of every slide that is not filmed."""
        return ((slide, pause) for slide in self.slides if not slide.is_film for pause in slide.pauses)


def talk_of(deck: Deck) -> Talk:
    """Return a deck as the rules look at it."""
    sections, front = deck.document.sections, deck.document.front
    slides = tuple(Shown(slide, _section_of(slide, sections)) for slide in deck.slides)
    return Talk(slides, theme=deck.theme, theme_line=front.lines.get("theme", 1))


def _section_of(slide: DeckSlide, sections: tuple[Section, ...]) -> Section:
    """Return a slide's section; long texts make several slides of one, with numbers after its id."""
    named = (section for section in sections if section.id == slide.id)
    first = re.sub(r"[-.]\d+$", "", slide.id)
    near = (section for section in sections if section.id == first)
    return next(named, None) or next(near, sections[0])


def _line_of(text: str, code: SceneCode) -> int:
    """Return the line on which a scene's code has just this text in quotes; 0 if the code puts it together."""
    quoted = re.compile(rf"""['"]{re.escape(text)}['"]""")
    return next((number for number, line in _lines(code) if quoted.search(line)), 0)


def _lines(code: SceneCode) -> Iterator[tuple[int, str]]:
    """Yield the lines of a scene's block from its class on, with their numbers."""
    for block in code.blocks:
        lines = list(enumerate(block.code.splitlines(), start=block.line + 1))
        if lines and block.line < code.line <= lines[-1][0]:
            yield from lines[code.line - block.line - 1 :]
