"""What the audience sees at every pause of every slide, without a frame rendered; see also test_four_rules."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from manim import Square, VGroup
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import uniform_filter

from slides import theme
from slides.mobjects.color_bar import ColorBar
from slides.mobjects.grid import CellGrid
from slides.mobjects.label import Title
from slides.mobjects.picture import FeatureMap, Picture
from slides.mobjects.stack import ChannelStack
from slides.network.convolution import relu
from slides.network.efficientnet import LAYERS, forward
from slides.network.filters import CORNERS, DIFFERENCE_OF_GAUSSIANS, GABOR, SOBEL, responses
from slides.photo import load
from tests.slides import rules
from tests.slides.lecture import PAUSES
from tests.slides.stage import Box, Stage

if TYPE_CHECKING:
    from tests.slides.conftest import Lecture

PHOTO = "chelsea"
STAGES = ("stem", "block-2", "block-4", "block-8", "head")

single = pytest.mark.xdist_group("single-feature-map")
multiple = pytest.mark.xdist_group("multiple-feature-maps")
progression = pytest.mark.xdist_group("feature-map-progression")
heatmap = pytest.mark.xdist_group("activation-heatmap")


def test_nothing_is_off_the_frame_and_no_text_near_its_edge(stage: Stage) -> None:
    assert rules.off_the_frame(stage) == []


def test_no_text_lies_on_another(stage: Stage) -> None:
    assert rules.overlapping(stage) == []


def test_no_text_lies_on_a_picture_or_across_a_line(stage: Stage) -> None:
    assert rules.crossed(stage) == []


def test_nothing_is_hidden_under_something_else(stage: Stage) -> None:
    assert rules.buried(stage) == []


def test_no_glyph_or_image_stands_alone(stage: Stage) -> None:
    assert rules.taken_apart(stage) == []


def test_the_back_row_can_read_every_letter(stage: Stage) -> None:
    assert rules.small(stage) == []


def test_every_text_stands_out_from_its_ground(stage: Stage) -> None:
    assert rules.faint(stage) == []


def test_stacks_step_evenly_and_count_what_they_show(stage: Stage) -> None:
    assert rules.badly_stacked(stage) == []


def test_arrows_lead_from_one_thing_to_the_next_and_touch_nothing(stage: Stage) -> None:
    assert rules.misled(stage) == []


def test_the_title_stands_at_the_same_place_on_every_slide(stage: Stage) -> None:
    title = stage.one(Title)

    assert Box.of(title).left == pytest.approx(theme.LEFT_EDGE)
    assert Box.of(title[0]).top == pytest.approx(theme.TITLE_TOP)


@pytest.mark.parametrize("slide", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in PAUSES])
def test_every_reveal_changes_the_picture(slide: str, lecture: Lecture) -> None:
    stages = lecture(slide).stages
    empty = [after for before, after in pairwise(stages) if rules.unchanged(stages[before], stages[after])]

    assert empty == []


def ring_on(stage: Stage, thing: Box) -> Box:
    """Return the only ring that lies on a thing."""
    (ring,) = (box for box in map(Box.of, stage.rings) if thing.grown(0.001).holds(box))
    return ring


def share(part: Box, whole: Box) -> NDArray[np.float64]:
    """Return where a part lies, as shares of the whole: left, top, right, bottom, counted from its top left."""
    across, down = (part.left, part.right), (part.top, part.bottom)
    xs, ys = [(x - whole.left) / whole.width for x in across], [(whole.top - y) / whole.height for y in down]
    return np.array([xs[0], ys[0], xs[1], ys[1]])


def strongest_square(values: NDArray[np.float64], size: int) -> tuple[int, int]:
    """Return the top left cell of the square with the largest mean, by scipy's moving average."""
    means = uniform_filter(values.astype(float), size, mode="constant", cval=-np.inf, origin=-(size // 2))
    row, column = np.unravel_index(np.argmax(means[: 1 - size, : 1 - size]), [len(values) - size + 1] * 2)
    return int(row), int(column)


@single
def test_the_edge_is_ringed_at_the_same_place_of_the_photo_and_of_both_maps(lecture: Lecture) -> None:
    stage = lecture("single-feature-map").stages["labels"]
    frames = [Box.of(picture.frame) for picture in stage.pictures]
    places = [share(ring_on(stage, frame), frame) for frame in frames]

    assert len(places) == 3
    assert np.allclose(places, places[0], atol=0.01)


@single
def test_the_ring_frames_the_longest_edge_of_the_map(lecture: Lecture) -> None:
    stage = lecture("single-feature-map").stages["labels"]
    signed, _ = stage.all(FeatureMap)
    place = share(ring_on(stage, Box.of(signed.frame)), Box.of(signed.frame)) * 222
    row, column = strongest_square(signed.values, 27)

    assert place == pytest.approx([column, row, column + 27, row + 27], abs=0.01)


@multiple
@pytest.mark.parametrize("number", range(4), ids=["edges", "corners", "textures", "shapes"])
def test_each_filters_strongest_square_is_ringed_on_its_map(number: int, lecture: Lecture) -> None:
    stage = lecture("multiple-feature-maps").stages["shapes"]
    brightness = np.asarray(Image.fromarray(load(PHOTO)).convert("L"))
    maps = relu(responses(brightness, (SOBEL, CORNERS, GABOR, DIFFERENCE_OF_GAUSSIANS)))
    feature_map = sorted(stage.all(FeatureMap), key=lambda each: Box.of(each.frame).left)[number]
    frame = Box.of(feature_map.frame)
    row, column = strongest_square(maps[..., number], 21)

    assert np.array_equal(feature_map.values, maps[..., number])
    assert share(ring_on(stage, frame), frame) * 220 == pytest.approx([column, row, column + 21, row + 21], abs=0.01)


@multiple
def test_the_cell_that_was_summed_is_ringed_on_its_map(lecture: Lecture) -> None:
    stage = lecture("multiple-feature-maps").stages["depth"]
    feature_map = stage.one(FeatureMap)
    left, top, right, bottom = share(ring_on(stage, Box.of(feature_map.frame)), Box.of(feature_map.frame)) * 112
    value = feature_map.values[int((top + bottom) / 2), int((left + right) / 2)]

    assert f"{value:.2f}" in [each.text for each in stage.texts]


@multiple
def test_four_filters_make_a_stack_of_four_channels(lecture: Lecture) -> None:
    stage = lecture("multiple-feature-maps").stages["stack"]
    stack = stage.one(ChannelStack)

    assert (len(stack.maps), stack.total) == (4, 4)
    assert "4 channels" in [each.text for each in stage.texts]


@progression
def test_each_stage_stacks_channels_of_its_real_layer(lecture: Lecture) -> None:
    activations = forward(load(PHOTO))
    stacks = lecture("feature-map-progression").stages["labels"].all(ChannelStack)

    assert [stack.total for stack in stacks] == [LAYERS[name].shape.channels for name in STAGES]
    for stack, name in zip(stacks, STAGES, strict=True):
        channels = [activations[name][..., channel] for channel in range(stack.total)]
        shown = [next(n for n, own in enumerate(channels) if np.array_equal(own, one.values)) for one in stack.maps]
        assert len(set(shown)) == 4, f"{name} shows channels {shown}"


@progression
def test_the_middle_cell_and_what_it_sees_are_ringed(lecture: Lecture) -> None:
    stage = lecture("feature-map-progression").stages["field"]
    stacks, views = stage.all(ChannelStack), [each for each in stage.pictures if type(each) is Picture]

    for stack, view, name in zip(stacks, views, STAGES, strict=True):
        middle = LAYERS[name].shape.height // 2
        rows, columns = LAYERS[name].seen(middle, middle)
        for picture, field, size in (
            (stack.front, (middle, middle, middle + 1, middle + 1), LAYERS[name].shape.height),
            (view, (columns.start, rows.start, columns.stop, rows.stop), 224),
        ):
            frame = Box.of(picture.frame)
            ring = ring_on(stage, frame)
            expected = np.array(field) / size
            width = max((expected[2] - expected[0]) * frame.width, 0.16)  # kept large enough to be seen
            assert ring.width == pytest.approx(width, abs=1e-6), name
            center = (share(ring, frame)[:2] + share(ring, frame)[2:]) / 2
            assert center == pytest.approx((expected[:2] + expected[2:]) / 2, abs=1e-6), name


@heatmap
@pytest.mark.parametrize("reveal", ["spot", "overlay"])
def test_the_ring_lies_exactly_over_the_hottest_cell(reveal: str, lecture: Lecture) -> None:
    stage = lecture("activation-heatmap").stages[reveal]
    grid = stage.one(CellGrid)
    row, column = np.unravel_index(np.argmax(grid.values), (7, 7))
    squares = Box.of(grid.squares)

    assert share(ring_on(stage, squares), squares) * 7 == pytest.approx([column, row, column + 1, row + 1], abs=1e-6)


@heatmap
def test_on_the_photo_the_ring_lies_over_the_hottest_cells_own_pixels(lecture: Lecture) -> None:
    stage = lecture("activation-heatmap").stages["overlay"]
    row, column = np.unravel_index(np.argmax(stage.one(CellGrid).values), (7, 7))
    (overlay,) = stage.pictures
    photo = Box.of(overlay.frame)

    assert share(ring_on(stage, photo), photo) * 224 == pytest.approx(
        [32 * column, 32 * row, 32 * column + 32, 32 * row + 32], abs=1e-6
    )


@heatmap
@pytest.mark.parametrize("reveal", PAUSES["activation-heatmap"])
def test_the_grid_of_evidence_has_its_size_right_under_it(reveal: str, lecture: Lecture) -> None:
    stage = lecture("activation-heatmap").stages[reveal]
    grid = Box.of(VGroup(*stage.all(Square)))

    assert rules.says(stage, grid, "7×7×1")


@heatmap
def test_the_colour_bar_says_min_max_and_what_it_spans(lecture: Lecture) -> None:
    stage = lecture("activation-heatmap").stages["bar"]
    values, bar = stage.one(CellGrid).values, stage.one(ColorBar)
    beside = {each.text for each in stage.texts if each.box.left > Box.of(bar.frame).right}

    assert beside == {"0", f"min {values.min():.1f}", f"{values.max():.1f}", "this map"}
