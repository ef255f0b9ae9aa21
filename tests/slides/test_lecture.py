"""The built-in lecture as a document, and its kinds of slide with other options than its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydantic import ValidationError
from scipy.signal import correlate2d

from deck.document import SlideBlock
from deck.reveal import Reveal
from slides.network.efficientnet import LAYERS, Activations, forward
from slides.network.filters import CORNERS, DIFFERENCE_OF_GAUSSIANS, GABOR, SOBEL
from slides.network.labels import label
from slides.photo import load
from tests.deck.check.stand_in import found
from tests.slides import rules
from tests.slides.lecture import PAUSES, Performance, kind, perform_with, recorded

if TYPE_CHECKING:
    from deck.build import Deck
    from tests.slides.conftest import Lecture

STAGES = ("stem", "block-2", "block-4", "block-8", "head")

single = pytest.mark.xdist_group("single-feature-map")
multiple = pytest.mark.xdist_group("multiple-feature-maps")
progression = pytest.mark.xdist_group("feature-map-progression")
heatmap = pytest.mark.xdist_group("activation-heatmap")
outlined = pytest.mark.xdist_group("lecture")


# The document.


@outlined
def test_the_lecture_has_a_title_and_four_slides_with_the_reveals_that_are_looked_at(lecture_deck: Deck) -> None:
    bodies = [section.body for section in lecture_deck.document.sections]
    kinds = [body.kind for body in bodies if isinstance(body, SlideBlock)]
    title, *reveals = [tuple(shown.id for shown in slide.reveals) for slide in lecture_deck.slides]

    assert title == ("title",)
    assert dict(zip(kinds, reveals, strict=True)) == PAUSES
    assert sum(map(len, reveals)) >= 22
    assert {"input", "conv", "maps", "labels"} <= {name for names in reveals for name in names}


@outlined
def test_nobody_is_left_without_words(lecture_deck: Deck) -> None:
    silent = [
        f"{slide.id}/{shown.id} has no {field}"
        for slide in lecture_deck.slides
        for shown in slide.reveals
        for field in ("title", "notes", "description")
        if not getattr(shown, field).strip()
    ]

    assert silent == []


@outlined
def test_every_reveal_has_notes_of_its_own(lecture_deck: Deck) -> None:
    for slide, section in zip(lecture_deck.slides, lecture_deck.document.sections, strict=True):
        first, *others = (shown.id for shown in slide.reveals)
        assert set(section.notes) in ({"", *others}, {"", first, *others}), section.title
    every = [shown.notes for shown in shown_in(lecture_deck)]
    assert len(set(every)) == len(every)


@outlined
def test_descriptions_are_sentences_of_their_own(lecture_deck: Deck) -> None:
    every = [shown.description for shown in shown_in(lecture_deck)]

    assert len(set(every)) == len(every)
    assert [text for text in every if not re.fullmatch(r"[A-Z].*[^.]\.", text)] == []


def shown_in(deck: Deck) -> list[Reveal]:
    return [shown for slide in deck.slides for shown in slide.reveals]


# Its numbers, worked out a second way.


@cache
def photo() -> NDArray[np.uint8]:
    return load("chelsea")


@cache
def activations() -> Activations:
    return forward(photo())


@cache
def response(weights: tuple[tuple[int, ...], ...] = tuple(map(tuple, SOBEL.weights))) -> NDArray[np.int64]:
    """Return a filter's signed map of the photo's brightness, by Pillow and scipy."""
    brightness = np.asarray(Image.fromarray(photo()).convert("L")).astype(int)
    return np.asarray(correlate2d(brightness, np.array(weights), mode="valid"))


def said(number: float) -> str:
    return f"{number:g}".replace("-", "−")


@single
def test_the_products_add_up_to_the_maps_strongest_edge(lecture: Lecture) -> None:
    description = lecture("single-feature-map").description("conv")
    first, second = map(int, re.findall(r"−?\d+", description.replace("−", "-"))[-2:])
    places = np.argwhere((response()[:, :-1] == first) & (response()[:, 1:] == second))

    assert "Nine pixels times nine weights" in description
    assert len(places) > 0, f"no cell of {first} stands left of one of {second}"
    assert f"up to {first}," in lecture("single-feature-map").description("labels")


@single
@pytest.mark.parametrize(
    ("reveal", "words"),
    [
        ("input", "224×224×3"),
        ("kernel", "−1, 0, 1; −2, 0, 2; −1, 0, 1"),
        ("sweep", "one feature map of 222×222×1"),
        ("labels", "222 cells a side"),
    ],
)
def test_the_first_slide_says_its_sizes(reveal: str, words: str, lecture: Lecture) -> None:
    assert words in lecture("single-feature-map").description(reveal)


@single
def test_the_signed_maps_range_is_the_computed_one(lecture: Lecture) -> None:
    words = f"from {said(response().min())} to {said(response().max())}"

    assert words in lecture("single-feature-map").description("map")


@multiple
@pytest.mark.parametrize(
    ("reveal", "known"),
    [("maps", SOBEL), ("corners", CORNERS), ("textures", GABOR), ("shapes", DIFFERENCE_OF_GAUSSIANS)],
)
def test_the_strongest_square_is_where_the_description_says(reveal: str, known: Any, lecture: Lecture) -> None:
    description = lecture("multiple-feature-maps").description(reveal)
    row, column = (int(number) - 1 for number in re.findall(r"(?:row|column) (\d+)", description))
    values = np.maximum(response(tuple(map(tuple, known.weights))), 0)
    margin = (len(values) - 220) // 2
    values = values[margin : margin + 220, margin : margin + 220]
    sums = np.lib.stride_tricks.sliding_window_view(values, (21, 21)).sum(axis=(2, 3))

    assert sums[row, column] == sums.max()


@multiple
@pytest.mark.parametrize(
    ("reveal", "words"),
    [
        ("filters", "edges of 3 by 3, corners of 3 by 3, textures of 5 by 5, shapes of 5 by 5"),
        ("stack", "220×220×4: four channels"),
        ("depth", "27 weights, nine for each colour channel"),
    ],
)
def test_the_second_slide_says_its_sizes(reveal: str, words: str, lecture: Lecture) -> None:
    assert words in lecture("multiple-feature-maps").description(reveal)


@multiple
def test_the_sum_through_all_channels_is_a_cell_of_the_networks_map(lecture: Lecture) -> None:
    (total,) = re.findall(r"one cell, (\d\.\d\d):", lecture("multiple-feature-maps").description("depth"))

    assert f"{np.abs(activations()['stem'] - float(total)).min():.2f}" == "0.00"


@progression
@pytest.mark.parametrize("name", STAGES)
def test_a_stage_says_its_shape_and_the_parameters_up_to_it(name: str, lecture: Lecture) -> None:
    network = activations().network
    up_to = list(LAYERS)[: list(LAYERS).index(name) + 1]
    count = sum(part.weights.size + part.biases.size for layer in up_to for part in network.filters[layer])
    shape = "×".join(map(str, activations()[name].shape))
    description = lecture("feature-map-progression").description(name)

    assert f"{shape}, 4 channels shown" in description
    assert f"{count:,} parameters up to here" in description


@progression
def test_heights_and_channels_are_those_of_the_maps(lecture: Lecture) -> None:
    shapes = [photo().shape, *(activations()[name].shape for name in STAGES)]
    heights, channels = (", ".join(str(shape[axis]) for shape in shapes) for axis in (0, 2))

    assert f"falls: {heights}; the channels grow: {channels}." in lecture("feature-map-progression").description(
        "halve"
    )


@progression
def test_receptive_fields_are_those_of_the_filters_on_the_way(lecture: Lecture) -> None:
    fields, seen, jump = {}, 1, 1
    for name, maps in activations().maps.items():
        for part in activations().network.filters[name]:
            seen += (len(part.weights) - 1) * jump
        jump, fields[name] = 224 // len(maps), seen
    words = ", ".join(str(fields[name]) for name in STAGES)

    assert f"its receptive field: {words} pixels wide" in lecture("feature-map-progression").description("field")


def evidence(maps: Activations, index: int) -> NDArray[np.float64]:
    """Return a class activation map by its definition, cell by cell."""
    weights = maps.network.class_weights[:, index].astype(float)
    return np.asarray(np.einsum("ijc,c->ij", maps["head"].astype(float), weights))


@heatmap
def test_the_heatmap_says_what_the_network_answers_and_where_it_sees_it(lecture: Lecture) -> None:
    index = int(np.argmax(activations().logits))
    heat = evidence(activations(), index)
    row, column = np.unravel_index(np.argmax(heat), heat.shape)
    description = lecture("activation-heatmap").description

    assert f"{activations().probabilities[index]:.0%} sure of {label(index)}; 7 by 7 numbers" in description("input")
    assert f"from {heat.min():.1f} to {heat.max():.1f}" in description("maps")
    assert f"runs from 0.0 to {heat.max():.1f}" in description("bar")
    assert f"{heat.max():.1f}, is in row {row + 1}, column {column + 1}" in description("spot")
    assert (
        f"32 by 32 pixels; the hottest covers rows {32 * row} to {32 * row + 31} "
        f"and columns {32 * column} to {32 * column + 31}"
    ) in description("overlay")


# The same kinds of slide with other options.

SOUND = (
    *(rules.off_the_frame, rules.overlapping, rules.crossed, rules.buried, rules.taken_apart, rules.small),
    *(rules.faint, rules.badly_stacked, rules.misled),
)
LATE = ["block-1", "block-5", "block-10", "block-14", "block-15"]
SHARPEN = [[0, -1, 0], [-1, 4, -1], [0, -1, 0]]


def faults(shown: Performance) -> list[str]:
    return [f"{reveal}: {fault}" for reveal, stage in shown.stages.items() for rule in SOUND for fault in rule(stage)]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("single-feature-map", {"image": "coffee", "stride": 13}),
        ("single-feature-map", {"image": "astronaut", "stride": 17, "kernel": SHARPEN}),
        ("single-feature-map", {"image": "rocket", "padding": 1, "kernel": "corners"}),
        ("multiple-feature-maps", {"image": "rocket"}),
        ("feature-map-progression", {"image": "coffee", "channels": 1, "stages": ["stem", "head"]}),
        ("feature-map-progression", {"image": "astronaut", "channels": 6, "stages": LATE}),
        ("activation-heatmap", {"image": "astronaut"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value.values())).replace(" ", ""),
)
def test_other_options_leave_every_pause_sound(name: str, given: Mapping[str, Any]) -> None:
    shown = perform_with(name, **given)

    assert faults(shown) == []
    assert [each for each in found(recorded(name, **given)) if each.rule != "no-progression"] == []
    if name != "feature-map-progression":
        assert tuple(shown.stages) == PAUSES[name]


@pytest.mark.parametrize("chosen", ["espresso", 967])
def test_a_class_may_be_chosen_by_name_or_number(chosen: str | int) -> None:
    shown = perform_with("activation-heatmap", image="coffee", class_=chosen)
    heat = evidence(forward(load("coffee")), 967)

    assert faults(shown) == []
    assert "The network is 95% sure of espresso" in shown.description("input")
    assert f"from {heat.min():.1f} to {heat.max():.1f}" in shown.description("maps")


def test_evidence_against_a_class_is_shown_as_such() -> None:
    heat = evidence(activations(), 368)
    shown = perform_with("activation-heatmap", class_="gibbon")

    assert heat.max() < 0
    assert faults(shown) == []
    assert "red speaks for the class and blue against it; from −10.5 to −1.4" in shown.description("maps")
    assert "runs from −10.5 to 10.5; the values of this map lie between −10.5 and −1.4" in shown.description("bar")


@pytest.mark.parametrize("name", ["single-feature-map", "multiple-feature-maps"])
def test_an_image_with_nothing_in_it_is_refused_with_a_hint(name: str, tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), "grey").save(tmp_path / "grey.png")

    with pytest.raises(ValidationError) as caught:
        kind(name).Options.model_validate({"image": str(tmp_path / "grey.png")})

    assert caught.value.errors()[0]["ctx"]["error"].hint


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("single-feature-map", {"kernel": "sobl"}, "no filter 'sobl'"),
        ("single-feature-map", {"kernel": "gabor"}, "a kernel of 5×5 is too large for this slide"),
        ("single-feature-map", {"kernel": [[0, 5, 0]] * 3}, "the kernel's weights are too large for this slide"),
        ("single-feature-map", {"kernel": [[-1, -1, -1]] * 3}, "after ReLU, the map of this image is all of one value"),
        ("single-feature-map", {"stride": 2}, "stride 2 does not fit layer 'conv'"),
        ("feature-map-progression", {"stages": ["stem", "block-16"]}, "no layer 'block-16'"),
        ("feature-map-progression", {"stages": ["head", "stem"]}, "the stages are not in the network's order"),
        ("feature-map-progression", {"stages": ["stem", "stem"]}, "the stages are not in the network's order"),
        ("activation-heatmap", {"class_": "expresso"}, "no class 'expresso'"),
        ("activation-heatmap", {"class_": 1000}, "no class 1000"),
    ],
)
def test_options_that_cannot_be_drawn_are_refused_with_a_hint(
    name: str, given: Mapping[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        kind(name).Options(**given)

    (found,) = caught.value.errors()
    assert message in found["msg"]
    assert found["ctx"]["error"].hint
