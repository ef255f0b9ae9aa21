"""
Processes that end when the one that they work for does, however that ends.

The leader holds one end of a pipe, and nobody else does. When the leader is gone, the system closes that end. Linux
then sends a signal that cannot be ignored to each worker's group, which includes the programs that it has started; this
works even if the worker is in an endless loop of a library's own code. On other systems a thread of the worker does it.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import threading
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection, Pipe
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

__all__ = ["PARENT", "end", "end_with_parent", "hold_on", "lifeline"]

PR_SET_PDEATHSIG = 1
"""Of Linux, in ``sys/prctl.h``."""

PARENT = "DECK_PARENT"
"""The variable of the environment that tells a process who has started it."""


@cache
def _pipe(_process: int) -> tuple[Connection, Connection]:
    return Pipe(duplex=False)


def lifeline() -> Connection:
    """Return what the workers of this process are to hold on to."""
    return _pipe(os.getpid())[0]


def hold_on(line: Connection) -> None:
    """Make this process one that ends with its leader, and the head of a group of its own."""
    os.setpgid(0, 0)
    if sys.platform == "linux":
        # Opened anew: an open file has one receiver of its signal, and all workers share the file that they were given.
        own = os.open(f"/proc/self/fd/{line.fileno()}", os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(own, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(own, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(own, fcntl.F_SETFL, fcntl.fcntl(own, fcntl.F_GETFL) | os.O_ASYNC)
        if line.poll():  # the leader was gone before
            _end_group()
    else:
        threading.Thread(target=_wait, args=(line,), name="lifeline", daemon=True).start()


def _wait(line: Connection) -> None:
    line.poll(None)
    _end_group()


def _end_group() -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)


def end(process: BaseProcess) -> None:
    """End a worker, and all that it has started."""
    if process.pid:
        with suppress(ProcessLookupError, PermissionError):  # it has made no group yet, or there is none any more
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join(END_SECONDS)


END_SECONDS = 5.0
"""How long an end is waited for: a process that waits for a disk that is gone cannot be ended, and is left alone."""


def end_with_parent() -> None:
    """Let the system end this process with its parent, where it can; else it would finish its imports first."""
    parent = int(os.environ.pop(PARENT, os.getppid()))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent was gone before
        os._exit(1)
