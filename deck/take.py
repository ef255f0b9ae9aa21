"""One job done: plain data in, bytes out, in whatever process or on whatever machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from deck.errors import DeckError, SlideError
from deck.inputs import Inputs, watched
from deck.outline import Job

__all__ = ["Take", "check", "take"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A slide's recording, as `deck.recording.codec` has it, what it was made from, and how long that took."""

    data: bytes
    inputs: Inputs
    seconds: float


def take(job: Job, report: Callable[[int], None] = lambda _: None) -> Take:
    """
    Record a section's slide.

    Parameters
    ----------
    job
        What to record.
    report
        Called at each pause with the number of reveals done.

    Raises
    ------
    DeckError
        If the section is at fault; it says where. What else the slide's code raises passes through.
    """
    began = time.monotonic()
    with watched() as inputs:
        from deck.recording.codec import encode
        from deck.recording.record import record

        try:
            recording = record(_slide_class(job), frame_rate=job.frame_rate, report=report)
            if not recording.reveals:
                raise SlideError(
                    f"slide class {job.class_name} has no reveals",
                    hint="put its animations into `with self.reveal(...)` blocks",
                )
        except DeckError as error:
            error.where = error.where or job.where
            raise
        data = encode(recording)
    return Take(data=data, inputs=inputs, seconds=time.monotonic() - began)


def check(job: Job) -> None:
    """
    Find a section's slide class and check its options, and leave it at that.

    Raises
    ------
    DeckError
        As `take` does.
    """
    try:
        _slide_class(job)
    except DeckError as error:
        error.where = error.where or job.where
        raise


def _slide_class(job: Job) -> type:
    from deck.sections import slide_class

    folder = str(job.path.parent.absolute())
    if folder not in sys.path:  # the document's Python may stand on modules beside it
        sys.path.append(folder)
    return slide_class(job)
