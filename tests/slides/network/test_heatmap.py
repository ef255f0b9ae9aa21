from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slides.network.arithmetic import ShapeError
from slides.network.efficientnet import Activations
from slides.network.errors import UnknownNameError
from slides.network.heatmap import cell, class_activation, hottest, pixels


@pytest.mark.parametrize("index", [0, 282, 967, 999])
def test_its_mean_and_the_bias_are_the_logit(coffee: Activations, index: int) -> None:
    heatmap = class_activation(coffee, index)

    assert heatmap.shape == (7, 7)
    assert heatmap.mean() + coffee.network.class_biases[index] == pytest.approx(coffee.logits[index], abs=1e-4)


def test_a_class_may_be_named(coffee: Activations) -> None:
    assert class_activation(coffee, "espresso").tolist() == class_activation(coffee, 967).tolist()
    with pytest.raises(UnknownNameError):
        class_activation(coffee, "expresso")


def test_the_espresso_is_seen_in_the_cup(coffee: Activations) -> None:
    heatmap = class_activation(coffee, "espresso")
    row, column = hottest(heatmap)

    assert heatmap[row, column] == heatmap.max()
    rows, columns = pixels(row, column)
    assert 30 < rows.start < 130
    assert 30 < columns.start < 160


def test_of_equal_cells_the_first_in_reading_order_is_the_hottest() -> None:
    heatmap = np.zeros((7, 7))
    heatmap[2, 5] = heatmap[4, 1] = 3

    assert hottest(heatmap) == (2, 5)


def test_a_cell_lies_over_32_pixels_each_way() -> None:
    assert pixels(0, 6) == (range(32), range(192, 224))
    assert cell(31, 32) == (0, 1)


@given(st.integers(1, 30), st.integers(1, 90))
def test_cells_and_pixels_go_both_ways(grid: int, size: int) -> None:
    grid = min(grid, size)
    covered = [place for row in range(grid) for place in pixels(row, 0, grid=grid, size=size)[0]]

    assert covered == list(range(size))
    for row in range(grid):
        rows, _ = pixels(row, 0, grid=grid, size=size)
        assert {cell(place, 0, grid=grid, size=size)[0] for place in rows} == {row}


def test_places_outside_are_refused() -> None:
    with pytest.raises(ShapeError, match=r"no cell \(7, 0\)"):
        pixels(7, 0)
    with pytest.raises(ShapeError, match=r"no pixel \(0, 224\)"):
        cell(0, 224)
