import multiprocessing
import os
import signal
import socket
from collections.abc import Callable
from typing import Literal

import numpy as np
from manim import Dot

from deck.errors import SlideError
from deck.slide import Slide, SlideOptions


class StubbornError(Exception):
    """An error that no pickle brings back."""

    def __init__(self, what: str, *, why: str) -> None:
        super().__init__(f"{what}: {why}")


def bug() -> None:
    raise ZeroDivisionError("a bug in a slide")


def stubborn_bug() -> None:
    raise StubbornError("a bug in a slide", why="and an error that is one itself")


def refusal() -> None:
    raise SlideError("this cannot be drawn", hint="draw something else")


def death() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def eternity() -> None:
    while True:
        signal.pause()


def hunger() -> None:
    eaten = list[object]()
    while len(eaten) < 1000:
        eaten.append(np.ones(10_000_000))
    raise AssertionError("eighty gigabytes were to be had")


def call() -> None:
    socket.create_connection(("localhost", 9))


def farewell() -> None:
    raise KeyboardInterrupt


FAULTS: dict[str, Callable[[], None]] = {
    "bug": bug,
    "stubborn bug": stubborn_bug,
    "refusal": refusal,
    "death": death,
    "eternity": eternity,
    "hunger": hunger,
    "call": call,
    "farewell": farewell,
}


class Faulty(Slide):
    """Rehearses well, and fails where it is filmed for the deck."""

    class Options(SlideOptions):
        fault: Literal["bug", "stubborn bug", "refusal", "death", "eternity", "hunger", "call", "farewell"]

    def construct(self) -> None:
        with self.reveal("one", title="One", description="A dot appears."):
            self.add(Dot())
        with self.reveal("two", title="Two", description="Something fails."):
            if multiprocessing.parent_process() is not None:
                FAULTS[self.options.fault]()
