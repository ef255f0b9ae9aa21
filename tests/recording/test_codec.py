"""A recording's bytes: nothing becomes something else on the way, and what is damaged is refused."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deck.errors import RecordingError
from deck.recording.codec import decode, encode
from deck.recording.header import BLOCKS, bind, header, unbind
from deck.recording.streams import MAGIC, VERSION, inflated, packed, streams
from deck.recording.timeline import Image, Outline, Paint, RecordedReveal, Recording, Segment, Style, TextBox
from deck.render.raster import Raster
from tests.recording.small import CORNERS, PICTURE, altered, everything, outline, recording, segment

EDGES = (0, 1, 65534, 65535, 65536, 70000)
"""Where numbers of 16 bits end."""


def same(read: Recording, written: Recording) -> None:
    """See that two recordings are equal in everything, down to the types of their numbers."""
    for name in ("width", "height", "frame_rate", "background", "styles", "reveals", "film"):
        assert getattr(read, name) == getattr(written, name), name
    for name in ("pictures", "shapes", "segments"):
        assert len(getattr(read, name)) == len(getattr(written, name)), name
    for ours, theirs in zip(read.pictures, written.pictures, strict=True):
        assert ours.dtype == theirs.dtype
        assert np.array_equal(ours, theirs)
    for shape, other in zip(read.shapes, written.shapes, strict=True):
        if isinstance(other, Image):
            assert isinstance(shape, Image)
            assert (shape.picture, shape.kernel) == (other.picture, other.kernel)
            assert np.array_equal(shape.corners, other.corners)
        else:
            assert isinstance(shape, Outline)
            assert shape.exponent == other.exponent
            assert np.array_equal(shape.points, other.points)
            assert np.array_equal(shape.subpaths, other.subpaths)
    for one, two in zip(read.segments, written.segments, strict=True):
        assert one.frames == two.frames
        for name in ("items", "moving", "tracks"):
            assert np.array_equal(getattr(one, name), getattr(two, name))


def comes_back(written: Recording) -> None:
    data = encode(written)
    read = decode(data)
    same(read, written)
    assert encode(read) == data


def test_a_recording_with_some_of_everything_comes_back() -> None:
    comes_back(everything())


@pytest.mark.parametrize("count", EDGES)
def test_as_many_subpaths_as_there_may_be_come_back(count: int) -> None:
    comes_back(recording([outline([1] * count), outline([2], seed=1), Image(0, CORNERS, "box")], pictures=[PICTURE]))


@pytest.mark.parametrize("count", [1, 32767, 32768, 70000])
def test_as_many_curves_as_there_may_be_come_back(count: int) -> None:
    comes_back(recording([outline([count, 1, count]), outline([3], seed=1)]))


@pytest.mark.parametrize("count", [0, 65535, 65536])
def test_as_many_shapes_and_items_as_there_may_be_come_back(count: int) -> None:
    shape = outline([1])
    comes_back(recording([shape] * count))


@pytest.mark.parametrize("count", [0, 65535, 65536])
def test_as_many_pictures_as_there_may_be_come_back(count: int) -> None:
    pictures = [np.full((1, 1, 4), nth % 256, np.uint8) for nth in range(count)]
    comes_back(recording([Image(nth, CORNERS, "box") for nth in range(count)], pictures=pictures))


@pytest.mark.parametrize("count", [1, 65536])
def test_as_many_segments_styles_and_reveals_as_there_may_be_come_back(count: int) -> None:
    styles = [Style(width=nth) for nth in range(count)]
    segments = [segment([(0, nth, nth, 0, 0, 0)]) for nth in range(count)]
    reveals = [RecordedReveal(id=f"r{nth}", title="", description="", first=nth, last=nth) for nth in range(count)]
    made = recording([outline()], segments, styles=styles, reveals=tuple(reveals))
    same(decode(encode(made)), made)


@pytest.mark.parametrize("count", [1, 65536])
def test_as_many_frames_as_there_may_be_come_back(count: int) -> None:
    items = [(0, 0, 0, 0, 0, 0), (0, 0, -(2**31), 2**31 - 1, 0, 0)]
    made = segment(items, frames=count, moving=[1])
    made.tracks[2:4] = np.random.default_rng(0).integers(-(2**31), 2**31, (2, 1, count))
    comes_back(recording([outline()], [made, segment(items, frames=2**31 - 1 - count)]))


COUNTS = st.integers(0, 3) | st.sampled_from((32767, 32768, 65535, 65536))


@settings(max_examples=25)
@given(
    counts=st.lists(COUNTS, max_size=3),
    curves=st.lists(COUNTS.filter(bool), max_size=2),
    exponent=st.integers(0, 16),
    items=COUNTS,
    places=st.lists(st.tuples(st.integers(-(2**31), 2**31 - 1), st.integers(0, 4080)), min_size=1, max_size=3),
)
def test_whatever_fits_comes_back(
    counts: list[int],
    curves: list[int],
    exponent: int,
    items: int,
    places: list[tuple[int, int]],
) -> None:
    outlines = [outline([1] * count, seed=nth) for nth, count in enumerate(counts)] + [outline(curves)]
    image = Image(0, CORNERS, "linear")
    shapes: list[Outline | Image] = [replace(each, exponent=exponent) for each in outlines]
    shapes += [image] * len(places)
    drawn = [(len(shapes) - 1, 0, x, -x - 1, opacity, opacity) for x, opacity in places]
    whole = segment([*drawn, *[drawn[0]] * items], frames=2, moving=[0, len(drawn) + items - 1][: 1 + (items > 0)])
    comes_back(recording(shapes, [whole], pictures=[PICTURE]))


def _with_items(**columns: int) -> Recording:
    item = {"shape": 0, "style": 0, "x": 0, "y": 0, "fill": 0, "stroke": 0} | columns
    rows: Any = np.array([list(item.values())], np.int64).T
    nothing = np.zeros(0, np.uint32)
    return recording([outline()], [Segment(1, rows, nothing, np.zeros((6, 0, 1), np.int32))])


def _with_points(*points: tuple[float, float], subpaths: tuple[int, ...] = (2,), exponent: int = 0) -> Recording:
    return recording([Outline(np.array(points), np.array(subpaths), exponent)])


def _with(**facts: Any) -> Recording:
    return replace(everything(), **facts)


def _reveal(**facts: Any) -> Recording:
    return replace(everything(), reveals=(replace(everything().reveals[0], **facts),))


LINE = ((0, 0), (1, 1), (2, 2), (3, 3))
FAR: Any = CORNERS.astype(np.int64) * 2**20
BRIGHT: Any = PICTURE.astype(np.int16) + 240
MUCH = np.broadcast_to(np.zeros(4, np.uint8), (2**14, 2**14 + 1, 4))
"""Pixels of a gigabyte and some."""

PAST_THE_LIMITS: dict[str, Callable[[], Recording]] = {
    "a point too far right": lambda: _with_points((32768, 0), *LINE[1:]),
    "a point too far up": lambda: _with_points((0, -32769), *LINE[1:]),
    "a point that is not whole": lambda: _with_points((0.5, 0), *LINE[1:]),
    "a point that is no number": lambda: _with_points((float("nan"), 0), *LINE[1:]),
    "an infinite point": lambda: _with_points((float("inf"), 0), *LINE[1:]),
    "a point that is no curve's": lambda: _with_points(*LINE, LINE[0]),
    "a curve without its points": lambda: _with_points(*LINE, subpaths=(4,)),
    "a subpath of no curve": lambda: _with_points(LINE[0], subpaths=(1,)),
    "a subpath of fewer": lambda: _with_points(*LINE, subpaths=(-2,)),
    "a subpath of 2**31 curves": lambda: _with_points(*LINE, subpaths=(2**32,)),
    "an exponent of 17": lambda: _with_points(*LINE, exponent=17),
    "an exponent of 256": lambda: _with_points(*LINE, exponent=256),
    "an exponent of -1": lambda: _with_points(*LINE, exponent=-1),
    "a place too far right": lambda: _with_items(x=2**31),
    "a place too far up": lambda: _with_items(y=-(2**31) - 1),
    "a shape that is not there": lambda: _with_items(shape=1),
    "a shape before the first": lambda: _with_items(shape=-1),
    "a style that is not there": lambda: _with_items(style=1),
    "too much opacity": lambda: _with_items(fill=4081),
    "less than none": lambda: _with_items(stroke=-1),
    "a corner too far": lambda: recording([Image(0, FAR, "box")], pictures=[PICTURE]),
    "a picture that is not there": lambda: recording([Image(1, CORNERS, "box")], pictures=[PICTURE]),
    "a picture of three channels": lambda: recording(pictures=[PICTURE[..., :3]]),
    "a picture brighter than bright": lambda: recording(pictures=[BRIGHT]),
    "a picture without pixels": lambda: recording(pictures=[PICTURE[:0]]),
    "a gigabyte and more": lambda: recording(pictures=[MUCH]),
    "an unknown kernel": lambda: recording([Image(0, CORNERS, "sharp")], pictures=[PICTURE]),  # type: ignore[arg-type]
    "a colour brighter than bright": lambda: _with(styles=(Style(fill=Paint(((256, 0, 0, 255),))),) * 5),
    "two colours along no line": lambda: _with(styles=(Style(fill=Paint(((2, 0, 0, 255),) * 2)),) * 5),
    "a width of less than nothing": lambda: _with(styles=(Style(width=-1),) * 5),
    "an unknown join": lambda: _with(styles=(Style(join="sharp"),) * 5),
    "a clip that never ends": lambda: _with(styles=(Style(), Style(), Style(clip="start"), Style(), Style())),
    "a clip that never began": lambda: _with(styles=(Style(), Style(), Style(), Style(clip="end"), Style())),
    "a clip in a clip": lambda: _with(styles=(Style(clip="start"), Style(), *everything().styles[2:])),
    "no frame": lambda: recording(segments=[replace(segment([]), frames=0, tracks=np.zeros((6, 0, 0), np.int32))]),
    "too many frames": lambda: recording(segments=[segment([], frames=2**31 - 1), segment([])], reveals=()),
    "a frame rate that is no number": lambda: _with(frame_rate=float("nan")),
    "a colour of the ground that is none": lambda: _with(background="black"),
    "a reveal beyond the end": lambda: _reveal(last=5),
    "a reveal before the start": lambda: _reveal(first=-1),
    "a reveal that ends before it starts": lambda: _reveal(first=2),
    "a reveal that names a folder": lambda: _reveal(id="../x"),
    "a title of half a character": lambda: _reveal(title="\ud800"),
    "a text in an infinite box": lambda: _reveal(texts=(TextBox("x", (0, 0, float("inf"), 0)),)),  # type: ignore[arg-type]
    "a text of a size that is no number": lambda: _reveal(texts=(TextBox("x", (0, 0, 1, 1), float("nan")),)),
}


@pytest.mark.parametrize("case", PAST_THE_LIMITS)
def test_what_does_not_fit_is_refused_in_a_sentence(case: str) -> None:
    with pytest.raises(RecordingError, match=r"what the slide shows cannot be kept: .+"):
        encode(PAST_THE_LIMITS[case]())


def test_reveals_that_overlap_are_refused() -> None:
    first, second = everything().reveals
    with pytest.raises(RecordingError):
        encode(_with(reveals=(first, replace(second, first=1))))
    with pytest.raises(RecordingError):
        encode(_with(reveals=(second, first)))


def test_clips_are_looked_at_in_every_frame() -> None:
    """One that ends is another one in a single frame, where a style moves."""
    made = everything()
    first = made.segments[0]
    assert first.moving.tolist() == [0, 2, 4]
    tracks = first.tracks.copy()
    tracks[1, 1, 1] = 2  # which starts one
    with pytest.raises(RecordingError, match="clips do not start and end in turn"):
        encode(replace(made, segments=(replace(first, tracks=tracks), *made.segments[1:])))


def drawn_or_refused(data: bytes, library: Recording | None = None) -> bool:
    """Return whether bytes were read; then each frame can be drawn, and they can be written again."""
    try:
        read = decode(data, library)
    except RecordingError:
        return False
    assert len(header(data)["reveals"]) == len(read.reveals)
    raster = Raster(read, 64)
    pauses = {reveal.last for reveal in read.reveals}
    for frame in sorted(pauses | {0, read.frames - 1} if read.frames else pauses):
        raster.frame(frame)
    same(decode(encode(read)), read)
    return True


def test_bytes_with_anything_changed_are_refused_or_drawn() -> None:
    read = [name for name, data in altered(encode(everything())) if drawn_or_refused(data)]
    # Some of it is as sound as before: another colour, another place.
    assert any("background" in name for name in read) is False
    assert any(name.startswith("points") for name in read)
    assert not any(name.startswith(("shapes", "subpaths", "('blocks'")) and " is 7" in name for name in read)


@pytest.mark.parametrize("change", [0x01, 0x55, 0x80, 0xFF])
def test_a_damaged_byte_is_told_wherever_it_is(change: int) -> None:
    made = everything()
    data = encode(made)
    for at in range(len(data)):
        damaged = data[:at] + bytes([data[at] ^ change]) + data[at + 1 :]
        try:
            same(decode(damaged), made)
        except RecordingError:
            continue
    for at in range(len(data)):
        with pytest.raises(RecordingError):
            decode(data[:at])


@given(st.binary(max_size=200), st.sampled_from((b"", MAGIC, MAGIC + bytes([VERSION]))))
def test_bytes_of_any_kind_are_refused(rest: bytes, begin: bytes) -> None:
    for data in (begin + rest, begin + zlib.compress(rest), packed(rest, b"")):
        for read in (decode, header):
            with pytest.raises(RecordingError):
                read(data)


def test_the_head_alone_is_looked_at_as_well() -> None:
    for _, data in altered(encode(everything())):
        try:
            facts = header(data)
        except RecordingError:
            with pytest.raises(RecordingError):
                decode(data)
        else:
            assert dict.fromkeys(name for name, *_ in facts["blocks"]) == dict.fromkeys(BLOCKS)
            assert all(reveal["first"] <= reveal["last"] for reveal in facts["reveals"])


def test_little_that_unpacks_to_much_is_refused_before_it_fills_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is a gigabyte; the test takes a smaller one."""
    for module in ("codec", "header"):
        monkeypatch.setattr(f"deck.recording.{module}.MOST_BYTES", 2**20)
    head = inflated(streams(encode(everything()))[0], 2**20)
    bombs = [(bytes(2**27), b""), (struct.pack("<I", 2**27) + b"[" * 2**27, b""), (head, bytes(2**27))]
    for data, is_behind in [(packed(*bomb), bomb[0] is head) for bomb in bombs]:
        tracemalloc.start()
        for read in (decode,) if is_behind else (decode, header):
            with pytest.raises(RecordingError):
                read(data)
        assert tracemalloc.get_traced_memory()[1] < 2**25
        tracemalloc.stop()


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=5))
def test_recordings_that_are_bound_come_apart(parts: list[bytes]) -> None:
    assert list(unbind(bind(parts))) == parts


@pytest.mark.parametrize("data", [b"", b"\0", bytes(4), bytes(8), b"\xff" * 4, b"\xff" * 40, bind([b"abc"])[:-1]])
def test_what_was_never_bound_is_refused(data: bytes) -> None:
    with pytest.raises(RecordingError):
        unbind(data)
