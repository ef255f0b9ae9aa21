from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from slides.network.arithmetic import ShapeError
from slides.network.convolution import luminance, relu
from slides.network.errors import UnknownNameError
from slides.network.filters import (
    CORNERS,
    DIFFERENCE_OF_GAUSSIANS,
    FILTERS,
    GABOR,
    SOBEL,
    SOBEL_HORIZONTAL,
    Filter,
    checked_kernel,
    filter_named,
    responses,
)
from slides.photo import load

every_filter = pytest.mark.parametrize("known", FILTERS.values(), ids=list(FILTERS))


def upright_edge() -> NDArray[np.int64]:
    return np.tile(np.repeat([0, 255], 8), (16, 1))


@every_filter
def test_a_filter_fits_its_slide(known: Filter) -> None:
    assert known.weights.shape in {(3, 3), (5, 5)}
    assert max(len(str(weight)) for weight in known.weights.flat) <= 2
    assert known.title
    assert known.source


@every_filter
def test_an_even_surface_gives_no_response(known: Filter) -> None:
    assert known.weights.sum() == 0
    assert not known.response(np.full((9, 9), 200)).any()


@every_filter
def test_weights_are_read_only(known: Filter) -> None:
    with pytest.raises(ValueError, match="read-only"):
        known.weights[0, 0] = 1


def test_sobel_sees_upright_edges_and_its_twin_level_ones() -> None:
    edge = upright_edge()

    assert SOBEL.response(edge).max() == 4 * 255
    assert not SOBEL.response(edge.T).any()
    assert SOBEL_HORIZONTAL.weights.tolist() == SOBEL.weights.T.tolist()


def test_the_corner_filter_sees_corners_and_no_straight_edge() -> None:
    corner = np.zeros((16, 16), dtype=np.int64)
    corner[8:, 8:] = 255

    assert not CORNERS.response(upright_edge()).any()
    assert not CORNERS.response(upright_edge().T).any()
    row, column = np.unravel_index(np.argmax(CORNERS.response(corner)), (14, 14))
    assert {int(row), int(column)} <= {6, 7}


def stripes(lean: float, reach: int) -> NDArray[np.float64]:
    """A cosine of 4.5 pixels' period whose crests lean ``lean`` degrees to the right of upright."""
    down, right = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    across = right * np.cos(np.radians(lean)) + down * np.sin(np.radians(lean))
    return np.asarray(np.cos(2 * np.pi * across / 4.5))


def test_the_gabor_filter_is_its_formula_rounded() -> None:
    down, right = np.mgrid[-2:3, -2:3]
    envelope = np.exp(-(down**2 + right**2) / (2 * 1.6**2))
    wave = envelope * stripes(30, 2)
    wave -= envelope * wave.sum() / envelope.sum()

    # the middle takes up what rounding leaves of the sum
    assert np.abs(GABOR.weights - 9 * wave / wave.max()).max() <= 1


def test_the_gabor_filter_sees_its_own_direction_best() -> None:
    strengths = {lean: GABOR.response(stripes(lean, 20)).std() for lean in range(-60, 120, 30)}

    assert max(strengths, key=lambda lean: strengths[lean]) == 30
    assert strengths[30] > 3 * strengths[-60]


def test_the_difference_of_gaussians_is_one_of_binomials() -> None:
    narrow, wide = np.outer([0, 1, 2, 1, 0], [0, 1, 2, 1, 0]), np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1])

    assert (16 * narrow - wide).tolist() == DIFFERENCE_OF_GAUSSIANS.weights.tolist()
    assert wide.sum() == 16 * narrow.sum() == DIFFERENCE_OF_GAUSSIANS.scale


def test_on_the_cat_no_two_of_the_four_maps_look_alike() -> None:
    maps = responses(luminance(load("chelsea")), [SOBEL, CORNERS, GABOR, DIFFERENCE_OF_GAUSSIANS])

    likeness = np.atleast_2d(np.corrcoef(relu(maps).reshape(-1, 4).T))
    assert maps.shape == (220, 220, 4)
    assert np.abs(likeness - np.eye(4)).max() < 0.7
    assert np.abs(likeness[0, 1:]).max() < 0.1


def test_the_gabor_filter_answers_to_the_cat_s_striped_forehead() -> None:
    strength = np.abs(GABOR.response(luminance(load("chelsea"))))

    assert strength[:50, 90:180].mean() > 1.8 * strength.mean()


def test_cells_of_different_filters_are_the_same_place() -> None:
    spot = np.zeros((15, 15), dtype=np.int64)
    spot[7, 7] = 1
    around = Filter(name="around", title="", weights=np.eye(3, dtype=np.int64), scale=1, source="")

    maps = responses(spot, [around, DIFFERENCE_OF_GAUSSIANS])

    assert maps.shape == (11, 11, 2)
    assert np.argwhere(maps[..., 0]).mean(axis=0).tolist() == [5, 5]
    assert np.argwhere(maps[..., 1] == maps[..., 1].max()).tolist() == [[5, 5]]


def test_an_unknown_filter_is_refused_with_the_nearest() -> None:
    assert filter_named("gabor") is GABOR
    with pytest.raises(UnknownNameError, match="no filter 'gabour'") as near:
        filter_named("gabour")
    assert near.value.hint == "did you mean 'gabor'?"
    with pytest.raises(UnknownNameError) as far:
        filter_named("xyz")
    assert far.value.hint == "the filters are sobel, sobel-horizontal, corners, gabor, difference-of-gaussians"


def test_a_kernel_of_whole_numbers_stays_whole() -> None:
    assert checked_kernel([[0, 1, 0], [1, -4.0, 1], [0, 1, 0]]).dtype == np.int64
    assert checked_kernel(np.eye(5) / 3).dtype == np.float64


def rows(height: int, width: int) -> list[list[float]]:
    return [[1.0] * width for _ in range(height)]


@pytest.mark.parametrize(
    ("matrix", "sentence", "hint"),
    [
        (rows(3, 4), "not square: it has 3 rows, and row 1 has 4 numbers", "as many rows as columns"),
        ([[1, 2, 3], [1, 2], [1, 2, 3]], "it has 3 rows, and row 2 has 2 numbers", "as many rows as columns"),
        ([], "the kernel is 0×0", "use 3×3"),
        (rows(1, 1), "the kernel is 1×1", "use 3×3"),
        (rows(4, 4), "the kernel is 4×4", "use 3×3 or 5×5"),
        (rows(6, 6), "the kernel is 6×6", "use 5×5 or 7×7"),
        (rows(9, 9), "the kernel is 9×9", "use 7×7"),
        ([[0, 0, 0]] * 3, "the kernel is all zero", "at least one other number"),
        ([[1, 2, float("nan")]] * 3, "number 3 in row 1 of the kernel is out of range", "between -1000 and 1000"),
        ([[1, 2, 3], [1, float("inf"), 3], [1, 2, 3]], "number 2 in row 2", "between -1000 and 1000"),
        ([[1, 2, 3], [1, 2, 3], [10**400, 2, 3]], "number 1 in row 3", "between -1000 and 1000"),
    ],
)
def test_a_kernel_that_cannot_be_used_is_refused(matrix: Any, sentence: str, hint: str) -> None:
    with pytest.raises(ShapeError, match=sentence) as caught:
        checked_kernel(matrix)

    assert hint in caught.value.hint
