"""Labels of formulas and keys of works, found in a text without reading it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["KEY", "cited", "labels"]

KEY = r"[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*[A-Za-z0-9_])?"
"""A key, as pandoc has it: it does not end with punctuation."""
CITED = re.compile(rf"(?<![\w/.])@({KEY})")
LABEL = re.compile(r"\{#(eq-[\w-]+)\}")


def labels(texts: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the formulas that have a label, counted through all texts."""
    found: dict[str, int] = {}
    for text in texts:
        for label in LABEL.findall(text):
            found.setdefault(label, len(found) + 1)
    return found


def cited(text: str) -> Iterator[str]:
    """Yield what may be keys of works or labels of formulas that a text refers to."""
    yield from dict.fromkeys(CITED.findall(text))
