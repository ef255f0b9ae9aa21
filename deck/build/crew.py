"""Processes that do pieces of work side by side, one after the other each."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection

from deck.build.forkserver import settle, warm_up_for
from deck.errors import SlideError
from deck.process.lifeline import end, hold_on, lifeline

__all__ = ["crew"]


@contextmanager
def crew(size: int, *, module: str, doing: str) -> Iterator[ProcessPoolExecutor]:
    """
    Yield a pool of processes, all of which end at once if anything goes wrong in the block, Ctrl-C included.

    They are forks of the server that recorded the slides, where it is running; else of a lighter one.

    Parameters
    ----------
    size
        How many processes at most.
    module
        Where the work is defined: a server that is started for it imports that once for all.
    doing
        What they do, for a sentence such as "a process that makes films".

    Raises
    ------
    SlideError
        If a process is ended from outside.
    """
    foreign = set(multiprocessing.active_children())
    warm_up_for(module)
    server = multiprocessing.get_context("forkserver")
    pool = ProcessPoolExecutor(size, mp_context=server, initializer=_begin, initargs=(lifeline(),))
    try:
        yield pool
    except BaseException as error:
        for process in set(multiprocessing.active_children()) - foreign:
            end(process)
        if isinstance(error, BrokenProcessPool):
            raise SlideError(
                f"a process that {doing} was ended from outside",
                hint="if memory ran out, do less at once with -j 1",
            ) from error
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(life: Connection) -> None:
    """Make a new process ready."""
    hold_on(life)
    settle()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
