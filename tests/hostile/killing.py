"""Builds that are ended from outside, and what they leave."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.running import short_folder

__all__ = ["Bench", "gone", "instants", "members"]

GONE_WITHIN = float(os.environ.get("DECK_TEST_GONE_WITHIN", "20"))
"""Seconds in which the processes of a killed build have to be gone; on an idle machine two are plenty."""

ENDLESS = """
## Without an end

```python
from manim import *


class Endless(Scene):
    def construct(self):
        while True:
            self.play(Create(Dot()), run_time=0.2)
```
"""
SECTIONS = "".join(f"\n## Section {at}\n\n- One\n- Two\n- Three\n" for at in range(4))
TALK = f"# A talk\n{SECTIONS}"


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder with a document, a home and a temporary folder, where builds are started and ended."""

    root: Path
    temporary: Path = field(default_factory=short_folder)

    def prepare(self) -> None:
        for name in ("talk", "home"):
            (self.root / name).mkdir(parents=True)

    @property
    def folder(self) -> Path:
        return self.root / "talk"

    @property
    def page(self) -> Path:
        return self.folder / "build" / "talk.html"

    def write(self, *, edition: int, endless: bool) -> None:
        """Write the document, other than before, so that all of its slides are recorded anew."""
        text = TALK.replace("One", f"Edition {edition}") + (ENDLESS if endless else "")
        (self.folder / "talk.md").write_text(text)

    def command(self, *more: str) -> list[str]:
        return [str(Path(sys.executable).with_name("deck")), "build", "talk.md", "--quality", "draft", *more]

    def environment(self, mark: str = "") -> dict[str, str]:
        home = str(self.root / "home")
        return {"PATH": "/usr/bin:/bin", "HOME": home, "TMPDIR": str(self.temporary), "DECK_TEST_MARK": mark}

    def build(self) -> bytes:
        """Build to the end, and return the page."""
        subprocess.run(self.command(), cwd=self.folder, env=self.environment(), capture_output=True, check=True)
        return self.page.read_bytes()

    @contextmanager
    def started(self, mark: str, *more: str, wrapper: Sequence[str] = ()) -> Iterator[subprocess.Popen[str]]:
        """Start a build in a group of its own; whatever becomes of it, nothing is left in the end."""
        process = subprocess.Popen(
            [*wrapper, *self.command(*more)],
            cwd=self.folder,
            env=self.environment(mark),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            for each in members(mark):
                with suppress(OSError):
                    os.kill(each, signal.SIGKILL)
            process.communicate()

    def left(self) -> list[str]:
        """Return the temporary files that are there, and all that is in the output's folder and is no output."""
        built = [path for path in (self.folder / "build").rglob("*") if path.is_file()]
        odd = [path.name for path in built if re.fullmatch(r"\.[0-9a-f]{16}.*", path.name)]
        beside = {path.name for path in self.folder.iterdir()} - {"talk.md", "build"}
        return [*(path.name for path in self.temporary.iterdir()), *odd, *beside]


def members(mark: str) -> list[int]:
    """Return the processes that are alive and have a mark in their environment, which forks inherit."""
    found, wanted = [], f"DECK_TEST_MARK={mark}".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                is_dead = (entry / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
                if not is_dead and wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def gone(mark: str) -> float:
    """Wait until no process with a mark is alive, and return how long that took; too long is infinite."""
    began = time.monotonic()
    while members(mark):
        if time.monotonic() - began > GONE_WITHIN:
            return float("inf")
        time.sleep(0.01)  # between two looks at /proc
    return time.monotonic() - began


def instants(count: int, longest: float, seed: int) -> list[float]:
    """Return moments, in seconds from a start, spread over all of a build and in no order."""
    chance = random.Random(seed)  # noqa: S311 - the same ones every time
    moments = [longest * (at + chance.random()) / count for at in range(count)]
    chance.shuffle(moments)
    return moments
