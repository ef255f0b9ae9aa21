"""
What recording costs beside filming, and text beside Marp: ``make bench``.

Both sides are measured in one run, in turns, on the same scenes at 1080p60 or the same text, and medians are compared:
machines are noisy, ratios less so. The lecture, which manim-slides films for minutes, is measured once a side.

``--scenes``, ``--source``, ``--lecture`` and ``--text`` ask for some parts alone.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from deck.capture.record import record
from deck.document import read
from deck.document.outline import outline
from deck.sections import slide_classes
from tests.bench import documents, marp, ours, peer
from tests.bench.films import films_likeness
from tests.bench.likeness import likeness
from tests.bench.player import player_figures
from tests.bench.recording import floor_and_recording
from tests.bench.video import video_figures

ROUNDS = 3
Figures = dict[str, float]


def medians(*sides: Callable[[], Figures], rounds: int = ROUNDS) -> list[Figures]:
    """Measure some sides in turns, and return the median of each figure of each."""
    measured = [[side() for side in sides] for _ in range(rounds)]
    given = zip(*measured, strict=True)
    return [{name: statistics.median(each[name] for each in side) for name in side[0]} for side in given]


def row(name: str, us: float, them: float, unit: str = "s") -> None:
    """Print a row of the table: our figure, the peer's, and how many times smaller ours is."""
    ratio = them / us
    print(f"| {name} | {us:,.2f} {unit} | {them:,.2f} {unit} | {ratio:.{1 if ratio >= 1 else 2}f} × |", flush=True)


def fact(name: str, value: float, unit: str) -> None:
    """Print a row of a figure that nothing stands beside."""
    print(f"| {name} | {value:,.4g} {unit} | | |", flush=True)


def beside(name: str, us: Figures, them: Figures, *, fetched: int) -> None:
    """Print the rows of two pages of one document; the peer's fetches some bytes when it is opened."""
    row(f"{name}: HTML from nothing", us["seconds"], them["seconds"])
    row(f"{name}: processor time", us["cpu"], them["cpu"])
    row(f"{name}: largest process", us["peak_kib"] / 1024, them["peak_kib"] / 1024, "MiB")
    row(f"{name}: bytes with runtime", us["bytes"] / 1e6, (them["bytes"] + fetched) / 1e6, "MB")
    fact(f"{name}: built again with nothing changed", us["again"], "s")


def compare(name: str, make: Callable[[Path], Path], theirs: Callable[[], Figures], *, rounds: int, page: Path) -> None:
    """Measure both sides of one document of scenes, in turns, and print their rows."""
    us, them, film = medians(partial(ours.pages, make, page), theirs, partial(ours.films, make), rounds=rounds)
    beside(name, us, them, fetched=documents.peers_runtime())
    row(f"{name}: MP4 beside the render alone", film["seconds"], them["render"])
    fact(f"{name}: largest process of the MP4", film["peak_kib"] / 1024, "MiB")


def copied(document: Path, folder: Path) -> Path:
    """Put a document into a folder as it is."""
    return Path(shutil.copy(document, folder))


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


def scenes(folder: Path) -> None:
    """Measure the source document's four scenes, their words without LaTeX on both sides."""
    page = folder / "scenes.html"
    compare("four scenes", documents.four_scenes, peer.of_scenes, rounds=ROUNDS, page=page)
    inside("four scenes", documents.four_scenes(folder), page)
    fact("four scenes: SSIM of films, least", films_likeness(), "")


def source(folder: Path) -> None:
    """Measure the source document, whole and unaltered."""
    make = partial(copied, documents.source())
    us, them = medians(partial(ours.pages, make, folder / "source.html"), peer.of_scenes)
    beside("source document", us, them, fetched=documents.peers_runtime())


def lecture(folder: Path) -> None:
    """Measure the built-in lecture."""
    page = folder / "lecture.html"
    compare("lecture", partial(copied, documents.lecture()), peer.of_lecture, rounds=1, page=page)
    inside("lecture", documents.lecture(), page)


def text(folder: Path) -> None:
    """Measure many sections of text, beside Marp."""
    name, make = f"{documents.TEXT_SECTIONS} sections of text", documents.text_sections
    us, them = medians(partial(ours.pages, make, folder / "text.html", edit=documents.EDIT), marp.of_text)
    beside(name, us, them, fetched=0)
    fact(f"{name}: built again with one word changed", us["edited"], "s")
    check = ours.checks(make)
    fact(f"{name}: check of what is recorded", check["seconds"], "s")
    fact(f"{name}: processor time of the same", check["cpu"], "s")
    fact(f"{name}: largest process of the same", check["peak_kib"] / 1024, "MiB")


PARTS = {"--scenes": scenes, "--source": source, "--lecture": lecture, "--text": text}


def main() -> None:
    """Print the table, as Markdown."""
    asked = [part for name, part in PARTS.items() if name in sys.argv]
    print("| 1080p60 | deck | manim-slides, or Marp for text | ratio |\n| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        for part in asked or PARTS.values():
            part(Path(name))


if __name__ == "__main__":
    main()
