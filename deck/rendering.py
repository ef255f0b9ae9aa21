"""
One slide's job, and how manim films it.

A `Job` is plain data and names everything that its pictures depend on, so that it can travel to another process and
its results can be kept. What comes of it is a folder::

    slides/Name.json          manim-slides' own description, with paths relative to the folder
    slides/files/Name/*.mp4   one clip for each reveal, and its reverse where asked for
    pictures/001-input.png    the stage at the end of each reveal
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from deck.errors import SlideError

if TYPE_CHECKING:
    from deck.slide import Reveal, Slide

__all__ = ["MADE_BY", "QUALITIES", "Job", "Quality", "Rendering", "picture_name", "render"]

MADE_BY = {"Software": "feature-map-deck"}
"""The mark in every PNG that the project writes, by which it knows its own."""


COLORS = "h264_metadata=matrix_coefficients=6:colour_primaries=1:transfer_characteristics=13:video_full_range_flag=0"
"""BT.601's matrix over the primaries and the curve of sRGB, by the code points of ITU-T H.273."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The size of a frame in pixels, and how many there are in a second."""

    name: str
    width: int
    height: int
    frame_rate: int


QUALITIES = MappingProxyType(
    {
        "draft": Quality(name="draft", width=854, height=480, frame_rate=15),
        "hd": Quality(name="hd", width=1280, height=720, frame_rate=30),
        "full": Quality(name="full", width=1920, height=1080, frame_rate=60),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """
    All that a slide's clips and pictures depend on, except for the code.

    ``kind`` is the slide class as ``module:Name``, ``name`` the name it is bound to, ``options`` the JSON of its
    options, ``reveals`` the ids that its rehearsal showed. Relative paths in options start from ``folder``.
    Notes are not drawn, so they are no part of it.
    """

    kind: str
    name: str
    title: str
    options: str
    reveals: tuple[str, ...]
    quality: Quality
    reversed: bool
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """
    One slide as manim-slides left it.

    ``presentation`` is manim-slides' own JSON, with one clip for each reveal; ``pictures`` show the stage at the end of
    each reveal, as PNG in full resolution; both in the order of ``reveals``.
    """

    id: str
    title: str
    class_name: str
    reveals: tuple[Reveal, ...]
    pictures: tuple[Path, ...]
    presentation: Path


def picture_name(index: int, reveal: str) -> str:
    """Return the name of the picture of the reveal that stands at ``index``, counted from 0."""
    return f"{index + 1:03}-{reveal}.png"


def render(job: Job, folder: Path, report: Callable[[int], None]) -> None:
    """
    Film a slide.

    Parameters
    ----------
    job
        What to film.
    folder
        Where to; it is made, and must not be there yet.
    report
        Called at each pause with the number of reveals done.

    Raises
    ------
    SlideError
        If the slide's reveals are not those of its rehearsal.
    OSError
        If the folder cannot be written.
    """
    from manim import tempconfig

    with tempconfig(_settings(job.quality, folder)):
        (folder / "pictures").mkdir(parents=True)
        slide = _slide_class(job)(output_folder=folder / "slides")
        slide.skip_reversing = not job.reversed
        logging.getLogger("manim-slides").setLevel(logging.ERROR)

        def at_pause(slide: Slide, reveal: Reveal) -> None:
            _take_picture(slide, folder / "pictures" / picture_name(len(slide.reveals) - 1, reveal.id))
            report(len(slide.reveals))

        slide.at_pause = at_pause
        slide.render()
        for clip in sorted((folder / "slides").rglob("*.mp4")):
            _name_colors(clip)
        _check(job, tuple(reveal.id for reveal in slide.reveals))
        _make_relative(folder / "slides" / f"{job.name}.json", folder)
        shutil.rmtree(folder / "media")


def _settings(quality: Quality, folder: Path) -> dict[str, object]:
    return {
        "media_dir": str(folder / "media"),
        "pixel_width": quality.width,
        "pixel_height": quality.height,
        "frame_rate": quality.frame_rate,
        "disable_caching": True,  # manim uses a cached clip that was cut short without a word
        "max_inflight_encoders": 2,  # with one, manim queues every frame of an animation in memory
        "progress_bar": "none",
        "verbosity": "ERROR",
    }


def _slide_class(job: Job) -> type[Slide]:
    from deck.slide import bind

    module, _, name = job.kind.partition(":")
    kind: type[Slide] = attrgetter(name)(import_module(module))
    options = kind.Options.model_validate_json(job.options, context={"folder": job.folder})
    return bind(kind, name=job.name, title=job.title, options=options, notes={})


def _take_picture(slide: Slide, path: Path) -> None:
    from manim import CairoRenderer
    from PIL.PngImagePlugin import PngInfo

    renderer = slide.renderer
    assert isinstance(renderer, CairoRenderer)
    mark = PngInfo()
    for key, value in MADE_BY.items():
        mark.add_text(key, value)
    renderer.static_image = None  # what the last animation left: part of the stage, drawn already
    renderer.update_frame(slide)
    renderer.camera.get_image().convert("RGB").save(path, pnginfo=mark)


def _name_colors(clip: Path) -> None:
    """
    Say in a clip what its colours mean; the pictures in it stay as they are.

    manim turns RGB to YUV by the matrix of ITU-R BT.601 and leaves it unsaid. Players take a clip of 720 lines and more
    for BT.709 then, and an orange comes out as another one than in the picture of the same pause.
    """
    import av
    from av.bitstream import BitStreamFilterContext

    named = clip.with_suffix(".named.mp4")
    with av.open(str(clip)) as source, av.open(str(named), "w") as target:
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        bitstream = BitStreamFilterContext(COLORS, stream, copy)
        for packet in source.demux(stream):
            for tagged in bitstream.filter(None if packet.dts is None else packet):
                tagged.stream = copy
                target.mux(tagged)
    named.replace(clip)


def _make_relative(path: Path, folder: Path) -> None:
    """Free manim-slides' JSON from the place that it was made in."""
    presentation = json.loads(path.read_text(encoding="utf-8"))
    for clip in presentation["slides"]:
        for name in ("file", "rev_file"):
            clip[name] = Path(clip[name]).relative_to(folder).as_posix()
    path.write_text(json.dumps(presentation, indent=2), encoding="utf-8")


def _check(job: Job, shown: tuple[str, ...]) -> None:
    if shown != job.reveals:
        raise SlideError(
            f"slide class {job.name} shows other reveals when it is drawn than when it is rehearsed",
            hint="let construct() do the same each time it is called",
        )
