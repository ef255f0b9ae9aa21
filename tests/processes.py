"""Commands that tests start, which end with the test however that ends; and how root is held to what files permit."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

__all__ = ["AS_ANYONE", "started"]

AS_ANYONE = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"] if os.geteuid() == 0 else []
"""
What stands before a command that is to be stopped by what files permit, as it stops everyone but root.

It is still root's command, so that it may read what is installed, wherever that is; but it owns no more than its files.
"""


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """Start a command in a process group of its own; at the end no process of it is left."""
    with subprocess.Popen(command, start_new_session=True, **{"text": True, **options}) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
