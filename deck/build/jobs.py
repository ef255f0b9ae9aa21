"""One job done: plain data in, bytes out, in whatever process or on whatever machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deck.build.dependencies import Inputs, read_since, watched
from deck.document.outline import Job
from deck.document.section import SceneCode, SlideBlock
from deck.errors import DeckError, SlideError
from deck.files.writing import full_temporary
from deck.process.guard import DeniedError

if TYPE_CHECKING:
    from deck.slide import Slide

__all__ = ["Take", "check", "take", "take_texts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """
    A section's recordings, and how they were made.

    Attributes
    ----------
    pages
        The recordings of its slides, as `deck.recording.codec` has them.
    inputs
        What they were made from.
    seconds
        How long it took to make them.
    lacks_latex
        Whether formulas that LaTeX would set were set without it.
    """

    pages: tuple[bytes, ...]
    inputs: Inputs
    seconds: float
    lacks_latex: bool = False


def take(job: Job, report: Callable[[int], None] = lambda _: None) -> Take:
    """
    Record a section's slides.

    Parameters
    ----------
    job
        What to record.
    report
        Called at each pause with the number of reveals done.

    Raises
    ------
    DeckError
        If the section is at fault; it says where. Any other error of a kind's own code is raised as it is.
    """
    began = time.monotonic()
    with watched() as inputs, _placed(job), _framed(job):
        from deck.capture.record import record
        from deck.recording.codec import encode

        pages: list[bytes] = []
        done = 0
        inputs.declare(str(job.path.parent.absolute()), job.section.settings.depends)
        for slide in _slide_classes(job):
            if isinstance(job.section.body, SlideBlock):
                inputs.declare(str(Path(sys.modules[slide.__module__].__file__ or "").parent), slide.depends)
            recording = record(slide, frame_rate=job.frame_rate, frame=job.frame, report=_after(done, report))
            if not recording.reveals:
                raise SlideError(
                    f"slide class {slide.__name__} has no reveals",
                    hint="put its animations into `with self.reveal(...)` blocks",
                )
            done += len(recording.reveals)
            pages.append(encode(recording))
    return Take(pages=tuple(pages), inputs=inputs, seconds=time.monotonic() - began, lacks_latex=_lacks_latex(job))


def take_texts(jobs: Sequence[Job]) -> Iterator[Take | DeckError]:
    """Yield what has become of each of some sections of text, which are set together."""
    from deck.recording.codec import encode
    from deck.sections.text import record_texts

    began, moment = time.monotonic(), time.time_ns()
    made = record_texts(jobs)
    seconds = (time.monotonic() - began) / len(jobs)
    for job, (found, files) in zip(jobs, made, strict=True):
        try:
            with _placed(job):
                if isinstance(found, DeckError):
                    raise found
                inputs = read_since(moment, map(str, files))
                inputs.declare(str(job.path.parent.absolute()), job.section.settings.depends)
                yield Take(pages=tuple(map(encode, found)), inputs=inputs, seconds=seconds)
        except DeckError as error:
            yield error


def _lacks_latex(job: Job) -> bool:
    if not isinstance(job.section.body, SceneCode):
        return False
    from deck.sections.latex import needs_latex, used

    return needs_latex() and used()


def _after(done: int, report: Callable[[int], None]) -> Callable[[int], None]:
    def report_more(more: int) -> None:
        report(done + more)

    return report_more


def check(job: Job) -> None:
    """
    Find a section's slide classes and check their options, without recording anything.

    Raises
    ------
    DeckError
        As `take` does.
    """
    with _placed(job):
        if job.is_text:
            from deck.sections.text import check_job

            check_job(job)
        else:
            with _framed(job):
                _slide_classes(job)


@contextmanager
def _framed(job: Job) -> Iterator[None]:
    """Give manim's frame the shape of the job's slides, before the document's code or a kind's looks at it."""
    from deck.capture.framing import framed

    with framed(job.frame, is_scene=isinstance(job.section.body, SceneCode)):
        yield


@contextmanager
def _placed(job: Job) -> Iterator[None]:
    """Give failures their place in the document; whatever a scene raises counts as a failure of the document."""
    try:
        yield
    except DeckError as error:
        error.where = error.where if error.where and error.where.line else job.where
        raise
    except (Exception, SystemExit) as error:
        if isinstance(error, Exception) and (fault := full_temporary(error)):
            fault.where = job.where
            raise fault from error
        if denied := _denied(error):
            raise SlideError(
                f"'{job.section.id}' is stopped: {denied.strerror}, which it may not unless the document is trusted",
                hint="build with --trust if you trust the document and all that lies beside it",
                where=job.where,
            ) from error
        if not isinstance(job.section.body, SceneCode):
            raise
        from deck.sections.module import told

        raise told(error, job.section.body, job.path) from error


def _denied(error: BaseException | None) -> DeniedError | None:
    """Return the guard's refusal, if that is what has caused an error."""
    while error is not None and not isinstance(error, DeniedError):
        error = error.__cause__ or error.__context__
    return error


def _slide_classes(job: Job) -> list[type[Slide]]:
    from deck.sections import slide_classes

    return slide_classes(job)
