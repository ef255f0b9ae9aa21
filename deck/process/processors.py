"""How many processors there are for this process, which may be fewer than the machine has."""

from __future__ import annotations

import os
from contextlib import suppress
from math import ceil
from pathlib import Path

__all__ = ["processors"]

CGROUPS = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")


def processors(groups: Path = CGROUPS, membership: Path = MEMBERSHIP) -> int:
    """
    Return how many processors there are, by this process's affinity and its control groups' shares of time.

    Parameters
    ----------
    groups
        Where Linux shows control groups, of version 2 or 1.
    membership
        The file that tells in which of them this process is.
    """
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([count, *(ceil(share) for share in _shares(groups, membership))]))


def _shares(groups: Path, membership: Path) -> list[float]:
    """Return how many processors' time each group that this process is in may use."""
    try:
        lines = membership.read_text("utf-8").splitlines()
    except OSError:
        return []
    shares: list[float] = []
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if not controllers:
            root, read = groups, _share
        elif "cpu" in controllers.split(","):
            root, read = groups / "cpu", _old_share
        else:
            continue
        own = root / path.lstrip("/")
        for folder in (own, *own.parents):
            with suppress(OSError, ValueError, ZeroDivisionError):  # not limited, or not shown in this container
                shares.append(read(folder))
            if folder == root:
                break
    return [share for share in shares if share > 0]


def _share(folder: Path) -> float:
    quota, period = (folder / "cpu.max").read_text("utf-8").split()
    return int(quota) / int(period)


def _old_share(folder: Path) -> float:
    quota, period = ((folder / f"cpu.cfs_{name}_us").read_text("utf-8") for name in ("quota", "period"))
    return int(quota) / int(period)
