"""
Hold the libraries that are installed against what deck uses of their insides.

::

    python -m tests.contract                 # all of them: which names have moved; the exit code is 1 if any has
    python -m tests.contract manim ziamath   # some
    python -m tests.contract --write         # note what they are now
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version

from tests.contract.described import describe
from tests.contract.names import ADAPTERS, names
from tests.contract.notes import moved, noted, write
from tests.contract.samples import sample

LIBRARIES = {
    "manim": ("manim",),
    "manim_slides": ("manim-slides", "manim"),
    "pango": ("manimpango",),
    "player": ("manim-slides", "PySide6-Essentials"),
    "qt": ("PySide6-Essentials",),
    "ziamath": ("ziamath", "ziafont", "latex2mathml"),
}


def main(arguments: Sequence[str]) -> int:
    """Print what has moved, library by library, and return the exit code."""
    has_moved = False
    for adapter in [each for each in arguments if each in ADAPTERS] or ADAPTERS:
        now = {name.label: describe(name, sample) for name in names(adapter)}
        if "--write" in arguments:
            write(adapter, now)
        lines = moved(noted(adapter), now)
        versions = ", ".join(f"{each} {version(each)}" for each in LIBRARIES[adapter])
        print(f"{versions}: {len(lines) or 'none'} of {len(now)} names have moved")
        for line in lines:
            print(f"  {line}")
        has_moved |= bool(lines)
    return int(has_moved)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
