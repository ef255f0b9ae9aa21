"""
Glyphs as Pango sets them: how wide a text is, and its outlines.

manim makes a mobject for each glyph of a text and parses each of them slowly, which takes a second for ten lines. Here
each outline is parsed once in a process, and all glyphs of one colour in a line are one mobject. Lengths are in ems.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from deck.adapters.pango import HREF, SVG, draw
from deck.fonts.typefaces import code_font, font

__all__ = ["Ink", "SetText", "outlines", "widths"]

POINTS = 72.0
PIXELS = 96.0
"""The size that texts are set at, in points and in pixels; at a small size Pango rounds the places of letters."""
SURFACE = 1_000_000
BATCH = 500

ANCHOR, BOX = 0xFFFEFD, 0xFFFEFC
"""Colours that mark the glyph which shows where the baseline is, and the box around a text."""
COLOR = re.compile(r"rgb\(([\d.]+)%, ?([\d.]+)%, ?([\d.]+)%\)")
STROKE = re.compile(r"stroke-width[:=\"]+([\d.]+)")
COMMAND = re.compile(r"([MLHVCZ])([^MLHVCZ]*)")

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """Closed Bézier curves of one colour: (4 N, 2), from the start of the baseline, y upwards."""

    color: str
    points: Points


@dataclass(frozen=True, slots=True, eq=False)
class SetText:
    """A line of text as it is set; ``complete`` says whether some typeface has each of its signs."""

    width: float
    inks: tuple[Ink, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class _Mark:
    """What Pango draws in one go: curves in pixels, y downwards, and their colour."""

    color: int
    points: Points
    baseline: float = 0.0
    is_frame: bool = False


_widths: dict[str, float] = {}


def widths(markups: Sequence[str]) -> list[float]:
    """Return how wide texts are, spaces at their ends included; they are in Pango's markup, without line breaks."""
    new = list(dict.fromkeys(markup for markup in markups if markup not in _widths))
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        lines = (f'<span background="#{place:06x}">{markup}</span>' for place, markup in enumerate(batch, start=1))
        ends: dict[int, tuple[float, float]] = {}
        for mark in _drawn("\n".join(lines)):
            if mark.color and len(mark.points):
                left, right = ends.get(mark.color, (np.inf, -np.inf))
                x = mark.points[:, 0]
                ends[mark.color] = min(left, float(x.min())), max(right, float(x.max()))
        for place, markup in enumerate(batch, start=1):
            left, right = ends.get(place, (0.0, 0.0))
            _widths[markup] = (right - left) / PIXELS
    return [_widths[markup] for markup in markups]


@lru_cache(maxsize=2048)
def outlines(markup: str) -> SetText:
    """Return a line of text as it is set; ``markup`` is Pango's, with a ``foreground`` for all of it."""
    anchor, box = (f"#{color:06x}" for color in (ANCHOR, BOX))
    marks = list(_drawn(f'<span foreground="{anchor}">|</span><span background="{box}">{markup}</span>'))
    baseline = next((mark.baseline for mark in marks if mark.color == ANCHOR), 0.0)
    boxes = [mark.points[:, 0] for mark in marks if mark.color == BOX]
    if not boxes:
        return SetText(0.0, ())
    left, right = min(float(x.min()) for x in boxes), max(float(x.max()) for x in boxes)
    colors: dict[int, list[Points]] = {}
    for mark in marks:
        if mark.color not in {ANCHOR, BOX} and len(mark.points):
            colors.setdefault(mark.color, []).append((mark.points - (left, baseline)) * (1, -1) / PIXELS)
    inks = tuple(Ink(f"#{color:06X}", np.concatenate(parts)) for color, parts in colors.items())
    return SetText((right - left) / PIXELS, inks, complete=not any(mark.is_frame for mark in marks))


def _drawn(markup: str) -> Iterator[_Mark]:
    """Yield what Pango draws for a text."""
    code_font()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.svg"
        draw(markup, font(), POINTS, file, side=SURFACE)
        root = ET.fromstring(file.read_bytes())  # noqa: S314 - it was written a moment ago
    glyphs = {each.get("id", ""): each for each in root.iterfind(f"{SVG}defs//*[@id]")}
    for element in root.iterfind(f"{SVG}g/*"):
        yield from _marks(element, glyphs)


def _marks(element: ET.Element, glyphs: dict[str, ET.Element]) -> Iterator[_Mark]:
    color = _color(element)
    if element.tag == f"{SVG}path":
        yield _box(element, color)
    for use in element.iterfind(f"{SVG}use"):
        symbol = glyphs.get(use.get(HREF, "")[1:])
        path = symbol.find(f"{SVG}path") if symbol is not None else None
        x, y = float(use.get("x", 0)), float(use.get("y", 0))
        curves = _curves(path.get("d", "")) if path is not None else np.zeros((0, 2))
        yield _Mark(color, curves + np.array([x, y]), y)


def _color(element: ET.Element) -> int:
    """Return an element's colour as a number; its stroke's colour if it has no other."""
    found = COLOR.search(f"{element.get('style', '')} {element.get('fill', '')} {element.get('stroke', '')}")
    red, green, blue = (round(float(part) * 2.55) for part in found.groups()) if found else (0, 0, 0)
    return (red << 16) + (green << 8) + blue


def _box(path: ET.Element, color: int) -> _Mark:
    """Return a path beside the glyphs; a stroked one is the frame of a sign that no typeface has."""
    curves = _curves(path.get("d", ""))
    style = path.get("style", "") or f"fill:{path.get('fill')};stroke-width={path.get('stroke-width')}"
    width = STROKE.search(style)
    if "fill:none" not in style or not width or not len(curves):
        return _Mark(color, curves)
    half = float(width[1]) / 2
    (left, top), (right, bottom) = curves.min(axis=0), curves.max(axis=0)
    outer = _rectangle(left - half, top - half, right + half, bottom + half)
    inner = _rectangle(left + half, top + half, right - half, bottom - half)[::-1]
    return _Mark(color, np.concatenate([outer, inner]), is_frame=True)


def _rectangle(left: float, top: float, right: float, bottom: float) -> Points:
    return _curves(f"M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} Z")


@lru_cache(maxsize=8192)
def _curves(path: str) -> Points:
    """Return a path's curves, four points each; all of its parts are closed."""
    curves: list[float] = []
    x = y = start_x = start_y = 0.0
    for command, numbers in COMMAND.findall(path):
        values = [float(number) for number in numbers.replace(",", " ").split()]
        if command == "C":
            for at in range(0, len(values), 6):
                curves += [x, y, *values[at : at + 6]]
                x, y = values[at + 4 : at + 6]
            continue
        to_x, to_y = {"H": (*values, y), "V": (x, *values), "Z": (start_x, start_y)}.get(command, tuple(values))
        if command == "M":
            start_x, start_y = to_x, to_y
        elif (x, y) != (to_x, to_y):
            curves += _straight(x, y, to_x, to_y)
        x, y = to_x, to_y
    return np.array(curves, dtype=float).reshape(-1, 2)


def _straight(x: float, y: float, to_x: float, to_y: float) -> tuple[float, ...]:
    across, along = (to_x - x) / 3, (to_y - y) / 3
    return x, y, x + across, y + along, to_x - across, to_y - along, to_x, to_y
