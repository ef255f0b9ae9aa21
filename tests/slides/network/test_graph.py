from __future__ import annotations

from itertools import pairwise

import pytest

from slides.network.arithmetic import Shape, parameters
from slides.network.errors import UnknownNameError
from slides.network.graph import INPUT, LAYERS, layer


def test_the_layers_come_in_order_and_have_the_published_shapes() -> None:
    assert list(LAYERS) == ["stem", *(f"block-{number}" for number in range(16)), "head"]
    assert {name: str(LAYERS[name].shape) for name in ("stem", "block-0", "block-2", "block-4", "block-7")} == {
        "stem": "112×112×32",
        "block-0": "112×112×16",
        "block-2": "56×56×24",
        "block-4": "28×28×40",
        "block-7": "14×14×80",
    }
    assert [str(LAYERS[name].shape) for name in ("block-8", "block-14", "block-15", "head")] == [
        "14×14×112",
        "7×7×192",
        "7×7×320",
        "7×7×1280",
    ]


def test_parameters_add_up_to_those_published() -> None:
    classifier = parameters(1, 1280, 1000)
    # published counts take two numbers per channel for a batch norm, where folding leaves one
    norms = sum(step.channels_out for each in LAYERS.values() for step in each.convolutions)

    assert LAYERS["stem"].parameters == 3 * 3 * 3 * 32 + 32
    assert LAYERS["block-1"].parameters_so_far == sum(
        LAYERS[name].parameters for name in ("stem", "block-0", "block-1")
    )
    assert LAYERS["head"].parameters_so_far + norms + classifier == 4_652_008


def test_multiply_accumulates_are_those_of_efficientnet_b0() -> None:
    assert LAYERS["stem"].multiply_accumulates == 112 * 112 * 32 * 27
    # Tan and Le 2019, table 2, which counts B0's squeeze-and-excitation too
    assert sum(each.multiply_accumulates for each in LAYERS.values()) == pytest.approx(0.39e9, rel=0.02)


def test_only_the_stem_and_the_head_are_rectified() -> None:
    assert [name for name, each in LAYERS.items() if each.rectified] == ["stem", "head"]


def test_a_skip_joins_layers_of_one_shape() -> None:
    shapes = [INPUT, *(each.shape for each in LAYERS.values())]

    assert [each.skip for each in LAYERS.values()] == [before == after for before, after in pairwise(shapes)]
    assert sum(each.skip for each in LAYERS.values()) == 9


def test_fields_grow_to_cover_the_photo() -> None:
    assert [LAYERS[name].field.size for name in ("stem", "block-0", "block-2", "block-4", "block-8", "head")] == [
        3,
        7,
        19,
        67,
        211,
        851,
    ]
    assert LAYERS["stem"].seen(0, 111) == (range(3), range(222, 224))
    assert LAYERS["head"].seen(3, 3) == (range(224), range(224))


def test_an_unknown_layer_is_refused_with_the_nearest() -> None:
    assert layer("block-4").shape == Shape(28, 28, 40)
    with pytest.raises(UnknownNameError, match="no layer 'blok-4'") as caught:
        layer("blok-4")
    assert caught.value.hint == "did you mean 'block-4'?"
