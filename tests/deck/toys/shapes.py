from pathlib import Path

from manim import LEFT, RIGHT, UP, Dot, FadeIn, Rectangle, Triangle, linear

from deck.slide import Slide, SlideOptions


class Shapes(Slide):
    """A square runs across the stage, a dot comes, and then nothing moves."""

    background = "#0E1116"

    class Options(SlideOptions):
        color: str = "#FFB000"
        image: Path | None = None

    def construct(self) -> None:
        from toys.colors import SKY  # type: ignore[import-not-found]  # installed under that name by the tests

        self.add(Rectangle(width=16, height=9, fill_color=SKY, fill_opacity=1, stroke_width=0))
        square = Rectangle(height=2, width=2, fill_color=self.options.color, fill_opacity=1).shift(4 * LEFT)

        with self.reveal("run", title="Running", description="A square runs to the right."):
            self.add(square)
            self.play(square.animate.shift(8 * RIGHT), run_time=0.2, rate_func=linear)

        with self.reveal("dot", title="A dot", description="A dot appears above the middle."):
            self.play(FadeIn(Dot(radius=0.5).shift(2 * UP), run_time=0.2))

        with self.reveal("rest", title="Rest", description="Nothing moves."):
            pass


class Corner(Slide):
    """A triangle, in one reveal."""

    def construct(self) -> None:
        with self.reveal("corner", title="Corner", description="A triangle appears."):
            self.add(Triangle())
