"""What a recording says of a slide besides its frames, and that it is the same each time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Integer, Mobject, Square, Text, Transform, VGroup
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

from deck.capture.record import record
from deck.errors import RecordingError
from deck.recording.codec import decode, encode
from deck.recording.timeline import Recording
from deck.render.raster import Raster
from deck.slide import Slide
from tests.recording import scenes
from tests.recording.scenes import Shown

RATE = 10


def read_at_pauses(recording: Recording) -> list[list[str]]:
    return [[text.text for text in reveal.texts] for reveal in recording.reveals]


@pytest.mark.parametrize(
    ("slide_class", "expected"),
    [
        (
            scenes.Words,
            [["Feature maps: sum = 266", "a bold claim & more", "two lines\nof text", "small print"]],
        ),
        (scenes.Formula, [["sum_(i=0)^n x_i / sqrt(2)"]]),
        (scenes.Listing, [["def f(x):\n    return x + 1"]]),
        (scenes.AddsOnly, [[], ["added"], []]),
        (scenes.Space, [["fixed", "label"]] * 3),
        (scenes.OwnCamera, [[], ["bent"]]),
    ],
    ids=lambda each: each.__name__ if isinstance(each, type) else "",
)
def test_each_pause_has_the_texts_that_can_be_read(slide_class: type[Slide], expected: list[list[str]]) -> None:
    assert read_at_pauses(record(slide_class, frame_rate=RATE)) == expected


def test_a_text_that_becomes_another_reads_as_the_other() -> None:
    assert read_at_pauses(record(scenes.Transforms, frame_rate=RATE)) == [["new words"], []]
    assert read_at_pauses(record(scenes.Updaters, frame_rate=RATE))[0] == ["3.0"]


class Hidden(Shown):
    """Texts that are there and cannot be read, and a number that changes."""

    def construct(self) -> None:
        number = Integer(4, mob_class=Text)
        with self.step("one"):
            self.add(Text("clear").set_opacity(0), Text("far").shift((30, 0, 0)), VGroup(VGroup(Text("deep"))), number)
        with self.step("two"):
            number.set_value(7)
            self.play(Transform(self.mobjects[2], Square()), run_time=0.2)


def test_texts_that_cannot_be_seen_are_left_out() -> None:
    assert read_at_pauses(record(Hidden, frame_rate=RATE)) == [["deep", "4"], ["7"]]


def test_a_text_stands_where_its_pixels_are() -> None:
    recording = record(scenes.AddsOnly, frame_rate=RATE)
    raster = Raster(recording, 1920)
    before, after = raster.frame(recording.reveals[0].last), raster.frame(recording.reveals[1].last)

    rows, columns = ((before != after).any(axis=axes) for axes in ((1, 2), (0, 2)))
    y, x = np.flatnonzero(rows), np.flatnonzero(columns)
    (text,) = recording.reveals[1].texts
    box = np.array(text.box) / 16 + (960, 540, 960, 540)
    np.testing.assert_allclose(box, (x[0], y[0], x[-1] + 1, y[-1] + 1), atol=1.5)


def test_reveals_follow_each_other_and_have_a_frame_each() -> None:
    recording = record(scenes.Waits, frame_rate=RATE)
    assert [(reveal.id, reveal.first, reveal.last) for reveal in recording.reveals] == [
        ("short", 0, 1),
        ("frozen", 2, 8),  # 0.3 / (1 / 10) is just below 3, and manim cuts that off
        ("moving", 9, 15),
    ]
    assert recording.frames == 16


class Silent(Slide):
    """Its reveals end without a wait."""

    def construct(self) -> None:
        with self.reveal("first", title="First", description="A square.", loop=True):
            self.add(Square())
        with self.reveal("second", title="Second", description="The same square, skipped."):
            self.next_section(skip_animations=True)
            self.play(self.mobjects[0].animate.shift((1, 0, 0)))

    def wait(self, *_args: Any, **_kwargs: Any) -> None:
        """Do not."""

    def _end(self, **_facts: Any) -> None:
        self._playing = ""
        self.reveals.append(self._shown)
        assert self.at_pause is not None
        self.at_pause(self, self._shown)


def test_a_reveal_that_plays_nothing_has_one_frame() -> None:
    first, second = record(Silent, frame_rate=RATE).reveals
    assert (first.first, first.last, first.loop, first.title, first.description) == (0, 0, True, "First", "A square.")
    assert (second.first, second.last, second.loop) == (1, 1, False)


def test_progress_is_told_at_each_pause() -> None:
    told: list[int] = []
    record(scenes.AddsOnly, frame_rate=RATE, report=told.append)
    assert told == [1, 2, 3]


def test_the_background_is_the_first_ones() -> None:
    assert record(scenes.Backgrounds, frame_rate=RATE).background == "#203040"


def test_moving_and_fading_repeat_neither_shapes_nor_pictures() -> None:
    shapes, images = record(scenes.AddsOnly, frame_rate=RATE), record(scenes.Images, frame_rate=60)
    assert len(shapes.shapes) == 4  # a square and the letters a, d and e
    (picture,) = images.pictures
    np.testing.assert_array_equal(picture[..., :3], scenes.PHOTO)


def test_a_picture_that_becomes_another_repeats_neither() -> None:
    assert len(record(scenes.ImagesChange, frame_rate=60).pictures) == 3


@pytest.mark.parametrize(
    "slide_class",
    [scenes.Words, scenes.Images, scenes.Zooming, scenes.Surfaces, scenes.Updaters, scenes.OwnCamera],
    ids=lambda each: each.__name__,
)
def test_the_same_slide_has_the_same_bytes(slide_class: type[Slide]) -> None:
    first = encode(record(slide_class, frame_rate=RATE))
    np.random.seed(5)  # noqa: NPY002 - what a slide before it may leave behind
    assert encode(record(slide_class, frame_rate=RATE)) == first


PROGRAM = """
import hashlib
from deck.recording.codec import encode
from deck.capture.record import record
from tests.recording import scenes
print(hashlib.sha256(encode(record(scenes.{name}, frame_rate=10))).hexdigest())
"""


def test_another_process_makes_the_same_bytes() -> None:
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore"}
    program = [sys.executable, "-c", PROGRAM.format(name="Listing")]
    told = subprocess.run(program, capture_output=True, text=True, check=True, env=environment, cwd=root).stdout
    own = hashlib.sha256(encode(record(scenes.Listing, frame_rate=10))).hexdigest()
    assert told.strip() == own


def test_manim_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = (Mobject.become, Mobject.get_family, Mobject.interpolate, VMobjectFromSVGPath.__deepcopy__)
    record(scenes.Transforms, frame_rate=RATE)
    assert before == (Mobject.become, Mobject.get_family, Mobject.interpolate, VMobjectFromSVGPath.__deepcopy__)
    assert "__deepcopy__" not in vars(VMobjectFromSVGPath)
    assert list(tmp_path.iterdir()) == []


class Faulty(Shown):
    def construct(self) -> None:
        with self.step():
            raise ZeroDivisionError


def test_a_slides_own_errors_pass_through() -> None:
    with pytest.raises(ZeroDivisionError):
        record(Faulty, frame_rate=RATE)
    assert "__deepcopy__" not in vars(VMobjectFromSVGPath)


@pytest.mark.parametrize(
    "slide_class", [scenes.Zooming, scenes.Clouds, scenes.ColoredByImage], ids=lambda each: each.__name__
)
def test_bytes_lose_nothing(slide_class: type[Slide]) -> None:
    recording = record(slide_class, frame_rate=RATE)
    data = encode(recording)
    read = decode(data)

    for frame in range(recording.frames):
        np.testing.assert_array_equal(read.items(frame), recording.items(frame))
    assert (read.styles, read.reveals, read.film) == (recording.styles, recording.reveals, recording.film)
    assert encode(read) == data


def test_damaged_bytes_are_told() -> None:
    data = encode(record(scenes.AddsOnly, frame_rate=RATE))
    for at in range(0, len(data), 37):
        with pytest.raises(RecordingError):
            decode(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        with pytest.raises(RecordingError):
            decode(data[:at])
