from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from slides.network.arithmetic import ShapeError
from slides.network.channels import ALIKE, choose, even, from_afar, strongest_region
from slides.network.efficientnet import LAYERS, Activations

RAMP = np.tile(np.arange(8.0), (8, 1))


def test_the_liveliest_come_first() -> None:
    maps = np.dstack([RAMP, 5 * RAMP.T, 0 * RAMP])

    assert choose(maps, 2) == (1, 0)


def test_from_afar_patches_count_and_noise_does_not() -> None:
    maps = np.dstack([np.indices((8, 8)).sum(axis=0) % 2 * 20.0, RAMP])

    assert choose(maps, 1) == (0,)
    assert choose(from_afar(maps, cells=4), 1) == (1,)


@given(hnp.arrays(np.float64, (4, 5, 2), elements=st.floats(-6, 6, width=16)))
def test_from_afar_a_cell_is_the_mean_of_a_block(maps: NDArray[np.float64]) -> None:
    blocks = [[maps[row : row + 2, column : column + 2].mean(axis=(0, 1)) for column in (0, 2)] for row in (0, 2)]

    np.testing.assert_allclose(from_afar(maps, cells=2), np.array(blocks), atol=1e-9)
    np.testing.assert_array_equal(from_afar(maps, cells=4), maps)


def test_the_even_filter_draws_on_every_channel() -> None:
    weights = np.zeros((3, 3, 3, 4))
    weights[1, 1, :, 0] = [9, 0, 0]
    weights[1, 1, :, 1] = [1, -2, 1]
    weights[1, 1, :, 2] = [2, -2, 2]
    weights[1, 1, :, 3] = [3, 3, 3]

    assert even(weights, np.array([0, 0, 0, 4])) == 2


def test_the_strongest_region_is_a_long_edge_and_no_lone_spot() -> None:
    values = np.zeros((20, 30))
    values[4, 3] = 9
    values[10:15, 20] = 3

    assert strongest_region(values, 5) == (10, 16)
    assert strongest_region(values[:3, :3], 5) == (0, 0)


def test_near_duplicates_are_passed_over_even_with_the_sign_turned() -> None:
    maps = np.dstack([3 * RAMP, 2.9 * RAMP + 1, -2.8 * RAMP, RAMP.T])

    assert choose(maps, 2) == (0, 3)


def test_near_duplicates_fill_up_where_there_is_nothing_else() -> None:
    assert choose(np.dstack([RAMP, 3 * RAMP, 2 * RAMP, RAMP.T]), 4) == (1, 3, 2, 0)


def test_equal_channels_come_in_their_own_order() -> None:
    assert choose(np.dstack([RAMP] * 4), 3) == (0, 1, 2)


def test_flat_channels_are_never_chosen() -> None:
    maps = np.dstack([0 * RAMP, RAMP, 0 * RAMP + 6])

    assert choose(maps, 3) == (1,)


@pytest.mark.parametrize("count", [0, -1, 4])
def test_a_count_that_the_layer_does_not_have_is_refused(count: int) -> None:
    with pytest.raises(ShapeError, match=f"cannot show {count} of 3 channels") as caught:
        choose(np.zeros((4, 4, 3)), count)

    assert caught.value.hint == "choose 1 to 3"


@given(hnp.arrays(np.float64, (4, 4, 6), elements=st.floats(-6, 6, width=16)), st.integers(1, 6))
def test_the_choice_is_of_different_lively_channels(maps: NDArray[np.float64], count: int) -> None:
    chosen = choose(maps, count)

    lively = np.flatnonzero(np.ptp(maps, axis=(0, 1)))
    assert len(set(chosen)) == len(chosen) == min(count, len(lively))
    assert set(chosen) <= set(lively.tolist())


@pytest.mark.parametrize("name", ["stem", "block-2", "block-4", "block-8", "head"])
def test_six_channels_of_the_cat_differ_from_each_other(chelsea: Activations, name: str) -> None:
    maps = chelsea[name]
    seen = from_afar(maps)
    chosen = choose(seen, 6)

    likeness = np.atleast_2d(np.corrcoef(seen[..., chosen].reshape(-1, 6).T))
    assert np.abs(likeness - np.eye(6)).max() < ALIKE
    assert maps[..., list(chosen)].any(axis=(0, 1)).all()
    assert max(chosen) < LAYERS[name].shape.channels
