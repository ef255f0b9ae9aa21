"""Outlines from SVG's path data: whatever draws letters and shapes can say them so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from deck.recording.shelf import shrunk
from deck.recording.timeline import Outline

__all__ = ["Path", "Pen", "outline", "path"]

TOKEN = re.compile(r"([MmLlHhVvCcSsQqTtZz])|([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)|([^\s,])")
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "Z": 0}
QUADRATIC, CUBIC = 2, 3

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """
    Cubic curves in any unit.

    Attributes
    ----------
    points
        (N, 2): each subpath's first point, then three for each curve.
    subpaths
        (S,): for each subpath twice its number of curves, plus one if it is closed.
    """

    points: NDArray[np.float64]
    subpaths: NDArray[np.uint32]


@lru_cache(maxsize=4096)
def path(data: str) -> Path:
    """
    Return the curves of SVG's path data; there may be no arcs in it.

    Raises
    ------
    ValueError
        If it is no path.
    """
    pen = Pen()
    for command, numbers in _commands(data):
        x, y = pen.here if command.islower() else (0.0, 0.0)
        given = [(x + numbers[at], y + numbers[at + 1]) for at in range(0, len(numbers) - 1, 2)]
        DRAWN[command.upper()](pen, given, (x + numbers[0], y + numbers[0]) if numbers else pen.here)
    return pen.path()


class Pen:
    """
    Draws curve after curve; a subpath without any is none.

    Attributes
    ----------
    here
        Where it is.
    """

    def __init__(self) -> None:
        self._points: list[Point] = []
        self._subpaths: list[int] = []
        self.here = self._start = (0.0, 0.0)
        self._control: dict[int, Point] = {}
        self._count = 0

    def move(self, point: Point) -> None:
        """Begin another subpath."""
        self.end()
        self.here = self._start = point
        self._control = {}

    def line(self, end: Point) -> None:
        """Draw a straight line."""
        across, along = (end[0] - self.here[0]) / 3, (end[1] - self.here[1]) / 3
        first = (self.here[0] + across, self.here[1] + along)
        self.cubic(first, (end[0] - across, end[1] - along), end)
        self._control = {}

    def quadratic(self, control: Point, end: Point) -> None:
        """Draw a quadratic curve."""
        first, second = (
            (near[0] + 2 / 3 * (control[0] - near[0]), near[1] + 2 / 3 * (control[1] - near[1]))
            for near in (self.here, end)
        )
        self.cubic(first, second, end)
        self._control = {QUADRATIC: control}

    def cubic(self, first: Point, second: Point, end: Point) -> None:
        """Draw a cubic curve."""
        if not self._count:
            self._points.append(self.here)
        self._points += [first, second, end]
        self.here, self._control = end, {CUBIC: second}
        self._count += 1

    def close(self) -> None:
        """Go back to where the subpath began, and end it."""
        if self._count and self.here != self._start:
            self.line(self._start)
        self.end(closed=True)
        self.here, self._control = self._start, {}

    def end(self, *, closed: bool = False) -> None:
        """End the subpath, if one has begun."""
        if self._count:
            self._subpaths.append(2 * self._count + closed)
        self._count = 0

    def path(self) -> Path:
        """End the subpath, and return all that was drawn."""
        self.end()
        return Path(np.array(self._points, dtype=float).reshape(-1, 2), np.array(self._subpaths, np.uint32))

    def mirrored(self, degree: int) -> Point:
        """Return the first control point of a curve that continues the last one smoothly, if that is of its degree."""
        x, y = self._control.get(degree, self.here)
        return 2 * self.here[0] - x, 2 * self.here[1] - y


DRAWN: Mapping[str, Callable[[Pen, Sequence[Point], Point], None]] = {
    "M": lambda pen, given, _: pen.move(given[0]),
    "Z": lambda pen, _given, _: pen.close(),
    "L": lambda pen, given, _: pen.line(given[0]),
    "H": lambda pen, _, to: pen.line((to[0], pen.here[1])),
    "V": lambda pen, _, to: pen.line((pen.here[0], to[1])),
    "Q": lambda pen, given, _: pen.quadratic(*given),
    "T": lambda pen, given, _: pen.quadratic(pen.mirrored(QUADRATIC), *given),
    "C": lambda pen, given, _: pen.cubic(*given),
    "S": lambda pen, given, _: pen.cubic(pen.mirrored(CUBIC), *given),
}
"""What each command draws, from the points that come with it, or from its one number, across or down."""


def outline(points: NDArray[np.float64], subpaths: NDArray[np.uint32]) -> Outline:
    """Return curves whose points are in units, as an outline of a recording."""
    whole, exponent = shrunk(points)
    return Outline(whole, subpaths, exponent)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command with its numbers; one that is repeated without its letter has it again."""
    command, numbers = "", list[float]()
    for letter, number, _other in TOKEN.findall(data):
        if letter:
            if numbers:
                raise ValueError(data)
            command = letter
            if letter in "Zz":
                yield letter, []
            continue
        if not number or not command or command in "Zz":
            raise ValueError(data)
        numbers.append(float(number))
        if len(numbers) == COUNTS[command.upper()]:
            yield command, numbers
            numbers = []
            command = {"M": "L", "m": "l"}.get(command, command)
    if numbers:
        raise ValueError(data)
