"""Texts set as a deck sets them, for tests that look where things stand; lengths are pixels of the frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from deck.check.geometry import Box
from deck.document.front_matter import FrontMatter
from deck.document.outline import Job
from deck.document.section import Prose, Section, Settings
from deck.errors import DeckError
from deck.frames import WIDE
from deck.recording.timeline import UNITS, Image, Outline, Recording, TextBox
from deck.sections.text import record_texts
from deck.typesetting import measures
from deck.typesetting.blocks import Inline, Paragraph
from deck.typesetting.compiler import Mark, SetText, SetWord, set_galley
from deck.typesetting.galley import Galley
from deck.typesetting.reading import read_blocks
from deck.typesetting.setup import Setup

SETUP = Setup(path=Path("talk.md"))
PAGE = measures.measures_on(WIDE)
EM = measures.em(SETUP.size)


def inlines_of(text: str) -> tuple[Inline, ...]:
    [block] = read_blocks(text, 1)
    assert isinstance(block, Paragraph)
    return block.inlines


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: what its words read, and its glyphs from the left."""

    words: tuple[str, ...]
    glyphs: tuple[Mark, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Set:
    """What Typst has made of some paragraphs; it knows of no pages yet."""

    galley: Galley
    texts: dict[str, SetText]

    def lines(self, name: str) -> list[Line]:
        """Return the lines of a paragraph; a word on several lines is a word of each."""
        text = self.texts[name]
        rows: list[list[SetWord]] = []
        for word in text.words:
            middle = (word.box[1] + word.box[3]) / 2
            if not rows or not rows[-1][-1].box[1] <= middle <= rows[-1][-1].box[3]:
                rows.append([])
            rows[-1].append(word)
        return [self._line(text, row) for row in rows]

    def _line(self, text: SetText, row: Sequence[SetWord]) -> Line:
        corners = np.array([word.box for word in row])
        (left, top), (right, bottom) = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
        glyphs = [mark for mark in text.marks if mark.name and top <= mark.y <= bottom]
        words = tuple(self.galley.words[word.number].text for word in row)
        return Line(words, tuple(sorted(glyphs, key=lambda mark: mark.x)), Box(left, top, right, bottom))


def set_lines(inlines: Sequence[Inline], *, width: float = measures.WIDTH, size: float = SETUP.size) -> Set:
    """Set one paragraph, whose name is p1."""
    galley = Galley()
    galley.begin(SETUP)
    galley.text(inlines, SETUP, width=width, size=size)
    return Set(galley, set_galley(galley))


def ink_of(marks: Sequence[Mark]) -> Box:
    """Return where something is drawn."""
    points = np.concatenate([mark.path.points + np.array([mark.x, mark.y]) for mark in marks])
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


def job_of(
    text: str,
    *,
    path: Path = Path("talk.md"),
    title: str = "A title",
    line: int = 1,
    trust: bool = False,
    incremental: bool = True,
) -> Job:
    settings = Settings(incremental=incremental)
    section = Section(id="s", title=title, body=Prose(text=text, line=line), notes={}, line=1, settings=settings)
    return Job(section=section, front=FrontMatter(), path=path, class_name="Text", frame_rate=10, trust=trust)


def recorded(job: Job) -> list[Recording]:
    """Return a job's recordings, without manim."""
    [(found, _)] = record_texts([job])
    if isinstance(found, DeckError):
        raise found
    return found


def pages_of(text: str, *, incremental: bool = True) -> list[Recording]:
    """Return the slides of a text below a title of one line."""
    return recorded(job_of(text, incremental=incremental))


def shown_on(page: Recording) -> list[TextBox]:
    """Return what can be read on a slide in the end, but for its title."""
    return [text for text in page.reveals[-1].texts if text.role != "title"]


def inks_on(page: Recording) -> Iterator[Box]:
    """Yield where each item is that is drawn on a slide in the end; lengths are pixels from the upper left corner."""
    for shape_at, style_at, x, y, *_ in page.items(page.frames - 1).T:
        shape, style = page.shapes[shape_at], page.styles[style_at]
        units = shape.units if isinstance(shape, Image) else shape.points.astype(float) * 2**shape.exponent
        edge = style.width / 2 if isinstance(shape, Outline) and style.stroke else 0.0
        (left, top), (right, bottom) = units.min(axis=0) - edge + (x, y), units.max(axis=0) + edge + (x, y)
        across, down = PAGE.across / 2, PAGE.down / 2
        yield Box(left / UNITS + across, top / UNITS + down, right / UNITS + across, bottom / UNITS + down)
