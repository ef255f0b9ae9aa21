"""What only manim itself can draw: its frames, as a film."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from manim import Scene
from numpy.typing import NDArray

from deck.adapters.manim import CairoRenderer
from deck.capture.texts import follow_all
from deck.recording.timeline import COLUMNS, Segment

__all__ = ["Filmer"]

SETTINGS = {"preset": "veryfast", "crf": "12", "bf": "0", "g": "30"}
"""A key frame every 30 frames, so that frames can be sought quickly."""


class Filmer(CairoRenderer):
    """
    manim's own renderer, whose frames become a film.

    Attributes
    ----------
    frames
        How many there are so far.
    """

    def begin(self) -> None:
        """Start the film; to be called after a renderer that manim has made was given this class."""
        self.frames = 0
        self._file = io.BytesIO()
        self._film = av.open(self._file, "w", format="mp4")
        rate = Fraction(self.camera.frame_rate).limit_denominator(1001)
        self._stream = self._film.add_stream("libx264", rate, SETTINGS)
        self._stream.width, self._stream.height = int(self.camera.pixel_width), int(self.camera.pixel_height)
        self._stream.pix_fmt = "yuv420p"
        coder = self._stream.codec_context
        coder.time_base = 1 / rate
        coder.thread_count = 1  # so that the film's bytes are the same wherever it is made
        coder.colorspace, coder.color_range = Colorspace.ITU709, ColorRange.MPEG
        coder.color_primaries, coder.color_trc = ColorPrimaries.BT709, ColorTrc.IEC61966_2_1
        self._background = self.camera.background_color.to_hex()

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Run animations and film them."""
        super().play(scene, *args, **kwargs)
        follow_all(scene.animations or ())

    def add_frame(self, frame: NDArray[Any], num_frames: int = 1) -> None:
        """Add a frame, which may last."""
        if self.skip_animations:
            return
        self.time += num_frames / self.camera.frame_rate
        picture = VideoFrame.from_ndarray(np.ascontiguousarray(frame[..., :3], np.uint8), "rgb24").reformat(
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        for _ in range(num_frames):
            picture.pts = self.frames
            picture.time_base = self._stream.codec_context.time_base
            self._film.mux(self._stream.encode(picture))
            self.frames += 1

    def take(self, scene: Scene) -> None:
        """Add one frame of the stage as it is, for a reveal without animations."""
        self.static_image = None
        self.skip_animations = False
        self.update_frame(scene)
        self.add_frame(self.get_frame())

    def timeline(self) -> dict[str, Any]:
        """Return the film as fields of a `Recording`, by their names; no frame can be added afterwards."""
        self._film.mux(self._stream.encode(None))
        self._film.close()
        nothing = np.zeros((len(COLUMNS), 0), np.int32)
        segment = Segment(
            frames=self.frames,
            items=nothing,
            moving=np.zeros(0, np.uint32),
            tracks=np.zeros((len(COLUMNS), 0, self.frames), np.int32),
        )
        return {
            "background": self._background,
            "pictures": (),
            "shapes": (),
            "styles": (),
            "segments": (segment,) if self.frames else (),
            "film": self._file.getvalue() if self.frames else b"",
        }

    def scene_finished(self, _scene: Scene) -> None:
        """Write nothing."""
