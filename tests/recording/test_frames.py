"""Whatever manim can draw, its recording shows the same: each slide is drawn by manim and recorded, frame by frame."""

from __future__ import annotations

import pytest

from deck.capture.record import record
from deck.recording.codec import decode, encode
from deck.render.raster import Raster
from deck.slide import Slide
from tests.recording.drawing import difference, drawn
from tests.recording.scenes import FILMED, SLIDES

RATE = 10

RESAMPLED = ("Images", "PixelArt", "ImagesChange", "Zooming", "ZoomingIn")
"""Slides with pictures, or a camera's view, that manim stretches by rules of its own."""

# manim 0.21 draws images by a call that Pillow 12 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")


@pytest.mark.parametrize("slide_class", SLIDES, ids=lambda each: each.__name__)
def test_every_frame_looks_as_manim_draws_it(slide_class: type[Slide]) -> None:
    recording = decode(encode(record(slide_class, frame_rate=RATE)))
    expected = drawn(slide_class, RATE)

    pauses = {reveal.last for reveal in recording.reveals}
    raster = Raster(recording, 1920)
    resampled = slide_class.__name__ in RESAMPLED
    assert not recording.film
    assert recording.frames == len(expected)
    for frame in range(len(expected)):
        seen = difference(raster.frame(frame), expected[frame])
        assert seen.alike >= (0.98 if resampled else 0.995), frame
        assert seen.whole >= (0.998 if frame in pauses and not resampled else 0.995), frame
        assert seen.levels <= 1, frame


@pytest.mark.parametrize("slide_class", FILMED, ids=lambda each: each.__name__)
def test_what_only_manim_can_draw_is_filmed(slide_class: type[Slide]) -> None:
    recording = decode(encode(record(slide_class, frame_rate=RATE)))
    expected = drawn(slide_class, RATE)

    raster = Raster(recording, 1920)
    assert recording.frames == len(expected)
    assert [len(segment.items[0]) for segment in recording.segments] == [0]
    for frame in range(len(expected)):
        assert difference(raster.frame(frame), expected[frame]).whole >= 0.99
