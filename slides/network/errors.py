"""What is wrong with a number or a name that a lecturer chose; every error has a hint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

Thing = TypeVar("Thing")


class NumbersError(ValueError):
    """A value that the lecture's numbers cannot be computed from; ``hint`` says what would do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ShapeError(NumbersError):
    """Sizes, strides or arrays that do not fit each other."""


class UnknownNameError(NumbersError):
    """A layer, class or filter that does not exist, or a name that several share."""


class WeightsError(NumbersError):
    """A file of weights that cannot be read."""


def suggestion(name: str, names: Iterable[str], *, otherwise: str) -> str:
    """Return the hint for an unknown name: the nearest of ``names``, or ``otherwise`` where none is near."""
    spelled = {known.casefold(): known for known in names}
    near = get_close_matches(name.casefold(), spelled, n=1)
    return f"did you mean '{spelled[near[0]]}'?" if near else otherwise


def look_up(table: Mapping[str, Thing], name: str, *, kind: str) -> Thing:
    """
    Return what a table has under a name; ``kind`` is what messages call it.

    Raises
    ------
    UnknownNameError
        If there is none; the hint gives the nearest, or all.
    """
    if name not in table:
        hint = suggestion(name, table, otherwise=f"the {kind}s are {', '.join(table)}")
        raise UnknownNameError(f"no {kind} '{name}'", hint=hint)
    return table[name]
