"""The built-in lecture, built once in a test run."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import pytest

from deck.build import Deck, build
from deck.outline import read
from deck.rendering import QUALITIES


@pytest.fixture(scope="session")
def lecture_deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """
    The lecture at draft quality, its clips and their reverses.

    Tests that ask for it are marked ``xdist_group("lecture")``: one process builds it for all of them.
    """
    document = Path(str(files("slides") / "feature_maps.md"))
    store = tmp_path_factory.mktemp("lecture")
    return build(read(document), quality=QUALITIES["draft"], reversed=True, store=store, jobs=os.cpu_count())
