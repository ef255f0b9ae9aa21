"""What may be a map on a stage: images, grids of coloured cells, rectangles of one colour, with texts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from deck.check.geometry import Box, around
from deck.check.stage import Part, Stage, Written
from slides.rules.grouping import Map, charted, series, stacks, tiled

__all__ = ["ABOUT", "Map", "Maps", "Size", "is_about_maps", "is_even", "size_of"]

ABOUT = re.compile(
    r"feature[- ]?maps?|activation[- ]?maps?|heat[- ]?maps?|\bcnns?\b|convolution|\bconv\b|\bchannels\b", re.IGNORECASE
)
"""Words on a slide that make the rules on maps look at it."""
SIZE = re.compile(r"(?:[\w .]{1,20}[:, ] *)?(\d+) ?[x×] ?(\d+)(?: ?[x×] ?(\d+))?")
PIXELS = re.compile(r"\d+ (?:px|pixels)")

LONG = 4.0
"""An image or a row of colours that is more than this many times as long as wide is a colour bar."""
NEAR = 0.9 * 135
"""Pixels between a thing and the text that names it, at most."""
LEAST_CELLS, LEAST_SHADES = 9, 3
LEAST_COLORS, LEAST_SPREAD = 5, 40
"""A map that shows anything has at least this many colours; red, green or blue spans at least this much of 0 to 255."""
SAMPLE = 64
"""Pixels along a side, roughly, from which it is found out how much an image varies."""

Size = tuple[int, int, int]


@dataclass(frozen=True)
class Maps:
    """The maps of a stage, its colour bars, and which text stands where."""

    stage: Stage

    @cached_property
    def _rectangles(self) -> tuple[Part, ...]:
        """Filled upright rectangles that are neither too small nor a ground for everything."""
        return tuple(
            part
            for part in self.stage.shapes
            if part.fill and not part.is_image and part.is_rectangle and not _is_backdrop(part, self.stage.frame)
        )

    @cached_property
    def _cells(self) -> tuple[tuple[Part, ...], ...]:
        """Rectangles of one size that stand side by side without gaps, group by group."""
        sizes: dict[tuple[int, int], list[Part]] = {}
        for part in self._rectangles:
            sizes.setdefault((round(part.extent.width), round(part.extent.height)), []).append(part)
        return tuple(group for parts in sizes.values() for group in tiled(parts) if len(group) > 2)

    @cached_property
    def bars(self) -> tuple[Box, ...]:
        """Colour bars: long rows of colours, as cells, as an image or as a gradient."""
        rows = [around(part.extent for part in cells) for cells in self._cells if _shades(cells) >= LEAST_SHADES]
        long = [part.extent for part in self.stage.shapes if (part.is_image or part.shades > 1) and part.is_rectangle]
        return tuple(box for box in (*rows, *long) if max(box.width, box.height) > LONG * min(box.width, box.height))

    @cached_property
    def grids(self) -> tuple[Map, ...]:
        """Grids of at least nine coloured cells that hold no numbers; equal ones in a row are one."""
        grids = [
            Map("grid", around(part.extent for part in cells), cells)
            for cells in self._cells
            if len(cells) >= LEAST_CELLS
            and _shades(cells) >= LEAST_SHADES
            and not _is_row(cells)
            and not self._is_read(cells)
        ]
        return tuple(series(grids))

    @cached_property
    def images(self) -> tuple[Map, ...]:
        """Images, stacked or not, without colour bars."""
        images = (part for part in self.stage.shapes if part.is_image and not _is_backdrop(part, self.stage.frame))
        return tuple(stacks("image", [part for part in images if part.extent not in self.bars]))

    @cached_property
    def flats(self) -> tuple[Map, ...]:
        """Rectangles of one colour with nothing in them, stacked or not; no cells, no bars of a chart."""
        cells = {part.nth for group in self._cells for part in group}
        full = [*(each.box for each in (*self.images, *self.grids)), *(text.box for text in self.stage.texts)]
        plain = [part for part in self._rectangles if part.nth not in cells and part.shades == 1]
        empty = [part for part in plain if not any(part.extent.grown(2).holds(box) for box in full)]
        outer = [part for part in empty if not self._is_inside(part, plain)]
        in_chart = charted(outer)
        return tuple(stacks("flat", [part for part in outer if part.nth not in in_chart]))

    @property
    def all(self) -> tuple[Map, ...]:
        """Whatever may be a map."""
        return (*self.images, *self.grids, *self.flats)

    def labels(self, thing: Map) -> list[Written]:
        """Return the texts nearest to a thing, the nearest first: those above and below come before those beside."""
        near = [text for text in self.stage.texts if self._owner(text) is thing]
        return sorted(near, key=lambda text: (not _is_in_line(text.box, thing.box), text.box.gap(thing.box)))

    def sizes(self) -> list[tuple[Written, Size]]:
        """Return the texts that tell a size, from left to right."""
        stated = ((text, size_of(text.text)) for text in self.stage.texts)
        return sorted(((text, size) for text, size in stated if size), key=lambda each: each[0].box.center)

    def is_sized(self, thing: Map) -> bool:
        """Return whether a text beside a thing tells its size."""
        return any(size_of(text.text) or PIXELS.fullmatch(text.text) for text in self.labels(thing))

    def _owner(self, text: Written) -> Map | None:
        return self._owners.get(id(text))

    @cached_property
    def _owners(self) -> dict[int, Map]:
        """What each text names: what is in line with it, above or below, or else what is nearest."""
        owners: dict[int, Map] = {}
        for text in self.stage.texts:
            near = [thing for thing in self.all if text.box.gap(thing.box) < NEAR]
            if near:
                owners[id(text)] = min(near, key=lambda thing: _distance(text.box, thing.box))
        return owners

    def _is_read(self, cells: Sequence[Part]) -> bool:
        """Return whether numbers stand in most cells."""
        read = sum(any(cell.extent.grown(2).holds(text.box) for text in self.stage.texts) for cell in cells)
        return 2 * read > len(cells)

    def _is_inside(self, part: Part, others: Iterable[Part]) -> bool:
        """Return whether a rectangle marks a part of something larger."""
        larger = [other.extent for other in others if other is not part] + [
            each.box for each in (*self.images, *self.grids)
        ]
        box = part.extent
        return any(one.holds(box.grown(-2)) and one.width * one.height > 1.2 * box.width * box.height for one in larger)


def is_even(thing: Map) -> bool:
    """Return whether a part of a thing is an image of nearly one colour."""
    return any(part.pixels is not None and _is_even(part.pixels) for part in thing.parts)


def _is_even(pixels: NDArray[np.uint8]) -> bool:
    rows, columns = (max(1, side // SAMPLE) for side in pixels.shape[:2])
    colors = pixels[::rows, ::columns, :3].reshape(-1, 3)
    return len(np.unique(colors, axis=0)) < LEAST_COLORS or int(np.ptp(colors, axis=0).max()) < LEAST_SPREAD


def is_about_maps(words: str) -> bool:
    """Return whether a slide with these words speaks of maps."""
    return ABOUT.search(words) is not None


def size_of(text: str) -> Size | None:
    """Return the height, the width and the channels that a text tells, 0 channels if it does not say; or None."""
    plain = re.sub(r"[{}$]|\\text|\\mathrm", "", text.replace(r"\times", "×").replace("times", "×"))
    match = SIZE.fullmatch(" ".join(plain.split()))
    return (int(match[1]), int(match[2]), int(match[3] or 0)) if match else None


def _is_backdrop(part: Part, frame: Box) -> bool:
    box = part.extent
    small = min(box.width, box.height) < 4
    return small or box.width > 0.9 * frame.width or box.height > 0.95 * frame.height


def _shades(cells: Sequence[Part]) -> int:
    return len({(part.color, round(part.fill * 20)) for part in cells})


def _is_row(cells: Sequence[Part]) -> bool:
    box = around(part.extent for part in cells)
    return box.height < 1.5 * cells[0].extent.height or box.width < 1.5 * cells[0].extent.width


def _is_in_line(text: Box, thing: Box) -> bool:
    """Return whether a text stands above, below or on a thing."""
    return thing.left <= text.center[0] <= thing.right or text.left <= thing.center[0] <= text.right


def _distance(text: Box, thing: Box) -> tuple[bool, float, float]:
    return not _is_in_line(text, thing), max(text.gap(thing), 0), abs(text.center[0] - thing.center[0])
