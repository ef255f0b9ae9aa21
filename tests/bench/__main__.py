"""
What recording costs beside filming: ``make bench``.

Both sides are measured in one run, in turns, on the same scenes at 1080p60, and medians are compared: machines are
noisy, ratios less so. The lecture, which manim-slides films for minutes, is measured once a side.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from deck.capture.record import record
from deck.document import read
from deck.document.outline import outline
from deck.sections import slide_classes
from tests.bench import documents, ours, peer
from tests.bench.films import films_likeness
from tests.bench.likeness import likeness
from tests.bench.player import player_figures
from tests.bench.recording import floor_and_recording
from tests.bench.video import video_figures

ROUNDS = 3
Figures = dict[str, float]


def median(rounds: Iterable[Figures]) -> Figures:
    """Return the median of each figure."""
    given = list(rounds)
    return {name: statistics.median(figures[name] for figures in given) for name in given[0]}


def row(name: str, us: float, them: float, unit: str = "s") -> None:
    """Print a row of the table: our figure, the peer's, and how many times smaller ours is."""
    print(f"| {name} | {us:,.2f} {unit} | {them:,.2f} {unit} | {them / us:.1f} × |", flush=True)


def fact(name: str, value: float, unit: str) -> None:
    """Print a row of a figure that nothing stands beside."""
    print(f"| {name} | {value:,.4g} {unit} | | |", flush=True)


def compare(name: str, make: Callable[[Path], Path], theirs: Callable[[], Figures], *, rounds: int, page: Path) -> None:
    """Measure both sides of one document, in turns, and print their rows."""
    pages, films, peers = [], [], []
    for _ in range(rounds):
        pages.append(ours.pages(make, page))
        peers.append(theirs())
        films.append(ours.films(make))
    us, film, them = median(pages), median(films), median(peers)
    row(f"{name}: HTML from nothing", us["seconds"], them["seconds"])
    row(f"{name}: processor time", us["cpu"], them["cpu"])
    row(f"{name}: largest process", us["peak_kib"] / 1024, them["peak_kib"] / 1024, "MiB")
    row(f"{name}: bytes with runtime", us["bytes"] / 1e6, (them["bytes"] + documents.peers_runtime()) / 1e6, "MB")
    row(f"{name}: MP4 beside the render alone", film["seconds"], them["render"])
    fact(f"{name}: build with nothing changed", us["again"], "s")
    fact(f"{name}: largest process of the MP4", film["peak_kib"] / 1024, "MiB")


def copied(folder: Path) -> Path:
    """Put the lecture into a folder."""
    return Path(shutil.copy(documents.lecture(), folder))


def inside(name: str, document: Path, page: Path) -> None:
    """Measure the parts of one document's build, and its page in the browser."""
    slides = [kind for job in outline(read(document), frame_rate=60) for kind in slide_classes(job)]
    floor, recording = floor_and_recording(slides)
    row(f"{name}: recording, beside manim with drawing off", recording, floor)
    for told, value in video_figures(record(slide) for slide in slides).items():
        fact(f"{name}: {told.replace('_', ' ')}", value, "")
    for told, value in player_figures(page).items():
        fact(f"{name}: {told.replace('_', ' ')}", value, "")
    for told, value in likeness(document).items():
        fact(f"{name}: SSIM, least {told}", value, "")


def main() -> None:
    """Print the table, as Markdown."""
    print("| 1080p60 | deck | manim-slides | ratio |\n| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scenes, page = folder / "scenes.html", folder / "lecture.html"
        compare("four scenes", documents.four_scenes, peer.of_scenes, rounds=ROUNDS, page=scenes)
        inside("four scenes", documents.four_scenes(folder), scenes)
        fact("four scenes: SSIM of films, least", films_likeness(), "")
        if "--scenes" not in sys.argv:
            compare("lecture", copied, peer.of_lecture, rounds=1, page=page)
            inside("lecture", documents.lecture(), page)
            many, check = f"{documents.TEXT_SECTIONS} sections of text", ours.checks(documents.text_sections)
            fact(f"{many}: check of what is recorded", check["seconds"], "s")
            fact(f"{many}: processor time of the same", check["cpu"], "s")
            fact(f"{many}: largest process of the same", check["peak_kib"] / 1024, "MiB")


if __name__ == "__main__":
    main()
