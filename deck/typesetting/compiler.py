"""Typst: from galleys to what is drawn, each part by its name."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree as ET

import numpy as np
import typst

from deck.fonts import typefaces
from deck.recording.paths import Path, path
from deck.themes import ROLES
from deck.typesetting import measures
from deck.typesetting.galley import Galley

__all__ = ["Mark", "SetText", "SetWord", "set_galley"]

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
LABEL = "data-typst-label"
TRANSFORM = re.compile(r"(translate|matrix)\(([^)]*)\)")
WORD, SLOT = "w:", "f:"
"""What the addresses of words, and of places for formulas, begin with."""
EDGE = 3.0
"""How far from a row's lower edge its rule may be, in pixels."""

Place = tuple[float, float, float, float]
"""What a point is multiplied with, across and down, and what is added to it."""


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """An outline at a place; a filled one, or with a ``width`` a line of that width. ``name`` is that of a glyph."""

    path: Path
    x: float
    y: float
    tone: int
    width: float = 0.0
    name: str = ""

    @property
    def middle(self) -> float:
        """How far down the middle of its outline's points is."""
        return self.y + float(self.path.points[:, 1].mean())


@dataclass(frozen=True, slots=True)
class SetWord:
    """Where a word stands, or a part of one, by its number: left, top, right, bottom; Typst adds half the leading."""

    number: int
    box: tuple[float, float, float, float]


@dataclass(slots=True, eq=False)
class SetText:
    """
    What is drawn of one part, from the top of the galley on.

    Attributes
    ----------
    top, bottom
        From where to where it reaches.
    marks, words
        What is drawn, and which words it is.
    slots
        Places for formulas by their names: left, top, height.
    """

    top: float = float("inf")
    bottom: float = 0.0
    marks: list[Mark] = field(default_factory=list)
    words: list[SetWord] = field(default_factory=list)
    slots: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top


def set_galley(galley: Galley) -> dict[str, SetText]:
    """
    Return what is drawn of each part of a galley.

    Raises
    ------
    typst.TypstError
        If the template is at fault.
    """
    given = {
        "sections": galley.sections,
        "width": galley.width,
        "ascent": measures.ASCENT,
        "descent": measures.DESCENT,
        "leading": measures.LEADING,
        "faces": list(typefaces.TEXT),
        "code": list(typefaces.CODE),
        "accent": ROLES.index("accent"),
        "line": ROLES.index("line"),
        "letterforms": typefaces.LETTERFORMS,
    }
    svg = typst.compile(
        _template(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="svg",
        sys_inputs={"given": json.dumps(given)},
    )
    assert isinstance(svg, bytes)
    return _Reader(ET.fromstring(svg)).texts  # noqa: S314 - it was written a moment ago


@cache
def _template() -> bytes:
    return (files("deck.typesetting") / "template.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Return the typefaces of slides; Typst's own have signs that those lack, as of mathematics."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in typefaces.folders()],
    )


class _Reader:
    """Goes through the drawing."""

    def __init__(self, root: ET.Element) -> None:
        self.texts: dict[str, SetText] = {}
        self._glyphs = {
            symbol.get("id", ""): path(symbol[0].get("d", "")) for symbol in root.iter(f"{SVG}symbol") if len(symbol)
        }
        self._flipped: dict[str, Path] = {}
        self._loose: list[Mark] = []
        for child in root:
            self._take(child, (1.0, 1.0, 0.0, 0.0), None)
        self._close(float(root.get("viewBox", "0 0 0 0").split()[3]))

    def _take(self, element: ET.Element, at: Place, text: SetText | None) -> None:
        tag = element.tag.removeprefix(SVG)
        if transform := element.get("transform"):
            at = _moved(at, transform)
        if tag == "g":
            self._group(element, at, text)
        elif tag == "path":
            self._shape(element, at, text)
        elif tag == "use" and text is not None:
            name = element.get(HREF, "")[1:]
            x, y = float(element.get("x", 0)), float(element.get("y", 0))
            tone = _tone(element.get("fill", ""))
            text.marks.append(Mark(self._glyph(name, at), at[2] + at[0] * x, at[3] + at[1] * y, tone, name=name))
        elif tag == "a" and text is not None:
            width, height = (float(element[0].get(side, 0)) for side in ("width", "height"))
            address = element.get("href", "")
            if address.startswith(SLOT):
                text.slots[address.removeprefix(SLOT)] = (at[2], at[3], height)
            else:
                number = int(address.removeprefix(WORD))
                text.words.append(SetWord(number, (at[2], at[3], at[2] + width, at[3] + height)))

    def _group(self, element: ET.Element, at: Place, text: SetText | None) -> None:
        label = element.get(LABEL, "")
        if label:
            text = self.texts.setdefault(label, SetText())
            text.top = min(text.top, at[3])
        for child in element:
            self._take(child, at, text)

    def _glyph(self, name: str, at: Place) -> Path:
        """Return a glyph's outline as it is drawn: those of letters are upside down."""
        if at[1] > 0:
            return self._glyphs[name]
        if name not in self._flipped:
            glyph = self._glyphs[name]
            self._flipped[name] = Path(glyph.points * np.array([1.0, -1.0]), glyph.subpaths)
        return self._flipped[name]

    def _shape(self, element: ET.Element, at: Place, text: SetText | None) -> None:
        drawn = path(element.get("d", ""))
        fill, stroke = element.get("fill", "none"), element.get("stroke", "none")
        for color, width in ((fill, 0.0), (stroke, float(element.get("stroke-width", 0)))):
            if color != "none":
                mark = Mark(drawn, at[2], at[3], _tone(color), width)
                (self._loose if text is None else text.marks).append(mark)

    def _close(self, end: float) -> None:
        """Find out how far down each part reaches, and to which one each line of a table belongs."""
        below = end
        texts = list(self.texts.values())
        for _, text in sorted(enumerate(texts), key=lambda each: (-each[1].top, -each[0])):  # an empty one comes first
            text.bottom, below = below, text.top
            text.words = _trimmed(text.words)
        for mark in self._loose:
            owner = next((text for text in self.texts.values() if abs(text.bottom - mark.middle) < EDGE), None)
            if owner:
                owner.marks.append(mark)


def _trimmed(words: Sequence[SetWord]) -> list[SetWord]:
    """Return words without half of what is between two lines, which a link has above and below."""
    tallest = max((word.box[3] - word.box[1] for word in words), default=0.0)
    more = tallest * measures.LEADING / (measures.LINE_HEIGHT + measures.LEADING) / 2
    boxes = (word.box for word in words)
    trimmed = ((left, top + more, right, bottom - more) for left, top, right, bottom in boxes)
    return [SetWord(word.number, box) for word, box in zip(words, trimmed, strict=True)]


def _moved(at: Place, transform: str) -> Place:
    """Return a place within another; nothing is ever turned."""
    for kind, numbers in TRANSFORM.findall(transform):
        values = [float(number) for number in numbers.replace(",", " ").split()]
        if kind == "translate":
            across, down, x, y = (1.0, 1.0, *values, 0.0)[:4]
        else:
            across, down, x, y = values[0], values[3], values[4], values[5]
        at = (at[0] * across, at[1] * down, at[2] + at[0] * x, at[3] + at[1] * y)
    return at


def _tone(color: str) -> int:
    """Return the place of a colour among the tones: it is the amount of blue in it."""
    return int(color[5:7], 16) if len(color) == 7 else 0
