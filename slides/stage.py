"""What all four slides of the lecture have in common."""

from __future__ import annotations

from typing import Literal

from manim import UR, FadeOut, Mobject

from deck.slide import Slide
from slides import theme
from slides.mobjects.label import Label, Title

Model = Literal["efficientnet-lite0"]
"""The networks that slides can look into."""


class LectureSlide(Slide):
    """A slide in the lecture's look: its title stands from the first frame to the last."""

    background = theme.BACKGROUND

    def setup(self) -> None:
        """Put up the title."""
        super().setup()
        self.heading = Title(self.title)
        self.add(self.heading)

    def fade_all_but(self, *kept: Mobject) -> FadeOut:
        """Return the fading out of everything on the stage but the title and ``kept``."""
        staying = {member for mobject in (self.heading, *kept) for member in mobject.get_family()}
        return FadeOut(*(mobject for mobject in self.mobjects if mobject not in staying))

    @staticmethod
    def remark(text: str) -> Label:
        """Return a quiet line at the top right, level with the title: what holds for all colours on the slide."""
        label = Label(text, color=theme.QUIET)
        return label.move_to((theme.RIGHT_EDGE, theme.TITLE_TOP, 0), aligned_edge=UR)
