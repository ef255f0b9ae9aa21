import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from deck.process.processors import processors

HERE = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""As many as a process may have that no control group limits."""


def groups(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize(
    ("membership", "files", "most"),
    [
        ("0::/a/b", {}, HERE),
        ("0::/a/b", {"a/b/cpu.max": "max 100000\n"}, HERE),
        ("0::/a/b", {"a/b/cpu.max": "100000 100000\n"}, 1),
        ("0::/a/b", {"a/b/cpu.max": "20000 100000\n"}, 1),
        ("0::/a/b", {"a/b/cpu.max": "max 100000\n", "a/cpu.max": "50000 100000\n"}, 1),
        ("0::/a/b", {"cpu.max": "100000 100000\n"}, 1),
        ("0::/", {"cpu.max": "150000 100000\n"}, min(HERE, 2)),
        ("0::/a/b", {"a/b/cpu.max": "nonsense\n"}, HERE),
        ("4:cpu,cpuacct:/a", {"cpu/a/cpu.cfs_quota_us": "100000", "cpu/a/cpu.cfs_period_us": "100000"}, 1),
        ("4:cpu,cpuacct:/a", {"cpu/a/cpu.cfs_quota_us": "-1", "cpu/a/cpu.cfs_period_us": "100000"}, HERE),
        ("4:memory:/a", {"cpu/a/cpu.cfs_quota_us": "100000", "cpu/a/cpu.cfs_period_us": "100000"}, HERE),
    ],
)
def test_no_more_are_counted_than_the_control_groups_allow(
    tmp_path: Path, membership: str, files: Mapping[str, str], most: int
) -> None:
    file = tmp_path / "cgroup"
    file.write_text(f"{membership}\n")

    assert processors(groups(tmp_path / "groups", files), file) == most


def test_a_system_without_control_groups_has_all(tmp_path: Path) -> None:
    assert processors(tmp_path / "none", tmp_path / "nowhere") == HERE


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system pins no process to a processor")
def test_a_process_that_is_pinned_to_one_has_one(tmp_path: Path) -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert processors(tmp_path, tmp_path / "nowhere") == 1
    finally:
        os.sched_setaffinity(0, before)
