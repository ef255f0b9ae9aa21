"""
From a recording to an H.264 film in an MP4 file.

All films of one size are made with the same settings, begin with a key frame, and have no frame that depends on a later
one: they may be put one behind the other without being encoded again. Frames that look the same are one frame, shown
longer.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation, VideoReformatter
from numpy.typing import NDArray

from deck.render.raster import Raster, Rect

if TYPE_CHECKING:
    from av import Packet, VideoStream
    from av.container import InputContainer, OutputContainer
    from av.container.core import Chapter

__all__ = ["VERSION", "Canvas", "FilmPart", "add_stream", "encode", "is_film", "join"]

VERSION = 6
"""Counts the ways in which films have been made; it is part of the key that a film is kept under."""

SETTINGS = {
    "preset": "ultrafast",  # slower presets look for motion, and most of a drawing stands still
    "tune": "zerolatency",
    "qp": "20",  # the same for all frames: to spread bits by looking ahead takes a third of the time
    "g": "600",
    # Off: looking ahead, and looking for detail, which drawings lack. On: what costs little and saves a fifth of the
    # bytes.
    "x264-params": "scenecut=0:psy=0:partitions=none:cabac=1:8x8dct=1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmPart:
    """
    A film within a longer one.

    Attributes
    ----------
    film
        The file, or its bytes.
    chapter
        Its title; a part without one belongs to the chapter before.
    hold
        For how many more seconds its last frame is shown.
    """

    film: Path | bytes
    chapter: str = ""
    hold: float = 0


def encode(raster: Raster, frames: Sequence[int], *, frame_rate: int) -> bytes:
    """
    Return a film of some of a recording's frames, in the order given.

    Parameters
    ----------
    raster
        Draws the recording, in the size of the film; an odd row or column is left out.
    frames
        At least one.
    frame_rate
        Frames a second.

    Raises
    ------
    IndexError
        If the recording has no such frame.
    """
    file = io.BytesIO()
    canvas = Canvas(raster.pixels)
    with av.open(file, "w", format="mp4") as film:
        stream = add_stream(film, canvas, frame_rate)
        packets: list[Packet[Any]] = []
        for at in _pictures(raster, canvas, frames):
            canvas.frame.pts = at
            packets += stream.encode(canvas.frame)
        packets += stream.encode(None)
        starts = [packet.pts or 0 for packet in packets]
        for packet, start, end in zip(packets, starts, [*starts[1:], len(frames)], strict=True):
            packet.duration = end - start
            film.mux(packet)
    return file.getvalue()


def is_film(path: Path) -> bool:
    """Return whether a file looks like one of ours, as far as can be told without reading its frames."""
    try:
        with av.open(path, format="mp4") as film:
            streams = film.streams
            return len(streams) == len(streams.video) == 1 and streams.video[0].codec.name == "h264"
    except (av.FFmpegError, OSError):
        return False


def add_stream(film: OutputContainer, canvas: Canvas, frame_rate: int) -> VideoStream:
    """Add a stream that encodes frames, with the settings of all films."""
    stream = film.add_stream("libx264", frame_rate, SETTINGS)
    stream.width, stream.height, stream.pix_fmt = canvas.width, canvas.height, "yuv420p"
    coder, frame = stream.codec_context, canvas.frame
    coder.time_base = Fraction(1, frame_rate)
    coder.thread_count = 1
    coder.colorspace, coder.color_range = frame.colorspace, frame.color_range
    coder.color_primaries, coder.color_trc = frame.color_primaries, frame.color_trc
    return stream


def _pictures(raster: Raster, canvas: Canvas, frames: Sequence[int]) -> Iterator[int]:
    """Put one picture after the other on the canvas, and yield when it is first seen, counted in frames."""
    raster.draw(frames[0])
    canvas.update([Rect(0, 0, raster.width, raster.height)])
    yield 0
    for at, frame in enumerate(frames[1:], start=1):
        changed = raster.draw(frame)
        if changed:
            canvas.update(changed)
            yield at


def join(parts: Sequence[FilmPart], path: Path, *, metadata: Mapping[str, str] | None = None) -> None:
    """
    Write films one behind the other into an MP4 file that plays before all of it has arrived.

    Nothing is encoded again.

    Parameters
    ----------
    parts
        At least one, all of one size and frame rate.
    path
        The file.
    metadata
        Of the whole, such as ``title`` and ``artist``.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    lengths = [_length(part) for part in parts]
    starts = [0, *accumulate(lengths)]
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as target:
        target.metadata.update(metadata or {})
        with _opened(parts[0]) as first:
            own = first.streams.video[0]
            stream, base = target.add_stream_from_template(own), own.time_base
        assert base is not None
        stream.time_base = base
        named = [(start, part.chapter) for start, part in zip(starts, parts, strict=False) if part.chapter]
        target.set_chapters(_chapters(named, starts[-1], base))
        for part, start, length in zip(parts, starts, lengths, strict=False):
            for packet in _packets(part, length):
                packet.pts = packet.dts = (packet.pts or 0) + start
                packet.stream = stream
                target.mux(packet)


def _chapters(named: Sequence[tuple[int, str]], end: int, base: Fraction) -> list[Chapter]:
    """Return chapters that begin at given ticks; each ends where the next begins."""
    ends = [*(start for start, _ in named), end][1:]
    return [
        {"id": number, "start": start, "end": end, "time_base": base, "metadata": {"title": title}}
        for number, ((start, title), end) in enumerate(zip(named, ends, strict=False), start=1)
    ]


def _opened(part: FilmPart) -> InputContainer:
    return av.open(io.BytesIO(part.film) if isinstance(part.film, bytes) else str(part.film), "r")


def _length(part: FilmPart) -> int:
    """Return how long a part is, in ticks of its own clock."""
    with _opened(part) as film:
        stream = film.streams.video[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        return stream.duration + round(part.hold / stream.time_base)


def _packets(part: FilmPart, length: int) -> Iterator[Packet[Any]]:
    """Yield a part's packets; the last one lasts up to the end of the part."""
    with _opened(part) as film:
        packets = [packet for packet in film.demux(film.streams.video[0]) if packet.pts is not None]
        packets[-1].duration = length - (packets[-1].pts or 0)
        yield from packets


class Canvas:
    """
    A frame in YUV with half the chroma in both directions, by ITU-R BT.601's matrix and in its limited range.

    Primaries and transfer curve are sRGB's. The film is marked with all of this, and most players go by the marks; but
    without a graphics card Qt takes every film for BT.601, whatever the marks say.

    Parameters
    ----------
    pixels
        (H, W, 4) uint8, blue, green, red and a byte without meaning: the source. Of odd sizes the last row or column
        is left out.

    Attributes
    ----------
    frame
        To be given to an encoder; it is reused.
    planes
        Its bytes, in place: Y of (H, W), U and V of half as many rows and columns.
    """

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self.height, self.width = (size & ~1 for size in pixels.shape[:2])
        self._pixels = pixels
        self._reformatter = VideoReformatter()
        self.frame = av.VideoFrame(self.width, self.height, "yuv420p")
        self.frame.colorspace = Colorspace.ITU601
        self.frame.color_range = ColorRange.MPEG
        self.frame.color_primaries = ColorPrimaries.BT709
        self.frame.color_trc = ColorTrc.IEC61966_2_1
        self.planes = [_array(plane) for plane in self.frame.planes]

    def update(self, rects: Iterable[Rect]) -> None:
        """Convert what has changed."""
        for rect in rects:
            left, top = rect.left & ~1, rect.top & ~1
            right, bottom = min(rect.right + 1 & ~1, self.width), min(rect.bottom + 1 & ~1, self.height)
            if left < right and top < bottom:
                self._convert(Rect(left, top, right, bottom))

    def _convert(self, rect: Rect) -> None:
        part = self._pixels[rect.top : rect.bottom, rect.left : rect.right]
        converted = self._reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(part, format="bgra"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU601,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA,  # looks at no pixel outside of a square of four
            threads=1,
        )
        for own, plane, shift in zip(self.planes, converted.planes, (0, 1, 1), strict=True):
            left, top, right, bottom = (edge >> shift for edge in rect)
            own[top:bottom, left:right] = _array(plane)


def _array(plane: av.video.plane.VideoPlane) -> NDArray[np.uint8]:
    """Return a plane's bytes, (H, W), in place."""
    flat = np.frombuffer(memoryview(plane), np.uint8)
    return np.asarray(flat.reshape(plane.height, plane.line_size)[:, : plane.width])
