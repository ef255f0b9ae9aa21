"""Slides as lecturers draw them, with nothing to complain of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from manim import (
    BLACK,
    BLUE,
    BLUE_E,
    DOWN,
    GREEN,
    GREY,
    LEFT,
    PI,
    RED,
    RIGHT,
    UL,
    UP,
    WHITE,
    YELLOW,
    Arrow,
    Axes,
    Brace,
    Circle,
    Code,
    Create,
    Cross,
    DecimalNumber,
    Dot,
    FadeIn,
    FullScreenRectangle,
    Graph,
    Group,
    ImageMobject,
    IntegerTable,
    Line,
    MathTypst,
    NumberLine,
    NumberPlane,
    Paragraph,
    Rectangle,
    RoundedRectangle,
    Sector,
    Square,
    SurroundingRectangle,
    Text,
    Transform,
    Underline,
    VGroup,
    Write,
    interpolate_color,
)

from deck.slide import Slide

__all__ = ["CLEAN", "words"]


def words(text: str, size: float = 28, **style: Any) -> Text:
    """Return a text that can be read from the back row, in a typeface that every machine here has."""
    return Text(text, font_size=size, font="DejaVu Sans", **style)


def bullets(slide: Slide) -> Iterator[None]:
    title = words("What to remember", 40).to_corner(UL)
    items = VGroup(*(words(f"• {item}") for item in ("gypsy jump", "quick fox", "lazy dog"))).arrange(
        DOWN, aligned_edge=LEFT
    )
    slide.play(Write(title), run_time=0.2)
    for item in items:
        yield
        slide.play(FadeIn(item), run_time=0.2)


def underlined_title(slide: Slide) -> None:
    title = words("Trigger happy", 40).to_edge(UP)
    slide.add(title, Underline(title), words("below"))


def boxes_and_arrows(slide: Slide) -> None:
    boxes = VGroup()
    for name in ("read", "parse", "render"):
        label = words(name)
        boxes.add(VGroup(RoundedRectangle(width=3, height=1.4, corner_radius=0.2), label))
    boxes.arrange(RIGHT, buff=1.5)
    slide.add(
        boxes,
        *(Arrow(one.get_right(), two.get_left(), buff=0.1) for one, two in pairwise(boxes)),
    )


def sorted_bars(slide: Slide) -> None:
    heights = (3, 1, 2, 5, 4)
    bars = VGroup(*(Rectangle(width=0.8, height=height * 0.8, fill_opacity=1, color=BLUE) for height in heights))
    bars.arrange(RIGHT, aligned_edge=DOWN)
    labels = VGroup(*(words(str(height)).next_to(bar, DOWN) for height, bar in zip(heights, bars, strict=True)))
    slide.add(bars, labels)


def plane_with_label(slide: Slide) -> None:
    label = words("a vector").move_to((2.2, 1.4, 0)).add_background_rectangle(color=BLACK, opacity=1, buff=0.1)
    slide.add(NumberPlane(), Arrow(np.zeros(3), (3, 3, 0), buff=0), label)


def label_on_a_plane(slide: Slide) -> None:
    slide.add(NumberPlane(), words("origin").move_to((0.8, -0.5, 0)))


def axes_with_curve(slide: Slide) -> None:
    axes = Axes(x_range=[0, 6, 1], y_range=[0, 10, 2], axis_config={"include_numbers": False})
    curve = axes.plot(lambda x: x**2 / 4, color=YELLOW)
    slide.add(
        axes, curve, words("grows").next_to(curve.get_end(), LEFT, buff=0.5), words("time").next_to(axes.x_axis, DOWN)
    )


def number_line(slide: Slide) -> None:
    line = NumberLine([0, 5, 1], length=10)
    ticks = VGroup(*(words(str(n)).next_to(line.n2p(n), DOWN, buff=0.3) for n in range(6)))
    slide.add(line, ticks, Dot(line.n2p(2)))


def listing(slide: Slide) -> Iterator[None]:
    code = Code(code_string="def f(x):\n    return x + 1\n\nprint(f(2))", language="python", add_line_numbers=False)
    slide.add(code)
    yield
    slide.add(SurroundingRectangle(code.code_lines[1], buff=0.05))


def table(slide: Slide) -> None:
    slide.add(IntegerTable([[1, 20], [300, 4]], element_to_mobject=lambda n: words(str(n))))


def formula(slide: Slide) -> Iterator[None]:
    whole = MathTypst("sqrt(a^2 + b^2) = c / 2", font_size=60)
    slide.add(whole)
    yield
    slide.add(Brace(whole, DOWN), words("Pythagoras").next_to(whole, DOWN, buff=0.8))


def struck_out(slide: Slide) -> Iterator[None]:
    wrong = words("Feature creep")
    slide.add(wrong)
    yield
    slide.add(Cross(wrong, stroke_width=3))
    yield
    slide.add(Line(wrong.get_left(), wrong.get_right(), color=RED).shift(0.02 * UP))


def marked_word(slide: Slide) -> None:
    text = words("every good boy does fine")
    slide.add(text, SurroundingRectangle(text[9:12], buff=0.06))


def on_a_panel(slide: Slide) -> None:
    panel = Rectangle(width=6, height=2, fill_color=WHITE, fill_opacity=1)
    slide.add(panel, words("ink on paper", color=BLACK))


def under_a_panel(slide: Slide) -> None:
    slide.add(
        Line(4 * LEFT, 4 * RIGHT),
        Rectangle(width=5, height=1, fill_color=BLUE_E, fill_opacity=1),
        words("covered line"),
    )


def captioned_photo(slide: Slide) -> None:
    photo = ImageMobject(np.random.default_rng(1).integers(0, 255, (60, 90, 3), dtype=np.uint8))
    photo.height = 4
    slide.add(Group(photo, words("a field of noise")).arrange(DOWN))


def graph(slide: Slide) -> None:
    labels = {n: words(str(n), color=BLACK) for n in (1, 2, 3)}
    slide.add(Graph([1, 2, 3], [(1, 2), (2, 3), (3, 1)], labels=labels, layout="circular", layout_scale=2))


def haloed(slide: Slide) -> None:
    label = words("on snow").set_stroke(BLACK, width=6, background=True)
    slide.add(Rectangle(width=5, height=2, fill_color=WHITE, fill_opacity=1), label)


def pie(slide: Slide) -> None:
    for nth, color in enumerate((RED, GREEN, BLUE)):
        angle = nth * 2 * PI / 3
        slide.add(Sector(radius=2, angle=2 * PI / 3, start_angle=angle, color=color))
        slide.add(words(f"part {nth}").move_to(3.2 * np.array((np.cos(angle + PI / 3), np.sin(angle + PI / 3), 0))))


def venn(slide: Slide) -> None:
    circles = VGroup(*(Circle(2, fill_opacity=0.3).shift(x * RIGHT) for x in (-1.2, 1.2)))
    slide.add(circles, words("A").move_to(2 * LEFT), words("B").move_to(2 * RIGHT), words("both"))


def dimmed_later(slide: Slide) -> Iterator[None]:
    first, second = words("first").shift(UP), words("second")
    slide.add(first)
    yield
    slide.play(first.animate.set_opacity(0.2), FadeIn(second), run_time=0.2)


def counted(slide: Slide) -> Iterator[None]:
    number = DecimalNumber(1, mob_class=Text, font_size=40)  # type: ignore[arg-type]
    slide.add(number)
    yield
    number.set_value(2)
    slide.play(Create(Circle(2)), run_time=0.2)


def transformed(slide: Slide) -> Iterator[None]:
    word = words("ace")
    slide.add(word)
    yield
    slide.play(Transform(word, words("a longer Text")), run_time=0.2)


def lines_of_text(slide: Slide) -> None:
    slide.add(Paragraph("one short", "another, longer line", font_size=30), Line(DOWN + 2 * LEFT, DOWN + 2 * RIGHT))


def colored_frame(slide: Slide) -> None:
    slide.add(FullScreenRectangle(fill_color=WHITE, fill_opacity=1), words("a poster", color=BLUE_E))


def color_wheel(slide: Slide) -> None:
    cells = VGroup(
        *(Square(0.5, fill_opacity=1, stroke_width=0, color=interpolate_color(RED, BLUE, n / 15)) for n in range(16))
    )
    slide.add(cells.arrange_in_grid(4, 4, buff=0), words("from red to blue", color=GREY).next_to(cells, DOWN))


CLEAN = (
    bullets, underlined_title, boxes_and_arrows, sorted_bars, plane_with_label,
    label_on_a_plane, axes_with_curve, number_line, listing, table, formula, struck_out, marked_word, on_a_panel,
    under_a_panel, captioned_photo, graph, haloed, pie, venn, dimmed_later, counted, transformed, lines_of_text,
    colored_frame, color_wheel,
)  # fmt: skip
