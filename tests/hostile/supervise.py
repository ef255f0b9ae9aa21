"""
Run a command and account for every process that comes of it.

A program of its own, since it adopts orphans, which is a property of a process. Stdin is a JSON object with the
``command``, its ``folder`` and ``environment``, the files for its ``stdout`` and ``stderr``, ``trace`` (a path's start,
or empty), the ``seconds`` that it may take and the ``patience``, in seconds too, with what it leaves behind. Stdout is
another, with the exit ``code``, the ``cpu`` seconds and the ``peak`` bytes of all processes, and who was ``left``.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
CALLS = (
    "execve,execveat,socket,connect,bind,sendto,open,openat,openat2,creat,truncate,unlink,unlinkat,rmdir,rename,renameat,"
    "renameat2,mkdir,mkdirat,symlink,symlinkat,link,linkat,chmod,fchmodat,chown,lchown,fchownat,mknod,mknodat,utimensat,"
    "setxattr,lsetxattr,removexattr"
)
TRACER = (*"strace -D -f -ff --seccomp-bpf -qqq -ttt -y -s 5000 -e signal=none -e".split(), f"trace={CALLS}", "-o")
"""Hears of all processes, even of those that others have left behind, and slows none down but at these calls."""


def main() -> None:
    task = json.load(sys.stdin)
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        sys.exit("supervise: orphans cannot be adopted here")
    tracer = [*TRACER, task["trace"]] if task["trace"] else []
    with Path(task["stdout"]).open("ab") as out, Path(task["stderr"]).open("ab") as err:
        command = subprocess.Popen(
            [*tracer, *task["command"]],
            cwd=task["folder"],
            env=task["environment"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # from here on it is waited for
    json.dump(_account(command.pid, task["seconds"], task["patience"]), sys.stdout)


def _account(leader: int, seconds: float, patience: float) -> dict[str, object]:
    """Wait for all children, natural and adopted, and end those that stay."""
    code, cpu, peak, deadline = None, 0.0, 0, time.monotonic() + seconds
    left: list[str] = []
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT | os.WNOHANG)
        except ChildProcessError:
            return {"code": code, "cpu": cpu, "peak": peak, "left": left}
        if ended is not None:
            name = _name(ended.si_pid)
            _, status, usage = os.wait4(ended.si_pid, 0)
            if ended.si_pid == leader:
                code, deadline = os.waitstatus_to_exitcode(status), time.monotonic() + patience
            if name != "strace":
                cpu, peak = cpu + usage.ru_utime + usage.ru_stime, max(peak, usage.ru_maxrss * 1024)
        elif not signal.sigtimedwait({signal.SIGCHLD}, max(0.0, deadline - time.monotonic())):
            left += _end_descendants()
            deadline = time.monotonic() + patience


def _end_descendants() -> list[str]:
    """Kill what is still running, and return the command lines."""
    found = []
    for process in _descendants():
        if _name(process) != "strace":
            with suppress(OSError):
                found.append(Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:200])
                os.kill(process, signal.SIGKILL)
    return found


def _descendants() -> list[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    family = [os.getpid()]
    for member in family:
        family += [process for process, parent in parents.items() if parent == member]
    return family[1:]


def _name(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/comm").read_text().strip()
    return ""


if __name__ == "__main__":
    main()
