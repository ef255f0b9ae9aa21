"""
What a build costs beside manim-slides alone: ``make bench``.

manim-slides renders and converts the four scenes of the source document at its low quality, ``deck build`` makes the
whole lecture at draft quality; both 480p15, both from nothing. The two show different things: the lecture has more
pauses and more on each slide. Figures per second of animation compare the tools, the totals only say what one waits.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av

SHARED = Path(__file__).parents[2] / "shared"
PEER = [str(SHARED / "bench" / "peer.py"), str(SHARED / "seed" / "feature-maps.md"), "--quality", "l"]

Figures = dict[str, float]


def animation(folder: Path) -> float:
    """Return the seconds of all clips below a folder."""
    seconds = 0.0
    for file in folder.rglob("*.mp4"):
        with av.open(str(file)) as clip:
            seconds += (clip.duration or 0) / 1_000_000
    return seconds


def ours() -> Figures:
    """Build the lecture in a folder of its own, with a cache of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "lecture.html"
        command = [sys.executable, "-m", "deck", "build", "--quality", "draft", "-o", str(page)]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, env=os.environ | {"XDG_CACHE_HOME": name})
        total, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "total_s": total,
            "cpu_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            "peak_kib": after.ru_maxrss,
            "animation_s": animation(folder),
            "html_bytes": page.stat().st_size,
        }


def peer() -> Figures:
    """Run manim-slides as a user without this project would."""
    done = subprocess.run([sys.executable, *PEER], capture_output=True, text=True, check=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print a table: the lecture, manim-slides, and how many times as much the lecture takes."""
    mine = ours()
    theirs = peer() if Path(PEER[0]).exists() else {}
    if not theirs:
        print("manim-slides was not measured: ../shared/bench/peer.py is not here", file=sys.stderr)
    for figures in filter(None, (mine, theirs)):
        for each in ("total_s", "cpu_s"):
            figures[f"{each} per animation_s"] = figures[each] / figures["animation_s"]
    print(f"{'480p15':<25}{'deck':>14}{'manim-slides':>14}{'ratio':>8}")
    for name, value in mine.items():
        other = theirs.get(name)
        print(f"{name:<25}{value:>14,.2f}" + (f"{other:>14,.2f}{value / other:>8.2f}" if other else ""))


if __name__ == "__main__":
    main()
