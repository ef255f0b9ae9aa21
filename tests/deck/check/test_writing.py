"""Rules of what is written: each has slides that break it, and some that nearly do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from manim import (
    BLUE,
    BLUE_E,
    DOWN,
    GREEN,
    GREY_B,
    GREY_E,
    LEFT,
    RIGHT,
    UP,
    WHITE,
    YELLOW,
    BackgroundRectangle,
    Circle,
    Code,
    FadeIn,
    ImageMobject,
    Line,
    MathTypst,
    MovingCameraScene,
    Paragraph,
    Square,
    Text,
    Transform,
)

from deck.slide import Slide
from tests.deck.check.clean import words
from tests.deck.check.stand_in import Draw, drawn, found, said


@pytest.mark.parametrize("size", [10, 12, 14, 16, 18, 20, 22])
def test_small_type_is_found(size: int) -> None:
    def small(slide: Slide) -> None:
        slide.add(words("ace", size), words("Ag|", size).shift(UP))

    assert said(small, "small-text") == [f"'ace' and 'Ag|' are in {size} pt type, which the back row cannot read"]


@pytest.mark.parametrize("text", ["ace", "Ag|", "-", "…", "x", "Édgy"])
def test_24_points_are_enough(text: str) -> None:
    assert said(lambda slide: slide.add(words(text, 24)), "small-text") == []


def shrunk(slide: Slide) -> None:
    slide.add(words("shrunk", 40).scale(0.4))


def becomes_small(slide: Slide) -> Iterator[None]:
    word = words("large", 48)
    slide.add(word)
    yield
    slide.play(Transform(word, words("Tiny", 16)), run_time=0.2)


def small_lines(slide: Slide) -> None:
    slide.add(Paragraph("one", "two", font_size=32, font="DejaVu Sans").scale(0.5))


def small_code(slide: Slide) -> None:
    slide.add(Code(code_string="x = 1", language="python", add_line_numbers=False).scale(2 / 3).shift(DOWN))


def small_formula(slide: Slide) -> None:
    slide.add(MathTypst("x^2", font_size=16))


@pytest.mark.parametrize("draw", [shrunk, becomes_small, small_lines, small_code, small_formula])
def test_it_is_the_size_on_the_frame_that_counts(draw: Draw) -> None:
    (sentence,) = said(draw, "small-text")

    assert "in 16 pt type" in sentence


def test_a_camera_that_goes_near_makes_small_type_large() -> None:
    def near(slide: Slide) -> None:
        slide.add(words("small", 16))
        camera: Any = slide.camera
        slide.play(camera.frame.animate.scale(0.5), run_time=0.2)

    assert said(near, "small-text", scene=MovingCameraScene) == []


def test_a_typeface_that_is_not_there_is_named() -> None:
    def asks(slide: Slide) -> None:
        slide.add(Text("abc", font="No Such Sans"), words("def").shift(UP), Text("ghi", font="sans-serif").shift(DOWN))

    assert said(asks, "font-missing") == ["the typeface 'No Such Sans' is not installed, and another stands in for it"]


def dark_on_dark(slide: Slide) -> None:
    slide.add(words("hardly", color=GREY_E))


def light_on_light(slide: Slide) -> None:
    slide.add(Square(4, fill_color=WHITE, fill_opacity=1), words("hardly", color=YELLOW))


def see_through(slide: Slide) -> None:
    slide.add(words("hardly").set_opacity(0.3))


def on_a_photo(slide: Slide) -> None:
    photo = ImageMobject(np.full((9, 9, 3), 200, np.uint8))
    photo.height = 5
    slide.add(photo, words("hardly"))


def on_a_light_ground_of_its_own(slide: Slide) -> None:
    slide.add(words("hardly").add_background_rectangle(color=WHITE, opacity=1))


@pytest.mark.parametrize("draw", [dark_on_dark, light_on_light, see_through, on_a_photo, on_a_light_ground_of_its_own])
def test_a_text_that_hardly_stands_out_is_found(draw: Draw) -> None:
    (sentence,) = said(draw, "low-contrast")

    assert sentence.startswith("'hardly' stands out by ")


def text_on_text(slide: Slide) -> None:
    slide.add(words("under"), words("over").shift(0.1 * RIGHT))


def text_across_a_line(slide: Slide) -> None:
    slide.add(Line(5 * LEFT, 5 * RIGHT), words("under"))


def text_out_of_its_box(slide: Slide) -> None:
    slide.add(Square(2), words("under and much wider than that"))


def text_across_a_fill(slide: Slide) -> None:
    slide.add(Square(3, fill_color=BLUE_E, fill_opacity=1, stroke_width=0), words("under").shift(1.5 * RIGHT))


def text_across_a_circle(slide: Slide) -> None:
    slide.add(Circle(2), words("under").shift(2 * RIGHT))


def text_across_a_photo(slide: Slide) -> None:
    photo = ImageMobject(np.full((9, 9, 3), 120, np.uint8))
    photo.height = 3
    slide.add(photo, words("under").shift(1.5 * RIGHT))


def ground_that_hides_too_little(slide: Slide) -> None:
    text = words("under")
    slide.add(Line(5 * LEFT, 5 * RIGHT), BackgroundRectangle(text, fill_opacity=0.6), text.set_color(GREY_B))


def ground_beside_the_text(slide: Slide) -> None:
    text = words("under")
    slide.add(Line(5 * LEFT, 5 * RIGHT), BackgroundRectangle(text).shift(RIGHT), text)


def ground_below_the_line(slide: Slide) -> None:
    text = words("under")
    slide.add(BackgroundRectangle(text, color=BLUE_E, fill_opacity=1), Line(5 * LEFT, 5 * RIGHT), text)


def line_over_text(slide: Slide) -> None:
    slide.add(words("under"), Line(UP + 0.3 * RIGHT, DOWN + 0.3 * RIGHT, color=GREEN))


@pytest.mark.parametrize(
    ("draw", "where"),
    [
        (text_on_text, "on 'over'"),
        (text_across_a_line, "across a white line"),
        (text_out_of_its_box, "across a white line"),
        (text_across_a_fill, "across the edge of a blue shape"),
        (text_across_a_circle, "across a red line"),
        (text_across_a_photo, "across the edge of an image"),
        (line_over_text, "across a green line"),
        (ground_that_hides_too_little, "across a white line"),
        (ground_below_the_line, "across a white line"),
    ],
)
def test_a_text_that_lies_on_something_is_found(draw: Draw, where: str) -> None:
    (sentence,) = said(draw, "overlap")

    assert sentence.startswith("'under")
    assert sentence.endswith(f" lies {where}")


def test_what_is_covered_lies_on_nothing() -> None:
    def covered(slide: Slide) -> None:
        slide.add(words("old"), Square(3, fill_color=BLUE_E, fill_opacity=1), words("new"))

    assert said(covered, "overlap") == []


def test_a_ground_that_is_not_under_all_of_a_text_is_none_of_its_own() -> None:
    assert "'under' lies across the edges of 2 things" in said(ground_beside_the_text, "overlap")


@pytest.mark.parametrize("text", ["x", "x = 1"])
@pytest.mark.parametrize("opacity", [1, 0.75])
def test_a_text_with_a_ground_of_its_own_may_stand_on_a_line(text: str, opacity: float) -> None:
    def grounded(slide: Slide) -> None:
        slide.add(Line(5 * LEFT, 5 * RIGHT), words(text).add_background_rectangle(opacity=opacity))

    assert [(finding.rule, finding.sentence) for finding in found(drawn(grounded))] == []


def test_a_ground_that_lets_a_line_through_is_enough_where_the_text_is_read_well() -> None:
    def grounded(slide: Slide) -> None:
        text = words("under")
        slide.add(Line(5 * LEFT, 5 * RIGHT), BackgroundRectangle(text), text)

    assert [(finding.rule, finding.sentence) for finding in found(drawn(grounded))] == []


def test_a_line_as_dark_as_the_ground_crosses_nothing() -> None:
    assert said(lambda slide: slide.add(Line(LEFT, RIGHT, color="#000000"), words("clear")), "overlap") == []


def test_a_finding_names_the_pause_at_which_it_comes() -> None:
    def later(slide: Slide) -> Iterator[None]:
        slide.add(words("first"))
        yield
        slide.play(FadeIn(Line(4 * LEFT, 4 * RIGHT, color=BLUE)), run_time=0.2)

    (finding,) = found(drawn(later), rule="overlap")
    assert (finding.slide, finding.reveal, finding.line) == ("later", "step-2", 5)
