"""Drawings in SVG as outlines with their paints, and what is too dark for a dark ground."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from deck.recording.timeline import FULL, UNITS, Image, Outline, Recording, Style
from deck.render.raster import Raster
from deck.typesetting.drawings import Drawing, Shape, drawing
from tests.deck.typeset import job_of, recorded

PICTURES = Path(__file__).with_name("pictures")
"""Black on nothing, as plots are saved for paper."""


def drawn(content: str, attributes: str = 'viewBox="0 0 100 100"') -> Drawing:
    return drawing(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{content}</svg>'.encode())


def only(content: str) -> Shape:
    [shape] = drawn(content).shapes
    return shape


@pytest.mark.parametrize(
    ("attributes", "fill", "stroke"),
    [
        ("", ("#000000", 1.0), None),
        ('fill="red"', ("#FF0000", 1.0), None),
        ('fill="#1a2B3c" fill-opacity=".5"', ("#1A2B3C", 0.5), None),
        ('fill="rgb(1, 2, 3)"', ("#010203", 1.0), None),
        ('fill="none" stroke="#0f0"', None, ("#00FF00", 1.0)),
        ('fill="none" stroke="lime" stroke-opacity="0.25"', None, ("#00FF00", 0.25)),
        ('fill="blue" stroke="black"', ("#0000FF", 1.0), ("#000000", 1.0)),
        ('style="fill: white; stroke: none"', ("#FFFFFF", 1.0), None),
    ],
)
def test_a_shape_has_its_paints(
    attributes: str, fill: tuple[str, float] | None, stroke: tuple[str, float] | None
) -> None:
    shape = only(f'<rect width="9" height="9" {attributes}/>')

    for paint, expected in ((shape.fill, fill), (shape.stroke, stroke)):
        assert (paint is None) == (expected is None)
        if paint and expected:
            assert paint[0] == expected[0]
            assert paint[1] == pytest.approx(expected[1], abs=1 / 255)


def test_a_group_s_opacity_is_that_of_what_is_in_it() -> None:
    shapes = drawn(
        '<g opacity="0.5"><rect width="9" height="9" fill="red" fill-opacity="0.5" stroke="blue"/>'
        '<g style="opacity: 40%"><rect width="9" height="9" opacity="0.5"/></g></g><rect width="9" height="9"/>'
    ).shapes

    assert [shape.fill[1] for shape in shapes if shape.fill] == pytest.approx([0.25, 0.1, 1.0], abs=1 / 255)
    assert [shape.stroke[1] for shape in shapes if shape.stroke] == pytest.approx([0.5])


def test_a_path_that_goes_on_behind_its_end_begins_where_it_has_ended() -> None:
    path = only('<path d="M10 20 h30 v30 z Q0 0 50 60" stroke="red"/>').path

    assert path.subpaths.tolist() == [2 * 3 + 1, 2]
    assert path.points[-4].tolist() == [10, 20]


@pytest.mark.parametrize("content", ['<rect width="9" height="9" fill="none"/>', '<path d="M1 1" stroke="red"/>'])
def test_what_cannot_be_seen_is_no_shape(content: str) -> None:
    shapes = drawn(f'{content}<rect visibility="hidden" width="9" height="9"/><rect width="5" height="5"/>').shapes

    assert [np.ptp(shape.path.points, axis=0).tolist() for shape in shapes] == [[5, 5]]


def test_joins_and_caps_are_those_of_the_drawing_and_else_sharp_and_flat() -> None:
    line = 'd="M0 0L9 0L9 9" fill="none" stroke="red"'

    plain = only(f"<path {line}/>")
    own = only(f'<path {line} stroke-linejoin="round" stroke-linecap="square"/>')
    group = only(f'<g style="stroke-linejoin: bevel; stroke-linecap: round"><path {line}/></g>')

    assert (plain.join, plain.cap) == ("miter", "butt")
    assert (own.join, own.cap) == ("round", "square")
    assert (group.join, group.cap) == ("bevel", "round")


@pytest.mark.parametrize(
    ("transform", "corner", "width"),
    [
        ("", (9, 0), 2.0),
        ("translate(10 20)", (19, 20), 2.0),
        ("scale(3)", (27, 0), 6.0),
        ("rotate(90)", (0, 9), 2.0),
        ("matrix(0 2 -2 0 1 1)", (1, 19), 4.0),
    ],
)
def test_shapes_and_their_strokes_are_moved_and_scaled(
    transform: str, corner: tuple[float, float], width: float
) -> None:
    shape = only(f'<g transform="{transform}"><path d="M0 0L9 0L9 5" stroke="red" stroke-width="2"/></g>')

    assert shape.path.points[3] == pytest.approx(corner, abs=1e-6)
    assert shape.width == pytest.approx(width)


def test_a_circle_is_round() -> None:
    shape = only('<circle cx="50" cy="40" r="30" fill="red"/>')

    curves = np.split(shape.path.points, [1])[1].reshape(-1, 3, 2)
    starts = np.concatenate([shape.path.points[:1], curves[:-1, 2]])
    middles = (starts + 3 * curves[:, 0] + 3 * curves[:, 1] + curves[:, 2]) / 8
    assert np.hypot(*(middles - (50, 40)).T) == pytest.approx(30, abs=0.1)
    assert int(shape.path.subpaths[0]) % 2 == 1


def last_of(recording: Recording) -> list[tuple[Outline | Image, Style, tuple[int, ...]]]:
    items = recording.items(recording.frames - 1).T.tolist()
    return [(recording.shapes[item[0]], recording.styles[item[1]], tuple(item[2:])) for item in items]


def test_a_drawing_is_recorded_with_its_paints_and_widths(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50" fill="#e02020"/>'
        '<path d="M10 25H90" stroke="#ffffff" stroke-opacity="0.5" stroke-width="10" stroke-linecap="round"/></svg>'
    )

    [recording] = recorded(job_of("![a](a.svg)", path=tmp_path / "talk.md"))

    (ground, red, (*_, ground_fill, _)), (_, white, (*_, line_stroke)) = last_of(recording)[-2:]
    assert isinstance(ground, Outline)
    assert red.fill is not None
    assert white.stroke is not None
    assert red.fill.colors[0][:3] == (224, 32, 32)
    assert white.stroke.colors[0][:3] == (255, 255, 255)
    assert ground_fill == FULL
    assert line_stroke == pytest.approx(FULL / 2, abs=FULL / 255)
    assert white.cap == "round"
    wide = float(np.ptp(ground.points[:, 0].astype(float))) * 2**ground.exponent
    assert white.width == pytest.approx(wide / 10, rel=0.01)
    pixels = Raster(recording, 1920).frame(recording.frames - 1)
    assert pixels[560, 960].tolist() == pytest.approx([240, 143, 143], abs=2)


@pytest.mark.parametrize("name", ["plot.png", "ink.svg"])
def test_dark_ink_on_nothing_stands_on_a_light_card(name: str, tmp_path: Path) -> None:
    shutil.copy(PICTURES / name, tmp_path)

    [recording] = recorded(job_of(f"![A picture]({name})", path=tmp_path / "talk.md"))

    title = len(recording.items(0).T) - len(recording.segments[0].moving)
    (card, paper, (x, y, *_)), *picture = last_of(recording)[title:]
    assert isinstance(card, Outline)
    assert paper.fill is not None
    assert min(paper.fill.colors[0][:3]) > 220
    assert picture
    left, top = card.points.min(axis=0) + np.array([x, y])
    right, bottom = card.points.max(axis=0) + np.array([x, y])
    for shape, _, (x, y, *_) in picture:
        points = shape.units if isinstance(shape, Image) else shape.points.astype(float) * 2**shape.exponent
        assert left < points[:, 0].min() + x
        assert top < points[:, 1].min() + y
        assert right > points[:, 0].max() + x
        assert bottom > points[:, 1].max() + y
    pixels = Raster(recording, 1920).frame(recording.frames - 1)
    inside = pixels[540 + top // UNITS + 6, 960 + left // UNITS + 6]
    assert inside.min() > 220


LIGHT = '<rect width="100" height="100" fill="{}"/>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<path d="M0 0H9V9z"/>', True),
        ('<path d="M0 0H9V9z" fill="#fff"/>', False),
        ('<path d="M0 0H9V9" fill="none" stroke="#000"/><circle r="4" fill="#ffb000"/>', True),
        ('<path d="M0 0H9V9z" fill-opacity="0"/><circle r="9" fill="#ffb000"/>', False),
        (LIGHT.format("#fff") + '<path d="M9 9H19V19z"/>', False),
        (LIGHT.format("#000") + '<path d="M9 9H19V19z" fill="#fff"/>', False),
        (LIGHT.format("none") + '<path d="M9 9H19V19z"/>', True),
    ],
    ids="ink light outline unseen paper night nothing".split(),
)
def test_a_drawing_is_dark_where_ink_on_nothing_is(content: str, expected: bool) -> None:
    assert drawn(content).is_dark is expected
