"""A small scene recorded for real: it looks as manim draws it, and its bytes lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from manim import (
    BLUE,
    RED,
    RIGHT,
    YELLOW,
    Circle,
    Create,
    FadeIn,
    ImageMobject,
    LineJointType,
    Scene,
    Square,
    Text,
    Transform,
    tempconfig,
)
from manim.renderer.cairo_renderer import CairoRenderer
from numpy.typing import NDArray
from skimage.metrics import structural_similarity

from deck.errors import RecordingError
from deck.recording.codec import decode, encode
from deck.recording.raster import Raster
from deck.recording.recorder import Recorder
from deck.recording.timeline import Recording

SETTINGS = {
    "dry_run": True,
    "pixel_width": 1920,
    "pixel_height": 1080,
    "frame_rate": 15,
    "progress_bar": "none",
    "verbosity": "ERROR",
}
PHOTO = np.random.default_rng(0).integers(0, 255, (8, 8, 3), dtype=np.uint8)

Pauses = list[tuple[int, NDArray[np.uint8]]]

# manim 0.21 draws images by a call that Pillow 12 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")


class Small(Scene):
    """A little of everything, with a look at the stage at each pause."""

    def construct(self) -> None:
        self.pauses: Pauses = []
        square = Square(fill_opacity=0.6, stroke_width=12, joint_type=LineJointType.ROUND)
        square.set_color_by_gradient(RED, YELLOW)
        photo = ImageMobject(PHOTO).scale(60).shift(4 * RIGHT)
        self.play(Create(square), FadeIn(photo), run_time=0.4)
        self.pause_here()
        self.play(photo.animate.shift(RIGHT), Transform(square, Circle(color=BLUE)), run_time=0.4)
        self.play(FadeIn(Text("sum = 266").shift(3 * RIGHT)), run_time=0.4)
        self.pause_here()

    def pause_here(self) -> None:
        """Rest for two frames, and keep what manim's own renderer draws."""
        self.wait(2 / 15)
        recorder: Any = self.renderer
        recorder.static_image = None
        CairoRenderer.update_frame(recorder, self)
        self.pauses.append((recorder.frames - 1, recorder.camera.pixel_array[..., :3].copy()))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    folder = tmp_path_factory.mktemp("recording")
    with tempconfig(SETTINGS | {"media_dir": str(folder)}):
        scene = Small()
        recorder: Any = scene.renderer
        recorder.__class__ = Recorder
        recorder.begin()
        scene.construct()
        yield scene


@pytest.fixture(scope="module")
def recording(scene: Small) -> Recording:
    recorder: Any = scene.renderer
    return Recording(
        width=1920,
        height=1080,
        frame_rate=15,
        background="#000000",
        pictures=tuple(recorder.shelf.pictures),
        shapes=tuple(recorder.shelf.shapes),
        styles=tuple(recorder.shelf.styles),
        segments=tuple(recorder.segments),
        reveals=(),
    )


def test_every_pause_looks_as_manim_draws_it(scene: Small, recording: Recording) -> None:
    raster = Raster(recording, 1920)
    for frame, drawn in scene.pauses:
        alike = structural_similarity(raster.frame(frame), drawn, channel_axis=2)  # type: ignore[no-untyped-call]
        assert alike > 0.998


def test_there_is_a_frame_for_every_tick(recording: Recording) -> None:
    assert recording.frames == 3 * 6 + 2 * 2
    with pytest.raises(IndexError):
        recording.items(recording.frames)


def test_a_photo_that_fades_and_moves_is_kept_once(recording: Recording) -> None:
    (picture,) = recording.pictures
    np.testing.assert_array_equal(picture[..., :3], PHOTO)


def test_its_bytes_lose_nothing(recording: Recording) -> None:
    data = encode(recording)
    read = decode(data)

    for frame in range(recording.frames):
        np.testing.assert_array_equal(read.items(frame), recording.items(frame))
    assert read.styles == recording.styles
    assert encode(read) == data


def test_what_is_no_recording_is_told(recording: Recording) -> None:
    data = encode(recording)
    for spoiled in (data[:-9], data[:40] + b"??" + data[42:], data[:4] + b"\xff" + data[5:], b"GIF89a", b""):
        with pytest.raises(RecordingError):
            decode(spoiled)
