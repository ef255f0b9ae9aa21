"""
Do several commands of deck one after the other in one process, each for a document of its own.

A program of its own: starting Python and importing manim for each would take minutes. Its argument is a file with a
JSON list of objects with a ``folder`` and its ``commands``. Stdout has a line of JSON for each command: its exit
``code``, what it ``cost`` in seconds of processor time, the moments at which it ``began`` and ``ended``, and what it
``said`` on stdout and ``told`` on stderr, with what was told by forks of the one server meanwhile.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    from deck.cli import main as deck

    results = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        os.dup2(said.fileno(), 1)
        os.dup2(told.fileno(), 2)
        for task in json.loads(Path(sys.argv[1]).read_text()):
            os.chdir(task["folder"])
            for command in task["commands"]:
                starts, spent, began = (_size(1), _size(2)), _spent(), time.time()
                code: object = "returned"
                try:
                    deck(command, prog_name="deck")
                except SystemExit as end:
                    code = end.code
                except BaseException as error:  # noqa: BLE001 - what would be a traceback is a finding
                    code = f"raised {error!r:.200}"
                sys.stdout.flush()
                sys.stderr.flush()
                result = {"began": began, "ended": time.time(), "code": code, "cost": _spent() - spent}
                result |= {"said": _since(1, starts[0]), "told": _since(2, starts[1])}
                print(json.dumps(result), file=results, flush=True)


def _size(stream: int) -> int:
    return os.fstat(stream).st_size


def _since(stream: int, start: int) -> str:
    return os.pread(stream, _size(stream) - start, start).decode("utf-8", "replace")


def _spent() -> float:
    """Return the processor time of this process and all that have come of it, also of those that are gone."""
    parents, times = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                facts = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(facts[1])
                times[int(entry.name)] = sum(map(int, facts[11:15])) / TICKS
    family = [os.getpid()]
    for member in family:
        family += [process for process, parent in parents.items() if parent == member]
    return sum(times[process] for process in family)


if __name__ == "__main__":
    main()
