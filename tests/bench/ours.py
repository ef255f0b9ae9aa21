"""This side: ``deck build`` from nothing, again with nothing changed, and again with one section changed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.measured import measured

__all__ = ["checks", "films", "pages"]

Figures = dict[str, float]


def pages(make: Callable[[Path], Path], keep: Path) -> Figures:
    """
    Build a document's page and return the figures.

    Parameters
    ----------
    make
        Puts the document into a folder and returns its path.
    keep
        Where the page goes in the end.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = make(folder)
        build = [sys.executable, "-m", "deck", "build", str(document), "--trust", "-o", "deck.html"]
        cold, again = measured(build, folder), measured(build, folder)
        page = folder / "deck.html"
        keep.write_bytes(page.read_bytes())
        return cold | {"bytes": page.stat().st_size, "again": again["seconds"]}


def films(make: Callable[[Path], Path]) -> Figures:
    """Build a document's MP4 from nothing and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = [sys.executable, "-m", "deck", "build", str(make(folder)), "--trust", "-o", "deck.mp4"]
        cold = measured(build, folder)
        return cold | {"bytes": (folder / "deck.mp4").stat().st_size}


def checks(make: Callable[[Path], Path]) -> Figures:
    """Check a document whose recordings are all there, and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", "deck", "check", str(make(folder))]
        measured(command, folder)
        return measured(command, folder)
