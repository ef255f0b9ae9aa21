"""What a careful colleague would say of a deck: rules, each a small function, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from deck.check.framing import off_frame
from slides.rules.layers import field_too_small, no_progression
from slides.rules.map_rules import all_channels, flat_map, missing_size, no_color_bar
from deck.check.pacing import empty_reveal, long_reveal, missing_description, missing_notes
from deck.check.remote import remote_picture
from deck.check.talk import Finding, Talk, talk_of
from deck.check.writing import font_missing, low_contrast, overlap, small_text

__all__ = ["RULES", "Finding", "Rule", "Talk", "talk_of"]


class Rule(NamedTuple):
    """What holds on a good slide, in one line, and what finds where it does not."""

    statement: str
    broken: Callable[[Talk], Iterable[Finding]]
    across: bool = False
    """Whether it asks for all slides together; the others are asked of one slide at a time."""


# The last six are the lecture's on feature maps: they speak only of slides whose words are about maps.
RULES: Mapping[str, Rule] = {
    "off-frame": Rule("Nothing is cut off by the frame.", off_frame),
    "overlap": Rule("No text lies on another, or across the edge of anything.", overlap),
    "small-text": Rule("No text is smaller than 24 pt at 1080p.", small_text),
    "low-contrast": Rule("Every text stands out by 4.5 : 1 from what is behind it.", low_contrast),
    "font-missing": Rule("Every typeface that is asked for is installed.", font_missing),
    "remote-picture": Rule("Every picture is a file: a deck never needs a network.", remote_picture, across=True),
    "empty-reveal": Rule("Every key changes something.", empty_reveal),
    "long-reveal": Rule("No reveal runs longer than 12 s without a key.", long_reveal),
    "missing-notes": Rule("Every slide has notes.", missing_notes, across=True),
    "missing-description": Rule("Every reveal is described for those who cannot see it.", missing_description),
    "flat-map": Rule("A map is drawn, and never in one flat colour.", flat_map),
    "missing-size": Rule("Every map says its height × width × channels.", missing_size),
    "all-channels": Rule("A layer is shown by a few of its channels.", all_channels),
    "no-progression": Rule("A deck on feature maps shows how they change through layers.", no_progression, across=True),
    "no-color-bar": Rule("A heatmap has a colour bar with both ends named.", no_color_bar),
    "field-too-small": Rule("No layer is said to see what is larger than its receptive field.", field_too_small),
}
