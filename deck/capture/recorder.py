"""
Recording instead of filming: manim runs the animation, and what it would have drawn is kept.

`Recorder` takes the place of manim's cairo renderer and follows it step by step. manim draws a frame in two layers, and
so are frames kept here:

1. What stands still through an animation is drawn once, before its first frame: the static items.
2. The rest is drawn over it frame by frame: the moving items. If nothing moves, the whole stage is drawn there.

A wait in which nothing moves is one frame that lasts. Nothing is kept of animations that are skipped.

For each layer the camera's `View` says what is drawn, back to front. What it keeps of a mobject:

=====================  ==============================================================================================
its points             as the camera sees them (moved, zoomed, turned in space), relative to the first of them, so that
                       a mobject that moves keeps its outline; rounded to a sixteenth of a pixel
its colours            of the inside, the stroke and the stroke behind; one colour, or several along a line. Opacities
                       are kept apart from colours, so that a mobject that fades keeps its style or its picture
its strokes            as wide as the camera shows them, with the join and the cap that the cairo context would have
                       at this moment, which may be those of a mobject drawn before
its pixels             of an image, and the corners of the quadrilateral that it fills
its squares            of a point cloud, on the grid's pixels
what a window shows    another camera's view, cut out by the window's outline
=====================  ==============================================================================================

Whatever else there is, such as a camera that draws in ways of its own, raises `Unrecordable`; `deck.capture.record`
then lets manim draw, and films it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from manim import Mobject, Scene

from deck.adapters.manim import CairoRenderer, list_update, skip_or_not
from deck.capture.backdrop import Backdrop
from deck.capture.images import Item
from deck.capture.segments import segments
from deck.capture.texts import follow_all
from deck.capture.views import View
from deck.recording.shelf import Shelf
from deck.recording.timeline import Segment, Style

__all__ = ["Recorder"]


class Recorder(CairoRenderer):
    """
    A renderer that keeps a timeline and draws nothing.

    Attributes
    ----------
    shelf
        The shapes, styles and pictures that occurred.
    segments
        The frames of all animations that are over.
    backdrop
        What is behind all items.
    view
        The camera's.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.begin()

    def begin(self) -> None:
        """
        Forget everything; to be called after a renderer that manim has made was given this class.

        Raises
        ------
        Unrecordable
            If the camera draws in ways of its own.
        """
        self.shelf = Shelf()
        self.segments: list[Segment] = []
        self.view = View(self.camera, self.shelf)
        self.backdrop = Backdrop(self.camera, self.shelf)
        self._static: list[Item] | None = None
        self._moving: list[list[Item]] = []

    @property
    def frames(self) -> int:
        """How many frames there are so far."""
        return sum(segment.frames for segment in self.segments)

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Run animations and keep their frames."""
        skip_or_not(self)
        scene.compile_animation_data(*args, **kwargs)
        scene.begin_animations()
        self._static = None
        if self.skip_animations:
            self.time += scene.duration
        elif scene.static_mobjects:
            self._static = [*self.backdrop.items(), *self.view.items(scene.static_mobjects)]
        if scene.is_current_animation_frozen_frame():
            self._freeze(scene)
        else:
            scene.play_internal()
            self._close()
        follow_all(scene.animations or ())
        self.num_plays += 1

    def render(self, scene: Scene, _time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Keep one frame."""
        if self.skip_animations:
            return
        self.time += 1 / self.camera.frame_rate
        shown = moving_mobjects or list_update(scene.mobjects, scene.foreground_mobjects)
        behind = self.backdrop.items() if self._static is None else []
        self._moving.append([*behind, *self.view.items(shown)])

    def take(self, scene: Scene) -> None:
        """Keep one frame of the stage as it is, for a reveal without animations."""
        self._static = None
        self.skip_animations = False
        stage = list_update(scene.mobjects, scene.foreground_mobjects)
        self._moving.append([*self.backdrop.items(), *self.view.items(stage)])
        self._close()

    def timeline(self) -> dict[str, Any]:
        """Return the frames as fields of a `Recording`, by their names."""
        return {
            "background": self.backdrop.color or self.camera.background_color.to_hex(),
            "pictures": tuple(self.shelf.pictures),
            "shapes": tuple(self.shelf.shapes),
            "styles": tuple(self.shelf.styles) or (Style(),),  # an image's item has to name a style, too
            "segments": tuple(self.segments),
        }

    def update_frame(self, *_args: Any, **_kwargs: Any) -> None:
        """Draw nothing."""

    def scene_finished(self, _scene: Scene) -> None:
        """Write nothing."""

    def _freeze(self, scene: Scene) -> None:
        """Keep one frame that lasts through a wait."""
        if not self.skip_animations:
            tick = 1 / self.camera.frame_rate
            frames = int(scene.duration / tick)  # written as in manim, so that it is rounded alike
            self.render(scene, 0, scene.moving_mobjects)
            self.time += (frames - 1) * tick
            self._close(frames=frames)

    def _close(self, frames: int = 0) -> None:
        """Turn the frames since the last call into segments; a single one may stand for several."""
        self.segments += segments(self._static or [], self._moving, frames or len(self._moving))
        self._static, self._moving = None, []
        self.view.forget()
