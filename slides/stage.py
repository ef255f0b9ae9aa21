"""What all four slides of the lecture have in common."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from manim import UP, UR, FadeOut, Mobject, config
from numpy.typing import NDArray

from deck.slide import Slide
from slides import theme
from slides.mobjects.label import Label, Title

Model = Literal["efficientnet-lite0"]
"""The networks that slides can look into."""


class LectureSlide(Slide):
    """A slide in the lecture's look, and the deck's theme: its title stands from the first frame to the last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.background = self.theme.background
        super().__init__(*args, **kwargs)

    def setup(self) -> None:
        """Put up the title."""
        super().setup()
        theme.wear(self.theme)
        self.heading = Title(self.title).shift(rise())
        self.add(self.heading)

    def fade_all_but(self, *kept: Mobject) -> FadeOut:
        """Return the fading out of everything on the stage but the title and ``kept``."""
        staying = {member for mobject in (self.heading, *kept) for member in mobject.get_family()}
        return FadeOut(*(mobject for mobject in self.mobjects if mobject not in staying))

    @staticmethod
    def remark(text: str) -> Label:
        """Return a quiet line at the top right, level with the title: what holds for all colours on the slide."""
        label = Label(text, color="quiet")
        return label.move_to((theme.RIGHT_EDGE, theme.TITLE_TOP, 0), aligned_edge=UR).shift(rise())


def rise() -> NDArray[np.float64]:
    """
    Return how much further up titles stand than on a frame of 16:9: as far as other slides' on a higher one.

    Upright they stay with what is below them, which is small there.
    """
    extra = config.frame_height / 2 - theme.FRAME_TOP
    return UP * (extra if config.frame_height < config.frame_width else 0.0)
