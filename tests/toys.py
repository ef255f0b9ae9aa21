"""Toy documents with kinds of their own, installed beside them as a lecturer's package would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from deck.build import Deck, build
from deck.outline import read
from deck.rendering import QUALITIES


def toy_deck(document: Path, kinds: str, folder: Path, *, reversed: bool = False) -> Deck:
    """
    Build a toy document at draft quality.

    Parameters
    ----------
    document
        The modules of its kinds stand beside it.
    kinds
        Their entry points, as in a package's ``entry_points.txt``.
    folder
        An empty one, for the package's facts and for what is built.
    """
    installed = folder / "toys_of_one_test-1.0.dist-info"
    installed.mkdir()
    (installed / "entry_points.txt").write_text(kinds)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        patch.syspath_prepend(document.parent)
        return build(read(document), quality=QUALITIES["draft"], reversed=reversed, store=folder / "store")
