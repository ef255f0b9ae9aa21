"""
Sections recorded side by side, each in a process that is gone afterwards.

A server process imports manim once; each job gets a fork of it, with nothing that another job has left behind. This is
needed because manim keeps its settings in globals, and because a recording depends on the modules that are imported.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from deck.build.forkserver import warm_up
from deck.build.jobs import Take
from deck.build.messages import Failed, Mailbox, Message, Paused, UnreadableError
from deck.build.progress import Progress
from deck.build.worker import work
from deck.document.outline import Job
from deck.document.section import SceneCode
from deck.errors import DeckError, Faults, Location, SlideError, words_of
from deck.files.scratch import scratch
from deck.process.lifeline import end, lifeline
from deck.process.stopping import undone_by

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

__all__ = ["do_all"]

CHUNK, CHUNKS = 1 << 20, 64
"""How many bytes are read from a process at once, and how often before another process has its turn."""


@dataclass(frozen=True, slots=True)
class _Running:
    key: str
    job: Job
    process: BaseProcess
    deadline: float
    folder: Path
    mailbox: Mailbox = field(default_factory=Mailbox)


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
    if not jobs:
        return
    with scratch() as folder:
        crew = _Crew(folder, seconds, only_check=only_check)
        waiting = list(jobs)
        with undone_by(crew.end_all):
            try:
                while waiting or crew.running:
                    while waiting and len(crew.running) < processes:
                        crew.start(key := waiting.pop(0), jobs[key])
                    for one, message in crew.heard():
                        if isinstance(message, Paused):
                            progress(Progress(slide=one.job.section.id, done=message.reveals))
                        elif isinstance(message, Take):
                            keep(one.key, message)
                        elif isinstance(message, Failed):
                            fail(one.key, _located(message.error, one.job))
            finally:
                crew.end_all()


class _Crew:
    """The processes that are at work, each with a folder of its own below ``folder``."""

    def __init__(self, folder: Path, seconds: float, *, only_check: bool) -> None:
        self.running: dict[Connection, _Running] = {}
        self._folder, self._seconds, self._only_check = folder, seconds, only_check
        self._count = 0

    def start(self, key: str, job: Job) -> None:
        """Start a process for a job."""
        warm_up()
        context = multiprocessing.get_context("forkserver")
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        ours, theirs = context.Pipe(duplex=False)
        there = replace(job, path=job.path.absolute())
        arguments = (theirs, lifeline(), there, str(folder), self._only_check)
        process = context.Process(target=work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        os.set_blocking(ours.fileno(), False)
        self.running[ours] = _Running(key, job, process, time.monotonic() + self._seconds, folder)

    def heard(self) -> Iterator[tuple[_Running, Message]]:
        """Wait for messages, or until a process's time is over; the last message of each process is its outcome."""
        first = min(one.deadline for one in self.running.values())
        ends = [one.process.sentinel for one in self.running.values()]
        ready = set(wait([*self.running, *ends], max(0.0, first - time.monotonic())))
        now = time.monotonic()
        for line, one in list(self.running.items()):
            is_over = one.process.sentinel in ready
            messages = _read(line, one, is_over=is_over) if is_over or line in ready else []
            is_done = any(not isinstance(message, Paused) for message in messages)
            if now > one.deadline and not is_done:
                messages.append(Failed(_too_long(one.job, self._seconds)))
                is_done = True
            if is_done:
                self._end(line)
            yield from ((one, message) for message in messages)

    def end_all(self) -> None:
        """End all processes at once."""
        for line in list(self.running):
            self._end(line)

    def _end(self, line: Connection) -> None:
        one = self.running.pop(line)
        line.close()
        end(one.process)
        shutil.rmtree(one.folder, ignore_errors=True)


def _read(line: Connection, one: _Running, *, is_over: bool) -> list[Message]:
    """Return the messages that are complete, up to the outcome; a process that ends without one has failed."""
    for _ in range(CHUNKS):
        try:
            data = os.read(line.fileno(), CHUNK)
        except BlockingIOError:  # a program that a scene has started may hold the pipe open
            break
        if not data:
            is_over = True
            break
        one.mailbox.put(data)
    else:
        is_over = False
    messages: list[Message] = []
    try:
        for message in one.mailbox.messages():
            messages.append(message)
            if not isinstance(message, Paused):
                return messages
    except UnreadableError:
        return [*messages, Failed(_garbled(one.job))]
    return [*messages, Failed(_ended(one.job))] if is_over else messages


def _located(error: Exception, job: Job) -> DeckError:
    """
    Return a failure with the document's path as it was given.

    Raises
    ------
    Exception
        If the failure is a bug, and not the document's.
    """
    if not isinstance(error, DeckError):
        if not isinstance(job.section.body, SceneCode):
            raise error
        error = _broken(error, job)
    for leaf in error.errors if isinstance(error, Faults) else (error,):
        if leaf.where and leaf.where.file == job.path.absolute():
            leaf.where = Location(job.path, leaf.where.line)
    return error


def _broken(error: Exception, job: Job) -> SlideError:
    """Return the error to report if deck's own code fails after a scene has run, which may have changed anything."""
    failure = SlideError(
        f"recording '{job.section.id}' fails after its scene has run: {type(error).__name__}: {words_of(error)}",
        hint="let the scene leave Python and its libraries as they are; the traceback is shown with -v",
        where=job.where,
    )
    failure.__cause__ = error.__cause__
    return failure


def _too_long(job: Job, seconds: float) -> SlideError:
    return SlideError(
        f"'{job.section.id}' was not recorded within {seconds:g} s",
        hint="look for a loop without an end, or allow more with --timeout",
        where=job.where,
    )


def _ended(job: Job) -> SlideError:
    return SlideError(
        f"a process that records slides was ended from outside, with '{job.section.id}' unfinished",
        hint="if memory ran out, record fewer slides at once with -j 1",
        where=job.where,
    )


def _garbled(job: Job) -> SlideError:
    return SlideError(
        f"the process that records '{job.section.id}' says what nobody understands",
        hint="let the section's code leave open files alone that are not its own",
        where=job.where,
    )
