"""Processes that do one piece of work after another: they make films, and look at slides."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing.connection import Connection

from deck.build.forkserver import settle, warm_up_for
from deck.errors import SlideError
from deck.process.lifeline import end, hold_on, lifeline

__all__ = ["Crew", "crew"]


@contextmanager
def crew(size: int, *, module: str, doing: str) -> Iterator[ProcessPoolExecutor]:
    """
    Yield a pool of processes, all of which end at once if anything goes wrong in the block, Ctrl-C included.

    They are forks of the server that recorded the slides, if it is running; else of a lighter one.

    Parameters
    ----------
    size
        How many processes at most.
    module
        The module that defines the work. If a server has to be started, it imports this module once for all processes.
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


class Crew(ExitStack):
    """
    Processes for a whole block: they start when they are first asked for, and end with the block.

    Parameters
    ----------
    size, module, doing
        As `crew` has them.
    """

    def __init__(self, size: int, *, module: str, doing: str) -> None:
        super().__init__()
        self._start = partial(crew, size, module=module, doing=doing)
        self._pool: ProcessPoolExecutor | None = None

    @property
    def pool(self) -> ProcessPoolExecutor:
        """The processes, the same ones each time."""
        if self._pool is None:
            self._pool = self.enter_context(self._start())
        return self._pool


def _begin(life: Connection) -> None:
    """Make a new process ready."""
    hold_on(life)
    settle()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
