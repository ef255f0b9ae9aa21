"""Formulas of texts, and what is said where one cannot be set."""

from __future__ import annotations

from deck.errors import Location, SlideError
from deck.formulas import EM, INLINE, SetFormula, UnsetError, plain, set_tex
from deck.typesetting import measures
from deck.typesetting.setup import Setup

__all__ = ["pixels", "set_formula", "unset"]

LARGER = 1.13
"""How much larger formulas are set for digits as high as Inter's: 0.727 em to 0.642."""
LONGEST = 60
"""Signs of a formula that an error shows."""


def set_formula(tex: str, setup: Setup, line: int, *, display: bool = False) -> SetFormula:
    """
    Return what is drawn of the TeX between dollar signs, or by itself with ``display``.

    Raises
    ------
    SlideError
        If it cannot be set; it says the line.
    """
    try:
        return set_tex(tex, "align*" if display else INLINE)[0]
    except UnsetError as error:
        fault = unset(tex, error, hint="correct it, or say it in simpler TeX")
        fault.where = Location(setup.path, line)
        raise fault from error


def unset(tex: str, reason: UnsetError, *, hint: str, without: str = "") -> SlideError:
    """Return the error of a formula that cannot be set, ``without`` something if that is why; it names the formula."""
    written = plain(tex)
    shown = written if len(written) <= LONGEST else f"{written[:LONGEST]}…"
    return SlideError(f"the formula '{shown}' cannot be set{without}: {reason}", hint=hint)


def pixels(size: float) -> float:
    """Return how many pixels a formula's unit of length takes beside text of a size."""
    return LARGER * measures.em(size) / EM
