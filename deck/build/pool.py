"""
Sections recorded side by side, each in a process that is gone afterwards.

A server process imports manim once; each job gets a fork of it, with nothing that another job has left behind. This is
needed because manim keeps its settings in globals, and because a recording depends on the modules that are imported.
"""

from __future__ import annotations

import multiprocessing
import os
import re
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
from deck.document.section import Prose, SceneCode
from deck.errors import DeckError, Faults, Location, SlideError, words_of
from deck.files.scratch import scratch
from deck.process.lifeline import end, lifeline
from deck.process.stopping import undone_by

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

__all__ = ["do_all"]

CHUNK, CHUNKS = 1 << 20, 64
"""How many bytes are read from a process at once, and how often before another process has its turn."""


FEW_TEXTS, FEW_PICTURES = 25, 4
"""How many sections of text are worth a process, and how many with pictures are to fill the memory of one."""
PICTURE = re.compile(r"!\[|<img|<svg", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Running:
    """A process, and what it has still to tell of, in this order."""

    jobs: dict[str, Job]
    process: BaseProcess
    deadline: float
    folder: Path
    is_one: bool
    mailbox: Mailbox = field(default_factory=Mailbox)

    @property
    def job(self) -> Job:
        """The next of its jobs."""
        return next(iter(self.jobs.values()))


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

    def hear(key: str, message: Message) -> None:
        if isinstance(message, Paused):
            progress(Progress(slide=jobs[key].section.id, done=message.reveals))
        elif isinstance(message, Take):
            keep(key, message)
        elif isinstance(message, Failed):
            fail(key, _located(message.error, jobs[key]))

    warm_up(text_alone=all(job.is_text for job in jobs.values()))
    with scratch() as folder:
        crew = _Crew(folder, seconds, only_check=only_check)
        with undone_by(crew.end_all):
            try:
                crew.work(jobs, processes, hear)
            finally:
                crew.end_all()


def _loads(jobs: Mapping[str, Job], processes: int) -> list[tuple[str, ...]]:
    """Return what each process is to do: sections of text are set together, all else is recorded one by one."""
    texts = [key for key, job in jobs.items() if job.is_text]
    pictured = [key for key in texts if _has_pictures(jobs[key])]
    plain = [key for key in texts if key not in set(pictured)]
    count = max(1, min(processes, len(plain) // FEW_TEXTS))
    loads = [tuple(plain[first::count]) for first in range(count)]
    loads += [tuple(pictured[at : at + FEW_PICTURES]) for at in range(0, len(pictured), FEW_PICTURES)]
    return [*filter(None, loads), *((key,) for key, job in jobs.items() if not job.is_text)]


def _has_pictures(job: Job) -> bool:
    body = job.section.body
    return isinstance(body, Prose) and bool(PICTURE.search(body.text))


class _Crew:
    """The processes that are at work, each with a folder of its own below ``folder``."""

    def __init__(self, folder: Path, seconds: float, *, only_check: bool) -> None:
        self.running: dict[Connection, _Running] = {}
        self._folder, self._seconds, self._only_check = folder, seconds, only_check
        self._count = 0

    def work(self, jobs: Mapping[str, Job], processes: int, hear: Callable[[str, Message], None]) -> None:
        """Do all jobs, and hear what has become of each; those that nobody has done are done once more, one by one."""
        waiting = _loads(jobs, processes)
        while waiting or self.running:
            while waiting and len(self.running) < processes:
                self.start({key: jobs[key] for key in waiting.pop(0)})
            for key, message in self.heard():
                if message is None:
                    waiting.append((key,))
                else:
                    hear(key, message)

    def start(self, jobs: dict[str, Job]) -> None:
        """Start a process for some jobs."""
        context = multiprocessing.get_context("forkserver")
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        ours, theirs = context.Pipe(duplex=False)
        there = tuple(replace(job, path=job.path.absolute()) for job in jobs.values())
        arguments = (theirs, lifeline(), there, str(folder), self._only_check)
        process = context.Process(target=work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        os.set_blocking(ours.fileno(), False)
        deadline = time.monotonic() + self._seconds
        self.running[ours] = _Running(jobs, process, deadline, folder, is_one=len(jobs) == 1)

    def heard(self) -> Iterator[tuple[str, Message | None]]:
        """
        Wait until a process has something to say, or its time is over, and yield what that is, and of which job.

        There is an outcome for each job; None if another job is to blame, perhaps, for there being none.
        """
        first = min(one.deadline for one in self.running.values())
        ends = [one.process.sentinel for one in self.running.values()]
        ready = set(wait([*self.running, *ends], max(0.0, first - time.monotonic())))
        now = time.monotonic()
        for line, one in list(self.running.items()):
            is_over = one.process.sentinel in ready
            messages = list(_read(line, one, is_over=is_over)) if is_over or line in ready else []
            if now > one.deadline and one.jobs:
                messages += _unfinished(one, _too_long(one.job, self._seconds))
            if not one.jobs:
                self._end(line)
            yield from messages

    def end_all(self) -> None:
        """End all processes at once."""
        for line in list(self.running):
            self._end(line)

    def _end(self, line: Connection) -> None:
        one = self.running.pop(line)
        line.close()
        end(one.process)
        shutil.rmtree(one.folder, ignore_errors=True)


def _read(line: Connection, one: _Running, *, is_over: bool) -> Iterator[tuple[str, Message | None]]:
    """Yield what has come whole, up to the last outcome; a process that is over without one has failed."""
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
    try:
        yield from _outcomes(one)
    except UnreadableError:
        yield from _unfinished(one, _garbled(one.job))
    if is_over and one.jobs:
        yield from _unfinished(one, _ended(one.job))


def _outcomes(one: _Running) -> Iterator[tuple[str, Message]]:
    """Yield the messages that have come; with the last outcome the process has nothing more to say."""
    for message in one.mailbox.messages():
        key = next(iter(one.jobs))
        if not isinstance(message, Paused):
            del one.jobs[key]
        yield key, message
        if not one.jobs:
            return


def _unfinished(one: _Running, error: SlideError) -> list[tuple[str, Message | None]]:
    """Return what becomes of the jobs that a process has not done, and let it have none."""
    left = list(one.jobs)
    one.jobs.clear()
    return [(key, Failed(error) if one.is_one else None) for key in left]


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
