"""
Slides filmed side by side, each in a process of its own.

The processes are spawned: manim keeps its settings in globals, and the fork of a process with threads may hang.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import pickle
import secrets
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from deck.cache import Store, key
from deck.errors import Location, SlideError
from deck.files import writing
from deck.rendering import Job, render

__all__ = ["Progress", "Task", "film"]

POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of a slide's reveals are there; ``slide`` is its id."""

    slide: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A job, the key its result is kept under, and how to speak of it; plain data."""

    slide: str
    where: Location
    job: Job
    key: str

    def progress(self, done: int) -> Progress:
        """Return the news that so many reveals are done."""
        return Progress(slide=self.slide, done=done, total=len(self.job.reveals))


def film(tasks: Sequence[Task], store: Store, *, jobs: int, progress: Callable[[Progress], None]) -> dict[str, Path]:
    """
    Film the tasks, put what comes of them into the store, and return the entries by the keys of the tasks.

    What is filmed while somebody edits its code or its files serves this build, and no later one: none may find it.
    The first failure, and Ctrl-C, end every process at once; slides that were finished by then are kept.

    Parameters
    ----------
    jobs
        How many at once.
    progress
        Called in this thread at each pause.

    Raises
    ------
    SlideError
        If a slide cannot be drawn, or its process is killed.
    OutputError
        If the store cannot be written.
    """
    spawn = multiprocessing.get_context("spawn")
    pauses: SimpleQueue[Progress] = spawn.SimpleQueue()
    entries = {}
    foreign = set(multiprocessing.active_children())
    with store.workshop() as workshop:
        pool = ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=spawn, initializer=_begin, initargs=(pauses,))
        try:
            running = {pool.submit(_film_one, task, store, workshop): task for task in tasks}
            while running:
                done, _ = wait(running, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
                while not pauses.empty():
                    progress(pauses.get())
                for future in done:
                    task = running.pop(future)
                    entries[task.key] = _result(future, task)
        except BaseException:
            for process in set(multiprocessing.active_children()) - foreign:
                process.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)
    return entries


def _result(future: Future[Path], task: Task) -> Path:
    with _located(task.where):
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise SlideError(
                f"a process that draws slides was ended from outside, with '{task.slide}' unfinished",
                hint="if memory ran out, draw fewer slides at once with -j 1",
            ) from error


@contextmanager
def _located(where: Location) -> Iterator[None]:
    """Give an error that knows no place the section it comes from."""
    try:
        yield
    except SlideError as error:
        error.where = error.where or where
        raise


_pauses: SimpleQueue[Progress]


def _begin(pauses: SimpleQueue[Progress]) -> None:
    """Make a new process ready: Ctrl-C reaches the whole group, and ending is the parent's business."""
    global _pauses  # noqa: PLW0603 - a pool hands a queue to its processes in no other way
    _pauses = pauses
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Each process has one core to itself; BLAS threads that fight over it make a forward pass ten times slower.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _film_one(task: Task, store: Store, workshop: Path) -> Path:
    """Film one slide and return its entry; this runs in the other process."""
    folder = workshop / task.key
    try:
        with _room(store.folder):
            render(task.job, folder, lambda done: _pauses.put(task.progress(done)))
        unchanged = key(task.job) == task.key
        return store.put(task.key if unchanged else secrets.token_hex(32), folder)
    except Exception as error:
        if not _survives(error):
            raise RuntimeError("".join(traceback.format_exception(error))) from None
        raise


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Blame the folder where the disk is at fault; a slide's own trouble with a file is another matter."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise
        with writing(folder):
            raise


def _survives(error: Exception) -> bool:
    """Return whether the error comes out of a pickle as it went in, which is its way to the parent."""
    try:
        return type(pickle.loads(pickle.dumps(error))) is type(error)  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - the constructor of any class of error may raise anything
        return False
