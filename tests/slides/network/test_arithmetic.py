from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slides.network.arithmetic import (
    ReceptiveField,
    Shape,
    ShapeError,
    check_stride,
    multiply_accumulates,
    output_size,
    parameters,
    same_padding,
)

VGG16 = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]
"""Convolutions and channels of each stage, Simonyan and Zisserman 2015, configuration D; a 2×2 pooling follows each."""

ALEXNET = [
    # kernel, channels in, channels out, groups: Krizhevsky et al. 2012; the last three are its dense layers
    (11, 3, 96, 1),
    (5, 96, 256, 2),
    (3, 256, 384, 1),
    (3, 384, 384, 2),
    (3, 384, 256, 2),
    (6, 256, 4096, 1),
    (1, 4096, 4096, 1),
    (1, 4096, 1000, 1),
]


def test_a_shape_reads_as_height_width_channels() -> None:
    assert str(Shape(112, 112, 32)) == "112×112×32"
    assert Shape(112, 112, 32).values == 401_408


def test_a_shape_is_taken_from_an_array() -> None:
    assert Shape.of(np.zeros((5, 4, 3))) == Shape(5, 4, 3)
    assert Shape.of(np.zeros((5, 4))) == Shape(5, 4, 1)
    with pytest.raises(ShapeError, match="two or three axes, these have 1"):
        Shape.of(np.zeros(5))


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "expected"),
    [
        (227, 11, 4, 0, 55),  # AlexNet's first layer
        (224, 7, 2, 3, 112),  # ResNet's first layer
        (224, 3, 1, 1, 224),  # VGG's every layer
        (5, 3, 2, 1, 3),  # Dumoulin and Visin 2016, figure 2.6
        (6, 3, 2, 1, 3),  # and figure 2.7: the last column is never reached
        (3, 3, 1, 0, 1),
    ],
)
def test_output_sizes_are_those_published(size: int, kernel: int, stride: int, padding: int, expected: int) -> None:
    assert output_size(size, kernel, stride=stride, padding=padding) == expected


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 12), st.integers(0, 5))
def test_output_size_counts_the_windows(size: int, kernel: int, stride: int, padding: int) -> None:
    starts = [start for start in range(0, size + 2 * padding, stride) if start + kernel <= size + 2 * padding]
    if starts:
        assert output_size(size, kernel, stride=stride, padding=padding) == len(starts)
    else:
        with pytest.raises(ShapeError, match="does not fit") as caught:
            output_size(size, kernel, stride=stride, padding=padding)
        needed = int(caught.value.hint.split()[-1])
        assert output_size(size, kernel, padding=needed) >= 1
        with pytest.raises(ShapeError):
            output_size(size, kernel, padding=needed - 1)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"size": 0}, "a size of 0 makes no sense"),
        ({"kernel": 0}, "a kernel of 0 makes no sense"),
        ({"stride": 0}, "a stride of 0 makes no sense"),
        ({"padding": -1}, "a padding of -1 makes no sense"),
    ],
)
def test_impossible_sizes_are_named(changed: dict[str, int], sentence: str) -> None:
    values = {"size": 8, "kernel": 3, "stride": 1, "padding": 0} | changed

    with pytest.raises(ShapeError, match=sentence) as caught:
        output_size(**values)

    assert caught.value.hint.endswith(f"of at least {next(iter(changed.values())) + 1}")


@given(st.integers(1, 300), st.integers(1, 9), st.integers(1, 4))
def test_same_padding_gives_one_cell_for_every_stride(size: int, kernel: int, stride: int) -> None:
    before, after = same_padding(size, kernel, stride)

    assert (size + before + after - kernel) // stride + 1 == -(-size // stride)
    assert after - before in {0, 1}


def test_same_padding_at_stride_two_pads_one_side_only() -> None:
    assert same_padding(224, 3, 2) == (0, 1)
    assert same_padding(56, 5, 2) == (1, 2)
    assert same_padding(14, 3, 1) == (1, 1)


@pytest.mark.parametrize(
    ("stride", "hint"),
    [
        (3, "use a stride of 2 or 7"),
        (0, "use a stride of 1"),
        (-2, "use a stride of 1"),
    ],
)
def test_a_stride_that_does_not_fit_is_refused_with_the_nearest_that_do(stride: int, hint: str) -> None:
    with pytest.raises(ShapeError, match=f"stride {stride} does not fit layer 'conv1'") as caught:
        check_stride(stride, size=15, kernel=1, layer="conv1")

    assert caught.value.hint == hint


def test_a_stride_larger_than_the_input_is_refused_even_where_the_kernel_covers_it() -> None:
    assert check_stride(5, size=5, kernel=5, layer="conv1") == 5
    with pytest.raises(ShapeError, match="stride 6 does not fit") as caught:
        check_stride(6, size=5, kernel=5, layer="conv1")
    assert caught.value.hint == "use a stride of 5"


@given(st.integers(1, 60), st.integers(1, 9), st.integers(0, 4), st.integers(-3, 70))
def test_the_strides_that_a_hint_gives_do_fit(size: int, kernel: int, padding: int, stride: int) -> None:
    if kernel > size + 2 * padding:
        with pytest.raises(ShapeError, match="does not fit into"):
            check_stride(stride, size=size, kernel=kernel, padding=padding, layer="conv1")
        return
    try:
        check_stride(stride, size=size, kernel=kernel, padding=padding, layer="conv1")
    except ShapeError as error:
        for offered in error.hint.removeprefix("use a stride of ").split(" or "):
            check_stride(int(offered), size=size, kernel=kernel, padding=padding, layer="conv1")
    else:
        reached = (output_size(size, kernel, stride=stride, padding=padding) - 1) * stride + kernel
        assert reached == size + 2 * padding


def test_parameters_are_those_published() -> None:
    convolutions, channels = 0, 3
    for repeats, channels_out in VGG16:
        for _ in range(repeats):
            convolutions += parameters(3, channels, channels_out)
            channels = channels_out
    dense = parameters(7, 512, 4096) + parameters(1, 4096, 4096) + parameters(1, 4096, 1000)

    assert convolutions == 14_714_688
    assert convolutions + dense == 138_357_544
    assert sum(parameters(kernel, *channels, groups=groups) for kernel, *channels, groups in ALEXNET) == 60_965_224


def test_biases_and_groups_are_counted() -> None:
    assert parameters(3, 3, 64) - parameters(3, 3, 64, bias=False) == 64
    assert parameters(3, 32, 32, groups=32) == 320
    for groups in (0, 3):
        with pytest.raises(ShapeError, match=f"{groups} groups do not divide 32 input and 64 output channels"):
            parameters(3, 32, 64, groups=groups)


def test_multiply_accumulates_are_those_published() -> None:
    total, channels, size = 0, 3, 224
    for repeats, channels_out in VGG16:
        for _ in range(repeats):
            total += multiply_accumulates(Shape(size, size, channels_out), 3, channels)
            channels = channels_out
        size //= 2
    for kernel, channels_in, channels_out in ((7, 512, 4096), (1, 4096, 4096), (1, 4096, 1000)):
        total += multiply_accumulates(Shape(1, 1, channels_out), kernel, channels_in)

    assert total == 15_470_264_320
    assert multiply_accumulates(Shape(10, 10, 32), 3, 32, groups=32) == 28_800


def test_vgg16_stage_ends_see_5_14_40_92_196_pixels() -> None:
    field, seen = ReceptiveField(), []
    for repeats, _ in VGG16:
        for _ in range(repeats):
            field = field.through(3, 1, 1)
        seen.append(field.size)
        field = field.through(2, 2)

    assert seen == [5, 14, 40, 92, 196]


def test_four_layers_of_stride_two_see_3_7_15_31_pixels() -> None:
    field, seen = ReceptiveField(), []
    for _ in range(4):
        field = field.through(3, 2, 1)
        seen.append(field.size)

    assert seen == [3, 7, 15, 31]
    assert field.jump == 16


layers = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(0, 2)), min_size=1, max_size=4)


@given(layers, st.integers(0, 3))
def test_a_cell_sees_what_its_window_s_cells_see(stack: list[tuple[int, int, int]], cell: int) -> None:
    field = ReceptiveField()
    for kernel, stride, padding in stack:
        field = field.through(kernel, stride, padding)

    cells = range(cell, cell + 1)
    for kernel, stride, padding in reversed(stack):
        cells = range(cells.start * stride - padding, (cells.stop - 1) * stride - padding + kernel)
    assert field.pixels(cell) == cells


def test_a_field_is_clipped_to_the_image_on_request() -> None:
    field = ReceptiveField().through(3, 1, 1)

    assert field.pixels(0) == range(-1, 2)
    assert field.pixels(0, within=8) == range(2)
    assert field.pixels(7, within=8) == range(6, 8)
