"""The source document's four prohibitions: the lecture keeps them, and what breaks one is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from manim import RIGHT, UP, Group

from slides.mobjects.color_scale import ColorScale, FlatMapError
from slides.mobjects.picture import FeatureMap, Picture
from slides.mobjects.stack import ChannelStack
from slides.network.arithmetic import Shape
from tests.slides import rules
from tests.slides.lecture import PAUSES
from tests.slides.stage import Stage

if TYPE_CHECKING:
    from tests.slides.conftest import Lecture

RAMP = np.arange(64.0).reshape(8, 8)
RAMP_SCALE = ColorScale.rectified(RAMP, "this map")


def layer(channels: int, *, size: int = 8, total: int | None = None) -> ChannelStack:
    """Return a stack of a made-up layer."""
    maps = [np.arange(float(size * size)).reshape(size, size) + channel for channel in range(channels)]
    return ChannelStack(maps, total=total or channels, signed=False, side=1.5)


# Never show all channels individually.


def test_the_lecture_shows_a_layer_by_a_few_channels(stage: Stage) -> None:
    assert rules.individually_shown(stage) == []


def test_a_stack_of_all_channels_is_found() -> None:
    (fault,) = rules.individually_shown(Stage([layer(7)]))

    assert "shows 7 of 7 channels" in fault


def test_all_channels_side_by_side_are_found() -> None:
    maps = [FeatureMap(RAMP, RAMP_SCALE, side=1.0).shift(1.2 * RIGHT * number) for number in range(8)]

    assert rules.individually_shown(Stage(maps)) == ["8 maps stand side by side"]


def test_a_few_of_many_channels_are_no_fault() -> None:
    assert rules.individually_shown(Stage([layer(6, total=64)])) == []


# Never draw a map in one colour.


def test_the_lecture_has_no_flat_map(stage: Stage) -> None:
    assert rules.flat(stage) == []


def test_a_map_drawn_in_one_colour_is_found() -> None:
    square = Picture(np.full((8, 8, 3), 90, np.uint8), Shape(8, 8, 1), side=2)

    (fault,) = rules.flat(Stage([square]))

    assert "has 1 colours" in fault


def test_a_map_lost_in_the_dark_end_of_its_scale_is_found() -> None:
    dark = FeatureMap(RAMP, ColorScale.rectified(np.array([0.0, 5000.0]), "another map"), side=2)

    assert len(rules.flat(Stage([dark]))) == 1


@pytest.mark.parametrize("value", [0.0, 3.0, -2.5])
def test_a_feature_map_of_equal_values_is_refused(value: float) -> None:
    with pytest.raises(FlatMapError, match=f"every value is {value:g}: a flat map shows nothing"):
        FeatureMap(np.full((8, 8), value), RAMP_SCALE, side=2)


@pytest.mark.parametrize("scale", [ColorScale.rectified, ColorScale.signed])
def test_a_scale_of_nothing_but_zeros_is_refused(scale: object) -> None:
    assert callable(scale)
    with pytest.raises(FlatMapError):
        scale(np.zeros((8, 8)), "this map")


def test_a_dead_channel_never_gets_into_a_stack() -> None:
    with pytest.raises(FlatMapError):
        ChannelStack([RAMP, np.zeros((8, 8))], total=32, signed=False, side=1.5)


# Never forget a map's size.


def test_the_lecture_says_every_maps_size(stage: Stage) -> None:
    assert rules.unsized(stage) == []


def test_a_map_without_its_size_is_found() -> None:
    (fault,) = rules.unsized(Stage([FeatureMap(RAMP, RAMP_SCALE, side=2, sized=False)]))

    assert "nothing under FeatureMap at (0.00, 0.00) says how large it is" in fault


@pytest.mark.parametrize("wrong", ["faded", "moved", "another map's"])
def test_a_size_that_is_not_under_its_map_is_found(wrong: str) -> None:
    feature_map = FeatureMap(RAMP, RAMP_SCALE, side=2)
    assert rules.unsized(Stage([feature_map])) == []
    assert feature_map.size_label is not None

    if wrong == "faded":
        feature_map.size_label.set_opacity(0)
    elif wrong == "moved":
        feature_map.size_label.next_to(feature_map.frame, UP)
    else:
        feature_map.size_label.original_text = "4×8×1"

    assert len(rules.unsized(Stage([feature_map]))) == 1


def test_a_stack_that_says_the_size_of_one_slice_is_found() -> None:
    stack = layer(3, total=32)
    stack.size_label.original_text = "8×8×1"

    assert rules.unsized(Stage([stack])) == ["no '8×8×32' under a stack"]


# Never leave out the progression through layers.


@pytest.mark.xdist_group("feature-map-progression")
def test_the_lecture_shows_the_progression(lecture: Lecture) -> None:
    assert rules.without_progression(lecture("feature-map-progression").stages.values()) == []


@pytest.mark.parametrize(
    "slide",
    [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in PAUSES if name != "feature-map-progression"],
)
def test_a_lecture_of_another_slide_alone_is_found(slide: str, lecture: Lecture) -> None:
    faults = rules.without_progression(lecture(slide).stages.values())

    assert faults == ["no slide shows how maps change through layers"]


@pytest.mark.parametrize(
    "layers",
    [
        pytest.param([(8, 32)], id="one layer"),
        pytest.param([(8, 32), (8, 64)], id="maps of one size"),
        pytest.param([(4, 64), (8, 32)], id="the wrong way round"),
        pytest.param([(8, 32), (4, 16)], id="fewer and fewer channels"),
    ],
)
def test_what_is_no_progression_is_found(layers: list[tuple[int, int]]) -> None:
    stacks = [layer(3, size=size, total=total).shift(3 * RIGHT * n) for n, (size, total) in enumerate(layers)]

    assert len(rules.without_progression([Stage([Group(*stacks)])])) == 1


def test_two_layers_that_shrink_and_deepen_are_a_progression() -> None:
    stacks = [layer(3, size=8, total=32), layer(3, size=4, total=64).shift(3 * RIGHT)]

    assert rules.without_progression([Stage(stacks)]) == []
