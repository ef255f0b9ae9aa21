"""What stands on the frame at a pause: outlines and images, and the texts that some of them draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from deck.check.colors import Color
from deck.check.geometry import Box, Lines, around, lines_of, points_of
from deck.recording.timeline import FULL, UNITS, Image, Outline, Recording, Style, TextBox

__all__ = ["Part", "Stage", "Written", "stage_of"]

HAIR = 0.3
"""Pixels by which the outlines of a text may leave its box, rounding included."""
WORD_GAP = 0.15
"""The largest gap between glyphs of one word, as a share of their height."""

LATTICE = 5
"""The fewest lines in one direction that make a coordinate plane."""
OPAQUE_ENOUGH = 0.95


@dataclass(frozen=True)
class Part:
    """
    An outline or an image that can be seen.

    Attributes
    ----------
    nth
        Its place among the frame's items; what is later is drawn over it.
    shape, style, at
        As in the recording; ``at`` is its place in pixels.
    fill, stroke
        Opacities of what is drawn, 0 to 1.
    pixels
        (H, W, 4) of an image; None of an outline.
    """

    nth: int
    shape: Outline | Image
    style: Style
    at: tuple[float, float]
    fill: float
    stroke: float
    pixels: NDArray[np.uint8] | None = field(default=None, compare=False, repr=False)

    @property
    def is_image(self) -> bool:
        """Whether it is an image."""
        return isinstance(self.shape, Image)

    @cached_property
    def box(self) -> Box:
        """Around all its points, the control points of curves included."""
        points = points_of(self.shape)
        low, high = points.min(axis=0) + self.at, points.max(axis=0) + self.at
        return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    @cached_property
    def lines(self) -> Lines:
        """Its outline."""
        lines: Lines = lines_of(self.shape, closed=self.fill > 0) + np.array((*self.at, *self.at))
        return lines

    @cached_property
    def extent(self) -> Box:
        """Around its outline, without its stroke's width."""
        ends = self.lines.reshape(-1, 2)
        return Box(*ends.min(axis=0).tolist(), *ends.max(axis=0).tolist()) if len(ends) else self.box

    @property
    def color(self) -> Color | None:
        """What it is filled with, or else drawn with; None for an image."""
        paint = self.style.fill if self.fill else self.style.stroke
        return paint.colors[0][:3] if paint and not self.is_image else None

    @property
    def shades(self) -> int:
        """How many colours its inside goes through."""
        return len(self.style.fill.colors) if self.style.fill and self.fill else 0

    @cached_property
    def is_rectangle(self) -> bool:
        """Whether it is an upright rectangle with four corners, or an image that fills one."""
        if self.is_image:
            return True
        lines = self.lines[np.hypot(*(self.lines[:, 2:] - self.lines[:, :2]).T) > HAIR]
        steps = np.abs(lines[:, 2:] - lines[:, :2])
        upright = bool(len(lines)) and bool((steps.min(axis=1) < 2 * HAIR).all())
        box = self.extent
        reach = float(steps.sum())
        return upright and box.width > 1 < box.height and abs(reach - 2 * (box.width + box.height)) < 4


@dataclass(frozen=True)
class Written:
    """
    A text that can be read.

    Attributes
    ----------
    text, size, missing_font
        See `deck.recording.timeline.TextBox`.
    box
        Around all of it.
    parts
        The outlines that draw it, in order; empty in a film.
    """

    text: str
    size: float
    missing_font: str
    box: Box
    parts: tuple[Part, ...]

    @cached_property
    def words(self) -> tuple[Box, ...]:
        """The boxes of its words."""
        return tuple(_words([part.box for part in self.parts])) or (self.box,)


@dataclass(frozen=True)
class Stage:
    """
    What stands on the frame at a pause: its parts, back to front, and its texts.

    Attributes
    ----------
    items
        (6, N), as the recording has them.
    frame
        Where the frame is.
    """

    items: NDArray[np.int32]
    parts: tuple[Part, ...]
    texts: tuple[Written, ...]
    frame: Box

    @cached_property
    def glyphs(self) -> frozenset[int]:
        """The places of all outlines that draw texts."""
        return frozenset(part.nth for text in self.texts for part in text.parts)

    @cached_property
    def shapes(self) -> tuple[Part, ...]:
        """The parts that draw no text."""
        return tuple(part for part in self.parts if part.nth not in self.glyphs)

    @cached_property
    def lattice(self) -> frozenset[int]:
        """The places of the lines of a coordinate plane: many alike, through most of the frame, meant to lie behind."""
        rows: dict[tuple[bool, int, int], list[int]] = {}
        for part in self.shapes:
            box = part.extent
            thin, long = sorted((box.width, box.height))
            across = box.width > box.height
            if thin < 2 and long > 0.6 * (self.frame.width if across else self.frame.height):
                rows.setdefault((across, round(long), part.style.width), []).append(part.nth)
        return frozenset(nth for row in rows.values() if len(row) >= LATTICE for nth in row)

    @cached_property
    def readable(self) -> tuple[Written, ...]:
        """The texts that no opaque rectangle covers."""
        panels = [part for part in self.shapes if part.fill > OPAQUE_ENOUGH and part.is_rectangle]
        return tuple(text for text in self.texts if not any(_covers(panel, text) for panel in panels))


def stage_of(recording: Recording, frame: int, texts: Sequence[TextBox]) -> Stage:
    """Return what stands on a frame; ``texts`` are those of its reveal."""
    items = recording.items(frame)
    parts = tuple(_parts(recording, items))
    boxes = np.array([(part.box.left, part.box.top, part.box.right, part.box.bottom) for part in parts]).reshape(-1, 4)
    outlines = np.array([not part.is_image for part in parts], bool)
    right, bottom = recording.width / 2, recording.height / 2
    written = tuple(_written(text, parts, boxes, outlines) for text in texts)
    return Stage(items, parts, written, Box(-right, -bottom, right, bottom))


def _parts(recording: Recording, items: NDArray[np.int32]) -> Iterator[Part]:
    in_window = False
    for nth, (shape, style, x, y, fill, stroke) in enumerate(items.T.tolist()):
        look, drawn = recording.styles[style], recording.shapes[shape]
        if look.clip:
            in_window = look.clip == "start"
            continue
        is_image = isinstance(drawn, Image)
        inside = fill / FULL if look.fill or is_image else 0.0
        line = stroke / FULL if look.stroke and look.width and not is_image else 0.0
        if (inside or line) and not in_window and (isinstance(drawn, Image) or len(drawn.points)):
            pixels = recording.pictures[drawn.picture] if isinstance(drawn, Image) else None
            yield Part(nth, drawn, look, (x / UNITS, y / UNITS), inside, line, pixels)


def _written(text: TextBox, parts: Sequence[Part], boxes: NDArray[np.float64], outlines: NDArray[np.bool_]) -> Written:
    """Return a text with the outlines that draw it: in its box, the longest run drawn one after the other."""
    box = Box(*(side / UNITS for side in text.box))
    inside = (boxes[:, :2] >= (box.left - HAIR, box.top - HAIR)).all(axis=1)
    inside &= (boxes[:, 2:] <= (box.right + HAIR, box.bottom + HAIR)).all(axis=1) & outlines
    found = np.flatnonzero(inside)
    runs = np.split(found, np.flatnonzero(np.diff(found) > 1) + 1)
    run = [parts[nth] for nth in max(runs, key=len).tolist()]
    has_panel = len(run) > 2 or (len(run) > 1 and run[0].is_rectangle)
    rest = around(part.box for part in run[1:]) if has_panel else None
    if rest and run[0].box.grown(1).holds(rest):
        run = run[1:]  # a panel that belongs to the text, as behind a listing
    return Written(text.text, text.size, text.missing_font, box, tuple(run))


def _covers(panel: Part, text: Written) -> bool:
    return bool(text.parts) and panel.nth > text.parts[-1].nth and panel.box.grown(1).holds(text.box)


def _words(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield the boxes of words: glyphs beside each other with little between them."""
    word: list[Box] = []
    for before, box in pairwise([None, *boxes]):
        assert box is not None
        if before and not _is_next(before, box):
            yield around(word)
            word = []
        word.append(box)
    if word:
        yield around(word)


def _is_next(before: Box, box: Box) -> bool:
    height = max(before.height, box.height)
    level = min(before.bottom, box.bottom) - max(before.top, box.top) > -0.5 * height
    return level and -height < box.left - before.right < WORD_GAP * height
