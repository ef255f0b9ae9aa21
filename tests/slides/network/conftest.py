from __future__ import annotations

import pytest

from slides.network.efficientnet import Activations, forward
from slides.photo import load


@pytest.fixture(scope="session")
def chelsea() -> Activations:
    return forward(load("chelsea"))


@pytest.fixture(scope="session")
def coffee() -> Activations:
    return forward(load("coffee"))
