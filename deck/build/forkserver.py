"""The server whose forks do the work: it imports manim once, and other work can go on meanwhile."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from multiprocessing import forkserver

from deck.files.scratch import sockets_in_scratch
from deck.process.lifeline import PARENT

__all__ = ["settle", "warm_up", "warm_up_for"]

HEAVY = (
    *("deck.process.preload", "deck.process.preload_manim", "__main__", "manim_slides.slide", "pydantic"),
    *("deck.build.worker", "deck.capture.record", "deck.recording.codec"),
    *("deck.sections.blocks", "deck.sections.scenes", "deck.sections.text"),
)
"""Imported once for all forks."""
LIGHT = ("deck.process.preload", "__main__", "deck.build.worker", "deck.recording.codec", "deck.sections.text")
"""The same where there is text and nothing else."""


def warm_up(*, text_alone: bool = False) -> None:
    """
    Have what forks need imported by the time that it is needed; this returns at once.

    A server that is running stays as it is; one that was started for text alone has no manim.
    """
    _start(LIGHT if text_alone else HEAVY)


def warm_up_for(module: str) -> None:
    """Start a server that imports one module, unless a server is running already."""
    _start((module,))


def _start(modules: Sequence[str]) -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of several processes would compete for the cores
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # see `deck.process.isolation`; a program may call this
    # The resource tracker warns when it tidies up after processes that were ended, which nobody needs to know.
    os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker")
    forkserver.set_forkserver_preload(list(modules))
    os.environ[PARENT] = str(os.getpid())
    with sockets_in_scratch():
        forkserver.ensure_running()
    del os.environ[PARENT]


def settle() -> None:
    """Make a fork ready: it collects garbage again, but never looks for any in what the server has imported."""
    gc.freeze()
    gc.enable()
