"""Toy documents with kinds of their own, installed beside them as a lecturer's package would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from deck import document
from deck.build import Deck, build


def toy_deck(path: Path, kinds: str, folder: Path, *, frame_rate: int = 15) -> Deck:
    """
    Build a toy document.

    Parameters
    ----------
    path
        The document; the modules of its kinds stand beside it.
    kinds
        Their entry points, as in a package's ``entry_points.txt``.
    folder
        An empty one, for the package's facts and for what is built.
    frame_rate
        Frames a second.
    """
    installed = folder / "toys_of_one_test-1.0.dist-info"
    installed.mkdir()
    (installed / "entry_points.txt").write_text(kinds)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        patch.syspath_prepend(path.parent)
        return build(document.read(path), frame_rate=frame_rate, store=folder / "store")
