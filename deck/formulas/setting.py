"""A formula from TeX to outlines, kept for the next time."""

from __future__ import annotations

from functools import cache

from deck.formulas.budget import bounded, spend_tokens
from deck.formulas.drawing import SetFormula
from deck.formulas.layout import block
from deck.formulas.source import Group, UnsetError, read
from deck.formulas.stream import builtin, definitions

__all__ = ["set_tex"]

DEEP = "its parts stand too deep in each other"
SENSELESS = "something in it makes no sense"


@cache
def set_tex(tex: str, environment: str | None, preamble: str = "") -> tuple[SetFormula, tuple[Group, ...]]:
    r"""
    Set a formula.

    Parameters
    ----------
    tex
        With manim's marks around its strings, if there are any.
    environment
        What stands behind ``\begin``; `INLINE` for maths in a line, none for a paragraph.
    preamble
        TeX whose macros are known.

    Returns
    -------
    tuple
        What is drawn, and the groups of the source.

    Raises
    ------
    UnsetError
        If it cannot be set, whatever the reason.
    """
    source = read(tex)
    try:
        with bounded():
            spend_tokens(len(source.tokens))
            placed = block(source.tokens, environment, definitions(preamble, builtin()))
    except (MemoryError, OSError, UnsetError):
        raise
    except RecursionError as error:
        raise UnsetError(DEEP) from error
    except Exception as error:  # a number that is none, or beyond all bounds, may end in any of Python's own errors
        raise UnsetError(SENSELESS) from error
    return placed, source.groups
