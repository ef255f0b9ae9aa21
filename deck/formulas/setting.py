"""A formula from TeX to outlines, kept for the next time, and what is said where that cannot be."""

from __future__ import annotations

from functools import cache

from deck.errors import SlideError
from deck.formulas.budget import bounded, spend_tokens
from deck.formulas.drawing import SetFormula
from deck.formulas.layout import block
from deck.formulas.source import Group, UnsetError, plain, read
from deck.formulas.stream import builtin, definitions

__all__ = ["set_tex"]

LONGEST = 60
DEEP = "its parts stand too deep in each other"
SENSELESS = "something in it makes no sense"


@cache
def set_tex(
    tex: str, environment: str | None, preamble: str, *, without: str, hint: str
) -> tuple[SetFormula, tuple[Group, ...]]:
    r"""
    Set a formula.

    Parameters
    ----------
    tex
        With manim's marks around its strings.
    environment
        What stands behind ``\begin``; none for a paragraph.
    preamble
        TeX whose macros are known.
    without, hint
        What is missing and what helps where it cannot be set, for the error.

    Raises
    ------
    SlideError
        If it cannot be set; its sentence names the formula.
    """
    source = read(tex)
    try:
        with bounded():
            spend_tokens(len(source.tokens))
            placed = block(source.tokens, environment, definitions(preamble, builtin()))
    except (MemoryError, OSError):
        raise
    except Exception as error:  # a number that is none, or beyond all bounds, may end in any of Python's own errors
        reason = error if isinstance(error, UnsetError) else DEEP if isinstance(error, RecursionError) else SENSELESS
        written = plain(tex)
        shown = written if len(written) <= LONGEST else f"{written[:LONGEST]}…"
        raise SlideError(f"the formula '{shown}' cannot be set{without}: {reason}", hint=hint) from error
    return placed, source.groups
