"""The drawings by themselves: what they show is what they were given."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import correlate2d
from skimage.color import rgb2lab

from slides import theme
from slides.mobjects.color_bar import ColorBar, spread
from slides.mobjects.color_scale import ColorScale
from slides.mobjects.depth import DepthSum
from slides.mobjects.grid import CellGrid, Kernel, PixelGrid, compact, four, signed, tenths
from slides.mobjects.label import Label, SizeLabel
from slides.mobjects.marks import named
from slides.mobjects.multiply_add import MultiplyAdd
from slides.mobjects.picture import FeatureMap, GreyPicture, PhotoPicture
from slides.mobjects.stack import ChannelStack
from slides.mobjects.sweep import Sweep
from slides.network.arithmetic import Shape
from slides.network.convolution import correlate, luminance, window
from slides.network.efficientnet import forward, normalise
from slides.network.filters import DIFFERENCE_OF_GAUSSIANS, FILTERS, SOBEL
from slides.photo import load
from tests.slides.measures import contrast
from tests.slides.stage import Box, edges, family, pixels

Values = NDArray[Any]

RAMP = np.arange(-32.0, 32.0).reshape(8, 8)
SIGNED = ColorScale.signed(RAMP, "this map")
RECTIFIED = ColorScale.rectified(np.maximum(RAMP, 0), "this map")


def lightness(colors: Values) -> NDArray[np.float64]:
    """Return CIELAB's L*, 0 to 100."""
    return np.asarray(rgb2lab(colors.reshape(1, -1, 3))[0, :, 0])


# Numbers and how they are written.


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (signed, -160.0, "−160"),
        (signed, -0.0, "0"),
        (tenths, -0.04, "0.0"),
        (tenths, 19.26, "19.3"),
        (four, 35.53, "35.5"),
        (four, -9.9, "−9.9"),
        (four, -10.47, "−10"),
        (compact, 896, "896"),
        (compact, 15_320, "15 k"),
        (compact, 1_500, "1.5 k"),
        (compact, 3_364_440, "3.4 M"),
    ],
)
def test_numbers_are_written_for_the_back_row(write: Callable[[Any], str], value: float, text: str) -> None:
    assert write(value) == text


def test_a_size_is_height_by_width_by_channels() -> None:
    assert SizeLabel(Shape(112, 112, 32)).original_text == "112×112×32"


@pytest.mark.parametrize("text", ["Edges", "shapes", "gypsy", "4 channels", "(after)"])
def test_names_stand_on_one_baseline_whatever_hangs_below_it(text: str) -> None:
    label = named(Label("x"), text, 1.5)
    upright = [glyph for glyph, letter in zip(label, label.text, strict=True) if letter not in "gjpqy()"]

    assert Box.of(upright[0]).bottom == pytest.approx(1.5, abs=0.01)


# Cells.


@pytest.mark.parametrize("known", FILTERS.values(), ids=FILTERS)
def test_every_cell_of_a_kernel_holds_its_weight(known: Any) -> None:
    kernel = Kernel(known.weights, side=2.5)

    for (row, column), weight in np.ndenumerate(known.weights):
        number, cell = kernel.number(row, column), kernel.cell(row, column)
        assert number.original_text == str(weight).replace("-", "−")
        assert Box.of(cell).holds(Box.of(number))
        assert cell.get_fill_color().to_hex() == ColorScale.signed(known.weights, "this filter").hex(weight)
    assert Box.of(kernel.cell(0, 0)).center < Box.of(kernel.cell(0, 1)).center
    assert Box.of(kernel.cell(0, 0)).bottom >= Box.of(kernel.cell(1, 0)).top - 1e-6


@pytest.mark.parametrize(
    ("write", "values", "cell"),
    [
        pytest.param(signed, [[-765, 1020], [9999, 0]], 0.82, id="products and sums"),
        pytest.param(signed, [[0, 255], [100, 222]], 0.7, id="pixels"),
        pytest.param(four, [[-9.94, 35.55], [-11.9, 20.44]], 0.7, id="evidence"),
    ],
)
def test_the_widest_numbers_fit_into_their_cells(write: Callable[[float], str], values: Values, cell: float) -> None:
    grid = CellGrid(np.array(values), ColorScale.signed(np.array(values), "all"), cell=cell, write=write)

    for row, column in np.ndindex(2, 2):
        number = grid.number(row, column)
        assert Box.of(grid.cell(row, column)).holds(Box.of(number).grown(0.01)), number.original_text


def test_a_grid_may_go_without_numbers() -> None:
    grid = CellGrid(RAMP, SIGNED, cell=0.3, write=None)

    assert len(grid.numbers) == 0
    assert len(grid.squares) == 64
    assert len(grid.block(0, 0, 2, 3)) == 6


@pytest.mark.parametrize("scale", [SIGNED, RECTIFIED, ColorScale.brightness()], ids=lambda scale: scale.name)
def test_ink_reads_well_on_every_colour_of_a_scale(scale: ColorScale) -> None:
    values = np.linspace(scale.low, scale.high, 256)

    assert min(contrast(scale.ink(value), scale.hex(value)) for value in values) >= 4.5


# Colours.


def test_rectified_colours_grow_lighter_with_every_step() -> None:
    steps = np.diff(lightness(RECTIFIED(np.linspace(0, RECTIFIED.high, 256))))

    assert (steps > -0.05).all()  # rounding to whole colours
    assert steps.sum() > 80
    assert RECTIFIED.low == 0


def test_rectified_colours_are_evenly_spaced() -> None:
    steps = np.diff(lightness(RECTIFIED(np.linspace(0, RECTIFIED.high, 17))))

    assert steps.min() / steps.mean() > 0.5
    assert steps.max() / steps.mean() < 1.5


def test_signed_colours_are_as_light_below_zero_as_above() -> None:
    values = np.linspace(0, SIGNED.high, 128)
    above, below = lightness(SIGNED(values)), lightness(SIGNED(-values))

    assert SIGNED.low == -SIGNED.high == -32
    assert np.abs(above - below).max() < 0.15 * np.ptp(above)
    assert (np.diff(above) > -0.2).all()
    assert (np.diff(below) > -0.2).all()
    assert above[-1] - above[0] > 60


def test_signed_colours_tell_the_sign() -> None:
    red, _, blue = SIGNED(np.array([20.0]))[0].astype(int)
    red_below, _, blue_below = SIGNED(np.array([-20.0]))[0].astype(int)

    assert red > blue + 50
    assert blue_below > red_below + 50


@pytest.mark.parametrize("weights", [SOBEL.weights, DIFFERENCE_OF_GAUSSIANS.weights], ids=["sobel", "dog"])
def test_a_kernels_colours_are_symmetric_about_zero(weights: Values) -> None:
    scale = Kernel(weights, side=2).color_scale

    assert (scale.low, scale.high) == (-np.abs(weights).max(), np.abs(weights).max())
    assert lightness(scale(np.array([0])))[0] < 10


def test_the_ends_of_a_scale_have_the_ends_of_its_colours() -> None:
    values = np.array([0.0, 3.0, 7.0])
    scale = ColorScale.rectified(values, "this map")

    assert (scale.low, scale.high, scale.clipped) == (0.0, 7.0, False)
    assert scale(np.array([-5.0, 99.0])).tolist() == scale(np.array([0.0, 7.0])).tolist()


def test_a_share_leaves_the_strongest_beyond_the_end() -> None:
    scale = ColorScale.rectified(np.array([0.0, *range(1, 101)]), "99 % of the map", share=0.99)

    assert scale.clipped
    assert scale.high == pytest.approx(99, abs=1)  # zeros do not count: they are no answers


# Legends.


def texts(bar: ColorBar) -> list[str]:
    return [part.original_text for part in bar.get_family() if isinstance(part, Label)]


def test_a_bar_says_its_ends_and_scope() -> None:
    bar = ColorBar(RECTIFIED, length=3.3)

    assert texts(bar) == ["0", "31", "this map"]
    assert Box.of(bar.low).left == pytest.approx(Box.of(bar.frame).left, abs=0.001)
    assert Box.of(bar.high).right == pytest.approx(Box.of(bar.frame).right, abs=0.001)
    shown = pixels(bar.image)
    assert shown[0, 0].tolist() == RECTIFIED(np.array(0.0)).tolist()
    assert shown[0, -1].tolist() == RECTIFIED(np.array(31.0)).tolist()


def test_a_clipped_bar_says_that_values_go_on() -> None:
    signed_scale = ColorScale.signed(RAMP, "some", share=0.9)
    rectified = ColorScale.rectified(np.maximum(RAMP, 0), "some", share=0.9)

    assert texts(ColorBar(signed_scale, length=3))[:2] == [f"≤−{signed_scale.high:g}", f"≥{signed_scale.high:g}"]
    assert texts(ColorBar(rectified, length=3))[:2] == ["0", f"≥{rectified.high:g}"]


def test_an_upright_bar_has_its_low_end_below() -> None:
    bar = ColorBar(RECTIFIED, length=4.9, vertical=True, decimals=1)

    assert Box.of(bar.high).bottom > Box.of(bar.scope).top > Box.of(bar.low).top
    assert pixels(bar.image)[-1, 0].tolist() == RECTIFIED(np.array(0.0)).tolist()


@pytest.mark.parametrize(
    ("scale", "span", "marked"),
    [
        pytest.param(ColorScale.rectified(np.array([35.5]), "this map"), (0.8, 35.5), ["min 0.8"], id="near zero"),
        pytest.param(ColorScale.signed(np.array([32.3]), "this map"), (-0.1, 32.3), ["min −0.1"], id="near the scope"),
        pytest.param(
            ColorScale.signed(np.array([10.0]), "this map"), (-0.1, 0.1), ["min −0.1", "max 0.1"], id="near each other"
        ),
        pytest.param(ColorScale.signed(np.array([10.5]), "this map"), (-10.5, -1.4), ["max −1.4"], id="all negative"),
        pytest.param(ColorScale.rectified(np.array([9.9]), "this map"), (9.8, 9.9), ["min 9.8"], id="near the top"),
    ],
)
def test_smallest_and_largest_are_marked_where_they_are_and_stay_legible(
    scale: ColorScale, span: tuple[float, float], marked: list[str]
) -> None:
    bar = ColorBar(scale, length=4.9, vertical=True, decimals=1, span=span)
    labels = [part for part in bar.get_family() if isinstance(part, Label)]
    boxes = sorted((Box.of(label) for label in labels), key=lambda box: box.bottom)

    assert [text for text in texts(bar) if text.startswith("m")] == marked
    assert all(upper.bottom - lower.top > 0.05 for lower, upper in pairwise(boxes))
    assert boxes[0] == Box.of(bar.low)
    assert boxes[-1] == Box.of(bar.high)


def test_labels_are_spread_no_further_than_needed() -> None:
    assert spread([0, 0.1, 2.5, 4.95, 5], 0.4) == pytest.approx([0, 0.4, 2.5, 4.6, 5])
    assert spread([0, 1, 2], 0.4) == [0, 1, 2]


# Pictures.


@pytest.mark.parametrize("side", [0.9, 2.0, 4.9])
def test_a_picture_placed_anew_keeps_its_size_label_as_it_was(side: float) -> None:
    photo = PhotoPicture(load("chelsea"), side=2)
    before = Box.of(photo.size_label)
    photo.place(side, (-3, 0.5, 0))
    frame, label = Box.of(photo.frame), Box.of(photo.size_label)

    assert frame.center == pytest.approx((-3, 0.5))
    assert (frame.width, frame.height) == pytest.approx((side, side))
    assert Box.of(photo.image).width == pytest.approx(side)
    assert (label.width, label.height) == pytest.approx((before.width, before.height))
    assert frame.bottom - label.top == pytest.approx(theme.GAP)
    assert label.center[0] == pytest.approx(-3)


def test_a_map_is_drawn_in_the_colours_of_its_values() -> None:
    feature_map = FeatureMap(RAMP, SIGNED, side=2)

    assert np.array_equal(pixels(feature_map.image), SIGNED(RAMP))


def test_a_region_lies_over_its_pixels() -> None:
    feature_map = FeatureMap(RAMP, SIGNED, side=4).place(4, (1, 0, 0))
    box = Box.of(feature_map.region(2, 4, 2, 3))

    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((1, 1, 2.5, 0))


def test_a_mark_stays_inside_the_picture_and_large_enough_to_see() -> None:
    grey = GreyPicture(luminance(load("chelsea")), side=2)
    corner, dot = Box.of(grey.mark(-5, -5, 40, 40)), Box.of(grey.mark(112, 112, 1, 1))

    assert (corner.left, corner.top) == pytest.approx((-1, 1))
    assert corner.width == pytest.approx(35 / 224 * 2)
    assert (dot.width, dot.height) == pytest.approx((0.16, 0.16))


def test_a_stack_stands_front_to_back_up_to_the_right() -> None:
    stack = ChannelStack([RAMP, RAMP.T, -RAMP], total=32, signed=True, side=2, offset=0.2)
    centers = np.array([Box.of(one.frame).center for one in stack.maps])

    assert np.diff(centers, axis=0) == pytest.approx(0.2)
    assert stack.front is stack.maps[0]
    drawn = [part for part in stack.get_family() if isinstance(part, FeatureMap)]
    assert drawn == stack.maps[::-1]
    assert stack.size_label.original_text == "8×8×32"
    assert stack.count is not None
    assert stack.count.original_text == "3 of 32"
    assert ChannelStack([RAMP, RAMP.T], total=2, signed=True, side=2).count is None


# The walk of the filter.


@cache
def walk(stride: int, padding: int) -> Sweep:
    """Return the sweep of a filter over a photo on the left that fills a map on the right."""
    brightness = luminance(load("chelsea"))
    response = correlate(brightness, SOBEL.weights, stride=stride, padding=padding)
    source = GreyPicture(brightness, side=4).place(4, (-3, 0, 0))
    target = FeatureMap(response, ColorScale.signed(response, "map"), side=4).place(4, (3, 0, 0))
    sweep = Sweep(source, target, kernel=3, stride=stride, padding=padding)
    sweep.begin()
    return sweep


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (13, 0), (1, 1), (3, 2)])
@pytest.mark.parametrize("alpha", [0, 0.1, 0.3, 0.6, 1])
def test_window_and_cell_are_at_the_same_place_and_only_computed_cells_show(
    alpha: float, stride: int, padding: int
) -> None:
    sweep = walk(stride, padding)
    size = len(sweep.target.values)
    row, column, width = at_work(alpha, size)
    sweep.interpolate(alpha)

    cells = sweep.target.mark(row, column, 1, width)
    left, top = column * stride - padding, row * stride - padding
    window_of_cells = sweep.source.mark(top, left, 3, (width - 1) * stride + 3)
    order = np.arange(size * size).reshape(size, size)
    assert Box.of(sweep.cursor) == Box.of(cells)
    assert Box.of(sweep.window) == Box.of(window_of_cells)
    assert np.array_equal(covered(sweep), order >= row * size + column + width)


def at_work(alpha: float, size: int) -> tuple[int, int, int]:
    """Return the row, the first cell and the number of cells being computed: singly at first, then row by row."""
    if alpha < 0.3:
        return 0, int(alpha / 0.3 * (size - 1)), 1
    return min(1 + int((alpha - 0.3) / 0.7 * (size - 1)), size - 1), 0, size


def covered(sweep: Sweep) -> NDArray[np.bool_]:
    """Return for each cell whether its middle lies under the cover, by the even-odd rule on the cover's outline."""
    frame, size = Box.of(sweep.target.frame), len(sweep.target.values)
    middles = (np.arange(size) + 0.5) / size
    x, y = frame.left + middles[None, :] * frame.width, frame.top - middles[:, None] * frame.height
    inside = np.zeros((size, size), dtype=bool)
    for x1, y1, x2, y2 in edges(sweep.cover):
        if x1 == x2:
            inside ^= (min(y1, y2) < y) & (y < max(y1, y2)) & (x < x1)
    return inside


# The sums.


@pytest.mark.parametrize("stride", [1, 13])
def test_products_add_up_to_the_maps_cells(stride: int) -> None:
    brightness = luminance(load("coffee"))
    windows = [window(brightness, 7, column, kernel=3, stride=stride) for column in (5, 6)]
    response = correlate2d(brightness.astype(int), SOBEL.weights, mode="valid")[::stride, ::stride]
    scale = ColorScale.signed(response, "map")
    kernel = Kernel(SOBEL.weights, side=2.1).move_to((0.9, 0.25, 0))
    work = MultiplyAdd(windows, kernel, stride=stride, scale=scale)

    for products, pixels_of, cell, column in zip(work.products, windows, work.cells, (5, 6), strict=True):
        assert np.array_equal(products.values, pixels_of * SOBEL.weights)
        assert cell.number(0, 0).original_text == str(response[7, column]).replace("-", "−")
        assert cell.cell(0, 0).get_fill_color().to_hex() == scale.hex(response[7, column])
    shown = windows[0] if stride == 13 else brightness[7:10, 5:9]
    assert np.array_equal(work.patch.values, shown)


def test_pixels_are_shown_in_their_own_grey() -> None:
    grid = PixelGrid(np.array([[0, 128], [200, 255]]), cell=0.7)

    assert [square.get_fill_color().to_hex() for square in grid.squares] == ["#000000", "#808080", "#C8C8C8", "#FFFFFF"]


def test_one_filter_through_all_channels_gives_the_networks_own_cell() -> None:
    photo = load("chelsea")
    activations = forward(photo)
    filters, values = activations.network.stem, activations["stem"]
    row, column, channel = map(int, np.argwhere((values > 1) & (values < 5))[1000])
    # TensorFlow pads only below and to the right for stride 2 on an even size
    seen = np.s_[2 * row : 2 * row + 3, 2 * column : 2 * column + 3]
    work = DepthSum(
        photo[seen],
        normalise(photo)[seen],
        filters.weights[..., channel],
        float(filters.biases[channel]),
        ColorScale.rectified(values[..., channel], "this map"),
    )

    assert work.total == pytest.approx(float(values[row, column, channel]), abs=1e-4)
    assert sum(work.parts) + float(filters.biases[channel]) == pytest.approx(work.total)
    assert [float(part.values[0, 0]) for part in family(work.sums, CellGrid)] == pytest.approx(work.parts)
    assert work.cell.number(0, 0).original_text == f"{work.total:.2f}"
    assert Box.of(work.joins).right <= Box.of(work.cell).left


WIDTH = "from slides.mobjects.label import Label; print(Label('224×224×3').width)"


def test_the_typeface_is_the_lecture_s_own_whatever_was_set_before(tmp_path: Path) -> None:
    widths = []
    for number, before in enumerate(("", "from manim import Text; Text('of another slide'); ")):
        folder = tmp_path / str(number)  # manim keeps what it has set in the working folder
        folder.mkdir()
        run = subprocess.run(
            [sys.executable, "-c", before + WIDTH], cwd=folder, capture_output=True, text=True, check=True
        )
        widths.append(run.stdout)

    assert widths[0] == widths[1]
