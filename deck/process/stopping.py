"""
Ctrl-C, and the signals of a terminal that closes or a system that shuts down: a command ends at once, in one line.

An exception could be swallowed by whatever happens to run, or end in a traceback of the interpreter's own. So the
handler does all that is to be done, and ends the process: what has to be undone is noted beforehand.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

__all__ = ["at_the_end", "finish", "stop_on_signals", "undone_by"]

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_endings: list[Callable[[], object]] = []
"""What is to be done if the process is stopped now, the last first."""


def stop_on_signals() -> None:
    """Let signals stop this process, except for those that were ignored when it was started, as by ``nohup``."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


@contextmanager
def undone_by(ending: Callable[[], object]) -> Iterator[None]:
    """Have something done if the process is stopped by a signal within the block; else the block itself does it."""
    _endings.append(ending)
    try:
        yield
    finally:
        _endings.remove(ending)


def at_the_end(ending: Callable[[], object]) -> None:
    """Have something done when the process is stopped by a signal, or has finished its command."""
    _endings.insert(0, ending)


def finish(run: Callable[[], object]) -> NoReturn:
    """
    Run a command, and end the process with its exit code.

    The interpreter is not shut down: that takes time, and Ctrl-C would run into modules that are half gone.
    """
    code: object = 0
    try:
        run()
    except SystemExit as error:
        code = error.code
    _end()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads the stream any more, or it was closed
            stream.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _stop(number: int, _frame: FrameType | None) -> None:
    _end()
    with suppress(OSError):
        os.write(2, b"stopped\n")  # past the buffer, which may be in the middle of something
    os._exit(128 + number)


def _end() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for ending in reversed(_endings):
        with suppress(Exception):  # it is too late to tell
            ending()
