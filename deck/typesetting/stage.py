"""What is set, drawn and pictured, put at its place on a slide; lengths are in pixels from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from deck.formulas import SetFormula
from deck.recording.paths import Path, Pen, outline, path
from deck.recording.shelf import Shelf
from deck.recording.timeline import FULL, OPAQUE, UNITS, Paint, Style, TextBox
from deck.themes import ROLES, Theme
from deck.typesetting import measures
from deck.typesetting.compiler import Mark, SetText, SetWord
from deck.typesetting.drawings import Drawing
from deck.typesetting.formulas import pixels
from deck.typesetting.galley import Galley, Slot, Word
from deck.typesetting.images import PAPER_EDGE
from deck.typesetting.measures import Measures
from deck.typesetting.pieces import DrawnFormula, DrawnPicture

__all__ = ["Item", "Placed", "Rect", "Stage"]

FRAME_LINE = 2.7
"""How thick the line around a frame is."""

Item = tuple[int, int, int, int, int, int]
"""A value for each of the timeline's columns."""


class Rect(NamedTuple):
    """A place on the slide."""

    left: float
    top: float
    width: float
    height: float

    def inside(self, edge: float) -> Rect:
        """Return the place that is so far inside of this one."""
        return Rect(self.left + edge, self.top + edge, self.width - 2 * edge, self.height - 2 * edge)


@dataclass(slots=True, eq=False)
class Placed:
    """Items that appear together, and the texts that can be read in them."""

    items: list[Item] = field(default_factory=list)
    texts: list[TextBox] = field(default_factory=list)

    def add(self, other: Placed) -> None:
        """Take over what is in another."""
        self.items += other.items
        self.texts += other.texts


class Stage:
    """
    One slide.

    Parameters
    ----------
    galley, texts
        What was set, and what is drawn of it.
    theme
        The colours of roles.
    frame
        Its measures.

    Attributes
    ----------
    shelf
        The shapes that were needed.
    frame
        The frame's measures.
    unit
        How many units of the recording a pixel has.
    """

    def __init__(self, galley: Galley, texts: Mapping[str, SetText], theme: Theme, frame: Measures) -> None:
        self.shelf = Shelf()
        self.frame = frame
        self.unit = UNITS * frame.zoom
        self._galley, self._texts, self._theme = galley, texts, theme
        self._keys: dict[object, int] = {}

    def height(self, name: str) -> float:
        """Return how high it is what was set under a name."""
        return self._texts[name].height

    def text(self, name: str, x: float, y: float, *, role: str) -> Placed:
        """Place what was set under a name, so that the left edge of its column and its own upper edge are there."""
        text = self._texts[name]
        down = y - text.top
        items = [self._mark(mark, x, down) for mark in text.marks]
        for slot, scale, place in self._slots(text, x, down):
            items += self._formula(slot.formula, place.left, place.top + slot.formula.ascent * scale, scale)
        return Placed(items, list(self._boxes(text, x, down, role)))

    def centred(self, name: str, middle: float, top: float) -> Placed:
        """Place what was set under a name, so that its words have their middle there."""
        boxes = [word.box for word in self._texts[name].words]
        left, right = min((box[0] for box in boxes), default=0.0), max((box[2] for box in boxes), default=0.0)
        return self.text(name, middle - (left + right) / 2, top, role="caption")

    def formula(self, part: DrawnFormula, x: float, y: float) -> Placed:
        """Place a formula by itself."""
        formula, scale = part.formula, part.scale
        place = Rect(x + part.x, y, formula.width * scale, (formula.ascent + formula.descent) * scale)
        items = self._formula(formula, place.left, y + formula.ascent * scale, scale)
        return Placed(items, [self._formula_box(part.tex, place, scale)])

    def rectangle(self, place: Rect, role: str, line: str = "") -> Item:
        """Place a filled rectangle, with a line around it where that has a role."""
        style = Style(fill=_paint(self._theme[role]))
        if line:
            style = replace(style, stroke=_paint(self._theme[line]), width=self._units(FRAME_LINE))
        shape = self._shape(_rectangle(place.width, place.height), ("box", place.width, place.height))
        return self._item(shape, (place.left, place.top), style)

    def picture(self, picture: DrawnPicture, place: Rect) -> Placed:
        """Place a picture, or a frame for one with its words in the middle."""
        loaded = picture.loaded
        placed = Placed()
        if loaded is None:
            placed.items.append(self.rectangle(place, "surface", "line"))
            top = place.top + (place.height - self.height(picture.name)) / 2
            placed.add(self.centred(picture.name, place.left + place.width / 2, top))
            return placed
        if loaded.on_paper:
            placed.items.append(self.rectangle(place, "paper"))
            place = place.inside(PAPER_EDGE)
        if loaded.drawing is not None:
            placed.items += self._drawing(loaded.drawing, place)
        else:
            placed.items.append(self._pixels(loaded.pixels, place))
        return placed

    def _pixels(self, picture: NDArray[np.uint8], place: Rect) -> Item:
        x, y = self._point(place.left, place.top)
        corners = np.array([[0, 0], [place.width, 0], [0, place.height], [place.width, place.height]]) * self.unit
        corners += self._exact(place.left, place.top) - (x, y)
        shape = self.shelf.image(self.shelf.picture(picture), corners, kernel="cubic")
        return shape, self.shelf.style(Style()), x, y, FULL, 0

    def _drawing(self, drawing: Drawing, place: Rect) -> Iterator[Item]:
        scale = np.array([place.width / drawing.width, place.height / drawing.height])
        for shape in drawing.shapes:
            points = (shape.path.points - (drawing.left, drawing.top)) * scale
            width = max(1, self._units(shape.width * float(scale.mean()))) if shape.stroke and shape.width else 0
            style = Style(
                fill=_paint(shape.fill[0]) if shape.fill else None,
                stroke=_paint(shape.stroke[0]) if shape.stroke and width else None,
                width=width,
                join=shape.join,
                cap=shape.cap,
            )
            item = self._item(
                self._shape(Path(points - points[0], shape.path.subpaths)),
                (place.left + float(points[0, 0]), place.top + float(points[0, 1])),
                style,
            )
            fill, stroke = (paint[1] if paint else 0.0 for paint in (shape.fill, shape.stroke))
            yield (*item[:4], round(item[4] * fill), round(item[5] * stroke))

    def _formula(self, formula: SetFormula, left: float, base: float, scale: float) -> list[Item]:
        """Place the outlines of a formula."""
        items = []
        for mark in sorted(formula.marks, key=lambda mark: mark.place):
            key = (mark.path, scale)
            shape = self._keys.get(key)
            if shape is None:
                drawn = path(mark.path)
                shape = self._shape(Path(drawn.points * scale, drawn.subpaths), key)
            style = Style(fill=_paint(mark.color or self._theme["text"]))
            items.append(self._item(shape, (left + mark.x * scale, base + mark.y * scale), style))
        return items

    def _mark(self, mark: Mark, x: float, y: float) -> Item:
        color = _paint(self._theme[ROLES[mark.tone]])
        style = Style(fill=color)
        if mark.width:
            style = Style(stroke=color, width=max(1, self._units(mark.width)), join="round", cap="round")
        return self._item(self._shape(mark.path, mark.name or None), (x + mark.x, y + mark.y), style)

    def _shape(self, drawn: Path, key: object = None) -> int:
        """Return the place of an outline's shape; equal outlines are one, and so are those with one key."""
        if key is not None and key in self._keys:
            return self._keys[key]
        made = outline(drawn.points * self.unit, drawn.subpaths)
        exact = (made.points.tobytes(), made.subpaths.tobytes(), made.exponent)
        known = self.shelf.known(exact)
        place = self.shelf.add(exact, made) if known is None else known
        if key is not None:
            self._keys[key] = place
        return place

    def _item(self, shape: int, at: tuple[float, float], style: Style) -> Item:
        x, y = self._point(*at)
        opacities = FULL if style.fill else 0, FULL if style.stroke else 0
        return shape, self.shelf.style(style), x, y, *opacities

    def _boxes(self, text: SetText, x: float, down: float, role: str) -> Iterator[TextBox]:
        """Yield the texts of each line, those that lead elsewhere by themselves, and its formulas."""
        words = self._galley.words
        seen: set[int] = set()
        for line in _lines(text.words, words):
            fresh = [word.number for word in line if word.number not in seen]  # a word on two lines is the first's
            seen.update(fresh)
            said = " ".join("".join(words[number].said for number in fresh).split())
            left, right = min(word.box[0] for word in line), max(word.box[2] for word in line)
            top, bottom = min(word.box[1] for word in line), max(word.box[3] for word in line)
            high = max(word.box[3] - word.box[1] for word in line)
            if said:
                box = self._box(Rect(x + left, down + top, right - left, bottom - top))
                size = round(measures.points(high / measures.LINE_HEIGHT), 1)
                yield TextBox(said, box, size, role=role, link=words[line[0].number].link)
        for slot, scale, place in self._slots(text, x, down):
            yield self._formula_box(slot.tex, place, scale)

    def _slots(self, text: SetText, x: float, down: float) -> Iterator[tuple[Slot, float, Rect]]:
        """Yield the formulas in lines: what makes pixels of the lengths of each, and where it is."""
        for name, (left, top, height) in text.slots.items():
            slot = self._galley.slots[name]
            em = slot.em(height)
            scale = slot.scale * em
            ascent, descent = slot.formula.ascent * scale, slot.formula.descent * scale
            place = Rect(x + left, down + top + slot.ascent * em - ascent, slot.formula.width * scale, ascent + descent)
            yield slot, scale, place

    def _formula_box(self, tex: str, place: Rect, scale: float) -> TextBox:
        return TextBox(tex, self._box(place), round(scale / pixels(1.0), 1), role="formula")

    def _box(self, place: Rect) -> tuple[int, int, int, int]:
        right, bottom = place.left + place.width, place.top + place.height
        return (*self._point(place.left, place.top), *self._point(right, bottom))

    def _units(self, length: float) -> int:
        return round(length * self.unit)

    def _exact(self, x: float, y: float) -> NDArray[np.float64]:
        """Return a place from the frame's centre, in units."""
        exact: NDArray[np.float64] = (np.array([x, y]) - self.frame.middle) * self.unit
        return exact

    def _point(self, x: float, y: float) -> tuple[int, int]:
        across, down = np.rint(self._exact(x, y)).astype(int).tolist()
        return across, down


def _lines(words: Sequence[SetWord], known: Sequence[Word]) -> Iterator[list[SetWord]]:
    """Yield words line by line; those of one are about as high up, lead to one place, and have nothing between."""
    line: list[SetWord] = []
    for word in words:
        middle = (word.box[1] + word.box[3]) / 2
        goes_on = bool(line) and line[-1].box[1] <= middle <= line[-1].box[3] and not known[word.number].is_apart
        if line and not (goes_on and known[word.number].link == known[line[-1].number].link):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


@cache
def _paint(color: str) -> Paint:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return Paint(((red, green, blue, OPAQUE),))


def _rectangle(width: float, height: float) -> Path:
    pen = Pen()
    for corner in ((width, 0.0), (width, height), (0.0, height)):
        pen.line(corner)
    pen.close()
    return pen.path()
