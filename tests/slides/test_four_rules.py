"""The source document's four prohibitions: the lecture keeps them, and what breaks one is found by `deck check`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from manim import RIGHT, UP, Mobject

from deck.build import Deck
from deck.check import check
from deck.slide import Slide
from slides.mobjects.color_scale import ColorScale, FlatMapError
from slides.mobjects.label import Label
from slides.mobjects.picture import FeatureMap, Picture
from slides.mobjects.stack import ChannelStack
from slides.network.arithmetic import Shape
from tests.deck.check.stand_in import found, said
from tests.slides.lecture import PAUSES, recorded

RAMP = np.arange(64.0).reshape(8, 8)
RAMP_SCALE = ColorScale.rectified(RAMP, "this map")


def layer(channels: int, *, size: int = 8, total: int | None = None) -> ChannelStack:
    """Return a stack of a made-up layer."""
    maps = [np.arange(float(size * size)).reshape(size, size) + channel for channel in range(channels)]
    return ChannelStack(maps, total=total or channels, signed=False, side=1.5)


def faults(rule: str, make: Callable[[], list[Mobject]]) -> list[str]:
    """Return what a rule says of things on a slide about feature maps."""

    def draw(slide: Slide) -> None:
        slide.add(*make())

    return said(draw, rule, title="Feature maps")


@pytest.mark.xdist_group("lecture")
def test_the_lecture_keeps_to_all_four(lecture_deck: Deck) -> None:
    assert check(lecture_deck).findings == ()


# Never show all channels individually.


def side_by_side(count: int) -> list[Mobject]:
    maps = [FeatureMap(RAMP, RAMP_SCALE, side=0.5, sized=False) for _ in range(count)]
    return [each.shift((number - count / 2) * 0.7 * RIGHT) for number, each in enumerate(maps)]


def test_all_channels_side_by_side_are_found() -> None:
    assert faults("all-channels", lambda: side_by_side(17)) == ["17 maps are shown at once, one by one"]


def test_a_stack_of_all_channels_is_found() -> None:
    (fault,) = faults("all-channels", lambda: [layer(17)])

    assert fault == "17 maps are shown at once, one by one"


def test_a_few_of_many_channels_are_no_fault() -> None:
    assert faults("all-channels", lambda: [layer(6, total=64)]) == []


# Never draw a map in one colour.


def called() -> Label:
    """Return what says of a map in the middle that it is one."""
    return Label("the map").shift(1.3 * UP)


def test_a_map_drawn_in_one_colour_is_found() -> None:
    (fault,) = faults("flat-map", lambda: [Picture(np.full((8, 8, 3), 90, np.uint8), Shape(8, 8, 1), side=2), called()])

    assert "drawn in one flat colour" in fault


def test_a_map_lost_in_the_dark_end_of_its_scale_is_found() -> None:
    dark = FeatureMap(RAMP, ColorScale.rectified(np.array([0.0, 5000.0]), "another map"), side=2)

    assert len(faults("flat-map", lambda: [dark, called()])) == 1


def test_a_map_that_varies_is_no_fault() -> None:
    assert faults("flat-map", lambda: [FeatureMap(RAMP, RAMP_SCALE, side=2)]) == []


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


@pytest.mark.parametrize("make", [lambda: FeatureMap(RAMP, RAMP_SCALE, side=2, sized=False), lambda: unsized(layer(3))])
def test_a_map_without_its_size_is_found(make: Callable[[], Mobject]) -> None:
    (fault,) = faults("missing-size", lambda: [Label("this map").shift(2 * RIGHT), make()])

    assert "nothing says how large" in fault


def unsized(stack: ChannelStack) -> ChannelStack:
    return stack.remove(stack.size_label)


def test_a_map_with_its_size_is_no_fault() -> None:
    assert faults("missing-size", lambda: [FeatureMap(RAMP, RAMP_SCALE, side=2)]) == []
    assert faults("missing-size", lambda: [layer(3, total=32)]) == []


# Never leave out the progression through layers.


@pytest.mark.parametrize("name", [name for name in PAUSES if name != "activation-heatmap"])  # speaks of one map
def test_only_the_slide_that_shows_the_progression_may_stand_alone(name: str) -> None:
    sentences = [finding.sentence for finding in found(recorded(name), rule="no-progression")]

    missing = ["no slide shows how the maps change through the layers"]
    assert sentences == ([] if name == "feature-map-progression" else missing)


@pytest.mark.parametrize(
    ("layers", "is_one"),
    [
        pytest.param([(8, 32)], False, id="one layer"),
        pytest.param([(8, 32), (8, 64)], False, id="maps of one size"),
        pytest.param([(8, 32), (4, 16)], False, id="fewer and fewer channels"),
        pytest.param([(8, 32), (4, 64)], True, id="smaller and deeper"),
    ],
)
def test_a_progression_shrinks_and_deepens(layers: list[tuple[int, int]], is_one: bool) -> None:
    stacks = [layer(3, size=size, total=total).shift(3 * RIGHT * n) for n, (size, total) in enumerate(layers)]

    assert (faults("no-progression", lambda: [*stacks]) == []) is is_one
