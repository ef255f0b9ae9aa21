"""What all tests share: the patience of hypothesis, and the built-in lecture, built once in a test run."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from deck import document
from deck.build import Deck, build

# What a developer's shell has set is none of the tests' business; those that are about a variable set it themselves.
for name in ("COLUMNS", "DECK_TRUST", "FORCE_COLOR", "LINES", "NO_COLOR", "PYTHONPATH", "PYTHONWARNINGS", "TERM"):
    os.environ.pop(name, None)

# How fast an example is says more about the machine than about the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def lecture_deck(tmp_path_factory: pytest.TempPathFactory) -> Deck:
    """
    The lecture at 15 frames a second.

    Tests that ask for it are marked ``xdist_group("lecture")``: one process builds it for all of them.
    """
    lecture = document.read(Path(str(files("slides") / "feature_maps.md")))
    return build(lecture, frame_rate=15, store=tmp_path_factory.mktemp("lecture"), processes=os.cpu_count())
