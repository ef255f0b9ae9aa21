"""Whether the harness would notice: each program here does one thing that no document may bring about."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.hostile.policy import Policy
from tests.hostile.running import supervised
from tests.hostile.tracing import events

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are watched by strace, which is Linux's")

OUTSIDE = "/var/tmp/none-of-your-business"  # noqa: S108 - it is never made
DEEDS = {
    "import subprocess; subprocess.run(['true'])": "start: /usr/bin/true",
    "import os; os.spawnv(os.P_WAIT, '/bin/sh', ['sh', '-c', 'exit'])": "start: /bin/sh",
    "import socket; socket.socket()": "connect: AF_INET",
    "import socket; socket.socket(socket.AF_UNIX).connect_ex('/var/tmp/line')": "connect: /var/tmp/line (in vain)",
    "open('/etc/shadow').close()": "read: /etc/shadow",
    f"import os; os.path.exists('x'); open({OUTSIDE!r})": f"read: {OUTSIDE} (in vain)",
    f"import os; os.unlink({OUTSIDE!r})": f"write: {OUTSIDE} (in vain)",
    f"import os; os.rename('x', {OUTSIDE!r})": f"write: {OUTSIDE} (in vain)",
    f"import ctypes; ctypes.CDLL(None).rmdir({OUTSIDE.encode()!r})": f"write: {OUTSIDE} (in vain)",
    "open('talk.py').close()": "read: {folder}/talk.py (in vain)",
    "open('talk.md', 'a').close()": "write: {folder}/talk.md",
    "open('link.png').close()": "read: /etc/shadow",
    "import os\nif not os.fork(): os.setsid(); open('/etc/shadow')": "read: /etc/shadow",
}
"""A program, and what is said of it."""


def watched(program: str, folder: Path, *, patience: float = 20) -> dict[str, object]:
    command = [sys.executable, "-I", "-c", program]
    environment = {"PATH": "/usr/bin:/bin"}
    return supervised(command, folder, environment, folder.parent / "end", traced=True, patience=patience)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "talk.md").write_text("# T\n")
    (folder / "link.png").symlink_to("/etc/shadow")
    return folder


def faults(folder: Path) -> list[str]:
    policy = Policy(folders=(folder,), temporary=folder.parent / "tmp", home=folder.parent / "home")
    return list(policy.faults(events(folder.parent / "end.trace", folder)))


@pytest.mark.parametrize(("program", "fault"), DEEDS.items())
def test_each_deed_is_noticed(folder: Path, program: str, fault: str) -> None:
    watched(program, folder)

    assert fault.format(folder=folder) in faults(folder)


def test_reading_a_document_and_what_is_installed_is_no_fault(folder: Path) -> None:
    watched("import json, decimal; open('talk.md').close(); open('/dev/null', 'w').close()", folder)

    assert faults(folder) == []


def test_a_process_that_is_left_behind_is_found_and_ended(folder: Path) -> None:
    end = watched(
        "import os\nif not os.fork(): os.setsid(); os.execv('/bin/sleep', ['sleep', '1000'])", folder, patience=5
    )

    assert end["code"] == 0
    assert end["left"] == ["sleep 1000 "]


def test_time_and_memory_of_grandchildren_count(folder: Path) -> None:
    program = "import os\nif not os.fork():\n  x = bytearray(300_000_000)\n  while os.times().user < 1: pass"
    end = watched(program, folder)

    assert isinstance(end["cpu"], float)
    assert end["cpu"] >= 1
    assert isinstance(end["peak"], int)
    assert end["peak"] >= 300_000_000
