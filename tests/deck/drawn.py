"""Formulas as the outlines that are drawn, for tests that look where things are; in hundredths of an em, y down."""

from __future__ import annotations

import re
from dataclasses import dataclass

import svgelements  # type: ignore[import-untyped]

from deck.check.geometry import Box
from deck.formulas import FilledPath, SetFormula, set_tex

RECTANGLE = re.compile(r"M \S+ \S+ h \S+ v \S+ h \S+ Z")


@dataclass(frozen=True, slots=True)
class Ink(Box):
    """Where something is drawn, and in which colour, if it has one of its own."""

    color: str = ""

    def around(self, other: Ink) -> bool:
        return (
            self.left < other.left and self.top < other.top and self.right > other.right and self.bottom > other.bottom
        )


def placed(tex: str, environment: str | None = "align*", preamble: str = "") -> SetFormula:
    return set_tex(tex, environment, preamble)[0]


def paths(tex: str, environment: str | None = "align*", preamble: str = "") -> list[str]:
    """Return the outlines of a formula, each with its place."""
    marks = placed(tex, environment, preamble).marks
    return [f"{mark.path} at {mark.x:.3f} {mark.y:.3f}" for mark in marks]


def ink(tex: str, environment: str | None = "align*") -> list[Ink]:
    """Return what is drawn, in the order of drawing."""
    return [_ink(mark) for mark in sorted(placed(tex, environment).marks, key=lambda mark: mark.place)]


def lines(tex: str, environment: str | None = "align*") -> list[Ink]:
    """Return the rectangles of a formula: the lines of tables, grounds and rules."""
    return [_ink(mark) for mark in placed(tex, environment).marks if RECTANGLE.fullmatch(mark.path)]


def glyphs(tex: str, environment: str | None = "align*") -> list[Ink]:
    """Return what is drawn but for rectangles, in the order of drawing."""
    marks = sorted(placed(tex, environment).marks, key=lambda mark: mark.place)
    return [_ink(mark) for mark in marks if not RECTANGLE.fullmatch(mark.path)]


def _ink(mark: FilledPath) -> Ink:
    left, top, right, bottom = svgelements.Path(mark.path).bbox()
    return Ink(left + mark.x, top + mark.y, right + mark.x, bottom + mark.y, mark.color)
