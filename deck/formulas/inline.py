"""Formulas in the lines of a text."""

from __future__ import annotations

from dataclasses import dataclass

import svgelements  # type: ignore[import-untyped]
from manim import ORIGIN, RIGHT, VGroup, VMobject

from deck.adapters.manim import VMobjectFromSVGPath
from deck.formulas.atoms import EM
from deck.formulas.layout import INLINE
from deck.formulas.setting import set_tex

__all__ = ["Formula", "formula"]

TEXT_EM = 1 / 72
"""manim's units in an em of its ``Text``, for each point of font size."""
LARGER = 1.13
"""How much larger type is set for digits as high as Inter's: 0.727 em to 0.642."""
HINT = "correct it, or say it in simpler TeX"


@dataclass(frozen=True, slots=True)
class Formula:
    """
    A formula drawn, and where its baseline is.

    Attributes
    ----------
    mobject
        Filled outlines: the baseline of the first line is at y = 0, and the formula starts at x = 0.
    width
        How far to go on after it, in manim's units.
    ascent, descent
        How far it reaches above and below the baseline, in manim's units.
    """

    mobject: VMobject
    width: float
    ascent: float
    descent: float


def formula(tex: str, *, font_size: float, color: str, display: bool = False) -> Formula:
    """
    Set a formula, to stand in a line of text of a size or, with ``display``, by itself.

    Parameters
    ----------
    tex
        What stands between the dollar signs.
    font_size
        Of the text around it, as manim's ``Text`` counts.
    color
        ``#RRGGBB``.

    Raises
    ------
    SlideError
        If it cannot be set.
    """
    placed, _ = set_tex(tex, "align*" if display else INLINE, "", without="", hint=HINT)
    scale = font_size * TEXT_EM * LARGER / EM
    parts = VGroup(*(_part(mark.path, mark.color or color) for mark in placed.marks))
    parts.flip(RIGHT, about_point=ORIGIN)
    parts.scale(scale, about_point=ORIGIN)
    return Formula(
        mobject=parts, width=placed.width * scale, ascent=placed.ascent * scale, descent=placed.descent * scale
    )


def _part(path: str, color: str) -> VMobject:
    return VMobjectFromSVGPath(svgelements.Path(path), fill_color=color, fill_opacity=1, stroke_width=0)
