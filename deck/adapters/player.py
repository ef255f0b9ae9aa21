"""manim-slides' player: the Qt window that ours derives from, and the data that it takes about slides."""

from __future__ import annotations

from collections.abc import Mapping

from manim_slides.config import Config, PresentationConfig, SlideConfig
from manim_slides.present.player import Player
from manim_slides.qt_utils import qapp

__all__ = ["LOGGER", "Config", "Player", "PresentationConfig", "SlideConfig", "qapp"]

LOGGER = "manim-slides"
"""The name under which it logs."""

USED: Mapping[str, str] = {
    "Player": "current_presentation_config current_presentation_index current_slide_config current_slide_index "
    "hide_info_window hide_mouse image_label info media_player media_stack next_slide_config video_sink video_widget",
    "manim_slides.present.player.Info": "next_media_player next_video_widget slide_notes",
    "PresentationConfig": "background_color resolution slides",
    "SlideConfig": "dedent_notes file loop notes rev_file",
    "manim_slides.logger.logger": "name",
}

FOLLOWED: Mapping[str, str] = {
    "Player": "__init__ close closeEvent frame_changed keyPressEvent load_current_media load_current_slide next "
    "play_pause playing_reversed_slide presentation_changed_callback preview_next_slide previous reverse show "
    "slide_changed_callback",
}
