"""Builds that are ended at any instant: nothing is lost, nobody is left, the next build is as if nothing had been."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hostile.killing import Bench, gone, instants

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc, which is Linux's")

KILLS = int(os.environ.get("DECK_TEST_KILLS", "4"))
"""Of each of the four ways."""
STOPS = int(os.environ.get("DECK_TEST_STOPS", "4"))
"""Of each of three signals."""


@dataclass(frozen=True, slots=True)
class Clean:
    """Two editions built where nothing has ever been killed, and how many seconds a build took."""

    benches: tuple[Bench, Bench]
    pages: tuple[bytes, bytes]
    seconds: float

    def copy(self, root: Path) -> Bench:
        """Return a copy of the folder where the first edition was built."""
        shutil.copytree(self.benches[0].root, root, symlinks=True)
        return Bench(root)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Clean:
    benches = Bench(tmp_path_factory.mktemp("first")), Bench(tmp_path_factory.mktemp("second"))
    pages, seconds = [], 0.0
    for edition, bench in enumerate(benches, start=1):
        bench.prepare()
        bench.write(edition=edition, endless=False)
        began = time.monotonic()
        pages.append(bench.build())
        seconds = time.monotonic() - began
    return Clean(benches, (pages[0], pages[1]), seconds)


@pytest.mark.parametrize("endless", [False, True], ids=["at work", "in a scene without an end"])
@pytest.mark.parametrize("whole_group", [False, True], ids=["the leader", "the group"])
def test_a_build_that_is_killed_leaves_nobody_and_takes_nothing_with_it(
    clean: Clean, tmp_path: Path, *, endless: bool, whole_group: bool
) -> None:
    first, second = clean.pages
    longest = clean.seconds * (1.5 if endless else 1)
    for number, instant in enumerate(instants(KILLS, longest, seed=2 * endless + whole_group)):
        bench = clean.copy(tmp_path / str(number))
        bench.write(edition=2, endless=endless)
        with bench.started(str(bench.root), *(["--trust"] if endless else [])) as process:
            _wait(process, instant)
            with suppress(ProcessLookupError):  # it was faster
                (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
            assert gone(str(bench.root)) < float("inf"), f"killed after {instant} s"

        assert bench.page.read_bytes() in ((first,) if endless else (first, second))
        bench.write(edition=2, endless=False)
        assert bench.build() == second, f"killed after {instant} s"
        assert bench.left() == [], f"killed after {instant} s"
        bench.temporary.rmdir()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)], ids=["TERM", "HUP", "INT"]
)
@pytest.mark.parametrize("endless", [False, True], ids=["at work", "in a scene without an end"])
def test_a_build_that_is_told_to_stop_says_so_in_a_line_and_leaves_nothing(
    clean: Clean, tmp_path: Path, number: signal.Signals, code: int, *, endless: bool
) -> None:
    longest = clean.seconds * (1.5 if endless else 1)
    for at, instant in enumerate(instants(STOPS, longest, seed=number)):
        bench = clean.copy(tmp_path / str(at))
        bench.write(edition=2, endless=endless)
        with bench.started(str(bench.root), *(["--trust"] if endless else [])) as process:
            _wait(process, instant)
            process.send_signal(number)
            _, told = process.communicate()
            is_young = process.returncode == -number  # Python had not come to the command yet
            is_done = process.returncode == 0 and not endless
            assert is_done or is_young or process.returncode == code, f"after {instant} s: {told}"
            assert len(told.splitlines()) == (0 if is_done or is_young else 1), told
            assert gone(str(bench.root)) < float("inf"), f"stopped after {instant} s"

        assert bench.page.read_bytes() in ((clean.pages[0],) if endless else clean.pages)
        assert bench.left() == [], f"stopped after {instant} s"
        bench.temporary.rmdir()


def test_a_build_that_is_to_survive_the_terminal_s_end_goes_on(clean: Clean, tmp_path: Path) -> None:
    bench = clean.copy(tmp_path / "bench")
    bench.write(edition=2, endless=False)
    with bench.started(str(bench.root), wrapper=["nohup"]) as process:
        _wait(process, clean.seconds / 2)
        process.send_signal(signal.SIGHUP)
        process.communicate()

        assert process.returncode == 0
        assert bench.page.read_bytes() == clean.pages[1]


def _wait(process: subprocess.Popen[str], seconds: float) -> None:
    """Let some time pass, or the process end before."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
