"""
What recording costs, beside manim with its drawing switched off: ``python -m tests.bench.recording``.

Both run the same scenes, those of the source document, at 60 frames a second in one process; the shortcuts that manim
takes while it is recorded are ours, and not among what it costs by itself.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manim import Scene, config
from manim.renderer.cairo_renderer import CairoRenderer

from deck.capture.record import stage
from deck.capture.recorder import Recorder
from deck.capture.shortcuts import shortcuts
from deck.recording.codec import encode
from deck.recording.timeline import Recording
from tests.bench import documents

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["floor_and_recording", "recorded_bytes", "source_scenes"]

FRAME_RATE = 60
RUNS = 3


class Idle(CairoRenderer):
    """manim's own renderer, which draws nothing."""

    def update_frame(self, *_args: Any, **_kwargs: Any) -> None:
        pass

    def render(self, *_args: Any, **_kwargs: Any) -> None:
        pass

    def get_frame(self) -> NDArray[Any]:
        return self.camera.pixel_array


def source_scenes(document: Path) -> list[type[Scene]]:
    """Return the scenes of a document, their words without LaTeX and their pauses without a rest."""
    blocks = re.findall(r"^```python\n(.*?)^```", document.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    code = "from manim import *\nimport numpy as np\n\n" + "\n\n".join(blocks)
    code = re.sub(r"self\.wait\(\)$", "self.next_section()", code, flags=re.MULTILINE)
    code = re.sub(r'MathTex\(r"\\text\{(.*?)\}"', r'Text("\1"', code)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - the source document's own code
    return [names[name] for name in re.findall(r"^class (\w+)\(Scene\)", code, re.MULTILINE)]


def floor_and_recording(scene_classes: Sequence[type[Scene]]) -> tuple[float, float]:
    """Return the CPU seconds that scenes take with drawing switched off, and recorded: each the median of three."""
    floor, recording = [], []
    for _ in range(RUNS):
        floor.append(sum(_idle(each) for each in scene_classes))
        recording.append(sum(_recorded(each)[1] for each in scene_classes))
    return statistics.median(floor), statistics.median(recording)


def recorded_bytes(scene_classes: Sequence[type[Scene]]) -> tuple[int, int]:
    """Return how many frames scenes have, and how many bytes their recordings."""
    recordings = [_recorded(each)[0] for each in scene_classes]
    return sum(each.frames for each in recordings), sum(len(encode(each)) for each in recordings)


def _idle(scene_class: type[Scene]) -> float:
    with stage(FRAME_RATE):
        start = time.process_time()
        scene = scene_class()
        config.dry_run = True  # which manim-slides has undone
        scene.renderer.__class__ = Idle
        _play(scene)
        return time.process_time() - start


def _recorded(scene_class: type[Scene]) -> tuple[Recording, float]:
    with stage(FRAME_RATE), shortcuts():
        start = time.process_time()
        scene = scene_class()
        config.dry_run = True
        recorder: Any = scene.renderer
        recorder.__class__ = Recorder
        recorder.begin()
        _play(scene)
        timeline = recorder.timeline()
        seconds = time.process_time() - start
    return Recording(width=1920, height=1080, frame_rate=FRAME_RATE, reveals=(), **timeline), seconds


def _play(scene: Scene) -> None:
    scene.setup()
    scene.construct()
    scene.tear_down()


def main() -> None:
    scenes = source_scenes(documents.source())
    floor, recording = floor_and_recording(scenes)
    frames, size = recorded_bytes(scenes)
    print(f"drawing off {floor:.2f} s, recording {recording:.2f} s: {recording / floor:.2f} times")
    print(f"{frames} frames in {size:,} bytes")


if __name__ == "__main__":
    main()
