"""The server whose forks do the work: it imports manim once, and may do so while there is other work to do."""

from __future__ import annotations

import gc
import os
from multiprocessing import forkserver

__all__ = ["settle", "warm_up"]

HEAVY = (
    *("deck.preload", "__main__", "manim_slides.slide", "pydantic"),
    *("deck.worker", "deck.recording.record", "deck.sections.blocks", "deck.sections.scenes"),
)
"""Imported once for all forks."""


def warm_up() -> None:
    """Have manim imported by the time that it is needed; this returns at once, and does nothing the second time."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of several processes that fight over cores lose
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # see `deck.isolation`, which a program that calls this has not
    forkserver.set_forkserver_preload(list(HEAVY))
    forkserver.ensure_running()


def settle() -> None:
    """Make a fork ready: it collects garbage again, and none of it among the modules."""
    gc.freeze()
    gc.enable()
