from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from slides.network.arithmetic import Shape, ShapeError
from slides.network.convolution import correlate, relu6
from slides.network.efficientnet import LAYERS, Activations, forward, load, normalise
from slides.network.errors import UnknownNameError
from slides.photo import load as load_photo


def test_coffee_is_espresso(coffee: Activations) -> None:
    (best,) = coffee.top()

    assert (best.label, best.index) == ("espresso", 967)
    assert best.probability == pytest.approx(0.951, abs=5e-4)


def test_chelsea_is_a_cat(chelsea: Activations) -> None:
    assert [(each.label, round(each.probability, 3)) for each in chelsea.top(3)] == [
        ("tiger cat", 0.385),
        ("Egyptian cat", 0.363),
        ("tabby", 0.167),
    ]


def test_logits_are_stable(chelsea: Activations, coffee: Activations) -> None:
    known = {0: (-0.6034, 0.6635), 282: (9.2150, 0.3190), 504: (-0.0831, 5.7555), 967: (-0.0365, 11.4024)}

    for index, logits in known.items():
        assert (chelsea.logits[index], coffee.logits[index]) == pytest.approx(logits, abs=1e-3)


def test_probabilities_add_up_to_one(chelsea: Activations) -> None:
    assert chelsea.probabilities.sum() == pytest.approx(1)
    assert chelsea.probabilities.argmax() == chelsea.logits.argmax()


def test_every_layer_has_maps_of_its_shape_and_sign(chelsea: Activations) -> None:
    assert list(chelsea.maps) == list(LAYERS)
    for name, maps in chelsea.maps.items():
        assert Shape.of(maps) == LAYERS[name].shape
        assert (maps.min() < 0) == (not LAYERS[name].rectified)
        assert maps.max() <= 6 or not LAYERS[name].rectified


def dead(maps: NDArray[np.floating]) -> int:
    """Return how many channels are 0 in every cell."""
    return int((~maps.any(axis=(0, 1))).sum())


def test_dead_channels_are_counted(chelsea: Activations) -> None:
    assert dead(chelsea["stem"]) == 5
    assert dead(chelsea["head"]) == 821


def test_the_stem_s_maps_are_its_filters_sums(chelsea: Activations) -> None:
    photo, stem = normalise(load_photo("chelsea")), load().stem

    for channel in (0, 7, 31):
        kernel, bias = stem.weights[..., channel], float(stem.biases[channel])
        expected = relu6(correlate(photo, kernel, bias=bias, stride=2, padding=(0, 1)))
        np.testing.assert_allclose(chelsea["stem"][..., channel], expected, atol=1e-5)


def test_a_block_is_the_sum_that_its_table_says(chelsea: Activations) -> None:
    """Block 2 by the plain definition: widen, filter each channel, narrow, add the input."""
    maps = chelsea["block-1"].astype(np.float64)
    expand, depthwise, project = load().filters["block-2"]

    wide = relu6(maps @ expand.weights[0, 0] + expand.biases)
    channels = [
        correlate(wide[..., channel], depthwise.weights[:, :, 0, channel], bias=float(bias), padding=1)
        for channel, bias in enumerate(depthwise.biases)
    ]
    narrow = relu6(np.dstack(channels)) @ project.weights[0, 0] + project.biases
    np.testing.assert_allclose(chelsea["block-2"], narrow + maps, atol=1e-4)


def test_a_cell_depends_on_the_pixels_that_it_sees_and_on_no_others() -> None:
    photo, name, cell = load_photo("chelsea"), "block-4", (14, 25)
    rows, columns = LAYERS[name].seen(*cell)
    assert (rows, columns) == (range(86, 153), range(174, 224))
    inside = np.zeros((224, 224, 1), dtype=bool)
    inside[rows.start : rows.stop, columns.start : columns.stop] = True
    noise = np.random.default_rng(2).integers(0, 256, photo.shape, dtype=np.uint8)
    before = forward(photo)[name][cell]

    np.testing.assert_allclose(forward(np.where(inside, photo, noise))[name][cell], before, atol=1e-5)

    for edge in (
        np.s_[rows.start, columns.start : columns.stop],
        np.s_[rows.stop - 1, columns.start : columns.stop],
        np.s_[rows.start : rows.stop, columns.start],
        np.s_[rows.start : rows.stop, columns.stop - 1],
    ):
        changed = photo.copy()
        changed[edge] = 255 - changed[edge]
        assert np.abs(forward(changed)[name][cell] - before).max() > 1e-6


def test_maps_are_read_only_and_asked_for_by_name(chelsea: Activations) -> None:
    with pytest.raises(ValueError, match="read-only"):
        chelsea["stem"][0, 0, 0] = 1
    with pytest.raises(UnknownNameError) as caught:
        chelsea["sten"]
    assert caught.value.hint == "did you mean 'stem'?"


@pytest.mark.parametrize("photo", [np.zeros((224, 224)), np.zeros((225, 224, 3), np.uint8), np.zeros((224, 224, 3))])
def test_another_size_or_type_is_refused(photo: NDArray[Any]) -> None:
    with pytest.raises(ShapeError, match="a photo of shape") as caught:
        forward(photo)

    assert caught.value.hint == "pass 224×224×3 in uint8"
