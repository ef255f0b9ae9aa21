"""Small slides that show what manim can draw, each something else."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import numpy as np
from manim import (
    BLUE,
    BLUE_E,
    DEGREES,
    DOWN,
    GREEN,
    LEFT,
    ORANGE,
    ORIGIN,
    OUT,
    PI,
    PURPLE,
    RED,
    RIGHT,
    UP,
    UR,
    WHITE,
    YELLOW,
    AnimationGroup,
    Arrow,
    Axes,
    Camera,
    CapStyleType,
    Circle,
    Code,
    Create,
    Cube,
    DashedLine,
    DashedVMobject,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    GrowArrow,
    ImageMobject,
    Indicate,
    LaggedStart,
    Line,
    LineJointType,
    ManimColor,
    MarkupText,
    MathTypst,
    MoveAlongPath,
    MovingCameraScene,
    Paragraph,
    PointCloudDot,
    RegularPolygon,
    ReplacementTransform,
    Rotate,
    RoundedRectangle,
    Sphere,
    Square,
    Star,
    Surface,
    Text,
    ThreeDAxes,
    ThreeDScene,
    TracedPath,
    Transform,
    Triangle,
    Uncreate,
    ValueTracker,
    VGroup,
    VMobject,
    Wait,
    Write,
    ZoomedScene,
    always_redraw,
    linear,
    rate_functions,
)
from PIL.Image import Resampling

from deck.slide import Slide

__all__ = ["FILMED", "PHOTO", "SLIDES"]


def photo() -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return a smooth picture with an edge in it, (48, 64, 3)."""
    y, x = np.mgrid[:48, :64] / 48
    levels = np.stack([0.5 + 0.5 * np.sin(6 * x), 0.5 + 0.5 * np.cos(5 * y), x * y], axis=2)
    levels[12:30, 20:40] = (1, 0.8, 0.1)
    return np.asarray(np.clip(levels, 0, 1) * 255, np.uint8)


PHOTO = photo()


class Shown(Slide):
    """A slide with less words about it."""

    def step(self, id: str = "all") -> AbstractContextManager[None]:
        return self.reveal(id, title=id, description="")


class Shapes(Shown):
    def construct(self) -> None:
        row = VGroup(Square(), Circle(fill_opacity=0.5), Triangle(color=RED), Star(color=YELLOW, fill_opacity=1))
        row.arrange(RIGHT)
        with self.step("create"):
            self.play(Create(row), run_time=0.5)
        with self.step("shift"):
            self.play(row.animate.shift(UP + 0.3 * RIGHT), run_time=0.3)
        with self.step("uncreate"):
            self.play(Uncreate(row[0]), FadeOut(row[1]), row[2].animate.set_opacity(0.4), run_time=0.3)


class Gradients(Shown):
    def construct(self) -> None:
        square = Square(fill_opacity=0.7, stroke_width=14).set_color_by_gradient(RED, YELLOW, GREEN)
        sheen = Circle(fill_opacity=1, color=BLUE).set_sheen(0.6, UR)
        two: Any = [PURPLE, ORANGE]
        down = RegularPolygon(6, fill_opacity=1).set_fill(two).set_sheen_direction(DOWN)
        stroked = Line(LEFT, RIGHT, stroke_width=30).set_stroke(two)
        VGroup(square, sheen, down, stroked).arrange_in_grid(2, 2)
        with self.step():
            self.play(FadeIn(square, sheen), Create(down), run_time=0.4)
            self.play(GrowArrow(Arrow(LEFT, RIGHT).to_edge(DOWN)), Create(stroked), Rotate(square), run_time=0.4)


class BackgroundStrokes(Shown):
    def construct(self) -> None:
        words = Text("halo", font_size=140, color=BLUE_E).set_stroke(YELLOW, 12, background=True)
        ring = Circle(stroke_width=8).set_stroke(RED, 30, 0.5, background=True).shift(2 * UP)
        with self.step():
            self.add(words)
            self.play(FadeIn(ring), words.animate.scale(0.8), run_time=0.4)


class Dashes(Shown):
    def construct(self) -> None:
        line = DashedLine(3 * LEFT, 3 * RIGHT, color=YELLOW)
        circle = DashedVMobject(Circle(radius=1.5), num_dashes=20)
        with self.step():
            self.play(Create(line), FadeIn(circle), run_time=0.4)
            self.play(Rotate(circle, PI / 7), run_time=0.3)


class JoinsAndCaps(Shown):
    """A join or a cap lasts in manim: what is drawn after it has it too."""

    def construct(self) -> None:
        corner = VMobject(stroke_width=40).set_points_as_corners([LEFT, 0.2 * UP, RIGHT])
        first = corner.copy().shift(3 * LEFT)
        round_one = corner.copy().shift(2 * UP)
        round_one.joint_type, round_one.cap_style = LineJointType.ROUND, CapStyleType.ROUND
        after = corner.copy().shift(3 * RIGHT)
        bevel = corner.copy().shift(2 * DOWN)
        bevel.joint_type, bevel.cap_style = LineJointType.BEVEL, CapStyleType.SQUARE
        with self.step():
            self.add(first, round_one, after, bevel)
            self.play(round_one.animate.shift(RIGHT), run_time=0.3)
            self.play(bevel.animate.shift(RIGHT), run_time=0.2)


class Words(Shown):
    def construct(self) -> None:
        words = VGroup(
            Text("Feature maps: sum = 266", font_size=40, t2c={"sum": "YELLOW"}),
            MarkupText("a <b>bold</b> <span fgcolor='red'>claim</span> &amp; more", font_size=36),
            Paragraph("two lines", "of text", font_size=28),
        ).arrange(DOWN)
        with self.step():
            self.play(Write(words), run_time=0.6)
            self.play(FadeIn(Text("small print", font_size=12).to_edge(DOWN)), run_time=0.2)


class Formula(Shown):
    def construct(self) -> None:
        formula = MathTypst("sum_(i=0)^n x_i / sqrt(2)").scale(2)
        with self.step():
            self.play(Write(formula), run_time=0.5)
            self.play(Indicate(formula), run_time=0.3)


class Listing(Shown):
    def construct(self) -> None:
        code = Code(code_string="def f(x):\n    return x + 1", language="python")
        with self.step():
            self.play(FadeIn(code), run_time=0.3)
            self.play(code.animate.scale(1.3), run_time=0.3)


class Transforms(Shown):
    def construct(self) -> None:
        square, circle = Square(color=RED, fill_opacity=0.5), Circle(color=BLUE).shift(2 * RIGHT)
        word, other = Text("old").shift(2 * UP), Text("new words").shift(2 * UP)
        with self.step("transform"):
            self.add(square, word)
            self.play(Transform(square, circle), Transform(word, other), run_time=0.5)
        with self.step("replace"):
            self.play(ReplacementTransform(square, Star()), FadeOut(word, shift=UP), run_time=0.4)


class Lagged(Shown):
    def construct(self) -> None:
        cells = VGroup(*(Square(0.5, fill_opacity=0.8, stroke_width=0.5, fill_color=RED) for _ in range(25)))
        cells.arrange_in_grid(buff=0)
        with self.step():
            self.play(LaggedStart(*(FadeIn(cell, scale=0.5) for cell in cells), lag_ratio=0.1), run_time=0.6)
            self.play(AnimationGroup(*(Rotate(cell) for cell in cells[::3]), lag_ratio=0.2), run_time=0.4)


class Images(Shown):
    """Bicubic, as manim's images are unless they are told otherwise."""

    def construct(self) -> None:
        image = ImageMobject(PHOTO).scale(12).shift(2 * LEFT)
        with self.step("fade"):
            self.play(FadeIn(image), run_time=0.3)
        with self.step("move"):
            self.play(image.animate.shift(3 * RIGHT).scale(0.7), run_time=0.3)
        with self.step("turn"):
            self.play(Rotate(image, PI / 5), run_time=0.3)
        with self.step("dim"):
            self.play(image.animate.set_opacity(0.3), run_time=0.3)


class PixelArt(Shown):
    def construct(self) -> None:
        image = ImageMobject(PHOTO[::6, ::6]).set_resampling_algorithm(Resampling.NEAREST).scale(60)
        linear_one = ImageMobject(PHOTO[::3, ::3]).set_resampling_algorithm(Resampling.BILINEAR).scale(20)
        with self.step():
            self.add(image.shift(3 * LEFT), linear_one.shift(3 * RIGHT))
            self.play(FadeIn(Square()), image.animate.shift(0.3 * UP), run_time=0.3)


class ImagesChange(Shown):
    """One picture becomes another, and a transparent one lies over shapes."""

    def construct(self) -> None:
        veil = np.dstack([PHOTO, np.full(PHOTO.shape[:2], 120, np.uint8)])
        first, second = ImageMobject(PHOTO).scale(10), ImageMobject(PHOTO[::-1].copy()).scale(10)
        with self.step():
            self.add(first, Square(), ImageMobject(veil).scale(6).shift(2 * RIGHT))
            self.play(Transform(first, second), run_time=0.4)


class Clouds(Shown):
    def construct(self) -> None:
        one = PointCloudDot(color=BLUE, radius=1.2, density=6)
        two = PointCloudDot(radius=1, stroke_width=4, density=10).set_color_by_gradient(RED, YELLOW)
        two.rgbas = np.round(two.rgbas * 4) / 4
        many = PointCloudDot(radius=1, density=15).set_color_by_gradient(RED, GREEN)
        Group(one, two, many).arrange()
        with self.step():
            self.add(one, two, many)
            self.play(one.animate.shift(UP), FadeIn(Circle()), run_time=0.3)


class Layers(Shown):
    """What is drawn over what: the order of adding, ``z_index`` and the foreground."""

    def construct(self) -> None:
        red, blue = Square(color=RED, fill_opacity=1), Square(color=BLUE, fill_opacity=1).shift(0.5 * UR)
        front = Circle(color=WHITE, fill_opacity=1, radius=0.5)
        with self.step():
            red.set_z_index(2)
            self.add(red, blue)
            self.add_foreground_mobject(front)
            self.play(FadeIn(Square(3, color=GREEN, fill_opacity=1)), run_time=0.3)
            self.play(blue.animate.shift(RIGHT), run_time=0.3)


class Updaters(Shown):
    def construct(self) -> None:
        tracker = ValueTracker(0)
        dot = Dot(color=YELLOW).add_updater(lambda dot: dot.move_to([tracker.get_value(), 1, 0]))
        line = always_redraw(lambda: Line(ORIGIN, dot.get_center(), color=RED))
        number = always_redraw(lambda: Text(f"{tracker.get_value():.1f}").shift(DOWN))
        with self.step("play"):
            self.add(dot, line, number)
            self.play(tracker.animate.set_value(3), run_time=0.4)
        with self.step("wait"):
            spinner = Square(fill_opacity=0.3).shift(3 * LEFT).add_updater(lambda square, dt: square.rotate(dt))
            self.add(spinner)
            self.wait(0.4)
            self.wait(3, stop_condition=lambda: spinner.get_right()[0] > -1.6)


class Traces(Shown):
    def construct(self) -> None:
        dot = Dot(2 * LEFT)
        path = TracedPath(dot.get_center, stroke_color=ORANGE, stroke_width=6)
        with self.step():
            self.add(path, dot)
            self.play(MoveAlongPath(dot, Circle(radius=2)), rate_func=linear, run_time=0.6)


class Waits(Shown):
    """Waits, frozen and not, and run times that are shorter than a frame."""

    def construct(self) -> None:
        square = Square(fill_opacity=0.5)
        with self.step("short"):
            self.play(FadeIn(square), run_time=0.01)
        with self.step("frozen"):
            self.wait(0.3)
            self.wait(0.3, frozen_frame=True)
            self.play(Wait(0.2))
        with self.step("moving"):
            self.wait(0.3, frozen_frame=False)
            self.play(square.animate.shift(RIGHT), rate_func=rate_functions.ease_in_out_sine, run_time=0.25)


class AddsOnly(Shown):
    """Reveals that play nothing."""

    def construct(self) -> None:
        with self.step("first"):
            self.add(Square(color=GREEN, fill_opacity=0.6))
        with self.step("second"):
            self.add(Text("added").shift(2 * UP))
        with self.step("third"):
            self.clear()


class Skipped(Shown):
    """What is skipped leaves no frames, but its end is seen."""

    def construct(self) -> None:
        square = Square(fill_opacity=0.5)
        with self.step("skipped"):
            self.next_section(skip_animations=True)
            self.play(square.animate.shift(2 * RIGHT), run_time=0.5)
            self.next_section()
        with self.step("shown"):
            self.play(square.animate.shift(UP), run_time=0.3)


class Backgrounds(Shown):
    background = "#203040"

    def construct(self) -> None:
        with self.step("first"):
            self.play(FadeIn(Square()), run_time=0.3)
        with self.step("second"):
            camera: Any = self.camera
            camera.background_color = ManimColor("#F0E8D0")
            self.play(FadeIn(Circle(color=RED, fill_opacity=0.5)), run_time=0.3)


class Panning(Shown, MovingCameraScene):
    def construct(self) -> None:
        frame = self.camera.frame  # type: ignore[union-attr]
        square, word = Square(stroke_width=10).shift(2 * LEFT), Text("camera").shift(2 * RIGHT)
        with self.step("zoom"):
            self.add(square, word, ImageMobject(PHOTO).scale(3).shift(2 * DOWN))
            self.play(frame.animate.scale(0.5).move_to(word), run_time=0.4)
        with self.step("back"):
            self.play(frame.animate.scale(3).move_to(square), run_time=0.4)
            self.play(word.animate.set_color(RED), run_time=0.2)


class Zooming(Shown, ZoomedScene):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(zoom_factor=0.3, zoomed_display_height=3, zoomed_display_width=4, **kwargs)

    def construct(self) -> None:
        dot, word = Dot(color=GREEN), Text("detail", font_size=16).shift(0.3 * UP)
        ring = Circle(radius=0.4, fill_opacity=0.4, stroke_width=2)
        with self.step("still"):
            self.add(dot, ring, word)
            self.activate_zooming(animate=False)
            self.play(FadeIn(Square(0.2)), run_time=0.2)
        with self.step("move"):
            self.play(self.zoomed_camera.frame.animate.shift(0.3 * LEFT).scale(1.5), run_time=0.3)
            self.play(self.zoomed_display.animate.shift(DOWN), dot.animate.shift(0.3 * RIGHT), run_time=0.3)


class ZoomingIn(Shown, ZoomedScene):
    """The window grows out of what it shows."""

    def construct(self) -> None:
        with self.step():
            self.add(Dot(color=GREEN), Text("here", font_size=10).shift(0.2 * UP), ImageMobject(PHOTO).shift(RIGHT))
            self.activate_zooming()
            self.play(self.get_zoom_in_animation(run_time=0.4))
            self.play(self.get_zoomed_display_pop_out_animation(), run_time=0.4)


class Space(Shown, ThreeDScene):
    def construct(self) -> None:
        axes, cube = ThreeDAxes(), Cube(side_length=1.5, fill_opacity=0.8)
        title, label = Text("fixed", font_size=30).to_corner(UR), Text("label", font_size=30).move_to(2 * RIGHT)
        with self.step("turn"):
            self.set_camera_orientation(phi=65 * DEGREES, theta=30 * DEGREES)
            self.add_fixed_in_frame_mobjects(title)
            self.add_fixed_orientation_mobjects(label)
            self.add(axes, cube)
            self.move_camera(phi=40 * DEGREES, theta=-20 * DEGREES, zoom=1.2, run_time=0.4)
        with self.step("play"):
            self.play(Rotate(cube, PI / 3, axis=OUT + UP), run_time=0.3)
        with self.step("ambient"):
            self.begin_ambient_camera_rotation(rate=0.8)
            self.wait(0.3)
            self.stop_ambient_camera_rotation()  # type: ignore[no-untyped-call]
            self.move_camera(frame_center=[1, 0, 0.5], run_time=0.2)


class Surfaces(Shown, ThreeDScene):
    def construct(self) -> None:
        sphere = Sphere(radius=1, resolution=(10, 10)).shift(2 * LEFT)
        saddle = Surface(lambda u, v: np.array([u, v, u * u - v * v]), (-1, 1), (-1, 1), resolution=8)
        with self.step():
            self.set_camera_orientation(phi=60 * DEGREES, theta=-45 * DEGREES)
            self.add(saddle.shift(RIGHT))
            self.play(FadeIn(sphere), run_time=0.2)
            self.play(saddle.animate.rotate(0.5), run_time=0.2)


class Graphs(Shown):
    def construct(self) -> None:
        axes = Axes(x_range=[0, 6], y_range=[-1, 1], x_length=8, y_length=4, tips=True)
        graph = axes.plot(np.sin, color=BLUE)
        area = axes.get_area(graph, x_range=(0, 3), color=[BLUE, GREEN], opacity=0.5)
        with self.step():
            self.play(Create(axes), run_time=0.3)
            self.play(Create(graph), FadeIn(area), run_time=0.4)


class FarAway(Shown):
    """Lines that reach far out of the frame."""

    def construct(self) -> None:
        line = Line(100 * LEFT, 100 * RIGHT + 3 * UP, color=RED, stroke_width=6)
        box = RoundedRectangle(width=60, height=3, corner_radius=0.5, fill_opacity=0.4)
        with self.step():
            self.play(FadeIn(line, box), run_time=0.3)
            self.play(line.animate.shift(UP), box.animate.rotate(0.3), run_time=0.3)


class Steep(Shown):
    """Graphs that leave the frame by a thousand times its height, and a filled area below one."""

    def construct(self) -> None:
        axes = Axes(x_range=[-2, 10], y_range=[0, 4], x_length=10, y_length=4)
        growth = axes.plot(np.exp, color=RED)
        pole = axes.plot(lambda x: 1 / (x - 4) ** 2, x_range=[4.01, 10, 0.01], color=[BLUE, GREEN])
        area = axes.get_area(growth, x_range=(-2, 9), color=YELLOW, opacity=0.4)
        with self.step("grow"):
            self.add(axes)
            self.play(Create(growth), run_time=0.3)
        with self.step("move"):
            self.play(FadeIn(area), FadeIn(pole), run_time=0.2)
            self.play(growth.animate.shift(0.5 * RIGHT), area.animate.rotate(0.1), run_time=0.2)


class Bent(Camera):
    """A camera of its own kind."""

    def display_vectorized(self, vmobject: VMobject, ctx: Any) -> Any:
        vmobject = vmobject.copy().rotate(0.3)
        return super().display_vectorized(vmobject, ctx)


class OwnCamera(Shown):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(camera_class=Bent, **kwargs)

    def construct(self) -> None:
        with self.step("one"):
            self.play(FadeIn(Square(fill_opacity=0.5)), run_time=0.3)
        with self.step("two"):
            self.play(FadeIn(Text("bent")), run_time=0.3)


class ColoredByImage(Shown):
    """It takes a while until an unusual thing shows up."""

    def construct(self) -> None:
        with self.step("one"):
            self.play(FadeIn(Square()), run_time=0.2)
        with self.step("two"):
            pattern = Circle(fill_opacity=1)
            pattern.color_using_background_image(self.picture())
            self.add(pattern)

    def picture(self) -> str:
        from PIL import Image

        path = self._output_folder / "pattern.png"
        Image.fromarray(PHOTO).save(path)
        return str(path)


FILMED: list[type[Slide]] = [OwnCamera, ColoredByImage]
"""Slides that only manim itself can draw."""

SLIDES: list[type[Slide]] = [each for each in Shown.__subclasses__() if each not in FILMED]
"""All others."""
