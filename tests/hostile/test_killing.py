"""Builds that are ended at any instant: nothing is lost, nobody is left, the next build is as if nothing had been."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.hostile.killing import Bench, gone, instants

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc, which is Linux's"),
    pytest.mark.xfail(strict=False, reason="what it has found is being mended"),
]

KILLS = int(os.environ.get("DECK_TEST_KILLS", "4"))
"""Of each of the four ways."""
STOPS = int(os.environ.get("DECK_TEST_STOPS", "4"))
"""Of each of three signals."""


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path / "bench")
    bench.prepare()
    return bench


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, float]:
    """Return the pages of two editions, built where nothing has ever been killed, and how long a build took."""
    pages, took = [], 0.0
    for edition in (1, 2):
        bench = Bench(tmp_path_factory.mktemp("clean"))
        bench.prepare()
        bench.write(edition=edition, endless=False)
        began = time.monotonic()
        pages.append(bench.build())
        took = time.monotonic() - began
    return pages[0], pages[1], took


@pytest.mark.parametrize("endless", [False, True], ids=["at work", "in a scene without an end"])
@pytest.mark.parametrize("whole_group", [False, True], ids=["the leader", "the group"])
def test_a_build_that_is_killed_leaves_nobody_and_takes_nothing_with_it(
    bench: Bench, clean: tuple[bytes, bytes, float], *, endless: bool, whole_group: bool
) -> None:
    first, second, took = clean
    for number, instant in enumerate(instants(KILLS, 1.5 * took if endless else took, seed=2 * endless + whole_group)):
        bench.write(edition=1, endless=False)
        assert bench.build() == first
        bench.write(edition=2, endless=endless)
        mark = f"{bench.root}-{number}"
        with bench.started(mark, *(["--trust"] if endless else [])) as process:
            _wait(process, instant)
            (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
            assert gone(mark) < float("inf"), f"killed after {instant} s"

        assert bench.page.read_bytes() in ((first, second) if not endless else (first,))
        bench.write(edition=2, endless=False)
        assert bench.build() == second
        assert bench.left() == []
        subprocess.run([bench.command()[0], "clean"], cwd=bench.folder, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)], ids=["TERM", "HUP", "INT"]
)
@pytest.mark.parametrize("endless", [False, True], ids=["at work", "in a scene without an end"])
def test_a_build_that_is_told_to_stop_says_so_in_a_line_and_leaves_nothing(
    bench: Bench, clean: tuple[bytes, bytes, float], number: signal.Signals, code: int, *, endless: bool
) -> None:
    *pages, took = clean
    for at, instant in enumerate(instants(STOPS, 1.5 * took if endless else took, seed=number)):
        bench.write(edition=1 + at % 2, endless=endless)
        mark = f"{bench.root}-{at}"
        with bench.started(mark, *(["--trust"] if endless else [])) as process:
            _wait(process, instant)
            process.send_signal(number)
            _, told = process.communicate()
            is_young = process.returncode == -number  # Python had not come to the command yet
            is_done = process.returncode == 0 and not endless
            assert is_done or is_young or process.returncode == code, f"after {instant} s: {told}"
            assert len(told.splitlines()) == (0 if is_done or is_young else 1), told
            assert gone(mark) < float("inf"), f"stopped after {instant} s"

        assert not bench.page.exists() or bench.page.read_bytes() in pages
        assert bench.left() == []
        subprocess.run([bench.command()[0], "clean"], cwd=bench.folder, check=True, capture_output=True)


def test_a_build_that_is_to_survive_the_terminal_s_end_goes_on(bench: Bench, clean: tuple[bytes, bytes, float]) -> None:
    first, _, took = clean
    bench.write(edition=1, endless=False)
    with bench.started(str(bench.root), wrapper=["nohup"]) as process:
        _wait(process, took / 2)
        process.send_signal(signal.SIGHUP)
        process.communicate()

        assert process.returncode == 0
        assert bench.page.read_bytes() == first


def _wait(process: subprocess.Popen[str], seconds: float) -> None:
    """Let some time pass, or the process end before."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
