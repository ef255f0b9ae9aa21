"""
What a command costs: ``python -m tests.bench.measured COMMAND...`` prints one JSON object.

Processes that outlive their parents are waited for too, and each measurement has a process of its own, for the peak
that the system keeps is that of all children there ever were.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

__all__ = ["measured"]

PR_SET_CHILD_SUBREAPER = 36
ROOT = Path(__file__).parents[2]


def measured(command: Sequence[str], folder: Path, **variables: str) -> dict[str, float]:
    """
    Run a command in a folder, with some variables of its environment set.

    Returns
    -------
    dict
        Wall ``seconds``, ``cpu`` seconds and the largest process's ``peak_kib``.
    """
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"} | variables
    line = [sys.executable, "-m", "tests.bench.measured", *command]
    done = subprocess.run(line, cwd=folder, env=env, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Run the command in the arguments and print what it cost."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    start = time.perf_counter()
    subprocess.run(sys.argv[1:], check=True, stdout=sys.stderr)
    seconds = time.perf_counter() - start
    with suppress(ChildProcessError):
        while True:
            os.wait()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak_kib": usage.ru_maxrss}))


if __name__ == "__main__":
    main()
