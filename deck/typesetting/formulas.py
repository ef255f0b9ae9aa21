"""Formulas as mobjects to stand in a text, and what is said where one cannot be set."""

from __future__ import annotations

from dataclasses import dataclass

import svgelements  # type: ignore[import-untyped]
from manim import ORIGIN, RIGHT, VGroup, VMobject

from deck.adapters.manim import VMobjectFromSVGPath
from deck.errors import SlideError
from deck.formulas import EM, INLINE, UnsetError, plain, set_tex

__all__ = ["Formula", "formula", "unset"]

TEXT_EM = 1 / 72
"""manim's units in an em of its ``Text``, for each point of font size."""
LARGER = 1.13
"""How much larger type is set for digits as high as Inter's: 0.727 em to 0.642."""
LONGEST = 60
"""Signs of a formula that an error shows."""


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
    try:
        placed, _ = set_tex(tex, "align*" if display else INLINE)
    except UnsetError as error:
        raise unset(tex, error, hint="correct it, or say it in simpler TeX") from error
    scale = font_size * TEXT_EM * LARGER / EM
    parts = VGroup(*(_part(mark.path, mark.color or color) for mark in placed.marks))
    parts.flip(RIGHT, about_point=ORIGIN)
    parts.scale(scale, about_point=ORIGIN)
    return Formula(
        mobject=parts, width=placed.width * scale, ascent=placed.ascent * scale, descent=placed.descent * scale
    )


def _part(path: str, color: str) -> VMobject:
    return VMobjectFromSVGPath(svgelements.Path(path), fill_color=color, fill_opacity=1, stroke_width=0)


def unset(tex: str, reason: UnsetError, *, hint: str, without: str = "") -> SlideError:
    """Return the error of a formula that cannot be set, ``without`` something if that is why; it names the formula."""
    written = plain(tex)
    shown = written if len(written) <= LONGEST else f"{written[:LONGEST]}…"
    return SlideError(f"the formula '{shown}' cannot be set{without}: {reason}", hint=hint)
