"""This side: ``deck build`` from nothing, again with nothing changed, and again with one word changed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.measured import measured

__all__ = ["checks", "films", "pages"]

Figures = dict[str, float]

WITHOUT_LATEX = os.pathsep.join(
    folder
    for folder in os.get_exec_path()
    if not (shutil.which("latex", path=folder) or shutil.which("dvisvgm", path=folder))
)
"""Where programs are looked for, so that pages are built without LaTeX on any machine."""


def pages(make: Callable[[Path], Path], keep: Path, *, edit: tuple[str, str] | None = None) -> Figures:
    """
    Build a document's page and return the figures.

    Parameters
    ----------
    make
        Puts the document into a folder and returns its path.
    keep
        Where the page goes in the end.
    edit
        What to change in the document for a last build, ``edited``, and into what.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = make(folder)
        build = [sys.executable, "-m", "deck", "build", str(document), "--trust", "-o", "deck.html"]
        cold, again = (measured(build, folder, PATH=WITHOUT_LATEX) for _ in range(2))
        page = Path(shutil.copyfile(folder / "deck.html", keep))
        figures = cold | {"bytes": page.stat().st_size, "again": again["seconds"]}
        if edit:
            document.write_text(document.read_text(encoding="utf-8").replace(*edit), encoding="utf-8")
            figures["edited"] = measured(build, folder, PATH=WITHOUT_LATEX)["seconds"]
        return figures


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
