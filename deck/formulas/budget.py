"""What one formula may take: its author need not mean well, and what fills many screens is not read anyway."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from deck.formulas.source import UnsetError

__all__ = ["bounded", "spend_atom", "spend_tokens"]

TOKENS = 20_000
"""Characters and commands of a formula, with what its macros expand to; a screen has room for a few hundred."""
ATOMS = 3_000
"""Characters, fractions, cells and so on that are set in a formula; each takes a millisecond or two."""
TOO_LONG = "it is too long"


@dataclass(slots=True)
class _Spent:
    atoms: int = 0
    tokens: int = 0


_spent: ContextVar[_Spent | None] = ContextVar("spent", default=None)


@contextmanager
def bounded() -> Iterator[None]:
    """Count what is spent within from nothing on; macros in braces are written out by readers of their own."""
    before = _spent.set(_Spent())
    try:
        yield
    finally:
        _spent.reset(before)


def spend_atom() -> None:
    """Count something that is to be set."""
    if spent := _spent.get():
        spent.atoms += 1
        if spent.atoms > ATOMS:
            raise UnsetError(TOO_LONG)


def spend_tokens(count: int) -> None:
    """Count tokens that are written, or stand for what is."""
    if spent := _spent.get():
        spent.tokens += count
        if spent.tokens > TOKENS:
            raise UnsetError(TOO_LONG)
