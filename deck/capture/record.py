"""One slide class run from beginning to end, and its recording."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from manim import config, tempconfig

from deck.adapters.manim import EndSceneEarlyException
from deck.capture.filmer import Filmer
from deck.capture.projection import Unrecordable
from deck.capture.recorder import Recorder
from deck.capture.shortcuts import shortcuts
from deck.capture.texts import texts
from deck.frames import WIDE, Frame
from deck.recording.timeline import GRID_WIDTH, RecordedReveal, Recording, TextBox

if TYPE_CHECKING:
    from deck.slide import Reveal, Slide

__all__ = ["record", "stage"]


def record(
    slide_class: type[Slide],
    *,
    frame_rate: float = 60,
    frame: Frame = WIDE,
    report: Callable[[int], None] = lambda _: None,
) -> Recording:
    """
    Return the recording of a slide.

    A slide that is drawn in a way that only manim itself knows is run a second time, and filmed.

    Parameters
    ----------
    slide_class
        The class of the slide to run.
    frame_rate
        In frames a second.
    frame
        The recording's shape.
    report
        Called at each pause with the number of reveals done.

    Raises
    ------
    Exception
        Whatever the slide's own code raises.
    """
    try:
        return _run(slide_class, Recorder, frame_rate, frame, report)
    except Unrecordable:
        return _run(slide_class, Filmer, frame_rate, frame, report)


@contextmanager
def stage(frame_rate: float, frame: Frame = WIDE) -> Iterator[Path]:
    """
    Set manim up for recording, in the same way each time, and yield a folder for its files, removed afterwards.

    manim itself is not changed: `deck.capture.shortcuts` are not in force.

    Parameters
    ----------
    frame_rate
        In frames a second.
    frame
        Says how many pixels there are.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "dry_run": True,
            "disable_caching": True,
            "frame_rate": frame_rate,
            "media_dir": folder,
            "pixel_height": frame.height,
            "pixel_width": GRID_WIDTH,
            "progress_bar": "none",
            "seed": 0,
            "verbosity": "ERROR",
        }
        with tempconfig(settings):
            random.seed(0)
            np.random.seed(0)  # noqa: NPY002 - slides use numpy's global random numbers, as manim's documentation does
            yield Path(folder)


def _run(
    slide_class: type[Slide],
    renderer: type[Recorder | Filmer],
    frame_rate: float,
    frame: Frame,
    report: Callable[[int], None],
) -> Recording:
    with stage(frame_rate, frame) as folder, shortcuts():
        slide = slide_class(output_folder=folder)
        config.dry_run = True  # again: manim-slides has just set write_to_movie
        recorder: Any = slide.renderer
        recorder.__class__ = renderer
        recorder.begin()
        reveals: list[RecordedReveal] = []

        def at_pause(slide: Slide, reveal: Reveal) -> None:
            first = reveals[-1].last + 1 if reveals else 0
            if recorder.frames == first:
                recorder.take(slide)
            reveals.append(_recorded(reveal, first, recorder.frames - 1, texts(slide, frame.zoom)))
            report(len(reveals))

        slide.at_pause = at_pause
        slide.setup()
        with suppress(EndSceneEarlyException):
            slide.construct()
        slide.tear_down()
        return Recording(
            width=GRID_WIDTH,
            height=frame.height,
            frame_rate=frame_rate,
            reveals=tuple(reveals),
            **recorder.timeline(),
        )


def _recorded(reveal: Reveal, first: int, last: int, read: tuple[TextBox, ...]) -> RecordedReveal:
    return RecordedReveal(
        id=reveal.id,
        title=reveal.title,
        description=reveal.description,
        first=first,
        last=last,
        loop=reveal.loop,
        comment=reveal.comment,
        texts=read,
    )
