"""Sentences in which Python has its say, whose words change from version to version."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["assert_told", "is_told"]


def is_told(expected: str, told: str) -> bool:
    """Return whether a sentence is the expected one, in which ``…`` stands for words that are Python's own."""
    return re.fullmatch(".*".join(map(re.escape, expected.split("…"))), told, re.DOTALL) is not None


def assert_told(expected: Sequence[str], told: Sequence[str]) -> None:
    """See that so many sentences were told, and which; those that are not the expected ones are shown beside them."""
    wrong = [pair for pair in zip(expected, told, strict=False) if not is_told(*pair)]
    assert wrong == []
    assert len(told) == len(expected), told
