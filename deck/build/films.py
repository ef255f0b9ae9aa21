"""
A deck's films: one for each reveal, taken from the store or made, side by side in processes of their own.

The browser's video player, the Qt window and the MP4 file show them; all else is drawn from the recordings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deck.build.crew import Crew, crew
from deck.build.progress import Progress
from deck.build.store import Store
from deck.files.scratch import scratch
from deck.process.processors import processors

if TYPE_CHECKING:
    from deck.build import DeckSlide
    from deck.build.quality import Quality
    from deck.render.clips import Clip

__all__ = ["DOING", "MAKER", "Film", "Studio"]

MAKER, DOING = "deck.render.clips", "makes films"
"""The module that makes clips, and the words for what its processes do: see `deck.build.crew`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filmed(Progress):
    """How many of a slide's clips have been made."""

    @property
    def words(self) -> str:
        """The same in words."""
        return f"{self.done} of {self.total} clips are there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """
    One slide's clips, in the order of its reveals.

    Attributes
    ----------
    clips
        H.264 in MP4 files, which stand in the store; each ends on the picture of its pause.
    reversed
        The same backwards, if they were asked for.
    """

    clips: tuple[Path, ...]
    reversed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """
    Where films are made, and how.

    Attributes
    ----------
    store
        The folder that they are kept in from build to build.
    quality
        Pixels and frames a second.
    jobs
        How many processes at once; by default as many as there are processors.
    player
        What plays the slides in HTML: their recordings on a canvas, or films.
    progress
        Called in this thread, for each slide at the start and with each of its clips.
    crew
        The processes that make the films; by default each call starts its own.
    """

    store: Path
    quality: Quality
    jobs: int | None = None
    player: Literal["canvas", "video"] = "canvas"
    progress: Callable[[Progress], None] = lambda _: None
    crew: Crew | None = None

    def films(self, slides: Sequence[DeckSlide], *, reversed: bool = False) -> list[Film]:
        """
        Return the films of slides.

        Parameters
        ----------
        slides
            Those that are needed.
        reversed
            Whether their clips are needed backwards, too.

        Raises
        ------
        SlideError
            If a process is ended from outside.
        OutputError
            If the store cannot be written.
        """
        wanted = {slide.id: self._clips(slide, reversed=reversed) for slide in slides}
        shelf = Store(self.store)
        found = {clip.key: _kept(shelf, clip.key) for clips in wanted.values() for clip in clips}
        report = _Reporter(self.progress, wanted, found)
        missing = {clip.key: clip for clips in wanted.values() for clip in clips if found[clip.key] is None}
        for key, data in _filmed(missing, self._pool):
            found[key] = shelf.put(key, data)
            report.of(key)
        if missing:
            shelf.prune()
        return [_film([found[clip.key] for clip in wanted[slide.id]], len(slide.reveals)) for slide in slides]

    def _pool(self, most: int) -> AbstractContextManager[ProcessPoolExecutor]:
        """Return a context with processes for at most ``most`` pieces of work."""
        size = min(self.jobs or processors(), most)
        return nullcontext(self.crew.pool) if self.crew else crew(size, module=MAKER, doing=DOING)

    def _clips(self, slide: DeckSlide, *, reversed: bool) -> list[Clip]:
        from deck.render.clips import Clip

        reveals = slide.recording.reveals
        spans = [(reveal.first, reveal.last) for reveal in reveals]
        if reversed:
            spans += [(reveal.last, reveal.first) for reveal in reveals]
        size = self.quality
        return [
            Clip(data=slide.data, first=first, last=last, width=size.width, frame_rate=size.frame_rate)
            for first, last in spans
        ]


class _Reporter:
    """Reports progress: how many of each slide's clips are there."""

    def __init__(
        self,
        progress: Callable[[Progress], None],
        wanted: Mapping[str, Sequence[Clip]],
        found: Mapping[str, Path | None],
    ) -> None:
        self.progress, self.wanted, self.found = progress, wanted, found
        for slide in wanted:
            self._report(slide)

    def of(self, key: str) -> None:
        """Report the slides that a clip belongs to."""
        for slide, clips in self.wanted.items():
            if any(clip.key == key for clip in clips):
                self._report(slide)

    def _report(self, slide: str) -> None:
        clips = self.wanted[slide]
        done = sum(self.found[clip.key] is not None for clip in clips)
        self.progress(Filmed(slide=slide, done=done, total=len(clips)))


def _kept(shelf: Store, key: str) -> Path | None:
    """Return the clip that is kept under a key; nothing if there is none, or if it is no film."""
    from deck.render.video import is_film

    path = shelf.path(key)
    return path if path and is_film(path) else None


def _film(paths: Sequence[Path | None], reveals: int) -> Film:
    clips = tuple(path for path in paths if path is not None)
    return Film(clips=clips[:reveals], reversed=clips[reveals:])


def _filmed(
    clips: Mapping[str, Clip], pool_for: Callable[[int], AbstractContextManager[ProcessPoolExecutor]]
) -> Iterator[tuple[str, bytes]]:
    """Film clips piece by piece, several at once, and yield each by its key when it is done."""
    if not clips:
        return
    from deck.render.clips import film, pieces

    work = [(key, piece) for key, clip in clips.items() for piece in pieces(clip)]
    lengths = Counter[bytes]()
    for _, (clip, start, stop) in work:
        lengths[clip.data] += stop - start
    # The longest recordings first, so that all processes end together; each recording's pieces in a row, since
    # reading a recording takes time.
    work.sort(key=lambda item: (-lengths[item[1][0].data], item[1][0].data, item[1][1] - item[1][2]))
    left = Counter(key for key, _ in work)
    made: dict[str, dict[int, bytes]] = {key: {} for key in left}
    with pool_for(len(work)) as pool:
        running = {pool.submit(film, *piece): (key, piece[1]) for key, piece in work}
        for future in as_completed(running):
            key, start = running.pop(future)
            made[key][start] = future.result()
            if len(made[key]) == left[key]:
                yield key, _joined([piece for _, piece in sorted(made.pop(key).items())])


def _joined(films: Sequence[bytes]) -> bytes:
    if len(films) == 1:
        return films[0]
    from deck.render.video import FilmPart, join

    with scratch() as folder:
        path = folder / "whole.mp4"
        join([FilmPart(film=film) for film in films], path)
        return path.read_bytes()
