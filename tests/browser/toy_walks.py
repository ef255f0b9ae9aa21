"""Two small kinds of slide: every pause looks different, the way to it moves, and a title stands still."""

from manim import DL, DOWN, LEFT, RIGHT, UL, Circle, Create, FadeIn, FadeOut, Square, Text

from deck.slide import Slide

TEXT = "#E6EDF3"


class Walk(Slide):
    background = "#0E1116"

    def construct(self) -> None:
        title = Text(self.title, color=TEXT).to_corner(UL)
        square = Square(color="#FFB000", fill_opacity=1).shift(4 * LEFT)

        with self.reveal("start", title="The start", description="A yellow square is on the left."):
            self.play(FadeIn(title, square), run_time=0.6)

        with self.reveal("middle", title="The middle", description="The square is blue, in the middle."):
            self.play(square.animate.move_to((0, 0, 0)).set_color("#3FA7FF"), run_time=0.8)

        with self.reveal("circle", title="A circle", description="A circle is drawn on the right."):
            self.play(Create(Circle(color=TEXT).shift(4 * RIGHT)), run_time=0.8)

        with self.reveal("word", title="A word", description="The word end is under the square."):
            self.play(FadeIn(Text("end", color=TEXT).shift(3 * DOWN)), run_time=0.6)


class Sunset(Slide):
    background = "#0E1116"

    def construct(self) -> None:
        title = Text(self.title, color=TEXT).to_corner(UL)
        sun = Circle(radius=1.5, color="#FF6B00", fill_opacity=1)

        with self.reveal("sun", title="A sun", description="An orange disc in the middle."):
            self.play(FadeIn(title, sun), run_time=0.6)

        with self.reveal("low", title="Low", description="The disc is in the lower left corner."):
            self.play(sun.animate.to_corner(DL), run_time=0.8)

        with self.reveal("gone", title="Gone", description="Only the title is left."):
            self.play(FadeOut(sun), run_time=0.6)
