"""What a film costs beside the encoder alone, which is given the same frames ready made."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from deck.recording.codec import decode
from deck.recording.timeline import Recording
from deck.render.raster import Raster, Rect
from deck.render.video import Canvas, add_stream, encode

__all__ = ["encode_alone_seconds", "video_figures"]

AT_ONCE = 120
"""Frames held ready at a time: 3 MB each at 1080p."""

Planes = list[NDArray[np.uint8]]


def video_figures(recordings: Iterable[Recording], *, width: int = 1920) -> dict[str, float]:
    """
    Return what films of recordings cost, in this process alone.

    Returns
    -------
    dict
        ``cpu_s``: drawing, conversion and encoding, in seconds of the processor; ``encode_s``: encoding alone;
        ``ratio`` of the two; ``frames``, ``encoded``: how many, and how many of them differ from the one before;
        ``bytes``; ``peak_kib``: the most memory used before frames were held ready for the second measurement.
    """
    cpu, alone, frames, encoded, size, peak = 0.0, 0.0, 0, 0, 0, 0
    for recording in recordings:
        own = range(recording.frames)
        start = time.process_time()
        film = encode(Raster(recording, width), own, frame_rate=round(recording.frame_rate))
        cpu += time.process_time() - start
        frames, size = frames + len(own), size + len(film)
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        seconds, count = encode_alone_seconds(recording, own, width=width)
        alone, encoded = alone + seconds, encoded + count
    return {
        "cpu_s": cpu,
        "encode_s": alone,
        "ratio": cpu / alone,
        "frames": frames,
        "encoded": encoded,
        "bytes": size,
        "peak_kib": peak,
    }


def encode_alone_seconds(recording: Recording, frames: Sequence[int], *, width: int) -> tuple[float, int]:
    """Return how long the encoder takes for frames that are drawn and converted already, and how many it encodes."""
    raster = Raster(recording, width)
    canvas = Canvas(raster.pixels)
    seconds, count = 0.0, 0
    with av.open(io.BytesIO(), "w", format="mp4") as film:
        stream = add_stream(film, canvas, round(recording.frame_rate))
        for batch in _batches(raster, canvas, frames):
            for at, planes in batch:
                for own, plane in zip(canvas.planes, planes, strict=True):
                    own[:] = plane
                canvas.frame.pts = at
                start = time.process_time()
                packets = stream.encode(canvas.frame)
                seconds += time.process_time() - start
                count += 1
                film.mux(packets)
        film.mux(stream.encode(None))
    return seconds, count


def _batches(raster: Raster, canvas: Canvas, frames: Sequence[int]) -> Iterator[list[tuple[int, Planes]]]:
    batch: list[tuple[int, Planes]] = []
    for at, frame in enumerate(frames):
        changed = raster.draw(frame)
        if changed or not at:
            canvas.update([Rect(0, 0, raster.width, raster.height)])
            batch.append((at, [plane.copy() for plane in canvas.planes]))
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    yield batch


def main() -> None:
    """Print the figures of the recordings that are named."""
    recordings = (decode(Path(name).read_bytes()) for name in sys.argv[1:])
    json.dump(video_figures(recordings), sys.stdout, indent=2)


if __name__ == "__main__":
    main()
