"""How much a document's recordings look like what manim by itself draws: ``python -m tests.bench.likeness FILE``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from manim import config
from manim.renderer.cairo_renderer import CairoRenderer
from numpy.typing import NDArray
from skimage.metrics import structural_similarity

from deck.capture.record import record, stage
from deck.document import read
from deck.document.outline import outline
from deck.recording.timeline import UNITS, Image, Recording
from deck.render.raster import Raster
from deck.sections import slide_classes
from deck.slide import Slide

__all__ = ["likeness"]

FRAME_RATE = 60
OF_EACH_ANIMATION = 10
LUMA = np.array([0.299, 0.587, 0.114], np.float32)

Pixels = NDArray[np.uint8]


class Compared(CairoRenderer):
    """manim's own renderer, which compares frames with a recording's as it draws them, and keeps none."""

    def compare_with(self, recording: Recording) -> None:
        self.recording, self.raster = recording, Raster(recording, 1920)
        self.pauses = {reveal.last for reveal in recording.reveals}
        self.wanted = self.pauses | set(samples(recording))
        self.found: list[tuple[str, float]] = []
        self.at = 0

    def add_frame(self, frame: NDArray[Any], num_frames: int = 1) -> None:
        self.time += num_frames / self.camera.frame_rate
        for _ in range(num_frames):
            if self.at in self.wanted:
                self.compare(frame[..., :3])
            self.at += 1

    def compare(self, drawn: Pixels) -> None:
        seen = self.raster.frame(self.at)
        for left, top, right, bottom in photos(self.recording, self.at):
            place = slice(top, bottom), slice(left, right)
            if right - left > 16 and bottom - top > 16:
                self.found.append(("photo", alike(seen[place], drawn[place])))
            seen[place] = drawn[place]  # a photo is judged on its own rectangle, and nowhere else
        self.found.append(("pause" if self.at in self.pauses else "frame", alike(seen, drawn)))


def likeness(document: Path) -> dict[str, float]:
    """Return the least SSIM of any pause, any compared frame between pauses, and any photo on its own rectangle."""
    found: list[tuple[str, float]] = []
    for job in outline(read(document), frame_rate=FRAME_RATE):
        found += [each for kind in slide_classes(job) for each in compared(kind)]
    return {kind: min(value for name, value in found if name == kind) for kind in dict(found)}


def compared(kind: type[Slide]) -> list[tuple[str, float]]:
    """Record a slide, let manim draw it, and return how alike they are."""
    recording = record(kind, frame_rate=FRAME_RATE)
    with stage(FRAME_RATE) as folder:
        slide = kind(output_folder=folder)
        config.dry_run = True
        renderer: Any = slide.renderer
        renderer.__class__ = Compared
        renderer.compare_with(recording)
        slide.setup()
        slide.construct()
        slide.tear_down()
        assert renderer.at == recording.frames
        return list(renderer.found)


def samples(recording: Recording) -> Iterator[int]:
    """Yield ten frames of every animation, its first and last among them."""
    first = 0
    for segment in recording.segments:
        yield from np.linspace(first, first + segment.frames - 1, OF_EACH_ANIMATION).astype(int).tolist()
        first += segment.frames


def photos(recording: Recording, frame: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the rectangles, in pixels, of the resampled pictures that a frame shows."""
    for shape, _, x, y, opacity, _ in recording.items(frame).T.tolist():
        image = recording.shapes[shape]
        if isinstance(image, Image) and opacity:
            corners = (image.units + np.array((x, y))) / UNITS + (960, 540)
            left, top = np.maximum(np.floor(corners.min(axis=0)), 0).astype(int).tolist()
            right, bottom = np.minimum(np.ceil(corners.max(axis=0)), (1920, 1080)).astype(int).tolist()
            yield left, top, right, bottom


def alike(one: Pixels, other: Pixels) -> float:
    """Return the structural similarity of two pictures' brightness."""
    seen, drawn = (each.astype(np.float32) @ LUMA for each in (one, other))
    return float(structural_similarity(seen, drawn, data_range=255))  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    print(likeness(Path(sys.argv[1])))
