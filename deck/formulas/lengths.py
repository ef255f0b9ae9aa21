"""Lengths as TeX writes them."""

from __future__ import annotations

import re

__all__ = ["ems"]

UNITS = {
    "em": 1.0,
    "ex": 0.4306,
    "pt": 0.1,
    "mu": 1 / 18,
    "bp": 0.100375,
    "pc": 1.2,
    "in": 7.227,
    "cm": 2.84528,
    "mm": 0.284528,
    "sp": 0.1 / 65536,
}
"""In ems of ten points."""

LENGTH = re.compile(r"\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))\s*([a-z]{2})")
MOST = 1_000.0
"""Ems: a screen is 25 wide. What is longer is as good as that long, and its numbers stay such that can be drawn."""


def ems(text: str) -> float:
    """Return a length in ems of ten points; 0 if it is none, for the spaces that depend on a page mean nothing here."""
    found = LENGTH.match(text)
    if not found:
        return 0.0
    return min(max(float(found[1]) * UNITS.get(found[2], 0.0), -MOST), MOST)
