from __future__ import annotations

import pytest
from hypothesis import settings

from slides.network.efficientnet import Activations, forward
from slides.photo import load

# a busy machine is no fault of the arithmetic
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def chelsea() -> Activations:
    return forward(load("chelsea"))


@pytest.fixture(scope="session")
def coffee() -> Activations:
    return forward(load("coffee"))
