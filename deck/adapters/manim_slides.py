"""manim-slides: the class that slides derive from."""

from __future__ import annotations

from collections.abc import Mapping

from manim_slides.slide import Slide

__all__ = ["Slide"]

USED: Mapping[str, str] = {
    "Slide": "camera max_duration_before_split_reverse renderer skip_reversing wait_time_between_slides",
}

FOLLOWED: Mapping[str, str] = {
    "Slide": "__init__ next_slide play render",
    "manim_slides.slide.base.BaseSlide": "__init__ next_slide play",
}
