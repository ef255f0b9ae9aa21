"""The lecture's rules of maps: each has slides that break it, some that nearly do, and none speaks of other things."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from manim import (
    BLUE,
    BLUE_E,
    DOWN,
    GREEN,
    LEFT,
    ORANGE,
    RED,
    RIGHT,
    UP,
    Group,
    ImageMobject,
    Mobject,
    Rectangle,
    Square,
    VGroup,
    interpolate_color,
)

from deck.slide import Slide
from tests.deck.check.clean import words
from tests.deck.check.stand_in import Draw, drawn, found, said

MAPS = (
    "flat-map",
    "missing-size",
    "all-channels",
    "no-progression",
    "no-color-bar",
    "field-too-small",
)
SIZES = ("224×224×3", "112×112×64", "56×56×128", "28×28×256", "14×14×512")


def photo(seed: int = 0, side: float = 2) -> ImageMobject:
    """Return a map with something in it."""
    image = ImageMobject(np.random.default_rng(seed).integers(0, 255, (16, 16, 3), dtype=np.uint8))
    image.height = side
    return image


def heatmap(side: float = 0.5, rows: int = 7) -> VGroup:
    values = np.random.default_rng(7).random(rows * rows)
    cells = (Square(side, fill_opacity=1, color=interpolate_color(BLUE_E, RED, value)) for value in values)
    return VGroup(*cells).arrange_in_grid(rows, rows, buff=0)


def color_bar() -> VGroup:
    cells = (
        Square(0.3, fill_opacity=1, stroke_width=0, color=interpolate_color(BLUE_E, RED, n / 9)) for n in range(10)
    )
    return VGroup(*cells).arrange(RIGHT, buff=0)


def layers(slide: Slide, sizes: Sequence[str], names: Sequence[str] = ()) -> None:
    """Draw maps from left to right, each with its size, and what it is said to see."""
    columns = Group()
    for nth, size in enumerate(sizes):
        column = Group(photo(nth, 1.6 - 0.2 * nth), words(size, 24))
        column.add(*(words(name, 24) for name in names[nth : nth + 1]))
        columns.add(column.arrange(DOWN))
    slide.add(words("Feature maps", 32).to_edge(UP), columns.arrange(RIGHT, buff=0.4))


def labelled(thing: Mobject, name: str, size: str = "") -> Group:
    group = Group(words(name), thing)
    if size:
        group.add(words(size))
    return group.arrange(DOWN)


def flat_square(slide: Slide) -> None:
    slide.add(labelled(Square(2.5, fill_color=GREEN, fill_opacity=0.4), "Feature Map", "8×8×1"))


def flat_stack(slide: Slide) -> None:
    slices = VGroup(*(Square(2, fill_color=RED, fill_opacity=0.5).shift(0.2 * n * (UP + RIGHT)) for n in range(3)))
    slide.add(labelled(slices, "3 channels", "8×8×3"))


@pytest.mark.parametrize(("draw", "name"), [(flat_square, "Feature Map"), (flat_stack, "3 channels")])
def test_a_flat_map_is_found(draw: Draw, name: str) -> None:
    assert said(draw, "flat-map") == [f"'{name}' is drawn in one flat colour"]


def test_a_layer_that_is_not_drawn_is_found() -> None:
    def empty(slide: Slide) -> None:
        layers(slide, SIZES[1:3])
        slide.add(VGroup(words("Input"), words("224x224x3", 24)).arrange(DOWN, buff=0.4).shift(5.5 * LEFT))

    assert said(empty, "flat-map") == ["no map is drawn for 'Input', where '224x224x3' stands"]


def test_maps_that_vary_are_not_flat() -> None:
    assert said(lambda slide: layers(slide, SIZES), "flat-map") == []
    assert said(lambda slide: slide.add(labelled(heatmap(), "Feature map", "7×7×1")), "flat-map") == []


def boxes_with_words(slide: Slide) -> None:
    boxes = (Group(Square(2, fill_color=BLUE_E, fill_opacity=1), words(f"Conv {n}")) for n in (1, 2, 3))
    slide.add(Group(*boxes).arrange(RIGHT, buff=1), words("Feature maps go through").to_edge(UP))


def chart(slide: Slide) -> None:
    bars = VGroup(*(Rectangle(width=0.8, height=height, fill_opacity=1, color=BLUE) for height in (1, 2, 4)))
    bars.arrange(RIGHT, aligned_edge=DOWN)
    slide.add(bars, words("channels of each layer").next_to(bars, DOWN))


def window_on_a_map(slide: Slide) -> None:
    slide.add(labelled(Group(photo(side=3), Square(1, fill_color=ORANGE, fill_opacity=0.3)), "Feature map", "9×9×1"))


@pytest.mark.parametrize("draw", [boxes_with_words, chart, window_on_a_map])
def test_boxes_with_words_bars_of_a_chart_and_windows_are_no_flat_maps(draw: Draw) -> None:
    assert said(draw, "flat-map") == said(draw, "missing-size") == []


def test_a_map_without_its_size_is_found() -> None:
    sentence = "nothing says how large 'Feature map' is"

    assert said(lambda slide: slide.add(labelled(photo(), "Feature map")), "missing-size") == [sentence]
    assert said(lambda slide: slide.add(labelled(photo(), "Feature map", "16 × 16 × 1")), "missing-size") == []
    assert said(lambda slide: slide.add(labelled(photo(), "Feature map: 16x16x1")), "missing-size") == []


def contact_sheet(slide: Slide) -> None:
    sheet = Group(*(photo(n, 0.7) for n in range(32))).arrange_in_grid(4, 8, buff=0.25)
    slide.add(sheet, words("32 channels").next_to(sheet, UP), words("8×8×32").next_to(sheet, DOWN))


def test_all_channels_at_once_are_found() -> None:
    def with_a_count(slide: Slide) -> None:
        contact_sheet(slide)
        slide.add(words("32 of 512").to_edge(DOWN))

    assert said(contact_sheet, "all-channels") == ["32 maps are shown at once, one by one"]
    assert said(with_a_count, "all-channels") == []
    assert said(lambda slide: slide.add(labelled(heatmap(), "Feature map", "7×7×1")), "all-channels") == []


def test_a_deck_on_feature_maps_without_their_progression_is_found() -> None:
    def one(slide: Slide) -> None:
        slide.add(labelled(photo(), "Feature map", "16×16×1"))

    def through_layers(slide: Slide) -> None:
        layers(slide, SIZES[1:])

    (finding,) = found(drawn(one), rule="no-progression")
    assert (finding.slide, finding.sentence) == ("one", "no slide shows how the maps change through the layers")
    assert found(drawn(one), drawn(through_layers), rule="no-progression") == []


def test_a_heatmap_without_a_color_bar_is_found() -> None:
    def bare(slide: Slide) -> None:
        slide.add(labelled(heatmap(), "Activation map", "7×7×1"))

    def without_ends(slide: Slide) -> None:
        slide.add(Group(labelled(heatmap(), "Activation map", "7×7×1"), color_bar()).arrange(DOWN, buff=1))

    def whole(slide: Slide) -> None:
        bar = Group(words("low"), color_bar(), words("high")).arrange(RIGHT)
        slide.add(Group(labelled(heatmap(), "Activation map", "7×7×1"), bar).arrange(DOWN))

    assert said(bare, "no-color-bar") == ["the heatmap has no colour bar"]
    assert said(without_ends, "no-color-bar") == ["the colour bar does not say what its ends are"]
    assert said(whole, "no-color-bar") == []


def test_a_layer_that_claims_more_than_it_sees_is_found() -> None:
    names = ("pixels", "edges", "textures", "object parts", "objects")

    sentences = said(lambda slide: layers(slide, SIZES, names), "field-too-small")
    assert [sentence.partition(" if ")[0] for sentence in sentences] == [
        "'object parts' claims parts of objects of a layer 28×28×256, whose cells see 15 pixels",
        "'objects' claims objects of a layer 14×14×512, whose cells see 31 pixels",
    ]


def test_a_layer_that_says_what_it_sees_is_believed() -> None:
    def told(slide: Slide) -> None:
        layers(slide, SIZES, ("pixels", "edges", "textures", "object parts", "objects"))
        slide.add(words("receptive field: 196 px").to_edge(DOWN))

    assert said(told, "field-too-small") == []


def test_a_deck_about_other_things_hears_nothing_of_maps() -> None:
    def sorting(slide: Slide) -> None:
        cells = VGroup(*(Square(1.2, fill_opacity=0.7, color=color) for color in (RED, GREEN, BLUE))).arrange(RIGHT)
        slide.add(cells, words("Input").next_to(cells, UP))

    def pixel_art(slide: Slide) -> None:
        slide.add(heatmap(), words("A quilt").to_edge(UP))

    findings = found(drawn(sorting, title="Bubble sort"), drawn(pixel_art, title="Quilts"))
    assert [finding.rule for finding in findings if finding.rule in MAPS] == []
