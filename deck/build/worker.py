"""
A process that records one section, from its start to its end.

It is a fork of the server that has imported manim. If the document is not trusted, it is confined before it looks at
the job. The last message that it sends is the job's outcome; then it ends, whatever else runs in it.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from multiprocessing.connection import Connection

from deck.build.forkserver import settle
from deck.build.jobs import Take, check, take, take_texts
from deck.build.messages import Checked, Failed, Message, Paused, failed, packed
from deck.document.outline import Job
from deck.errors import DeckError, SlideError
from deck.process.guard import guard
from deck.process.lifeline import hold_on

__all__ = ["MEMORY_BYTES", "work"]

MEMORY_BYTES = 1_000_000_000
"""Memory that a section of an untrusted document may take, including a sixth that manim itself takes."""


def work(line: Connection, life: Connection, jobs: Sequence[Job], folder: str, only_check: bool) -> None:  # noqa: FBT001 - by position
    """
    Do some jobs, tell of each in their order, and end the process.

    There are several only where they are text. If one of these brings the process down, nobody knows which it was: it
    ends without a word, and they are to be done one by one.

    Parameters
    ----------
    line
        Where to send the messages.
    life
        What ends this process when the leader is gone.
    jobs
        What to record; the document's path is absolute.
    folder
        For temporary files.
    only_check
        Whether to find out what is wrong, and record nothing.
    """
    _close_all_but(line.fileno(), life.fileno())
    hold_on(life)
    settle()
    _spare_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    for name in ("PYTHONSAFEPATH", "PYTHONWARNINGS"):  # programs that a scene starts have reasons of their own
        os.environ.pop(name, None)

    def send(message: Message) -> None:
        _send(line, packed(message))

    try:
        if not jobs[0].trust:
            _confine(jobs[0], folder)
        for message in map(_checked, jobs) if only_check else _done(jobs, lambda reveals: send(Paused(reveals))):
            send(message)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is the leader's business
        with suppress(Exception):  # if not even that is possible, the leader hears that nothing has come
            if len(jobs) == 1:
                send(_failure(error, jobs[0]))
    finally:
        os._exit(0)  # at once, without waiting for a scene's threads and exit handlers


def _done(jobs: Sequence[Job], report: Callable[[int], None]) -> Iterator[Message]:
    """Yield what has become of each job."""
    if jobs[0].is_text:
        for job, made in zip(jobs, take_texts(jobs), strict=True):
            yield made if isinstance(made, Take) else _failure(made, job)
    else:
        yield take(jobs[0], report)


def _checked(job: Job) -> Message:
    try:
        check(job)
    except DeckError as error:
        return _failure(error, job)
    return Checked()


def _close_all_but(*kept: int) -> None:
    """Close the files that the server of forks has open for its other forks: a scene could write to any of them."""
    edges = sorted({2, *kept, resource.getrlimit(resource.RLIMIT_NOFILE)[0]})
    for low, high in pairwise(edges):
        os.closerange(low + 1, high)


def _confine(job: Job, folder: str) -> None:
    """Take away what an untrusted document does not need."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY or most > MEMORY_BYTES:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    os.chdir(folder)  # so that no relative path leads to a file of the user's
    guard(readable=[str(job.path.parent)], writable=folder)


def _failure(error: BaseException, job: Job) -> Failed:
    if isinstance(error, MemoryError) and not job.trust:
        error = SlideError(
            f"'{job.section.id}' takes more than {MEMORY_BYTES // 1_000_000_000} GB of memory",
            hint="make less of it, or build with --trust, which sets no limit",
            where=job.where,
        )
    elif not isinstance(error, Exception):
        error = SlideError(
            f"'{job.section.id}' has ended its process ({type(error).__name__})",
            hint="take out what does so",
            where=job.where,
        )
    behind = error.__cause__ if isinstance(error, DeckError) else error
    return failed(error, _traceback(behind) if behind else "")


def _traceback(error: BaseException) -> str:
    try:
        return "".join(traceback.format_exception(error))
    except Exception:  # noqa: BLE001 - an exception's own code may raise anything
        return type(error).__name__


def _send(line: Connection, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(line.fileno(), view) :]


def _spare_stdout() -> None:
    """Send what the document's code prints to stderr: stdout is for the command's results."""
    with suppress(OSError):  # one of them is closed
        os.dup2(2, 1)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
