"""How large the type of a text is, and whether its typeface is there."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from manim import Mobject

from deck.adapters.manim import TEXT_MOB_SCALE_FACTOR, Code, Paragraph, VMobjectFromSVGPath, asked_size
from deck.adapters.pango import list_fonts

__all__ = ["UNIT", "missing_font", "note_points", "points_of"]

UNIT = 1080 / 8 * 16
"""How many units of a recording one of manim's units is, if no camera has moved; sizes in points refer to this."""

NOTE = "deck_points"
"""The attribute of a mobject that has become another: the other's size of type in points, divided by its height."""
GENERIC = {"sans", "sans-serif", "serif", "monospace", "mono", "system-ui", "cursive", "fantasy"}

_there: set[str] = set()


def points_of(mobject: Mobject) -> float:
    """Return the size of a text's type in points, as it stands on the stage; 0 if it is not known."""
    noted: float | None = getattr(mobject, NOTE, None)
    if noted is not None:
        return noted * float(mobject.height)
    with suppress(AttributeError, ZeroDivisionError):
        return (
            _points_of_lines(mobject) if isinstance(mobject, Code | Paragraph) else float(_lettering(mobject).font_size)
        )
    return 0.0


def note_points(mobject: Mobject, other: Mobject) -> None:
    """Note that a text has become another, and has the other's type from now on."""
    height = float(other.height)
    setattr(mobject, NOTE, points_of(other) / height if height else 0.0)


def missing_font(mobject: Mobject) -> str:
    """Return the first typeface that a text asks for and Pango does not have; empty if it has all of them."""
    lettering = _lettering(mobject)
    asked = [getattr(lettering, "font", ""), *(getattr(lettering, "t2f", None) or {}).values()]
    return next((font for font in asked if font and not _is_there(font)), "")


def _points_of_lines(mobject: Code | Paragraph) -> float:
    """Return the size of lines of text by one of their glyphs: not all parts of ``lines_text`` are scaled with them."""
    glyphs = (part for part in mobject.family_members_with_points() if isinstance(part, VMobjectFromSVGPath))
    for glyph in glyphs:
        _, top, _, bottom = glyph.path_obj.bbox()
        if bottom > top:
            enlarged = float(glyph.height) / (bottom - top) / TEXT_MOB_SCALE_FACTOR
            return float(enlarged * asked_size(_lettering(mobject)))
    return 0.0


def _lettering(mobject: Any) -> Any:
    """Return the member of a text's family that knows its type."""
    if isinstance(mobject, Code):
        mobject = getattr(mobject, "code_lines", mobject)
    return mobject.lines_text if isinstance(mobject, Paragraph) else mobject


def _is_there(font: str) -> bool:
    families = [family.strip().casefold() for family in font.split(",")]
    if any(family in GENERIC or family in _there for family in families):
        return True
    _there.update(known.casefold() for known in list_fonts())
    return any(family in _there for family in families)
