"""
Recording instead of filming: manim runs the animation, and what it would have drawn is kept.

This is the one place that touches manim's renderer. `Recorder` takes the place of the cairo renderer. For each frame it
asks the camera which mobjects are to be displayed, in which order, and keeps their points, styles and pixels. What does
not move during an animation is looked at once for all its frames, as manim itself draws it once.

A mobject's points are kept relative to its first one, so that moving it repeats no points, and rounded to a sixteenth
of a pixel. Opacities are kept apart from colours, so that fading repeats no style and no picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Mobject, Scene, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.iterables import list_update
from numpy.typing import NDArray

from deck.recording.outlines import Projection, image_items, outline_items
from deck.recording.shelf import Shelf
from deck.recording.strokes import Styler
from deck.recording.timeline import COLUMNS, Segment

__all__ = ["Recorder"]

Rows = NDArray[np.int32]


class Recorder(CairoRenderer):
    """
    A renderer that keeps a timeline and draws nothing.

    Attributes
    ----------
    shelf
        The shapes and styles that occurred.
    segments
        The frames so far.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.begin()

    def begin(self) -> None:
        """Forget everything; called where the class of a renderer that manim made is changed to this one."""
        self.shelf = Shelf()
        self.styler = Styler(self.shelf)
        self.segments: list[Segment] = []
        self._static = np.zeros((0, len(COLUMNS)), np.int32)
        self._moving: list[Rows] = []

    @property
    def frames(self) -> int:
        """How many frames there are so far."""
        return sum(segment.frames for segment in self.segments)

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Run animations and keep their frames."""
        self.skip_animations = self._original_skipping_status
        self.update_skipping_status()
        scene.compile_animation_data(*args, **kwargs)
        scene.begin_animations()
        if self.skip_animations:
            self.time += scene.duration
        else:
            self._static = self.items(scene.static_mobjects or ())
        if scene.is_current_animation_frozen_frame():
            self.render(scene, 0, scene.moving_mobjects)
            self._close(frames=int(scene.duration * self.camera.frame_rate))
        else:
            scene.play_internal()
            self._close()
        self.num_plays += 1

    def render(self, scene: Scene, _time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Keep one frame."""
        if not self.skip_animations:
            self.time += 1 / self.camera.frame_rate
            self._moving.append(self.items(moving_mobjects or list_update(scene.mobjects, scene.foreground_mobjects)))

    def items(self, mobjects: Iterable[Mobject]) -> Rows:
        """Return what mobjects look like now, back to front: (N, 6), a column for each of `COLUMNS`."""
        leaves = self.camera.get_mobjects_to_display(mobjects)
        projection = Projection(self.camera)
        rows = np.zeros((len(leaves), len(COLUMNS)), np.int32)
        vectors = [(place, leaf) for place, leaf in enumerate(leaves) if isinstance(leaf, VMobject)]
        if vectors:
            places, shown = zip(*vectors, strict=True)
            rows[list(places)] = outline_items(shown, projection, self.shelf, self.styler)
        for place, leaf in enumerate(leaves):
            if isinstance(leaf, AbstractImageMobject):
                rows[place] = image_items(leaf, projection, self.shelf)
        return rows

    def _close(self, frames: int = 0) -> None:
        """Turn the frames since the last call into segments; a single one may stand for several."""
        runs: list[list[Rows]] = []
        for rows in self._moving:
            if not runs or len(runs[-1][0]) != len(rows):
                runs.append([])
            runs[-1].append(rows)
        for run in runs:
            self.segments.append(segment(self._static, np.array(run), frames or len(run)))
        self._moving = []

    def update_frame(self, *_args: Any, **_kwargs: Any) -> None:
        """Draw nothing."""

    def scene_finished(self, _scene: Scene) -> None:
        """Write nothing."""


def segment(static: Rows, moving: NDArray[np.int32], frames: int) -> Segment:
    """
    Return the segment of an animation.

    Parameters
    ----------
    static
        (S, 6), the items behind.
    moving
        (frames, M, 6), those that may move; one frame stands for all if they do not.
    frames
        How many there are.
    """
    changes = (moving != moving[0]).any(axis=(0, 2))
    which = np.flatnonzero(changes)
    return Segment(
        frames=frames,
        items=np.concatenate([static, moving[0]]).T.astype(np.int32),
        moving=(which + len(static)).astype(np.uint32),
        tracks=np.broadcast_to(moving[:, which].transpose(2, 1, 0), (len(COLUMNS), len(which), frames)).astype(
            np.int32
        ),
    )
