"""A slide run to the end of every animation, with no frame drawn and no file written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from manim import Scene, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer

from deck.reveal import Reveal
from deck.slide import Slide

__all__ = ["rehearse"]

SETTINGS = {
    "dry_run": True,
    "pixel_width": 854,
    "pixel_height": 480,
    "frame_rate": 15,
    "progress_bar": "none",
    "verbosity": "ERROR",
}


def rehearse(
    slide_class: type[Slide], *, at_pause: Callable[[Slide, Reveal], None] | None = None
) -> tuple[Reveal, ...]:
    """
    Run a slide's ``construct`` as if the lecturer went through it without waiting.

    Parameters
    ----------
    slide_class
        Usually from `deck.slide.bind`.
    at_pause
        Called at the end of each reveal, with the stage as the audience sees it then.

    Raises
    ------
    Exception
        Whatever ``construct`` raises.
    """
    with TemporaryDirectory() as folder, tempconfig({**SETTINGS, "media_dir": folder}):
        slide = slide_class(output_folder=Path(folder), skip_animations=True)
        slide.renderer.__class__ = _Unseen  # the scene has made it with its own class of camera
        slide.at_pause = at_pause
        slide.setup()
        slide.construct()
        slide.tear_down()
    return tuple(slide.reveals)


class _Unseen(CairoRenderer):
    """Moves everything to where its animations end, and draws nothing."""

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play, and let what follows other things follow to the end, which manim leaves out when it skips."""
        super().play(scene, *args, **kwargs)
        scene.update_mobjects(0)

    def update_frame(self, *_args: Any, **_kwargs: Any) -> None:
        """Draw nothing."""

    def save_static_frame_data(self, *_args: Any, **_kwargs: Any) -> None:
        """Keep no picture of what does not move."""

    def render(self, *_args: Any, **_kwargs: Any) -> None:
        """Take no frame."""

    def freeze_current_frame(self, duration: float) -> None:
        """Take no frame."""
