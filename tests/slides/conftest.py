from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from manim import tempconfig

from tests.slides.lecture import PAUSES, Performance, perform_section
from tests.slides.stage import Stage

Lecture = Callable[[str], Performance]

EVERY_PAUSE = [
    # one process goes through a slide once, and looks at all its pauses
    pytest.param((slide, reveal), id=f"{slide}/{reveal}", marks=pytest.mark.xdist_group(slide))
    for slide, reveals in PAUSES.items()
    for reveal in reveals
]


@pytest.fixture(autouse=True, scope="session")
def _workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let manim set its type in a folder of this process, for two would take each other's files away."""
    with tempconfig({"media_dir": tmp_path_factory.mktemp("media")}):
        yield


@pytest.fixture(scope="session")
def lecture() -> Lecture:
    """Return the way to a slide of the built-in lecture, gone through the first time it is asked for."""
    return cache(perform_section)


@pytest.fixture(params=EVERY_PAUSE)
def stage(request: pytest.FixtureRequest, lecture: Lecture) -> Stage:
    """What the audience sees at a pause; a test that takes it is run at each pause of each slide."""
    slide, reveal = request.param
    return lecture(slide).stages[reveal]
