"""Films of a small deck, looked at frame by frame as a player would decode them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from skimage.metrics import structural_similarity

from deck.build import Deck
from deck.build.films import Film, Studio
from deck.build.progress import Progress
from deck.build.quality import QUALITIES
from deck.build.store import Store
from deck.errors import OutputError, RecordingError
from deck.formats import video
from deck.recording.codec import encode
from deck.recording.timeline import FULL, Outline, Paint, Recording, Segment, Style
from deck.render.clips import LONGEST, Clip, film, pieces
from deck.render.raster import Raster

pytestmark = pytest.mark.xdist_group("toys")

WIDTH = QUALITIES["draft"].width
BT601, BT709 = 5, 1
SRGB = 13
LIMITED = 1


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(store=tmp_path_factory.mktemp("studio"), quality=QUALITIES["draft"], jobs=2)


@pytest.fixture(scope="session")
def films(built: Deck, studio: Studio) -> list[Film]:
    return studio.films(built.slides, reversed=True)


def decoded(source: Any) -> tuple[list[Fraction], list[NDArray[np.uint8]], Fraction]:
    """Return when each frame of a film is shown, in seconds, its pixels, and how long the film is."""
    with av.open(source, "r") as file:
        stream = file.streams.video[0]
        assert stream.time_base is not None
        assert stream.duration is not None
        frames = list(file.decode(stream))
        times = [Fraction(frame.pts or 0) * stream.time_base for frame in frames]
        return (
            times,
            [np.asarray(frame.to_ndarray(format="rgb24")) for frame in frames],
            stream.duration * stream.time_base,
        )


def alike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    return float(structural_similarity(one, other, channel_axis=2))  # type: ignore[no-untyped-call]


def long_recording(frames: int) -> Recording:
    """Return a square that runs to the right, frame by frame, and rests at every third."""
    corners = 1600 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
    points = np.concatenate([corners[:1], *([corners[i], corners[i + 1], corners[i + 1]] for i in range(4))])
    tracks = np.zeros((6, 1, frames), np.int32)
    tracks[2, 0] = 50 * (np.arange(frames) // 3)
    tracks[4] = FULL
    return Recording(
        width=1920, height=1080, frame_rate=60, background="#000000", pictures=(),
        shapes=(Outline(points.astype(np.int16), np.array([9], np.uint32)),),
        styles=(Style(fill=Paint(((255, 176, 0, 255),))),),
        segments=(Segment(frames=frames, items=tracks[:, :, 0], moving=np.array([0], np.uint32), tracks=tracks),),
        reveals=(),
    )  # fmt: skip


def test_a_clip_shows_every_frame_of_its_reveal_and_ends_on_the_pause(built: Deck, films: Sequence[Film]) -> None:
    for slide, made in zip(built.slides, films, strict=True):
        raster = Raster(slide.recording, WIDTH)
        for reveal, clip in zip(slide.recording.reveals, made.clips, strict=True):
            times, pictures, seconds = decoded(str(clip))
            shown = [reveal.first + int(time * 15) for time in times]
            assert times[0] == 0
            assert seconds == Fraction(reveal.last - reveal.first + 1, 15)
            for frame, picture in zip(shown, pictures, strict=True):
                assert alike(picture, raster.frame(frame)) > 0.98
            assert alike(pictures[-1], raster.frame(reveal.last)) > 0.98


def test_a_reversed_clip_ends_where_the_reveal_began(built: Deck, films: Sequence[Film]) -> None:
    reveal, raster = built.slides[0].recording.reveals[0], Raster(built.slides[0].recording, WIDTH)

    _, pictures, seconds = decoded(str(films[0].reversed[0]))

    assert seconds == Fraction(reveal.last - reveal.first + 1, 15)
    assert alike(pictures[0], raster.frame(reveal.last)) > 0.98
    assert alike(pictures[-1], raster.frame(reveal.first)) > 0.98


def test_a_clip_says_what_its_colors_mean(films: Sequence[Film]) -> None:
    with av.open(str(films[0].clips[0]), "r") as file:
        coder = file.streams.video[0].codec_context
        assert (coder.colorspace, coder.color_primaries, coder.color_trc, coder.color_range) == (
            BT601, BT709, SRGB, LIMITED,
        )  # fmt: skip
        assert (coder.pix_fmt, coder.width, coder.height) == ("yuv420p", 854, 480)


def test_frames_that_look_the_same_are_one_shown_longer() -> None:
    clip = Clip(data=encode(long_recording(30)), first=0, last=29, width=320, frame_rate=60)

    times, _, seconds = decoded(_file(film(*next(pieces(clip)))))

    assert times == [Fraction(3 * nth, 60) for nth in range(10)]
    assert seconds == Fraction(30, 60)


def test_a_long_reveal_is_made_in_pieces_and_is_whole(built: Deck, studio: Studio) -> None:
    frames = 2 * LONGEST + 100
    recording = long_recording(frames)
    reveal = replace(built.slides[1].recording.reveals[0], first=0, last=frames - 1)
    slide = replace(built.slides[1], data=encode(replace(recording, reveals=(reveal,))))
    quick = replace(studio, quality=replace(studio.quality, frame_rate=60))

    (made,) = quick.films([slide])
    times, pictures, seconds = decoded(str(made.clips[0]))

    assert seconds == Fraction(frames, 60)
    assert len(times) == len(set(times)) == sum(-(-part // 3) for part in (LONGEST, LONGEST, 100))
    raster = Raster(recording, WIDTH)
    for at in (0, LONGEST // 3 - 1, LONGEST // 3, 2 * LONGEST // 3, len(times) - 1):
        assert alike(pictures[at], raster.frame(int(times[at] * 60))) > 0.98


def test_fewer_frames_a_second_than_recorded_still_end_on_the_pause() -> None:
    recording = long_recording(50)
    clip = Clip(data=encode(recording), first=0, last=49, width=320, frame_rate=15)

    times, pictures, seconds = decoded(_file(film(*next(pieces(clip)))))

    assert all((time * 15).denominator == 1 for time in times)
    assert seconds == Fraction(13, 15)
    assert alike(pictures[-1], Raster(recording, 320).frame(49)) > 0.98


def test_films_are_found_again_and_a_damaged_one_is_made_again(built: Deck, studio: Studio, tmp_path: Path) -> None:
    own, news = replace(studio, store=tmp_path), list[Progress]()
    first = own.films(built.slides[1:])[0].clips[0]
    data = first.read_bytes()
    told = replace(own, progress=news.append)

    told.films(built.slides[1:])
    assert [(each.slide, each.done, each.total) for each in news] == [("the-corner", 1, 1)]

    first.write_bytes(data[:-20])
    again = told.films(built.slides[1:])[0].clips[0]
    assert [each.done for each in news[1:]] == [0, 1]
    assert news[-1].words == "1 of 1 clips are there"
    assert again.read_bytes() == data, "equal recordings make equal films"


def test_processes_that_make_films_leave_manim_alone() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_loaded) == set()


def _loaded() -> set[str]:
    import sys

    import deck.render.clips  # noqa: F401

    return {"manim", "manim_slides", "PySide6"} & set(sys.modules)


def test_an_mp4_has_a_chapter_for_each_reveal_and_rests_at_its_end(
    built: Deck, studio: Studio, films: Sequence[Film], tmp_path: Path
) -> None:
    front = replace(built.document.front, author="Ada")
    video.write(replace(built, document=replace(built.document, front=front)), tmp_path / "talk.mp4", studio)

    with av.open(str(tmp_path / "talk.mp4"), "r") as file:
        assert (file.metadata["title"], file.metadata["artist"]) == ("Toys", "Ada")
        chapters = [(each["metadata"]["title"], (each["time_base"] or 1) * each["start"]) for each in file.chapters()]
    lengths = [decoded(str(clip))[2] + 2 for film in films for clip in film.clips]
    titles = ["Shapes: Running", "Shapes: A dot", "Shapes: Rest", "The corner: Corner"]
    assert [title for title, _ in chapters] == titles
    assert [float(start) for _, start in chapters] == pytest.approx([sum(lengths[:nth]) for nth in range(4)], abs=1e-3)
    times, pictures, seconds = decoded(str(tmp_path / "talk.mp4"))
    assert seconds == sum(lengths)
    for slide, ends in ((built.slides[0], lengths[:3]), (built.slides[1], lengths)):
        shown = max(nth for nth, time in enumerate(times) if time < sum(ends))
        raster = Raster(slide.recording, WIDTH)
        assert alike(pictures[shown], raster.frame(slide.recording.reveals[-1].last)) > 0.98


def test_an_mp4_begins_to_play_before_all_of_it_is_there(built: Deck, studio: Studio, tmp_path: Path) -> None:
    video.write(built, tmp_path / "talk.mp4", studio)

    data = (tmp_path / "talk.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_full_disk_leaves_the_earlier_film(
    built: Deck, studio: Studio, films: Sequence[Film], tmp_path: Path, small_files: None
) -> None:
    (tmp_path / "talk.mp4").write_text("earlier")

    with pytest.raises(OutputError, match=r"cannot write .*talk\.mp4"):
        video.write(built, tmp_path / "talk.mp4", studio)

    assert (tmp_path / "talk.mp4").read_text() == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["talk.mp4"]


def test_a_recording_that_is_a_film_is_shown_frame_by_frame() -> None:
    drawn = long_recording(40)
    made = film(*next(pieces(Clip(data=encode(drawn), first=0, last=39, width=640, frame_rate=60))))
    empty = Segment(
        frames=40,
        items=np.zeros((6, 0), np.int32),
        moving=np.zeros(0, np.uint32),
        tracks=np.zeros((6, 0, 40), np.int32),
    )
    filmed = replace(drawn, segments=(empty,), film=made)

    raster, original = Raster(filmed, 640), Raster(drawn, 640)

    for frame in (0, 1, 2, 3, 39, 20, 4, 4):
        assert alike(raster.frame(frame), original.frame(frame)) > 0.98
    with pytest.raises(IndexError):
        raster.frame(40)


def test_a_damaged_film_in_a_recording_is_told() -> None:
    with pytest.raises(RecordingError, match="the film in the recording is damaged"):
        Raster(replace(long_recording(3), film=b"no film"), 640)


def _file(data: bytes) -> Any:
    from io import BytesIO

    return BytesIO(data)


@pytest.mark.parametrize(
    "made",
    [
        lambda _: b"no film",
        lambda _: b"",
        lambda clip: clip[:200],
        lambda clip: clip[:40] + b"\xff" * (len(clip) - 40),
        lambda _: b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    ],
    ids=["foreign", "empty", "cut short", "rubbish in a film's clothes", "a list of other files"],
)
def test_what_is_no_film_in_the_store_is_made_anew(
    built: Deck, studio: Studio, tmp_path: Path, made: Callable[[bytes], bytes]
) -> None:
    own = replace(studio, store=tmp_path)
    (first,) = own.films(built.slides[:1])
    before, shelf = [clip.read_bytes() for clip in first.clips], Store(tmp_path)
    for file in (tmp_path / "keys").iterdir():
        shelf.put(file.stem, made(shelf.get(file.stem) or b""))

    (again,) = own.films(built.slides[:1])

    assert [clip.read_bytes() for clip in again.clips] == before
