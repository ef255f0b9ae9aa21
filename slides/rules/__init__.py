"""What `deck check` knows of feature maps; the rules speak only of slides whose words are about maps."""

from __future__ import annotations

from deck.check.rules import Rule
from slides.rules.layers import field_too_small, layers_of, no_progression
from slides.rules.map_rules import all_channels, flat_map, missing_size, no_color_bar

__all__ = ["ALL_CHANNELS", "FIELD_TOO_SMALL", "FLAT_MAP", "MISSING_SIZE", "NO_COLOR_BAR", "NO_PROGRESSION"]

FLAT_MAP = Rule("A map is drawn, and never in one flat colour.", flat_map)
MISSING_SIZE = Rule("Every map says its height × width × channels.", missing_size)
ALL_CHANNELS = Rule("A layer is shown by a few of its channels.", all_channels)
NO_PROGRESSION = Rule(
    "A deck on feature maps shows how they change through layers.",
    no_progression,
    across=True,
    whole=True,
    known=layers_of,
)
NO_COLOR_BAR = Rule("A heatmap has a colour bar with both ends named.", no_color_bar)
FIELD_TOO_SMALL = Rule("No layer is said to see what is larger than its receptive field.", field_too_small)
