from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image
from scipy.signal import correlate2d

from slides.network.arithmetic import ShapeError, output_size
from slides.network.convolution import correlate, luminance, relu, relu6, window
from slides.photo import load

Array = NDArray[Any]


@st.composite
def walks(draw: st.DrawFn) -> tuple[Array, Array, int, int]:
    """An image of integers, a kernel that fits, a stride, a padding."""
    size = draw(st.integers(1, 4))
    padding = draw(st.integers(0, 2))
    sides = st.integers(max(1, size - 2 * padding), 9)
    channels = draw(st.sampled_from([(), (1,), (3,)]))
    image = draw(hnp.arrays(np.uint8, (draw(sides), draw(sides), *channels)))
    kernel = draw(hnp.arrays(np.int64, (size, size, *channels), elements=st.integers(-99, 99)))
    return image, kernel, draw(st.integers(1, 3)), padding


def naive(image: Array, kernel: Array, stride: int, padding: int) -> list[list[int]]:
    """The definition, in plain Python: no flip, zeros outside."""
    size = len(kernel)
    rows, columns = (output_size(side, size, stride=stride, padding=padding) for side in image.shape[:2])

    def pixel(row: int, column: int) -> Array:
        inside = 0 <= row < image.shape[0] and 0 <= column < image.shape[1]
        return image[row, column].astype(int) if inside else np.zeros(image.shape[2:], dtype=int)

    def cell(row: int, column: int) -> int:
        top, left = row * stride - padding, column * stride - padding
        return sum(
            int((pixel(top + down, left + right) * kernel[down, right]).sum())
            for down in range(size)
            for right in range(size)
        )

    return [[cell(row, column) for column in range(columns)] for row in range(rows)]


@given(walks())
def test_it_is_the_naive_loop_to_the_last_integer(walk: tuple[Array, Array, int, int]) -> None:
    image, kernel, stride, padding = walk

    result = correlate(image, kernel, stride=stride, padding=padding)

    assert result.dtype == np.int64
    assert result.tolist() == naive(image, kernel, stride, padding)


@given(
    hnp.arrays(np.float64, st.tuples(st.integers(5, 12), st.integers(5, 12)), elements=st.floats(-9, 9)),
    hnp.arrays(np.float64, st.sampled_from([(3, 3), (5, 5)]), elements=st.floats(-9, 9)),
    st.integers(1, 3),
)
def test_it_is_scipy_s_correlation(image: Array, kernel: Array, stride: int) -> None:
    valid = correlate2d(image, kernel, mode="valid")[::stride, ::stride]
    same = correlate2d(image, kernel, mode="same")

    np.testing.assert_allclose(correlate(image, kernel, stride=stride), valid, atol=1e-9)
    np.testing.assert_allclose(correlate(image, kernel, padding=len(kernel) // 2), same, atol=1e-9)


def test_the_kernel_is_not_flipped() -> None:
    kernel = np.arange(9).reshape(3, 3)
    spot = np.zeros((5, 5), dtype=np.uint8)
    spot[2, 2] = 1

    assert correlate(spot, kernel).tolist() == kernel[::-1, ::-1].tolist()


def test_one_filter_spans_all_channels_and_adds_its_bias_once() -> None:
    image = np.dstack([np.full((3, 3), value) for value in (1, 10, 100)])
    kernel = np.ones((3, 3, 3), dtype=np.int64)

    assert correlate(image, kernel, bias=7).tolist() == [[9 * 111 + 7]]
    assert correlate(image, kernel, bias=0.5).tolist() == [[9 * 111 + 0.5]]


def test_padding_may_differ_before_and_after() -> None:
    image = np.arange(16).reshape(4, 4)
    kernel = np.ones((3, 3), dtype=np.int64)

    result = correlate(image, kernel, stride=2, padding=(0, 1))

    assert result.tolist() == [[45, 39], [66, 50]]


@given(walks(), st.data())
def test_the_window_holds_the_pixels_behind_a_cell(walk: tuple[Array, Array, int, int], data: st.DataObject) -> None:
    image, kernel, stride, padding = walk
    result = correlate(image, kernel, stride=stride, padding=padding)
    row, column = (data.draw(st.integers(0, side - 1)) for side in result.shape)

    pixels = window(image, row, column, kernel=len(kernel), stride=stride, padding=padding)

    assert pixels.shape == kernel.shape
    assert (pixels * kernel).sum() == result[row, column]


@pytest.mark.parametrize("cell", [(-1, 0), (0, -1), (3, 0), (0, 2)])
def test_a_window_outside_the_map_is_refused(cell: tuple[int, int]) -> None:
    with pytest.raises(ShapeError, match="the map has no cell") as caught:
        window(np.zeros((5, 4)), *cell, kernel=3)

    assert caught.value.hint == "it has 3 rows and 2 columns, counted from 0"


@pytest.mark.parametrize(
    ("image", "kernel", "walk", "sentence"),
    [
        ((5, 5), (3, 2), {}, "not square"),
        ((5, 5), (3,), {}, "not square"),
        ((5, 5, 3), (3, 3), {}, "does not span"),
        ((5, 5, 3), (3, 3, 1), {}, "does not span"),
        ((2, 9), (3, 3), {}, "a kernel of 3 does not fit into 2×9 cells"),
        ((5, 5), (3, 3), {"stride": 0}, "stride 0 with padding 0 is too small"),
        ((5, 5), (3, 3), {"padding": -1}, "stride 1 with padding -1 is too small"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(
    image: tuple[int, ...], kernel: tuple[int, ...], walk: dict[str, int], sentence: str
) -> None:
    with pytest.raises(ShapeError, match=sentence) as caught:
        correlate(np.zeros(image), np.ones(kernel), **walk)

    assert caught.value.hint


def test_rectifiers_cut_off_and_keep_the_type() -> None:
    values = np.array([-3, 0, 2, 9], dtype=np.float32)

    assert relu(values).tolist() == [0, 0, 2, 9]
    assert relu6(values).tolist() == [0, 0, 2, 6]
    assert relu(values).dtype == relu6(values).dtype == np.float32


@settings(max_examples=30)
@given(hnp.arrays(np.uint8, (6, 5, 3)))
def test_luminance_is_pillow_s(photo: NDArray[np.uint8]) -> None:
    assert luminance(photo).tolist() == np.asarray(Image.fromarray(photo).convert("L")).tolist()


def test_luminance_does_not_wrap() -> None:
    brightness = luminance(load("chelsea"))

    assert brightness.dtype == np.int64
    assert (brightness[:, :-1] - brightness[:, 1:]).min() < 0
