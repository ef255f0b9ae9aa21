"""How much our films look like manim-slides' own, of the same scenes: ``python -m tests.bench.films``."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from deck.build import build
from deck.build.films import Studio
from deck.build.quality import QUALITIES
from deck.document import read
from tests.bench import documents, peer
from tests.bench.likeness import alike

__all__ = ["films_likeness"]

FULL = QUALITIES["full"]
EVERY = 20
"""Of so many frames one is compared."""


def films_likeness() -> float:
    """Render the four scenes both ways, and return the least SSIM of the frames compared."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = documents.four_scenes(folder)
        deck = build(read(document), store=folder / "store", frame_rate=FULL.frame_rate, trust=True)
        films = Studio(store=folder / "store", quality=FULL).films(deck.slides)
        ours = [clip for film in films for clip in film.clips]
        theirs = peers_clips(document, folder)
        return min(value for pair in zip(ours, theirs, strict=True) for value in compared(*pair))


def peers_clips(document: Path, folder: Path) -> list[Path]:
    """Render a document's scenes with manim-slides, and return a clip for each pause."""
    module, names = peer.slides_of(document.read_text(encoding="utf-8"))
    (folder / "peer_scenes.py").write_text(module, encoding="utf-8")
    command = [sys.executable, "-m", "manim_slides", "render", "--quality", "h", *peer.QUIET, "peer_scenes.py", *names]
    subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)
    slides = [json.loads((folder / "slides" / f"{name}.json").read_text(encoding="utf-8"))["slides"] for name in names]
    return [folder / clip["file"] for clips in slides for clip in clips]


def compared(ours: Path, theirs: Path) -> Iterator[float]:
    """Yield how alike two clips are, frame by frame; ours rests a little longer at its end."""
    own, others = frames(ours), frames(theirs)
    for at in (*range(0, len(others), EVERY), len(others) - 1):
        yield alike(own[min(at, len(own) - 1)], others[at])


def frames(clip: Path) -> Sequence[NDArray[np.uint8]]:
    """Return a clip's frames at 60 a second, one that lasts as often as it is seen; decoded as each clip says."""
    seen: list[NDArray[np.uint8]] = []
    start: float | None = None
    with av.open(str(clip), "r") as file:
        for frame in file.decode(video=0):
            start = frame.time or 0.0 if start is None else start  # not every film begins at nought
            count = round(((frame.time or 0.0) - start) * FULL.frame_rate)
            seen += seen[-1:] * (count - len(seen))
            seen.append(frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False))
    return seen


if __name__ == "__main__":
    print(films_likeness())
