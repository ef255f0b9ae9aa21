"""Rules of the frame's edges, of how a slide goes on, and of what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Dot,
    FadeIn,
    FullScreenRectangle,
    Indicate,
    Line,
    MovingCameraScene,
    NumberPlane,
    Square,
    VGroup,
)

from deck.slide import Slide
from tests.deck.check.clean import words
from tests.deck.check.stand_in import Draw, drawn, found, said


def test_a_text_that_is_cut_off_is_found() -> None:
    (sentence,) = said(lambda slide: slide.add(words("over the edge").shift(6.5 * RIGHT)), "off-frame")

    assert sentence == "'over the edge' is cut off at the right of the frame"


def test_shapes_that_are_cut_off_are_found() -> None:
    def cut(slide: Slide) -> None:
        slide.add(Square(2).shift(4 * UP), Circle(1).shift(4 * UP + 3 * RIGHT))

    assert said(cut, "off-frame") == ["2 shapes are cut off at the top of the frame"]


def waits_outside(slide: Slide) -> None:
    slide.add(Square().shift(20 * LEFT), words("waiting").shift(20 * RIGHT))


def fills_the_frame(slide: Slide) -> None:
    slide.add(FullScreenRectangle(fill_opacity=1).scale(1.1))


def runs_through(slide: Slide) -> None:
    slide.add(Line(9 * LEFT, 9 * RIGHT), NumberPlane(x_range=[-12, 12], y_range=[-8, 8]))


def touches_the_edge(slide: Slide) -> None:
    slide.add(Square(2).to_edge(DOWN, buff=0))


@pytest.mark.parametrize("draw", [waits_outside, fills_the_frame, runs_through, touches_the_edge])
def test_what_is_outside_or_fills_the_frame_is_not_cut_off(draw: Draw) -> None:
    assert said(draw, "off-frame") == []


def test_what_the_camera_leaves_out_is_not_cut_off_and_is_again_once_it_is_back() -> None:
    def goes_near(slide: Slide) -> Iterator[None]:
        camera: Any = slide.camera
        slide.add(VGroup(*(Square(1.2).shift(x * RIGHT) for x in range(-4, 5))))
        yield
        camera.frame.save_state()
        slide.play(camera.frame.animate.scale(0.3).shift(RIGHT), run_time=0.3)
        yield
        slide.play(camera.frame.animate.restore(), run_time=0.3)
        yield
        slide.play(FadeIn(Dot(radius=0.5).shift(7 * LEFT)), run_time=0.2)

    findings = found(drawn(goes_near, scene=MovingCameraScene), rule="off-frame")
    assert [finding.reveal for finding in findings] == ["step-4"]


def test_a_key_that_changes_nothing_is_found() -> None:
    def idle(slide: Slide) -> Iterator[None]:
        square = Square()
        yield
        slide.add(square)
        yield
        slide.wait(0.3)
        yield
        slide.play(Indicate(square), run_time=0.3)

    findings = found(drawn(idle), rule="empty-reveal")
    assert [finding.reveal for finding in findings] == ["step-1", "step-3"]


def test_a_reveal_that_runs_on_is_found() -> None:
    def runs_on(slide: Slide) -> Iterator[None]:
        square = Square()
        slide.play(FadeIn(square), run_time=11)
        yield
        slide.play(square.animate.shift(RIGHT), run_time=13)

    (finding,) = found(drawn(runs_on), rule="long-reveal")
    assert (finding.reveal, finding.sentence[:12]) == ("step-2", "it runs 13 s")


def test_a_slide_without_notes_or_description_is_found() -> None:
    def square(slide: Slide) -> None:
        slide.add(Square())

    assert said(square, "missing-notes") == said(square, "missing-description") == []
    assert said(square, "missing-notes", notes="") == ["the slide has no notes"]
    (sentence,) = said(square, "missing-description", description="Shapes without words.")
    assert sentence == "nothing says what appears here to those who cannot see it"
