"""Two small kinds of slide: every pause looks different, and the way to it moves."""

from manim import BLUE, LEFT, RED, RIGHT, YELLOW, Circle, FadeIn, FadeOut, GrowFromCenter, Square

from deck.slide import Slide


class Journey(Slide):
    def construct(self) -> None:
        square = Square(color=BLUE, fill_opacity=1).shift(3 * LEFT)

        with self.reveal("square", title="A square", description="A blue square on the left."):
            self.play(FadeIn(square))

        with self.reveal("moved", title="It moves", description="The square is on the right."):
            self.play(square.animate.shift(6 * RIGHT))

        with self.reveal("red", title="It blushes", description="The square is red."):
            self.play(square.animate.set_fill(RED))


class Sunset(Slide):
    def construct(self) -> None:
        sun = Circle(color=YELLOW, fill_opacity=1)

        with self.reveal("sun", title="A sun", description="A yellow disc."):
            self.play(GrowFromCenter(sun))

        with self.reveal("night", title="Night", description="Nothing is left."):
            self.play(FadeOut(sun))
