"""How findings name the things that they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["among", "joined", "quoted"]

WORDS = re.compile(r"\\(?:text|textbf|textit|mathrm|mathbf)\{([^{}]*)\}")
LONGEST = 40
MOST = 3


def quoted(text: str) -> str:
    """Return a text in quotes, in one line and not too long; a formula's words without the commands that set them."""
    plain = " ".join(WORDS.sub(r"\1", text).split())
    return f"'{plain}'" if len(plain) <= LONGEST else f"'{plain[: LONGEST - 1].rstrip()}…'"


def joined(names: Sequence[str]) -> str:
    """Return names with commas and an "and"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def among(texts: Sequence[str]) -> str:
    """Return the first of some texts in quotes, and how many more there are."""
    names = [quoted(text) for text in texts]
    rest = len(names) - MOST
    return joined(names) if rest <= 0 else f"{', '.join(names[:MOST])} and {rest} more"
