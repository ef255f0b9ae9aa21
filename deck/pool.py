"""
Jobs done side by side, each in a process of its own.

A server process imports manim once; each job gets a fork of it, with nothing that another job has left behind. manim
keeps its settings in globals, and the modules that a job imports are what its recording depends on.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, cast

from deck.errors import DeckError, ElsewhereError, SlideError
from deck.outline import Job
from deck.progress import Progress
from deck.take import Take, check, take
from deck.warmth import settle, warm_up

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

__all__ = ["do_all"]


News = Take | DeckError | int | None


@dataclass(frozen=True, slots=True)
class _Running:
    key: str
    process: BaseProcess
    deadline: float


def do_all(
    jobs: Mapping[str, Job],
    *,
    processes: int,
    seconds: float,
    keep: Callable[[str, Take], None],
    fail: Callable[[str, DeckError], None],
    progress: Callable[[Progress], None],
    only_check: bool = False,
) -> None:
    """
    Record the jobs in their order, several at once.

    A failure that is no `DeckError`, and Ctrl-C, end every process at once.

    Parameters
    ----------
    jobs
        What to record, by a key.
    processes
        How many at once.
    seconds
        How long one may take.
    keep
        Called in this thread with the key of each that is done.
    fail
        Called in this thread with the key of each that has failed; the others go on.
    progress
        Called in this thread at each pause.
    only_check
        Whether to find out what is wrong, and record nothing.
    """
    waiting, running = list(jobs), dict[Connection, _Running]()
    try:
        while waiting or running:
            while waiting and len(running) < processes:
                key = waiting.pop(0)
                line, process = _start(jobs[key], only_check=only_check)
                running[line] = _Running(key, process, time.monotonic() + seconds)
            for line, news in _heard(running, jobs, seconds):
                key = running[line].key
                if isinstance(news, int):
                    progress(Progress(slide=jobs[key].section.id, done=news))
                    continue
                running.pop(line).process.join()
                if isinstance(news, DeckError):
                    fail(key, news)
                elif news is not None:
                    keep(key, news)
    finally:
        for job in running.values():
            job.process.kill()


def _heard(
    running: Mapping[Connection, _Running], jobs: Mapping[str, Job], seconds: float
) -> list[tuple[Connection, News]]:
    """Wait until a process has something to say, or its time is over."""
    first = min(job.deadline for job in running.values())
    ready = cast("list[Connection]", wait(list(running), max(0.0, first - time.monotonic())))
    if ready:
        return [(line, _hear(line, jobs[running[line].key])) for line in ready]
    late = [(line, job) for line, job in running.items() if time.monotonic() > job.deadline]
    for _, job in late:
        job.process.kill()
    return [(line, _too_long(jobs[job.key], seconds)) for line, job in late]


def _start(job: Job, *, only_check: bool) -> tuple[Connection, BaseProcess]:
    warm_up()
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, job, only_check), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _too_long(job: Job, seconds: float) -> SlideError:
    return SlideError(
        f"'{job.section.id}' was not recorded within {seconds:g} s",
        hint="look for a loop without an end, or allow more with --timeout",
        where=job.where,
    )


def _hear(line: Connection, job: Job) -> News:
    """Return what a process has to say: a number of reveals, in the end a take or a failure, or None after a check."""
    try:
        news = line.recv()
    except EOFError:
        return SlideError(
            f"a process that records slides was ended from outside, with '{job.section.id}' unfinished",
            hint="if memory ran out, record fewer slides at once with -j 1",
            where=job.where,
        )
    if not isinstance(news, tuple):
        return cast("News", news)
    failure, behind = news
    failure.__cause__ = ElsewhereError(behind) if behind else None
    if isinstance(failure, DeckError):
        return failure
    raise failure


def _work(line: Connection, job: Job, only_check: bool) -> None:  # noqa: FBT001 - a process passes by position
    """Do a job; this runs in the other process."""
    settle()
    _spare_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group, and ending is the parent's business
    try:
        if only_check:
            check(job)
            line.send(None)
        else:
            line.send(take(job, line.send))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the parent's to raise
        behind = error.__cause__ if isinstance(error, DeckError) else error
        told = "".join(traceback.format_exception(behind)) if behind else ""
        line.send((error if _survives(error) else RuntimeError(str(error)), told))


def _spare_stdout() -> None:
    """Send what the document's code prints to stderr: stdout is for the command's results."""
    with suppress(OSError):  # one of them is closed
        os.dup2(2, 1)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)


def _survives(error: Exception) -> bool:
    """Return whether the error comes out of a pickle as it went in, which is its way to the parent."""
    try:
        return type(pickle.loads(pickle.dumps(error))) is type(error)  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - the constructor of any class of error may raise anything
        return False
